#include "check/trees.h"

#include "check/discount.h"

#include <stdlib.h>

/* Works that a leaf may tell apart. */
enum { most_depth = 64 };

/* A way from the root to a leaf: works, and whether they are at work. */
struct way {
    int32_t depth;
    int32_t work[most_depth];
    bool at_work[most_depth];
};

/* From a leaf on to the next one's branch; false if that was the last. */
static bool go_on(struct way *way)
{
    while (way->depth > 0 && way->at_work[way->depth - 1]) {
        way->depth--;
    }
    if (way->depth > 0) {
        way->at_work[way->depth - 1] = true;
    }
    return way->depth > 0;
}

static void *make(int64_t count, size_t size)
{
    return calloc(count > 0 ? (size_t)count : 1, size);
}

/* ---- which tables are right -------------------------------------------------------------------- */

/* First entry of pay that is of no work or period, or not behind the one before; -1 if none is. */
static const char *bad_pay(const struct ganger_problem *p, const struct ganger_prices *prices,
                           int64_t *index, double *found)
{
    const int32_t *work = prices->pay_work, *period = prices->pay_period;
    int32_t tree = 0;
    for (int32_t i = 0; i < prices->pays; i++) {
        bool behind = i == 0 || period[i] > period[i - 1] ||
                      (period[i] == period[i - 1] && work[i] > work[i - 1]);
        while (tree < prices->states && prices->state_period[tree] < period[i]) {
            tree++;
        }
        *index = i;
        *found = period[i];
        if (period[i] < 0 || tree == prices->states || prices->state_period[tree] != period[i]) {
            return "pay_period"; /* nobody would get what is paid */
        }
        *found = work[i];
        if (work[i] < 0 || work[i] >= p->works.count || !behind) {
            return "pay_work";
        }
    }
    return NULL;
}

static bool is_branch(const struct ganger_problem *p, const struct way *way, int32_t work)
{
    bool good = work < p->works.count && way->depth < most_depth;
    for (int32_t i = 0; i < way->depth; i++) {
        good = good && way->work[i] != work;
    }
    return good;
}

/* Arcs of a node: of a leaf rising, on links with a segment; else none. */
static const char *bad_arcs(const struct ganger_problem *p, const struct ganger_prices *prices,
                            int32_t node, int64_t *index, double *found)
{
    for (int32_t i = prices->state_first_arc[node]; i < prices->state_first_arc[node + 1]; i++) {
        int32_t arc = prices->state_arc[i];
        bool behind = i == prices->state_first_arc[node] || arc > prices->state_arc[i - 1];
        *index = i;
        *found = arc;
        if (arc < 0 || arc / 2 >= p->links.count || !behind || prices->state_work[node] >= 0 ||
            p->links.first_segment[arc / 2] == p->links.first_segment[arc / 2 + 1]) {
            return "state_arc";
        }
    }
    return NULL;
}

/* One tree a period, and nothing left over. */
static const char *bad_tree(const struct ganger_problem *p, const struct ganger_prices *prices,
                            int64_t *index, double *found)
{
    struct way way = {0};
    bool begins = true;
    for (int32_t i = 0; i < prices->states; i++) {
        int32_t period = prices->state_period[i], work = prices->state_work[i];
        int32_t last = i > 0 ? prices->state_period[i - 1] : GANGER_NONE;
        *index = i;
        *found = period;
        if (period < 0 || period >= p->time.periods || (begins ? period <= last : period != last)) {
            return "state_period";
        }
        *found = work;
        if (work < GANGER_NONE || (work >= 0 && !is_branch(p, &way, work))) {
            return "state_work";
        }
        if (work >= 0) {
            way.work[way.depth] = work;
            way.at_work[way.depth++] = false;
            begins = false;
        } else {
            begins = !go_on(&way);
        }
        const char *bad = bad_arcs(p, prices, i, index, found);
        if (bad) {
            return bad;
        }
    }
    return begins ? NULL : "state_work";
}

const char *ganger_trees_bad(const struct ganger_problem *problem,
                             const struct ganger_prices *prices, int64_t *index, double *found)
{
    const char *bad = bad_tree(problem, prices, index, found);
    return bad ? bad : bad_pay(problem, prices, index, found);
}

/* ---- what works pay ---------------------------------------------------------------------------- */

bool ganger_trees_open(struct ganger_trees *s, const struct ganger_facts *facts,
                       const struct ganger_prices *prices)
{
    int32_t works = facts->problem->works.count;
    *s = (struct ganger_trees){.facts = facts, .prices = prices};
    s->first_pay = make((int64_t)works + 2, sizeof *s->first_pay);
    s->pay_at = make(prices->pays, sizeof *s->pay_at);
    if (!s->first_pay || !s->pay_at) {
        return false;
    }
    for (int32_t i = 0; i < prices->pays; i++) {
        s->first_pay[prices->pay_work[i] + 2]++;
    }
    for (int32_t w = 0; w < works; w++) {
        s->first_pay[w + 2] += s->first_pay[w + 1];
    }
    for (int32_t i = 0; i < prices->pays; i++) {
        s->pay_at[s->first_pay[prices->pay_work[i] + 1]++] = i;
    }
    return true;
}

void ganger_trees_close(struct ganger_trees *s)
{
    free(s->first_pay);
    free(s->pay_at);
}

void ganger_trees_burden(struct ganger_trees *s, int32_t work, ganger_wide *burden)
{
    const int shift = GANGER_WEIGHT_BITS + GANGER_GRID_BITS - GANGER_UNIT_BITS;
    for (int32_t i = s->first_pay[work]; i < s->first_pay[work + 1]; i++) {
        int32_t t = s->prices->pay_period[s->pay_at[i]];
        ganger_wide pay = ganger_wide_shift(
            ganger_wide_multiply(s->facts->weight_low[t],
                                 ganger_grid_floor(s->prices->work[s->pay_at[i]]), &s->lost),
            shift, GANGER_DOWN);
        burden[t + 1] = ganger_wide_add(burden[t + 1], pay, &s->lost);
    }
}
