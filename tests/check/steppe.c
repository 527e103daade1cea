#include "check/steppe.h"

#include "check/naive.h"
#include "check/package.h"
#include "plan/layout.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char settings[] =
    "\"start_date\": \"2025-01-01\", \"period_days\": 30, \"periods\": 16, \"discount_rate\": "
    "0.08, "
    "\"terminal_years\": 5, \"objective\": \"npv\", \"railhead\": true, \"currency\": \"USD\"";

static const struct package_table tables[] = {
    {"node",
     "node_id,x_coord,y_coord,railhead\nharbour,0,0,true\ncity,1,0,false\nmine,2,0,false\n"},
    {"link", "link_id,from_node_id,to_node_id,directed,cost_per_tkm\n"
             "main,harbour,city,false,0.02\nbranch,city,mine,false,0.03\n"},
    {"segment", "segment_id,link_id,ref_node_id,start_lr,end_lr,capacity,decay,floor\n"
                "m1,main,harbour,0,40,4,0.05,0.6\nm2,main,harbour,40,80,5,0.1,0.7\n"
                "b1,branch,city,0,20,0,0,1\nb2,branch,city,20,50,0,0,1\n"},
    {"demand", "demand_id,origin,destination,value\n"
               "goods,harbour,city,15\ngrain,city,harbour,9\nore,harbour,mine,40\n"},
    {"demand_profile", "demand_id,from,mt_per_year\ngoods,0,3\ngrain,0,6\nore,0,2\nore,8,3\n"},
    {"work",
     "work_id,kind,segment_id,km,gain,renews,earliest,deadline,due,tardiness_cost,mandatory,"
     "calendar_id,fixed_start,fixed_mode\n"
     "renew,repair,m2,40,0,true,,,,,false,winter,,\n"
     "double,upgrade,m2,40,3,false,2,14,9,0.5,true,,,\n"
     "near,build,b1,20,4,false,,,,,false,,,\n"
     "far,build,b2,30,4,false,,,,,false,,,\n"
     "terminal,facility,,0,0,false,,,,,false,,1,window\n"
     "opening,facility,,0,0,false,,,,,false,,,\n"},
    {"mode", "work_id,mode_id,duration,cost,factor\n"
             "renew,blockade,2,4,0\nrenew,window,3,5,0.5\ndouble,only,2,6,0.8\n"
             "near,only,2,3,1\nfar,only,3,4.5,1\n"
             "terminal,quick,1,2,1\nterminal,window,2,1.5,1\nopening,only,0,0.25,1\n"},
    {"usage", "work_id,mode_id,resource_id,amount\n"
              "renew,blockade,gang,1\nrenew,window,gang,1\ndouble,only,gang,2\n"
              "near,only,gang,1\nfar,only,gang,1\n"
              "renew,blockade,rail,40\nrenew,window,rail,40\nnear,only,rail,20\n"
              "far,only,rail,30\n"},
    {"resource", "resource_id,kind\ngang,renewable\nbudget,consumable\nrail,consumable\n"},
    {"capacity", "resource_id,from,to,limit\ngang,0,16,2\nbudget,0,8,15\nbudget,0,16,20\n"
                 "rail,0,6,50\nrail,0,16,100\n"},
    {"precedence", "predecessor,successor,type,lag\nfar,opening,FS,1\nrenew,double,SS,2\n"},
    {"calendar", "calendar_id,from,to,productivity\nwinter,0,1,0\nwinter,2,3,50\n"},
    {"target", "target_id,kind,by,km,shortfall_cost,hard\n"
               "repaired,repair,10,40,0.1,true\nnew,build|upgrade,15,100,0.2,false\n"},
    {NULL, NULL}};

void steppe_open(struct steppe *steppe)
{
    /* renew works in 1 and 3 in full and in 2 by half. near ends when 50 of rail are used before 6. */
    static const int32_t start[STEPPE_WORKS] = {
        [RENEW] = 1,      [DOUBLE_TRACK] = 8, [BUILD_NEAR] = 5,
        [BUILD_FAR] = 10, [TERMINAL] = 1,     [OPENING] = 14};
    static const int32_t mode[STEPPE_WORKS] = {[TERMINAL] = 1};
    steppe->problem = package_problem(settings, tables);
    CU_ASSERT_PTR_NOT_NULL_FATAL(steppe->problem);
    memcpy(steppe->start, start, sizeof steppe->start);
    memcpy(steppe->mode, mode, sizeof steppe->mode);
}

void steppe_close(struct steppe *steppe)
{
    ganger_problem_destroy(steppe->problem);
}

static int32_t *list(const int32_t *values, size_t count)
{
    int32_t *copy = malloc(count * sizeof *copy);
    CU_ASSERT_PTR_NOT_NULL_FATAL(copy);
    memcpy(copy, values, count * sizeof *copy);
    return copy;
}

/* The gang's energy of what waits for the far end of the branch. */
static void price_energy(const struct ganger_problem *p, struct ganger_prices *prices)
{
    size_t periods = (size_t)p->time.periods;
    prices->energies = 1;
    prices->energy_work = list((int32_t[]){OPENING}, 1);
    prices->energy_renewable = list((int32_t[]){0}, 1);
    prices->energy = calloc(periods, sizeof *prices->energy);
    CU_ASSERT_FATAL(prices->energy != NULL);
    for (size_t t = 0; t < periods; t++) {
        prices->energy[t] = t % 4 == 0 ? 0.0625 : 0;
    }
}

struct ganger_plan *steppe_plan(const struct steppe *steppe)
{
    const struct ganger_problem *p = steppe->problem;
    struct ganger_plan *plan = naive_plan(p, steppe->start, steppe->mode);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    struct ganger_prices *prices = &plan->prices;
    for (int32_t t = 0; t < p->time.periods; t++) {
        prices->renewable[t] = 0.05 * (t % 3);
        prices->precedence[t] = 0.01 * (t % 5);
    }
    prices->window[1] = 0.125;
    prices->target[0] = 0.05;
    prices->target[1] = 0.15;
    for (int32_t i = 0; i < 2 * p->segments.count * (p->time.periods + 1); i++) {
        prices->segment[i] = i % 7 == 0 ? 1.5 : 0;
    }
    price_energy(p, prices);
    ganger_plan_round(p, plan);
    plan->trace = calloc(2, sizeof *plan->trace);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan->trace);
    plan->trace_rows = 2;
    plan->trace[1] = (struct ganger_trace_row){1.5, plan->summary.value, 500, 1000, 3};
    struct ganger_verdict verdict;
    ganger_referee_prove(p, plan, "plan", &verdict, NULL);
    plan->summary.value = verdict.value;
    plan->summary.bound = verdict.bound;
    plan->summary.gap_percent = verdict.gap_percent;
    plan->summary.seed = 42;
    plan->summary.ticks = 1000;
    return plan;
}

bool findings_say(const struct ganger_findings *findings, const char *column, const char *words)
{
    for (int i = 0; i < findings->count; i++) {
        if (findings->list[i].column && strcmp(findings->list[i].column, column) == 0 &&
            strstr(findings->list[i].message, words)) {
            return true;
        }
    }
    return false;
}

static void print(const struct ganger_findings *findings)
{
    for (int i = 0; i < findings->count; i++) {
        char text[400];
        ganger_finding_format(&findings->list[i], text, sizeof text);
        printf("  found: %s\n", text);
    }
}

bool steppe_passes(const struct steppe *steppe)
{
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    struct ganger_plan *plan = steppe_plan(steppe);
    ganger_status status = ganger_referee_check(steppe->problem, plan, "plan", NULL, &findings);
    print(&findings);
    ganger_findings_clear(&findings);
    ganger_plan_destroy(plan);
    return status == GANGER_STATUS_OK;
}

bool steppe_breaks(const struct steppe *steppe, const char *column, const char *words)
{
    struct ganger_findings findings;
    struct ganger_verdict verdict;
    ganger_findings_init(&findings);
    struct ganger_plan *plan = steppe_plan(steppe);
    ganger_status status = ganger_referee_check(steppe->problem, plan, "plan", &verdict, &findings);
    bool said = findings_say(&findings, column, words);
    if (!said) {
        printf("\"%s\" expected about %s\n", words, column);
        print(&findings);
    }
    ganger_findings_clear(&findings);
    ganger_plan_destroy(plan);
    return said && status == GANGER_STATUS_REFUSED && !verdict.feasible;
}
