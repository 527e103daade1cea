/* Which starts a mode may have, given what is placed. */
#include "schedule/railhead.h"
#include "schedule/schedule.h"

#include <string.h>

struct range {
    int32_t first_start, last_start, last_finish;
};

static void raise(int32_t *value, int64_t least)
{
    if (least > *value) {
        *value = least > INT32_MAX ? INT32_MAX : (int32_t)least;
    }
}

static void lower(int32_t *value, int64_t most)
{
    if (most < *value) {
        *value = most < -1 ? -1 : (int32_t)most;
    }
}

/* False if a predecessor is not placed: then no start is allowed. */
static bool bound_by_precedence(const struct ganger_schedule *s, int32_t w, struct range *range)
{
    const struct ganger_precedences *rows = &s->problem->precedences;
    for (int32_t i = rows->first_in[w]; i < rows->first_in[w + 1]; i++) {
        int32_t row = rows->in_list[i];
        int32_t other = rows->predecessor[row];
        if (s->start[other] == GANGER_NONE) {
            return false;
        }
        bool fs = rows->type[row] == GANGER_PRECEDENCE_FS;
        raise(&range->first_start,
              (int64_t)(fs ? s->finish[other] : s->start[other]) + rows->lag[row]);
    }
    for (int32_t i = rows->first_out[w]; i < rows->first_out[w + 1]; i++) {
        int32_t row = rows->out_list[i];
        int32_t other = rows->successor[row];
        if (s->start[other] == GANGER_NONE) {
            continue;
        }
        bool fs = rows->type[row] == GANGER_PRECEDENCE_FS;
        lower(fs ? &range->last_finish : &range->last_start,
              (int64_t)s->start[other] - rows->lag[row]);
    }
    return true;
}

static bool bound_by_rails(const struct ganger_schedule *s, int32_t w, struct range *range)
{
    const struct ganger_problem *p = s->problem;
    if (!p->railhead || p->works.kind[w] != GANGER_WORK_BUILD ||
        p->works.segment[w] == GANGER_NONE) {
        return true;
    }
    int32_t rails = ganger_schedule_rails_at(s, p->works.segment[w]);
    raise(&range->first_start, rails);
    lower(&range->last_finish, ganger_railhead_needed_by(s, p->works.segment[w]));
    return rails != GANGER_NEVER;
}

/* blocked[t+1] - blocked[t] becomes 1 for the working periods in which a renewable is short. */
static void mark_shortage(struct ganger_schedule *s, int32_t mode)
{
    const struct ganger_problem *p = s->problem;
    int32_t periods = p->time.periods;
    int64_t calendar = p->works.calendar[p->modes.work[mode]] + 1;
    const uint8_t *works = p->calendars.productivity + calendar * periods;
    memset(s->blocked, 0, ((size_t)periods + 1) * sizeof *s->blocked);
    for (int32_t i = p->modes.first_use[mode]; i < p->modes.first_use[mode + 1]; i++) {
        int32_t row = p->resources.renewable_index[p->modes.use_resource[i]];
        if (row == GANGER_NONE) {
            continue;
        }
        const int32_t *use = s->use + (int64_t)row * periods;
        const int32_t *capacity = p->resources.capacity + (int64_t)row * periods;
        int32_t amount = p->modes.use_amount[i];
        for (int32_t t = 0; t < periods; t++) {
            s->blocked[t + 1] |= use[t] + amount > capacity[t];
        }
    }
    for (int32_t t = 0; t < periods; t++) {
        s->blocked[t + 1] = s->blocked[t] + (s->blocked[t + 1] && works[t] ? 1 : 0);
    }
}

static bool windows_allow(const struct ganger_schedule *s, int32_t mode, int32_t start,
                          int32_t resource, double amount)
{
    const struct ganger_resources *r = &s->problem->resources;
    for (int32_t i = r->first_window[resource]; i < r->first_window[resource + 1]; i++) {
        int32_t j = r->window_list[i];
        int64_t share = ganger_schedule_share(s->problem, mode, start, amount, r->window_from[j],
                                              r->window_to[j]);
        if (share > 0 && s->consumed[j] + share > s->limit[j]) {
            return false;
        }
    }
    return true;
}

static bool consumables_allow(const struct ganger_schedule *s, int32_t mode, int32_t start)
{
    const struct ganger_problem *p = s->problem;
    for (int32_t i = p->modes.first_use[mode]; i < p->modes.first_use[mode + 1]; i++) {
        int32_t resource = p->modes.use_resource[i];
        if (p->resources.renewable_index[resource] == GANGER_NONE &&
            !windows_allow(s, mode, start, resource, (double)p->modes.use_amount[i])) {
            return false;
        }
    }
    return p->resources.budget == GANGER_NONE || p->modes.cost[mode] <= 0 ||
           windows_allow(s, mode, start, p->resources.budget, p->modes.cost[mode]);
}

static bool segment_free(const struct ganger_schedule *s, int32_t w, int32_t start, int32_t finish)
{
    const struct ganger_problem *p = s->problem;
    int32_t q = p->works.segment[w];
    if (q == GANGER_NONE || start == finish) {
        return true; /* a work of no duration occupies no period */
    }
    for (int32_t i = p->segments.first_work[q]; i < p->segments.first_work[q + 1]; i++) {
        int32_t other = p->segments.work_list[i];
        if (other != w && s->start[other] < s->finish[other] && start < s->finish[other] &&
            s->start[other] < finish) {
            return false;
        }
    }
    return true;
}

int32_t ganger_schedule_starts(struct ganger_schedule *schedule, int32_t mode, uint8_t *allowed)
{
    const struct ganger_problem *p = schedule->problem;
    int32_t w = p->modes.work[mode];
    int32_t periods = p->time.periods;
    struct range range = {p->works.earliest[w], periods - 1,
                          p->works.deadline[w] < periods ? p->works.deadline[w] : periods};
    memset(allowed, 0, (size_t)periods);
    if (p->works.fixed_mode[w] != GANGER_NONE &&
        p->works.first_mode[w] + p->works.fixed_mode[w] != mode) {
        return 0;
    }
    if (!bound_by_precedence(schedule, w, &range) || !bound_by_rails(schedule, w, &range)) {
        return 0;
    }
    if (p->works.fixed_start[w] != GANGER_NONE) {
        raise(&range.first_start, p->works.fixed_start[w]);
        lower(&range.last_start, p->works.fixed_start[w]);
    }
    mark_shortage(schedule, mode);
    int32_t count = 0;
    for (int32_t s = range.first_start; s <= range.last_start; s++) {
        int32_t finish = ganger_problem_finish(p, mode, s);
        if (finish > range.last_finish) {
            if (finish <= periods) {
                break; /* finishes never decrease: no later start fits either */
            }
            continue; /* not a working period, or beyond the horizon */
        }
        if (schedule->blocked[finish] == schedule->blocked[s] &&
            segment_free(schedule, w, s, finish) && consumables_allow(schedule, mode, s)) {
            allowed[s] = 1;
            count++;
        }
    }
    return count;
}
