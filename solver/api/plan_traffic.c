#include "api/plan_traffic.h"

#include "base/fixed.h"
#include "freight/max_flow.h"
#include "freight/traffic.h"
#include "parallel/parallel.h"

#include <stdlib.h>
#include <string.h>

/* Fixed, so that the flows chosen among equally good ones do not depend on threads. */
enum { blocks = 16 };
/* Steps of the plan's grid below which a path's flow is what the solver leaves, not freight; and by which
 * flows stay below a capacity, which is a double here, give or take its last bits, and exact for the referee. */
enum { least_flow = 2, hair = 1 };

struct flow_row {
    int32_t boundary, path; /* path: of the block's pool, later of the whole */
    int64_t level;          /* steps of the plan's grid */
};

struct block {
    struct ganger_path_pool pool;
    struct flow_row *rows;
    int64_t count, room;
    int64_t *arc_room, *demand_room; /* steps of the grid still free at the boundary at hand */
    const bool *exact;               /* [links] capacities that no rounding has touched, or NULL */
    bool failed;
};

struct job {
    const struct ganger_problem *problem;
    const struct ganger_graph *graph;
    const struct ganger_path_pool *paths;
    const struct ganger_plan *plan;
    struct block block[blocks];
};

static bool add_row(struct block *block, struct flow_row row)
{
    if (block->count == block->room) {
        int64_t room = 2 * block->room + 1024;
        struct flow_row *rows = realloc(block->rows, (size_t)room * sizeof *rows);
        if (!rows) {
            return false;
        }
        block->rows = rows;
        block->room = room;
    }
    block->rows[block->count++] = row;
    return true;
}

static int64_t steps_within(double mtpa)
{
    return mtpa < GANGER_GRID_END ? ganger_grid_floor(mtpa) : INT64_MAX;
}

static void open_room(const struct job *job, struct block *block, const double *volume,
                      const double *capacity)
{
    for (int32_t k = 0; k < job->problem->demands.count; k++) {
        block->demand_room[k] = steps_within(volume[k]);
    }
    for (int32_t a = 0; a < 2 * job->problem->links.count; a++) {
        int64_t room = steps_within(capacity[a / 2] * (1 - 0x1p-45));
        block->arc_room[a] = room > hair ? room - hair : 0;
        if (block->exact && block->exact[a / 2]) {
            block->arc_room[a] = steps_within(capacity[a / 2]);
        }
    }
}

/* As much of a flow as fits: solvers overstep rows by their tolerance, the plan must not. */
static int64_t fit(const struct block *block, int32_t path, int64_t level)
{
    const struct ganger_path_pool *pool = &block->pool;
    int64_t *demand_room = &block->demand_room[pool->demand[path]];
    level = level < *demand_room ? level : *demand_room;
    for (int32_t i = pool->first_arc[path]; i < pool->first_arc[path + 1]; i++) {
        int64_t room = block->arc_room[pool->arcs[i]];
        level = level < room ? level : room;
    }
    if (level < least_flow) {
        return 0;
    }
    *demand_room -= level;
    for (int32_t i = pool->first_arc[path]; i < pool->first_arc[path + 1]; i++) {
        block->arc_room[pool->arcs[i]] -= level;
    }
    return level;
}

static bool solve_boundary(const struct job *job, struct block *block,
                           struct ganger_traffic_solver *solver, int32_t t,
                           struct ganger_traffic *traffic)
{
    const struct ganger_demands *demands = &job->problem->demands;
    const double *volume = demands->volume + (int64_t)demands->step_at[t] * demands->count;
    const double *capacity = job->plan->capacity + (int64_t)t * job->problem->links.count;
    if (!ganger_traffic_solve(solver, volume, capacity, traffic)) {
        return false;
    }
    open_room(job, block, volume, capacity);
    for (int32_t p = 0; p < solver->columns; p++) {
        double mtpa = ganger_traffic_path_flow(solver, p);
        int64_t level = fit(block, p, steps_within(mtpa > 0 ? mtpa : 0));
        if (level > 0 && !add_row(block, (struct flow_row){t, p, level})) {
            return false;
        }
    }
    return true;
}

/* What a worker needs to solve boundaries as maximum flows. */
struct flow_solver {
    struct ganger_flow_network network;
    struct ganger_flow_scratch scratch;
    struct ganger_flow flow;
    double *carried;
    int32_t *arcs;
    bool *exact; /* [links] */
};

/* Links whose capacity is always a number of the instance or nothing: flows fill them to the last step, so that a
 * programme is worth what its whole numbers add up to. */
static void find_exact(const struct ganger_problem *p, bool *exact)
{
    for (int32_t l = 0; l < p->links.count; l++) {
        exact[l] = true;
    }
    for (int32_t q = 0; q < p->segments.count; q++) {
        exact[p->segments.link[q]] &= p->segments.decay[q] == 0;
    }
    for (int32_t w = 0; w < p->works.count; w++) {
        int32_t q = p->works.segment[w];
        bool only_closes = p->works.gain[w] == 0;
        for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
            only_closes &= p->modes.factor[m] == 0 || p->modes.factor[m] == 1;
        }
        if (q != GANGER_NONE) {
            exact[p->segments.link[q]] &= only_closes;
        }
    }
}

static bool flow_open(struct flow_solver *solver, const struct ganger_problem *p)
{
    struct ganger_flow_network *n = &solver->network;
    if (!ganger_flow_network_init(n, p) || !ganger_flow_scratch_init(&solver->scratch, n)) {
        return false;
    }
    size_t places = (size_t)n->places, nodes = (size_t)n->nodes + 1;
    solver->flow.left = malloc(places * sizeof(double));
    solver->flow.capacity = malloc((size_t)n->links * sizeof(double));
    solver->flow.side = malloc(nodes);
    solver->carried = malloc(places * sizeof(double));
    solver->arcs = malloc(nodes * sizeof(int32_t));
    solver->exact = malloc((size_t)n->links * sizeof(bool));
    if (solver->exact) {
        find_exact(p, solver->exact);
    }
    return solver->flow.left && solver->flow.capacity && solver->flow.side && solver->carried &&
           solver->arcs && solver->exact;
}

static void flow_close(struct flow_solver *solver)
{
    ganger_flow_network_clear(&solver->network);
    ganger_flow_scratch_clear(&solver->scratch);
    free(solver->flow.left);
    free(solver->flow.capacity);
    free(solver->flow.side);
    free(solver->carried);
    free(solver->arcs);
    free(solver->exact);
}

/* Gives a path to the demands in their order, each up to what it still asks for. */
static bool share_path(struct block *block, const int32_t *arcs, int32_t arc_count,
                       struct flow_row row, int32_t *demand)
{
    int32_t demands = block->pool.graph->problem->demands.count;
    int64_t left = row.level;
    while (left >= least_flow && *demand < demands) {
        row.path = ganger_path_pool_add(&block->pool, *demand, arcs, arc_count);
        if (row.path == GANGER_NONE) {
            return false;
        }
        row.level = fit(block, row.path, left);
        if (row.level > 0 && !add_row(block, row)) {
            return false;
        }
        left -= row.level;
        if (block->demand_room[*demand] >= least_flow) {
            break; /* the rest is what its arcs have no room for */
        }
        ++*demand;
    }
    return true;
}

static bool flow_boundary(const struct job *job, struct block *block, struct flow_solver *solver,
                          int32_t t)
{
    const struct ganger_problem *p = job->problem;
    const double *volume = p->demands.volume + (int64_t)p->demands.step_at[t] * p->demands.count;
    const double *standing = job->plan->capacity + (int64_t)t * p->links.count;
    double *capacity = solver->flow.capacity, mtpa;
    int32_t demand = 0, arcs;
    memcpy(capacity, standing, (size_t)p->links.count * sizeof *capacity);
    capacity[p->links.count] = 0;
    for (int32_t k = 0; k < p->demands.count; k++) {
        capacity[p->links.count] += volume[k];
    }
    open_room(job, block, volume, standing);
    ganger_flow_solve(&solver->network, &solver->scratch, &solver->flow);
    ganger_flow_carried(&solver->network, &solver->flow, solver->carried);
    while ((arcs = ganger_flow_path(&solver->network, &solver->scratch, solver->carried,
                                    solver->arcs, &mtpa)) > 0) {
        struct flow_row row = {.boundary = t, .level = steps_within(mtpa)};
        if (!share_path(block, solver->arcs, arcs, row, &demand)) {
            return false;
        }
    }
    return true;
}

static bool flow_boundaries(const struct job *job, struct block *block, int32_t from, int32_t to)
{
    struct flow_solver solver = {0};
    bool solved = flow_open(&solver, job->problem);
    block->exact = solver.exact;
    for (int32_t t = from; solved && t < to; t++) {
        solved = flow_boundary(job, block, &solver, t);
    }
    block->exact = NULL;
    flow_close(&solver);
    return solved;
}

static bool solve_boundaries(const struct job *job, struct block *block, int32_t from, int32_t to)
{
    size_t arcs = (size_t)job->graph->arcs + 1;
    struct ganger_traffic traffic = {.flow = malloc(arcs * sizeof(double)),
                                     .price = malloc(arcs * sizeof(double))};
    struct ganger_traffic_solver solver;
    bool solved = false;
    if (traffic.flow && traffic.price && ganger_path_pool_copy(&block->pool, job->paths) &&
        ganger_traffic_open(&solver, job->graph, &block->pool)) {
        solved = true;
        for (int32_t t = from; solved && t < to; t++) {
            solved = solve_boundary(job, block, &solver, t, &traffic);
        }
        ganger_traffic_close(&solver);
    }
    free(traffic.flow);
    free(traffic.price);
    return solved;
}

static void solve_block(int32_t index, void *context)
{
    struct job *job = context;
    const struct ganger_problem *p = job->problem;
    struct block *block = &job->block[index];
    int64_t boundaries = p->time.periods + 1;
    int32_t from = (int32_t)(boundaries * index / blocks);
    int32_t to = (int32_t)(boundaries * (index + 1) / blocks);
    block->arc_room = malloc((2 * (size_t)p->links.count + 1) * sizeof(int64_t));
    block->demand_room = malloc(((size_t)p->demands.count + 1) * sizeof(int64_t));
    bool solved =
        block->arc_room && block->demand_room && ganger_path_pool_init(&block->pool, job->graph);
    block->failed = !solved || !(ganger_flow_applies(p) ? flow_boundaries
                                                        : solve_boundaries)(job, block, from, to);
    free(block->arc_room);
    free(block->demand_room);
}

/* One pool of the paths that carry anything, in order of first use; rows then speak of that pool. */
static bool join_paths(struct job *job, struct ganger_path_pool *all)
{
    for (int i = 0; i < blocks; i++) {
        const struct ganger_path_pool *pool = &job->block[i].pool;
        for (int64_t r = 0; r < job->block[i].count; r++) {
            int32_t p = job->block[i].rows[r].path;
            int32_t joined =
                ganger_path_pool_add(all, pool->demand[p], pool->arcs + pool->first_arc[p],
                                     pool->first_arc[p + 1] - pool->first_arc[p]);
            if (joined == GANGER_NONE) {
                return false;
            }
            job->block[i].rows[r].path = joined;
        }
    }
    return true;
}

static int compare_rows(const void *a, const void *b)
{
    const struct flow_row *x = a;
    const struct flow_row *y = b;
    if (x->boundary != y->boundary) {
        return x->boundary < y->boundary ? -1 : 1;
    }
    return x->path < y->path ? -1 : x->path > y->path;
}

static bool copy_paths(const struct ganger_path_pool *pool, struct ganger_paths *paths)
{
    size_t count = (size_t)pool->count;
    size_t arcs = (size_t)pool->first_arc[pool->count];
    paths->demand = malloc((count + 1) * sizeof(int32_t));
    paths->first_arc = malloc((count + 1) * sizeof(int32_t));
    paths->arc = malloc((arcs + 1) * sizeof(int32_t));
    if (!paths->demand || !paths->first_arc || !paths->arc) {
        return false;
    }
    memcpy(paths->demand, pool->demand, count * sizeof(int32_t));
    memcpy(paths->first_arc, pool->first_arc, (count + 1) * sizeof(int32_t));
    memcpy(paths->arc, pool->arcs, arcs * sizeof(int32_t));
    paths->count = pool->count;
    return true;
}

static bool copy_flows(struct job *job, struct ganger_paths *paths)
{
    int64_t total = 0;
    for (int i = 0; i < blocks; i++) {
        if (job->block[i].count > 0) {
            qsort(job->block[i].rows, (size_t)job->block[i].count, sizeof(struct flow_row),
                  compare_rows);
        }
        total += job->block[i].count;
    }
    paths->flow_boundary = malloc(((size_t)total + 1) * sizeof(int32_t));
    paths->flow_path = malloc(((size_t)total + 1) * sizeof(int32_t));
    paths->flow_mtpa = malloc(((size_t)total + 1) * sizeof(double));
    if (!paths->flow_boundary || !paths->flow_path || !paths->flow_mtpa) {
        return false;
    }
    for (int i = 0; i < blocks; i++) {
        for (int64_t r = 0; r < job->block[i].count; r++) {
            struct flow_row row = job->block[i].rows[r];
            paths->flow_boundary[paths->flows] = row.boundary;
            paths->flow_path[paths->flows] = row.path;
            paths->flow_mtpa[paths->flows++] = ganger_grid_value(row.level);
        }
    }
    return true;
}

static void add_up(const struct ganger_problem *p, const struct ganger_path_pool *pool,
                   struct ganger_plan *plan)
{
    const struct ganger_paths *paths = &plan->paths;
    for (int64_t r = 0; r < paths->flows; r++) {
        int64_t t = paths->flow_boundary[r];
        int32_t path = paths->flow_path[r];
        int32_t k = paths->demand[path];
        double mtpa = paths->flow_mtpa[r];
        plan->delivered[t * p->demands.count + k] += mtpa;
        plan->traffic_value[t] += mtpa * (p->demands.value[k] - pool->cost[path]);
        for (int32_t i = paths->first_arc[path]; i < paths->first_arc[path + 1]; i++) {
            plan->flow[t * 2 * p->links.count + paths->arc[i]] += mtpa;
        }
    }
}

/* Paths and flows of all blocks go into the plan. */
static bool fill(struct job *job, struct ganger_plan *plan)
{
    struct ganger_path_pool all = {0};
    bool filled = ganger_path_pool_init(&all, job->graph);
    for (int i = 0; i < blocks; i++) {
        filled = filled && !job->block[i].failed;
    }
    filled = filled && join_paths(job, &all) && copy_paths(&all, &plan->paths) &&
             copy_flows(job, &plan->paths);
    if (filled) {
        add_up(job->problem, &all, plan);
    }
    ganger_path_pool_clear(&all);
    return filled;
}

static void clear(struct job *job)
{
    for (int i = 0; i < blocks; i++) {
        ganger_path_pool_clear(&job->block[i].pool);
        free(job->block[i].rows);
    }
    free(job);
}

ganger_status ganger_plan_fill_traffic(const struct ganger_problem *problem,
                                       const struct ganger_path_pool *paths, int threads,
                                       struct ganger_plan *plan, struct ganger_findings *findings)
{
    struct job *job = calloc(1, sizeof *job);
    bool filled = false;
    if (job) {
        job->problem = problem;
        job->graph = paths->graph;
        job->paths = paths;
        job->plan = plan;
        ganger_parallel_for(threads, blocks, solve_block, job);
        filled = fill(job, plan);
        clear(job);
    }
    return filled ? GANGER_STATUS_OK : ganger_findings_out_of_memory(findings);
}

ganger_status ganger_plan_take_traffic(const struct ganger_problem *problem,
                                       const struct ganger_path_pool *paths,
                                       const struct ganger_haulage *haulage,
                                       struct ganger_plan *plan, struct ganger_findings *findings)
{
    struct job *job = calloc(1, sizeof *job);
    bool filled = false;
    if (job) {
        struct block *block = &job->block[0];
        job->problem = problem;
        job->graph = paths->graph;
        filled = ganger_path_pool_init(&block->pool, paths->graph) &&
                 ganger_path_pool_copy(&block->pool, paths);
        for (int64_t i = 0; filled && i < haulage->count; i++) {
            struct ganger_haul haul = haulage->haul[i];
            filled = add_row(
                block, (struct flow_row){haul.boundary, haul.path, ganger_grid_floor(haul.mtpa)});
        }
        filled = filled && fill(job, plan);
        clear(job);
    }
    return filled ? GANGER_STATUS_OK : ganger_findings_out_of_memory(findings);
}
