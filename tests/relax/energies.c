/* Rows of energy: what is asked and what is done, literally; and that bounds know that works wait for all others. */
#include "relax/columns.h"
#include "relax/relaxation.h"
#include "support/brute.h"
#include "support/test.h"
#include "support/tiny.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct tiny_shape shape = {.periods = 9, .works = 4, .longest = 3, .rails = true};

struct rows {
    struct ganger_blocks blocks;
    struct ganger_columns columns;
    struct ganger_orders orders;
    struct ganger_energies energies;
};

static void rows_init(struct rows *r, const struct ganger_problem *p, int32_t blocks)
{
    CU_ASSERT_FATAL(ganger_blocks_init(&r->blocks, p, blocks));
    CU_ASSERT_FATAL(ganger_orders_init(&r->orders, p));
    CU_ASSERT_FATAL(ganger_columns_init(&r->columns, p, &r->blocks, &r->orders));
    CU_ASSERT_FATAL(ganger_energies_init(&r->energies, p));
}

static void rows_clear(struct rows *r)
{
    ganger_energies_clear(&r->energies);
    ganger_columns_clear(&r->columns);
    ganger_orders_clear(&r->orders);
    ganger_blocks_clear(&r->blocks);
}

/* What there is to do of a work at least. */
static int32_t least_of(const struct ganger_problem *p, int32_t work, int32_t renewable)
{
    int32_t least = INT32_MAX;
    for (int32_t m = p->works.first_mode[work]; m < p->works.first_mode[work + 1]; m++) {
        int32_t takes = ganger_energies_amount(p, renewable, m) * p->modes.duration[m];
        least = takes < least ? takes : least;
    }
    return least;
}

/* What a column has got done of its work by u. */
static double done_by(const struct ganger_columns *c, int32_t i, int32_t renewable, int32_t u)
{
    const struct ganger_problem *p = c->problem;
    int32_t work = p->modes.work[c->mode[i]], left = 0;
    for (int32_t t = c->start[i]; t < c->finish[i]; t++) {
        left += t >= u && ganger_problem_productivity(p, work, t) > 0;
    }
    int32_t takes = ganger_energies_amount(p, renewable, c->mode[i]) * left;
    return fmax(0, least_of(p, work, renewable) - takes);
}

static double *random_row(struct ganger_rng *rng, size_t count)
{
    double *row = calloc(count + 1, sizeof *row);
    CU_ASSERT_FATAL(row != NULL);
    for (size_t i = 0; i < count; i++) {
        row[i] = ganger_rng_below(rng, 3) == 0 ? 0 : ganger_rng_unit(rng);
    }
    return row;
}

/* Prices and amounts of columns, and what follows from them. */
struct sample {
    double *account, *row, *x, *profit, *credit, *need, *scratch;
};

static void sample_init(struct sample *s, const struct rows *r, struct ganger_rng *rng)
{
    size_t width = (size_t)r->blocks.width, columns = (size_t)r->columns.count;
    s->account = random_row(rng, (size_t)r->energies.accounts * width);
    s->row = random_row(rng, (size_t)r->energies.count * width);
    s->x = random_row(rng, columns);
    s->profit = random_row(rng, columns);
    s->credit = random_row(rng, (size_t)r->energies.accounts * width);
    s->need = random_row(rng, (size_t)r->energies.count * width);
    s->scratch = random_row(rng, 3 * width + 2);
    memset(s->profit, 0, columns * sizeof *s->profit);
}

static void sample_clear(struct sample *s)
{
    double *owned[] = {s->account, s->row, s->x, s->profit, s->credit, s->need, s->scratch};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
}

/* Takes what columns have done off profit and credit, so that nothing is left. */
static void take_off_done(const struct rows *r, struct sample *s, int32_t account, int32_t b)
{
    const struct ganger_columns *c = &r->columns;
    int64_t at = (int64_t)account * c->blocks->width + b;
    for (int32_t i = 0; i < c->count; i++) {
        if (c->problem->modes.work[c->mode[i]] == r->energies.account_work[account]) {
            double done =
                done_by(c, i, r->energies.account_renewable[account], c->blocks->first[b]);
            s->credit[at] -= s->x[i] * done;
            s->profit[i] -= s->account[at] * done;
        }
    }
}

/* All that there is to do, but for what the gang can do from u to f. */
static double asked(const struct rows *r, int32_t row, int32_t u, int32_t f)
{
    const struct ganger_energies *e = &r->energies;
    const struct ganger_problem *p = e->problem;
    double asked = 0;
    for (int32_t k = e->first_member[row]; k < e->first_member[row + 1]; k++) {
        asked += least_of(p, e->account_work[e->member[k]], e->renewable[row]);
    }
    for (int32_t t = u; t < f; t++) {
        int32_t most = 0;
        for (int32_t k = e->first_member[row]; k < e->first_member[row + 1]; k++) {
            int32_t work = e->account_work[e->member[k]], greatest = 0;
            for (int32_t m = p->works.first_mode[work]; m < p->works.first_mode[work + 1]; m++) {
                int32_t amount = ganger_energies_amount(p, e->renewable[row], m);
                greatest = amount > greatest ? amount : greatest;
            }
            most += ganger_problem_productivity(p, work, t) > 0 ? greatest : 0;
        }
        asked -= fmin(most, p->resources.capacity[e->renewable[row] * p->time.periods + t]);
    }
    return fmax(0, asked);
}

static void take_off_asked(const struct rows *r, struct sample *s, int32_t row, int32_t b)
{
    const struct ganger_columns *c = &r->columns;
    int64_t at = (int64_t)row * c->blocks->width + b;
    for (int32_t i = 0; i < c->count; i++) {
        if (c->problem->modes.work[c->mode[i]] == r->energies.successor[row]) {
            double now = asked(r, row, c->blocks->first[b], c->start[i]);
            s->need[at] -= s->x[i] * now;
            s->profit[i] += s->row[at] * now;
        }
    }
}

/* Nothing is left of any number, and of rows in blocks but the last. */
static bool all_zero(const double *row, int32_t count, int32_t width, int32_t blocks)
{
    bool zero = true;
    for (int32_t i = 0; i < count; i++) {
        zero = zero && (i % width >= blocks - 1 || fabs(row[i]) < 1e-9);
    }
    return zero;
}

static int32_t check_columns(const struct ganger_problem *p, struct ganger_rng *rng, int32_t blocks)
{
    struct rows r;
    struct sample s;
    rows_init(&r, p, blocks);
    sample_init(&s, &r, rng);
    for (int32_t place = 0; place < p->works.count; place++) {
        ganger_columns_pay_energy(&r.columns, &r.energies, s.account, s.row, place, s.profit,
                                  s.scratch);
        ganger_columns_use_energy(&r.columns, &r.energies, s.x, place, s.credit, s.need, s.scratch);
    }
    int32_t width = r.blocks.width, rows = r.energies.count;
    for (int32_t b = 0; b + 1 < r.blocks.count; b++) {
        for (int32_t i = 0; i < r.energies.accounts; i++) {
            take_off_done(&r, &s, i, b);
        }
        for (int32_t i = 0; i < rows; i++) {
            take_off_asked(&r, &s, i, b);
        }
    }
    CU_ASSERT(all_zero(s.credit, r.energies.accounts * width, width, r.blocks.count));
    CU_ASSERT(all_zero(s.need, rows * width, width, r.blocks.count));
    CU_ASSERT(all_zero(s.profit, r.columns.count, 1, 2));
    sample_clear(&s);
    rows_clear(&r);
    return rows;
}

/* Two works of three periods for the only gang, and a third that begins once both are finished and makes a line. */
static struct ganger_problem *two_before_one(void)
{
    struct tiny t;
    tiny_init(&t, 10);
    t.discount_rate = t.terminal_years = 0;
    for (int v = 0; v < 2; v++) {
        tiny_add(&t, TINY_NODE, "n%d,true", v);
    }
    tiny_add(&t, TINY_RESOURCE, "gang,renewable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,10,1");
    tiny_add(&t, TINY_DEMAND, "d,n0,n1,20");
    tiny_add(&t, TINY_PROFILE, "d,0,3");
    tiny_add(&t, TINY_LINK, "l,n0,n1,false,0.1");
    tiny_add(&t, TINY_SEGMENT, "s,l,n0,0,5,0,0,1");
    for (int w = 0; w < 3; w++) {
        tiny_add(&t, TINY_WORK, "w%d,%s,%s,5,%d,false,,,,,false,,,", w,
                 w == 2 ? "build" : "facility", w == 2 ? "s" : "", w == 2 ? 5 : 0);
        tiny_add(&t, TINY_MODE, "w%d,m,%d,0,1", w, w == 2 ? 1 : 3);
        if (w < 2) {
            tiny_add(&t, TINY_USAGE, "w%d,m,gang,1", w);
            tiny_add(&t, TINY_PRECEDENCE, "w%d,w2,FS,0", w);
        }
    }
    return tiny_read(&t);
}

static void columns_pay_and_use_what_rows_say(void)
{
    struct ganger_rng rng;
    int32_t rows = 0;
    ganger_rng_init(&rng, 91, 0, 0);
    for (int i = 0; i < 200; i++) {
        struct ganger_problem *p = tiny_random(&rng, shape);
        CU_ASSERT_FATAL(p != NULL);
        rows += check_columns(p, &rng, 3 + i % 7);
        ganger_problem_destroy(p);
    }
    for (int32_t blocks = 3; blocks < 12; blocks++) {
        struct ganger_problem *p = two_before_one();
        CU_ASSERT_FATAL(p != NULL);
        rows += check_columns(p, &rng, blocks);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(rows >= 9);
}

/* The line carries for three of ten periods. In parts, without rows of energy, it would for more. */
static void successors_begin_at_the_end(void)
{
    struct ganger_problem *p = two_before_one();
    CU_ASSERT_FATAL(p != NULL);
    struct brute brute;
    CU_ASSERT_FATAL(brute_open(&brute, p));
    brute_search(&brute, true);
    struct ganger_relaxation *r = ganger_relaxation_create(p, brute.graph);
    CU_ASSERT_FATAL(r != NULL);
    for (int step = 0; step < 40; step++) {
        int64_t ticks = 0;
        CU_ASSERT_FATAL(ganger_relaxation_step(r, 1, &ticks));
    }
    CU_ASSERT(brute.best > 0);
    CU_ASSERT(ganger_relaxation_bound(r) >= brute.best * (1 - 1e-9));
    CU_ASSERT(ganger_relaxation_bound(r) < brute.best * 1.001);
    CU_ASSERT_EQUAL(ganger_relaxation_prices(r).energies, 1);
    ganger_relaxation_destroy(r);
    brute_close(&brute);
    ganger_problem_destroy(p);
}

static const struct ganger_test tests[] = {
    {"columns pay and use what rows say", columns_pay_and_use_what_rows_say},
    {"successors begin at the end", successors_begin_at_the_end},
    {NULL, NULL}};

const struct ganger_suite energies_suite = {"energies", "property", tests};
