/* Each rule of MODEL sections 4 and 5, broken alone. */
#include "check/steppe.h"
#include "check/suites.h"

static struct steppe s;

static void good_plan_passes(void)
{
    steppe_open(&s);
    CU_ASSERT_TRUE(steppe_passes(&s));
    s.start[OPENING] = s.mode[OPENING] = GANGER_NONE; /* optional */
    CU_ASSERT_TRUE(steppe_passes(&s));
    steppe_close(&s);
}

static void dates(void)
{
    steppe_open(&s);
    s.start[DOUBLE_TRACK] = 1;
    CU_ASSERT_TRUE(steppe_breaks(&s, "start", "before its earliest 2"));
    s.start[DOUBLE_TRACK] = 13;
    CU_ASSERT_TRUE(steppe_breaks(&s, "finish", "after its deadline 14"));
    s.start[DOUBLE_TRACK] = s.mode[DOUBLE_TRACK] = GANGER_NONE;
    CU_ASSERT_TRUE(steppe_breaks(&s, "start", "mandatory"));
    steppe_close(&s);
}

static void fixed(void)
{
    steppe_open(&s);
    s.start[TERMINAL] = 2;
    CU_ASSERT_TRUE(steppe_breaks(&s, "start", "is fixed to 1"));
    s.start[TERMINAL] = 1;
    s.mode[TERMINAL] = 0;
    CU_ASSERT_TRUE(steppe_breaks(&s, "mode", "is fixed to 1"));
    steppe_close(&s);
}

static void precedence(void)
{
    steppe_open(&s);
    s.start[OPENING] = 13; /* far ends at 13, lag 1 */
    CU_ASSERT_TRUE(steppe_breaks(&s, "start", "after far it may from 14"));
    s.start[OPENING] = 14;
    s.start[BUILD_FAR] = s.mode[BUILD_FAR] = GANGER_NONE;
    CU_ASSERT_TRUE(steppe_breaks(&s, "start", "must come first"));
    steppe_close(&s);
    steppe_open(&s);
    s.start[RENEW] = 7; /* double starts in 8: start to start, lag 2 */
    CU_ASSERT_TRUE(steppe_breaks(&s, "start", "after renew it may from 9"));
    steppe_close(&s);
}

static void overlap(void)
{
    steppe_open(&s);
    s.start[RENEW] = 6;
    s.mode[RENEW] = 1; /* [6, 9) against [8, 10) */
    CU_ASSERT_TRUE(steppe_breaks(&s, "start", "overlap on segment m2"));
    steppe_close(&s);
}

static void railhead(void)
{
    steppe_open(&s);
    s.start[BUILD_FAR] = 5; /* near is finished at 7 */
    CU_ASSERT_TRUE(steppe_breaks(&s, "start", "before rails reach it"));
    s.start[BUILD_FAR] = 10;
    s.start[BUILD_NEAR] = s.mode[BUILD_NEAR] = GANGER_NONE;
    CU_ASSERT_TRUE(steppe_breaks(&s, "start", "they never do"));
    steppe_close(&s);
}

static void renewable(void)
{
    steppe_open(&s);
    s.start[BUILD_FAR] = 9; /* one gang with double's two */
    CU_ASSERT_TRUE(steppe_breaks(&s, "usage", "gang: 3 in use in period 9"));
    steppe_close(&s);
}

static void windows(void)
{
    steppe_open(&s);
    s.start[BUILD_NEAR] = 4; /* all of its rail before period 6 */
    CU_ASSERT_TRUE(steppe_breaks(&s, "usage", "rail: 60 used in periods 0 to 5"));
    steppe_close(&s);
    steppe_open(&s);
    s.start[DOUBLE_TRACK] = 6; /* its money, and a third of far's, within the first 8 periods */
    s.start[BUILD_FAR] = 7;
    CU_ASSERT_TRUE(steppe_breaks(&s, "usage", "budget: 16 used in periods 0 to 7, limit 15"));
    steppe_close(&s);
}

static void hard_target(void)
{
    steppe_open(&s);
    s.start[RENEW] = s.mode[RENEW] = GANGER_NONE;
    CU_ASSERT_TRUE(steppe_breaks(&s, "finish", "target repaired"));
    steppe_close(&s);
}

/* Schedules that cannot even be turned into a plan by naive.h: the arrays are changed afterwards. */
static bool nonsense(int32_t work, int32_t start, int32_t finish, int32_t mode, const char *column)
{
    struct ganger_findings findings;
    steppe_open(&s);
    ganger_findings_init(&findings);
    struct ganger_plan *plan = steppe_plan(&s);
    plan->start[work] = start;
    plan->finish[work] = finish;
    plan->mode[work] = mode;
    bool refused =
        ganger_referee_check(s.problem, plan, "plan", NULL, &findings) == GANGER_STATUS_REFUSED &&
        findings_say(&findings, column, "work ");
    ganger_findings_clear(&findings);
    ganger_plan_destroy(plan);
    steppe_close(&s);
    return refused;
}

static void nonsense_is_refused(void)
{
    CU_ASSERT_TRUE(nonsense(RENEW, 0, 3, 0, "start")); /* winter: not a working period */
    CU_ASSERT_TRUE(nonsense(RENEW, 1, 5, 0, "finish"));
    CU_ASSERT_TRUE(nonsense(RENEW, 1, 3, 0, "finish"));
    CU_ASSERT_TRUE(nonsense(RENEW, 16, 16, 0, "start"));
    CU_ASSERT_TRUE(nonsense(RENEW, -7, 3, 0, "start"));
    CU_ASSERT_TRUE(nonsense(RENEW, 1, 4, 2, "mode"));
    CU_ASSERT_TRUE(nonsense(RENEW, 1, 4, -3, "mode"));
    CU_ASSERT_TRUE(nonsense(RENEW, -1, 4, -1, "finish"));
    CU_ASSERT_TRUE(nonsense(RENEW, -1, -1, 0, "mode"));
    CU_ASSERT_TRUE(nonsense(BUILD_FAR, 15, 16, 0, "finish")); /* beyond the horizon */
}

static const struct ganger_test tests[] = {
    {"good plan passes", good_plan_passes},
    {"dates", dates},
    {"fixed", fixed},
    {"precedence", precedence},
    {"overlap", overlap},
    {"railhead", railhead},
    {"renewable", renewable},
    {"windows", windows},
    {"hard target", hard_target},
    {"nonsense is refused", nonsense_is_refused},
    {NULL, NULL},
};
const struct ganger_suite rules_suite = {"rules", "unit", tests};
