/*
 * Shortest paths at several sets of tolls, those of the blocks or of some states: what the freight can gain at most, and
 * the paths that the relaxation lacks.
 */
#include "relax/internal.h"

#include "freight/astar.h"
#include "parallel/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A path is wanted if a tonne gains so much more on it than on those known, USD. */
static const double worth_adding = 1e-3;
/* With many demands, at first only paths that gain this share of the demand's value more, then less with every step. */
static const double coarse = 0.04;
/* Likewise where closures have prices: as these swing, freight would try all paths there are. */
static const double wary = 0.2;
/* Likewise for states, which change all the time. */
static const double of_states = 0.04;
/* Parts of the destinations: a fixed number, so that nothing depends on threads; and after how many to ask whether to
 * break off. */
enum { parts = 32, batch = 8 };

/* Tolls of all arcs, set by set. */
struct tolls {
    int32_t sets;
    double *length; /* [sets * arcs] cost and toll, USD per tonne */
    double *least;  /* [arcs] of all sets */
    bool *again;    /* [sets] the same as the set before */
};

/* What a part found. */
struct found {
    struct ganger_astar astar;
    double *gain;   /* [sets] of a tonne of the demand at hand, 0 or more */
    double *own;    /* [arcs] lengths of a demand that pays for closures */
    double levy;    /* USD a tonne that it pays wherever it goes */
    double *hoped;  /* [sets] sum of volume by gain */
    int32_t *cells; /* for each path its demand, its number of arcs, and those */
    int32_t count, room;
    bool failed;
};

/* What a demand alone pays for closures: CSR by demand, of crossings. */
struct crossings {
    int32_t *first, *list; /* [demands+1] */
    double *price;         /* [crossings * width] M USD a Mt/yr over the block */
};

struct job {
    struct ganger_relaxation *relaxation;
    struct crossings crossings;
    const struct ganger_blocks *blocks; /* a set is a block: `hoped` is wanted; else NULL */
    struct tolls tolls;
    int32_t first; /* part of the batch */
    struct found found[parts];
};

static bool tolls_init(struct tolls *tolls, const struct ganger_graph *graph, int32_t sets)
{
    size_t arcs = (size_t)graph->arcs + 1, count = (size_t)sets;
    *tolls = (struct tolls){.sets = sets,
                            .length = malloc(count * arcs * sizeof *tolls->length),
                            .least = malloc(arcs * sizeof *tolls->least),
                            .again = calloc(count, sizeof *tolls->again)};
    for (int32_t b = 0; tolls->length && b < sets; b++) {
        memcpy(tolls->length + (int64_t)b * graph->arcs, graph->cost,
               (size_t)graph->arcs * sizeof *graph->cost);
    }
    return tolls->length && tolls->least && tolls->again;
}

static void tolls_clear(struct tolls *tolls)
{
    free(tolls->length);
    free(tolls->least);
    free(tolls->again);
}

/* Once all lengths are there. */
static void compare_sets(struct tolls *tolls, int32_t arcs)
{
    size_t size = (size_t)arcs * sizeof *tolls->length;
    memcpy(tolls->least, tolls->length, size);
    for (int32_t b = 1; b < tolls->sets; b++) {
        const double *length = tolls->length + (int64_t)b * arcs;
        tolls->again[b] = memcmp(length, length - arcs, size) == 0;
        for (int32_t a = 0; !tolls->again[b] && a < arcs; a++) {
            tolls->least[a] = length[a] < tolls->least[a] ? length[a] : tolls->least[a];
        }
    }
}

static void read_prices(struct tolls *tolls, const struct ganger_relaxation *r,
                        const struct ganger_primal_dual_view *view)
{
    const struct ganger_problem *p = r->problem;
    const struct ganger_blocks *blocks = view->blocks;
    int64_t width = blocks->width;
    for (int64_t q = 0; q < p->segments.count; q++) {
        const double *price = view->prices->segment + 2 * q * width;
        double *length = tolls->length + 2 * (int64_t)p->segments.link[q];
        for (int32_t b = 0; b < blocks->count; b++) {
            length[0] += price[b] / blocks->weight[b];
            length[1] += price[width + b] / blocks->weight[b];
            length += r->graph->arcs;
        }
    }
}

static bool found_init(struct found *found, const struct ganger_graph *graph, int32_t sets)
{
    found->gain = calloc((size_t)sets, sizeof *found->gain);
    found->hoped = calloc((size_t)sets, sizeof *found->hoped);
    found->own = calloc((size_t)graph->arcs + 1, sizeof *found->own);
    return ganger_astar_init(&found->astar, graph) && found->gain && found->hoped && found->own;
}

static void found_clear(struct found *found)
{
    ganger_astar_clear(&found->astar);
    free(found->gain);
    free(found->hoped);
    free(found->own);
    free(found->cells);
}

/* The path of the last search. */
static bool note(struct found *found, const struct ganger_graph *graph, int32_t demand)
{
    const int32_t *arc_in = found->astar.arc_in;
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
    for (int32_t v = node; arc_in[v] != GANGER_NONE; v = graph->tail[arc_in[v]]) {
        arcs++;
    }
    cell[0] = demand;
    cell[1] = arcs;
    for (int32_t v = node; arc_in[v] != GANGER_NONE; v = graph->tail[arc_in[v]]) {
        cell[2 + --arcs] = arc_in[v];
    }
    found->count += cell[1] + 2;
    return true;
}

/* The most that any demand of the destination pays: nothing farther matters. */
static double most_paid(const struct ganger_graph *g, int32_t to)
{
    double most = 0;
    for (int32_t i = g->to.first[to]; i < g->to.first[to + 1]; i++) {
        most = fmax(most, g->problem->demands.value[g->to.demand[i]]);
    }
    return most;
}

static double least_gain(const struct job *job, int32_t demand, bool closed)
{
    const struct ganger_relaxation *r = job->relaxation;
    double share = !job->blocks        ? of_states
                   : r->step_ticks > 0 ? coarse / (1 + r->steps)
                   : closed            ? wary / (1 + r->steps)
                                       : 0;
    return fmax(worth_adding, share * r->problem->demands.value[demand]);
}

static double length_of(const int32_t *arcs, int32_t count, const double *length)
{
    double sum = 0;
    for (int32_t i = 0; i < count; i++) {
        sum += length[arcs[i]];
    }
    return sum;
}

/* Of a tonne on the best path that is known, or was noted from cell `from` on; below 0 if it does not pay. */
static double known_gain(const struct job *job, int32_t demand, const double *length,
                         const struct found *found, int32_t from)
{
    const struct ganger_path_pool *paths = &job->relaxation->paths;
    double least = INFINITY;
    for (int32_t path = paths->last_of[demand]; path != GANGER_NONE; path = paths->before[path]) {
        int32_t first = paths->first_arc[path], count = paths->first_arc[path + 1] - first;
        least = fmin(least, length_of(paths->arcs + first, count, length));
    }
    for (int32_t i = from; i < found->count; i += found->cells[i + 1] + 2) {
        least = fmin(least, length_of(found->cells + i + 2, found->cells[i + 1], length));
    }
    return job->relaxation->problem->demands.value[demand] - least;
}

/* `length` with what the demand alone pays for closures in block b, as it is if that is nothing; and found->levy. */
static const double *add_closures(const struct job *job, int32_t b, int32_t demand,
                                  const double *length, struct found *found)
{
    const struct ganger_closures *c = &job->relaxation->closures;
    const struct crossings *own = &job->crossings;
    size_t size = (size_t)job->relaxation->graph->arcs * sizeof *length;
    const double *now = length;
    found->levy = 0;
    for (int32_t i = job->blocks ? own->first[demand] : 0;
         job->blocks && i < own->first[demand + 1]; i++) {
        double price = own->price[(int64_t)own->list[i] * job->blocks->width + b];
        int32_t arc = c->crossing_arc[own->list[i]];
        if (price > 0 && arc == GANGER_NONE) {
            found->levy += price / job->blocks->weight[b];
        } else if (price > 0) {
            now = now == length ? memcpy(found->own, length, size) : now;
            found->own[arc] += price / job->blocks->weight[b];
        }
    }
    return now;
}

/* Fills found->gain. */
static bool price_demand(const struct job *job, int32_t k, struct found *found)
{
    const struct ganger_relaxation *r = job->relaxation;
    int32_t origin = r->problem->demands.origin[k], before = found->count;
    bool alike = true;
    for (int32_t b = 0; b < job->tolls.sets; b++) {
        const double *all = job->tolls.length + (int64_t)b * r->graph->arcs;
        const double *length = add_closures(job, b, k, all, found);
        bool closed = length != all || found->levy > 0, as_before = alike && !closed;
        double value = r->problem->demands.value[k] - found->levy;
        alike = !closed; /* the next one may be the same */
        if (job->tolls.again[b] && as_before) {
            found->gain[b] = found->gain[b - 1];
            continue;
        }
        found->gain[b] =
            value > 0 ? fmax(0, value - ganger_astar_run(&found->astar, origin, length, value)) : 0;
        if (found->gain[b] > 0 &&
            found->gain[b] > fmax(0, known_gain(job, k, length, found, before) - found->levy) +
                                 least_gain(job, k, closed) &&
            !note(found, r->graph, k)) {
            return false;
        }
    }
    return true;
}

static bool price_destination(const struct job *job, int32_t to, struct found *found)
{
    const struct ganger_graph *g = job->relaxation->graph;
    ganger_astar_aim(&found->astar, to, job->tolls.least, most_paid(g, to));
    for (int32_t i = g->to.first[to]; i < g->to.first[to + 1]; i++) {
        int32_t k = g->to.demand[i];
        if (!price_demand(job, k, found)) {
            return false;
        }
        for (int32_t b = 0; job->blocks && b < job->tolls.sets; b++) {
            double volume = job->blocks->demand[(int64_t)k * job->blocks->width + b];
            found->hoped[b] += volume * found->gain[b];
        }
    }
    return true;
}

static void run_part(int32_t index, void *context)
{
    struct job *job = context;
    int32_t part = job->first + index;
    const struct ganger_graph *g = job->relaxation->graph;
    struct found *found = &job->found[part];
    int64_t groups = g->to.count;
    int32_t from = (int32_t)(groups * part / parts), to = (int32_t)(groups * (part + 1) / parts);
    bool ready = found_init(found, g, job->tolls.sets);
    for (int32_t i = from; ready && i < to; i++) {
        ready = price_destination(job, i, found);
    }
    found->failed = !ready;
}

/* In the order of parts, so that paths have the same numbers on any number of threads. */
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

/* Runs all parts and adds what they found. False if memory is short, or the pricing of blocks is broken off. */
static bool run_parts(struct job *job, int threads, int64_t *ticks)
{
    struct ganger_relaxation *r = job->relaxation;
    int32_t before = r->paths.count;
    bool ready = true;
    compare_sets(&job->tolls, r->graph->arcs);
    for (job->first = 0; ready && job->first < parts; job->first += batch) {
        ganger_parallel_for(threads, batch, run_part, job);
        ready = !job->blocks || !ganger_relax_interrupted(r);
    }
    for (int32_t b = 0; job->blocks && b < job->tolls.sets; b++) {
        r->constant[b] = 0;
    }
    for (int32_t i = 0; i < parts; i++) {
        ready = ready && !job->found[i].failed && add_paths(r, &job->found[i]);
        *ticks += job->found[i].astar.looked;
        for (int32_t b = 0; ready && job->blocks && b < job->tolls.sets; b++) {
            r->constant[b] += job->found[i].hoped[b];
        }
        found_clear(&job->found[i]);
    }
    return ready && (r->paths.count == before || ganger_primal_dual_extend(r->solver));
}

static void crossings_clear(struct crossings *crossings)
{
    free(crossings->first);
    free(crossings->list);
    free(crossings->price);
}

static bool crossings_init(struct crossings *crossings, const struct ganger_relaxation *r,
                           const struct ganger_primal_dual_view *view)
{
    const struct ganger_closures *c = &r->closures;
    int64_t width = view->blocks->width;
    int32_t demands = r->problem->demands.count;
    *crossings = (struct crossings){calloc((size_t)demands + 2, sizeof(int32_t)),
                                    calloc((size_t)c->crossings + 1, sizeof(int32_t)),
                                    calloc((size_t)(c->crossings * width) + 1, sizeof(double))};
    if (!crossings->first || !crossings->list || !crossings->price) {
        return false;
    }
    for (int32_t i = 0; i < c->crossings; i++) {
        crossings->first[c->crossing_demand[i] + 2]++;
    }
    for (int32_t k = 0; k < demands; k++) {
        crossings->first[k + 2] += crossings->first[k + 1];
    }
    for (int32_t i = 0; i < c->crossings; i++) {
        crossings->list[crossings->first[c->crossing_demand[i] + 1]++] = i;
    }
    for (int64_t row = 0; row < view->closures; row++) {
        for (int32_t i = c->first_demand[row]; i < c->first_demand[row + 1]; i++) {
            double *price = crossings->price + c->crossing[i] * width;
            for (int64_t b = 0; b < width; b++) {
                price[b] += view->prices->closure[row * width + b];
            }
        }
    }
    return true;
}

int64_t ganger_relax_price_paths(struct ganger_relaxation *relaxation, int threads)
{
    struct ganger_relaxation *r = relaxation;
    struct ganger_primal_dual_view view = ganger_primal_dual_view(r->solver);
    struct job job = {.relaxation = r, .blocks = view.blocks};
    int64_t ticks = 0;
    bool ready = crossings_init(&job.crossings, r, &view) &&
                 tolls_init(&job.tolls, r->graph, view.blocks->count);
    if (ready) {
        read_prices(&job.tolls, r, &view);
        ready = run_parts(&job, threads, &ticks);
    }
    r->failed = r->failed || !ready;
    tolls_clear(&job.tolls);
    crossings_clear(&job.crossings);
    return ticks;
}

bool ganger_relaxation_find_paths(struct ganger_relaxation *relaxation, const double *toll,
                                  int threads, int64_t *ticks)
{
    struct job job = {.relaxation = relaxation};
    const struct ganger_graph *g = relaxation->graph;
    bool ready = tolls_init(&job.tolls, g, GANGER_BLOCKS_LANES);
    for (int64_t i = 0; ready && i < (int64_t)g->arcs * GANGER_BLOCKS_LANES; i++) {
        job.tolls.length[i % GANGER_BLOCKS_LANES * g->arcs + i / GANGER_BLOCKS_LANES] += toll[i];
    }
    ready = ready && run_parts(&job, threads, ticks);
    tolls_clear(&job.tolls);
    return ready;
}
