#include "plan/plan.h"

#include <math.h>
#include <stdlib.h>

/* Zeroed array of count elements; a count of 0 still gives memory, so that NULL means failure only. */
static void *make(size_t count, size_t size)
{
    return calloc(count > 0 ? count : 1, size);
}

static void *make_undone(size_t works)
{
    int32_t *list = make(works, sizeof *list);
    for (size_t w = 0; list && w < works; w++) {
        list[w] = GANGER_NONE;
    }
    return list;
}

static bool make_prices(const struct ganger_problem *problem, struct ganger_prices *prices)
{
    size_t periods = (size_t)problem->time.periods;
    size_t segments = (size_t)problem->segments.count;
    prices->renewable =
        make((size_t)problem->resources.renewables * periods, sizeof *prices->renewable);
    prices->window = make((size_t)problem->resources.windows, sizeof *prices->window);
    prices->segment = make((periods + 1) * segments * 2, sizeof *prices->segment);
    prices->precedence =
        make((size_t)problem->precedences.count * periods, sizeof *prices->precedence);
    prices->rails =
        make((size_t)ganger_problem_new_line_works(problem) * periods, sizeof *prices->rails);
    prices->target = make((size_t)problem->targets.count, sizeof *prices->target);
    prices->far_first_opener = make(1, sizeof *prices->far_first_opener);
    prices->closure_first_demand = make(1, sizeof *prices->closure_first_demand);
    prices->closure_first_beside = make(1, sizeof *prices->closure_first_beside);
    prices->state_first_arc = make(1, sizeof *prices->state_first_arc);
    return prices->renewable && prices->window && prices->segment && prices->precedence &&
           prices->rails && prices->target && prices->far_first_opener &&
           prices->closure_first_demand && prices->closure_first_beside && prices->state_first_arc;
}

const struct ganger_statistics *ganger_plan_statistics(const struct ganger_plan *plan)
{
    return plan->statistics.techniques > 0 ? &plan->statistics : NULL;
}

struct ganger_plan *ganger_plan_create(const struct ganger_problem *problem)
{
    size_t works = (size_t)problem->works.count;
    size_t periods = (size_t)problem->time.periods;
    size_t boundaries = periods + 1;
    size_t links = (size_t)problem->links.count;
    struct ganger_plan *plan = calloc(1, sizeof *plan);
    if (!plan) {
        return NULL;
    }
    plan->start = make_undone(works);
    plan->finish = make_undone(works);
    plan->mode = make_undone(works);
    plan->capacity = make(boundaries * links, sizeof *plan->capacity);
    plan->flow = make(boundaries * links * 2, sizeof *plan->flow);
    plan->delivered = make(boundaries * (size_t)problem->demands.count, sizeof *plan->delivered);
    plan->traffic_value = make(boundaries, sizeof *plan->traffic_value);
    plan->usage = make(periods * (size_t)problem->resources.count, sizeof *plan->usage);
    plan->cash = make(periods, sizeof *plan->cash);
    plan->km_repaired = make(boundaries, sizeof *plan->km_repaired);
    plan->km_built = make(boundaries, sizeof *plan->km_built);
    bool prices = make_prices(problem, &plan->prices);
    if (!prices || !plan->start || !plan->finish || !plan->mode || !plan->capacity || !plan->flow ||
        !plan->delivered || !plan->traffic_value || !plan->usage || !plan->cash ||
        !plan->km_repaired || !plan->km_built) {
        ganger_plan_destroy(plan);
        return NULL;
    }
    return plan;
}

void ganger_plan_destroy(struct ganger_plan *plan)
{
    if (!plan) {
        return;
    }
    void *const arrays[] = {
        plan->start,
        plan->finish,
        plan->mode,
        plan->capacity,
        plan->flow,
        plan->delivered,
        plan->traffic_value,
        plan->usage,
        plan->cash,
        plan->km_repaired,
        plan->km_built,
        plan->paths.demand,
        plan->paths.first_arc,
        plan->paths.arc,
        plan->paths.flow_boundary,
        plan->paths.flow_path,
        plan->paths.flow_mtpa,
        plan->prices.renewable,
        plan->prices.window,
        plan->prices.segment,
        plan->prices.precedence,
        plan->prices.rails,
        plan->prices.far_work,
        plan->prices.far_first_opener,
        plan->prices.far_opener,
        plan->prices.far,
        plan->prices.target,
        plan->prices.closure_first_demand,
        plan->prices.closure_demand,
        plan->prices.closure_arc,
        plan->prices.closure_segment,
        plan->prices.closure_renewable,
        plan->prices.closure_from,
        plan->prices.closure_first_beside,
        plan->prices.closure_beside_arc,
        plan->prices.closure_beside_segment,
        plan->prices.closure,
        plan->prices.pay_work,
        plan->prices.pay_period,
        plan->prices.work,
        plan->prices.state_period,
        plan->prices.state_work,
        plan->prices.state_first_arc,
        plan->prices.state_arc,
        plan->prices.passage,
        plan->prices.energy_work,
        plan->prices.energy_renewable,
        plan->prices.energy,
        plan->trace,
    };
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
        free(arrays[i]);
    }
    ganger_hold_clear(&plan->hold);
    ganger_problem_destroy(plan->held);
    ganger_findings_clear(&plan->doubts);
    free(plan);
}

const struct ganger_problem *ganger_plan_problem(const struct ganger_plan *plan,
                                                 const struct ganger_problem *problem)
{
    return plan->held ? plan->held : problem;
}

void ganger_plan_count_changes(struct ganger_plan *plan)
{
    struct ganger_replan_summary *s = &plan->summary.replan;
    s->replanned = plan->held != NULL;
    s->works = s->held = s->moved = s->mode_changed = s->dropped = s->not_before = 0;
    s->change_cost = 0;
    for (int32_t w = 0; plan->held && w < plan->held->works.count; w++) {
        s->change_cost = fmax(s->change_cost, plan->hold.change_cost[w]);
        s->not_before =
            plan->hold.not_before[w] > s->not_before ? plan->hold.not_before[w] : s->not_before;
        if (plan->hold.start[w] == GANGER_NONE) {
            continue;
        }
        bool done = plan->start[w] != GANGER_NONE, same = plan->mode[w] == plan->hold.mode[w];
        s->works++;
        s->held += plan->hold.held[w] != 0;
        s->dropped += !done;
        s->mode_changed += done && !same;
        s->moved += done && same && plan->start[w] != plan->hold.start[w];
    }
}
