#include "search/archipelago.h"

#include "base/clock.h"
#include "parallel/parallel.h"
#include "search/anchor.h"
#include "search/construct.h"
#include "search/reinstate.h"
#include "search/trial.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Cuts that an island keeps. */
enum { cut_room = 384 };
/* Of eight islands, those that take over the best plan at an exchange. */
enum { replaced_of_eight = 3 };
/* A cut that was tight on some island within so many rounds is shared. */
enum { recent_rounds = 24 };
/* About 0.1 s of one thread: long enough to be worth a barrier. */
enum { usual_turn_ticks = 8000000 };
/* What it costs to solve a guessed boundary at the end of the turn, roughly. */
enum { guess_ticks = 60000 };
/* Share of the programme's cost that the warmest island may lose in one accepted move, and how many times the share is
 * halved from there to the coldest that may lose any; those between are a ratio apart. The first accepts no loss. */
static const double warmest = 5e-4, halvings = 6;
/* What a turn may lose in all, in temperatures. */
static const double settle_loss = 4;

struct ganger_archipelago *ganger_archipelago_create(const struct ganger_search_model *model,
                                                     uint64_t seed, int threads)
{
    struct ganger_archipelago *a = calloc(1, sizeof *a);
    if (!a) {
        return NULL;
    }
    a->model = model;
    a->seed = seed;
    a->threads = threads;
    a->turn_ticks = usual_turn_ticks;
    int32_t room = model->large ? 1 : cut_room;
    bool ready = ganger_cuts_init(&a->cuts, model->problem, room);
    for (int i = 0; ready && i < a->model->islands; i++) {
        a->island[i] = ganger_island_create(model, room);
        a->moves[i] = ganger_moves_create(model);
        ready = a->island[i] && a->moves[i];
    }
    if (!ready) {
        ganger_archipelago_destroy(a);
        return NULL;
    }
    return a;
}

void ganger_archipelago_destroy(struct ganger_archipelago *archipelago)
{
    if (!archipelago) {
        return;
    }
    for (int i = 0; i < archipelago->model->islands; i++) {
        ganger_island_destroy(archipelago->island[i]);
        ganger_moves_destroy(archipelago->moves[i]);
    }
    ganger_cuts_clear(&archipelago->cuts);
    free(archipelago);
}

/* --- exchange --- */

/* The shared cuts become those that some island found tight lately; every island goes on with them. Paths
 * stay each island's own: the simplex pays for every one. */
static void share_cuts(struct ganger_archipelago *a)
{
    for (int i = 0; i < a->model->islands; i++) {
        const struct ganger_cuts *cuts = &a->island[i]->cuts;
        for (int32_t c = 0; c < cuts->count; c++) {
            if (cuts->used[c] + recent_rounds >= a->round) {
                ganger_cuts_take(&a->cuts, cuts, c, cuts->used[c]);
            }
        }
    }
    for (int i = 0; i < a->model->islands; i++) {
        ganger_cuts_copy(&a->island[i]->cuts, &a->cuts);
        a->island[i]->stale = true;
    }
}

/* The best island's plan goes to the worst ones; ties go by number. */
static void replace_worst(struct ganger_archipelago *a)
{
    int order[GANGER_ISLANDS_MOST]; /* best first */
    for (int i = 0; i < a->model->islands; i++) {
        int place = i;
        while (place > 0 && a->island[i]->value.total > a->island[order[place - 1]]->value.total) {
            order[place] = order[place - 1];
            place--;
        }
        order[place] = i;
    }
    int replaced = a->model->islands * replaced_of_eight / 8;
    for (int i = a->model->islands - replaced; i < a->model->islands; i++) {
        if (a->island[order[i]]->value.total < a->island[order[0]]->value.total) {
            ganger_island_copy_plan(a->island[order[i]], a->island[order[0]]);
        }
    }
}

void ganger_archipelago_exchange(struct ganger_archipelago *archipelago)
{
    replace_worst(archipelago);
    share_cuts(archipelago);
}

/* True once the turn is to be broken off. */
static bool interrupted(struct ganger_archipelago *a, struct ganger_island *island)
{
    if (!island->interrupted && a->interrupted && a->interrupted(a->interrupt_context)) {
        island->interrupted = true;
    }
    return island->interrupted;
}

/* --- founding --- */

struct sweep {
    struct ganger_archipelago *archipelago;
    bool close_links; /* solve states with one link closed instead of the island's own */
};

/* A cut for each link of the island's share, from the state in which that link alone is closed. */
static bool close_each_link(struct ganger_archipelago *a, int32_t index)
{
    struct ganger_island *island = a->island[index];
    int32_t boundaries = island->model->boundaries;
    int32_t t = boundaries / 2;
    for (int32_t l = index; l < island->model->problem->links.count; l += a->model->islands) {
        double *cell = island->link_capacity + (int64_t)l * boundaries + t;
        double open = *cell;
        double value;
        struct ganger_traffic_row row = {&value, island->trial->flow, island->trial->price};
        if (interrupted(a, island)) {
            return true;
        }
        if (open <= 0) {
            continue;
        }
        *cell = 0;
        ganger_cuts_shift(&island->cuts, l, -open,
                          island->cut_value + (int64_t)t * island->cuts.room);
        bool solved = ganger_island_solve(island, t, row);
        *cell = open;
        ganger_cuts_shift(&island->cuts, l, open,
                          island->cut_value + (int64_t)t * island->cuts.room);
        ganger_trial_install_cuts(island);
        if (!solved) {
            return false;
        }
    }
    return true;
}

/* Island i solves the i-th block of boundaries of the plan that all islands hold. */
static void sweep_island(int32_t index, void *context)
{
    struct sweep *sweep = context;
    struct ganger_archipelago *a = sweep->archipelago;
    struct ganger_island *island = a->island[index];
    int64_t boundaries = a->model->boundaries;
    if (!ganger_island_begin(island, a->seed, (uint32_t)index, a->round)) {
        return;
    }
    memset(island->guessed, 0, (size_t)boundaries);
    island->guesses = 0;
    if (sweep->close_links) {
        close_each_link(a, index);
    } else {
        int32_t to = (int32_t)(boundaries * (index + 1) / a->model->islands);
        for (int32_t t = (int32_t)(boundaries * index / a->model->islands);
             t < to && !island->failed && !interrupted(a, island); t++) {
            ganger_island_solve_range(island, t, t + 1);
        }
    }
    ganger_island_end(island);
}

static void copy_block(struct ganger_island *to, const struct ganger_island *from, int32_t first,
                       int32_t last)
{
    int64_t links = from->model->problem->links.count;
    for (int64_t t = first; t < last; t++) {
        to->traffic[t] = from->traffic[t];
        for (int64_t i = 0; i < 2 * links; i++) {
            to->flow[t * 2 * links + i] = from->flow[t * 2 * links + i];
        }
        for (int64_t i = 0; i < links; i++) {
            to->price[t * links + i] = from->price[t * links + i];
        }
    }
}

enum ganger_round_end ganger_archipelago_end_of(const struct ganger_archipelago *archipelago)
{
    const struct ganger_archipelago *a = archipelago;
    enum ganger_round_end end = GANGER_ROUND_DONE;
    for (int i = 0; i < a->model->islands; i++) {
        if (a->island[i]->failed) {
            return GANGER_ROUND_FAILED;
        }
        end = a->island[i]->interrupted ? GANGER_ROUND_INTERRUPTED : end;
    }
    return end;
}

int64_t ganger_archipelago_spent(const struct ganger_archipelago *archipelago)
{
    int64_t ticks = 0;
    for (int i = 0; i < archipelago->model->islands; i++) {
        ticks += archipelago->island[i]->ticks;
    }
    return ticks;
}

/* All islands hold the same plan; afterwards all hold its exact traffic too. */
static enum ganger_round_end sweep_all(struct ganger_archipelago *a, bool close_links,
                                       int64_t *ticks)
{
    struct sweep sweep = {a, close_links};
    ganger_parallel_for(a->threads, a->model->islands, sweep_island, &sweep);
    a->round++;
    a->solve_ticks = ganger_archipelago_spent(a);
    *ticks += a->solve_ticks;
    enum ganger_round_end end = ganger_archipelago_end_of(a);
    if (end != GANGER_ROUND_DONE) {
        return end;
    }
    int64_t boundaries = a->model->boundaries;
    for (int i = 1; !close_links && i < a->model->islands; i++) {
        copy_block(a->island[0], a->island[i], (int32_t)(boundaries * i / a->model->islands),
                   (int32_t)(boundaries * (i + 1) / a->model->islands));
    }
    ganger_island_add_up(a->island[0]);
    for (int i = 1; !close_links && i < a->model->islands; i++) {
        ganger_island_copy_plan(a->island[i], a->island[0]);
    }
    share_cuts(a);
    return end;
}

enum ganger_round_end ganger_archipelago_solve(struct ganger_archipelago *archipelago,
                                               int64_t *ticks)
{
    return sweep_all(archipelago, false, ticks);
}

static enum ganger_round_end construct(struct ganger_archipelago *a, int64_t *ticks)
{
    struct ganger_island *first = a->island[0];
    if (!ganger_island_begin(first, a->seed, 0, a->round)) {
        return GANGER_ROUND_FAILED;
    }
    ganger_anchor_drop(first);
    bool built =
        ganger_search_keeps(a->model) ? ganger_search_reinstate(first) : ganger_construct(first);
    ganger_island_end(first);
    *ticks += first->ticks;
    a->round++;
    for (int i = 1; i < a->model->islands; i++) {
        ganger_island_copy_plan(a->island[i], first);
    }
    return built ? ganger_archipelago_end_of(a) : GANGER_ROUND_FAILED;
}

enum ganger_round_end ganger_archipelago_found(struct ganger_archipelago *archipelago,
                                               int64_t *ticks)
{
    for (int i = 0; i < archipelago->model->islands; i++) {
        ganger_island_measure_capacity(archipelago->island[i]);
    }
    enum ganger_round_end end = sweep_all(archipelago, false, ticks);
    if (end == GANGER_ROUND_DONE) {
        end = sweep_all(archipelago, true, ticks);
    }
    if (end == GANGER_ROUND_DONE) {
        end = construct(archipelago, ticks);
    }
    if (end == GANGER_ROUND_DONE) {
        end = sweep_all(archipelago, false, ticks);
    }
    double scale = fabs(archipelago->island[0]->value.terms.cost);
    archipelago->temperature[0] = 0;
    int islands = archipelago->model->islands;
    double share = warmest, ratio = islands > 2 ? exp2(-halvings / (islands - 2)) : 1;
    for (int i = islands - 1; i > 0; i--) {
        archipelago->temperature[i] = scale * share;
        share *= ratio;
    }
    return end;
}

/* --- gathering --- */

void ganger_archipelago_gather(struct ganger_archipelago *archipelago)
{
    struct ganger_archipelago *a = archipelago;
    int best = 0;
    for (int i = 1; i < a->model->islands; i++) {
        best = a->island[i]->value.total > a->island[best]->value.total ? i : best;
    }
    for (int i = 0; i < a->model->islands; i++) {
        if (i != best) {
            ganger_island_copy_plan(a->island[i], a->island[best]);
        }
    }
}

/* --- rounds --- */

/* Solves what was guessed, then holds the plan or falls back. */
static void settle(struct ganger_archipelago *a, struct ganger_island *island, double loss)
{
    for (int32_t t = 0; t < a->model->boundaries && !island->failed; t++) {
        if (interrupted(a, island)) {
            return;
        }
        ganger_anchor_solve(island, t);
    }
    if (!island->failed) {
        ganger_anchor_decide(island, loss);
    }
}

static void turn(int32_t index, void *context)
{
    struct ganger_archipelago *a = context;
    struct ganger_island *island = a->island[index];
    if (!ganger_island_begin(island, a->seed, (uint32_t)index, a->round)) {
        return;
    }
    ganger_anchor_drop(island);
    double since = ganger_clock_now_s();
    while (!island->failed && !interrupted(a, island) &&
           ganger_island_ticks(island) + guess_ticks * island->guesses < a->turn_ticks) {
        ganger_moves_try(a->moves[index], island, a->temperature[index]);
    }
    island->judging_s += ganger_clock_now_s() - since;
    if (!island->failed && !island->interrupted) {
        settle(a, island, settle_loss * a->temperature[index]);
    }
    ganger_island_end(island);
}

enum ganger_round_end ganger_archipelago_round(struct ganger_archipelago *archipelago,
                                               int64_t *ticks)
{
    ganger_parallel_for(archipelago->threads, archipelago->model->islands, turn, archipelago);
    archipelago->round++;
    enum ganger_round_end end = ganger_archipelago_end_of(archipelago);
    *ticks += end == GANGER_ROUND_DONE ? ganger_archipelago_spent(archipelago) : 0;
    return end;
}
