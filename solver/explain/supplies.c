#include "explain/supplies.h"

#include <math.h>
#include <stdlib.h>

/* Windows in a chain: many short ones would make very many chains. */
enum { CHAIN_MAX = 24 };

/* The referee's tolerance. */
static double tolerant(double limit)
{
    return limit * (1 + 1e-9) + 1e-6;
}

static int32_t owners(const struct ganger_problem *p)
{
    return p->resources.renewables + p->resources.count + p->segments.count;
}

static int32_t owner_of(const struct ganger_problem *p, const struct ganger_supply *supply)
{
    return supply->index + (supply->kind == GANGER_CONDITION_GANG ? 0
                            : supply->kind == GANGER_CONDITION_WINDOW
                                ? p->resources.renewables
                                : p->resources.renewables + p->resources.count);
}

static bool count_working(struct ganger_supplies *supplies)
{
    const struct ganger_problem *p = supplies->problem;
    int64_t boundaries = (int64_t)p->time.periods + 1;
    supplies->working =
        calloc((size_t)((p->calendars.count + 1) * boundaries), sizeof *supplies->working);
    for (int64_t row = 0; supplies->working && row <= p->calendars.count; row++) {
        const uint8_t *productivity = p->calendars.productivity + row * p->time.periods;
        int32_t *sum = supplies->working + row * boundaries;
        for (int32_t t = 0; t < p->time.periods; t++) {
            sum[t + 1] = sum[t] + (productivity[t] > 0);
        }
    }
    return supplies->working != NULL;
}

/* The supply of a gang or of a segment between two periods. */
static void add_stretch(struct ganger_supplies *supplies, enum ganger_condition_kind kind,
                        int32_t index, int32_t from, int32_t to)
{
    const struct ganger_problem *p = supplies->problem;
    double limit = to - from;
    if (kind == GANGER_CONDITION_GANG) {
        limit = 0;
        for (int32_t t = from; t < to; t++) {
            limit += p->resources.capacity[(int64_t)index * p->time.periods + t];
        }
    }
    supplies->list[supplies->count++] =
        (struct ganger_supply){kind, index, from, to, tolerant(limit), 0, 0};
}

/* Stretches of one, two, four ... blocks from each block on, and the horizon. Returns their number; supplies NULL: only
 * that. */
static int32_t add_stretches(struct ganger_supplies *supplies, const struct ganger_problem *p,
                             struct ganger_condition of, int32_t block)
{
    int32_t count = 0, periods = p->time.periods;
    /* With blocks of one period longer stretches are sums of shorter ones. */
    int32_t longest = block > 1 ? periods - 1 : 1;
    for (int64_t length = block; length <= longest; length *= 2) {
        for (int64_t from = 0; from < periods; from += block) {
            int64_t to = from + length;
            if (to > periods || (from == 0 && to == periods)) {
                continue;
            }
            if (supplies) {
                add_stretch(supplies, of.kind, of.index, (int32_t)from, (int32_t)to);
            }
            count++;
        }
    }
    if (supplies) {
        add_stretch(supplies, of.kind, of.index, 0, periods);
    }
    return count + 1;
}

/* Chains of windows of a resource, each beginning where the one before ends; the first of `from` only, so that there is
 * at most one chain for each pair of ends. Returns their number; list NULL: only that. */
static int32_t add_chains(struct ganger_supplies *supplies, const struct ganger_problem *p,
                          int32_t resource, int32_t *windows)
{
    const struct ganger_resources *r = &p->resources;
    int32_t count = 0;
    for (int32_t i = r->first_window[resource]; i < r->first_window[resource + 1]; i++) {
        int32_t j = r->window_list[i], first = *windows, length = 0;
        struct ganger_supply chain = {
            GANGER_CONDITION_WINDOW, resource, r->window_from[j], 0, 0, 0, 0};
        double limit = 0;
        while (j != GANGER_NONE && length < CHAIN_MAX) {
            limit += tolerant(r->window_limit[j]);
            length++;
            if (supplies) {
                /* Each chain has a list of its own, since a longer one is dropped for any of its windows. */
                for (int32_t k = 0; k < length - 1; k++) {
                    supplies->window[*windows + k] = supplies->window[first + k];
                }
                supplies->window[*windows + length - 1] = j;
                first = *windows;
                chain.to = r->window_to[j];
                chain.limit = limit;
                chain.first_window = *windows;
                chain.windows = length;
                supplies->list[supplies->count++] = chain;
            }
            *windows += length;
            count++;
            int32_t next = GANGER_NONE;
            for (int32_t k = r->first_window[resource]; k < r->first_window[resource + 1]; k++) {
                int32_t other = r->window_list[k];
                bool follows = r->window_from[other] == r->window_to[j] &&
                               r->window_to[other] > r->window_from[other];
                next = follows && next == GANGER_NONE ? other : next;
            }
            j = next;
        }
    }
    return count;
}

/* All supplies; only their numbers if there is no list yet. */
static int32_t add_all(struct ganger_supplies *supplies, bool only_count, int32_t block,
                       int32_t *windows)
{
    const struct ganger_problem *p = supplies->problem;
    struct ganger_supplies *to = only_count ? NULL : supplies;
    int32_t count = 0;
    *windows = 0;
    for (int32_t r = 0; r < p->resources.renewables; r++) {
        count += add_stretches(to, p, (struct ganger_condition){GANGER_CONDITION_GANG, r}, block);
    }
    for (int32_t r = 0; r < p->resources.count; r++) {
        count += add_chains(to, p, r, windows);
    }
    for (int32_t q = 0; q < p->segments.count; q++) {
        if (p->segments.first_work[q + 1] - p->segments.first_work[q] > 1) {
            count +=
                add_stretches(to, p, (struct ganger_condition){GANGER_CONDITION_SEGMENT, q}, block);
        }
    }
    return count;
}

static bool index_owners(struct ganger_supplies *supplies)
{
    const struct ganger_problem *p = supplies->problem;
    int32_t count = owners(p);
    supplies->first_of = calloc((size_t)count + 2, sizeof *supplies->first_of);
    supplies->of = malloc(((size_t)supplies->count + 1) * sizeof *supplies->of);
    if (!supplies->first_of || !supplies->of) {
        return false;
    }
    for (int32_t i = 0; i < supplies->count; i++) {
        supplies->first_of[owner_of(p, &supplies->list[i]) + 2]++;
    }
    for (int32_t o = 0; o < count; o++) {
        supplies->first_of[o + 2] += supplies->first_of[o + 1];
    }
    for (int32_t i = 0; i < supplies->count; i++) {
        supplies->of[supplies->first_of[owner_of(p, &supplies->list[i]) + 1]++] = i;
    }
    return true;
}

bool ganger_supplies_init(struct ganger_supplies *supplies, const struct ganger_problem *problem,
                          int32_t block)
{
    int32_t windows = 0;
    *supplies = (struct ganger_supplies){.problem = problem};
    int32_t count = add_all(supplies, true, block, &windows);
    supplies->list = malloc(((size_t)count + 1) * sizeof *supplies->list);
    supplies->window = malloc(((size_t)windows + 1) * sizeof *supplies->window);
    if (!supplies->list || !supplies->window || !count_working(supplies)) {
        return false;
    }
    add_all(supplies, false, block, &windows);
    return index_owners(supplies);
}

void ganger_supplies_clear(struct ganger_supplies *supplies)
{
    free(supplies->list);
    free(supplies->window);
    free(supplies->working);
    free(supplies->first_of);
    free(supplies->of);
    *supplies = (struct ganger_supplies){0};
}

bool ganger_supply_holds(const struct ganger_supplies *supplies, int32_t supply,
                         const struct ganger_conditions *conditions)
{
    const struct ganger_supply *s = &supplies->list[supply];
    if (s->kind != GANGER_CONDITION_WINDOW) {
        return conditions->on[s->kind][s->index];
    }
    bool all = true;
    for (int32_t i = 0; i < s->windows; i++) {
        all = all && conditions->on[GANGER_CONDITION_WINDOW][supplies->window[s->first_window + i]];
    }
    return all;
}

/* What a start of the mode takes of the stretch, per unit of its amount. */
static double share_of(const struct ganger_supplies *supplies, const struct ganger_supply *s,
                       int32_t mode, int32_t start)
{
    const struct ganger_problem *p = supplies->problem;
    int64_t row = (p->works.calendar[p->modes.work[mode]] + 1) * ((int64_t)p->time.periods + 1);
    int32_t finish = ganger_problem_finish(p, mode, start);
    int32_t from = start > s->from ? start : s->from;
    int32_t to = finish < s->to ? finish : s->to;
    if (s->kind == GANGER_CONDITION_WINDOW && finish == start) {
        return start >= s->from && start < s->to ? 1 : 0;
    }
    if (from >= to) {
        return 0;
    }
    if (s->kind == GANGER_CONDITION_SEGMENT) {
        return to - from;
    }
    if (s->kind == GANGER_CONDITION_GANG) {
        return supplies->working[row + to] - supplies->working[row + from];
    }
    const int32_t *sum = p->calendars.cumulative + row;
    return (double)(sum[to] - sum[from]) / (double)(sum[finish] - sum[start]);
}

double ganger_supply_least(const struct ganger_supplies *supplies, int32_t supply,
                           const struct ganger_dates *dates, struct ganger_starts starts)
{
    const struct ganger_problem *p = supplies->problem;
    const struct ganger_supply *s = &supplies->list[supply];
    double least = INFINITY;
    for (int32_t t = starts.last; t >= starts.first && least > 0; t--) {
        if (ganger_dates_allow(dates, starts.mode, t)) {
            least = fmin(least, share_of(supplies, s, starts.mode, t));
        }
    }
    if (s->kind == GANGER_CONDITION_SEGMENT || least == 0 || isinf(least)) {
        return least;
    }
    int32_t resource =
        s->kind == GANGER_CONDITION_GANG ? p->resources.renewable_resource[s->index] : s->index;
    return least * ganger_problem_amount(p, starts.mode, resource);
}

static int32_t list_owner(const struct ganger_supplies *supplies, int32_t owner, int32_t *list,
                          int32_t count)
{
    for (int32_t i = supplies->first_of[owner]; i < supplies->first_of[owner + 1]; i++) {
        list[count++] = supplies->of[i];
    }
    return count;
}

int32_t ganger_supplies_of(const struct ganger_supplies *supplies, int32_t mode, int32_t *list)
{
    const struct ganger_problem *p = supplies->problem;
    int32_t renewables = p->resources.renewables, count = 0;
    int32_t q = p->works.segment[p->modes.work[mode]];
    for (int32_t i = p->modes.first_use[mode]; i < p->modes.first_use[mode + 1]; i++) {
        int32_t resource = p->modes.use_resource[i];
        int32_t renewable = p->resources.renewable_index[resource];
        count = list_owner(supplies, renewable != GANGER_NONE ? renewable : renewables + resource,
                           list, count);
    }
    if (p->resources.budget != GANGER_NONE && p->modes.cost[mode] > 0) {
        count = list_owner(supplies, renewables + p->resources.budget, list, count);
    }
    return q == GANGER_NONE
               ? count
               : list_owner(supplies, renewables + p->resources.count + q, list, count);
}
