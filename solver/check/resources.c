/* Renewables and consumables: rules 1 and 2 of MODEL section 5, and the stored usage and cash. */
#include "check/bench.h"

/* Spreads an amount in unit bits over the working periods of work w by productivity; works of duration 0
 * consume in the period of their start. `cells` are `stride` apart, by period. */
static void consume(struct ganger_bench *b, int32_t w, ganger_wide amount, ganger_wide *cells,
                    int64_t stride)
{
    const struct ganger_facts *f = b->facts;
    int32_t start = b->plan->start[w], finish = b->finish[w];
    const int64_t *worked = f->worked + (int64_t)ganger_facts_calendar(f, w) * (f->periods + 1);
    if (start == finish) {
        cells[start * stride] = ganger_wide_add(cells[start * stride], amount, &b->lost);
        return;
    }
    for (int32_t t = start; t < finish; t++) {
        ganger_wide share =
            ganger_wide_divide(ganger_wide_multiply(amount, worked[t + 1] - worked[t], &b->lost),
                               worked[finish] - worked[start], GANGER_DOWN);
        cells[t * stride] = ganger_wide_add(cells[t * stride], share, &b->lost);
    }
}

static ganger_wide whole(int32_t amount)
{
    return (ganger_wide)amount << GANGER_UNIT_BITS;
}

static void employ(struct ganger_bench *b, int32_t w, int32_t r, int32_t amount)
{
    const struct ganger_facts *f = b->facts;
    const int32_t *productivity =
        f->productivity + (int64_t)ganger_facts_calendar(f, w) * f->periods;
    for (int32_t t = b->plan->start[w]; t < b->finish[w]; t++) {
        if (productivity[t] > 0) {
            b->usage[(int64_t)t * b->problem->resources.count + r] += whole(amount);
        }
    }
}

static void add_up_usage(struct ganger_bench *b)
{
    const struct ganger_problem *p = b->problem;
    int64_t resources = p->resources.count;
    for (int32_t w = 0; w < p->works.count; w++) {
        int32_t m = b->mode[w];
        if (m == GANGER_NONE) {
            continue;
        }
        for (int32_t i = p->modes.first_use[m]; i < p->modes.first_use[m + 1]; i++) {
            int32_t r = p->modes.use_resource[i];
            int32_t amount = p->modes.use_amount[i];
            if (p->resources.kind[r] == GANGER_RESOURCE_RENEWABLE) {
                employ(b, w, r, amount);
            } else {
                consume(b, w, whole(amount), b->usage + r, resources);
            }
        }
        ganger_wide cost =
            ganger_wide_from(p->modes.cost[m], GANGER_UNIT_BITS, GANGER_DOWN, &b->lost);
        if (p->resources.budget != GANGER_NONE) {
            consume(b, w, cost, b->usage + p->resources.budget, resources);
        }
        consume(b, w, cost, b->cash, 1);
    }
}

/* Looks at the last of the works that use resource r in periods [from, to): to it the finding is pinned. */
static void look_at_user(struct ganger_bench *b, int32_t r, int32_t from, int32_t to)
{
    const struct ganger_problem *p = b->problem;
    b->at = GANGER_NONE;
    for (int32_t w = 0; b->line && w < p->works.count; w++) {
        int32_t m = b->mode[w];
        if (m == GANGER_NONE || b->plan->start[w] >= to || b->finish[w] <= from) {
            continue;
        }
        bool uses = r == p->resources.budget && p->modes.cost[m] > 0;
        for (int32_t i = p->modes.first_use[m]; i < p->modes.first_use[m + 1]; i++) {
            uses = uses || p->modes.use_resource[i] == r;
        }
        b->at = uses && (b->at == GANGER_NONE || b->line[w] > b->line[b->at]) ? w : b->at;
    }
}

static void check_renewables(struct ganger_bench *b)
{
    const struct ganger_facts *f = b->facts;
    int64_t resources = b->problem->resources.count;
    for (int32_t r = 0; r < resources; r++) {
        int64_t renewable = f->renewable_of[r];
        for (int32_t t = 0; renewable != GANGER_NONE && t < f->periods; t++) {
            int64_t used = (int64_t)(b->usage[t * resources + r] >> GANGER_UNIT_BITS);
            int64_t limit = f->limit[renewable * f->periods + t];
            if (used > limit) {
                look_at_user(b, (int32_t)r, t, t + 1);
                ganger_bench_breach(b, "usage", "%s: %lld in use in period %d, but there are %lld",
                                    b->problem->resources.id[r], (long long)used, t,
                                    (long long)limit);
                break; /* one finding a resource: the next periods would tell the same */
            }
        }
    }
}

/* Each work's share of a window is rounded, by less than a unit a period; a step of the grid a work is room
 * enough for that and for the rounding of whoever planned. */
static void check_windows(struct ganger_bench *b)
{
    const struct ganger_facts *f = b->facts;
    const struct ganger_resources *r = &f->problem->resources;
    for (int32_t j = 0; j < f->windows; j++) {
        int32_t row = f->window_row[j];
        int32_t from = r->row_from[row] < 0 ? 0 : r->row_from[row];
        int32_t to = r->row_to[row] > f->periods ? f->periods : r->row_to[row];
        ganger_wide limit =
            ganger_wide_from(r->row_limit[row], GANGER_UNIT_BITS, GANGER_UP, &b->lost);
        ganger_wide used = 0, room = (ganger_wide)GANGER_ROUNDING * b->works_done;
        for (int32_t t = from; t < to; t++) {
            used = ganger_wide_add(used, b->usage[(int64_t)t * r->count + r->row_resource[row]],
                                   &b->lost);
        }
        if (used > ganger_wide_add(limit, room, &b->lost)) {
            look_at_user(b, r->row_resource[row], from, to);
            ganger_bench_breach(b, "usage", "%s: %.9g used in periods %d to %d, limit %.9g",
                                r->id[r->row_resource[row]], ganger_bench_real(used), from, to - 1,
                                r->row_limit[row]);
        }
    }
}

static void compare_usage(struct ganger_bench *b)
{
    const struct ganger_resources *r = &b->problem->resources;
    for (int64_t i = 0; i < (int64_t)b->facts->periods * r->count; i++) {
        if (!ganger_bench_near(b->plan->usage[i], b->usage[i])) {
            ganger_bench_lie(b, "usage", "%s in period %lld: %.9g, should be %.9g",
                             r->id[i % r->count], (long long)(i / r->count), b->plan->usage[i],
                             ganger_bench_real(b->usage[i]));
            return;
        }
    }
}

/* Cash is money paid work by work; there need not be a resource for it. */
static void compare_cash(struct ganger_bench *b)
{
    for (int32_t t = 0; t < b->facts->periods; t++) {
        if (!ganger_bench_near(b->plan->cash[t], b->cash[t])) {
            ganger_bench_lie(b, "cash", "period %d: %.9g, should be %.9g", t, b->plan->cash[t],
                             ganger_bench_real(b->cash[t]));
            return;
        }
    }
}

void ganger_bench_resources(struct ganger_bench *bench)
{
    add_up_usage(bench);
    check_renewables(bench);
    check_windows(bench);
    bench->at = GANGER_NONE;
    compare_usage(bench);
    compare_cash(bench);
}
