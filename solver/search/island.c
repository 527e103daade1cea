#include "search/island.h"

#include "base/wide.h"
#include "freight/capacity.h"
#include "search/anchor.h"
#include "search/estimate.h"
#include "search/prospects.h"
#include "search/trial.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Solved states kept by an island. */
enum { cache_slots = 1024 };
/* Ticks of one boundary found in the cache: as much as a short LP would have cost is not charged, since
 * what is in the cache is itself part of the deterministic run. */
enum { cache_ticks = 200 };

struct ganger_island *ganger_island_create(const struct ganger_search_model *model,
                                           int32_t cut_room)
{
    const struct ganger_problem *p = model->problem;
    struct ganger_island *island = calloc(1, sizeof *island);
    if (!island) {
        return NULL;
    }
    size_t boundaries = (size_t)model->boundaries;
    size_t links = (size_t)p->links.count + 1;
    /* On large networks nothing is solved: no flows, prices and cuts. */
    size_t solved = model->large ? 0 : boundaries;
    island->model = model;
    island->stale = true;
    island->schedule = ganger_schedule_create(model->frame);
    island->neighbour = ganger_schedule_create(model->frame);
    bool pools = ganger_cuts_init(&island->cuts, p, cut_room) &&
                 ganger_path_pool_init(&island->paths, model->graph) &&
                 ganger_state_cache_init(&island->cache, model->large ? 1 : cache_slots,
                                         model->graph->arcs, p->links.count);
    island->segment_capacity =
        malloc(((size_t)p->segments.count + 1) * boundaries * sizeof(double));
    island->link_capacity = malloc(links * boundaries * sizeof(double));
    island->traffic = calloc(boundaries, sizeof(double));
    island->flow = calloc(2 * links * solved + 1, sizeof(double));
    island->price = calloc(links * solved + 1, sizeof(double));
    island->target_km = calloc((size_t)p->targets.count + 1, sizeof(double));
    island->cut_value = calloc(boundaries * (size_t)(island->cuts.room + 8), sizeof(double));
    island->gather = calloc(links, sizeof(double));
    island->standing = calloc(boundaries, sizeof(double));
    island->factor = calloc(boundaries, sizeof(double));
    island->trial = ganger_trial_create(model, island->cuts.room);
    island->estimator = ganger_estimator_create(model);
    island->prospects = ganger_prospects_create(model);
    island->anchor = ganger_anchor_create(model);
    island->guessed = calloc(boundaries, 1);
    island->link_worth = calloc(links, sizeof(double));
    if (!island->schedule || !island->neighbour || !pools || !island->segment_capacity ||
        !island->link_capacity || !island->traffic || !island->flow || !island->price ||
        !island->target_km || !island->cut_value || !island->gather || !island->standing ||
        !island->factor || !island->trial || !island->estimator || !island->prospects ||
        !island->anchor || !island->guessed || !island->link_worth) {
        ganger_island_destroy(island);
        return NULL;
    }
    return island;
}

void ganger_island_destroy(struct ganger_island *island)
{
    if (!island) {
        return;
    }
    ganger_schedule_destroy(island->schedule);
    ganger_schedule_destroy(island->neighbour);
    ganger_cuts_clear(&island->cuts);
    ganger_path_pool_clear(&island->paths);
    ganger_state_cache_clear(&island->cache);
    free(island->segment_capacity);
    free(island->link_capacity);
    free(island->traffic);
    free(island->flow);
    free(island->price);
    free(island->target_km);
    free(island->cut_value);
    free(island->gather);
    free(island->standing);
    free(island->factor);
    ganger_trial_destroy(island->trial);
    ganger_estimator_destroy(island->estimator);
    ganger_prospects_destroy(island->prospects);
    ganger_anchor_destroy(island->anchor);
    free(island->guessed);
    free(island->link_worth);
    free(island);
}

void ganger_island_copy_plan(struct ganger_island *to, const struct ganger_island *from)
{
    const struct ganger_problem *p = from->model->problem;
    size_t boundaries = (size_t)from->model->boundaries;
    size_t links = (size_t)p->links.count;
    ganger_schedule_copy(to->schedule, from->schedule);
    to->value = from->value;
    to->stale = true;
    memcpy(to->segment_capacity, from->segment_capacity,
           (size_t)p->segments.count * boundaries * sizeof(double));
    memcpy(to->link_capacity, from->link_capacity, links * boundaries * sizeof(double));
    memcpy(to->traffic, from->traffic, boundaries * sizeof(double));
    if (!from->model->large) {
        memcpy(to->flow, from->flow, 2 * links * boundaries * sizeof(double));
        memcpy(to->price, from->price, links * boundaries * sizeof(double));
    }
    memcpy(to->target_km, from->target_km, (size_t)p->targets.count * sizeof(double));
}

bool ganger_island_begin(struct ganger_island *island, uint64_t seed, uint32_t stream,
                         int64_t round)
{
    ganger_rng_init(&island->rng, seed, stream, (uint64_t)round);
    island->round = round;
    island->ticks = 0;
    ganger_path_pool_prune(&island->paths, round - 1);
    island->failed = !ganger_traffic_open(&island->solver, island->model->graph, &island->paths);
    island->solver.round = round;
    if (!island->failed && island->stale) {
        ganger_island_measure_cuts(island);
        island->stale = false;
    }
    return !island->failed;
}

void ganger_island_end(struct ganger_island *island)
{
    island->ticks += island->solver.ticks;
    if (!island->failed) {
        ganger_traffic_keep_basis(&island->solver);
    }
    ganger_traffic_close(&island->solver);
    island->solver.ticks = 0;
}

int64_t ganger_island_ticks(const struct ganger_island *island)
{
    return island->ticks + island->solver.ticks;
}

GANGER_WIDE static void multiply(const double *restrict left, const double *restrict right,
                                 int32_t count, double *restrict product)
{
    for (int32_t t = 0; t < count; t++) {
        product[t] = left[t] * right[t];
    }
}

void ganger_island_measure_segment(struct ganger_island *island, int32_t segment)
{
    int32_t boundaries = island->model->boundaries;
    double *row = island->segment_capacity + (int64_t)segment * boundaries;
    ganger_capacity_segment(island->schedule, segment, island->standing, island->factor);
    multiply(island->standing, island->factor, boundaries, row);
    island->ticks += boundaries / 4;
}

void ganger_island_measure_link(struct ganger_island *island, int32_t link)
{
    const struct ganger_links *links = &island->model->problem->links;
    int32_t boundaries = island->model->boundaries;
    double *row = island->link_capacity + (int64_t)link * boundaries;
    for (int32_t t = 0; t < boundaries; t++) {
        row[t] = INFINITY;
    }
    for (int32_t i = links->first_segment[link]; i < links->first_segment[link + 1]; i++) {
        ganger_capacity_lower(
            row, island->segment_capacity + (int64_t)links->segment_list[i] * boundaries,
            boundaries);
    }
    island->ticks += boundaries / 8;
}

void ganger_island_measure_capacity(struct ganger_island *island)
{
    for (int32_t q = 0; q < island->model->problem->segments.count; q++) {
        ganger_island_measure_segment(island, q);
    }
    for (int32_t l = 0; l < island->model->problem->links.count; l++) {
        ganger_island_measure_link(island, l);
    }
}

void ganger_island_measure_standing(struct ganger_island *island, double *capacity)
{
    const struct ganger_problem *p = island->model->problem;
    int64_t boundaries = island->model->boundaries;
    for (int64_t i = 0; i < p->links.count * boundaries; i++) {
        capacity[i] = INFINITY;
    }
    for (int32_t q = 0; q < p->segments.count; q++) {
        double *row = capacity + p->segments.link[q] * boundaries;
        ganger_capacity_segment(island->schedule, q, island->standing, island->factor);
        for (int64_t t = 0; t < boundaries; t++) {
            row[t] = fmin(row[t], island->standing[t]);
        }
    }
    island->ticks += p->segments.count * boundaries / 4;
}

void ganger_island_measure_cuts(struct ganger_island *island)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t boundaries = island->model->boundaries;
    for (int32_t t = 0; t < boundaries; t++) {
        double *value = island->cut_value + (int64_t)t * island->cuts.room;
        ganger_cuts_evaluate(&island->cuts, p->demands.step_at[t], island->link_capacity + t,
                             boundaries, value);
        if (island->cuts.count > 0) {
            island->cuts.used[ganger_cuts_tight(&island->cuts, value)] = island->round;
        }
    }
    island->ticks += (int64_t)boundaries * p->links.count * island->cuts.room / 64;
}

/* A cut pays when the pool was too hopeful by more than this share of V. */
static const double worth_learning = 5e-5;

static void learn(struct ganger_island *island, int32_t t, const struct ganger_traffic *traffic)
{
    const double *value = island->cut_value + (int64_t)t * island->cuts.room;
    double estimate =
        island->cuts.count > 0 ? value[ganger_cuts_tight(&island->cuts, value)] : INFINITY;
    if (estimate - traffic->value > worth_learning * fabs(traffic->value)) {
        ganger_trial_remember_cut(island, traffic);
    }
}

bool ganger_island_solve(struct ganger_island *island, int32_t t, struct ganger_traffic_row row)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t links = p->links.count;
    for (int32_t l = 0; l < links; l++) {
        island->gather[l] = island->link_capacity[(int64_t)l * island->model->boundaries + t];
    }
    int32_t step = p->demands.step_at[t];
    struct ganger_state_key key = ganger_state_key_of(island->gather, links, step);
    int32_t slot = ganger_state_cache_find(&island->cache, key);
    if (slot >= 0) {
        const struct ganger_state_cache *c = &island->cache;
        *row.value = c->value[slot];
        memcpy(row.flow, c->flow + (int64_t)slot * c->arcs, (size_t)c->arcs * sizeof(double));
        memcpy(row.price, c->price + (int64_t)slot * links, (size_t)links * sizeof(double));
        island->ticks += cache_ticks;
        return true;
    }
    struct ganger_traffic traffic = ganger_trial_traffic(island->trial);
    const double *volume = p->demands.volume + (int64_t)step * p->demands.count;
    if (!ganger_traffic_solve(&island->solver, volume, island->gather, &traffic)) {
        island->failed = true;
        return false;
    }
    *row.value = traffic.value;
    memcpy(row.flow, traffic.flow, (size_t)island->model->graph->arcs * sizeof(double));
    for (int32_t l = 0; l < links; l++) {
        row.price[l] = traffic.price[2 * l] + traffic.price[2 * l + 1];
    }
    ganger_state_cache_store(&island->cache, key, traffic.value, row.flow, row.price);
    learn(island, t, &traffic);
    return true;
}

bool ganger_island_solve_range(struct ganger_island *island, int32_t from, int32_t to)
{
    int32_t links = island->model->problem->links.count;
    int32_t arcs = island->model->graph->arcs;
    for (int32_t t = from; t < to; t++) {
        struct ganger_traffic_row row = {island->traffic + t, island->flow + (int64_t)t * arcs,
                                         island->price + (int64_t)t * links};
        if (!ganger_island_solve(island, t, row)) {
            return false;
        }
        ganger_trial_install_cuts(island);
    }
    return true;
}
