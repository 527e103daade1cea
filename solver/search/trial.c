#include "search/trial.h"

#include "search/anchor.h"
#include "search/prospects.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A change of up to so many boundaries is judged exactly at once. */
enum { exact_at_most = 6, samples = 4 };
/* Relative: what the simplex may leave on a capacity or a price. */
static const double tolerance = 1e-9;

static bool allocate(struct ganger_trial *trial, const struct ganger_search_model *model,
                     int32_t cut_room)
{
    const struct ganger_problem *p = model->problem;
    size_t boundaries = (size_t)model->boundaries;
    size_t works = (size_t)p->works.count + 1;
    size_t segments = (size_t)p->segments.count + 1;
    size_t links = (size_t)p->links.count + 1;
    size_t arcs = 2 * links;
    size_t demands = (size_t)p->demands.count + 1;
    size_t solved = model->large ? 0 : boundaries;
    trial->removed = malloc(works * sizeof *trial->removed);
    trial->placed = malloc(works * sizeof *trial->placed);
    trial->segments = malloc(segments * sizeof *trial->segments);
    trial->links = malloc(links * sizeof *trial->links);
    trial->boundaries = malloc(boundaries * sizeof *trial->boundaries);
    trial->segment_touched = calloc(segments, 1);
    trial->link_touched = calloc(links, 1);
    trial->boundary_touched = calloc(boundaries, 1);
    trial->saved_segment = malloc(segments * boundaries * sizeof(double));
    trial->saved_link = malloc(links * boundaries * sizeof(double));
    trial->saved_cut = malloc(boundaries * (size_t)(cut_room + 8) * sizeof(double));
    trial->saved_km = calloc((size_t)p->targets.count + 1, sizeof(double));
    trial->saved_worth = calloc(links, sizeof(double));
    trial->saved_valued = calloc(links, sizeof *trial->saved_valued);
    trial->saved_link_state = calloc(links, sizeof *trial->saved_link_state);
    trial->saved_segment_state = calloc(segments, sizeof *trial->saved_segment_state);
    trial->traffic = malloc(boundaries * sizeof(double));
    trial->flow = malloc((arcs * solved + 1) * sizeof(double));
    trial->price = malloc((links * solved + 1) * sizeof(double));
    trial->solved = calloc(boundaries, 1);
    trial->open = malloc(boundaries * sizeof *trial->open);
    trial->hope = malloc(boundaries * sizeof(double));
    trial->cut_price = malloc(GANGER_TRIAL_CUTS * arcs * sizeof(double));
    trial->cut_worth = malloc(GANGER_TRIAL_CUTS * demands * sizeof(double));
    trial->scratch.flow = malloc(arcs * sizeof(double));
    trial->scratch.price = malloc(arcs * sizeof(double));
    trial->scratch.worth = malloc(demands * sizeof(double));
    return trial->removed && trial->placed && trial->segments && trial->links &&
           trial->boundaries && trial->segment_touched && trial->link_touched &&
           trial->boundary_touched && trial->saved_segment && trial->saved_link &&
           trial->saved_cut && trial->saved_km && trial->saved_worth && trial->saved_valued &&
           trial->saved_link_state && trial->saved_segment_state && trial->traffic && trial->flow &&
           trial->price && trial->solved && trial->open && trial->hope && trial->cut_price &&
           trial->cut_worth && trial->scratch.flow && trial->scratch.price && trial->scratch.worth;
}

struct ganger_trial *ganger_trial_create(const struct ganger_search_model *model, int32_t cut_room)
{
    struct ganger_trial *trial = calloc(1, sizeof *trial);
    if (trial && !allocate(trial, model, cut_room)) {
        ganger_trial_destroy(trial);
        trial = NULL;
    }
    return trial;
}

void ganger_trial_destroy(struct ganger_trial *trial)
{
    if (!trial) {
        return;
    }
    void *owned[] = {trial->removed,
                     trial->placed,
                     trial->segments,
                     trial->links,
                     trial->boundaries,
                     trial->segment_touched,
                     trial->link_touched,
                     trial->boundary_touched,
                     trial->saved_segment,
                     trial->saved_link,
                     trial->saved_cut,
                     trial->saved_km,
                     trial->saved_worth,
                     trial->saved_valued,
                     trial->saved_link_state,
                     trial->saved_segment_state,
                     trial->traffic,
                     trial->flow,
                     trial->price,
                     trial->solved,
                     trial->open,
                     trial->hope,
                     trial->cut_price,
                     trial->cut_worth,
                     trial->scratch.flow,
                     trial->scratch.price,
                     trial->scratch.worth};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
    free(trial);
}

void ganger_trial_begin(struct ganger_island *island)
{
    struct ganger_trial *trial = island->trial;
    trial->removed_count = trial->placed_count = trial->open_count = 0;
    trial->segment_count = trial->link_count = trial->boundary_count = 0;
    trial->saved_value = island->value;
    memcpy(trial->saved_km, island->target_km,
           (size_t)island->model->problem->targets.count * sizeof(double));
}

/* Moves the cuts of the boundaries where a link's capacity differs from what the cuts know. */
static void shift_cuts(struct ganger_island *island, int32_t link, const double *known)
{
    struct ganger_trial *trial = island->trial;
    int32_t boundaries = island->model->boundaries;
    int32_t room = island->cuts.room;
    const double *now = island->link_capacity + (int64_t)link * boundaries;
    for (int32_t t = 0; t < boundaries; t++) {
        if (now[t] == known[t]) {
            continue;
        }
        double *value = island->cut_value + (int64_t)t * room;
        if (!trial->boundary_touched[t]) {
            trial->boundary_touched[t] = 1;
            trial->boundaries[trial->boundary_count++] = t;
            memcpy(trial->saved_cut + (int64_t)t * room, value, (size_t)room * sizeof *value);
        }
        ganger_cuts_shift(&island->cuts, link, now[t] - known[t], value);
        island->ticks += room / 32;
    }
}

static void refresh(struct ganger_island *island, int32_t segment)
{
    struct ganger_trial *trial = island->trial;
    int64_t boundaries = island->model->boundaries;
    size_t row = (size_t)boundaries * sizeof(double);
    double *capacity = island->segment_capacity + segment * boundaries;
    if (!trial->segment_touched[segment]) {
        trial->segment_touched[segment] = 1;
        trial->segments[trial->segment_count++] = segment;
        memcpy(trial->saved_segment + segment * boundaries, capacity, row);
    }
    ganger_island_measure_segment(island, segment);
    int32_t link = island->model->problem->segments.link[segment];
    double *link_row = island->link_capacity + link * boundaries;
    if (!trial->link_touched[link]) {
        trial->link_touched[link] = 1;
        trial->links[trial->link_count++] = link;
        memcpy(trial->saved_link + link * boundaries, link_row, row);
    }
    double *known = trial->traffic; /* free until the trial is judged */
    memcpy(known, link_row, row);
    ganger_island_measure_link(island, link);
    shift_cuts(island, link, known);
}

static void count_km(struct ganger_island *island, int32_t w, int32_t finish, double sign)
{
    const struct ganger_problem *p = island->model->problem;
    for (int32_t g = 0; g < p->targets.count; g++) {
        if ((p->targets.kinds[g] >> p->works.kind[w] & 1U) && finish <= p->targets.by[g]) {
            island->target_km[g] += sign * p->works.km[w];
        }
    }
}

/* After works went: their segments and km, in the order of the list. */
static void settle_removed(struct ganger_island *island, int32_t first)
{
    struct ganger_trial *trial = island->trial;
    const struct ganger_problem *p = island->model->problem;
    for (int32_t i = first; i < trial->removed_count; i++) {
        struct ganger_placement gone = trial->removed[i];
        count_km(island, gone.work, ganger_problem_finish(p, gone.mode, gone.start), -1);
        int32_t segment = p->works.segment[gone.work];
        if (segment != GANGER_NONE && island->outlook) {
            ganger_prospects_note(island, segment);
            ganger_prospects_turn(island, gone);
        } else if (segment != GANGER_NONE) {
            refresh(island, segment);
        }
    }
}

void ganger_trial_remove(struct ganger_island *island, const int32_t *works, int32_t count)
{
    struct ganger_trial *trial = island->trial;
    assert(trial->placed_count == 0);
    int32_t first = trial->removed_count;
    trial->removed_count += ganger_schedule_remove_all(island->schedule, works, count,
                                                       trial->removed + trial->removed_count);
    settle_removed(island, first);
}

void ganger_trial_lift(struct ganger_island *island, int32_t work)
{
    struct ganger_trial *trial = island->trial;
    const struct ganger_schedule *s = island->schedule;
    assert(trial->placed_count == 0);
    trial->removed[trial->removed_count++] =
        (struct ganger_placement){work, s->mode[work], s->start[work]};
    ganger_schedule_remove(island->schedule, work);
    settle_removed(island, trial->removed_count - 1);
}

void ganger_trial_place(struct ganger_island *island, struct ganger_placement placement)
{
    const struct ganger_problem *p = island->model->problem;
    struct ganger_trial *trial = island->trial;
    ganger_schedule_place(island->schedule, placement);
    trial->placed[trial->placed_count++] = placement.work;
    count_km(island, placement.work, island->schedule->finish[placement.work], 1);
    int32_t segment = p->works.segment[placement.work];
    if (segment != GANGER_NONE && island->outlook) {
        ganger_prospects_note(island, segment);
        ganger_prospects_place(island, placement);
    } else if (segment != GANGER_NONE) {
        refresh(island, segment);
    }
}

/* True if V(t) cannot have changed: the old flow still fits (so V did not fall), and the old prices give
 * no gain for the changes (so V did not rise). Else *hope is the most that the old prices allow. */
static bool unchanged(const struct ganger_island *island, int32_t t, double *hope)
{
    const struct ganger_trial *trial = island->trial;
    int64_t boundaries = island->model->boundaries;
    int64_t links = island->model->problem->links.count;
    const double *flow = island->flow + t * 2 * links;
    const double *price = island->price + t * links;
    bool fits = true;
    double gain = 0;
    for (int32_t i = 0; i < trial->link_count; i++) {
        int32_t l = trial->links[i];
        double now = island->link_capacity[l * boundaries + t];
        gain += price[l] * (now - trial->saved_link[l * boundaries + t]);
        double room = now * (1 + tolerance) + tolerance;
        fits = fits && flow[2 * l] <= room && flow[2 * l + 1] <= room;
    }
    *hope = island->traffic[t] + gain;
    return fits && gain <= tolerance * fabs(island->traffic[t]);
}

static bool changed_at(const struct ganger_island *island, int32_t t)
{
    const struct ganger_trial *trial = island->trial;
    int64_t boundaries = island->model->boundaries;
    for (int32_t i = 0; i < trial->link_count; i++) {
        int64_t cell = trial->links[i] * boundaries + t;
        if (island->link_capacity[cell] != trial->saved_link[cell]) {
            return true;
        }
    }
    return false;
}

/* Fills trial->traffic with V(t) where it is known and the best hope elsewhere; lists the open ones. */
static int32_t sort_boundaries(struct ganger_island *island)
{
    struct ganger_trial *trial = island->trial;
    int32_t room = island->cuts.room;
    int32_t open = 0;
    memcpy(trial->traffic, island->traffic,
           (size_t)island->model->boundaries * sizeof *trial->traffic);
    for (int32_t i = 0; i < trial->boundary_count; i++) {
        int32_t t = trial->boundaries[i];
        trial->solved[t] = 0;
        if (!changed_at(island, t)) {
            continue;
        }
        double hope = INFINITY;
        if (!island->guessed[t] && unchanged(island, t, &hope)) {
            trial->kept++;
            continue;
        }
        double cut =
            ganger_cuts_least(&island->cuts, 0, 0.0, island->cut_value + (int64_t)t * room);
        trial->traffic[t] = cut < hope ? cut : hope;
        trial->open[open++] = t;
        island->ticks += room / 32;
    }
    return open;
}

static void count_solve(struct ganger_island *island, int32_t t, int64_t hits_before)
{
    island->trial->solved[t] = 1;
    island->trial->solves++;
    island->trial->cached += island->cache.hits - hits_before;
}

/* Solves a few of many open boundaries, spread evenly, and expects of the others that they disappoint as
 * much. What is learnt becomes cuts, so that the next estimate is better. */
static bool survives_samples(struct ganger_island *island, double total, double threshold)
{
    struct ganger_trial *trial = island->trial;
    int64_t links = island->model->problem->links.count;
    double missed = 0;
    for (int32_t i = 0; i < samples; i++) {
        int32_t t = trial->open[(int64_t)trial->open_count * (2 * i + 1) / (2 * samples)];
        struct ganger_traffic_row row = {trial->traffic + t, trial->flow + t * 2 * links,
                                         trial->price + t * links};
        double hope = trial->traffic[t];
        int64_t hits = island->cache.hits;
        if (!ganger_island_solve(island, t, row)) {
            return false;
        }
        count_solve(island, t, hits);
        missed += island->model->problem->time.weight[t] * (hope - trial->traffic[t]);
        double expected = missed * trial->open_count / (i + 1);
        if (total - expected < threshold) {
            return false;
        }
    }
    island->value = ganger_island_value(island, trial->traffic);
    return island->value.total >= threshold;
}

/* By the outlook alone. */
static bool judge_sketch(struct ganger_island *island, double threshold)
{
    struct ganger_trial *trial = island->trial;
    ganger_prospects_settle(island);
    trial->judged++;
    island->value = ganger_island_change(island);
    return island->value.total >= threshold;
}

bool ganger_trial_judge(struct ganger_island *island, double threshold)
{
    struct ganger_trial *trial = island->trial;
    const double *weight = island->model->problem->time.weight;
    int32_t links = island->model->problem->links.count;
    if (island->outlook) {
        return judge_sketch(island, threshold);
    }
    int32_t open = sort_boundaries(island);
    trial->judged++;
    island->value = ganger_island_value(island, trial->traffic);
    double total = island->value.total; /* optimistic until every open boundary is solved */
    trial->open_count = open;
    if (open > exact_at_most) {
        trial->guessed += open;
        trial->refused += total < threshold;
        return total >= threshold && survives_samples(island, total, threshold);
    }
    for (int32_t i = 0; i < open; i++) {
        if (total < threshold) {
            trial->refused += i == 0;
            return false;
        }
        int32_t t = trial->open[i];
        struct ganger_traffic_row row = {trial->traffic + t, trial->flow + (int64_t)t * 2 * links,
                                         trial->price + (int64_t)t * links};
        double hope = trial->traffic[t];
        int64_t hits = island->cache.hits;
        if (!ganger_island_solve(island, t, row)) {
            return false;
        }
        count_solve(island, t, hits);
        total += weight[t] * (trial->traffic[t] - hope);
    }
    island->value = ganger_island_value(island, trial->traffic);
    return island->value.total >= threshold;
}

static void forget_touched(struct ganger_island *island)
{
    struct ganger_trial *trial = island->trial;
    for (int32_t i = 0; i < trial->segment_count; i++) {
        trial->segment_touched[trial->segments[i]] = 0;
    }
    for (int32_t i = 0; i < trial->link_count; i++) {
        trial->link_touched[trial->links[i]] = 0;
    }
    for (int32_t i = 0; i < trial->boundary_count; i++) {
        trial->boundary_touched[trial->boundaries[i]] = 0;
    }
    ganger_trial_install_cuts(island);
}

void ganger_trial_commit(struct ganger_island *island)
{
    struct ganger_trial *trial = island->trial;
    size_t links = (size_t)island->model->problem->links.count;
    for (int32_t i = 0; i < trial->open_count; i++) {
        size_t t = (size_t)trial->open[i];
        ganger_anchor_keep(island, trial->open[i]);
        island->traffic[t] = trial->traffic[t];
        island->guesses += (trial->solved[t] ? 0 : 1) - island->guessed[t];
        island->guessed[t] = !trial->solved[t];
        if (trial->solved[t]) {
            memcpy(island->flow + t * 2 * links, trial->flow + t * 2 * links,
                   2 * links * sizeof(double));
            memcpy(island->price + t * links, trial->price + t * links, links * sizeof(double));
            trial->solved[t] = 0;
        }
        const double *value = island->cut_value + t * (size_t)island->cuts.room;
        island->cuts.used[ganger_cuts_tight(&island->cuts, value)] = island->round;
    }
    forget_touched(island);
}

void ganger_trial_rollback(struct ganger_island *island)
{
    struct ganger_trial *trial = island->trial;
    size_t boundaries = (size_t)island->model->boundaries;
    size_t room = (size_t)island->cuts.room;
    for (int32_t i = trial->placed_count - 1; i >= 0; i--) {
        ganger_schedule_remove(island->schedule, trial->placed[i]);
    }
    for (int32_t i = trial->removed_count - 1; i >= 0; i--) {
        ganger_schedule_place(island->schedule, trial->removed[i]);
    }
    if (island->outlook) {
        ganger_prospects_undo(island);
    }
    for (int32_t i = 0; !island->outlook && i < trial->segment_count; i++) {
        size_t at = (size_t)trial->segments[i] * boundaries;
        memcpy(island->segment_capacity + at, trial->saved_segment + at,
               boundaries * sizeof(double));
    }
    for (int32_t i = 0; !island->outlook && i < trial->link_count; i++) {
        size_t at = (size_t)trial->links[i] * boundaries;
        memcpy(island->link_capacity + at, trial->saved_link + at, boundaries * sizeof(double));
    }
    for (int32_t i = 0; i < trial->boundary_count; i++) {
        size_t at = (size_t)trial->boundaries[i] * room;
        memcpy(island->cut_value + at, trial->saved_cut + at, room * sizeof(double));
        trial->solved[trial->boundaries[i]] = 0;
    }
    memcpy(island->target_km, trial->saved_km,
           (size_t)island->model->problem->targets.count * sizeof(double));
    island->value = trial->saved_value;
    forget_touched(island);
}

struct ganger_traffic ganger_trial_traffic(struct ganger_trial *trial)
{
    return trial->scratch;
}

void ganger_trial_remember_cut(struct ganger_island *island, const struct ganger_traffic *traffic)
{
    struct ganger_trial *trial = island->trial;
    size_t arcs = (size_t)island->model->graph->arcs;
    size_t demands = (size_t)island->model->problem->demands.count;
    if (trial->cut_count == GANGER_TRIAL_CUTS) {
        return;
    }
    size_t at = (size_t)trial->cut_count++;
    memcpy(trial->cut_price + at * arcs, traffic->price, arcs * sizeof(double));
    memcpy(trial->cut_worth + at * demands, traffic->worth, demands * sizeof(double));
}

void ganger_trial_install_cuts(struct ganger_island *island)
{
    struct ganger_trial *trial = island->trial;
    const struct ganger_problem *p = island->model->problem;
    int64_t arcs = island->model->graph->arcs;
    int32_t boundaries = island->model->boundaries;
    int32_t room = island->cuts.room;
    bool refuted = false;
    for (int32_t i = 0; i < trial->cut_count; i++) {
        int32_t place =
            ganger_cuts_add(&island->cuts, p, trial->cut_price + i * arcs,
                            trial->cut_worth + (int64_t)i * p->demands.count, island->round);
        for (int32_t t = 0; t < boundaries; t++) {
            double sum = island->cuts.constant[(int64_t)p->demands.step_at[t] * room + place];
            for (int32_t l = 0; l < p->links.count; l++) {
                double slope = island->cuts.slope[(int64_t)l * room + place];
                if (slope > 0) {
                    sum += slope * island->link_capacity[(int64_t)l * boundaries + t];
                }
            }
            island->cut_value[(int64_t)t * room + place] = sum;
            if (island->guessed[t] && sum < island->traffic[t]) {
                island->traffic[t] = sum; /* what was hoped for is refuted */
                refuted = true;
            }
        }
        island->ticks += (int64_t)boundaries * p->links.count / 16;
    }
    trial->cut_count = 0;
    if (refuted) {
        ganger_island_add_up(island);
    }
}
