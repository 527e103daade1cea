/* Written as a data package, any problem comes back equal; what is in the way stays as it was. */
#include "base/file.h"
#include "base/folder.h"
#include "instance/classic_text.h"
#include "instance/fixture.h"
#include "instance/suites.h"
#include "support/scratch.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of its own, and "folder/out" in it. */
struct place {
    char folder[SCRATCH_PATH];
    char *out;
};

static void place_open(struct place *place)
{
    scratch_folder(place->folder);
    place->out = fixture_path(place->folder, "out");
}

/* Only `out` may have been left behind. */
static void place_close(struct place *place)
{
    ganger_folder_discard(place->out);
    unlink(place->out);
    CU_ASSERT_EQUAL(rmdir(place->folder), 0);
    free(place->out);
}

static ganger_status write_out(const struct ganger_problem *p, const char *path, bool replace,
                               char **text)
{
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    ganger_status status = ganger_problem_write_package(p, path, replace, &findings);
    *text = fixture_lines(&findings);
    CU_ASSERT_EQUAL(status == GANGER_STATUS_OK, findings.total == 0);
    ganger_findings_clear(&findings);
    return status;
}

static void expect_written(const struct ganger_problem *p, const char *path, bool replace)
{
    char *text = NULL;
    CU_ASSERT_EQUAL(write_out(p, path, replace, &text), GANGER_STATUS_OK);
    CU_ASSERT_STRING_EQUAL(text, "");
    free(text);
}

/* With a word of the finding, and nothing left aside. */
static void expect_refused(const struct ganger_problem *p, const char *path, bool replace,
                           const char *word)
{
    char *text = NULL;
    CU_ASSERT_EQUAL(write_out(p, path, replace, &text), GANGER_STATUS_OUTPUT_FAILED);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, word));
    free(text);
}

static void expect_same(const struct ganger_problem *p, const char *path)
{
    struct ganger_problem *q = NULL;
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    CU_ASSERT_EQUAL(ganger_problem_read(path, &q, &findings), GANGER_STATUS_OK);
    char *text = fixture_lines(&findings);
    CU_ASSERT_STRING_EQUAL(text, "");
    CU_ASSERT_PTR_NOT_NULL_FATAL(q);
    CU_ASSERT_TRUE(ganger_problem_equal(p, q));
    CU_ASSERT_EQUAL(p->resources.budget, q->resources.budget);
    free(text);
    ganger_findings_clear(&findings);
    ganger_problem_destroy(q);
}

static void expect_round_trip(const struct ganger_problem *p)
{
    struct place place;
    place_open(&place);
    expect_written(p, place.out, false);
    expect_same(p, place.out);
    place_close(&place);
}

static void the_small_package_comes_back(void)
{
    struct ganger_problem *p = fixture_problem();
    expect_round_trip(p);
    ganger_problem_destroy(p);
}

static void the_instances_come_back(void)
{
    static const char *const names[] = {"steppe", "kazakhstan-2030"};
    for (int i = 0; i < 2; i++) {
        struct ganger_problem *p = NULL;
        char *path = fixture_path(GANGER_SOURCE "/instances", names[i]);
        CU_ASSERT_EQUAL_FATAL(ganger_problem_read(path, &p, NULL), GANGER_STATUS_OK);
        expect_round_trip(p);
        ganger_problem_destroy(p);
        free(path);
    }
}

static void classic_projects_come_back(void)
{
    static const struct {
        const char *name, *text;
    } files[] = {{"a.rcp", patterson_text}, {"a.mplib", mplib_text}, {"a.mm", psplib_text}};
    for (int i = 0; i < 3; i++) {
        struct ganger_problem *p = NULL;
        char *text = NULL;
        CU_ASSERT_EQUAL_FATAL(
            fixture_read_file(files[i].name, files[i].text, strlen(files[i].text), &p, &text),
            GANGER_STATUS_OK);
        free(text);
        expect_round_trip(p);
        ganger_problem_destroy(p);
    }
}

static void rename_to(char **cell, const char *text)
{
    free(*cell);
    *cell = strdup(text);
    CU_ASSERT_PTR_NOT_NULL_FATAL(*cell);
}

static void any_text_comes_back(void)
{
    static const char *const texts[] = {"a, b",
                                        "\"quoted\"",
                                        "\"",
                                        "line\nbreak",
                                        "dos\r\nbreak",
                                        "\rmac",
                                        " blank ",
                                        "\ttab",
                                        "Қазақстан — Žilina",
                                        "x;y",
                                        "'",
                                        ",",
                                        "\xef\xbb\xbfmark",
                                        "0",
                                        "true",
                                        "#",
                                        "\\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct ganger_problem *p = fixture_problem();
        rename_to(&p->nodes.id[0], texts[i]);
        rename_to(&p->nodes.name[0], texts[i]);
        rename_to(&p->links.id[0], texts[i]);
        rename_to(&p->segments.id[1], texts[i]);
        rename_to(&p->demands.id[0], texts[i]);
        rename_to(&p->works.id[1], texts[i]);
        rename_to(&p->works.name[3], texts[i]);
        rename_to(&p->modes.id[p->modes.count - 1], texts[i]);
        rename_to(&p->resources.id[0], texts[i]);
        rename_to(&p->calendars.id[0], texts[i]);
        rename_to(&p->targets.id[0], texts[i]);
        rename_to(&p->title, texts[i]);
        rename_to(&p->currency, texts[i]);
        expect_round_trip(p);
        ganger_problem_destroy(p);
    }
}

static void any_number_comes_back(void)
{
    static const double numbers[] = {0.1,      1.0 / 3,    2.0 / 3,          5e-324,
                                     1.5e-310, 123456.789, 999999.9999999999};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct ganger_problem *p = fixture_problem();
        p->demands.value[0] = numbers[i];
        p->works.gain[1] = numbers[i];
        p->resources.row_limit[1] = 1000 + numbers[i];
        p->time.discount_rate = numbers[i] < 1 ? numbers[i] : 1;
        p->time.terminal_years = numbers[i] / 1000;
        expect_round_trip(p);
        ganger_problem_destroy(p);
    }
}

/* Rows wholly before the start, after the end, or within one period are kept, and stay empty. */
static void empty_ranges_come_back(void)
{
    static const struct fixture_change changes[] = {
        {"capacity.csv", "rail,0,12,1000\n",
         "rail,0,12,1000\nrail,2020-01-01,2021-01-01,1\nrail,2030-01-01,2031-01-01,2\n"
         "rail,2026-02-01,2026-02-03,3\n"}};
    static const struct fixture_change daily[] = {
        {"capacity.csv", "rail,0,12,1000\n",
         "rail,0,12,1000\nrail,2020-01-01,2021-01-01,1\nrail,2030-01-01,2031-01-01,2\n"},
        {"capacity.csv", "gang,6,12,3", "gang,6,120,3"},
        {"datapackage.json", "\"period_days\": 10, \"periods\": 12",
         "\"period_days\": 1, \"periods\": 120"}};
    for (int i = 0; i < 2; i++) {
        struct ganger_problem *p = NULL;
        char *text = NULL;
        ganger_status status = fixture_read(i == 0 ? changes : daily, i == 0 ? 1 : 3, &p, &text);
        CU_ASSERT_STRING_EQUAL(text, "");
        CU_ASSERT_EQUAL_FATAL(status, GANGER_STATUS_OK);
        CU_ASSERT_EQUAL(p->resources.row_from[2], p->resources.row_to[2]);
        CU_ASSERT_EQUAL(p->resources.row_from[3], p->resources.row_to[3]);
        expect_round_trip(p);
        free(text);
        ganger_problem_destroy(p);
    }
}

/* What tables cannot say is refused, not bent. */
static void what_no_table_can_say_is_refused(void)
{
    struct place place;
    place_open(&place);
    struct ganger_problem *p = fixture_problem();
    p->demands.profile_from[0] = -1000000000;
    expect_refused(p, place.out, false, "demand_profile.csv:2:from");
    p->demands.profile_from[0] = -1;
    p->calendars.rows = 0;
    expect_refused(p, place.out, false, "calendar.csv");
    p->calendars.rows = 2;
    expect_written(p, place.out, false);
    ganger_problem_destroy(p);
    place_close(&place);
}

static void a_folder_in_use_is_not_replaced(void)
{
    struct place place;
    struct ganger_problem *p = fixture_problem();
    place_open(&place);
    CU_ASSERT_EQUAL_FATAL(mkdir(place.out, 0777), 0);
    char *stray = fixture_path(place.out, "notes.txt");
    char *slash = fixture_path(place.out, "");
    fixture_put(stray, "mine", 4);
    expect_refused(p, place.out, false, "notes.txt");
    expect_refused(p, slash, false, "notes.txt");
    expect_refused(p, place.out, true, "notes.txt");
    CU_ASSERT_EQUAL(access(stray, F_OK), 0);
    unlink(stray);
    /* An empty folder is as good as none; a package gives way only where that is asked for. */
    expect_written(p, slash, false);
    p->demands.value[0] = 77;
    expect_refused(p, place.out, false, "not empty");
    expect_written(p, place.out, true);
    expect_same(p, place.out);
    free(stray);
    free(slash);
    ganger_problem_destroy(p);
    place_close(&place);
}

static void a_place_that_takes_no_folder_is_refused(void)
{
    struct place place;
    struct ganger_problem *p = fixture_problem();
    place_open(&place);
    fixture_put(place.out, "a file", 6);
    expect_refused(p, place.out, true, "found something else");
    char *below = fixture_path(place.folder, "missing/out");
    expect_refused(p, below, true, "cannot be written");
    unlink(place.out);
    /* A link is no folder: what it leads to stays, whatever is written or discarded. */
    char *other = fixture_path(place.folder, "other");
    char *mine = fixture_path(other, "work.csv");
    CU_ASSERT_EQUAL_FATAL(mkdir(other, 0777), 0);
    fixture_put(mine, "mine", 4);
    CU_ASSERT_EQUAL_FATAL(symlink("other", place.out), 0);
    expect_refused(p, place.out, true, "found something else");
    ganger_folder_discard(place.out);
    CU_ASSERT_EQUAL(access(mine, F_OK), 0);
    CU_ASSERT_EQUAL(unlink(place.out), 0);
    ganger_folder_discard(other);
    CU_ASSERT_NOT_EQUAL(access(other, F_OK), 0);
    free(mine);
    free(other);
    free(below);
    ganger_problem_destroy(p);
    place_close(&place);
}

static const struct ganger_test tests[] = {
    {"the small package comes back", the_small_package_comes_back},
    {"the instances come back", the_instances_come_back},
    {"classic projects come back", classic_projects_come_back},
    {"any text comes back", any_text_comes_back},
    {"any number comes back", any_number_comes_back},
    {"empty ranges come back", empty_ranges_come_back},
    {"what no table can say is refused", what_no_table_can_say_is_refused},
    {"a folder in use is not replaced", a_folder_in_use_is_not_replaced},
    {"a place that takes no folder is refused", a_place_that_takes_no_folder_is_refused},
    {NULL, NULL}};

const struct ganger_suite write_suite = {"write", "unit", tests};
