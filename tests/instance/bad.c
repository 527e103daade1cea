/* One bad package for each kind of finding: the exact text that the user reads. */
#include "instance/fixture.h"
#include "instance/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bad_case {
    struct fixture_change change;
    const char *expected; /* all findings, one a line */
};

static void expect_findings(const struct bad_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct ganger_problem *problem = NULL;
        char *text = NULL;
        ganger_status status = fixture_read(&cases[i].change, 1, &problem, &text);
        if (status != GANGER_STATUS_INPUT_INVALID || strcmp(text, cases[i].expected) != 0) {
            fprintf(stderr, "\ncase %zu: status %d\nexpected: %s\nfound:    %s\n", i, (int)status,
                    cases[i].expected, text);
            CU_FAIL("the findings differ");
        }
        CU_ASSERT_PTR_NULL(problem);
        ganger_problem_destroy(problem);
        free(text);
    }
}

#define EXPECT(cases) expect_findings(cases, sizeof(cases) / sizeof *(cases))

static void cells(void)
{
    static const struct bad_case cases[] = {
        {{"mode.csv", "bld,slow,4", "bld,slow,3 wk"},
         "mode.csv:2:duration: expected an integer >= 0, found \"3 wk\""},
        {{"mode.csv", "bld,slow,4", "bld,slow,"},
         "mode.csv:2:duration: expected an integer >= 0, found nothing"},
        {{"mode.csv", "bld,slow,4", "bld,slow,4.0"},
         "mode.csv:2:duration: expected an integer >= 0, found \"4.0\""},
        {{"mode.csv", "bld,slow,4", "bld,slow,-1"},
         "mode.csv:2:duration: expected an integer >= 0, found \"-1\""},
        {{"mode.csv", "bld,slow,4", "bld,slow,99999999999999999999"},
         "mode.csv:2:duration: expected an integer >= 0, found \"99999999999999999999\""},
        {{"mode.csv", "bld,fast,2,12.5", "bld,fast,2,\"12,5\""},
         "mode.csv:4:cost: expected a number >= 0, found \"12,5\""},
        {{"mode.csv", "12.5", "nan"}, "mode.csv:4:cost: expected a number >= 0, found \"nan\""},
        {{"mode.csv", "12.5", "inf"}, "mode.csv:4:cost: expected a number >= 0, found \"inf\""},
        {{"mode.csv", "12.5", "0x1p3"}, "mode.csv:4:cost: expected a number >= 0, found \"0x1p3\""},
        {{"mode.csv", "12.5", "1e999"}, "mode.csv:4:cost: expected a number >= 0, found \"1e999\""},
        {{"mode.csv", "12.5", "-1"}, "mode.csv:4:cost: expected a number >= 0, found \"-1\""},
        {{"mode.csv", "12.5", "1.5 M"}, "mode.csv:4:cost: expected a number >= 0, found \"1.5 M\""},
        {{"mode.csv", "3,0.5", "3,1.5"},
         "mode.csv:3:factor: expected a number from 0 to 1, found \"1.5\""},
        {{"calendar.csv", "3,50", "3,101"},
         "calendar.csv:3:productivity: expected an integer from 0 to 100, found \"101\""},
        {{"node.csv", "b,Beta,71", "b,Beta,271"},
         "node.csv:3:x_coord: expected a number from -180 to 180, found \"271\""},
        {{"link.csv", "a,b,false", "a,b,no"},
         "link.csv:2:directed: expected true or false, found \"no\""},
        {{"capacity.csv", "gang,0,6,2", "gang,0,6,-2"},
         "capacity.csv:2:limit: expected a number >= 0, found \"-2\""},
        {{"work.csv", "west\"\"\",repair", "west\"\"\",repiar"},
         "work.csv:2:kind: expected repair, build, upgrade or facility, found \"repiar\": did you "
         "mean \"repair\"?"},
        {{"work.csv", "west\"\"\",repair", "west\"\"\",renewal"},
         "work.csv:2:kind: expected repair, build, upgrade or facility, found \"renewal\""},
        {{"target.csv", "build|upgrade", "build,"},
         "target.csv:2: expected 6 cells, as in the header, found 7"},
        {{"target.csv", "build|upgrade", "build|"},
         "target.csv:2:kind: expected repair, build, upgrade or facility, or several joined by |, "
         "found \"build|\": did you mean \"build\"?"},
        {{"precedence.csv", "FS", "FF"},
         "precedence.csv:2:type: expected FS or SS, found \"FF\": did you mean \"FS\"?"},
        {{"precedence.csv", "FS,1", "FS,-1"},
         "precedence.csv:2:lag: expected an integer >= 0, found \"-1\""},
        {{"usage.csv", "day,gang,1", "day,gang,1.5"},
         "usage.csv:2:amount: expected an integer >= 0, found \"1.5\""},
    };
    EXPECT(cases);
}

static void times(void)
{
    static const struct bad_case cases[] = {
        {{"work.csv", "2026-01-15", "15.01.2026"},
         "work.csv:3:earliest: expected a date like 2026-03-01 or a period number, found "
         "\"15.01.2026\""},
        {{"work.csv", "2026-01-15", "2026-02-30"},
         "work.csv:3:earliest: expected a date like 2026-03-01 or a period number, found "
         "\"2026-02-30\""},
        {{"work.csv", "2026-01-15", "-1"},
         "work.csv:3:earliest: expected a date like 2026-03-01 or a period number, found \"-1\""},
        {{"work.csv", "2026-01-15", "2026-05-01"},
         "work.csv:3:earliest: expected a time before the end of the last period, 2026-04-30, "
         "found "
         "\"2026-05-01\""},
        {{"work.csv", "2026-01-15", "12"},
         "work.csv:3:earliest: expected a time before the end of the last period, 2026-04-30, "
         "found "
         "\"12\""},
        {{"work.csv", "2026-04-10", "2025-12-01"},
         "work.csv:4:deadline: expected a time not before the start, 2026-01-01, found "
         "\"2025-12-01\""},
        {{"work.csv", "2026-03-31", "2025-12-01"},
         "work.csv:3:due: expected a time not before the start, 2026-01-01, found \"2025-12-01\""},
        {{"work.csv", "3,fast", "2025-12-01,fast"},
         "work.csv:5:fixed_start: expected a time not before the start, 2026-01-01, found "
         "\"2025-12-01\""},
        {{"target.csv", "2026-06-30", "2025-06-30"},
         "target.csv:2:by: expected a time not before the start, 2026-01-01, found \"2025-06-30\""},
        {{"capacity.csv", "gang,0,6", "gang,6,6"},
         "capacity.csv:2:to: expected a time after \"from\", \"6\", found \"6\""},
        {{"capacity.csv", "2026-01-01,2027-01-01", "2027-01-01,2026-01-01"},
         "capacity.csv:5:to: expected a time after \"from\", \"2027-01-01\", found \"2026-01-01\""},
        {{"calendar.csv", "2,3,50", "3,2,50"},
         "calendar.csv:3:to: expected a time after \"from\", \"3\", found \"2\""},
    };
    EXPECT(cases);
}

static void ids(void)
{
    static const struct bad_case cases[] = {
        {{"work.csv", "rep,\"", ",\""},
         "work.csv:2:work_id: expected an id, found nothing\n"
         "mode.csv:3:work_id: unknown work \"rep\"\n"
         "mode.csv:8:work_id: unknown work \"rep\""},
        {{"node.csv", "b,Beta", "a,Beta"},
         "node.csv:3:node_id: \"a\" is already the id of line 2\n"
         "link.csv:2:to_node_id: unknown node \"b\": did you mean \"a\"?\n"
         "link.csv:3:from_node_id: unknown node \"b\": did you mean \"a\"?\n"
         "demand.csv:2:destination: unknown node \"b\": did you mean \"a\"?"},
        {{"work.csv", "repair,ab1", "repair,ab3"},
         "work.csv:2:segment_id: unknown segment \"ab3\": did you mean \"ab2\"?"},
        {{"work.csv", "winter", "wintr"},
         "work.csv:2:calendar_id: unknown calendar \"wintr\": did you mean \"winter\"?"},
        {{"calendar.csv", "winter,0", ",0"},
         "calendar.csv:2:calendar_id: expected an id, found nothing"},
        {{"precedence.csv", "bld,open", "build-line,open"},
         "precedence.csv:2:predecessor: unknown work \"build-line\""},
        {{"mode.csv", "rep,night", "rep,day"},
         "mode.csv:8:mode_id: work \"rep\" already has a mode \"day\" in line 3\n"
         "usage.csv:7:mode_id: unknown mode of work \"rep\": \"night\"\n"
         "usage.csv:8:mode_id: unknown mode of work \"rep\": \"night\""},
        {{"work.csv", "3,fast", "3,fasst"},
         "work.csv:5:fixed_mode: unknown mode of work \"fix\": \"fasst\": did you mean \"fast\"?"},
        {{"usage.csv", "rep,day", "rep,dya"},
         "usage.csv:2:mode_id: unknown mode of work \"rep\": \"dya\": did you mean \"day\"?"},
        {{"usage.csv", "rep,day", "repp,day"},
         "usage.csv:2:work_id: unknown work \"repp\": did you mean \"rep\"?"},
        {{"usage.csv", "rep,day", ",day"}, "usage.csv:2:work_id: expected an id, found nothing"},
        {{"usage.csv", "rep,day", "rep,"}, "usage.csv:2:mode_id: expected an id, found nothing"},
        {{"usage.csv", "day,gang", "day,gong"},
         "usage.csv:2:resource_id: unknown resource \"gong\": did you mean \"gang\"?"},
        {{"segment.csv", "ab2,ab,a", "ab2,ab,b"},
         "segment.csv:2:ref_node_id: expected \"a\", the from node of the segment's link, found "
         "\"b\""},
        {{"demand_profile.csv", "coal,8,2", "coal,2026-02-22,2"},
         "demand_profile.csv:5:from: the demand already has a volume from this period, in line 4"},
        {{"usage.csv", "fast,rail", "fast,gang"},
         "usage.csv:9:resource_id: the mode's use of this resource already stands in line 5"},
        {{"precedence.csv", "bld,open,FS,1\n", "bld,open,FS,1\nbld,open,,2\n"},
         "precedence.csv:3:successor: the same precedence already stands in line 2"},
    };
    EXPECT(cases);
}

static void tables(void)
{
    static const struct bad_case cases[] = {
        {{"node.csv", "x_coord", "x"}, "node.csv:1:x_coord: the header lacks this column"},
        {{"mode.csv", "duration", "Duration"},
         "mode.csv:1:duration: the header lacks this column, but has \"Duration\""},
        {{"work.csv", "tardiness_cost", "tardiness_costs"},
         "work.csv:1:tardiness_cost: the header lacks this column, but has \"tardiness_costs\""},
        {{"node.csv", "name,x_coord", "x_coord,x_coord"},
         "node.csv:1:x_coord: the header has this column twice"},
        {{"node.csv", "Beta,71", "71"}, "node.csv:3: expected 5 cells, as in the header, found 4"},
        {{"node.csv", NULL, ""}, "node.csv: is empty: expected a header row"},
        {{"node.csv", "Beta", "\"Beta"},
         "node.csv:3: a quote that is not closed, or stands inside a cell: a cell with quotes is "
         "written \"like \"\"this\"\"\""},
        {{"node.csv", "Beta", "Be\"ta"},
         "node.csv:3: a quote that is not closed, or stands inside a cell: a cell with quotes is "
         "written \"like \"\"this\"\"\""},
        {{"node.csv", "Beta", "B\xe9ta"},
         "node.csv:3: byte 0xe9 is not UTF-8 text: save the table as UTF-8"},
        {{"node.csv", NULL, NULL}, "node.csv: cannot be read: No such file or directory"},
        {{"work.csv", NULL, "work_id,kind,mandatory\n"},
         "mode.csv:2:work_id: unknown work \"bld\"\n"
         "mode.csv:3:work_id: unknown work \"rep\"\n"
         "mode.csv:4:work_id: unknown work \"bld\"\n"
         "mode.csv:5:work_id: unknown work \"open\"\n"
         "mode.csv:6:work_id: unknown work \"fix\"\n"
         "mode.csv:7:work_id: unknown work \"fix\"\n"
         "mode.csv:8:work_id: unknown work \"rep\"\n"
         "precedence.csv:2:predecessor: unknown work \"bld\"\n"
         "precedence.csv:2:successor: unknown work \"open\""},
        {{"node.csv", "50,true\nb,Beta", "50,true\n\"b\n\",\"Be\nta\""},
         "link.csv:2:to_node_id: unknown node \"b\": did you mean \"a\"?\n"
         "link.csv:3:from_node_id: unknown node \"b\": did you mean \"a\"?\n"
         "demand.csv:2:destination: unknown node \"b\": did you mean \"a\"?"},
    };
    EXPECT(cases);
}

/* A broken table is reported once, and not again for each cell that refers to it. */
static void package(void)
{
    static const struct bad_case cases[] = {
        {{"datapackage.json", NULL, "{"},
         "datapackage.json:1: is not valid JSON: string or '}' expected near end of file"},
        {{"datapackage.json", NULL, "[]"}, "datapackage.json:1: expected a JSON object"},
        {{"datapackage.json", NULL, "{\"resources\": []}"},
         "datapackage.json:ganger: expected an object with objective, start_date, period_days, "
         "periods, ..."},
        {{"datapackage.json", "\"npv\"", "\"profit\""},
         "datapackage.json:objective: expected \"npv\" or \"makespan\""},
        {{"datapackage.json", "2026-01-01", "1 Jan 2026"},
         "datapackage.json:start_date: expected a date like \"2026-03-01\""},
        {{"datapackage.json", "\"periods\": 12", "\"periods\": 0"},
         "datapackage.json:periods: expected an integer from 1 to 100000"},
        {{"datapackage.json", "\"periods\": 12", "\"periods\": 12.5"},
         "datapackage.json:periods: expected an integer from 1 to 100000"},
        {{"datapackage.json", "\"period_days\": 10", "\"period_days\": \"10\""},
         "datapackage.json:period_days: expected an integer from 1 to 3660"},
        {{"datapackage.json", "0.1", "-0.1"},
         "datapackage.json:discount_rate: expected a number from 0 to 1"},
        {{"datapackage.json", "0.1", "8"},
         "datapackage.json:discount_rate: expected a number from 0 to 1"},
        {{"datapackage.json", "\"terminal_years\": 5, ", ""},
         "datapackage.json:terminal_years: is missing from \"ganger\""},
        {{"datapackage.json", "\"railhead\"", "\"railheads\""},
         "datapackage.json:railheads: unknown key in \"ganger\": did you mean \"railhead\"?"},
        {{"datapackage.json", "\"railhead\": true", "\"railhead\": 1"},
         "datapackage.json:railhead: expected true or false"},
        {{"datapackage.json", "\"path\": \"node.csv\"", "\"path\": \"../node.csv\""},
         "datapackage.json:node: path \"../node.csv\" leads out of the package's folder"},
        {{"datapackage.json", "\"path\": \"node.csv\"", "\"path\": \"/etc/passwd\""},
         "datapackage.json:node: path \"/etc/passwd\" leads out of the package's folder"},
        {{"datapackage.json", "\"path\": \"node.csv\"", "\"path\": \"a/../../node.csv\""},
         "datapackage.json:node: path \"a/../../node.csv\" leads out of the package's folder"},
        {{"datapackage.json", "\"path\": \"node.csv\"", "\"path\": \"http://x.org/node.csv\""},
         "datapackage.json:node: path \"http://x.org/node.csv\" leads out of the package's folder"},
        {{"datapackage.json", "\"path\": \"node.csv\"", "\"data\": []"},
         "datapackage.json:node: expected \"path\", the name of one CSV file"},
        {{"datapackage.json", "\"path\": \"node.csv\"",
          "\"path\": \"node.csv\", \"dialect\": {\"delimiter\": \"::\"}"},
         "datapackage.json:node: expected one ASCII character as the dialect's delimiter"},
        {{"datapackage.json", "\"path\": \"node.csv\"",
          "\"path\": \"node.csv\", \"encoding\": \"cp1251\""},
         "datapackage.json:node: expected encoding utf-8"},
        {{"datapackage.json", "{\"name\": \"node\", \"path\": \"node.csv\"},", ""},
         "datapackage.json:resources: node.csv is in the folder but is not listed"},
        {{"datapackage.json", "{\"name\": \"calendar\"", "{\"name\": \"calendars\""},
         "datapackage.json:resources: unknown table \"calendars\": did you mean \"calendar\"?"},
        {{"datapackage.json", "{\"name\": \"link\"", "{\"name\": \"node\""},
         "datapackage.json:node: there are two resources of this name\n"
         "datapackage.json:resources: link.csv is in the folder but is not listed"},
    };
    EXPECT(cases);
}

static void network(void)
{
    static const struct bad_case cases[] = {
        {{"segment.csv", "a,40,100", "a,41,100"},
         "segment.csv:2:start_lr: gap on link \"ab\": expected 40, where segment \"ab1\" ends, "
         "found "
         "41"},
        {{"segment.csv", "a,40,100", "a,39.5,100"},
         "segment.csv:2:start_lr: overlap on link \"ab\": expected 40, where segment \"ab1\" ends, "
         "found 39.5"},
        {{"segment.csv", "a,0,40", "a,1,40"},
         "segment.csv:3:start_lr: expected 0, where link \"ab\" begins, found 1"},
        {{"segment.csv", "a,40,100", "a,40,40"},
         "segment.csv:2:end_lr: expected more than start_lr, 40, found 40"},
        {{"link.csv", "bc,b,c,false,0.02\n", "bc,b,c,false,0.02\nx,c,a,true,0\n"},
         "link.csv:4:link_id: link \"x\" has no segment in segment.csv"},
        {{"link.csv", "bc,b,c", "bc,b,b"},
         "link.csv:3:to_node_id: expected another node than from_node_id"},
        {{"demand.csv", "ore,a,c", "ore,c,c"},
         "demand.csv:3:destination: expected another node than origin"},
        {{"work.csv", "50.5,4", "50.5,0"},
         "demand.csv:3:destination: no path for demand \"ore\" from \"a\" to \"c\", not even with "
         "everything built"},
    };
    EXPECT(cases);
}

static void resources(void)
{
    static const struct bad_case cases[] = {
        {{"capacity.csv", "gang,6,12", "gang,5,12"}, "capacity.csv:4:from: overlaps line 2"},
        {{"calendar.csv", "2,3,50", "1,3,50"}, "calendar.csv:3:from: overlaps line 2"},
        {{"capacity.csv", "0,6,2", "0,6,2.5"},
         "capacity.csv:2:limit: expected an integer >= 0, since the resource is renewable, found "
         "2.5"},
        {{"resource.csv", "Money,consumable", "Money,renewable"},
         "resource.csv:4:kind: expected consumable: the resource \"budget\" is money"},
        {{"usage.csv", "fast,rail,500", "fast,budget,5"},
         "usage.csv:9:resource_id: what a mode takes of \"budget\" is its cost in mode.csv"},
    };
    EXPECT(cases);
}

static void works(void)
{
    static const struct bad_case cases[] = {
        {{"mode.csv", "open,done,0,,\n", ""},
         "work.csv:4:work_id: work \"open\" has no mode in mode.csv"},
        {{"work.csv", ",,2026-04-10", ",11,2026-04-10"},
         "work.csv:4:deadline: expected boundary 11 or later, since the work may start in period "
         "11 "
         "at the earliest, found boundary 10"},
        {{"work.csv", "facility,,,,", "facility,,,2,"},
         "work.csv:4:gain: a work without a segment cannot add capacity"},
        {{"work.csv", "facility,,,,", "facility,,,,1"},
         "work.csv:4:renews: a work without a segment has nothing to renew"},
        {{"work.csv", "60,1,,,", "60,1,,5,"},
         "work.csv:5:fixed_start: expected period 5 or later, the work's earliest, found 3"},
        {{"precedence.csv", "bld,open,FS,1\n", "bld,open,FS,1\nopen,rep,FS,0\nrep,bld,SS,0\n"},
         "precedence.csv:4:successor: the works wait for each other: \"rep\" -> \"bld\" -> "
         "\"open\" "
         "-> \"rep\""},
        {{"precedence.csv", "bld,open,FS,1\n", "bld,open,FS,1\nfix,fix,FS,0\n"},
         "precedence.csv:3:successor: the works wait for each other: \"fix\" -> \"fix\""},
    };
    EXPECT(cases);
}

static void fits(void)
{
    static const struct bad_case cases[] = {
        {{"capacity.csv", NULL, "resource_id,from,to,limit\ngang,0,11,1\n"},
         "work.csv:3:work_id: work \"bld\", which is mandatory, can never be done: it needs 3 of "
         "\"gang\", of which period 10 has 1"},
        {{"capacity.csv", "rail,0,12,1000", "rail,0,12,499"},
         "work.csv:3:work_id: work \"bld\", which is mandatory, can never be done: it needs 500 of "
         "\"rail\" in a window that begins in period 0 and allows 499"},
        {{"capacity.csv", "01,100\n", "01,9.5\n"},
         "work.csv:3:work_id: work \"bld\", which is mandatory, can never be done: it needs 12.5 "
         "of "
         "\"budget\" in a window that begins in period 0 and allows 9.5"},
        {{"work.csv", "2026-01-15,,", "2026-01-15,2026-01-25,"},
         "work.csv:3:work_id: work \"bld\", which is mandatory, can never be done: no mode is "
         "short "
         "enough to be done from period 1 to its deadline, boundary 2"},
        {{"work.csv", "2026-04-10", "2026-02-15"},
         "work.csv:4:work_id: work \"open\", which is mandatory, can never be done: no mode is "
         "short "
         "enough to be done from period 6 (when what comes before it is done) to its deadline, "
         "boundary 4"},
        {{"work.csv", "3,fast", "11,fast"},
         "work.csv:5:fixed_start: work \"fix\", which is fixed, can never be done: no mode is "
         "short "
         "enough to be done from period 11 (its fixed start) to its end, boundary 12"},
        {{"work.csv", "false,winter,P,,", "false,winter,P,1,"},
         "work.csv:2:fixed_start: work \"rep\", which is fixed, can never be done: its calendar "
         "does "
         "not let it start in period 1"},
        {{"precedence.csv", "bld,open,FS,1\n", "bld,open,FS,1\nbld,fix,FS,0\n"},
         "work.csv:5:fixed_start: work \"fix\", which is fixed, can never be done: it is fixed to "
         "start in period 3, but what comes before it allows period 5 at the earliest"},
    };
    EXPECT(cases);
}

static void stops_after_twenty(void)
{
    char rows[3000] = "predecessor,successor\n";
    for (int i = 0; i < 50; i++) {
        strcat(rows, "nobody,nothing\n");
    }
    const struct fixture_change change = {"precedence.csv", NULL, rows};
    char *folder = fixture_write(&change, 1);
    struct ganger_findings findings;
    struct ganger_problem *problem = NULL;
    ganger_findings_init(&findings);
    CU_ASSERT_EQUAL(ganger_problem_read(folder, &problem, &findings), GANGER_STATUS_INPUT_INVALID);
    CU_ASSERT_EQUAL(findings.count, GANGER_FINDINGS_MAX);
    CU_ASSERT_EQUAL(findings.list[19].line, 11);
    /* Without a record the answer is the same. */
    CU_ASSERT_EQUAL(ganger_problem_read(folder, &problem, NULL), GANGER_STATUS_INPUT_INVALID);
    CU_ASSERT_PTR_NULL(problem);
    ganger_findings_clear(&findings);
    fixture_remove(folder);
}

static void bytes_that_are_not_text(void)
{
    char *folder = fixture_write(NULL, 0);
    char *path = fixture_path(folder, "node.csv");
    struct ganger_problem *problem = NULL;
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    static const char zero[] = "node_id,x_coord,y_coord\r\na,70,50\r\nb\0,71,50\r\n";
    fixture_put(path, zero, sizeof zero - 1);
    CU_ASSERT_EQUAL(ganger_problem_read(folder, &problem, &findings), GANGER_STATUS_INPUT_INVALID);
    char *text = fixture_lines(&findings);
    CU_ASSERT_STRING_EQUAL(text,
                           "node.csv:3: byte 0x00 is not UTF-8 text: save the table as UTF-8 text");
    ganger_findings_clear(&findings);
    free(text);
    free(path);
    fixture_remove(folder);
}

static const struct ganger_test tests[] = {
    {"cells", cells},
    {"times", times},
    {"ids", ids},
    {"tables", tables},
    {"package", package},
    {"network", network},
    {"resources", resources},
    {"works", works},
    {"fits", fits},
    {"stops after twenty", stops_after_twenty},
    {"bytes that are not text", bytes_that_are_not_text},
    {NULL, NULL},
};
const struct ganger_suite bad_suite = {"bad", "unit", tests};
