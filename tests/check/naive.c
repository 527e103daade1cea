#include "check/naive.h"

#include "base/fixed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool active(const struct ganger_problem *p, const struct ganger_plan *plan, int32_t w,
                   int32_t t)
{
    return plan->start[w] <= t && t < plan->finish[w] && ganger_problem_productivity(p, w, t) > 0;
}

static double capacity_of(const struct ganger_problem *p, const struct ganger_plan *plan, int32_t q,
                          int32_t t)
{
    double years = t * p->time.years_per_period;
    double health = fmax(p->segments.floor[q], 1 - p->segments.decay[q] * years);
    double gain = 0, factor = 1;
    for (int32_t w = 0; w < p->works.count; w++) {
        if (p->works.segment[w] != q || plan->start[w] < 0) {
            continue;
        }
        if (plan->finish[w] <= t) {
            gain += p->works.gain[w];
            health = p->works.renews[w] ? 1 : health;
        }
        if (active(p, plan, w, t)) {
            factor = fmin(factor, p->modes.factor[p->works.first_mode[w] + plan->mode[w]]);
        }
    }
    return (p->segments.capacity[q] * health + gain) * factor;
}

static void fill_capacity(const struct ganger_problem *p, struct ganger_plan *plan)
{
    for (int32_t t = 0; t <= p->time.periods; t++) {
        for (int32_t l = 0; l < p->links.count; l++) {
            plan->capacity[t * p->links.count + l] = INFINITY;
        }
        for (int32_t q = 0; q < p->segments.count; q++) {
            double *cell = &plan->capacity[t * p->links.count + p->segments.link[q]];
            *cell = fmin(*cell, capacity_of(p, plan, q, t));
        }
    }
}

static bool through(const struct ganger_problem *p, int32_t k)
{
    return abs(p->demands.destination[k] - p->demands.origin[k]) > 1;
}

static double margin(const struct ganger_problem *p, int32_t k)
{
    int32_t from = p->demands.origin[k], to = p->demands.destination[k];
    int32_t first = from < to ? from : to, last = from < to ? to : from;
    double value = p->demands.value[k];
    for (int32_t l = first; l < last; l++) {
        value -= p->links.cost_per_t[l];
    }
    return value;
}

/* Freight of each one-link demand when forward capacity is already taken by `taken`; returns its value. */
static double fill_links(const struct ganger_problem *p, const double *capacity, int32_t t,
                         double taken, double *moved)
{
    double value = 0;
    for (int32_t k = 0; k < p->demands.count; k++) {
        if (through(p, k)) {
            continue;
        }
        int32_t from = p->demands.origin[k], to = p->demands.destination[k];
        double room = from < to ? capacity[from] - taken : capacity[to];
        moved[k] = margin(p, k) > 0 ? fmin(ganger_problem_volume(p, k, t), fmax(0, room)) : 0;
        value += moved[k] * margin(p, k);
    }
    return value;
}

/* V is concave and piecewise linear in the through freight: its best point is among the kinks. */
static void fill_boundary(const struct ganger_problem *p, int32_t t, const double *capacity,
                          double *moved)
{
    int32_t all = -1;
    double kink[64], best = -INFINITY, best_through = 0, most = INFINITY;
    int kinks = 0;
    kink[kinks++] = 0;
    for (int32_t k = 0; k < p->demands.count; k++) {
        all = through(p, k) ? k : all;
    }
    for (int32_t l = 0; l < p->links.count; l++) {
        most = fmin(most, capacity[l]);
    }
    most = all >= 0 ? fmin(most, ganger_problem_volume(p, all, t)) : 0;
    kink[kinks++] = most;
    for (int32_t k = 0; k < p->demands.count && all >= 0; k++) {
        int32_t from = p->demands.origin[k];
        if (!through(p, k) && p->demands.destination[k] > from) {
            kink[kinks++] = fmin(most, fmax(0, capacity[from] - ganger_problem_volume(p, k, t)));
        }
    }
    for (int i = 0; i < kinks; i++) {
        double value = fill_links(p, capacity, t, kink[i], moved);
        value += all >= 0 ? kink[i] * margin(p, all) : 0;
        if (value > best) {
            best = value;
            best_through = kink[i];
        }
    }
    fill_links(p, capacity, t, best_through, moved);
    if (all >= 0) {
        moved[all] = best_through;
    }
}

/* One path a demand, along the line. */
static bool fill_paths(const struct ganger_problem *p, struct ganger_plan *plan)
{
    struct ganger_paths *paths = &plan->paths;
    size_t demands = (size_t)p->demands.count + 1, boundaries = (size_t)p->time.periods + 1;
    paths->demand = calloc(demands, sizeof(int32_t));
    paths->first_arc = calloc(demands + 1, sizeof(int32_t));
    paths->arc = calloc(demands * ((size_t)p->links.count + 1), sizeof(int32_t));
    paths->flow_boundary = calloc(demands * boundaries, sizeof(int32_t));
    paths->flow_path = calloc(demands * boundaries, sizeof(int32_t));
    paths->flow_mtpa = calloc(demands * boundaries, sizeof(double));
    if (!paths->demand || !paths->first_arc || !paths->arc || !paths->flow_boundary ||
        !paths->flow_path || !paths->flow_mtpa) {
        return false;
    }
    int32_t arcs = 0;
    for (int32_t k = 0; k < p->demands.count; k++) {
        int32_t from = p->demands.origin[k], to = p->demands.destination[k];
        paths->demand[k] = k;
        for (int32_t v = from; v != to; v += from < to ? 1 : -1) {
            paths->arc[arcs++] = from < to ? 2 * v : 2 * (v - 1) + 1;
        }
        paths->first_arc[k + 1] = arcs;
    }
    paths->count = p->demands.count;
    return true;
}

/* Flows are whole steps of the plan's grid, a hair below what fits. */
static double on_grid(double mtpa)
{
    int64_t level = ganger_grid_floor(mtpa) - 1;
    return level > 0 ? ganger_grid_value(level) : 0;
}

static void fill_traffic(const struct ganger_problem *p, struct ganger_plan *plan)
{
    struct ganger_paths *paths = &plan->paths;
    int32_t demands = p->demands.count, links = p->links.count;
    for (int32_t t = 0; t <= p->time.periods; t++) {
        double *moved = plan->delivered + t * demands;
        fill_boundary(p, t, plan->capacity + t * links, moved);
        for (int32_t k = 0; k < demands; k++) {
            moved[k] = on_grid(moved[k]);
            paths->flow_boundary[paths->flows] = t;
            paths->flow_path[paths->flows] = k;
            paths->flow_mtpa[paths->flows++] = moved[k];
            plan->traffic_value[t] += moved[k] * margin(p, k);
            for (int32_t i = paths->first_arc[k]; i < paths->first_arc[k + 1]; i++) {
                plan->flow[t * 2 * links + paths->arc[i]] += moved[k];
            }
        }
    }
}

/* Share of a work's cost and consumables that falls into period t. */
static double share_in(const struct ganger_problem *p, const struct ganger_plan *plan, int32_t w,
                       int32_t t)
{
    double sum = 0;
    if (plan->start[w] == plan->finish[w]) {
        return t == plan->start[w] ? 1 : 0;
    }
    for (int32_t u = plan->start[w]; u < plan->finish[w]; u++) {
        sum += ganger_problem_productivity(p, w, u);
    }
    bool under_way = plan->start[w] <= t && t < plan->finish[w];
    return under_way ? ganger_problem_productivity(p, w, t) / sum : 0;
}

static void fill_work(const struct ganger_problem *p, struct ganger_plan *plan, int32_t w)
{
    int32_t m = p->works.first_mode[w] + plan->mode[w], resources = p->resources.count;
    struct ganger_summary *s = &plan->summary;
    for (int32_t t = 0; t < p->time.periods; t++) {
        double share = share_in(p, plan, w, t);
        double paid = p->modes.cost[m] * share;
        plan->cash[t] += paid;
        s->terms.cost += paid * p->time.discount[t];
        if (p->resources.budget >= 0) {
            plan->usage[t * resources + p->resources.budget] += paid;
        }
        for (int32_t i = p->modes.first_use[m]; i < p->modes.first_use[m + 1]; i++) {
            int32_t r = p->modes.use_resource[i];
            bool renewable = p->resources.kind[r] == GANGER_RESOURCE_RENEWABLE;
            plan->usage[t * resources + r] +=
                p->modes.use_amount[i] * (renewable ? (active(p, plan, w, t) ? 1 : 0) : share);
        }
    }
    double *km = p->works.kind[w] == GANGER_WORK_REPAIR  ? plan->km_repaired
                 : p->works.kind[w] == GANGER_WORK_BUILD ? plan->km_built
                                                         : NULL;
    for (int32_t t = plan->finish[w]; km && t <= p->time.periods; t++) {
        km[t] += p->works.km[w];
    }
    if (p->works.kind[w] == GANGER_WORK_UPGRADE) {
        s->km_upgraded += p->works.km[w];
    }
    if (p->works.due[w] >= 0) {
        s->terms.tardiness +=
            p->works.tardiness_cost[w] * fmax(0, plan->finish[w] - p->works.due[w]);
    }
    s->works_done++;
}

static double target_done(const struct ganger_problem *p, const struct ganger_plan *plan, int32_t g)
{
    double km = 0;
    for (int32_t w = 0; w < p->works.count; w++) {
        bool counts = (p->targets.kinds[g] & (1u << p->works.kind[w])) != 0;
        km += counts && plan->start[w] >= 0 && plan->finish[w] <= p->targets.by[g] ? p->works.km[w]
                                                                                   : 0;
    }
    return km;
}

static void fill_summary(const struct ganger_problem *p, struct ganger_plan *plan)
{
    struct ganger_summary *s = &plan->summary;
    int32_t periods = p->time.periods;
    for (int32_t t = 0; t < periods; t++) {
        s->terms.traffic += p->time.weight[t] * plan->traffic_value[t];
    }
    s->terms.terminal = p->time.weight[periods] * plan->traffic_value[periods];
    for (int32_t g = 0; g < p->targets.count; g++) {
        s->terms.shortfall +=
            p->targets.shortfall_cost[g] * fmax(0, p->targets.km[g] - target_done(p, plan, g));
    }
    s->value = s->terms.traffic + s->terms.terminal - s->terms.cost - s->terms.tardiness -
               s->terms.shortfall;
    s->km_repaired = plan->km_repaired[periods];
    s->km_built = plan->km_built[periods];
    s->works = p->works.count;
    s->outcome = GANGER_OUTCOME_FEASIBLE;
    if (p->objective == GANGER_OBJECTIVE_MAKESPAN) {
        s->terms = (struct ganger_terms){0};
        s->value = 0;
        for (int32_t w = 0; w < p->works.count; w++) {
            s->value = fmax(s->value, plan->finish[w]);
        }
    }
}

struct ganger_plan *naive_plan(const struct ganger_problem *problem, const int32_t *start,
                               const int32_t *mode)
{
    const struct ganger_problem *p = problem;
    struct ganger_plan *plan = ganger_plan_create(p);
    if (!plan || !fill_paths(p, plan)) {
        ganger_plan_destroy(plan);
        return NULL;
    }
    for (int32_t w = 0; w < p->works.count; w++) {
        if (start[w] >= 0) {
            plan->start[w] = start[w];
            plan->mode[w] = mode[w];
            plan->finish[w] = ganger_problem_finish(p, p->works.first_mode[w] + mode[w], start[w]);
            fill_work(p, plan, w);
        }
    }
    fill_capacity(p, plan);
    fill_traffic(p, plan);
    fill_summary(p, plan);
    return plan;
}

static bool resources_suffice(const struct ganger_problem *p, const struct ganger_plan *plan)
{
    const struct ganger_resources *r = &p->resources;
    for (int32_t i = 0; i < r->renewables; i++) {
        for (int32_t t = 0; t < p->time.periods; t++) {
            if (plan->usage[t * r->count + r->renewable_resource[i]] >
                r->capacity[i * p->time.periods + t]) {
                return false;
            }
        }
    }
    for (int32_t j = 0; j < r->windows; j++) {
        double used = 0;
        for (int32_t t = 0; t < p->time.periods; t++) {
            bool within = r->window_from[j] <= t && t < r->window_to[j];
            used += within ? plan->usage[t * r->count + r->window_resource[j]] : 0;
        }
        if (used > r->window_limit[j] + 1e-6) {
            return false;
        }
    }
    return true;
}

static bool dates_hold(const struct ganger_problem *p, const struct ganger_plan *plan, int32_t w)
{
    const struct ganger_works *works = &p->works;
    if (plan->start[w] < 0) {
        return !works->mandatory[w];
    }
    return plan->start[w] >= works->earliest[w] && plan->finish[w] <= works->deadline[w] &&
           (works->fixed_start[w] < 0 || plan->start[w] == works->fixed_start[w]) &&
           (works->fixed_mode[w] < 0 || plan->mode[w] == works->fixed_mode[w]);
}

static bool order_holds(const struct ganger_problem *p, const struct ganger_plan *plan)
{
    for (int32_t i = 0; i < p->precedences.count; i++) {
        int32_t a = p->precedences.predecessor[i], b = p->precedences.successor[i];
        bool fs = p->precedences.type[i] == GANGER_PRECEDENCE_FS;
        if (plan->start[b] >= 0 &&
            (plan->start[a] < 0 ||
             plan->start[b] < (fs ? plan->finish[a] : plan->start[a]) + p->precedences.lag[i])) {
            return false;
        }
    }
    for (int32_t v = 0; v < p->works.count; v++) {
        for (int32_t w = 0; w < v; w++) {
            if (plan->start[v] < 0 || plan->start[w] < 0 || p->works.segment[v] < 0 ||
                p->works.segment[v] != p->works.segment[w]) {
                continue;
            }
            for (int32_t t = 0; t < p->time.periods; t++) {
                if (plan->start[v] <= t && t < plan->finish[v] && plan->start[w] <= t &&
                    t < plan->finish[w]) {
                    return false;
                }
            }
        }
    }
    return true;
}

/* open(q) as a boundary, INT32_MAX for never. */
static int32_t open_segment(const struct ganger_problem *p, const struct ganger_plan *plan,
                            int32_t q)
{
    int32_t open = p->segments.capacity[q] > 0 ? 0 : INT32_MAX;
    for (int32_t w = 0; w < p->works.count; w++) {
        if (p->works.segment[w] == q && p->works.kind[w] == GANGER_WORK_BUILD &&
            plan->start[w] >= 0 && plan->finish[w] < open) {
            open = plan->finish[w];
        }
    }
    return open;
}

static int32_t open_node(const struct ganger_problem *p, const struct ganger_plan *plan, int32_t v)
{
    int32_t open = p->nodes.railhead[v] ? 0 : INT32_MAX;
    for (int32_t l = 0; l < p->links.count; l++) {
        int32_t link = 0;
        if (p->links.from[l] != v && p->links.to[l] != v) {
            continue;
        }
        for (int32_t q = 0; q < p->segments.count; q++) {
            int32_t one = p->segments.link[q] == l ? open_segment(p, plan, q) : 0;
            link = one > link ? one : link;
        }
        open = link < open ? link : open;
    }
    return open;
}

static bool rails_reach(const struct ganger_problem *p, const struct ganger_plan *plan)
{
    for (int32_t w = 0; w < p->works.count; w++) {
        int32_t q = p->works.segment[w];
        if (plan->start[w] < 0 || p->works.kind[w] != GANGER_WORK_BUILD || q < 0) {
            continue;
        }
        int32_t l = p->segments.link[q], before = -1, after = -1;
        for (int32_t other = 0; other < p->segments.count; other++) {
            if (p->segments.link[other] == l &&
                p->segments.end_km[other] == p->segments.start_km[q]) {
                before = other;
            }
            if (p->segments.link[other] == l &&
                p->segments.start_km[other] == p->segments.end_km[q]) {
                after = other;
            }
        }
        int32_t one =
            before < 0 ? open_node(p, plan, p->links.from[l]) : open_segment(p, plan, before);
        int32_t two = after < 0 ? open_node(p, plan, p->links.to[l]) : open_segment(p, plan, after);
        if (plan->start[w] < (one < two ? one : two)) {
            return false;
        }
    }
    return true;
}

bool naive_feasible(const struct ganger_problem *problem, const struct ganger_plan *plan)
{
    for (int32_t w = 0; w < problem->works.count; w++) {
        if (!dates_hold(problem, plan, w)) {
            return false;
        }
    }
    for (int32_t g = 0; g < problem->targets.count; g++) {
        if (problem->targets.hard[g] &&
            target_done(problem, plan, g) < problem->targets.km[g] - 1e-6) {
            return false;
        }
    }
    return resources_suffice(problem, plan) && order_holds(problem, plan) &&
           (!problem->railhead || rails_reach(problem, plan));
}

bool naive_comes_first(const struct ganger_problem *problem, int32_t first, int32_t work)
{
    const struct ganger_precedences *rows = &problem->precedences;
    const int32_t *segment = problem->works.segment;
    bool comes = false;
    for (int32_t i = 0; i < rows->count; i++) {
        int32_t between = rows->predecessor[i];
        if (rows->successor[i] == work && rows->type[i] == GANGER_PRECEDENCE_FS &&
            segment[work] != GANGER_NONE && segment[between] == segment[work]) {
            comes = comes || between == first || naive_comes_first(problem, first, between);
        }
    }
    return comes;
}
