#include "support/rules.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int32_t productivity(const struct ganger_problem *p, int32_t work, int32_t t)
{
    for (int32_t row = 0; row < p->calendars.rows; row++) {
        if (p->calendars.row_calendar[row] == p->works.calendar[work] &&
            p->calendars.row_from[row] <= t && t < p->calendars.row_to[row]) {
            return p->calendars.row_productivity[row];
        }
    }
    return 100;
}

int32_t rules_finish(const struct ganger_problem *p, int32_t mode, int32_t start)
{
    int32_t work = p->modes.work[mode];
    if (start < 0 || start >= p->time.periods) {
        return GANGER_NONE;
    }
    if (p->modes.duration[mode] == 0) {
        return start;
    }
    if (productivity(p, work, start) == 0) {
        return GANGER_NONE;
    }
    int32_t done = 0;
    for (int32_t t = start; t < p->time.periods; t++) {
        done += productivity(p, work, t);
        if (done >= 100 * p->modes.duration[mode]) {
            return t + 1;
        }
    }
    return GANGER_NONE;
}

/* Share of the work that is done in period t. */
static double share_in(const struct ganger_problem *p, int32_t mode, int32_t start, int32_t t)
{
    int32_t work = p->modes.work[mode];
    int32_t finish = rules_finish(p, mode, start);
    int32_t sum = 0;
    if (finish == start) {
        return t == start ? 1 : 0;
    }
    if (t < start || t >= finish) {
        return 0;
    }
    for (int32_t u = start; u < finish; u++) {
        sum += productivity(p, work, u);
    }
    return (double)productivity(p, work, t) / sum;
}

static bool active(const struct ganger_problem *p, int32_t mode, int32_t start, int32_t t)
{
    return start <= t && t < rules_finish(p, mode, start) &&
           productivity(p, p->modes.work[mode], t) > 0;
}

static double amount_of(const struct ganger_problem *p, int32_t mode, int32_t resource)
{
    double amount = strcmp(p->resources.id[resource], "budget") == 0 ? p->modes.cost[mode] : 0;
    for (int32_t i = 0; i < p->modes.uses; i++) {
        if (p->modes.use_mode[i] == mode && p->modes.use_resource[i] == resource) {
            amount += p->modes.use_amount[i];
        }
    }
    return amount;
}

static bool work_alone_fits(const struct ganger_problem *p, int32_t w, int32_t start, int32_t mode)
{
    int32_t finish = rules_finish(p, mode, start);
    int32_t first = 0;
    while (p->modes.work[first] != w) {
        first++;
    }
    return finish != GANGER_NONE && start >= p->works.earliest[w] &&
           finish <= p->works.deadline[w] &&
           (p->works.fixed_start[w] == GANGER_NONE || p->works.fixed_start[w] == start) &&
           (p->works.fixed_mode[w] == GANGER_NONE || p->works.fixed_mode[w] == mode - first);
}

static enum rules_verdict judge_pair(const struct ganger_problem *p, const int32_t *start,
                                     const int32_t *mode, int32_t v, int32_t w)
{
    int32_t v_finish = rules_finish(p, mode[v], start[v]);
    int32_t w_finish = rules_finish(p, mode[w], start[w]);
    if (p->works.segment[v] == GANGER_NONE || p->works.segment[v] != p->works.segment[w]) {
        return RULES_KEPT;
    }
    if (v_finish == start[v] || w_finish == start[w]) {
        /* A work of no duration within another one: MODEL leaves room for either reading. */
        return start[v] < w_finish && start[w] < v_finish ? RULES_UNCLEAR : RULES_KEPT;
    }
    return start[v] < w_finish && start[w] < v_finish ? RULES_BROKEN : RULES_KEPT;
}

static bool order_kept(const struct ganger_problem *p, const int32_t *start, const int32_t *mode)
{
    for (int32_t row = 0; row < p->precedences.count; row++) {
        int32_t i = p->precedences.predecessor[row];
        int32_t j = p->precedences.successor[row];
        if (mode[j] == GANGER_NONE) {
            continue;
        }
        if (mode[i] == GANGER_NONE) {
            return false;
        }
        int32_t from = p->precedences.type[row] == GANGER_PRECEDENCE_FS
                           ? rules_finish(p, mode[i], start[i])
                           : start[i];
        if (start[j] < from + p->precedences.lag[row]) {
            return false;
        }
    }
    return true;
}

static enum rules_verdict judge_row(const struct ganger_problem *p, const int32_t *start,
                                    const int32_t *mode, int32_t row)
{
    int32_t resource = p->resources.row_resource[row];
    bool renewable = p->resources.kind[resource] == GANGER_RESOURCE_RENEWABLE;
    double limit = p->resources.row_limit[row];
    double used = 0;
    for (int32_t t = p->resources.row_from[row]; t < p->resources.row_to[row]; t++) {
        used = renewable ? 0 : used;
        for (int32_t w = 0; w < p->works.count; w++) {
            if (mode[w] != GANGER_NONE) {
                used += amount_of(p, mode[w], resource) *
                        (renewable ? (double)active(p, mode[w], start[w], t)
                                   : share_in(p, mode[w], start[w], t));
            }
        }
        if (renewable && used > limit) {
            return RULES_BROKEN;
        }
    }
    if (!renewable && fabs(used - limit) < 1e-4) {
        return RULES_UNCLEAR;
    }
    return renewable || used <= limit ? RULES_KEPT : RULES_BROKEN;
}

/* Periods of which no row of a renewable speaks have none of it. */
static bool none_where_silent(const struct ganger_problem *p, const int32_t *start,
                              const int32_t *mode)
{
    for (int32_t i = 0; i < p->modes.uses; i++) {
        int32_t resource = p->modes.use_resource[i];
        int32_t m = p->modes.use_mode[i];
        int32_t w = p->modes.work[m];
        if (mode[w] != m || p->resources.kind[resource] != GANGER_RESOURCE_RENEWABLE) {
            continue;
        }
        for (int32_t t = 0; t < p->time.periods; t++) {
            bool said = !active(p, m, start[w], t);
            for (int32_t row = 0; row < p->resources.capacity_rows; row++) {
                said = said || (p->resources.row_resource[row] == resource &&
                                p->resources.row_from[row] <= t && t < p->resources.row_to[row]);
            }
            if (!said) {
                return false;
            }
        }
    }
    return true;
}

/* --- railhead --- */

static int32_t open_segment(const struct ganger_problem *p, const int32_t *start,
                            const int32_t *mode, int32_t q)
{
    int32_t open = p->segments.capacity[q] > 0 ? 0 : INT32_MAX;
    for (int32_t w = 0; w < p->works.count; w++) {
        if (p->works.segment[w] == q && p->works.kind[w] == GANGER_WORK_BUILD &&
            mode[w] != GANGER_NONE && rules_finish(p, mode[w], start[w]) < open) {
            open = rules_finish(p, mode[w], start[w]);
        }
    }
    return open;
}

static int32_t open_node(const struct ganger_problem *p, const int32_t *start, const int32_t *mode,
                         int32_t v)
{
    int32_t open = p->nodes.railhead[v] ? 0 : INT32_MAX;
    for (int32_t l = 0; l < p->links.count; l++) {
        int32_t link_open = 0;
        for (int32_t q = 0; q < p->segments.count; q++) {
            if (p->segments.link[q] == l && open_segment(p, start, mode, q) > link_open) {
                link_open = open_segment(p, start, mode, q);
            }
        }
        if ((p->links.from[l] == v || p->links.to[l] == v) && link_open < open) {
            open = link_open;
        }
    }
    return open;
}

static int32_t rails_at(const struct ganger_problem *p, const int32_t *start, const int32_t *mode,
                        int32_t segment)
{
    int32_t link = p->segments.link[segment];
    int32_t before = GANGER_NONE;
    int32_t after = GANGER_NONE;
    for (int32_t q = 0; q < p->segments.count; q++) {
        /* Segments tile the link, so neighbours share a kilometre post. */
        if (p->segments.link[q] == link && p->segments.end_km[q] == p->segments.start_km[segment]) {
            before = open_segment(p, start, mode, q);
        }
        if (p->segments.link[q] == link && p->segments.start_km[q] == p->segments.end_km[segment]) {
            after = open_segment(p, start, mode, q);
        }
    }
    before = before != GANGER_NONE ? before : open_node(p, start, mode, p->links.from[link]);
    after = after != GANGER_NONE ? after : open_node(p, start, mode, p->links.to[link]);
    return before < after ? before : after;
}

enum rules_verdict rules_judge(const struct ganger_problem *p, const int32_t *start,
                               const int32_t *mode)
{
    enum rules_verdict verdict = RULES_KEPT;
    for (int32_t w = 0; w < p->works.count; w++) {
        if (mode[w] == GANGER_NONE) {
            continue;
        }
        if (!work_alone_fits(p, w, start[w], mode[w]) ||
            (p->railhead && p->works.kind[w] == GANGER_WORK_BUILD &&
             rails_at(p, start, mode, p->works.segment[w]) > start[w])) {
            return RULES_BROKEN;
        }
    }
    if (!order_kept(p, start, mode) || !none_where_silent(p, start, mode)) {
        return RULES_BROKEN;
    }
    for (int32_t v = 0; v < p->works.count; v++) {
        for (int32_t w = 0; w < v; w++) {
            enum rules_verdict pair = mode[v] == GANGER_NONE || mode[w] == GANGER_NONE
                                          ? RULES_KEPT
                                          : judge_pair(p, start, mode, v, w);
            if (pair == RULES_BROKEN) {
                return RULES_BROKEN;
            }
            verdict = pair == RULES_UNCLEAR ? RULES_UNCLEAR : verdict;
        }
    }
    for (int32_t row = 0; row < p->resources.capacity_rows; row++) {
        enum rules_verdict kept = judge_row(p, start, mode, row);
        if (kept == RULES_BROKEN) {
            return RULES_BROKEN;
        }
        verdict = kept == RULES_UNCLEAR ? RULES_UNCLEAR : verdict;
    }
    return verdict;
}

/* --- value --- */

static double missing_km(const struct ganger_problem *p, const int32_t *start, const int32_t *mode,
                         int32_t target)
{
    double missing = p->targets.km[target];
    for (int32_t w = 0; w < p->works.count; w++) {
        if (mode[w] != GANGER_NONE && (p->targets.kinds[target] >> p->works.kind[w] & 1U) &&
            rules_finish(p, mode[w], start[w]) <= p->targets.by[target]) {
            missing -= p->works.km[w];
        }
    }
    return fmax(0, missing);
}

bool rules_complete(const struct ganger_problem *p, const int32_t *start, const int32_t *mode)
{
    for (int32_t w = 0; w < p->works.count; w++) {
        if (p->works.mandatory[w] && mode[w] == GANGER_NONE) {
            return false;
        }
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        if (p->targets.hard[g] && missing_km(p, start, mode, g) > 1e-9) {
            return false;
        }
    }
    return true;
}

double rules_capacity(const struct ganger_problem *p, const int32_t *start, const int32_t *mode,
                      int32_t segment, int32_t t)
{
    double years = (double)t * p->time.period_days / 365.25;
    double health = fmax(p->segments.floor[segment], 1 - p->segments.decay[segment] * years);
    double gain = 0;
    double factor = 1;
    for (int32_t w = 0; w < p->works.count; w++) {
        if (p->works.segment[w] != segment || mode[w] == GANGER_NONE) {
            continue;
        }
        if (rules_finish(p, mode[w], start[w]) <= t) {
            gain += p->works.gain[w];
            health = p->works.renews[w] ? 1 : health;
        } else if (t < p->time.periods && active(p, mode[w], start[w], t)) {
            factor = fmin(factor, p->modes.factor[mode[w]]);
        }
    }
    return (p->segments.capacity[segment] * health + gain) * factor;
}

/* What is not as an earlier plan has it, if there is one. */
static double cost_of_changes(const struct ganger_problem *p, const int32_t *start,
                              const int32_t *mode)
{
    double cost = 0;
    for (int32_t w = 0; p->works.kept_start && w < p->works.count; w++) {
        bool same = start[w] == p->works.kept_start[w] &&
                    mode[w] == p->works.first_mode[w] + p->works.kept_mode[w];
        cost += p->works.kept_start[w] != GANGER_NONE && !same ? p->works.change_cost[w] : 0;
    }
    return cost;
}

double rules_outlay(const struct ganger_problem *p, const int32_t *start, const int32_t *mode)
{
    double outlay = cost_of_changes(p, start, mode);
    for (int32_t w = 0; w < p->works.count; w++) {
        if (mode[w] == GANGER_NONE) {
            continue;
        }
        for (int32_t t = start[w]; t < p->time.periods; t++) {
            double years = (double)t * p->time.period_days / 365.25;
            outlay += p->modes.cost[mode[w]] * share_in(p, mode[w], start[w], t) /
                      pow(1 + p->time.discount_rate, years);
        }
        int32_t late = rules_finish(p, mode[w], start[w]) - p->works.due[w];
        if (p->works.due[w] != GANGER_NONE && late > 0) {
            outlay += p->works.tardiness_cost[w] * late;
        }
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        if (!p->targets.hard[g]) {
            outlay += missing_km(p, start, mode, g) * p->targets.shortfall_cost[g];
        }
    }
    return outlay;
}
