/* Energy of a work that waits for three others on a line of three segments: the referee's bound against the definition read
 * literally, and against all plans at prices that were made to prove as much as they can. */
#include "check/energy_rows.h"
#include "check/referee.h"
#include "check/suites.h"
#include "support/tiny.h"

#include <math.h>

/* A table of prices at random, and the part of it that changes. */
static double *draw_part(struct ganger_rng *rng, const struct ganger_problem *p,
                         struct ganger_prices *prices, int32_t *count)
{
    int32_t periods = p->time.periods, boundaries = periods + 1;
    const struct {
        double *price;
        int32_t rows, width;
    } tables[] = {
        {prices->segment, 2 * p->segments.count * boundaries, 1},
        {prices->renewable, p->resources.renewables, periods},
        {prices->precedence, p->precedences.count, periods},
        {prices->energy, prices->energies, periods},
    };
    int32_t i = ganger_rng_below(rng, sizeof tables / sizeof *tables);
    if (tables[i].rows == 0) {
        *count = 0;
        return NULL;
    }
    int32_t from = ganger_rng_below(rng, tables[i].width);
    *count = 1 + ganger_rng_below(rng, tables[i].width - from);
    return tables[i].price + ganger_rng_below(rng, tables[i].rows) * tables[i].width + from;
}

/* Changes some prices, and changes them back where the bound does not fall by it. */
static double lower(struct ganger_rng *rng, const struct ganger_problem *p,
                    struct ganger_prices *prices, double bound)
{
    double old[16];
    int32_t count;
    double *price = draw_part(rng, p, prices, &count);
    double step = exp(10 * ganger_rng_unit(rng) - 6);
    int32_t way = ganger_rng_below(rng, 3);
    for (int32_t i = 0; i < count; i++) {
        old[i] = price[i];
        price[i] = way == 0 ? 0 : fmax(0, old[i] + (way == 1 ? step : -step));
    }
    double changed = ganger_referee_bound(p, prices);
    CU_ASSERT(!isnan(changed));
    for (int32_t i = 0; i < count && changed > bound; i++) {
        price[i] = old[i];
    }
    return fmin(bound, changed);
}

/* A line of three segments on one link or two, each with a work that may widen it, and one more that comes after them. */
static struct ganger_problem *draw_line(struct ganger_rng *rng)
{
    struct tiny t;
    bool two = ganger_rng_below(rng, 2) == 0;
    int pause = ganger_rng_below(rng, 9), base = ganger_rng_below(rng, 3);
    tiny_init(&t, 9);
    tiny_add(&t, TINY_NODE, "n0,true");
    tiny_add(&t, TINY_NODE, "n1,true");
    tiny_add(&t, TINY_NODE, "n2,true");
    tiny_add(&t, TINY_RESOURCE, "gang,renewable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,9,%d", 1 + ganger_rng_below(rng, 6));
    tiny_add(&t, TINY_CALENDAR, "half,0,9,50");
    tiny_add(&t, TINY_CALENDAR, "pause,%d,%d,0", pause, pause + 1);
    tiny_add(&t, TINY_LINK, "l0,n0,n1,false,0.1");
    if (two) {
        tiny_add(&t, TINY_LINK, "l1,n1,n2,false,0.1");
    }
    for (int w = 0; w < 4; w++) {
        static const char *const calendars[] = {"", "half", "pause"};
        int amount = 1 + ganger_rng_below(rng, 2), duration = 1 + ganger_rng_below(rng, 3);
        int gain = 1 + ganger_rng_below(rng, 3), link = two && w > 0, km = 5 * (w - link);
        if (w < 3) {
            tiny_add(&t, TINY_SEGMENT, "s%d,l%d,n%d,%d,%d,%d,0,1", w, link, link, km, km + 5,
                     base + ganger_rng_below(rng, 2));
        }
        tiny_add(&t, TINY_WORK, "w%d,upgrade,s%d,0,%d,false,,,,,false,%s,,", w, w % 3, gain,
                 calendars[ganger_rng_below(rng, 3)]);
        tiny_add(&t, TINY_MODE, "w%d,slow,%d,%d,1", w, duration, ganger_rng_below(rng, 3));
        tiny_add(&t, TINY_USAGE, "w%d,slow,gang,%d", w, amount);
        if (ganger_rng_below(rng, 2) == 0 && duration > 1) {
            tiny_add(&t, TINY_MODE, "w%d,fast,%d,%d,0.5", w, duration - 1,
                     ganger_rng_below(rng, 3));
            tiny_add(&t, TINY_USAGE, "w%d,fast,gang,%d", w, amount + 1);
        }
    }
    for (int w = 0; w < 3; w++) { /* also through others */
        bool through = w == 1 && ganger_rng_below(rng, 2) == 0;
        tiny_add(&t, TINY_PRECEDENCE, "w%d,w%d,FS,%d", w, through ? 2 : 3,
                 ganger_rng_below(rng, 2));
    }
    tiny_add(&t, TINY_DEMAND, "d,n0,n%d,20", two ? 2 : 1);
    tiny_add(&t, TINY_PROFILE, "d,0,%d", base + 1 + ganger_rng_below(rng, 3));
    tiny_add(&t, TINY_PROFILE, "d,5,%d", base + 1 + ganger_rng_below(rng, 4));
    return tiny_try(&t);
}

/* ---- the definition, read literally ------------------------------------------------------------ */

static int32_t amount_of(const struct ganger_problem *p, int32_t m)
{
    return p->modes.use_amount[p->modes.first_use[m]];
}

/* Periods from u on in which a work works that is begun in s in this mode. */
static int32_t periods_left(const struct ganger_problem *p, int32_t m, int32_t s, int32_t u)
{
    int32_t count = 0;
    for (int32_t t = s; t < ganger_problem_finish(p, m, s); t++) {
        count += t >= u && ganger_problem_productivity(p, p->modes.work[m], t) > 0;
    }
    return count;
}

static int32_t least_energy(const struct ganger_problem *p, int32_t w)
{
    int32_t least = INT32_MAX;
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        int32_t takes = amount_of(p, m) * p->modes.duration[m];
        least = takes < least ? takes : least;
    }
    return least;
}

/* max(0, E - C(u, f)) of the first three works. */
static double asked(const struct ganger_problem *p, int32_t u, int32_t f)
{
    double asked = 0;
    for (int32_t w = 0; w < 3; w++) {
        asked += least_energy(p, w);
    }
    for (int32_t t = u; t < f; t++) {
        double most = 0;
        for (int32_t w = 0; w < 3; w++) {
            int32_t greatest = 0;
            for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
                greatest = amount_of(p, m) > greatest ? amount_of(p, m) : greatest;
            }
            most += ganger_problem_productivity(p, w, t) > 0 ? greatest : 0;
        }
        asked -= fmin(most, p->resources.capacity[t]);
    }
    return fmax(0, asked);
}

static double owed(const struct ganger_problem *p, const double *price, int32_t f)
{
    double sum = 0;
    for (int32_t u = 0; u < p->time.periods; u++) { /* all of E from f on */
        sum += price[u] * asked(p, u, f);
    }
    return sum;
}

static double money_and_rent(const struct ganger_problem *p, const struct ganger_prices *prices,
                             int32_t m, int32_t s)
{
    double productive = 0, money = 0, rent = 0;
    for (int32_t t = s; t < ganger_problem_finish(p, m, s); t++) {
        int32_t now = ganger_problem_productivity(p, p->modes.work[m], t);
        productive += now;
        money += now * p->time.discount[t];
        rent += now > 0 ? prices->renewable[t] * amount_of(p, m) : 0;
    }
    return p->modes.cost[m] * money / productive + rent;
}

/* Of both directions, at t. */
static double capacity_price(const struct ganger_problem *p, const struct ganger_prices *prices,
                             int32_t q, int32_t t)
{
    const double *both = prices->segment + 2 * (t * p->segments.count + q);
    return (both[0] + both[1]) * p->time.weight[t];
}

/* What a work is worth with this start: gains, factors, precedences, and the prices that are tested here. */
static double worth_of(const struct ganger_problem *p, const struct ganger_prices *prices,
                       int32_t m, int32_t s)
{
    int32_t w = p->modes.work[m], f = ganger_problem_finish(p, m, s), q = p->works.segment[w];
    int32_t periods = p->time.periods;
    double worth = -money_and_rent(p, prices, m, s);
    for (int32_t t = s; t <= periods; t++) {
        /* The last work's segment has what the one before on it adds. */
        double standing = p->segments.capacity[q] + (w == 3 ? p->works.gain[0] : 0);
        double price = capacity_price(p, prices, q, t);
        bool at_work = t < f && ganger_problem_productivity(p, w, t) > 0;
        worth += t >= f ? price * p->works.gain[w] : 0;
        worth -= at_work ? price * standing * (1 - p->modes.factor[m]) : 0;
    }
    for (int32_t i = 0; i < p->precedences.count; i++) {
        for (int32_t t = 0; t < periods; t++) {
            double price = prices->precedence[i * periods + t];
            worth -= w == p->precedences.successor[i] && t >= s ? price : 0;
            worth +=
                w == p->precedences.predecessor[i] && t >= f + p->precedences.lag[i] ? price : 0;
        }
    }
    for (int32_t u = 0; u < periods; u++) {
        double credit = least_energy(p, w) - amount_of(p, m) * periods_left(p, m, s, u);
        worth += w < 3 ? prices->energy[u] * fmax(0, credit) : 0;
    }
    return worth - (w == 3 ? owed(p, prices->energy, s) : 0);
}

static double best_of_work(const struct ganger_problem *p, const struct ganger_prices *prices,
                           int32_t w)
{
    double best = 0;
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        for (int32_t s = 0; s < p->time.periods; s++) {
            if (ganger_problem_finish(p, m, s) <= p->time.periods) {
                best = fmax(best, worth_of(p, prices, m, s));
            }
        }
    }
    return best;
}

static double literal_bound(const struct ganger_problem *p, const struct ganger_prices *prices)
{
    double bound = 0;
    for (int32_t w = 0; w < 4; w++) {
        bound += best_of_work(p, prices, w);
    }
    for (int32_t t = 0; t <= p->time.periods; t++) {
        double pays = 0;
        for (int32_t q = 0; q < p->segments.count; q++) {
            pays += prices->segment[2 * (t * p->segments.count + q)] +
                    0.1 * (p->segments.end_km[q] - p->segments.start_km[q]);
            bound += capacity_price(p, prices, q, t) * p->segments.capacity[q];
        }
        bound += p->time.weight[t] * ganger_problem_volume(p, 0, t) * fmax(0, 20 - pays);
        bound += t < p->time.periods ? prices->renewable[t] * p->resources.capacity[t] : 0;
    }
    return bound;
}

/* Low prices of energy in all periods, so that it pays to begin although something is owed. */
static void any_energy_is_as_defined(struct ganger_rng *rng, const struct ganger_problem *p,
                                     struct ganger_prices *prices)
{
    for (int32_t i = 0; i < p->time.periods; i++) {
        prices->energy[i] = 0.5 * ganger_rng_unit(rng);
    }
    for (int32_t t = 0; t <= p->time.periods; t++) {
        prices->segment[2 * t * p->segments.count] =
            5; /* so that the last work is worth to begin */
    }
    double bound = ganger_referee_bound(p, prices);
    CU_ASSERT_DOUBLE_EQUAL(bound, literal_bound(p, prices), 1e-6 * fabs(bound));
    for (int32_t i = 0; i < p->time.periods; i++) {
        prices->energy[i] = 0;
    }
}

static void no_plan_is_better_than_the_best_prices_prove(void)
{
    enum { INSTANCES = 60, STEPS = 3000 };
    struct ganger_rng rng;
    int lowered = 0, close = 0, waits = 0;
    ganger_rng_init(&rng, 29, 0, 0);
    for (int i = 0; i < INSTANCES;) {
        struct ganger_problem *p = draw_line(&rng);
        if (!p) {
            continue;
        }
        i++;
        struct ganger_plan *plan = ganger_plan_create(p);
        struct ganger_prices *prices = &plan->prices;
        CU_ASSERT_FATAL(plan && energy_rows_make(prices, p, 1));
        double best = energy_rows_best(p);
        prices->energy_work[0] = 3;
        double free = ganger_referee_bound(p, prices);
        any_energy_is_as_defined(&rng, p, prices);
        double bound = ganger_referee_bound(p, prices);
        for (int step = 0; step < STEPS; step++) {
            bound = lower(&rng, p, prices, bound);
        }
        CU_ASSERT_DOUBLE_EQUAL(bound, literal_bound(p, prices), 1e-6 * fabs(bound));
        CU_ASSERT(bound >= best - 1e-7 * (1 + fabs(best)));
        lowered += bound < free;
        close += bound - best < 0.5 * (free - best);
        prices->energies = 0;
        waits += bound < ganger_referee_bound(p, prices) - 1e-6 * fabs(bound);
        ganger_plan_destroy(plan);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(lowered > INSTANCES / 2 && close > INSTANCES / 4 && waits > INSTANCES / 6);
}

static const struct ganger_test tests[] = {
    {"no plan is better than the best prices prove", no_plan_is_better_than_the_best_prices_prove},
    {NULL, NULL}};

const struct ganger_suite successor_suite = {"successor", "property", tests};
