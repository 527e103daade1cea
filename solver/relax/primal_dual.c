#include "relax/primal_dual_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Iterations between looks at restarting; and when to: when the error fell to `enough` of that at the last restart,
 * or to `some` of it and rises again, or after `long_share` of all iterations. */
static const struct {
    int32_t look;
    double enough, some, long_share;
} restarts = {40, 0.2, 0.8, 0.36};
/* Weight to go on with from good prices, by the first one: what balances both sides throws them about until it has fallen,
 * a restart at a time. */
static const double careful = 0.01;
/* Steps go on by this share of their way (over-relaxation: Condat, "A primal-dual splitting method for convex optimization
 * involving Lipschitzian, proximable and linear composite terms", 2013). That may lead out of bounds, so that averages are of
 * points before it. */
static const double go_on = 0.85;

void ganger_primal_dual_destroy(struct ganger_primal_dual *solver)
{
    struct ganger_primal_dual *s = solver;
    if (!s) {
        return;
    }
    ganger_pd_point_clear(&s->now);
    ganger_pd_point_clear(&s->next);
    ganger_pd_point_clear(&s->sum);
    ganger_pd_point_clear(&s->start);
    ganger_pd_clear_closures(s);
    double *owned[] = {s->work_length,
                       s->demand_length,
                       s->segment_length,
                       s->renewable_length,
                       s->window_length,
                       s->target_length,
                       s->worn,
                       s->supply,
                       s->profit,
                       s->flow_scratch,
                       s->segment_inverse,
                       s->order_length,
                       s->energy_length,
                       s->account_price};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
    for (int job = 0; job < GANGER_COLUMNS_JOBS; job++) {
        ganger_column_use_clear(&s->use[job]);
        free(s->scratch[job]);
    }
    free(s->sums);
    ganger_column_sums_clear(&s->column_sums);
    ganger_flows_clear(&s->flows);
    ganger_pd_pick_clear(s);
    ganger_columns_clear(&s->stock);
    ganger_blocks_clear(&s->blocks);
    free(s);
}

static bool allocate(struct ganger_primal_dual *s)
{
    const struct ganger_problem *p = s->problem;
    size_t width = ganger_pd_width(s), segments = (size_t)p->segments.count;
    size_t renewables = (size_t)p->resources.renewables;
    bool ready = ganger_column_sums_init(&s->column_sums, &s->columns) &&
                 ganger_pd_point_init(&s->now, s) && ganger_pd_point_init(&s->next, s) &&
                 ganger_pd_point_init(&s->sum, s) && ganger_pd_point_init(&s->start, s) &&
                 ganger_pd_make(&s->work_length, (size_t)p->works.count) &&
                 ganger_pd_make(&s->demand_length, (size_t)p->demands.count) &&
                 ganger_pd_make(&s->segment_length, segments * width) &&
                 ganger_pd_make(&s->segment_inverse, segments * width) &&
                 ganger_pd_make(&s->renewable_length, renewables * width) &&
                 ganger_pd_make(&s->window_length, (size_t)p->resources.windows) &&
                 ganger_pd_make(&s->target_length, (size_t)p->targets.count) &&
                 ganger_pd_make(&s->order_length, (size_t)s->orders->count * width) &&
                 ganger_pd_make(&s->worn, segments * width) &&
                 ganger_pd_make(&s->supply, renewables * width) &&
                 ganger_pd_make(&s->profit, (size_t)s->columns.count) && ganger_pd_make_energies(s);
    for (int job = 0; ready && job < GANGER_COLUMNS_JOBS; job++) {
        ready = ganger_column_use_init(&s->use[job], &s->columns) &&
                ganger_pd_make(&s->scratch[job], 3 * width + 2);
    }
    size_t jobs = (size_t)GANGER_COLUMNS_JOBS + (size_t)s->vectors + GANGER_PD_ROW_JOBS + 1;
    s->sums = calloc(jobs, sizeof *s->sums);
    return ready && s->sums;
}

/* ---- restarts --------------------------------------------------------------------------------- */

static double distance_of(const double *a, const double *b, const double *length, int64_t count)
{
    double sum = 0;
    for (int64_t i = 0; i < count; i++) {
        sum += length[i] > 0 ? (a[i] - b[i]) * (a[i] - b[i]) / length[i] : 0;
    }
    return sum;
}

/* Squared lengths of the way since the last restart. */
static void measure_way(const struct ganger_primal_dual *s, double *primal, double *dual)
{
    const struct ganger_problem *p = s->problem;
    const struct ganger_columns *c = &s->columns;
    int64_t width = s->blocks.width;
    *primal = *dual = 0;
    for (int32_t place = 0; place < p->works.count; place++) {
        double sum = 0;
        for (int32_t i = c->first[place]; i < c->first[place + 1]; i++) {
            sum += (s->now.x[i] - s->start.x[i]) * (s->now.x[i] - s->start.x[i]);
        }
        *primal += sum / s->work_length[place];
    }
    for (int64_t path = 0; path < s->flows.count; path++) {
        double sum = 0;
        for (int64_t i = path * width; i < (path + 1) * width; i++) {
            sum += (s->now.flow[i] - s->start.flow[i]) * (s->now.flow[i] - s->start.flow[i]);
        }
        *primal += sum / s->demand_length[s->paths->demand[path]];
    }
    for (int64_t q = 0; q < p->segments.count; q++) {
        for (int64_t side = 0; side < 2; side++) {
            int64_t row = (2 * q + side) * width;
            *dual += distance_of(s->now.y.segment + row, s->start.y.segment + row,
                                 s->segment_length + q * width, width);
        }
    }
    *dual +=
        distance_of(s->now.y.closure, s->start.y.closure, s->closure_length, s->rows.rows * width);
    *dual += distance_of(s->now.y.energy, s->start.y.energy, s->energy_length,
                         s->energies->count * width);
    *dual +=
        distance_of(s->now.y.renewable, s->start.y.renewable, s->renewable_length,
                    p->resources.renewables * width) +
        distance_of(s->now.y.window, s->start.y.window, s->window_length, p->resources.windows) +
        distance_of(s->now.y.target, s->start.y.target, s->target_length, p->targets.count);
}

static void begin_again(struct ganger_primal_dual *s)
{
    ganger_pd_point_scale(s, &s->start, &s->now, 1);
    ganger_pd_point_scale(s, &s->sum, &s->now, 0);
    s->total = 0;
    s->since_restart = 0;
}

/* From the better of the last point and the average of all since the restart. */
static void look(struct ganger_primal_dual *s, int threads)
{
    struct ganger_pd_error here = ganger_pd_measure(s, &s->now, threads), average = here;
    if (s->total > 0) {
        ganger_pd_point_scale(s, &s->next, &s->sum, 1 / s->total);
        average = ganger_pd_measure(s, &s->next, threads);
    }
    bool averaged = average.size < here.size;
    struct ganger_pd_error best = averaged ? average : here;
    bool restart =
        best.size <= restarts.enough * s->last_restart.size ||
        (best.size <= restarts.some * s->last_restart.size && best.size > s->last_look.size) ||
        (double)s->since_restart >= restarts.long_share * (double)s->iterations;
    s->last_look = best;
    s->view = best;
    s->shown = averaged ? &s->next : &s->now;
    s->priced = average.dual < here.dual ? &s->next : &s->now;
    if (!restart) {
        return;
    }
    if (averaged) { /* the two change places */
        s->shown = &s->now;
        s->priced = s->priced == &s->now ? &s->next : &s->now;
        struct ganger_pd_point swap = s->now;
        s->now = s->next;
        s->next = swap;
    }
    double primal, dual;
    measure_way(s, &primal, &dual);
    if (primal > 1e-20 && dual > 1e-20) {
        s->weight = exp(0.5 * log(sqrt(dual / primal)) + 0.5 * log(s->weight));
    }
    s->last_restart = best;
    s->last_look.size = INFINITY;
    begin_again(s);
}

/* ---- iterations ------------------------------------------------------------------------------- */

/* One step whose length the method may choose as long as the change of prices and of what is used bear it. The last one
 * before a look ends within bounds. */
static void iterate(struct ganger_primal_dual *s, bool last, int threads)
{
    for (;;) {
        double length = s->step, k = (double)s->iterations + 1;
        s->primal_step = length / s->weight;
        s->dual_step = length * s->weight;
        ganger_pd_primal_phase(s, &s->now, &s->next, threads);
        ganger_pd_dual_phase(s, threads);
        struct ganger_pd_sums all = ganger_pd_add_sums(s);
        double moved = s->weight * all.moved_x + all.moved_y / s->weight;
        double interplay = fabs(all.interplay);
        double most = interplay > 0 ? 0.5 * moved / interplay : INFINITY;
        s->step = fmin((1 - pow(k + 1, -0.3)) * most, (1 + pow(k + 1, -0.6)) * length);
        s->iterations++;
        if (length <= most) {
            ganger_pd_take_step(s, length, last ? 0 : go_on, threads);
            s->total += length;
            s->since_restart++;
            return;
        }
    }
}

int64_t ganger_primal_dual_ticks(const struct ganger_primal_dual *solver)
{
    const struct ganger_flows *flows = &solver->flows;
    int64_t crossed = flows->first_crossing[flows->count];
    return (int64_t)solver->columns.count + 3 * (int64_t)flows->count * solver->blocks.width +
           (crossed / 8 + solver->rows.rows / 3 +
            (solver->awaits ? solver->energies->accounts + solver->energies->count / 3 : 0)) *
               solver->blocks.width;
}

int64_t ganger_primal_dual_run(struct ganger_primal_dual *solver, int32_t iterations, int threads,
                               bool (*interrupted)(void *context), void *context)
{
    struct ganger_primal_dual *s = solver;
    int64_t before = s->iterations, looked_through = 0;
    bool broken_off = false;
    while (s->iterations < before + iterations && !broken_off) {
        if (!ganger_pd_pick(s, threads)) {
            return -1;
        }
        looked_through += s->stock.count;
        for (int32_t i = 0; i < restarts.look && !broken_off; i++) {
            iterate(s, i + 1 == restarts.look, threads);
            broken_off = interrupted && interrupted(context);
        }
        look(s, threads);
    }
    return looked_through + (s->iterations - before) * ganger_primal_dual_ticks(s);
}

/* ---- life ------------------------------------------------------------------------------------- */

/* Mandatory works need a column; the first will do. */
static void begin_at_nothing(struct ganger_primal_dual *s)
{
    for (int32_t place = 0; place < s->problem->works.count; place++) {
        int32_t first = s->columns.first[place];
        if (s->problem->works.mandatory[s->columns.order[place]] &&
            first < s->columns.first[place + 1]) {
            s->now.x[first] = 1;
        }
    }
}

static bool list_flows(struct ganger_primal_dual *s)
{
    ganger_flows_clear(&s->flows);
    free(s->flow_scratch);
    s->flow_scratch = NULL;
    return ganger_flows_init(&s->flows, s->graph, s->paths, &s->blocks, s->closures) &&
           ganger_pd_make(&s->flow_scratch, (size_t)s->vectors * ganger_flows_scratch(&s->flows));
}

struct ganger_primal_dual *
ganger_primal_dual_create(const struct ganger_problem *problem, const struct ganger_graph *graph,
                          const struct ganger_path_pool *paths, const struct ganger_orders *orders,
                          const struct ganger_energies *energies,
                          const struct ganger_closures *closures, int32_t blocks)
{
    struct ganger_primal_dual *s = calloc(1, sizeof *s);
    if (!s) {
        return NULL;
    }
    s->problem = problem;
    s->graph = graph;
    s->paths = paths;
    s->orders = orders;
    s->closures = closures;
    s->energies = energies;
    s->awaits = closures != NULL;
    s->path_room = paths->count + 64;
    s->step = 1;
    s->weight = 1;
    s->shown = s->priced = &s->now;
    s->last_restart.size = s->last_look.size = INFINITY;
    bool ready = ganger_blocks_init(&s->blocks, problem, blocks);
    s->vectors = s->blocks.width / GANGER_BLOCKS_LANES;
    ready = ready && ganger_columns_init(&s->stock, problem, &s->blocks, orders) &&
            ganger_pd_pick_init(s) && allocate(s) && list_flows(s) && ganger_pd_widen_closures(s);
    if (ready) {
        ganger_pd_measure_supply(s);
        begin_at_nothing(s);
        ready = ganger_pd_choose_lengths(s);
    }
    if (ready) {
        s->weight = ganger_pd_first_weight(s);
        s->view = ganger_pd_measure(s, &s->now, 1);
        begin_again(s);
    }
    if (!ready) {
        ganger_primal_dual_destroy(s);
        return NULL;
    }
    return s;
}

void ganger_primal_dual_close(struct ganger_primal_dual *solver,
                              const struct ganger_closures *closures)
{
    solver->closures = closures;
}

bool ganger_primal_dual_extend(struct ganger_primal_dual *solver)
{
    struct ganger_primal_dual *s = solver;
    size_t width = ganger_pd_width(s), before = (size_t)s->path_room * width;
    if (s->paths->count > s->path_room) {
        int32_t room = s->paths->count + s->paths->count / 4;
        size_t after = (size_t)room * width;
        if (!ganger_pd_widen(&s->now.flow, before, after) ||
            !ganger_pd_widen(&s->next.flow, before, after) ||
            !ganger_pd_widen(&s->sum.flow, before, after) ||
            !ganger_pd_widen(&s->start.flow, before, after)) {
            return false;
        }
        s->path_room = room;
    }
    bool ready = list_flows(s);
    bool awaits = !s->awaits && s->energies->count > 0;
    if (ready && s->closures && (s->closures->rows > s->rows.rows || awaits)) {
        s->awaits = true;
        ready = ganger_pd_widen_closures(s) && ganger_pd_choose_lengths(s);
        if (ready) { /* what is used of the new rows */
            s->view = ganger_pd_measure(s, &s->now, 1);
            s->shown = s->priced = &s->now;
            s->last_restart.size = s->last_look.size = INFINITY;
        }
    }
    if (ready && s->iterations == 0) { /* with the first paths it is known what flows are like */
        ready = ganger_pd_choose_lengths(s);
        s->weight = ganger_pd_first_weight(s);
    }
    return ready;
}

void ganger_primal_dual_offer(struct ganger_primal_dual *solver, int32_t place, int32_t mode,
                              int32_t start)
{
    struct ganger_primal_dual *s = solver;
    struct ganger_column_range range = ganger_columns_of_mode(&s->stock, place, mode);
    int32_t spare = GANGER_NONE;
    for (int32_t i = range.first; i < range.last; i++) {
        int32_t at = s->at[i];
        bool used = at != GANGER_NONE && (s->now.x[at] > 0 || s->next.x[at] > 0 ||
                                          s->sum.x[at] > 0 || s->start.x[at] > 0);
        if (s->stock.start[i] == start) {
            return;
        }
        spare = i >= range.last - GANGER_COLUMNS_SPARE && !used ? i : spare;
    }
    if (spare != GANGER_NONE) {
        ganger_columns_restart(&s->stock, spare, start);
        if (s->columns.mode != s->stock.mode && s->at[spare] != GANGER_NONE) {
            ganger_columns_restart(&s->columns, s->at[spare], start);
        }
    }
}

/* Columns of the same mode with the nearest start. */
static void inherit_works(struct ganger_primal_dual *s, const struct ganger_primal_dual *from)
{
    const struct ganger_columns *c = &s->columns, *old = &from->columns;
    for (int32_t place = 0; place < s->problem->works.count; place++) {
        int32_t first = c->first[place], last = c->first[place + 1];
        for (int32_t i = first; i < last; i++) {
            s->now.x[i] = 0;
        }
        for (int32_t j = old->first[place]; j < old->first[place + 1]; j++) {
            if (from->now.x[j] > 0) {
                ganger_primal_dual_offer(s, place, old->mode[j], old->start[j]);
            }
            int32_t best = GANGER_NONE;
            for (int32_t i = first; from->now.x[j] > 0 && i < last; i++) {
                if (c->mode[i] == old->mode[j] &&
                    (best == GANGER_NONE ||
                     abs(c->start[i] - old->start[j]) < abs(c->start[best] - old->start[j]))) {
                    best = i;
                }
            }
            if (best != GANGER_NONE) {
                s->now.x[best] += from->now.x[j];
            }
        }
    }
}

/* The block of the other partition in which the middle of a block lies. */
static int32_t middle_of(const struct ganger_primal_dual *s, const struct ganger_primal_dual *from,
                         int32_t b)
{
    return from->blocks.of[(s->blocks.first[b] + s->blocks.first[b + 1] - 1) / 2];
}

void ganger_primal_dual_inherit(struct ganger_primal_dual *solver,
                                const struct ganger_primal_dual *from)
{
    struct ganger_primal_dual *s = solver;
    const struct ganger_problem *p = s->problem;
    int64_t width = s->blocks.width, old = from->blocks.width;
    inherit_works(s, from);
    for (int32_t b = 0; b < s->blocks.count; b++) {
        int32_t a = middle_of(s, from, b);
        double scale = s->blocks.weight[b] / from->blocks.weight[a];
        for (int64_t i = 0; i < 2 * (int64_t)p->segments.count; i++) {
            s->now.y.segment[i * width + b] = scale * from->now.y.segment[i * old + a];
        }
        ganger_pd_inherit_closures(s, from, b, a);
        ganger_pd_inherit_energies(s, from, b, a, b == 0 || middle_of(s, from, b - 1) != a);
        for (int64_t r = 0; r < p->resources.renewables; r++) {
            s->now.y.renewable[r * width + b] = from->now.y.renewable[r * old + a];
        }
        for (int64_t row = 0; b + 1 < s->blocks.count && row < s->orders->count; row++) {
            /* A row's price at the end of a block is shared by the finer blocks that it covers. */
            bool ends = b + 2 == s->blocks.count || middle_of(s, from, b + 1) != a;
            s->now.y.order[row * width + b] = ends ? from->now.y.order[row * old + a] : 0;
        }
        for (int64_t path = 0; path < from->flows.count && path < s->flows.count; path++) {
            s->now.flow[path * width + b] = from->now.flow[path * old + a];
        }
    }
    memcpy(s->now.y.window, from->now.y.window, (size_t)p->resources.windows * sizeof(double));
    memcpy(s->now.y.target, from->now.y.target, (size_t)p->targets.count * sizeof(double));
    s->weight = from->weight;
    s->step = from->step;
    s->last_restart.size = s->last_look.size = INFINITY;
    s->view = ganger_pd_measure(s, &s->now, 1); /* what is used follows from what is done */
    begin_again(s);
}

void ganger_primal_dual_keep_prices(struct ganger_primal_dual *solver)
{
    struct ganger_primal_dual *s = solver;
    s->weight = fmin(s->weight, careful * ganger_pd_first_weight(s));
}

struct ganger_primal_dual_view ganger_primal_dual_view(const struct ganger_primal_dual *solver)
{
    const struct ganger_primal_dual *s = solver;
    return (struct ganger_primal_dual_view){.blocks = &s->blocks,
                                            .columns = &s->columns,
                                            .prices = &s->priced->y,
                                            .closures = s->rows.rows,
                                            .x = s->shown->x,
                                            .flows = &s->flows,
                                            .flow = s->shown->flow,
                                            .worn = s->worn,
                                            .capacity = s->shown->capacity,
                                            .primal = s->view.primal,
                                            .dual = s->view.dual,
                                            .violation = s->view.violation,
                                            .iterations = s->iterations};
}
