/* What a good package becomes, in every spelling that is allowed. */
#include "instance/fixture.h"
#include "instance/suites.h"

#include "base/text.h"
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void tables_become_columns(void)
{
    struct ganger_problem *p = fixture_problem();
    CU_ASSERT_STRING_EQUAL(p->name, "small");
    CU_ASSERT_STRING_EQUAL(p->title, "A small programme");
    CU_ASSERT_EQUAL(p->objective, GANGER_OBJECTIVE_NPV);
    CU_ASSERT_TRUE(p->railhead);
    CU_ASSERT_EQUAL(p->time.start_day, 20454);
    CU_ASSERT_EQUAL(p->nodes.count, 3);
    CU_ASSERT_STRING_EQUAL(p->nodes.name[2], "Gamma, east");
    CU_ASSERT_TRUE(p->nodes.railhead[0] && !p->nodes.railhead[1] && !p->nodes.railhead[2]);
    CU_ASSERT_STRING_EQUAL(p->nodes.country[0], "");
    CU_ASSERT_EQUAL(p->links.to[1], 2);
    CU_ASSERT_EQUAL(p->segments.link[2], 1);
    CU_ASSERT_EQUAL(p->segments.floor[0], 1);
    CU_ASSERT_EQUAL(p->segments.floor[1], 0.7);
    CU_ASSERT_STRING_EQUAL(p->works.name[0], "Repair \"west\"");
    CU_ASSERT_EQUAL(p->works.kind[3], GANGER_WORK_UPGRADE);
    CU_ASSERT_EQUAL(p->works.segment[0], 1);
    CU_ASSERT_EQUAL(p->works.segment[2], GANGER_NONE);
    CU_ASSERT_TRUE(p->works.mandatory[1] && !p->works.mandatory[0]);
    CU_ASSERT_EQUAL(p->works.calendar[0], 0);
    CU_ASSERT_EQUAL(p->works.calendar[1], GANGER_NONE);
    CU_ASSERT_EQUAL(p->resources.budget, 2);
    CU_ASSERT_EQUAL(p->targets.kinds[0], 1u << GANGER_WORK_BUILD | 1u << GANGER_WORK_UPGRADE);
    CU_ASSERT_FALSE(p->targets.hard[0]);
    ganger_problem_destroy(p);
}

static void dates_become_periods(void)
{
    struct ganger_problem *p = fixture_problem();
    CU_ASSERT_EQUAL(p->works.earliest[1], 1);  /* 14 days */
    CU_ASSERT_EQUAL(p->works.due[1], 9);       /* to the end of the 90th day */
    CU_ASSERT_EQUAL(p->works.deadline[2], 10); /* to the end of the 100th day */
    CU_ASSERT_EQUAL(p->works.deadline[0], 12);
    CU_ASSERT_EQUAL(p->works.due[0], GANGER_NONE);
    CU_ASSERT_EQUAL(p->works.fixed_start[3], 3);
    CU_ASSERT_EQUAL(p->targets.by[0], 12);
    CU_ASSERT_EQUAL(p->demands.profile_from[1], -22); /* 214 days before the start */
    CU_ASSERT_EQUAL(p->demands.profile_from[2], 5);
    CU_ASSERT_EQUAL(p->resources.row_from[3], 0);
    CU_ASSERT_EQUAL(p->resources.row_to[3], 12);
    ganger_problem_destroy(p);
}

static void modes_and_uses_are_grouped(void)
{
    static const char *const ids[] = {"day", "night", "slow", "fast", "done", "slow", "fast"};
    static const int32_t works[] = {0, 0, 1, 1, 2, 3, 3};
    static const int32_t use_modes[] = {0, 1, 2, 2, 3, 3, 6};
    static const int32_t amounts[] = {1, 1, 2, 500, 3, 500, 1};
    struct ganger_problem *p = fixture_problem();
    CU_ASSERT_EQUAL_FATAL(p->modes.count, 7);
    for (int32_t m = 0; m < 7; m++) {
        CU_ASSERT_STRING_EQUAL(p->modes.id[m], ids[m]);
        CU_ASSERT_EQUAL(p->modes.work[m], works[m]);
    }
    CU_ASSERT_EQUAL(p->modes.cost[4], 0);
    CU_ASSERT_EQUAL(p->modes.factor[4], 1);
    CU_ASSERT_EQUAL_FATAL(p->modes.uses, 7); /* the use of nothing is gone */
    for (int32_t use = 0; use < 7; use++) {
        CU_ASSERT_EQUAL(p->modes.use_mode[use], use_modes[use]);
        CU_ASSERT_EQUAL(p->modes.use_amount[use], amounts[use]);
    }
    CU_ASSERT_EQUAL(p->works.fixed_mode[3], 1);
    CU_ASSERT_EQUAL(p->works.fixed_mode[0], GANGER_NONE);
    ganger_problem_destroy(p);
}

/* The same instance in another spelling has the same tables and the same hash. */
static void spelling_does_not_matter(void)
{
    static const struct fixture_change changes[] = {
        {"node.csv", NULL,
         "\xef\xbb\xbfrailhead,lanes,y_coord,x_coord,name,node_id\r\n"
         "TRUE,1,50.0,7e1,\"Alpha\",a\r\n\r\n"
         "0,,50,71,Beta,b\r\n"
         "false,,5.05e1,+72,\"Gamma, east\", c"},
        {"link.csv", NULL,
         "link_id;from_node_id;to_node_id;directed;cost_per_tkm\n"
         "ab;a;b;0;0.01\nbc;b;c;False;.02\n"},
        {"datapackage.json", "\"path\": \"link.csv\"",
         "\"path\": [\"link.csv\"], \"dialect\": {\"delimiter\": \";\"}"},
        {"precedence.csv", NULL, "successor,predecessor,lag\ropen,bld,1\r"},
        {"work.csv", "2026-01-15,,2026-03-31", "1,12,9"},
        {"capacity.csv", "2026-01-01,2027-01-01", "2020-01-01,99"},
    };
    struct ganger_problem *p = fixture_problem(), *q = NULL;
    char *text = NULL;
    ganger_status status =
        fixture_read(changes, (int)(sizeof changes / sizeof *changes), &q, &text);
    CU_ASSERT_STRING_EQUAL(text, "");
    CU_ASSERT_EQUAL_FATAL(status, GANGER_STATUS_OK);
    CU_ASSERT_TRUE(ganger_problem_equal(p, q));
    CU_ASSERT_STRING_EQUAL(p->sha256, q->sha256);
    CU_ASSERT_EQUAL(strlen(p->sha256), 64);
    free(text);
    ganger_problem_destroy(p);
    ganger_problem_destroy(q);
}

static void a_changed_value_changes_the_hash(void)
{
    static const struct fixture_change changes[] = {
        {"node.csv", "Alpha", "Alphb"},        {"node.csv", "0\n", "1\n"},
        {"work.csv", "0.5,true", "0.25,true"}, {"mode.csv", "slow,4", "slow,3"},
        {"mode.csv", "day,2", "dey,2"},        {"usage.csv", "gang,2", "gang,1"},
        {"target.csv", "build|", "repair|"},   {"calendar.csv", "3,50", "3,51"},
        {"precedence.csv", "FS", "SS"},        {"datapackage.json", "0.1", "0.2"},
        {"datapackage.json", "true", "false"}, {"work.csv", "3,fast", "4,fast"},
    };
    struct ganger_problem *p = fixture_problem();
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct fixture_change pair[2] = {changes[i], {"usage.csv", "rep,day,gang", "rep,dey,gang"}};
        bool renamed = strcmp(changes[i].replace, "dey,2") == 0;
        struct ganger_problem *q = NULL;
        char *text = NULL;
        CU_ASSERT_EQUAL(fixture_read(pair, renamed ? 2 : 1, &q, &text), GANGER_STATUS_OK);
        CU_ASSERT_STRING_EQUAL(text, "");
        CU_ASSERT_PTR_NOT_NULL_FATAL(q);
        CU_ASSERT_FALSE(ganger_problem_equal(p, q));
        CU_ASSERT_STRING_NOT_EQUAL(p->sha256, q->sha256);
        free(text);
        ganger_problem_destroy(q);
    }
    ganger_problem_destroy(p);
}

static void lines_are_counted_through_quotes(void)
{
    static const struct fixture_change changes[] = {
        {"node.csv", "\"Gamma, east\"", "\"Gamma,\r\neast\r\n\""},
        {"node.csv", "72,50.5,0\n", "72,50.5,0\n\nd,Delta,x,1,\n"},
    };
    struct ganger_problem *p = NULL;
    char *text = NULL;
    CU_ASSERT_EQUAL(fixture_read(changes, 2, &p, &text), GANGER_STATUS_INPUT_INVALID);
    CU_ASSERT_STRING_EQUAL(text,
                           "node.csv:8:x_coord: expected a number from -180 to 180, found \"x\"");
    free(text);
}

static void makespan_needs_no_network(void)
{
    char folder_json[] = "{\"name\": \"rcpsp\", \"ganger\": {\"objective\": \"makespan\", "
                         "\"periods\": 20}, \"resources\": [{\"name\": \"work\", \"path\": "
                         "\"work.csv\"}, {\"name\": \"mode\", \"path\": \"mode.csv\"}]}";
    const struct fixture_change changes[] = {
        {"datapackage.json", NULL, folder_json},
        {"work.csv", NULL, "work_id,kind,mandatory\nx,facility,1\n"},
        {"mode.csv", NULL, "work_id,mode_id,duration\nx,1,3\n"},
        {"node.csv", NULL, NULL},
        {"link.csv", NULL, NULL},
        {"segment.csv", NULL, NULL},
        {"demand.csv", NULL, NULL},
        {"demand_profile.csv", NULL, NULL},
        {"resource.csv", NULL, NULL},
        {"capacity.csv", NULL, NULL},
        {"usage.csv", NULL, NULL},
        {"precedence.csv", NULL, NULL},
        {"calendar.csv", NULL, NULL},
        {"target.csv", NULL, NULL},
    };
    struct ganger_problem *p = NULL;
    char *text = NULL;
    CU_ASSERT_EQUAL(fixture_read(changes, 14, &p, &text), GANGER_STATUS_OK);
    CU_ASSERT_STRING_EQUAL(text, "");
    free(text);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    CU_ASSERT_EQUAL(p->objective, GANGER_OBJECTIVE_MAKESPAN);
    CU_ASSERT_EQUAL(p->time.period_days, 1);
    CU_ASSERT_EQUAL(ganger_problem_finish(p, 0, 4), 7);
    CU_ASSERT_EQUAL(p->links.count, 0);
    ganger_problem_destroy(p);
    /* The same without the tables is no instance of the other objective. */
    char *at = strstr(folder_json, "makespan");
    memcpy(at, "npv\"     ", 9);
    CU_ASSERT_EQUAL(fixture_read(changes, 14, &p, &text), GANGER_STATUS_INPUT_INVALID);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "start_date: is missing from \"ganger\""));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "the table \"demand_profile\" is missing"));
    free(text);
}

/* Numbers are read alike under a locale whose decimal sign is a comma. */
static void the_locale_does_not_matter(void)
{
    struct ganger_problem *p = fixture_problem();
    if (setlocale(LC_ALL, "de_DE.UTF-8") != NULL || setlocale(LC_ALL, "ru_RU.UTF-8") != NULL) {
        struct ganger_problem *q = fixture_problem();
        CU_ASSERT_TRUE(ganger_problem_equal(p, q));
        ganger_problem_destroy(q);
        setlocale(LC_ALL, "C");
    }
    ganger_problem_destroy(p);
}

static void forms_are_told_apart_by_content(void)
{
    struct ganger_findings findings;
    struct ganger_problem *p = NULL;
    char *folder = fixture_write(NULL, 0);
    char *json = fixture_path(folder, "datapackage.json");
    char *other = fixture_path(folder, "node.csv");
    char *absent = fixture_path(folder, "absent");
    ganger_findings_init(&findings);
    CU_ASSERT_EQUAL(ganger_problem_read(json, &p, &findings), GANGER_STATUS_OK);
    ganger_problem_destroy(p);
    CU_ASSERT_EQUAL(ganger_problem_read(other, &p, &findings), GANGER_STATUS_INPUT_INVALID);
    CU_ASSERT_EQUAL(ganger_problem_read(absent, &p, &findings), GANGER_STATUS_INPUT_INVALID);
    CU_ASSERT_PTR_NULL(p);
    CU_ASSERT_EQUAL_FATAL(findings.count, 2);
    CU_ASSERT_STRING_EQUAL(findings.list[0].message,
                           "is neither the folder of a data package, nor its datapackage.json, nor "
                           "a packed instance, nor a project in PSPLIB, Patterson or MPLIB form");
    CU_ASSERT_STRING_EQUAL(findings.list[1].message, "cannot be read: No such file or directory");
    CU_ASSERT_STRING_EQUAL(findings.list[1].file, absent);
    ganger_findings_clear(&findings);
    free(json);
    free(other);
    free(absent);
    fixture_remove(folder);
}

static const struct ganger_test tests[] = {
    {"tables become columns", tables_become_columns},
    {"dates become periods", dates_become_periods},
    {"modes and uses are grouped", modes_and_uses_are_grouped},
    {"spelling does not matter", spelling_does_not_matter},
    {"a changed value changes the hash", a_changed_value_changes_the_hash},
    {"lines are counted through quotes", lines_are_counted_through_quotes},
    {"makespan needs no network", makespan_needs_no_network},
    {"the locale does not matter", the_locale_does_not_matter},
    {"forms are told apart by content", forms_are_told_apart_by_content},
    {NULL, NULL},
};
const struct ganger_suite package_suite = {"package", "unit", tests};
