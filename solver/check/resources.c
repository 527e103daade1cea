/* Renewables and consumables: rules 1 and 2 of MODEL section 5, and the stored usage and cash. */
#include "check/bench.h"

#include <math.h>

/* Shares are reals: this much beyond a limit is rounding. */
static double allowance(double limit)
{
    return 1e-9 * fabs(limit) + 1e-6;
}

/* Spreads `amount` of resource `r` over the working periods of work w by productivity; works of duration
 * 0 consume in the period of their start. */
static void consume(struct ganger_bench *b, int32_t w, int32_t r, double amount)
{
    const struct ganger_facts *f = b->facts;
    int64_t row = ganger_facts_calendar(f, w);
    int64_t resources = b->problem->resources.count;
    int32_t start = b->plan->start[w], finish = b->finish[w];
    if (start == finish) {
        b->usage[start * resources + r] += amount;
        return;
    }
    const int64_t *worked = f->worked + row * (f->periods + 1);
    double in_all = (double)(worked[finish] - worked[start]);
    for (int32_t t = start; t < finish; t++) {
        b->usage[t * resources + r] += amount * (double)(worked[t + 1] - worked[t]) / in_all;
    }
}

static void employ(struct ganger_bench *b, int32_t w, int32_t r, double amount)
{
    const struct ganger_facts *f = b->facts;
    const int32_t *productivity =
        f->productivity + (int64_t)ganger_facts_calendar(f, w) * f->periods;
    for (int32_t t = b->plan->start[w]; t < b->finish[w]; t++) {
        if (productivity[t] > 0) {
            b->usage[(int64_t)t * b->problem->resources.count + r] += amount;
        }
    }
}

static void add_up_usage(struct ganger_bench *b)
{
    const struct ganger_problem *p = b->problem;
    for (int32_t w = 0; w < p->works.count; w++) {
        int32_t m = b->mode[w];
        if (m == GANGER_NONE) {
            continue;
        }
        for (int32_t i = p->modes.first_use[m]; i < p->modes.first_use[m + 1]; i++) {
            int32_t r = p->modes.use_resource[i];
            double amount = p->modes.use_amount[i];
            if (p->resources.kind[r] == GANGER_RESOURCE_RENEWABLE) {
                employ(b, w, r, amount);
            } else {
                consume(b, w, r, amount);
            }
        }
        if (p->resources.budget != GANGER_NONE) {
            consume(b, w, p->resources.budget, p->modes.cost[m]);
        }
    }
}

static void check_renewables(struct ganger_bench *b)
{
    const struct ganger_facts *f = b->facts;
    int64_t resources = b->problem->resources.count;
    for (int32_t r = 0; r < resources; r++) {
        int64_t renewable = f->renewable_of[r];
        for (int32_t t = 0; renewable != GANGER_NONE && t < f->periods; t++) {
            double used = b->usage[t * resources + r];
            double limit = f->limit[renewable * f->periods + t];
            if (used > limit + allowance(limit)) {
                ganger_bench_breach(b, "usage", "%s: %g in use in period %d, but there are %g",
                                    b->problem->resources.id[r], used, t, limit);
                break; /* one finding a resource: the next periods would tell the same */
            }
        }
    }
}

static void check_windows(struct ganger_bench *b)
{
    const struct ganger_facts *f = b->facts;
    const struct ganger_resources *r = &b->problem->resources;
    for (int32_t j = 0; j < f->windows; j++) {
        int32_t row = f->window_row[j];
        int32_t from = r->row_from[row] < 0 ? 0 : r->row_from[row];
        int32_t to = r->row_to[row] > f->periods ? f->periods : r->row_to[row];
        double used = 0;
        for (int32_t t = from; t < to; t++) {
            used += b->usage[(int64_t)t * r->count + r->row_resource[row]];
        }
        if (used > r->row_limit[row] + allowance(r->row_limit[row])) {
            ganger_bench_breach(b, "usage", "%s: %.9g used in periods %d to %d, limit %.9g",
                                r->id[r->row_resource[row]], used, from, to - 1, r->row_limit[row]);
        }
    }
}

static void compare_usage(struct ganger_bench *b)
{
    const struct ganger_resources *r = &b->problem->resources;
    for (int64_t i = 0; i < (int64_t)b->facts->periods * r->count; i++) {
        if (!ganger_bench_close(b->plan->usage[i], b->usage[i])) {
            ganger_bench_lie(b, "usage", "%s in period %lld: %.9g, should be %.9g",
                             r->id[i % r->count], (long long)(i / r->count), b->plan->usage[i],
                             b->usage[i]);
            return;
        }
    }
}

/* Cash is compared with money paid work by work; there need not be a resource for it. */
static void compare_cash(struct ganger_bench *b)
{
    const struct ganger_facts *f = b->facts;
    for (int32_t t = 0; t < f->periods; t++) {
        double paid = 0;
        for (int32_t w = 0; w < b->problem->works.count; w++) {
            int32_t start = b->plan->start[w], finish = b->finish[w];
            if (b->mode[w] == GANGER_NONE || t < start || (t >= finish && t > start)) {
                continue;
            }
            const int64_t *worked =
                f->worked + (int64_t)ganger_facts_calendar(f, w) * (f->periods + 1);
            double cost = b->problem->modes.cost[b->mode[w]];
            paid += start == finish ? cost
                                    : cost * (double)(worked[t + 1] - worked[t]) /
                                          (double)(worked[finish] - worked[start]);
        }
        if (!ganger_bench_close(b->plan->cash[t], paid)) {
            ganger_bench_lie(b, "cash", "period %d: %.9g, should be %.9g", t, b->plan->cash[t],
                             paid);
            return;
        }
    }
}

void ganger_bench_resources(struct ganger_bench *bench)
{
    add_up_usage(bench);
    check_renewables(bench);
    check_windows(bench);
    compare_usage(bench);
    compare_cash(bench);
}
