#include "risk/world.h"

#include "plan/report.h"
#include "schedule/railhead.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The quantile of the standard normal distribution at 0.9. */
static const double normal_p90 = 1.2815515655446004;

bool ganger_risk_waits_for_rails(const struct ganger_problem *problem, int32_t work)
{
    return problem->railhead && problem->works.kind[work] == GANGER_WORK_BUILD &&
           problem->works.segment[work] != GANGER_NONE;
}

static int32_t year_in_periods(const struct ganger_problem *p)
{
    int32_t year = (int32_t)lround(365.25 / p->time.period_days);
    year = year > 1 ? year : 1;
    return year < p->time.periods ? year : p->time.periods;
}

/* At least five years for what is late. */
static int32_t horizon_of(const struct ganger_problem *p)
{
    int32_t years = (int32_t)ceil(5 * 365.25 / p->time.period_days);
    return p->time.periods + (years > p->time.periods ? years : p->time.periods);
}

static void extend(struct ganger_risk_world *world)
{
    const struct ganger_problem *p = world->problem;
    int32_t periods = p->time.periods, year = year_in_periods(p);
    for (int32_t t = 0; t < world->horizon; t++) {
        int32_t from = t < periods ? t : periods - year + (t - periods) % year;
        for (int64_t row = 0; row <= p->calendars.count; row++) {
            world->productivity[row * world->horizon + t] =
                p->calendars.productivity[row * periods + from];
        }
        for (int64_t r = 0; r < p->resources.renewables; r++) {
            world->capacity[r * world->horizon + t] = p->resources.capacity[r * periods + from];
        }
    }
}

static void add_winter(struct ganger_risk_world *world, int32_t row, int32_t from, int32_t to)
{
    const struct ganger_problem *p = world->problem;
    int64_t middle = p->time.start_day + ((int64_t)from + to) * p->time.period_days / 2;
    world->winter[world->winters++] =
        (struct ganger_risk_winter){row, from, to, ganger_report_year(middle + 182)};
}

static bool collect_winters(struct ganger_risk_world *world)
{
    int32_t rows = world->problem->calendars.count + 1;
    world->winter = malloc((size_t)rows * ((size_t)world->horizon / 2 + 1) * sizeof *world->winter);
    for (int32_t row = 0; world->winter && row < rows; row++) {
        const uint8_t *productivity = world->productivity + (int64_t)row * world->horizon;
        for (int32_t from = 0, to; from < world->horizon; from = to) {
            for (to = from; to < world->horizon && productivity[to] < 100; to++) {
            }
            if (to > from) {
                add_winter(world, row, from, to);
            }
            to += to == from;
        }
    }
    return world->winter != NULL;
}

/* Works that share their gang share its luck; others that of their kind. */
static int32_t group_of(const struct ganger_problem *p, int32_t work, int32_t mode)
{
    for (int32_t i = p->modes.first_use[mode]; i < p->modes.first_use[mode + 1]; i++) {
        int32_t resource = p->modes.use_resource[i];
        if (p->resources.renewable_index[resource] != GANGER_NONE) {
            return resource;
        }
    }
    return p->resources.count + p->works.kind[work];
}

static void choose_modes(struct ganger_risk_world *world)
{
    const struct ganger_problem *p = world->problem;
    for (int32_t w = 0; w < p->works.count; w++) {
        bool done = world->plan->start[w] >= 0;
        world->place[w] = GANGER_NONE;
        world->mode[w] = done ? p->works.first_mode[w] + world->plan->mode[w] : GANGER_NONE;
        world->group[w] = done ? group_of(p, w, world->mode[w]) : GANGER_NONE;
    }
}

/* Is everything there that the work waits for in the plan? */
static bool is_ready(const struct ganger_risk_world *world, const struct ganger_schedule *placed,
                     int32_t work)
{
    const struct ganger_problem *p = world->problem;
    const struct ganger_precedences *rows = &p->precedences;
    for (int32_t i = rows->first_in[work]; i < rows->first_in[work + 1]; i++) {
        if (placed->start[rows->predecessor[rows->in_list[i]]] == GANGER_NONE) {
            return false;
        }
    }
    return !ganger_risk_waits_for_rails(p, work) ||
           ganger_schedule_rails_at(placed, p->works.segment[work]) <= world->plan->start[work];
}

static void append(struct ganger_risk_world *world, struct ganger_schedule *placed, int32_t work)
{
    int32_t segment = world->problem->works.segment[work];
    world->place[work] = world->steps;
    world->order[world->steps++] = work;
    placed->start[work] = world->plan->start[work];
    placed->finish[work] = world->plan->finish[work];
    if (segment != GANGER_NONE) {
        ganger_railhead_refresh(placed, segment);
    }
}

/* Appends works that start in the same period. Those that take no time may lead rails to others, or come before
 * them, in that very period. */
static void append_together(struct ganger_risk_world *world, struct ganger_schedule *placed,
                            int32_t *works, int32_t count)
{
    bool forced = false;
    while (count > 0) {
        int32_t left = 0;
        for (int32_t i = 0; i < count; i++) {
            if (forced || is_ready(world, placed, works[i])) {
                append(world, placed, works[i]);
            } else {
                works[left++] = works[i];
            }
        }
        forced = left == count; /* no plan that holds comes here */
        count = left;
    }
}

static bool put_in_order(struct ganger_risk_world *world)
{
    const struct ganger_problem *p = world->problem;
    int32_t periods = p->time.periods;
    struct ganger_schedule *placed = ganger_schedule_create(world->frame);
    int32_t *first = calloc((size_t)periods + 3, sizeof *first);
    int32_t *sorted = malloc(((size_t)p->works.count + 1) * sizeof *sorted);
    bool ready = placed && first && sorted;
    for (int32_t w = 0; ready && w < p->works.count; w++) {
        if (world->plan->start[w] >= 0) {
            first[world->plan->start[w] + 2]++;
        }
    }
    for (int32_t t = 0; ready && t <= periods; t++) {
        first[t + 2] += first[t + 1];
    }
    for (int32_t i = 0; ready && i < p->works.count; i++) {
        int32_t w = p->precedences.topological[i];
        if (world->plan->start[w] >= 0) {
            sorted[first[world->plan->start[w] + 1]++] = w;
        }
    }
    for (int32_t t = 0; ready && t <= periods; t++) {
        append_together(world, placed, sorted + first[t], first[t + 1] - first[t]);
    }
    ganger_schedule_destroy(placed);
    free(first);
    free(sorted);
    return ready;
}

static bool collect_users(struct ganger_risk_world *world)
{
    const struct ganger_problem *p = world->problem;
    world->first_user = calloc((size_t)p->resources.renewables + 1, sizeof *world->first_user);
    world->user = malloc(((size_t)p->modes.uses + 1) * sizeof *world->user);
    int32_t count = 0;
    for (int32_t r = 0; world->first_user && world->user && r < p->resources.renewables; r++) {
        for (int32_t i = 0; i < world->steps; i++) {
            int32_t mode = world->mode[world->order[i]];
            for (int32_t u = p->modes.first_use[mode]; u < p->modes.first_use[mode + 1]; u++) {
                if (p->modes.use_resource[u] == p->resources.renewable_resource[r]) {
                    world->user[count++] = world->order[i];
                }
            }
        }
        world->first_user[r + 1] = count;
    }
    return world->first_user && world->user;
}

static void set_overruns(struct ganger_risk_world *world)
{
    for (int kind = 0; kind < GANGER_WORK_KINDS; kind++) {
        const struct ganger_overrun *overrun = &world->options->overrun[kind];
        world->mu[kind] = log1p(overrun->median_percent / 100);
        world->sigma[kind] = (log1p(overrun->p90_percent / 100) - world->mu[kind]) / normal_p90;
    }
}

struct ganger_risk_world *ganger_risk_world_create(const struct ganger_problem *problem,
                                                   const struct ganger_plan *plan,
                                                   const struct ganger_risk_options *options)
{
    struct ganger_risk_world *world = calloc(1, sizeof *world);
    if (!world) {
        return NULL;
    }
    size_t works = (size_t)problem->works.count + 1;
    world->problem = problem;
    world->plan = plan;
    world->options = options;
    world->horizon = horizon_of(problem);
    size_t horizon = (size_t)world->horizon;
    world->productivity = malloc(((size_t)problem->calendars.count + 1) * horizon);
    world->capacity =
        malloc(((size_t)problem->resources.renewables + 1) * horizon * sizeof *world->capacity);
    world->order = malloc(works * sizeof *world->order);
    world->place = malloc(works * sizeof *world->place);
    world->mode = malloc(works * sizeof *world->mode);
    world->group = malloc(works * sizeof *world->group);
    world->frame = ganger_schedule_frame_create(problem);
    bool ready = world->productivity && world->capacity && world->order && world->place &&
                 world->mode && world->group && world->frame;
    if (ready) {
        extend(world);
        choose_modes(world);
        set_overruns(world);
    }
    if (!ready || !put_in_order(world) || !collect_users(world) || !collect_winters(world)) {
        ganger_risk_world_destroy(world);
        return NULL;
    }
    return world;
}

void ganger_risk_world_destroy(struct ganger_risk_world *world)
{
    if (!world) {
        return;
    }
    free(world->productivity);
    free(world->capacity);
    free(world->order);
    free(world->place);
    free(world->mode);
    free(world->group);
    free(world->first_user);
    free(world->user);
    free(world->winter);
    ganger_schedule_frame_destroy(world->frame);
    free(world);
}
