#include "search/archipelago.h"

#include "parallel/parallel.h"
#include "search/anchor.h"
#include "search/construct.h"
#include "search/trial.h"

#include <math.h>
#include <stdlib.h>

/* Cuts that an island keeps. */
enum { cut_room = 256 };
/* About 30 ms of one thread: rounds short enough to stop on time, long enough to be worth a barrier. */
enum { usual_turn_ticks = 4000000 };
/* Share of the programme's cost that the warmest island may lose in one accepted move, and the ratio from
 * one island to the next; the first accepts no loss. */
static const double warmest = 2e-5;
static const double cooling = 0.5;
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
    bool ready = ganger_cuts_init(&a->cuts, model->problem, cut_room) &&
                 ganger_path_pool_init(&a->paths, model->graph);
    for (int i = 0; ready && i < GANGER_ISLANDS; i++) {
        a->island[i] = ganger_island_create(model, cut_room);
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
    for (int i = 0; i < GANGER_ISLANDS; i++) {
        ganger_island_destroy(archipelago->island[i]);
        ganger_moves_destroy(archipelago->moves[i]);
    }
    ganger_cuts_clear(&archipelago->cuts);
    ganger_path_pool_clear(&archipelago->paths);
    free(archipelago);
}

/* --- exchange --- */

static bool gather_pools(struct ganger_archipelago *a)
{
    for (int i = 0; i < GANGER_ISLANDS; i++) {
        const struct ganger_island *island = a->island[i];
        if (!ganger_path_pool_merge(&a->paths, &island->paths, a->known_paths, a->known_rows)) {
            return false;
        }
    }
    /* Newest use first matters only for what is thrown out when the pool is full. */
    for (int i = 0; i < GANGER_ISLANDS; i++) {
        const struct ganger_cuts *cuts = &a->island[i]->cuts;
        for (int32_t c = 0; c < cuts->count; c++) {
            if (cuts->used[c] + 64 >= a->round) {
                ganger_cuts_take(&a->cuts, cuts, c, cuts->used[c]);
            }
        }
    }
    return true;
}

static bool spread_pools(struct ganger_archipelago *a)
{
    a->paths.basis_rows = a->paths.basis_paths = 0;
    const struct ganger_path_pool *first = &a->island[0]->paths;
    if (first->basis_paths > 0 && first->basis_paths <= a->paths.count) {
        /* Island 0 came first in the merge, so its rows and paths stand at the same places. */
        a->paths.basis_rows = first->basis_rows;
        a->paths.basis_paths = first->basis_paths;
        for (int32_t r = 0; r < first->basis_rows; r++) {
            a->paths.row_basis[r] = first->row_basis[r];
        }
        for (int32_t p = 0; p < first->basis_paths; p++) {
            a->paths.path_basis[p] = first->path_basis[p];
        }
    }
    for (int i = 0; i < GANGER_ISLANDS; i++) {
        if (!ganger_path_pool_copy(&a->island[i]->paths, &a->paths)) {
            return false;
        }
        ganger_cuts_copy(&a->island[i]->cuts, &a->cuts);
        a->island[i]->stale = true;
    }
    a->known_paths = a->paths.count;
    a->known_rows = a->paths.rows;
    return true;
}

static void replace_worst(struct ganger_archipelago *a)
{
    int best = 0;
    int worst = 0;
    for (int i = 1; i < GANGER_ISLANDS; i++) {
        if (a->island[i]->value.total > a->island[best]->value.total) {
            best = i;
        }
        if (a->island[i]->value.total < a->island[worst]->value.total) {
            worst = i;
        }
    }
    if (best != worst) {
        ganger_island_copy_plan(a->island[worst], a->island[best]);
    }
}

bool ganger_archipelago_exchange(struct ganger_archipelago *archipelago)
{
    replace_worst(archipelago);
    return gather_pools(archipelago) && spread_pools(archipelago);
}

/* --- founding --- */

struct sweep {
    struct ganger_archipelago *archipelago;
    bool close_links; /* solve states with one link closed instead of the island's own */
};

/* A cut for each link of the island's share, from the state in which that link alone is closed. */
static bool close_each_link(struct ganger_island *island, int32_t index)
{
    int32_t boundaries = island->model->boundaries;
    int32_t t = boundaries / 2;
    for (int32_t l = index; l < island->model->problem->links.count; l += GANGER_ISLANDS) {
        double *cell = island->link_capacity + (int64_t)l * boundaries + t;
        double open = *cell;
        double value;
        struct ganger_traffic_row row = {&value, island->trial->flow, island->trial->price};
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
    if (sweep->close_links) {
        close_each_link(island, index);
    } else {
        ganger_island_solve_range(island, (int32_t)(boundaries * index / GANGER_ISLANDS),
                                  (int32_t)(boundaries * (index + 1) / GANGER_ISLANDS));
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

/* All islands hold the same plan; afterwards all hold its exact traffic too. */
static bool sweep_all(struct ganger_archipelago *a, bool close_links, int64_t *ticks)
{
    struct sweep sweep = {a, close_links};
    ganger_parallel_for(a->threads, GANGER_ISLANDS, sweep_island, &sweep);
    a->round++;
    for (int i = 0; i < GANGER_ISLANDS; i++) {
        *ticks += a->island[i]->ticks;
        if (a->island[i]->failed) {
            return false;
        }
    }
    int64_t boundaries = a->model->boundaries;
    for (int i = 1; !close_links && i < GANGER_ISLANDS; i++) {
        copy_block(a->island[0], a->island[i], (int32_t)(boundaries * i / GANGER_ISLANDS),
                   (int32_t)(boundaries * (i + 1) / GANGER_ISLANDS));
    }
    ganger_island_add_up(a->island[0]);
    for (int i = 1; !close_links && i < GANGER_ISLANDS; i++) {
        ganger_island_copy_plan(a->island[i], a->island[0]);
    }
    return gather_pools(a) && spread_pools(a);
}

static bool construct(struct ganger_archipelago *a, int64_t *ticks)
{
    struct ganger_island *first = a->island[0];
    if (!ganger_island_begin(first, a->seed, 0, a->round)) {
        return false;
    }
    ganger_anchor_drop(first);
    bool built = ganger_construct(first);
    ganger_island_end(first);
    *ticks += first->ticks;
    a->round++;
    for (int i = 1; i < GANGER_ISLANDS; i++) {
        ganger_island_copy_plan(a->island[i], first);
    }
    return built;
}

bool ganger_archipelago_found(struct ganger_archipelago *archipelago, int64_t *ticks)
{
    for (int i = 0; i < GANGER_ISLANDS; i++) {
        ganger_island_measure_capacity(archipelago->island[i]);
    }
    if (!sweep_all(archipelago, false, ticks) || !sweep_all(archipelago, true, ticks) ||
        !construct(archipelago, ticks) || !sweep_all(archipelago, false, ticks)) {
        return false;
    }
    double scale = fabs(archipelago->island[0]->value.terms.cost);
    archipelago->temperature[0] = 0;
    double share = warmest;
    for (int i = GANGER_ISLANDS - 1; i > 0; i--) {
        archipelago->temperature[i] = scale * share;
        share *= cooling;
    }
    return true;
}

/* --- rounds --- */

static void turn(int32_t index, void *context)
{
    struct ganger_archipelago *a = context;
    struct ganger_island *island = a->island[index];
    if (!ganger_island_begin(island, a->seed, (uint32_t)index, a->round)) {
        return;
    }
    ganger_anchor_drop(island);
    while (!island->failed && ganger_island_ticks(island) < a->turn_ticks) {
        ganger_moves_try(a->moves[index], island, a->temperature[index]);
    }
    if (!island->failed) {
        ganger_anchor_settle(island, settle_loss * a->temperature[index]);
    }
    ganger_island_end(island);
}

bool ganger_archipelago_round(struct ganger_archipelago *archipelago, int64_t *ticks)
{
    ganger_parallel_for(archipelago->threads, GANGER_ISLANDS, turn, archipelago);
    archipelago->round++;
    for (int i = 0; i < GANGER_ISLANDS; i++) {
        *ticks += archipelago->island[i]->ticks;
        if (archipelago->island[i]->failed) {
            return false;
        }
    }
    return true;
}
