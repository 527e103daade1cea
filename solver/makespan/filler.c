#include "makespan/filler.h"

#include "base/block.h"
#include "makespan/fill_beam.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    int32_t width;                 /* partial schedules kept of a moment */
    int32_t children;              /* of each */
    int32_t probes;                /* searches for one child each */
    int32_t looks;                 /* steps of a probe */
    double loss, remaining, noise; /* the most that each may count for */
} plan = {.width = 100,
          .children = 8,
          .probes = 16,
          .looks = 300,
          .loss = 10,
          .remaining = 20,
          .noise = 0.3};

struct ganger_filler {
    const struct ganger_makespan_model *model;
    const struct ganger_fill_task *task;
    struct ganger_rng *rng;
    int64_t ticks, end;
    struct ganger_fill_beam beam;
    /* What may start at the moment, and what it could add at most from a place on to each renewable's use. */
    int32_t now, count;
    int32_t *open, *most;
    int32_t *unused;          /* [renewables * (works + 1)] capacity by depth of the search */
    int32_t *earliest;        /* [works] */
    int32_t *use, *startable; /* [periods] of one renewable */
    double *weight;           /* [works] of what remains */
    uint64_t *factor;         /* [works] of hashes */
    double loss;              /* weight of it */
    int32_t children, looks;
    bool found;
    int32_t makespan;
    void *block;
};

struct ganger_filler *ganger_filler_create(const struct ganger_makespan_model *model)
{
    struct ganger_filler *f = calloc(1, sizeof *f);
    if (!f) {
        return NULL;
    }
    size_t works = (size_t)model->works + 1, cell = sizeof(int32_t);
    size_t renewables = (size_t)model->problem->resources.renewables + 1;
    size_t periods = (size_t)model->problem->time.periods + 2;
    struct ganger_block_piece pieces[] = {
        {&f->open, works * cell},
        {&f->most, works * renewables * cell},
        {&f->unused, works * renewables * cell},
        {&f->earliest, works * cell},
        {&f->use, periods * cell},
        {&f->startable, periods * cell},
        {&f->weight, works * sizeof *f->weight},
        {&f->factor, works * sizeof *f->factor},
    };
    f->model = model;
    f->block = ganger_block_create(pieces, sizeof pieces / sizeof *pieces);
    if (!f->block) {
        free(f);
        return NULL;
    }
    for (size_t w = 0; w < works; w++) {
        uint64_t x = (w + 1) * 0x9e3779b97f4a7c15U;
        f->factor[w] = (x ^ (x >> 29)) | 1;
    }
    return f;
}

void ganger_filler_destroy(struct ganger_filler *filler)
{
    if (filler) {
        free(filler->block);
        ganger_fill_beam_clear(&filler->beam);
        free(filler);
    }
}

/* ---- what a partial schedule is worth --------------------------------------------------------- */

static int32_t finish(const struct ganger_filler *f, const struct ganger_fill_row *row, int32_t w)
{
    return row->start[w] + f->model->duration[row->mode[w]];
}

static int32_t demand(const struct ganger_filler *f, int32_t mode, int32_t r)
{
    return f->task->tables->demand[(int64_t)mode * f->task->renewables + r];
}

/* The earliest starts of what is not started, from `time` on. False if a chain is too long. Adds up what remains. */
static bool find_earliest(struct ganger_filler *f, const struct ganger_fill_row *row, int32_t time,
                          double *remaining)
{
    const struct ganger_fill_task *t = f->task;
    const struct ganger_arcs *before = &f->model->arcs[t->direction];
    int32_t works = f->model->works;
    *remaining = 0;
    f->ticks += works;
    for (int32_t k = 0; k < works; k++) {
        int32_t w = t->direction == GANGER_FORWARD ? k : works - 1 - k;
        if (row->start[w] != GANGER_NONE) {
            f->earliest[w] = finish(f, row, w);
            continue;
        }
        int32_t from = time;
        for (int32_t i = before->first_before[w]; i < before->first_before[w + 1]; i++) {
            int32_t other = before->before[i];
            from = other < works && f->earliest[other] > from ? f->earliest[other] : from;
        }
        f->earliest[w] = from + t->shortest[w]; /* its finish */
        if (f->earliest[w] + t->tail[w] > t->target) {
            return false;
        }
        *remaining += f->weight[w];
    }
    return true;
}

/* What the running works and those that may start before each moment, whatever else, cannot use of the time until
 * then, is idle. */
static bool stays_busy(struct ganger_filler *f, const struct ganger_fill_row *row, int32_t time,
                       int32_t r)
{
    const struct ganger_fill_task *t = f->task;
    int64_t idle = 0, slack = t->slack[r] - row->waste[r];
    for (int32_t at = time; at < t->target; at++) {
        idle += t->capacity[r] - f->use[at] - f->startable[at];
        if (idle > slack) {
            return false;
        }
    }
    return true;
}

/* What the running works use, and the least energy of works by their earliest starts. */
static void lay_out(struct ganger_filler *f, const struct ganger_fill_row *row, int32_t time,
                    int32_t r)
{
    const struct ganger_fill_task *t = f->task;
    size_t left = (size_t)(t->target - time + 1) * sizeof *f->use;
    memset(f->use + time, 0, left);
    memset(f->startable + time, 0, left);
    f->ticks += f->model->works / 4;
    for (int32_t w = 0; w < f->model->works; w++) {
        if (row->start[w] == GANGER_NONE) {
            f->startable[f->earliest[w] - t->shortest[w]] +=
                t->least[(int64_t)w * t->renewables + r];
            continue;
        }
        int32_t end = finish(f, row, w), use = demand(f, row->mode[w], r);
        for (int32_t at = time; at < end; at++) {
            f->use[at] += use;
        }
    }
}

/* The same works started, the same ones running to the same ends. */
static uint64_t sign(const struct ganger_filler *f, const struct ganger_fill_row *row, int32_t time)
{
    uint64_t hash = 0;
    for (int32_t w = 0; w < f->model->works; w++) {
        if (row->start[w] != GANGER_NONE) {
            int32_t end = finish(f, row, w);
            uint64_t now =
                end > time ? ((uint64_t)(uint32_t)end << 20) + (uint32_t)row->mode[w] : 0;
            hash += f->factor[w] * (now + 1);
        }
    }
    return hash ^ (hash >> 31);
}

/* Idle capacity from now to `time`, in which nothing changes. False if it is too much. */
static bool waste(struct ganger_filler *f, struct ganger_fill_row *row, int32_t time)
{
    const struct ganger_fill_task *t = f->task;
    for (int32_t r = 0; r < t->renewables; r++) {
        int32_t idle = f->unused[f->count * t->renewables + r] * (time - f->now);
        row->waste[r] += idle;
        row->loss += idle * t->prices->energy[r];
        if (row->waste[r] > t->slack[r]) {
            return false;
        }
    }
    return row->loss <= t->most_loss;
}

static bool promises(struct ganger_filler *f, struct ganger_fill_row *row, int32_t time)
{
    const struct ganger_fill_task *t = f->task;
    double remaining;
    if (!waste(f, row, time) || !find_earliest(f, row, time, &remaining)) {
        return false;
    }
    for (int32_t r = 0; r < t->renewables; r++) {
        lay_out(f, row, time, r);
        if (!stays_busy(f, row, time, r)) {
            return false;
        }
    }
    row->score = remaining + f->loss * (double)row->loss / ((double)t->most_loss + 1) +
                 plan.noise * ganger_rng_unit(f->rng);
    row->hash = sign(f, row, time);
    return true;
}

/* ---- children --------------------------------------------------------------------------------- */

/* False if it is there already. */
static bool join(struct ganger_filler *f, int32_t time)
{
    f->ticks += ganger_fill_beam_at(&f->beam, time)->count / 4;
    return ganger_fill_beam_keep(&f->beam, time, &f->beam.child);
}

/* When the next running work ends; GANGER_NONE if none runs. */
static int32_t next_end(const struct ganger_filler *f, const struct ganger_fill_row *row)
{
    int32_t next = GANGER_NONE;
    for (int32_t w = 0; w < f->model->works; w++) {
        int32_t end = row->start[w] == GANGER_NONE ? 0 : finish(f, row, w);
        next = end > f->now && (next == GANGER_NONE || end < next) ? end : next;
    }
    return next;
}

static void take(struct ganger_filler *f)
{
    f->found = true;
    f->makespan = 0;
    for (int32_t w = 0; w < f->model->works; w++) {
        int32_t end = finish(f, &f->beam.hand, w);
        f->makespan = end > f->makespan ? end : f->makespan;
    }
}

/* The works in hand start now: what comes of it joins the beam where the next work ends. */
static void offer(struct ganger_filler *f)
{
    int32_t time = next_end(f, &f->beam.hand);
    f->ticks += f->model->works / 4;
    if (f->beam.hand.started == f->model->works) {
        take(f);
    } else if (time != GANGER_NONE && time < f->task->target) {
        ganger_fill_beam_copy(&f->beam, &f->beam.child, &f->beam.hand);
        f->children += promises(f, &f->beam.child, time) && join(f, time);
    }
}

/* A mode starts, or, `way` -1, does not after all. */
static void start(struct ganger_filler *f, int32_t w, int32_t mode, int32_t way)
{
    const struct ganger_fill_task *t = f->task;
    struct ganger_fill_row *hand = &f->beam.hand;
    for (int32_t r = 0; r < t->renewables; r++) {
        int32_t energy = f->model->duration[mode] * demand(f, mode, r);
        hand->waste[r] += way * (energy - t->least[(int64_t)w * t->renewables + r]);
    }
    for (int32_t c = 0; c < f->model->consumables; c++) {
        hand->need[c] += way * (t->tables->need[(int64_t)mode * f->model->consumables + c] -
                                t->least_need[(int64_t)w * f->model->consumables + c]);
    }
    hand->loss += way * t->dearer[mode];
    hand->start[w] = way > 0 ? f->now : GANGER_NONE;
    hand->mode[w] = mode;
    hand->started += way;
}

/* Whether a mode that has started keeps within all limits; what it leaves unused goes to the next depth. */
static bool holds(struct ganger_filler *f, int32_t depth, int32_t w, int32_t mode)
{
    const struct ganger_fill_task *t = f->task;
    const int32_t *unused = f->unused + depth * t->renewables;
    bool holds = f->now + f->model->duration[mode] + t->tail[w] <= t->target &&
                 f->beam.hand.loss <= t->most_loss;
    for (int32_t r = 0; r < t->renewables; r++) {
        int32_t left = unused[r] - demand(f, mode, r);
        f->unused[(depth + 1) * t->renewables + r] = left;
        holds = holds && left >= 0 && f->beam.hand.waste[r] <= t->slack[r];
    }
    for (int32_t c = 0; c < f->model->consumables; c++) {
        holds = holds && f->beam.hand.need[c] <= t->tables->limit[c];
    }
    return holds;
}

/* Without the work, is it not too late, and can those behind it keep the renewables busy enough for a period? */
static bool can_wait(struct ganger_filler *f, int32_t depth)
{
    const struct ganger_fill_task *t = f->task;
    int32_t renewables = t->renewables, w = f->open[depth];
    if (f->now + 1 + t->shortest[w] + t->tail[w] > t->target) {
        return false;
    }
    const int32_t *unused = f->unused + depth * renewables;
    for (int32_t r = 0; r < renewables; r++) {
        f->unused[(depth + 1) * renewables + r] = unused[r];
        if (unused[r] - f->most[(depth + 1) * renewables + r] >
            t->slack[r] - f->beam.hand.waste[r]) {
            return false;
        }
    }
    return true;
}

/* Whether each of the open works starts now, one after another, and how: from a random choice on. */
static void choose(struct ganger_filler *f, int32_t depth)
{
    const struct ganger_fill_task *t = f->task;
    f->ticks += 4;
    if (depth == f->count) {
        offer(f);
        f->looks = 0;
        return;
    }
    int32_t w = f->open[depth], first = t->first_mode[w], modes = t->first_mode[w + 1] - first;
    int32_t choice = ganger_rng_below(f->rng, modes + 1);
    for (int32_t k = 0; k <= modes; k++, choice = choice < modes ? choice + 1 : 0) {
        if (f->found || --f->looks < 0) {
            return;
        }
        if (choice == modes) {
            if (can_wait(f, depth)) {
                choose(f, depth + 1);
            }
            continue;
        }
        int32_t mode = t->mode[first + choice];
        start(f, w, mode, 1);
        if (holds(f, depth, w, mode)) {
            choose(f, depth + 1);
        }
        if (!f->found) {
            start(f, w, mode, -1);
        }
    }
}

static bool may_start(const struct ganger_filler *f, int32_t w)
{
    const struct ganger_arcs *before = &f->model->arcs[f->task->direction];
    for (int32_t i = before->first_before[w]; i < before->first_before[w + 1]; i++) {
        int32_t other = before->before[i];
        if (other < f->model->works && (f->beam.hand.start[other] == GANGER_NONE ||
                                        finish(f, &f->beam.hand, other) > f->now)) {
            return false;
        }
    }
    return true;
}

/* Works of long tails first, equals in random order. */
static void find_open(struct ganger_filler *f)
{
    f->count = 0;
    f->ticks += f->model->works;
    for (int32_t w = 0; w < f->model->works; w++) {
        if (f->beam.hand.start[w] != GANGER_NONE || !may_start(f, w)) {
            continue;
        }
        int32_t at = f->count++, from = ganger_rng_below(f->rng, f->count);
        f->open[at] = f->open[from];
        f->open[from] = w;
    }
    for (int32_t k = 1; k < f->count; k++) {
        int32_t w = f->open[k], at = k;
        for (; at > 0 && f->task->tail[f->open[at - 1]] < f->task->tail[w]; at--) {
            f->open[at] = f->open[at - 1];
        }
        f->open[at] = w;
    }
}

static void find_most(struct ganger_filler *f)
{
    const struct ganger_fill_task *t = f->task;
    for (int32_t r = 0; r < t->renewables; r++) {
        int32_t sum = 0;
        f->most[f->count * t->renewables + r] = 0;
        for (int32_t k = f->count - 1; k >= 0; k--) {
            int32_t w = f->open[k], most = 0;
            for (int32_t i = t->first_mode[w]; i < t->first_mode[w + 1]; i++) {
                int32_t use = demand(f, t->mode[i], r);
                most = use > most ? use : most;
            }
            sum += most;
            f->most[k * t->renewables + r] = sum;
        }
    }
}

static void find_unused(struct ganger_filler *f)
{
    const struct ganger_fill_task *t = f->task;
    memcpy(f->unused, t->capacity, (size_t)t->renewables * sizeof *f->unused);
    for (int32_t w = 0; w < f->model->works; w++) {
        if (f->beam.hand.start[w] != GANGER_NONE && finish(f, &f->beam.hand, w) > f->now) {
            for (int32_t r = 0; r < t->renewables; r++) {
                f->unused[r] -= demand(f, f->beam.hand.mode[w], r);
            }
        }
    }
}

static void spread(struct ganger_filler *f, const struct ganger_fill_row *row)
{
    ganger_fill_beam_copy(&f->beam, &f->beam.hand, row);
    find_open(f);
    find_most(f);
    find_unused(f);
    f->children = 0;
    for (int32_t k = 0; k < plan.probes && f->children < plan.children && !f->found; k++) {
        f->looks = plan.looks;
        choose(f, 0);
    }
}

/* ---- an attempt ------------------------------------------------------------------------------- */

/* What remains to be done counts by energy, successors and the time that must follow it. */
static void draw_weights(struct ganger_filler *f)
{
    const struct ganger_fill_task *t = f->task;
    const struct ganger_arcs *after = &f->model->arcs[!t->direction];
    double by_tail = 4, by_square = ganger_rng_unit(f->rng),
           by_successor = ganger_rng_unit(f->rng) / 5;
    double sum = 0;
    f->loss = plan.loss * ganger_rng_unit(f->rng);
    double scale = ganger_rng_below(f->rng, 2) > 0 ? plan.remaining : 0;
    for (int32_t w = 0; w < f->model->works; w++) {
        double share = (t->tail[w] + 1.0) / t->target;
        double tail = by_square * share * share + (1 - by_square) * share;
        int32_t successors = 0;
        for (int32_t i = after->first_before[w]; i < after->first_before[w + 1]; i++) {
            successors += after->before[i] < f->model->works;
        }
        f->weight[w] = (double)t->cheapest[w] * (1 + by_successor * successors + by_tail * tail) *
                       (0.8 + 0.4 * ganger_rng_unit(f->rng));
        sum += f->weight[w];
    }
    for (int32_t w = 0; w < f->model->works; w++) {
        f->weight[w] *= scale / fmax(sum, 1e-9);
    }
}

/* Milestones at the ends are started from the outset. */
static void begin(struct ganger_filler *f)
{
    const struct ganger_fill_task *t = f->task;
    struct ganger_fill_row *hand = &f->beam.hand;
    memset(hand->waste, 0, (size_t)t->renewables * sizeof *hand->waste);
    memset(hand->need, 0, (size_t)f->model->consumables * sizeof *hand->need);
    hand->started = 0;
    hand->loss = 0;
    f->now = 0;
    for (int32_t w = 0; w < f->model->works; w++) {
        hand->start[w] = GANGER_NONE;
        for (int32_t c = 0; c < f->model->consumables; c++) {
            hand->need[c] += t->least_need[(int64_t)w * f->model->consumables + c];
        }
    }
    for (int32_t w = 0; w < f->model->works; w++) {
        if (t->shortest[w] == 0) {
            start(f, w, t->mode[t->first_mode[w]], 1);
        }
    }
    hand->score = 0;
    hand->hash = 0;
    ganger_fill_beam_copy(&f->beam, &f->beam.child, hand);
    join(f, 0);
}

/* Into forward time; milestones after all works begin when everything ends. */
static void turn(struct ganger_filler *f)
{
    const struct ganger_fill_task *t = f->task;
    struct ganger_fill_row *hand = &f->beam.hand;
    for (int32_t w = 0; w < f->model->works; w++) {
        bool ends =
            f->model->arcs[!t->direction].before[f->model->arcs[!t->direction].first_before[w]] ==
            f->model->works;
        if (t->shortest[w] == 0 && ends) {
            hand->start[w] = f->makespan;
        }
        if (t->direction == GANGER_BACKWARD) {
            hand->start[w] = f->makespan - finish(f, hand, w);
        }
    }
}

struct ganger_fill_outcome ganger_filler_try(struct ganger_filler *filler,
                                             const struct ganger_fill_task *task,
                                             struct ganger_rng *rng, int64_t ticks)
{
    struct ganger_filler *f = filler;
    f->task = task;
    f->rng = rng;
    f->ticks = 0;
    f->end = ticks;
    f->found = false;
    if (!task->possible) {
        return (struct ganger_fill_outcome){0};
    }
    if (!ganger_fill_beam_reset(&f->beam, f->model, plan.width, task->longest)) {
        return (struct ganger_fill_outcome){.out_of_memory = true};
    }
    draw_weights(f);
    begin(f);
    for (f->now = 0; f->now < task->target && !f->found && f->ticks < f->end; f->now++) {
        struct ganger_fill_moment *m = ganger_fill_beam_at(&f->beam, f->now);
        for (int32_t i = 0; i < m->count && !f->found && f->ticks < f->end; i++) {
            spread(f, m->row[i]);
        }
        m->count = 0;
    }
    struct ganger_fill_outcome outcome = {.found = f->found, .ticks = f->ticks};
    if (f->found) {
        turn(f);
        outcome.start = f->beam.hand.start;
        outcome.mode = f->beam.hand.mode;
        outcome.makespan = f->makespan;
    }
    return outcome;
}
