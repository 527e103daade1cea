#include "relax/internal.h"

#include "relax/worn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Iterations of a step; blocks of time on each level, and steps after which a level is left if its gap did not get
 * small before; steps after which what the first level expects is worth looking at. Large networks have shorter steps, more
 * of them, and no level of the shortest blocks. */
enum { iterations_a_step = 400, levels = 4, levels_large = 3, first_steps = 12 };
/* Rows of closure, and of energy with them, make steps dear and raise the bound before they lower it; but over long blocks steps are cheap, and rows found
 * there hold over shorter ones. They are looked for after so many steps - later where there is little work -, and then again
 * and again. */
enum { ripe_steps = 8, late_steps = 34, search_every = 3 };
static const int32_t blocks_of[levels] = {16, 32, 64, 128},
                     steps_of[levels] = {24, 8, 20, INT32_MAX},
                     steps_large[levels_large] = {96, 240, INT32_MAX};
static const double level_gap = 2e-4;

static bool prices_init(struct ganger_relax_prices *prices, const struct ganger_problem *p,
                        int32_t orders)
{
    size_t periods = (size_t)p->time.periods, segments = (size_t)p->segments.count;
    prices->renewable = calloc((size_t)p->resources.renewables * periods + 1, sizeof(double));
    prices->window = calloc((size_t)p->resources.windows + 1, sizeof(double));
    prices->segment = calloc(2 * segments * (periods + 1) + 1, sizeof(double));
    prices->target = calloc((size_t)p->targets.count + 1, sizeof(double));
    prices->order = calloc((size_t)orders * periods + 1, sizeof(double));
    return prices->renewable && prices->window && prices->segment && prices->target &&
           prices->order;
}

static void prices_clear(struct ganger_relax_prices *prices)
{
    free(prices->renewable);
    free(prices->window);
    free(prices->segment);
    free(prices->target);
    free(prices->order);
    free(prices->closure);
    free(prices->energy);
}

static bool is_large(const struct ganger_relaxation *r)
{
    return r->step_ticks > 0;
}

static bool open_level(struct ganger_relaxation *r)
{
    if (r->solver && !is_large(r) && !r->held && !ganger_relax_drop_idle_paths(r)) {
        return false;
    }
    struct ganger_primal_dual *solver =
        ganger_primal_dual_create(r->problem, r->graph, &r->paths, &r->orders, &r->energies,
                                  r->closed ? &r->closures : NULL, blocks_of[r->level]);
    if (solver && r->solver) {
        ganger_primal_dual_inherit(solver, r->solver);
        if (!is_large(r)) { /* on large networks works and freight lead the search */
            ganger_primal_dual_keep_prices(solver);
        }
    }
    ganger_primal_dual_destroy(r->solver);
    r->solver = solver;
    r->steps_here = 0;
    return solver != NULL;
}

struct ganger_relaxation *ganger_relaxation_create(const struct ganger_problem *problem,
                                                   const struct ganger_graph *graph)
{
    struct ganger_relaxation *r = calloc(1, sizeof *r);
    if (!r) {
        return NULL;
    }
    size_t boundaries = (size_t)problem->time.periods + 1;
    r->problem = problem;
    r->graph = graph;
    r->boundaries = problem->time.periods + 1;
    r->bound = INFINITY;
    r->constant = calloc((size_t)blocks_of[levels - 1], sizeof *r->constant);
    r->worth = calloc(((size_t)problem->segments.count + 1) * boundaries, sizeof *r->worth);
    r->profit = calloc((size_t)problem->works.count + 1, sizeof *r->profit);
    r->mode = calloc((size_t)problem->works.count + 1, sizeof *r->mode);
    r->start = calloc((size_t)problem->works.count + 1, sizeof *r->start);
    bool ordered = ganger_orders_init(&r->orders, problem) && ganger_relax_make_energies(r);
    r->later = calloc((size_t)r->orders.count * boundaries + 1, sizeof *r->later);
    if (!ordered || !r->mode || !r->start || !r->later || !r->constant || !r->worth || !r->profit ||
        !prices_init(&r->now, problem, r->orders.count) ||
        !prices_init(&r->best, problem, r->orders.count) ||
        !ganger_path_pool_init(&r->paths, graph) || !open_level(r)) {
        ganger_relaxation_destroy(r);
        return NULL;
    }
    return r;
}

void ganger_relaxation_destroy(struct ganger_relaxation *relaxation)
{
    if (relaxation) {
        ganger_primal_dual_destroy(relaxation->solver);
        ganger_path_pool_clear(&relaxation->paths);
        ganger_orders_clear(&relaxation->orders);
        ganger_closures_clear(&relaxation->closures);
        ganger_energies_clear(&relaxation->energies);
        prices_clear(&relaxation->now);
        prices_clear(&relaxation->best);
        free(relaxation->entry_worth);
        free(relaxation->account_sum);
        free(relaxation->account_by);
        free(relaxation->charge);
        free(relaxation->constant);
        free(relaxation->worth);
        free(relaxation->later);
        free(relaxation->profit);
        free(relaxation->mode);
        free(relaxation->start);
        free(relaxation);
    }
}

/* The solver's prices, period by period. */
static void spread_prices(struct ganger_relaxation *r, const struct ganger_primal_dual_view *view)
{
    const struct ganger_problem *p = r->problem;
    const struct ganger_blocks *blocks = view->blocks;
    int64_t width = blocks->width, segments = p->segments.count, periods = p->time.periods;
    for (int64_t t = 0; t < r->boundaries; t++) {
        int64_t b = blocks->of[t];
        for (int64_t i = 0; i < 2 * segments; i++) {
            r->now.segment[t * 2 * segments + i] =
                view->prices->segment[i * width + b] / blocks->weight[b];
        }
        for (int64_t q = 0; q < segments; q++) {
            const double *price = r->now.segment + (t * segments + q) * 2;
            r->worth[q * r->boundaries + t] = p->time.weight[t] * (price[0] + price[1]);
        }
        for (int64_t k = 0; t < periods && k < p->resources.renewables; k++) {
            bool usable = view->columns->usable[k * periods + t];
            r->now.renewable[k * periods + t] = usable ? view->prices->renewable[k * width + b] : 0;
        }
    }
    memcpy(r->now.window, view->prices->window, (size_t)p->resources.windows * sizeof(double));
    for (int32_t g = 0; g < p->targets.count; g++) { /* an average may be off by a rounding */
        double most = p->targets.hard[g] ? INFINITY : p->targets.shortfall_cost[g];
        r->now.target[g] = fmin(view->prices->target[g], most);
    }
}

/* Prices of order stand in the last period of each block. */
static void spread_order(struct ganger_relaxation *r, const struct ganger_primal_dual_view *view)
{
    const struct ganger_problem *p = r->problem;
    const struct ganger_blocks *blocks = view->blocks;
    int64_t width = blocks->width, periods = p->time.periods;
    for (int64_t row = 0; row < r->orders.count; row++) {
        double *price = r->now.order + row * periods;
        double *later = r->later + row * (periods + 1);
        for (int64_t t = periods - 1; t >= 0; t--) {
            int32_t b = blocks->of[t];
            price[t] = t + 1 == blocks->first[b + 1] ? view->prices->order[row * width + b] : 0;
            later[t] = later[t + 1] + price[t];
        }
    }
}

/* The bound of MODEL section 7 at the prices now. */
static double add_up_bound(const struct ganger_relaxation *r, const struct ganger_blocks *blocks)
{
    const struct ganger_problem *p = r->problem;
    double bound =
        r->closure_constant - ganger_problem_change_cost(p); /* what is kept saves that */
    for (int32_t b = 0; b < blocks->count; b++) {
        bound += blocks->weight[b] * r->constant[b];
    }
    for (int32_t q = 0; q < p->segments.count; q++) {
        for (int32_t t = 0; t < r->boundaries; t++) {
            bound += r->worth[(int64_t)q * r->boundaries + t] * ganger_relax_worn(p, q, t);
        }
    }
    for (int32_t w = 0; w < p->works.count; w++) {
        bound += r->profit[w];
    }
    for (int64_t i = 0; i < (int64_t)p->resources.renewables * p->time.periods; i++) {
        bound += r->now.renewable[i] * p->resources.capacity[i];
    }
    for (int32_t j = 0; j < p->resources.windows; j++) {
        bound += r->now.window[j] * p->resources.window_limit[j];
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        bound -= r->now.target[g] * p->targets.km[g];
    }
    return bound;
}

static void keep_if_better(struct ganger_relaxation *r, double bound)
{
    if (bound < r->bound) {
        struct ganger_relax_prices swap = r->best;
        r->best = r->now;
        r->now = swap;
        r->bound = bound;
    }
}

/* The best way to do each work may start between the regular starts. */
static void offer_ways(struct ganger_relaxation *r, const struct ganger_primal_dual_view *view)
{
    for (int32_t place = 0; place < r->problem->works.count; place++) {
        int32_t work = view->columns->order[place];
        if (r->mode[work] != GANGER_NONE) {
            ganger_primal_dual_offer(r->solver, place, r->mode[work], r->start[work]);
        }
    }
}

/* Finer time once this level has little more to give. */
static void go_on(struct ganger_relaxation *r, const struct ganger_primal_dual_view *view)
{
    double gap = fabs(view->dual - view->primal) / (1 + fabs(view->dual));
    int32_t most = is_large(r) ? steps_large[r->level] : steps_of[r->level];
    bool over = (gap < level_gap && view->violation < level_gap) || ++r->steps_here >= most;
    bool finer = r->level + 1 < (is_large(r) ? levels_large : levels) &&
                 blocks_of[r->level] <= r->problem->time.periods;
    r->settled = r->settled || over || r->steps_here >= first_steps;
    r->ripe = r->ripe || (over && !finer) || r->steps >= (r->late ? late_steps : ripe_steps);
    if (over && finer) {
        r->level++;
        r->failed = !open_level(r);
    }
}

static int32_t iterations_of_step(const struct ganger_relaxation *r)
{
    if (!r->solver || r->bound == INFINITY) {
        return 0;
    }
    int64_t fit =
        r->step_ticks > 0 ? r->step_ticks / ganger_primal_dual_ticks(r->solver) : iterations_a_step;
    return fit < iterations_a_step ? (int32_t)fit + 1 : iterations_a_step;
}

bool ganger_relaxation_step(struct ganger_relaxation *relaxation, int threads, int64_t *ticks)
{
    struct ganger_relaxation *r = relaxation;
    if (r->failed) {
        return false;
    }
    int32_t iterations = iterations_of_step(r);
    r->tried = is_large(r) ? r->tried : r->paths.count;
    int64_t spent = ganger_primal_dual_run(r->solver, iterations, threads, r->interrupted,
                                           r->interrupt_context);
    *ticks += spent < 0 ? 0 : spent;
    if (spent < 0 || ganger_relax_interrupted(r)) {
        r->failed = true;
        return false;
    }
    struct ganger_primal_dual_view view = ganger_primal_dual_view(r->solver);
    spread_prices(r, &view);
    spread_order(r, &view);
    ganger_relax_spread_closures(r, &view);
    ganger_relax_spread_energies(r, &view);
    *ticks += ganger_relax_price_works(r, threads);
    r->failed = r->failed || ganger_relax_interrupted(r);
    if (r->failed) {
        return false;
    }
    *ticks += ganger_relax_price_paths(r, threads);
    *ticks += (int64_t)r->problem->segments.count * r->boundaries;
    if (r->failed) {
        return false;
    }
    keep_if_better(r, add_up_bound(r, view.blocks));
    offer_ways(r, &view);
    if (r->ripe && r->steps >= r->search_at) {
        *ticks += ganger_relax_find_closures(r, threads);
        r->search_at = r->steps + search_every;
    }
    if (!r->failed) {
        go_on(r, &view);
    }
    r->steps++;
    return !r->failed;
}

void ganger_relaxation_set_step(struct ganger_relaxation *relaxation, int64_t ticks)
{
    relaxation->step_ticks = ticks;
}

void ganger_relaxation_set_late(struct ganger_relaxation *relaxation)
{
    relaxation->late = true;
}

void ganger_relaxation_set_interrupt(struct ganger_relaxation *relaxation,
                                     bool (*interrupted)(void *context), void *context)
{
    relaxation->interrupted = interrupted;
    relaxation->interrupt_context = context;
}

bool ganger_relaxation_settled(const struct ganger_relaxation *relaxation)
{
    return relaxation->settled;
}

double ganger_relaxation_bound(const struct ganger_relaxation *relaxation)
{
    return relaxation->bound;
}

struct ganger_relaxation_prices ganger_relaxation_prices(const struct ganger_relaxation *relaxation)
{
    const struct ganger_relax_prices *best = &relaxation->best;
    const struct ganger_orders *orders = &relaxation->orders;
    int64_t precedences = (int64_t)orders->precedences * relaxation->problem->time.periods;
    return (struct ganger_relaxation_prices){
        .renewable = best->renewable,
        .window = best->window,
        .segment = best->segment,
        .target = best->target,
        .precedence = best->order,
        .rails = best->order + precedences,
        .rails_rows = orders->far - orders->precedences,
        .rails_work = orders->waiter + orders->precedences,
        .far = best->order + (int64_t)orders->far * relaxation->problem->time.periods,
        .fars = orders->count - orders->far,
        .far_work = orders->waiter + orders->far,
        .far_first_opener = orders->first + orders->far,
        .far_opener = orders->opener,
        .closure = best->closure,
        .closures = relaxation->widened.rows,
        .closure_arc = relaxation->closures.arc,
        .closure_first_demand = relaxation->closures.first_demand,
        .closure_demand = relaxation->closures.demand,
        .closure_gate = relaxation->closures.gate,
        .closure_from = relaxation->closures.from,
        .closure_first_beside = relaxation->closures.first_beside,
        .closure_beside_arc = relaxation->closures.beside_arc,
        .closure_beside_segment = relaxation->closures.beside_segment,
        .gate_first_segment = relaxation->closures.first_part,
        .gate_segment = relaxation->closures.part,
        .gate_renewable = relaxation->closures.renewable,
        .energy = best->energy,
        .energies = relaxation->energies.count,
        .energy_work = relaxation->energies.successor,
        .energy_renewable = relaxation->energies.renewable,
    };
}

void ganger_relaxation_hints(const struct ganger_relaxation *relaxation,
                             struct ganger_relaxation_hint *hint)
{
    struct ganger_primal_dual_view view = ganger_primal_dual_view(relaxation->solver);
    const struct ganger_columns *c = view.columns;
    for (int32_t place = 0; place < relaxation->problem->works.count; place++) {
        struct ganger_relaxation_hint *h = &hint[c->order[place]];
        double most = 0, of_mode = 0, starts = 0;
        *h = (struct ganger_relaxation_hint){.mode = GANGER_NONE};
        for (int32_t i = c->first[place]; i < c->first[place + 1]; i++) {
            bool other = i == c->first[place] || c->mode[i] != c->mode[i - 1];
            of_mode = (other ? 0 : of_mode) + view.x[i];
            h->done += view.x[i];
            starts += view.x[i] * c->start[i];
            if (of_mode > most) {
                most = of_mode;
                h->mode = c->mode[i];
            }
        }
        h->start = h->done > 0 ? starts / h->done : 0;
    }
}

void ganger_relaxation_capacity(const struct ganger_relaxation *relaxation, double *capacity)
{
    const struct ganger_problem *p = relaxation->problem;
    struct ganger_primal_dual_view view = ganger_primal_dual_view(relaxation->solver);
    int64_t width = view.blocks->width, boundaries = relaxation->boundaries;
    for (int32_t l = 0; l < p->links.count; l++) {
        for (int64_t t = 0; t < boundaries; t++) {
            double least = INFINITY;
            for (int32_t i = p->links.first_segment[l]; i < p->links.first_segment[l + 1]; i++) {
                int64_t at = p->links.segment_list[i] * width + view.blocks->of[t];
                least = fmin(least, view.worn[at] + view.capacity[at]);
            }
            capacity[l * boundaries + t] = fmax(0, least);
        }
    }
}

const struct ganger_path_pool *ganger_relaxation_paths(const struct ganger_relaxation *relaxation)
{
    return &relaxation->paths;
}
