/* Every figure of a plan file, falsified alone. */
#include "check/steppe.h"
#include "check/suites.h"
#include "plan/layout.h"
#include "support/scratch.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct steppe s;

/* Refused with a finding about the column? */
static bool refused(struct ganger_plan *plan, const char *column)
{
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    ganger_status status = ganger_referee_check(s.problem, plan, "plan", NULL, &findings);
    bool said = findings_say(&findings, column, "");
    if (status != GANGER_STATUS_REFUSED || !said) {
        printf("%s: status %d\n", column, status);
    }
    ganger_findings_clear(&findings);
    return status == GANGER_STATUS_REFUSED && said;
}

static bool passes(struct ganger_plan *plan)
{
    return ganger_referee_check(s.problem, plan, "plan", NULL, NULL) == GANGER_STATUS_OK;
}

static bool is_price(const char *name)
{
    return strncmp(name, "price_", 6) == 0;
}

/* The first, a middle and the last entry of each real array, up and down. */
static void each_array(void)
{
    steppe_open(&s);
    struct ganger_plan *plan = steppe_plan(&s);
    size_t sizes[GANGER_DIMS];
    ganger_plan_sizes(s.problem, plan, sizes);
    CU_ASSERT_TRUE(passes(plan));
    for (int i = 0; i < ganger_plan_fields; i++) {
        const struct ganger_plan_field *field = &ganger_plan_field[i];
        size_t count = 1;
        for (int d = 0; d < GANGER_NETCDF_RANK && field->dims[d] != GANGER_DIM_END; d++) {
            count *= sizes[field->dims[d]];
        }
        if (field->type != GANGER_NETCDF_DOUBLE || is_price(field->name) ||
            !ganger_plan_has(plan, field->group)) {
            continue;
        }
        double *array = *ganger_plan_slot(plan, field);
        const size_t at[] = {0, count / 2, count - 1};
        for (int j = 0; j < 3; j++) {
            double old = array[at[j]];
            array[at[j]] = old + 0.01;
            bool up = field->group == GANGER_PLAN_ROOT ? refused(plan, field->name) : !passes(plan);
            array[at[j]] = old - 0.01;
            bool down =
                field->group == GANGER_PLAN_ROOT ? refused(plan, field->name) : !passes(plan);
            array[at[j]] = (double)NAN;
            bool nan = !passes(plan);
            array[at[j]] = old;
            CU_ASSERT_TRUE(up);
            CU_ASSERT_TRUE(down);
            CU_ASSERT_TRUE(nan);
        }
    }
    CU_ASSERT_TRUE(passes(plan));
    ganger_plan_destroy(plan);
    steppe_close(&s);
}

static void paths(void)
{
    steppe_open(&s);
    struct ganger_plan *plan = steppe_plan(&s);
    struct {
        int32_t *cell, value;
        const char *column;
    } lies[] = {
        {&plan->paths.demand[0], 1, "path_arc"},
        {&plan->paths.demand[0], 3, "path_demand"},
        {&plan->paths.demand[0], -1, "path_demand"},
        {&plan->paths.arc[0], 1, "path_arc"},
        {&plan->paths.arc[0], 2, "path_arc"},
        {&plan->paths.arc[0], 99, "path_arc"},
        {&plan->paths.arc[0], -2, "path_arc"},
        {&plan->paths.first_arc[0], 1, "path_first_arc"},
        {&plan->paths.first_arc[1], 2, "path_arc"},
        {&plan->paths.first_arc[1], 9, "path_first_arc"},
        {&plan->paths.flow_boundary[0], 17, "flow_boundary"},
        {&plan->paths.flow_boundary[0], -1, "flow_boundary"},
        {&plan->paths.flow_boundary[0], 1, "flow_mtpa"},
        {&plan->paths.flow_path[0], 3, "flow_path"},
        {&plan->paths.flow_path[0], 1, "flow"},
    };
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        int32_t old = *lies[i].cell;
        *lies[i].cell = lies[i].value;
        CU_ASSERT_TRUE(refused(plan, lies[i].column));
        *lies[i].cell = old;
    }
    CU_ASSERT_TRUE(passes(plan));
    ganger_plan_destroy(plan);
    steppe_close(&s);
}

static void each_figure(void)
{
    steppe_open(&s);
    struct ganger_plan *plan = steppe_plan(&s);
    for (int i = 0; i < ganger_plan_figures; i++) {
        const struct ganger_plan_figure *figure = &ganger_plan_figure[i];
        void *at = (char *)&plan->summary + figure->offset;
        bool judged =
            strncmp(figure->name, "term_", 5) == 0 || strncmp(figure->name, "total_", 6) == 0;
        if (judged) {
            *(double *)at += 0.1;
            CU_ASSERT_TRUE(refused(plan, figure->name));
            *(double *)at -= 0.2;
            CU_ASSERT_TRUE(refused(plan, figure->name));
            *(double *)at += 0.1;
        }
    }
    plan->summary.works_done++;
    CU_ASSERT_TRUE(refused(plan, "works_done"));
    plan->summary.works_done--;
    plan->summary.works++;
    CU_ASSERT_TRUE(refused(plan, "works"));
    plan->summary.works--;
    CU_ASSERT_TRUE(passes(plan));
    ganger_plan_destroy(plan);
    steppe_close(&s);
}

/* Claims are the truth, or a rounding below it. */
static void claims(void)
{
    steppe_open(&s);
    struct ganger_plan *plan = steppe_plan(&s);
    struct ganger_summary right = plan->summary;
    plan->summary.value += 0.1;
    CU_ASSERT_TRUE(refused(plan, "value"));
    plan->summary.value = (double)NAN;
    CU_ASSERT_TRUE(refused(plan, "value"));
    plan->summary = right;
    plan->summary.bound -= 0.1;
    CU_ASSERT_TRUE(refused(plan, "bound"));
    plan->summary.bound = right.bound + 5;
    CU_ASSERT_TRUE(refused(plan, "bound"));
    /* A last bit on the wrong side is a lie, on the other side it is rounding. */
    plan->summary.bound = nextafter(right.bound, -(double)INFINITY);
    CU_ASSERT_TRUE(refused(plan, "bound"));
    plan->summary.bound = nextafter(right.bound, (double)INFINITY);
    CU_ASSERT_TRUE(passes(plan));
    plan->summary = right;
    plan->summary.value = nextafter(right.value, (double)INFINITY);
    CU_ASSERT_TRUE(refused(plan, "value"));
    plan->summary.value = nextafter(right.value, -(double)INFINITY);
    CU_ASSERT_TRUE(passes(plan));
    plan->summary.value = right.value - 0.1;
    CU_ASSERT_TRUE(refused(plan, "value"));
    plan->summary = right;
    plan->summary.gap_percent -= 1;
    CU_ASSERT_TRUE(refused(plan, "gap_percent"));
    plan->summary.gap_percent += 2;
    CU_ASSERT_TRUE(refused(plan, "gap_percent"));
    plan->summary = right;
    plan->summary.outcome = GANGER_OUTCOME_OPTIMAL;
    CU_ASSERT_TRUE(refused(plan, "status"));
    plan->summary.outcome = GANGER_OUTCOME_LIMIT;
    CU_ASSERT_TRUE(refused(plan, "status"));
    ganger_plan_destroy(plan);
    steppe_close(&s);
}

/* Optimal is what has no room for more, but for rounding. */
static void optimal(void)
{
    struct ganger_verdict verdict = {.value = 100, .bound = 100};
    CU_ASSERT_TRUE(ganger_referee_optimal(&verdict));
    verdict.bound = 100 + 1e-7;
    CU_ASSERT_TRUE(ganger_referee_optimal(&verdict));
    verdict.bound = 100 + 1e-5;
    CU_ASSERT_FALSE(ganger_referee_optimal(&verdict));
    verdict.bound = (double)INFINITY;
    CU_ASSERT_FALSE(ganger_referee_optimal(&verdict));
    verdict.bound = (double)NAN;
    CU_ASSERT_FALSE(ganger_referee_optimal(&verdict));
}

/* Where works cost nothing, the gap is a share of the value. */
static void free_works(void)
{
    steppe_open(&s);
    for (int32_t m = 0; m < s.problem->modes.count; m++) {
        s.problem->modes.cost[m] = 0;
    }
    struct ganger_plan *plan = steppe_plan(&s);
    struct ganger_summary *claim = &plan->summary;
    double right = claim->gap_percent;
    CU_ASSERT_EQUAL(claim->terms.cost, 0);
    CU_ASSERT_DOUBLE_EQUAL(right, 100 * (claim->bound - claim->value) / claim->value, 1e-6);
    CU_ASSERT_TRUE(passes(plan));
    claim->gap_percent = (double)INFINITY;
    CU_ASSERT_TRUE(refused(plan, "gap_percent"));
    ganger_plan_destroy(plan);
    steppe_close(&s);
}

/* A price that is none is refused; one that proves less than is claimed, too. */
static void prices(void)
{
    steppe_open(&s);
    struct ganger_plan *plan = steppe_plan(&s);
    struct {
        double *cell, worse;
        const char *column;
    } lies[] = {
        {&plan->prices.renewable[3], 50, "price_renewable"},
        {&plan->prices.window[0], 50, "price_window"},
        {&plan->prices.segment[0], 500, "price_segment"},
        {&plan->prices.precedence[12], 50, "price_precedence"},
        {&plan->prices.target[1], 0, "price_target"},
        {&plan->prices.energy[15], 50, "price_energy"},
    };
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        double old = *lies[i].cell;
        *lies[i].cell = -1e-9;
        CU_ASSERT_TRUE(refused(plan, lies[i].column));
        *lies[i].cell = (double)INFINITY;
        CU_ASSERT_TRUE(refused(plan, lies[i].column));
        *lies[i].cell = (double)NAN;
        CU_ASSERT_TRUE(refused(plan, lies[i].column));
        CU_ASSERT_TRUE(isnan(ganger_referee_bound(s.problem, &plan->prices)));
        *lies[i].cell = lies[i].worse;
        CU_ASSERT_TRUE(ganger_referee_bound(s.problem, &plan->prices) > plan->summary.bound);
        CU_ASSERT_TRUE(refused(plan, "bound"));
        *lies[i].cell = old;
    }
    plan->prices.target[1] = 0.3; /* soft: not above its shortfall cost of 0.2 */
    CU_ASSERT_TRUE(refused(plan, "price_target"));
    ganger_plan_destroy(plan);
    steppe_close(&s);
}

/* What a row of energy is about: named where it cannot be, and no longer proof of the bound where it can. */
static void energy(void)
{
    steppe_open(&s);
    struct ganger_plan *plan = steppe_plan(&s);
    struct ganger_prices *prices = &plan->prices;
    const struct {
        int32_t *cell, value;
        const char *column;
    } lies[] = {
        {&prices->energy_work[0], STEPPE_WORKS, "energy_work"},
        {&prices->energy_work[0], GANGER_NONE, "energy_work"},
        {&prices->energy_work[0], TERMINAL, "bound"}, /* waits for nothing */
        {&prices->energy_renewable[0], 1, "energy_renewable"},
        {&prices->energy_renewable[0], -1, "energy_renewable"},
    };
    CU_ASSERT_TRUE(passes(plan));
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        int32_t old = *lies[i].cell;
        *lies[i].cell = lies[i].value;
        CU_ASSERT_TRUE(refused(plan, lies[i].column));
        *lies[i].cell = old;
    }
    prices->energy[12] *= 1.5;
    CU_ASSERT_TRUE(!passes(plan));
    ganger_plan_destroy(plan);
    steppe_close(&s);
}

/* Sums that do not fit are refused, not wrapped. */
static void too_large(void)
{
    steppe_open(&s);
    struct ganger_plan *plan = steppe_plan(&s);
    struct ganger_findings findings;
    struct ganger_verdict verdict;
    ganger_findings_init(&findings);
    s.problem->modes.cost[0] = 1e12;
    CU_ASSERT_EQUAL(ganger_referee_check(s.problem, plan, "plan", &verdict, &findings),
                    GANGER_STATUS_REFUSED);
    CU_ASSERT_TRUE(findings_say(&findings, "", "too large"));
    CU_ASSERT_TRUE(isnan(verdict.value) && isnan(verdict.bound) && isnan(verdict.gap_percent));
    CU_ASSERT_TRUE(isnan(ganger_referee_bound(s.problem, &plan->prices)));
    ganger_findings_clear(&findings);
    ganger_plan_destroy(plan);
    steppe_close(&s);
}

static void file_is_refereed(void)
{
    char path[SCRATCH_PATH];
    struct ganger_verdict verdict;
    struct ganger_findings findings;
    steppe_open(&s);
    ganger_findings_init(&findings);
    scratch_file(path);
    struct ganger_plan *plan = steppe_plan(&s);
    CU_ASSERT_EQUAL(ganger_plan_write(plan, s.problem, path, &findings), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL(ganger_plan_check(s.problem, path, &verdict, &findings), GANGER_STATUS_OK);
    CU_ASSERT_TRUE(verdict.feasible);
    CU_ASSERT_DOUBLE_EQUAL(verdict.value, plan->summary.value, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(verdict.bound, plan->summary.bound, 1e-9);
    plan->start[RENEW] = 3;
    CU_ASSERT_EQUAL(ganger_plan_write(plan, s.problem, path, &findings), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL(ganger_plan_check(s.problem, path, &verdict, &findings), GANGER_STATUS_REFUSED);
    CU_ASSERT_TRUE(findings.count > 0);
    ganger_findings_clear(&findings);
    ganger_plan_destroy(plan);
    unlink(path);
    steppe_close(&s);
}

static const struct ganger_test tests[] = {
    {"each array", each_array},
    {"paths", paths},
    {"each figure", each_figure},
    {"claims", claims},
    {"free works", free_works},
    {"optimal", optimal},
    {"prices", prices},
    {"energy", energy},
    {"too large", too_large},
    {"file is refereed", file_is_refereed},
    {NULL, NULL},
};
const struct ganger_suite claims_suite = {"claims", "unit", tests};
