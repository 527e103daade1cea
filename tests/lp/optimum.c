/* Optima and prices, by hand and by duality; solving again after a change. */
#include "lp/random_lp.h"
#include "support/test.h"

#include <math.h>

static const double tolerance = 1e-9;

/* max 3x + 2y,  x + y <= 4,  x <= 3,  y <= 3: x = 3, y = 1; prices 2, 1, 0. */
static struct ganger_lp *small(void)
{
    struct ganger_lp *lp = ganger_lp_create();
    CU_ASSERT_PTR_NOT_NULL_FATAL(lp);
    CU_ASSERT_EQUAL(ganger_lp_add_row(lp, 4), 0);
    CU_ASSERT_EQUAL(ganger_lp_add_row(lp, 3), 1);
    CU_ASSERT_EQUAL(ganger_lp_add_row(lp, 3), 2);
    CU_ASSERT_EQUAL(ganger_lp_add_column(lp, 3, (int32_t[]){0, 1}, 2), 0);
    CU_ASSERT_EQUAL(ganger_lp_add_column(lp, 2, (int32_t[]){0, 2}, 2), 1);
    return lp;
}

/* max x + y,  2x + 0.5y <= 4,  y - 3x <= 1,  y <= 2: x = 1.5, y = 2; prices 0.5, 0, 0.75. */
static void coefficients(void)
{
    struct ganger_lp *lp = ganger_lp_create();
    CU_ASSERT_PTR_NOT_NULL_FATAL(lp);
    ganger_lp_add_row(lp, 4);
    ganger_lp_add_row(lp, 1);
    ganger_lp_add_row(lp, 2);
    CU_ASSERT_EQUAL(ganger_lp_add_column_of(lp, 1, (int32_t[]){0, 1}, (double[]){2, -3}, 2), 0);
    CU_ASSERT_EQUAL(ganger_lp_add_column_of(lp, 1, (int32_t[]){0, 1, 2}, (double[]){0.5, 1, 1}, 3),
                    1);
    CU_ASSERT_FATAL(ganger_lp_solve(lp));
    CU_ASSERT_DOUBLE_EQUAL(ganger_lp_value(lp), 3.5, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(ganger_lp_level(lp, 0), 1.5, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(ganger_lp_price(lp, 0), 0.5, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(ganger_lp_price(lp, 1), 0, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(ganger_lp_price(lp, 2), 0.75, tolerance);
    ganger_lp_destroy(lp);
    ganger_lp_release_thread();
}

static void known_optimum(void)
{
    struct ganger_lp *lp = small();
    CU_ASSERT_FATAL(ganger_lp_solve(lp));
    CU_ASSERT_DOUBLE_EQUAL(ganger_lp_value(lp), 11, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(ganger_lp_level(lp, 0), 3, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(ganger_lp_level(lp, 1), 1, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(ganger_lp_price(lp, 0), 2, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(ganger_lp_price(lp, 1), 1, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(ganger_lp_price(lp, 2), 0, tolerance);
    CU_ASSERT(ganger_lp_iterations(lp) > 0);
    ganger_lp_destroy(lp);
}

static void nothing_pays(void)
{
    struct ganger_lp *lp = ganger_lp_create();
    CU_ASSERT_PTR_NOT_NULL_FATAL(lp);
    ganger_lp_add_row(lp, 5);
    ganger_lp_add_column(lp, -1, (int32_t[]){0}, 1);
    CU_ASSERT_FATAL(ganger_lp_solve(lp));
    CU_ASSERT_DOUBLE_EQUAL(ganger_lp_value(lp), 0, 0);
    CU_ASSERT_DOUBLE_EQUAL(ganger_lp_price(lp, 0), 0, 0);
    ganger_lp_destroy(lp);
}

static void without_columns(void)
{
    struct ganger_lp *lp = ganger_lp_create();
    CU_ASSERT_PTR_NOT_NULL_FATAL(lp);
    ganger_lp_add_row(lp, 5);
    CU_ASSERT_FATAL(ganger_lp_solve(lp));
    CU_ASSERT_DOUBLE_EQUAL(ganger_lp_value(lp), 0, 0);
    ganger_lp_destroy(lp);
}

static void a_new_column_comes_in(void)
{
    struct ganger_lp *lp = small();
    CU_ASSERT_FATAL(ganger_lp_solve(lp));
    CU_ASSERT_EQUAL(ganger_lp_add_column(lp, 5, (int32_t[]){2}, 1), 2);
    CU_ASSERT_FATAL(ganger_lp_solve(lp));
    /* z takes all of the third row, which costs y: 9 + 15. */
    CU_ASSERT_DOUBLE_EQUAL(ganger_lp_value(lp), 24, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(ganger_lp_level(lp, 2), 3, tolerance);
    ganger_lp_destroy(lp);
}

static void zero_limits(void)
{
    struct ganger_lp *lp = small();
    ganger_lp_set_upper(lp, 0, 0);
    CU_ASSERT_FATAL(ganger_lp_solve(lp));
    CU_ASSERT_DOUBLE_EQUAL(ganger_lp_value(lp), 0, tolerance);
    ganger_lp_set_upper(lp, 0, 10);
    CU_ASSERT_FATAL(ganger_lp_solve(lp));
    CU_ASSERT_DOUBLE_EQUAL(ganger_lp_value(lp), 15, tolerance);
    ganger_lp_destroy(lp);
}

static void random_optima_are_proven_by_their_prices(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 11, 0, 0);
    for (int i = 0; i < 300; i++) {
        struct random_lp draft = random_lp_draw(&rng);
        struct ganger_lp *lp = random_lp_load(&draft);
        CU_ASSERT_FATAL(lp && ganger_lp_solve(lp));
        CU_ASSERT(random_lp_optimal(&draft, lp));
        ganger_lp_destroy(lp);
    }
}

static void solving_again_equals_solving_fresh(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 12, 0, 0);
    for (int i = 0; i < 30; i++) {
        struct random_lp draft = random_lp_draw(&rng);
        struct ganger_lp *again = random_lp_load(&draft);
        CU_ASSERT_FATAL(again && ganger_lp_solve(again));
        for (int change = 0; change < 10; change++) {
            random_lp_move(&draft, &rng);
            for (int32_t row = 0; row < RANDOM_ROWS; row++) {
                ganger_lp_set_upper(again, row, draft.upper[row]);
            }
            struct ganger_lp *fresh = random_lp_load(&draft);
            CU_ASSERT_FATAL(fresh && ganger_lp_solve(fresh) && ganger_lp_solve(again));
            CU_ASSERT_DOUBLE_EQUAL(ganger_lp_value(again), ganger_lp_value(fresh), 1e-8);
            CU_ASSERT(random_lp_optimal(&draft, again));
            ganger_lp_destroy(fresh);
        }
        ganger_lp_destroy(again);
    }
}

static void a_saved_basis_needs_no_iteration(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 13, 0, 0);
    for (int i = 0; i < 100; i++) {
        uint8_t rows[RANDOM_ROWS], columns[RANDOM_COLUMNS];
        struct random_lp draft = random_lp_draw(&rng);
        struct ganger_lp *first = random_lp_load(&draft);
        struct ganger_lp *second = random_lp_load(&draft);
        CU_ASSERT_FATAL(first && second && ganger_lp_solve(first));
        ganger_lp_get_basis(first, rows, columns);
        ganger_lp_set_basis(second, rows, RANDOM_ROWS, columns, RANDOM_COLUMNS);
        CU_ASSERT_FATAL(ganger_lp_solve(second));
        CU_ASSERT_EQUAL(ganger_lp_iterations(second), 0);
        CU_ASSERT_DOUBLE_EQUAL(ganger_lp_value(second), ganger_lp_value(first), 1e-9);
        CU_ASSERT(random_lp_optimal(&draft, second));
        ganger_lp_destroy(first);
        ganger_lp_destroy(second);
    }
}

static const struct ganger_test tests[] = {
    {"known optimum", known_optimum},
    {"coefficients", coefficients},
    {"nothing pays", nothing_pays},
    {"without columns", without_columns},
    {"a new column comes in", a_new_column_comes_in},
    {"zero limits", zero_limits},
    {"random optima are proven by their prices", random_optima_are_proven_by_their_prices},
    {"solving again equals solving fresh", solving_again_equals_solving_fresh},
    {"a saved basis needs no iteration", a_saved_basis_needs_no_iteration},
    {NULL, NULL}};

const struct ganger_suite optimum_suite = {"optimum", "unit", tests};
