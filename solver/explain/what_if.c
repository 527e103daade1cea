#include "explain/what_if.h"

#include "freight/capacity.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum state { NOT_BEGUN, DONE, FIRST_MODE };

static bool place_plan(struct ganger_what_if *what_if)
{
    const struct ganger_problem *p = what_if->problem;
    const struct ganger_plan *plan = what_if->plan;
    what_if->schedule = ganger_schedule_create(what_if->model->frame);
    for (int32_t w = 0; what_if->schedule && w < p->works.count; w++) {
        if (plan->start[w] >= 0) {
            ganger_schedule_place(what_if->schedule,
                                  (struct ganger_placement){
                                      w, p->works.first_mode[w] + plan->mode[w], plan->start[w]});
        }
    }
    return what_if->schedule != NULL;
}

static bool open_traffic(struct ganger_what_if *what_if)
{
    const struct ganger_paths *paths = &what_if->plan->paths;
    size_t arcs = (size_t)what_if->model->graph->arcs + 1;
    what_if->traffic.flow = malloc(arcs * sizeof(double));
    what_if->traffic.price = malloc(arcs * sizeof(double));
    bool ready = what_if->traffic.flow && what_if->traffic.price &&
                 ganger_path_pool_init(&what_if->pool, what_if->model->graph);
    for (int32_t i = 0; ready && i < paths->count; i++) {
        int32_t first = paths->first_arc[i];
        ready = ganger_path_pool_add(&what_if->pool, paths->demand[i], paths->arc + first,
                                     paths->first_arc[i + 1] - first) != GANGER_NONE;
    }
    return ready && ganger_traffic_open(&what_if->solver, what_if->model->graph, &what_if->pool);
}

static bool allocate(struct ganger_what_if *what_if)
{
    const struct ganger_problem *p = what_if->problem;
    size_t boundaries = (size_t)p->time.periods + 1;
    size_t links = (size_t)p->links.count + 1;
    what_if->capacity = malloc(boundaries * links * sizeof(double));
    what_if->as_is = malloc(boundaries * sizeof(double));
    what_if->link_row = malloc(links * sizeof(double));
    what_if->standing = malloc(boundaries * sizeof(double));
    what_if->factor = malloc(boundaries * sizeof(double));
    what_if->worn = malloc(boundaries * sizeof(double));
    what_if->rest = malloc(boundaries * sizeof(double));
    what_if->target_km = calloc((size_t)p->targets.count + 1, sizeof(double));
    return what_if->capacity && what_if->as_is && what_if->link_row && what_if->standing &&
           what_if->factor && what_if->worn && what_if->rest && what_if->target_km;
}

/* Capacity of one segment over time, into `row` by boundary, by the schedule as it stands. */
static void measure_segment(struct ganger_what_if *what_if, int32_t segment, double *row)
{
    ganger_capacity_segment(what_if->schedule, segment, what_if->standing, what_if->factor);
    for (int32_t t = 0; t <= what_if->problem->time.periods; t++) {
        row[t] = what_if->standing[t] * what_if->factor[t];
    }
}

/* The least capacity over the segments of a link but one, into `row` by boundary. */
static void measure_link(struct ganger_what_if *what_if, int32_t link, int32_t but, double *row)
{
    const struct ganger_problem *p = what_if->problem;
    double *own = what_if->worn; /* free until a work is chosen */
    for (int32_t t = 0; t <= p->time.periods; t++) {
        row[t] = INFINITY;
    }
    for (int32_t i = p->links.first_segment[link]; i < p->links.first_segment[link + 1]; i++) {
        if (p->links.segment_list[i] == but) {
            continue;
        }
        measure_segment(what_if, p->links.segment_list[i], own);
        for (int32_t t = 0; t <= p->time.periods; t++) {
            row[t] = fmin(row[t], own[t]);
        }
    }
}

struct ganger_what_if *ganger_what_if_create(const struct ganger_problem *problem,
                                             const struct ganger_plan *plan)
{
    struct ganger_what_if *what_if = calloc(1, sizeof *what_if);
    if (!what_if) {
        return NULL;
    }
    what_if->problem = problem;
    what_if->plan = plan;
    what_if->chosen = GANGER_NONE;
    what_if->has_traffic = problem->objective == GANGER_OBJECTIVE_NPV && problem->links.count > 0;
    what_if->model = ganger_search_model_create(problem);
    bool ready = what_if->model && ganger_graph_measure_free(what_if->model->graph) &&
                 allocate(what_if) && place_plan(what_if);
    if (!ready || (what_if->has_traffic && !open_traffic(what_if))) {
        ganger_what_if_destroy(what_if);
        return NULL;
    }
    for (int32_t l = 0; l < problem->links.count; l++) {
        measure_link(what_if, l, GANGER_NONE, what_if->rest);
        for (int32_t t = 0; t <= problem->time.periods; t++) {
            what_if->capacity[(int64_t)t * problem->links.count + l] = what_if->rest[t];
        }
    }
    for (int32_t t = 0; t <= problem->time.periods; t++) {
        what_if->as_is[t] = what_if->has_traffic ? NAN : 0;
    }
    return what_if;
}

void ganger_what_if_destroy(struct ganger_what_if *what_if)
{
    if (!what_if) {
        return;
    }
    ganger_traffic_close(&what_if->solver);
    ganger_path_pool_clear(&what_if->pool);
    ganger_schedule_destroy(what_if->schedule);
    ganger_search_model_destroy(what_if->model);
    void *owned[] = {what_if->capacity,     what_if->as_is,        what_if->link_row,
                     what_if->standing,     what_if->factor,       what_if->worn,
                     what_if->rest,         what_if->known,        what_if->target_km,
                     what_if->traffic.flow, what_if->traffic.price};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
    free(what_if);
}

/* Solves the network of boundary t with these capacities; NaN on failure. */
static double solve(struct ganger_what_if *what_if, int32_t t, const double *capacity)
{
    const struct ganger_demands *demands = &what_if->problem->demands;
    const double *volume = demands->volume + (int64_t)demands->step_at[t] * demands->count;
    what_if->solves++;
    if (!ganger_traffic_solve(&what_if->solver, volume, capacity, &what_if->traffic)) {
        what_if->failed = true;
        return NAN;
    }
    return what_if->traffic.value;
}

const struct ganger_traffic *ganger_what_if_traffic(struct ganger_what_if *what_if, int32_t t)
{
    const double *row = what_if->capacity + (int64_t)t * what_if->problem->links.count;
    what_if->as_is[t] = what_if->has_traffic ? solve(what_if, t, row) : NAN;
    return isnan(what_if->as_is[t]) ? NULL : &what_if->traffic;
}

static double value_as_is(struct ganger_what_if *what_if, int32_t t)
{
    if (isnan(what_if->as_is[t])) {
        ganger_what_if_traffic(what_if, t);
    }
    return what_if->as_is[t];
}

/* What the segment of the chosen work, alone, lacks: worn capacity that a renewal would give back. */
static void measure_worn(struct ganger_what_if *what_if, int32_t segment)
{
    const struct ganger_problem *p = what_if->problem;
    int32_t renewed = p->time.periods + 1;
    for (int32_t i = p->segments.first_work[segment]; i < p->segments.first_work[segment + 1];
         i++) {
        int32_t w = p->segments.work_list[i];
        bool counts = p->works.renews[w] && what_if->schedule->start[w] != GANGER_NONE;
        if (counts && what_if->schedule->finish[w] < renewed) {
            renewed = what_if->schedule->finish[w];
        }
    }
    for (int32_t t = 0; t <= p->time.periods; t++) {
        double health = t < renewed ? ganger_capacity_worn_health(p, segment, t) : 1;
        what_if->worn[t] = p->segments.capacity[segment] * (1 - health);
    }
}

static void measure_targets(struct ganger_what_if *what_if)
{
    const struct ganger_problem *p = what_if->problem;
    const struct ganger_schedule *s = what_if->schedule;
    what_if->others_finish = 0;
    memset(what_if->target_km, 0, (size_t)p->targets.count * sizeof(double));
    for (int32_t w = 0; w < p->works.count; w++) {
        if (s->start[w] != GANGER_NONE && s->finish[w] > what_if->others_finish) {
            what_if->others_finish = s->finish[w];
        }
        for (int32_t g = 0; g < p->targets.count && s->start[w] != GANGER_NONE; g++) {
            if ((p->targets.kinds[g] >> p->works.kind[w] & 1U) &&
                s->finish[w] <= p->targets.by[g]) {
                what_if->target_km[g] += p->works.km[w];
            }
        }
    }
}

/* Forgets what was known of another work; so many states of this one may be asked for. */
static bool forget(struct ganger_what_if *what_if, int32_t states)
{
    size_t boundaries = (size_t)what_if->problem->time.periods + 1;
    if (states > what_if->known_room) {
        double *known = realloc(what_if->known, (size_t)states * boundaries * sizeof *known);
        if (!known) {
            return false;
        }
        what_if->known = known;
        what_if->known_room = states;
    }
    for (size_t i = 0; i < (size_t)states * boundaries; i++) {
        what_if->known[i] = NAN;
    }
    return true;
}

void ganger_what_if_choose(struct ganger_what_if *what_if, int32_t work)
{
    const struct ganger_problem *p = what_if->problem;
    int32_t before = what_if->chosen;
    if (before != GANGER_NONE && what_if->plan->start[before] >= 0) {
        int32_t mode = p->works.first_mode[before] + what_if->plan->mode[before];
        ganger_schedule_place(what_if->schedule, (struct ganger_placement){
                                                     before, mode, what_if->plan->start[before]});
    }
    what_if->chosen = work;
    if (work == GANGER_NONE) {
        return;
    }
    if (what_if->plan->start[work] >= 0) {
        ganger_schedule_remove(what_if->schedule, work);
    }
    measure_targets(what_if);
    what_if->failed |=
        !forget(what_if, FIRST_MODE + p->works.first_mode[work + 1] - p->works.first_mode[work]);
    int32_t q = p->works.segment[work];
    if (q != GANGER_NONE) {
        measure_link(what_if, p->segments.link[q], q, what_if->rest);
        ganger_capacity_segment(what_if->schedule, q, what_if->standing, what_if->factor);
        measure_worn(what_if, q);
    }
}

/* V(t) with the chosen work in a state: NOT_BEGUN, DONE, or FIRST_MODE + a mode of it under way. */
static double value_in(struct ganger_what_if *what_if, int32_t t, int32_t state)
{
    const struct ganger_problem *p = what_if->problem;
    int32_t w = what_if->chosen, q = p->works.segment[w];
    double *known = what_if->known + (int64_t)state * (p->time.periods + 1) + t;
    if (!isnan(*known) || what_if->failed || q == GANGER_NONE || !what_if->has_traffic) {
        return what_if->failed ? NAN : isnan(*known) ? 0 : *known;
    }
    double own = what_if->standing[t], factor = what_if->factor[t];
    if (state == DONE) {
        own += p->works.gain[w] + (p->works.renews[w] ? what_if->worn[t] : 0);
    } else if (state >= FIRST_MODE) {
        factor = fmin(factor, p->modes.factor[p->works.first_mode[w] + state - FIRST_MODE]);
    }
    int32_t link = p->segments.link[q];
    const double *row = what_if->capacity + (int64_t)t * p->links.count;
    double now = fmin(what_if->rest[t], own * factor);
    if (now == row[link]) {
        *known = value_as_is(what_if, t);
    } else {
        memcpy(what_if->link_row, row, (size_t)p->links.count * sizeof(double));
        what_if->link_row[link] = now;
        *known = solve(what_if, t, what_if->link_row);
    }
    return *known;
}

/* Adds the shortfalls of all targets for km[], taken `sign` times. */
static void add_shortfall(const struct ganger_problem *p, const double *km, double sign,
                          struct ganger_change *change)
{
    for (int32_t g = 0; g < p->targets.count; g++) {
        double missing = fmax(0, p->targets.km[g] - km[g]);
        if (missing <= 1e-9 * p->targets.km[g]) {
            continue; /* what summing km in another order may leave */
        }
        if (!p->targets.hard[g]) {
            change->terms.shortfall += sign * missing * p->targets.shortfall_cost[g];
        } else if (sign > 0) {
            change->target = g;
        }
    }
}

static void add_up(struct ganger_change *change)
{
    const struct ganger_terms *terms = &change->terms;
    change->value = terms->traffic + terms->terminal - terms->cost - terms->tardiness -
                    terms->shortfall - terms->changes;
}

static void add_traffic(struct ganger_what_if *what_if, int32_t mode, int32_t start,
                        struct ganger_change *change)
{
    const struct ganger_problem *p = what_if->problem;
    int32_t w = what_if->chosen, periods = p->time.periods;
    int32_t finish = ganger_problem_finish(p, mode, start);
    int32_t under_way = FIRST_MODE + mode - p->works.first_mode[w];
    for (int32_t t = start; t <= periods; t++) {
        bool works = t < finish && ganger_problem_productivity(p, w, t) > 0;
        if (t < finish && !works) {
            continue;
        }
        double gain =
            value_in(what_if, t, works ? under_way : DONE) - value_in(what_if, t, NOT_BEGUN);
        double *term = t < periods ? &change->terms.traffic : &change->terms.terminal;
        *term += p->time.weight[t] * gain;
    }
}

struct ganger_change ganger_what_if_doing(struct ganger_what_if *what_if, int32_t mode,
                                          int32_t start)
{
    const struct ganger_problem *p = what_if->problem;
    int32_t w = what_if->chosen, finish = ganger_problem_finish(p, mode, start);
    struct ganger_change change = {.target = GANGER_NONE};
    assert(w != GANGER_NONE && p->modes.work[mode] == w);
    if (p->objective == GANGER_OBJECTIVE_MAKESPAN) {
        change.value = finish > what_if->others_finish ? what_if->others_finish - finish : 0;
        return change;
    }
    add_traffic(what_if, mode, start, &change);
    change.terms.cost = ganger_search_cost(what_if->model, mode, start);
    change.terms.tardiness = ganger_search_tardiness(what_if->model, w, finish);
    change.terms.changes = -ganger_problem_kept(p, mode, start);
    add_shortfall(p, what_if->target_km, -1, &change);
    for (int32_t g = 0; g < p->targets.count; g++) {
        bool counts = (p->targets.kinds[g] >> p->works.kind[w] & 1U) && finish <= p->targets.by[g];
        what_if->target_km[g] += counts ? p->works.km[w] : 0;
    }
    add_shortfall(p, what_if->target_km, 1, &change);
    for (int32_t g = 0; g < p->targets.count; g++) {
        bool counts = (p->targets.kinds[g] >> p->works.kind[w] & 1U) && finish <= p->targets.by[g];
        what_if->target_km[g] -= counts ? p->works.km[w] : 0;
    }
    add_up(&change);
    return change;
}

struct ganger_change ganger_change_between(struct ganger_change a, struct ganger_change b)
{
    return (struct ganger_change){
        {a.terms.traffic - b.terms.traffic, a.terms.terminal - b.terms.terminal,
         a.terms.cost - b.terms.cost, a.terms.tardiness - b.terms.tardiness,
         a.terms.shortfall - b.terms.shortfall, a.terms.changes - b.terms.changes},
        a.value - b.value,
        a.target};
}

/* Adds what traffic gains where the schedule's links are no longer those of the plan. */
static bool add_all_traffic(struct ganger_what_if *what_if, struct ganger_change *change)
{
    const struct ganger_problem *p = what_if->problem;
    size_t cells = ((size_t)p->time.periods + 1) * (size_t)p->links.count;
    double *now = malloc((cells + 1) * sizeof *now);
    if (!now) {
        return false;
    }
    for (int32_t l = 0; l < p->links.count; l++) {
        measure_link(what_if, l, GANGER_NONE, what_if->rest);
        for (int32_t t = 0; t <= p->time.periods; t++) {
            now[(int64_t)t * p->links.count + l] = what_if->rest[t];
        }
    }
    for (int32_t t = 0; t <= p->time.periods; t++) {
        int64_t row = (int64_t)t * p->links.count;
        if (memcmp(now + row, what_if->capacity + row, (size_t)p->links.count * sizeof(double)) !=
            0) {
            double gain = solve(what_if, t, now + row) - value_as_is(what_if, t);
            double *term = t < p->time.periods ? &change->terms.traffic : &change->terms.terminal;
            *term += p->time.weight[t] * gain;
        }
    }
    free(now);
    return true;
}

struct ganger_change ganger_what_if_without(struct ganger_what_if *what_if, int32_t work,
                                            struct ganger_placement *removed, int32_t *count)
{
    const struct ganger_problem *p = what_if->problem;
    struct ganger_schedule *s = what_if->schedule;
    struct ganger_change change = {.target = GANGER_NONE};
    assert(what_if->chosen == GANGER_NONE);
    measure_targets(what_if);
    int32_t last = what_if->others_finish;
    add_shortfall(p, what_if->target_km, -1, &change);
    *count = ganger_schedule_remove_all(s, &work, 1, removed);
    for (int32_t i = 0; i < *count; i++) {
        struct ganger_placement gone = removed[i];
        int32_t finish = ganger_problem_finish(p, gone.mode, gone.start);
        change.terms.cost -= ganger_search_cost(what_if->model, gone.mode, gone.start);
        change.terms.tardiness -= ganger_search_tardiness(what_if->model, gone.work, finish);
        change.terms.changes += ganger_problem_kept(p, gone.mode, gone.start);
    }
    measure_targets(what_if);
    add_shortfall(p, what_if->target_km, 1, &change);
    if (what_if->has_traffic && !add_all_traffic(what_if, &change)) {
        what_if->failed = true;
    }
    for (int32_t i = *count - 1; i >= 0; i--) {
        ganger_schedule_place(s, removed[i]);
    }
    add_up(&change);
    if (p->objective == GANGER_OBJECTIVE_MAKESPAN) {
        change.value = last - what_if->others_finish;
    }
    return change;
}
