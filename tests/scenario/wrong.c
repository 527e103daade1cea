/* Wrong cells are named by line and column, with what was expected. */
#include "scenario/town.h"
#include "support/test.h"

#include <ganger/ganger.h>
#include <string.h>

struct wrong {
    const char *rows;
    long line;
    const char *column, *words;
};

static const struct wrong cases[] = {
    {"s,bugdet,,,,x0.8,,", 2, "change", "expected none, budget"},
    {"s,budget,,,,half,,", 2, "value", "expected x and a factor"},
    {"s,budget,,,,x-1,,", 2, "value", "x and a factor"},
    {"s,none,,,,,,\ns,budget,budgte,,,x1,,", 3, "id", "did you mean \"budget\"?"},
    {"s,budget,gang,,,x1,,", 2, "id", "is a renewable"},
    {"s,budget,,1,5,x1,,", 2, "from", "no window of budget lies within"},
    {"s,budget,,2025-13-01,,x1,,", 2, "from", "expected a date like"},
    {"s,budget,,6,6,x1,,", 2, "to", "expected a time after the beginning"},
    {"s,budget,,,,-15,,", 2, "value", "expected what leaves 0 or more, found -5"},
    {"s,capacity,,,,+1,,", 2, "id", "expected a resource, found nothing"},
    {"s,capacity,gang,,,-2,,", 2, "value", "expected what leaves 0 or more"},
    {"s,demand,d0|d9,,,x1,,", 2, "id", "expected demands of the instance"},
    {"s,demand,commodity=coal,,,x1,,", 2, "id", "expected demands of the instance"},
    {"s,ramp,d0,,,x2,,", 2, "value", "expected a number >= 0"},
    {"s,fee,all,,,x0,,", 2, "value", "expected x and a factor above 0"},
    {"s,fee,all,,,x0.5,-1,", 2, "elasticity", "expected a number from 0 to 10"},
    {"s,fee,all,,,x0.5,1,2", 2, "share", "expected a number from 0 to 1"},
    {"s,value,all,,,x0.5,1,", 2, "elasticity", "expected an empty cell but for the change fee"},
    {"s,value,all,0,,x0.5,,", 2, "from", "expected an empty cell"},
    {"s,work,v,,,maybe,,", 2, "value", "expected in or out"},
    {"s,work,v,,,out,,", 2, "scenario", "can never be done"}, /* m waits for it */
    {"s,project,none,,,out,,", 2, "id", "expected a project of the instance"},
    {"s,target_by,km,,,2027-01-01,,", 2, "value", "put a change of the horizon before it"},
    {"s,target_by,km,,,soon,,", 2, "value", "expected a day"},
    {"s,discount,,,,1.5,,", 2, "value", "expected a rate from 0 to below 1"},
    {"s,horizon,,,,2025-06-01,,", 2, "value", "expected a day after the end"},
    {"../s,none,,,,,,", 2, "scenario", "expected a name"},
    {"s,none,x,,,,,", 2, "id", "expected an empty cell"},
};

static void each_is_named(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ganger_findings findings;
        ganger_findings_init(&findings);
        struct ganger_problem *p = town_vary(cases[i].rows, &findings);
        const struct ganger_finding *f = &findings.list[0];
        bool good = !p && findings.count > 0 && f->line == cases[i].line &&
                    strcmp(f->column, cases[i].column) == 0 &&
                    strstr(f->message, cases[i].words) != NULL;
        CU_ASSERT(good);
        if (!good) {
            fprintf(stderr, "%s\n  %ld %s %s\n", cases[i].rows, findings.count ? f->line : -1,
                    findings.count ? f->column : "", findings.count ? f->message : "accepted");
        }
        ganger_problem_destroy(p);
        ganger_findings_clear(&findings);
    }
}

static void many_at_once(void)
{
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    CU_ASSERT_PTR_NULL(town_vary("s,x,,,,,,\ns,none,,,,1,,\nt,work,,,,in,,", &findings));
    CU_ASSERT_EQUAL(findings.total, 3);
    CU_ASSERT_EQUAL(findings.list[2].line, 4);
    ganger_findings_clear(&findings);
}

static void unknown_scenario(void)
{
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    CU_ASSERT_PTR_NULL(town_vary("t,none,,,,,,", &findings));
    CU_ASSERT_EQUAL(findings.list[0].status, GANGER_STATUS_MISUSE);
    ganger_findings_clear(&findings);
}

static const struct ganger_test tests[] = {{"each is named", each_is_named},
                                           {"many at once", many_at_once},
                                           {"unknown scenario", unknown_scenario},
                                           {NULL, NULL}};
const struct ganger_suite wrong_suite = {"wrong", "unit", tests};
