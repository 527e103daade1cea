/*
 * The referee's integers against MODEL evaluated literally, period by period, with numbers of 400 bits: next to
 * what the referee rounds away, these are exact. For networks that are a line, as naive.h has them.
 */
#include "base/fixed.h"
#include "check/discount.h"
#include "check/naive.h"
#include "check/random_instance.h"
#include "check/referee.h"
#include "check/suites.h"
#include "plan/layout.h"

#include <math.h>
#include <mpfr.h>
#include <stdio.h>
#include <stdlib.h>

enum { INSTANCES = 150, DRAWS = 5, BITS = 400, BOUNDARIES = 8 };

struct exact {
    const struct ganger_problem *p;
    const struct ganger_plan *plan;
    mpfr_t disc[BOUNDARIES], weight[BOUNDARIES];
    mpfr_t sum, best, worth, a, b, c, d; /* a .. d: of the function at hand */
};

static void open_exact(struct exact *e, const struct ganger_problem *p,
                       const struct ganger_plan *plan)
{
    const struct ganger_time *time = &p->time;
    mpfr_set_default_prec(BITS);
    e->p = p;
    e->plan = plan;
    mpfr_inits(e->sum, e->best, e->worth, e->a, e->b, e->c, e->d, (mpfr_ptr)NULL);
    CU_ASSERT_TRUE_FATAL(time->periods < BOUNDARIES);
    for (int32_t t = 0; t <= time->periods; t++) {
        mpfr_inits(e->disc[t], e->weight[t], (mpfr_ptr)NULL);
        mpfr_set_d(e->a, time->discount_rate, MPFR_RNDN);
        mpfr_add_ui(e->a, e->a, 1, MPFR_RNDN);
        mpfr_set_si(e->b, -(long)t * time->period_days, MPFR_RNDN);
        mpfr_div_d(e->b, e->b, 365.25, MPFR_RNDN);
        mpfr_pow(e->disc[t], e->a, e->b, MPFR_RNDN);
        mpfr_mul_si(e->weight[t], e->disc[t], time->period_days, MPFR_RNDN);
        mpfr_div_d(e->weight[t], e->weight[t], 365.25, MPFR_RNDN);
    }
    /* A = disc(T) (1 - (1 + rho)^-H) / ln(1 + rho) */
    mpfr_set_d(e->b, time->terminal_years, MPFR_RNDN);
    if (time->discount_rate > 0) {
        mpfr_neg(e->b, e->b, MPFR_RNDN);
        mpfr_pow(e->b, e->a, e->b, MPFR_RNDN);
        mpfr_ui_sub(e->b, 1, e->b, MPFR_RNDN);
        mpfr_log(e->a, e->a, MPFR_RNDN);
        mpfr_div(e->b, e->b, e->a, MPFR_RNDN);
    }
    mpfr_mul(e->weight[time->periods], e->disc[time->periods], e->b, MPFR_RNDN);
}

static void close_exact(struct exact *e)
{
    for (int32_t t = 0; t <= e->p->time.periods; t++) {
        mpfr_clears(e->disc[t], e->weight[t], (mpfr_ptr)NULL);
    }
    mpfr_clears(e->sum, e->best, e->worth, e->a, e->b, e->c, e->d, (mpfr_ptr)NULL);
    mpfr_free_cache();
}

/* sum += x * y * z */
static void add_product(mpfr_t sum, double x, double y, double z)
{
    mpfr_t product;
    mpfr_init_set_d(product, x, MPFR_RNDN);
    mpfr_mul_d(product, product, y, MPFR_RNDN);
    mpfr_mul_d(product, product, z, MPFR_RNDN);
    mpfr_add(sum, sum, product, MPFR_RNDN);
    mpfr_clear(product);
}

/* USD for a tonne over the links of a demand, less the prices of their segments at t (NULL: no prices). */
static void add_way(const struct exact *e, mpfr_t sum, int32_t k, int32_t t,
                    const struct ganger_prices *prices)
{
    const struct ganger_problem *p = e->p;
    int32_t from = p->demands.origin[k], to = p->demands.destination[k];
    int32_t first = from < to ? from : to, last = from < to ? to : from;
    for (int32_t q = 0; q < p->segments.count; q++) {
        int32_t l = p->segments.link[q];
        if (l >= first && l < last) {
            double side =
                prices ? prices->segment[(t * p->segments.count + q) * 2 + (from > to)] : 0;
            add_product(sum, p->links.cost_per_tkm[l], p->segments.end_km[q], 1);
            add_product(sum, p->links.cost_per_tkm[l], p->segments.start_km[q], -1);
            add_product(sum, side, 1, 1);
        }
    }
}

static void add_freight(struct exact *e, const struct ganger_prices *prices)
{
    const struct ganger_problem *p = e->p;
    for (int32_t t = 0; t <= p->time.periods; t++) {
        for (int32_t k = 0; k < p->demands.count; k++) {
            mpfr_set_zero(e->a, 1);
            add_way(e, e->a, k, t, prices);
            mpfr_d_sub(e->a, p->demands.value[k], e->a, MPFR_RNDN);
            if (mpfr_sgn(e->a) > 0) {
                mpfr_mul_d(e->a, e->a, ganger_problem_volume(p, k, t), MPFR_RNDN);
                mpfr_fma(e->sum, e->a, e->weight[t], e->sum, MPFR_RNDN);
            }
        }
    }
}

/* x = price of q in both directions times the weight of t; y = what is left of its capacity. */
static void priced_capacity(const struct exact *e, const struct ganger_prices *prices, int32_t q,
                            int32_t t, mpfr_t x, mpfr_t y)
{
    const struct ganger_problem *p = e->p;
    const double *price = prices->segment + (t * p->segments.count + q) * 2;
    mpfr_set_d(x, price[0], MPFR_RNDN);
    mpfr_add_d(x, x, price[1], MPFR_RNDN);
    mpfr_mul(x, x, e->weight[t], MPFR_RNDN);
    mpfr_set_d(y, p->segments.decay[q], MPFR_RNDN);
    mpfr_mul_si(y, y, (long)t * p->time.period_days, MPFR_RNDN);
    mpfr_div_d(y, y, 365.25, MPFR_RNDN);
    mpfr_ui_sub(y, 1, y, MPFR_RNDN);
    if (mpfr_cmp_d(y, p->segments.floor[q]) < 0) {
        mpfr_set_d(y, p->segments.floor[q], MPFR_RNDN);
    }
    mpfr_mul_d(y, y, p->segments.capacity[q], MPFR_RNDN);
}

static void add_constants(struct exact *e, const struct ganger_prices *prices)
{
    const struct ganger_problem *p = e->p;
    for (int32_t q = 0; q < p->segments.count; q++) {
        for (int32_t t = 0; t <= p->time.periods; t++) {
            priced_capacity(e, prices, q, t, e->a, e->b);
            mpfr_fma(e->sum, e->a, e->b, e->sum, MPFR_RNDN);
        }
    }
    for (int32_t i = 0; i < p->resources.renewables * p->time.periods; i++) {
        add_product(e->sum, prices->renewable[i], p->resources.capacity[i], 1);
    }
    for (int32_t j = 0; j < p->resources.windows; j++) {
        add_product(e->sum, prices->window[j], p->resources.window_limit[j], 1);
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        add_product(e->sum, prices->target[g], p->targets.km[g], -1);
    }
}

/* One way to do a work. */
struct way {
    int32_t work, mode, start, finish;
};

/* d = what stands at least when the work begins, where b is worn; true if it is renewed by then. */
static bool stage_of(struct exact *e, int32_t work)
{
    const struct ganger_problem *p = e->p;
    bool renewed = false;
    mpfr_set_zero(e->d, 1);
    for (int32_t v = 0; v < p->works.count; v++) {
        if (naive_comes_first(p, v, work)) {
            mpfr_add_d(e->d, e->d, p->works.gain[v], MPFR_RNDN);
            renewed = renewed || p->works.renews[v];
        }
    }
    if (renewed) {
        mpfr_add_d(e->d, e->d, p->segments.capacity[p->works.segment[work]], MPFR_RNDN);
    } else {
        mpfr_add(e->d, e->d, e->b, MPFR_RNDN);
    }
    return renewed;
}

static void worth_of_capacity(struct exact *e, const struct ganger_prices *prices, struct way way)
{
    const struct ganger_problem *p = e->p;
    int32_t q = p->works.segment[way.work];
    for (int32_t t = way.start; q >= 0 && t <= p->time.periods; t++) {
        priced_capacity(e, prices, q, t, e->a, e->b);
        bool renewed = stage_of(e, way.work);
        if (t >= way.finish) {
            mpfr_set_d(e->c, p->works.gain[way.work], MPFR_RNDN);
            if (p->works.renews[way.work] && !renewed) {
                mpfr_add_d(e->c, e->c, p->segments.capacity[q], MPFR_RNDN);
                mpfr_sub(e->c, e->c, e->b, MPFR_RNDN);
            }
        } else if (ganger_problem_productivity(p, way.work, t) > 0) {
            mpfr_set_d(e->c, p->modes.factor[way.mode], MPFR_RNDN);
            mpfr_sub_ui(e->c, e->c, 1, MPFR_RNDN);
            mpfr_mul(e->c, e->c, e->d, MPFR_RNDN);
        } else {
            mpfr_set_zero(e->c, 1);
        }
        mpfr_fma(e->worth, e->a, e->c, e->worth, MPFR_RNDN);
    }
}

/* c = share of a work's money and consumables that falls into t */
static void share(struct exact *e, struct way way, int32_t t)
{
    int32_t in_all = 0;
    for (int32_t u = way.start; u < way.finish; u++) {
        in_all += ganger_problem_productivity(e->p, way.work, u);
    }
    mpfr_set_si(e->c, 1, MPFR_RNDN);
    if (way.start < way.finish) {
        mpfr_set_si(e->c, ganger_problem_productivity(e->p, way.work, t), MPFR_RNDN);
        mpfr_div_si(e->c, e->c, in_all, MPFR_RNDN);
    }
}

/* d += c * amount * prices of the resource's windows that t lies in */
static void toll(struct exact *e, const struct ganger_prices *prices, int32_t resource, int32_t t,
                 double amount)
{
    const struct ganger_resources *r = &e->p->resources;
    for (int32_t j = 0; j < r->windows; j++) {
        if (r->window_resource[j] == resource && r->window_from[j] <= t && t < r->window_to[j]) {
            mpfr_mul_d(e->b, e->c, amount, MPFR_RNDN);
            mpfr_mul_d(e->b, e->b, prices->window[j], MPFR_RNDN);
            mpfr_add(e->d, e->d, e->b, MPFR_RNDN);
        }
    }
}

static void cost_of_period(struct exact *e, const struct ganger_prices *prices, struct way way,
                           int32_t t)
{
    const struct ganger_problem *p = e->p;
    double cost = p->modes.cost[way.mode];
    share(e, way, t);
    mpfr_set_zero(e->d, 1);
    toll(e, prices, p->resources.budget, t, cost);
    mpfr_mul_d(e->a, e->c, cost, MPFR_RNDN);
    mpfr_fma(e->d, e->a, e->disc[t], e->d, MPFR_RNDN);
    for (int32_t i = p->modes.first_use[way.mode]; i < p->modes.first_use[way.mode + 1]; i++) {
        int32_t r = p->modes.use_resource[i], renewable = p->resources.renewable_index[r];
        if (renewable < 0) {
            toll(e, prices, r, t, p->modes.use_amount[i]);
        } else if (way.start < way.finish && ganger_problem_productivity(p, way.work, t) > 0) {
            add_product(e->d, prices->renewable[renewable * p->time.periods + t],
                        p->modes.use_amount[i], 1);
        }
    }
    mpfr_sub(e->worth, e->worth, e->d, MPFR_RNDN);
}

/* Rows sum_{s: f_i(s)+lag <= t} x_i >= sum_{s <= t} x_j, one a period. */
static void worth_of_order(struct exact *e, const struct ganger_prices *prices, struct way way)
{
    const struct ganger_precedences *rows = &e->p->precedences;
    int32_t periods = e->p->time.periods;
    for (int32_t i = 0; i < rows->count; i++) {
        int32_t done = rows->type[i] == GANGER_PRECEDENCE_FS ? way.finish : way.start;
        for (int32_t t = 0; t < periods; t++) {
            double price = prices->precedence[i * periods + t];
            if (rows->predecessor[i] == way.work && done + rows->lag[i] <= t) {
                mpfr_add_d(e->worth, e->worth, price, MPFR_RNDN);
            }
            if (rows->successor[i] == way.work && way.start <= t) {
                mpfr_sub_d(e->worth, e->worth, price, MPFR_RNDN);
            }
        }
    }
}

static void worth_of(struct exact *e, const struct ganger_prices *prices, struct way way)
{
    const struct ganger_problem *p = e->p;
    int32_t due = p->works.due[way.work];
    mpfr_set_zero(e->worth, 1);
    worth_of_capacity(e, prices, way);
    worth_of_order(e, prices, way);
    for (int32_t t = way.start; t < way.finish || t == way.start; t++) {
        cost_of_period(e, prices, way, t);
    }
    if (due >= 0 && way.finish > due) {
        add_product(e->worth, p->works.tardiness_cost[way.work], way.finish - due, -1);
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        bool counts = (p->targets.kinds[g] & (1u << p->works.kind[way.work])) != 0;
        if (counts && way.finish <= p->targets.by[g]) {
            add_product(e->worth, prices->target[g], p->works.km[way.work], 1);
        }
    }
}

/* Adds the best of a work; false if it must be done and cannot. */
static bool add_work(struct exact *e, const struct ganger_prices *prices, int32_t w)
{
    const struct ganger_works *works = &e->p->works;
    bool any = !works->mandatory[w];
    mpfr_set_zero(e->best, 1);
    for (int32_t m = works->first_mode[w]; m < works->first_mode[w + 1]; m++) {
        for (int32_t s = 0; s < e->p->time.periods; s++) {
            struct way way = {w, m, s, ganger_problem_finish(e->p, m, s)};
            if (way.finish > works->deadline[w] || way.finish > e->p->time.periods ||
                s < works->earliest[w] ||
                (works->fixed_start[w] >= 0 && works->fixed_start[w] != s)) {
                continue;
            }
            worth_of(e, prices, way);
            if (!any || mpfr_cmp(e->worth, e->best) > 0) {
                mpfr_set(e->best, e->worth, MPFR_RNDN);
                any = true;
            }
        }
    }
    mpfr_add(e->sum, e->sum, e->best, MPFR_RNDN);
    return any;
}

/* exact <= proven <= exact + room? */
static bool just_above(const struct exact *e, double proven, double room)
{
    mpfr_t gap;
    mpfr_init(gap);
    mpfr_d_sub(gap, proven, e->sum, MPFR_RNDN);
    bool good = mpfr_sgn(gap) >= 0 && mpfr_cmp_d(gap, room) <= 0;
    if (!good) {
        mpfr_printf("exact %.20Rg, off by %.5Rg\n", e->sum, gap);
    }
    mpfr_clear(gap);
    return good;
}

static void draw(struct ganger_rng *rng, double *price, int32_t count, double most)
{
    for (int32_t i = 0; i < count; i++) {
        price[i] = ganger_rng_below(rng, 3) ? most * ganger_rng_unit(rng) : 0;
    }
}

static void draw_prices(struct ganger_rng *rng, const struct ganger_problem *p,
                        struct ganger_plan *plan)
{
    struct ganger_prices *prices = &plan->prices;
    int32_t periods = p->time.periods;
    draw(rng, prices->renewable, p->resources.renewables * periods, 3);
    draw(rng, prices->window, p->resources.windows, 1);
    draw(rng, prices->segment, (periods + 1) * p->segments.count * 2, 15);
    draw(rng, prices->precedence, p->precedences.count * periods, 4);
    for (int32_t g = 0; g < p->targets.count; g++) {
        draw(rng, &prices->target[g], 1, p->targets.hard[g] ? 5 : p->targets.shortfall_cost[g]);
    }
    ganger_plan_round(p, plan);
}

static void bound_is_the_formula(void)
{
    int compared = 0;
    for (int i = 0; i < INSTANCES; i++) {
        struct ganger_rng rng;
        struct exact e;
        ganger_rng_init(&rng, 21, (uint32_t)i, 0);
        struct ganger_problem *p = random_instance(&rng);
        struct ganger_plan *plan = p ? ganger_plan_create(p) : NULL;
        for (int j = 0; plan && j < DRAWS; j++) {
            bool possible = true;
            draw_prices(&rng, p, plan);
            open_exact(&e, p, plan);
            mpfr_set_zero(e.sum, 1);
            add_freight(&e, &plan->prices);
            add_constants(&e, &plan->prices);
            for (int32_t w = 0; w < p->works.count; w++) {
                possible = add_work(&e, &plan->prices, w) && possible;
            }
            double bound = ganger_referee_bound(p, &plan->prices);
            CU_ASSERT_TRUE(possible && just_above(&e, bound, 1e-9));
            compared++;
            close_exact(&e);
        }
        ganger_plan_destroy(plan);
        ganger_problem_destroy(p);
    }
    CU_ASSERT_TRUE(compared > INSTANCES * DRAWS / 2);
}

/* The value of a plan: what its flows gain, less what its works cost. */
static void add_plan(struct exact *e)
{
    const struct ganger_problem *p = e->p;
    const struct ganger_paths *paths = &e->plan->paths;
    struct ganger_prices none = {.window = calloc((size_t)p->resources.windows + 1, sizeof(double)),
                                 .renewable = calloc(BOUNDARIES * 8, sizeof(double))};
    for (int64_t i = 0; i < paths->flows; i++) {
        int32_t k = paths->demand[paths->flow_path[i]];
        mpfr_set_zero(e->a, 1);
        add_way(e, e->a, k, 0, NULL);
        mpfr_d_sub(e->a, p->demands.value[k], e->a, MPFR_RNDN);
        mpfr_mul_d(e->a, e->a, paths->flow_mtpa[i], MPFR_RNDN);
        mpfr_fma(e->sum, e->a, e->weight[paths->flow_boundary[i]], e->sum, MPFR_RNDN);
    }
    for (int32_t w = 0; w < p->works.count; w++) {
        struct way way = {w, p->works.first_mode[w] + e->plan->mode[w], e->plan->start[w],
                          e->plan->finish[w]};
        mpfr_set_zero(e->worth, 1);
        for (int32_t t = way.start; way.start >= 0 && (t < way.finish || t == way.start); t++) {
            cost_of_period(e, &none, way, t);
        }
        mpfr_add(e->sum, e->sum, e->worth, MPFR_RNDN);
        if (way.start >= 0 && p->works.due[w] >= 0 && way.finish > p->works.due[w]) {
            add_product(e->sum, p->works.tardiness_cost[w], way.finish - p->works.due[w], -1);
        }
    }
    free(none.window);
    free(none.renewable);
}

static void add_shortfall(struct exact *e)
{
    const struct ganger_problem *p = e->p;
    for (int32_t g = 0; g < p->targets.count; g++) {
        double missing = p->targets.km[g]; /* whole km in these instances: exact */
        for (int32_t w = 0; w < p->works.count; w++) {
            bool counts = (p->targets.kinds[g] & (1u << p->works.kind[w])) != 0;
            missing -= counts && e->plan->start[w] >= 0 && e->plan->finish[w] <= p->targets.by[g]
                           ? p->works.km[w]
                           : 0;
        }
        add_product(e->sum, fmax(0, missing), p->targets.shortfall_cost[g], -1);
    }
}

/* A random start and mode of each work that fits into the horizon, or none. */
static void draw_schedule(struct ganger_rng *rng, const struct ganger_problem *p, int32_t *start,
                          int32_t *mode)
{
    for (int32_t w = 0; w < p->works.count; w++) {
        int32_t first = p->works.first_mode[w], modes = p->works.first_mode[w + 1] - first;
        mode[w] = ganger_rng_below(rng, modes);
        start[w] = ganger_rng_below(rng, p->time.periods);
        if (ganger_problem_finish(p, first + mode[w], start[w]) > p->time.periods) {
            start[w] = mode[w] = GANGER_NONE;
        }
    }
}

static void value_is_the_formula(void)
{
    int compared = 0;
    for (int i = 0; i < INSTANCES; i++) {
        struct ganger_rng rng;
        ganger_rng_init(&rng, 22, (uint32_t)i, 0);
        struct ganger_problem *p = random_instance(&rng);
        for (int j = 0; p && j < DRAWS; j++) {
            struct ganger_verdict verdict;
            struct exact e;
            int32_t start[8], mode[8];
            draw_schedule(&rng, p, start, mode);
            struct ganger_plan *plan = naive_plan(p, start, mode);
            CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
            draw_prices(&rng, p, plan);
            open_exact(&e, p, plan);
            mpfr_set_zero(e.sum, 1);
            add_plan(&e);
            add_shortfall(&e);
            ganger_referee_prove(p, plan, "plan", &verdict, NULL);
            mpfr_neg(e.sum, e.sum, MPFR_RNDN);
            CU_ASSERT_TRUE(just_above(&e, -verdict.value, 1e-9));
            CU_ASSERT_TRUE(!verdict.feasible || verdict.bound >= verdict.value);
            compared += verdict.feasible;
            close_exact(&e);
            ganger_plan_destroy(plan);
        }
        ganger_problem_destroy(p);
    }
    CU_ASSERT_TRUE(compared > INSTANCES / 4);
}

/* Discount factors lie between their two integers, which are neighbours or nearly. */
static void discount_is_bracketed(void)
{
    static const double rates[] = {0, 0x1p-60, 0.03, 0.08, 0.1, 0.5, 1};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        struct ganger_time time = {
            .periods = 7, .period_days = 91, .discount_rate = rates[i], .terminal_years = 12.5};
        struct ganger_problem p = {.time = time};
        int64_t low[8], high[8], weight_low[8], weight_high[8];
        struct exact e;
        open_exact(&e, &p, NULL);
        ganger_discount_fill(&time, (struct ganger_discount){low, high, weight_low, weight_high});
        for (int t = 0; t < 8; t++) {
            mpfr_mul_2si(e.a, e.disc[t], GANGER_RATIO_BITS, MPFR_RNDN);
            mpfr_mul_2si(e.b, e.weight[t], GANGER_WEIGHT_BITS, MPFR_RNDN);
            CU_ASSERT_TRUE(mpfr_cmp_si(e.a, low[t]) >= 0 && mpfr_cmp_si(e.a, high[t]) <= 0);
            CU_ASSERT_TRUE(mpfr_cmp_si(e.b, weight_low[t]) >= 0 &&
                           mpfr_cmp_si(e.b, weight_high[t]) <= 0);
            CU_ASSERT_TRUE(high[t] - low[t] <= 1 && weight_high[t] - weight_low[t] <= 1);
        }
        close_exact(&e);
    }
}

static const struct ganger_test tests[] = {
    {"bound is the formula", bound_is_the_formula},
    {"value is the formula", value_is_the_formula},
    {"discount is bracketed", discount_is_bracketed},
    {NULL, NULL},
};
const struct ganger_suite exact_suite = {"exact", "property", tests};
