/*
 * Shortest paths at the prices of the line, block by block: what the freight of a block can gain at most, and the
 * paths that the relaxation lacks.
 */
#include "relax/internal.h"

#include "parallel/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A path is wanted if a tonne gains so much more on it than on those known, USD. */
static const double worth_adding = 1e-3;
/* With many demands, at first only paths that gain this share of the demand's value more, then less with every step. */
static const double coarse = 0.04;

/* What a block's job found: for each path its demand, its number of arcs, and those. */
struct found {
    int32_t *cells;
    int32_t count, room;
    bool failed;
    int64_t ticks;
};

struct job {
    struct ganger_relaxation *relaxation;
    struct ganger_primal_dual_view view;
    const double
        *toll; /* [arcs * lanes] where blocks are lanes of tolls that are given; else NULL */
    struct found *found; /* [blocks] */
};

struct scratch {
    struct ganger_dijkstra dijkstra;
    double *toll;  /* [arcs] USD per tonne */
    double *known; /* [demands] gain of a tonne on the best known path */
};

static bool scratch_init(struct scratch *s, const struct ganger_relaxation *r)
{
    s->toll = calloc((size_t)r->graph->arcs + 1, sizeof *s->toll);
    s->known = calloc((size_t)r->problem->demands.count + 1, sizeof *s->known);
    return ganger_dijkstra_init(&s->dijkstra, r->graph) && s->toll && s->known;
}

static void scratch_clear(struct scratch *s)
{
    ganger_dijkstra_clear(&s->dijkstra);
    free(s->toll);
    free(s->known);
}

static void read_tolls(const struct job *job, int32_t b, double *toll)
{
    const struct ganger_problem *p = job->relaxation->problem;
    const struct ganger_blocks *blocks = job->view.blocks;
    int64_t width = blocks->width;
    for (int64_t q = 0; q < p->segments.count; q++) {
        const double *price = job->view.prices->segment + 2 * q * width + b;
        toll[2 * p->segments.link[q]] += price[0] / blocks->weight[b];
        toll[2 * p->segments.link[q] + 1] += price[width] / blocks->weight[b];
    }
}

static void measure_known(const struct ganger_relaxation *r, struct scratch *s)
{
    const struct ganger_path_pool *paths = &r->paths;
    for (int32_t i = 0; i < paths->count; i++) {
        double gain = r->problem->demands.value[paths->demand[i]] - paths->cost[i];
        for (int32_t k = paths->first_arc[i]; k < paths->first_arc[i + 1]; k++) {
            gain -= s->toll[paths->arcs[k]];
        }
        s->known[paths->demand[i]] = fmax(s->known[paths->demand[i]], gain);
    }
}

static bool note(struct found *found, const struct ganger_graph *graph,
                 const struct ganger_dijkstra *d, int32_t demand)
{
    int32_t arcs = 0, node = graph->problem->demands.destination[demand];
    if (found->room < found->count + graph->nodes + 2) {
        int32_t room = 2 * found->room + graph->nodes + 2;
        int32_t *cells = realloc(found->cells, (size_t)room * sizeof *cells);
        if (!cells) {
            return false;
        }
        found->cells = cells;
        found->room = room;
    }
    int32_t *cell = found->cells + found->count;
    for (int32_t v = node; d->arc_in[v] != GANGER_NONE; v = graph->tail[d->arc_in[v]]) {
        arcs++;
    }
    cell[0] = demand;
    cell[1] = arcs;
    for (int32_t v = node; d->arc_in[v] != GANGER_NONE; v = graph->tail[d->arc_in[v]]) {
        cell[2 + --arcs] = d->arc_in[v];
    }
    found->count += cell[1] + 2;
    return true;
}

/* The most that any demand of the origin pays: nothing farther matters. */
static double reach(const struct ganger_graph *g, int32_t origin)
{
    double most = 0;
    for (int32_t i = g->first_demand[origin]; i < g->first_demand[origin + 1]; i++) {
        most = fmax(most, g->problem->demands.value[g->demand[i]]);
    }
    return most;
}

static double least_gain(const struct ganger_relaxation *r, int32_t demand)
{
    double share = r->step_ticks > 0 ? coarse / (1 + r->steps) : 0;
    return fmax(worth_adding, share * r->problem->demands.value[demand]);
}

/* While nothing has a price, one block's paths are those of all. */
static void price_freely(const struct job *job, int32_t b)
{
    struct ganger_relaxation *r = job->relaxation;
    int64_t width = job->view.blocks->width;
    for (int32_t k = 0; k < r->problem->demands.count; k++) {
        double gain = r->problem->demands.value[k] - r->graph->free_distance[k];
        r->constant[b] += job->view.blocks->demand[k * width + b] * fmax(0, gain);
    }
}

static bool price_block(struct job *job, int32_t b, struct scratch *s)
{
    struct ganger_relaxation *r = job->relaxation;
    const struct ganger_graph *g = r->graph;
    struct found *found = &job->found[b];
    if (r->step_ticks > 0 && b > 0 && job->view.iterations == 0) {
        price_freely(job, b);
        return true;
    }
    read_tolls(job, b, s->toll);
    measure_known(r, s);
    for (int32_t o = 0; o < g->origins; o++) {
        found->ticks += ganger_dijkstra_run(&s->dijkstra, g, s->toll, g->origin[o], reach(g, o));
        for (int32_t i = g->first_demand[o]; i < g->first_demand[o + 1]; i++) {
            int32_t k = g->demand[i];
            double distance = s->dijkstra.distance[r->problem->demands.destination[k]];
            double gain = fmax(0, r->problem->demands.value[k] - distance);
            r->constant[b] +=
                job->view.blocks->demand[(int64_t)k * job->view.blocks->width + b] * gain;
            if (gain > s->known[k] + least_gain(r, k) && !note(found, g, &s->dijkstra, k)) {
                return false;
            }
        }
    }
    return true;
}

static void run_block(int32_t b, void *context)
{
    struct job *job = context;
    struct scratch s = {0};
    job->relaxation->constant[b] = 0;
    job->found[b].failed = !scratch_init(&s, job->relaxation) || !price_block(job, b, &s);
    scratch_clear(&s);
}

/* In the order of blocks, so that paths have the same numbers on any number of threads. */
static bool add_paths(struct ganger_relaxation *r, const struct found *found)
{
    for (int32_t i = 0; i < found->count; i += found->cells[i + 1] + 2) {
        if (ganger_path_pool_add(&r->paths, found->cells[i], found->cells + i + 2,
                                 found->cells[i + 1]) == GANGER_NONE) {
            return false;
        }
    }
    return true;
}

int64_t ganger_relax_price_paths(struct ganger_relaxation *relaxation, int threads)
{
    struct ganger_relaxation *r = relaxation;
    struct job job = {r, ganger_primal_dual_view(r->solver), NULL, NULL};
    int32_t blocks = job.view.blocks->count, before = r->paths.count;
    int64_t ticks = 0;
    job.found = calloc((size_t)blocks, sizeof *job.found);
    if (!job.found) {
        r->failed = true;
        return 0;
    }
    ganger_parallel_for(threads, blocks, run_block, &job);
    for (int32_t b = 0; b < blocks; b++) {
        r->failed = r->failed || job.found[b].failed || !add_paths(r, &job.found[b]);
        ticks += job.found[b].ticks;
        free(job.found[b].cells);
    }
    free(job.found);
    if (!r->failed && r->paths.count > before) {
        r->failed = !ganger_primal_dual_extend(r->solver);
    }
    return ticks;
}

/* The paths that are lacking at the tolls of one lane. */
static void run_lane(int32_t lane, void *context)
{
    struct job *job = context;
    struct ganger_relaxation *r = job->relaxation;
    const struct ganger_graph *g = r->graph;
    struct found *found = &job->found[lane];
    struct scratch s = {0};
    bool ready = scratch_init(&s, r);
    for (int32_t arc = 0; ready && arc < g->arcs; arc++) {
        s.toll[arc] = job->toll[(int64_t)arc * GANGER_BLOCKS_LANES + lane];
    }
    if (ready) {
        measure_known(r, &s);
    }
    for (int32_t o = 0; ready && o < g->origins; o++) {
        found->ticks += ganger_dijkstra_run(&s.dijkstra, g, s.toll, g->origin[o], reach(g, o));
        for (int32_t i = g->first_demand[o]; ready && i < g->first_demand[o + 1]; i++) {
            int32_t k = g->demand[i];
            double distance = s.dijkstra.distance[r->problem->demands.destination[k]];
            double gain = fmax(0, r->problem->demands.value[k] - distance);
            ready = gain <= s.known[k] + least_gain(r, k) || note(found, g, &s.dijkstra, k);
        }
    }
    found->failed = !ready;
    scratch_clear(&s);
}

bool ganger_relaxation_find_paths(struct ganger_relaxation *relaxation, const double *toll,
                                  int threads, int64_t *ticks)
{
    struct ganger_relaxation *r = relaxation;
    struct found found[GANGER_BLOCKS_LANES] = {{0}};
    struct job job = {.relaxation = r, .toll = toll, .found = found};
    int32_t before = r->paths.count;
    ganger_parallel_for(threads, GANGER_BLOCKS_LANES, run_lane, &job);
    bool ready = true;
    for (int32_t lane = 0; lane < GANGER_BLOCKS_LANES; lane++) {
        ready = ready && !found[lane].failed && add_paths(r, &found[lane]);
        *ticks += found[lane].ticks;
        free(found[lane].cells);
    }
    return ready && (r->paths.count == before || ganger_primal_dual_extend(r->solver));
}
