#include "api/build_plan.h"

#include "api/plan_traffic.h"
#include "base/fixed.h"
#include "freight/capacity.h"
#include "plan/layout.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static ganger_status fill_capacity(const struct ganger_schedule *s, struct ganger_plan *plan,
                                   struct ganger_findings *findings)
{
    const struct ganger_problem *p = s->problem;
    int32_t boundaries = p->time.periods + 1;
    double *standing = malloc((size_t)boundaries * sizeof *standing);
    double *factor = malloc((size_t)boundaries * sizeof *factor);
    bool ready = standing && factor;
    for (int64_t i = 0; ready && i < (int64_t)boundaries * p->links.count; i++) {
        plan->capacity[i] = INFINITY;
    }
    for (int32_t q = 0; ready && q < p->segments.count; q++) {
        ganger_capacity_segment(s, q, standing, factor);
        for (int32_t t = 0; t < boundaries; t++) {
            double *cell = plan->capacity + (int64_t)t * p->links.count + p->segments.link[q];
            *cell = fmin(*cell, standing[t] * factor[t]);
        }
    }
    free(standing);
    free(factor);
    return ready ? GANGER_STATUS_OK : ganger_findings_out_of_memory(findings);
}

/* A finished schedule, whoever found it: arrays by work, start GANGER_NONE where undone. */
struct finished {
    const struct ganger_problem *problem;
    const int32_t *start, *finish, *mode;
};

/* Spreads `amount` over the working periods of a placed work. */
static void spread(const struct finished *s, int32_t w, double amount, double *cells,
                   int64_t stride)
{
    const struct ganger_problem *p = s->problem;
    int32_t start = s->start[w];
    int32_t finish = s->finish[w];
    if (start == finish) {
        cells[start * stride] += amount;
        return;
    }
    double total = 0;
    for (int32_t t = start; t < finish; t++) {
        total += ganger_problem_productivity(p, w, t);
    }
    for (int32_t t = start; t < finish; t++) {
        cells[t * stride] += amount * ganger_problem_productivity(p, w, t) / total;
    }
}

static void fill_usage(const struct finished *s, int32_t w, struct ganger_plan *plan)
{
    const struct ganger_problem *p = s->problem;
    int32_t mode = s->mode[w];
    int64_t resources = p->resources.count;
    for (int32_t i = p->modes.first_use[mode]; i < p->modes.first_use[mode + 1]; i++) {
        int32_t resource = p->modes.use_resource[i];
        double amount = p->modes.use_amount[i];
        if (p->resources.renewable_index[resource] == GANGER_NONE) {
            spread(s, w, amount, plan->usage + resource, resources);
            continue;
        }
        for (int64_t t = s->start[w]; t < s->finish[w]; t++) {
            if (ganger_problem_productivity(p, w, (int32_t)t) > 0) {
                plan->usage[t * resources + resource] += amount;
            }
        }
    }
    if (p->resources.budget != GANGER_NONE) {
        spread(s, w, p->modes.cost[mode], plan->usage + p->resources.budget, resources);
    }
    spread(s, w, p->modes.cost[mode], plan->cash, 1);
}

static void fill_works(const struct finished *s, struct ganger_plan *plan)
{
    const struct ganger_problem *p = s->problem;
    for (int32_t w = 0; w < p->works.count; w++) {
        if (s->start[w] == GANGER_NONE) {
            continue;
        }
        plan->start[w] = s->start[w];
        plan->finish[w] = s->finish[w];
        plan->mode[w] = s->mode[w] - p->works.first_mode[w];
        fill_usage(s, w, plan);
        double *km = p->works.kind[w] == GANGER_WORK_REPAIR  ? plan->km_repaired
                     : p->works.kind[w] == GANGER_WORK_BUILD ? plan->km_built
                                                             : NULL;
        for (int32_t t = s->finish[w]; km && t <= p->time.periods; t++) {
            km[t] += p->works.km[w];
        }
    }
}

/* Rows of the relaxation are those of works that rails do not lead to yet. */
static void fill_rails(const struct ganger_problem *p, struct ganger_relaxation_prices prices,
                       struct ganger_plan *plan)
{
    size_t periods = (size_t)p->time.periods, row = 0, from = 0;
    for (int32_t w = 0; w < p->works.count; w++) {
        if (!ganger_problem_builds_new_line(p, w)) {
            continue;
        }
        if (from < (size_t)prices.rails_rows && prices.rails_work[from] == w) {
            memcpy(plan->prices.rails + row * periods, prices.rails + from * periods,
                   periods * sizeof(double));
            from++;
        }
        row++;
    }
}

/* Has the row a price that the plan's grid does not round to nothing? */
static bool has_price(const double *price, size_t boundaries)
{
    for (size_t t = 0; t < boundaries; t++) {
        if (ganger_grid_floor(price[t]) > 0) {
            return true;
        }
    }
    return false;
}

static bool fill_far(const struct ganger_problem *p, struct ganger_relaxation_prices from,
                     struct ganger_prices *to)
{
    size_t periods = (size_t)p->time.periods, rows = (size_t)from.fars + 1;
    const int32_t *first = from.far_first_opener;
    size_t openers = (size_t)(first[from.fars] - first[0]) + 1;
    free(to->far_first_opener);
    to->far_work = calloc(rows, sizeof *to->far_work);
    to->far_first_opener = calloc(rows, sizeof *to->far_first_opener);
    to->far_opener = calloc(openers, sizeof *to->far_opener);
    to->far = calloc(rows * periods, sizeof *to->far);
    if (!to->far_work || !to->far_first_opener || !to->far_opener || !to->far) {
        return false;
    }
    for (int32_t row = 0, end = 0; row < from.fars; row++) {
        const double *price = from.far + (size_t)row * periods;
        if (has_price(price, periods)) {
            memcpy(to->far + (size_t)to->fars * periods, price, periods * sizeof *price);
            to->far_work[to->fars++] = from.far_work[row];
            for (int32_t k = first[row]; k < first[row + 1]; k++) {
                to->far_opener[end++] = from.far_opener[k];
            }
            to->far_first_opener[to->fars] = end;
        }
    }
    return true;
}

static bool make_closures(struct ganger_prices *prices, int32_t rows, int32_t members,
                          size_t boundaries)
{
    size_t count = (size_t)rows + 1;
    int32_t **lists[] = {&prices->closure_arc,         &prices->closure_segment,
                         &prices->closure_renewable,   &prices->closure_from,
                         &prices->closure_demand,      &prices->closure_first_demand,
                         &prices->closure_beside_arc,  &prices->closure_beside_segment,
                         &prices->closure_first_beside};
    bool ready = true;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        free(*lists[i]);
        *lists[i] = calloc(count + (size_t)members, sizeof(int32_t));
        ready = ready && *lists[i];
    }
    prices->closure = calloc(count * boundaries, sizeof(double));
    return ready && prices->closure;
}

static bool fill_closures(const struct ganger_problem *p, struct ganger_relaxation_prices from,
                          struct ganger_prices *to)
{
    size_t boundaries = (size_t)p->time.periods + 1;
    const int32_t *first = from.closure_first_demand, *beside = from.closure_first_beside;
    int32_t demands = 0, besides = 0, rows = from.closures;
    if (!make_closures(to, rows, rows > 0 ? first[rows] + beside[rows] : 0, boundaries)) {
        return false;
    }
    for (int32_t row = 0; row < from.closures; row++) {
        const double *price = from.closure + (size_t)row * boundaries;
        if (has_price(price, boundaries)) {
            int32_t i = to->closures++, gate = from.closure_gate[row];
            for (int32_t j = first[row]; j < first[row + 1]; j++) {
                to->closure_demand[demands++] = from.closure_demand[j];
            }
            to->closure_first_demand[to->closures] = demands;
            for (int32_t j = beside[row]; j < beside[row + 1]; j++) {
                to->closure_beside_arc[besides] = from.closure_beside_arc[j];
                to->closure_beside_segment[besides++] = from.closure_beside_segment[j];
            }
            to->closure_first_beside[to->closures] = besides;
            to->closure_arc[i] = from.closure_arc[row];
            to->closure_segment[i] = from.gate_renewable[gate] == GANGER_NONE
                                         ? from.gate_segment[from.gate_first_segment[gate]]
                                         : GANGER_NONE;
            to->closure_renewable[i] = from.gate_renewable[gate];
            to->closure_from[i] = from.closure_from[row];
            memcpy(to->closure + (size_t)i * boundaries, price, boundaries * sizeof *price);
        }
    }
    return true;
}

static bool fill_energies(const struct ganger_problem *p, struct ganger_relaxation_prices from,
                          struct ganger_prices *to)
{
    size_t boundaries = (size_t)p->time.periods + 1, count = (size_t)from.energies + 1;
    to->energy_work = calloc(count, sizeof *to->energy_work);
    to->energy_renewable = calloc(count, sizeof *to->energy_renewable);
    to->energy = calloc(count * boundaries, sizeof *to->energy);
    if (!to->energy_work || !to->energy_renewable || !to->energy) {
        return false;
    }
    for (int32_t row = 0; row < from.energies; row++) {
        const double *price = from.energy + (size_t)row * boundaries;
        if (has_price(price, boundaries)) {
            int32_t i = to->energies++;
            to->energy_work[i] = from.energy_work[row];
            to->energy_renewable[i] = from.energy_renewable[row];
            memcpy(to->energy + (size_t)i * (boundaries - 1), price,
                   (boundaries - 1) * sizeof *price);
        }
    }
    return true;
}

static void *copy_of(const void *list, size_t bytes)
{
    void *copy = malloc(bytes + 1);
    return copy ? memcpy(copy, list, bytes) : NULL;
}

static bool fill_states(const struct ganger_search_states *from, struct ganger_prices *to)
{
    if (!from->passage) {
        return true;
    }
    size_t pays = (size_t)from->pays, states = (size_t)from->states, arcs = (size_t)from->arcs;
    free(to->state_first_arc);
    to->pay_work = copy_of(from->pay_work, pays * sizeof(int32_t));
    to->pay_period = copy_of(from->pay_period, pays * sizeof(int32_t));
    to->work = copy_of(from->work, pays * sizeof(double));
    to->state_period = copy_of(from->state_period, states * sizeof(int32_t));
    to->state_work = copy_of(from->state_work, states * sizeof(int32_t));
    to->state_first_arc = copy_of(from->state_first_arc, (states + 1) * sizeof(int32_t));
    to->state_arc = copy_of(from->state_arc, arcs * sizeof(int32_t));
    to->passage = copy_of(from->passage, arcs * sizeof(double));
    to->pays = from->pays;
    to->states = from->states;
    return to->pay_work && to->pay_period && to->work && to->state_period && to->state_work &&
           to->state_first_arc && to->state_arc && to->passage;
}

/* False if memory is short. */
static bool fill_prices(const struct ganger_search_result *result, struct ganger_plan *plan)
{
    const struct ganger_problem *p = result->model->problem;
    size_t periods = (size_t)p->time.periods;
    if (!result->relaxation) { /* a new plan has 0 everywhere */
        memcpy(plan->prices.segment, result->segment_price,
               2 * (size_t)p->segments.count * (periods + 1) * sizeof(double));
        if (!fill_states(&result->states, &plan->prices)) {
            return false;
        }
        ganger_plan_round(p, plan);
        return true;
    }
    struct ganger_relaxation_prices prices = ganger_relaxation_prices(result->relaxation);
    memcpy(plan->prices.renewable, prices.renewable,
           (size_t)p->resources.renewables * periods * sizeof(double));
    memcpy(plan->prices.window, prices.window, (size_t)p->resources.windows * sizeof(double));
    memcpy(plan->prices.segment, prices.segment,
           2 * (size_t)p->segments.count * (periods + 1) * sizeof(double));
    memcpy(plan->prices.target, prices.target, (size_t)p->targets.count * sizeof(double));
    memcpy(plan->prices.precedence, prices.precedence,
           (size_t)p->precedences.count * periods * sizeof(double));
    fill_rails(p, prices, plan);
    if (!fill_far(p, prices, &plan->prices) || !fill_closures(p, prices, &plan->prices) ||
        !fill_energies(p, prices, &plan->prices)) {
        return false;
    }
    /* Any prices prove a bound, and those of the file's grid only a little less. */
    ganger_plan_round(p, plan);
    return true;
}

static ganger_status fill_trace(const struct ganger_search_result *result, struct ganger_plan *plan,
                                struct ganger_findings *findings)
{
    plan->trace = calloc((size_t)result->trace_rows + 1, sizeof *plan->trace);
    if (!plan->trace) {
        return ganger_findings_out_of_memory(findings);
    }
    plan->trace_rows = result->trace_rows;
    for (int32_t i = 0; i < result->trace_rows; i++) {
        struct ganger_search_trace row = result->trace[i];
        plan->trace[i] =
            (struct ganger_trace_row){row.time_s, row.value, row.bound, row.ticks, row.rounds};
    }
    return GANGER_STATUS_OK;
}

static void fill_summary(const struct ganger_search_result *result, struct ganger_plan *plan)
{
    const struct ganger_problem *p = result->model->problem;
    struct ganger_summary *summary = &plan->summary;
    struct ganger_terms *terms = &summary->terms;
    int32_t periods = p->time.periods;
    *terms = result->value.terms;
    terms->traffic = 0;
    for (int32_t t = 0; t < periods; t++) {
        terms->traffic += p->time.weight[t] * plan->traffic_value[t];
    }
    terms->terminal = p->time.weight[periods] * plan->traffic_value[periods];
    summary->value = terms->traffic + terms->terminal - terms->cost - terms->tardiness -
                     terms->shortfall - terms->changes;
    summary->outcome = result->outcome;
    summary->bound = result->bound;
    summary->first_value = result->first_value;
    summary->first_time_s = result->first_time_s;
    summary->km_repaired = plan->km_repaired[periods];
    summary->km_built = plan->km_built[periods];
    for (int32_t w = 0; w < p->works.count; w++) {
        summary->works_done += plan->start[w] >= 0;
        if (plan->start[w] >= 0 && p->works.kind[w] == GANGER_WORK_UPGRADE) {
            summary->km_upgraded += p->works.km[w];
        }
    }
    summary->works = p->works.count;
    summary->pace = result->pace;
    summary->ticks = result->ticks;
    summary->rounds = result->rounds;
    summary->wall_s = result->wall_s;
    summary->threads = result->threads;
}

ganger_status ganger_plan_build(const struct ganger_search_result *result,
                                struct ganger_plan **plan, struct ganger_findings *findings)
{
    const struct ganger_problem *p = result->model->problem;
    ganger_status status = GANGER_STATUS_OK;
    *plan = ganger_plan_create(p);
    if (!*plan) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    const struct ganger_schedule *best = result->best;
    fill_works(&(struct finished){p, best->start, best->finish, best->mode}, *plan);
    GANGER_TRY(fill_capacity(result->best, *plan, findings));
    if (result->model->large) {
        GANGER_TRY(
            ganger_plan_take_traffic(p, &result->haulage.paths, &result->haulage, *plan, findings));
    } else {
        GANGER_TRY(ganger_plan_fill_traffic(p, &result->paths, result->threads, *plan, findings));
    }
    if (!fill_prices(result, *plan)) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    GANGER_TRY(fill_trace(result, *plan, findings));
    fill_summary(result, *plan);
out:
    if (status != GANGER_STATUS_OK) {
        ganger_plan_destroy(*plan);
        *plan = NULL;
    }
    return status;
}

ganger_status ganger_plan_build_schedule(const struct ganger_problem *problem, const int32_t *start,
                                         const int32_t *finish, const int32_t *mode,
                                         struct ganger_plan **plan,
                                         struct ganger_findings *findings)
{
    *plan = ganger_plan_create(problem);
    if (!*plan) {
        return ganger_findings_out_of_memory(findings);
    }
    fill_works(&(struct finished){problem, start, finish, mode}, *plan);
    return GANGER_STATUS_OK;
}

static ganger_status fill_makespan_trace(const struct ganger_makespan_result *result,
                                         struct ganger_plan *plan, struct ganger_findings *findings)
{
    plan->trace = calloc((size_t)result->trace_rows + 1, sizeof *plan->trace);
    if (!plan->trace) {
        return ganger_findings_out_of_memory(findings);
    }
    plan->trace_rows = result->trace_rows;
    for (int32_t i = 0; i < result->trace_rows; i++) {
        struct ganger_makespan_trace row = result->trace[i];
        plan->trace[i] =
            (struct ganger_trace_row){row.time_s, row.value, row.bound, row.ticks, row.rounds};
    }
    return GANGER_STATUS_OK;
}

static void fill_makespan_summary(const struct ganger_problem *p,
                                  const struct ganger_makespan_result *result,
                                  struct ganger_summary *summary)
{
    int32_t makespan = result->makespan;
    summary->outcome = result->outcome;
    summary->value = makespan;
    summary->bound = result->bound;
    summary->gap_percent = makespan > 0 ? 100.0 * (makespan - result->bound) / (double)makespan : 0;
    summary->first_value = result->first_value;
    summary->first_time_s = result->first_time_s;
    summary->works_done = p->works.count;
    summary->works = p->works.count;
    summary->ticks = result->ticks;
    summary->rounds = result->rounds;
    summary->pace = result->pace;
    summary->schedules = result->schedules;
    summary->critical_path = result->critical_path;
    summary->wall_s = result->wall_s;
    summary->threads = result->threads;
}

ganger_status ganger_plan_build_makespan(const struct ganger_problem *problem,
                                         const struct ganger_makespan_result *result,
                                         struct ganger_plan **plan,
                                         struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    int32_t *finish = malloc(((size_t)problem->works.count + 1) * sizeof *finish);
    *plan = ganger_plan_create(problem);
    if (!*plan || !finish) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    for (int32_t w = 0; w < problem->works.count; w++) {
        finish[w] = problem->modes.duration[result->mode[w]] > 0
                        ? ganger_problem_finish(problem, result->mode[w], result->start[w])
                        : result->start[w];
    }
    fill_works(&(struct finished){problem, result->start, finish, result->mode}, *plan);
    GANGER_TRY(fill_makespan_trace(result, *plan, findings));
    fill_makespan_summary(problem, result, &(*plan)->summary);
out:
    free(finish);
    if (status != GANGER_STATUS_OK) {
        ganger_plan_destroy(*plan);
        *plan = NULL;
    }
    return status;
}
