/* Projects in the classic formats become the tables that they should, however the text is laid out. */
#include "instance/classic_text.h"
#include "instance/fixture.h"
#include "instance/suites.h"

#include "base/date.h"
#include "support/scratch.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct ganger_problem *read_text(const char *name, const char *data)
{
    struct ganger_problem *problem = NULL;
    char *text = NULL;
    CU_ASSERT_EQUAL(fixture_read_file(name, data, strlen(data), &problem, &text), GANGER_STATUS_OK);
    CU_ASSERT_STRING_EQUAL(text, "");
    free(text);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    return problem;
}

#define LENGTH(list) ((int32_t)(sizeof(list) / sizeof *(list)))

static void expect_integers(const int32_t *found, const int32_t *expected, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        CU_ASSERT_EQUAL(found[i], expected[i]);
    }
}

/* What every problem of classic form has in common. */
static void expect_plain(const struct ganger_problem *p)
{
    int64_t day = 0;
    CU_ASSERT_TRUE(ganger_date_parse("2000-01-01", &day));
    CU_ASSERT_EQUAL(p->objective, GANGER_OBJECTIVE_MAKESPAN);
    CU_ASSERT_FALSE(p->railhead);
    CU_ASSERT_EQUAL(p->time.period_days, 1);
    CU_ASSERT_EQUAL(p->time.start_day, day);
    CU_ASSERT_EQUAL(p->time.discount_rate, 0);
    CU_ASSERT_EQUAL(p->time.terminal_years, 0);
    CU_ASSERT_EQUAL(p->nodes.count + p->links.count + p->segments.count + p->demands.count, 0);
    CU_ASSERT_EQUAL(p->calendars.count + p->targets.count, 0);
    CU_ASSERT_EQUAL(p->resources.budget, GANGER_NONE);
    for (int32_t w = 0; w < p->works.count; w++) {
        CU_ASSERT_EQUAL(p->works.kind[w], GANGER_WORK_FACILITY);
        CU_ASSERT_TRUE(p->works.mandatory[w]);
        CU_ASSERT_EQUAL(p->works.segment[w], GANGER_NONE);
        CU_ASSERT_EQUAL(p->works.calendar[w], GANGER_NONE);
        CU_ASSERT_EQUAL(p->works.deadline[w], p->time.periods);
        CU_ASSERT_EQUAL(p->works.due[w], GANGER_NONE);
        CU_ASSERT_EQUAL(p->works.fixed_start[w], GANGER_NONE);
        CU_ASSERT_EQUAL(p->works.fixed_mode[w], GANGER_NONE);
        CU_ASSERT_STRING_EQUAL(p->works.name[w], "");
    }
    for (int32_t m = 0; m < p->modes.count; m++) {
        CU_ASSERT_EQUAL(p->modes.cost[m], 0);
        CU_ASSERT_EQUAL(p->modes.factor[m], 1);
    }
    for (int32_t row = 0; row < p->resources.capacity_rows; row++) {
        CU_ASSERT_EQUAL(p->resources.row_resource[row], row);
        CU_ASSERT_EQUAL(p->resources.row_from[row], 0);
        CU_ASSERT_EQUAL(p->resources.row_to[row], p->time.periods);
    }
    for (int32_t row = 0; row < p->precedences.count; row++) {
        CU_ASSERT_EQUAL(p->precedences.type[row], GANGER_PRECEDENCE_FS);
        CU_ASSERT_EQUAL(p->precedences.lag[row], 0);
    }
}

static void a_patterson_file(void)
{
    static const int32_t durations[] = {0, 5, 7, 0};
    static const int32_t use_mode[] = {1, 2, 2}, use_resource[] = {0, 0, 1}, amount[] = {2, 1, 2};
    static const int32_t from[] = {0, 0, 1, 2}, to[] = {1, 2, 3, 3};
    struct ganger_problem *p = read_text("two.words.rcp", patterson_text);
    expect_plain(p);
    CU_ASSERT_STRING_EQUAL(p->name, "two.words");
    CU_ASSERT_STRING_EQUAL(p->title, "4 jobs (Patterson)");
    CU_ASSERT_EQUAL(p->time.periods, 13); /* 5 + 7, and one for the last job to start in */
    CU_ASSERT_EQUAL_FATAL(p->works.count, 4);
    CU_ASSERT_STRING_EQUAL(p->works.id[0], "1");
    CU_ASSERT_STRING_EQUAL(p->works.id[3], "4");
    CU_ASSERT_STRING_EQUAL(p->works.project[0], "");
    CU_ASSERT_EQUAL_FATAL(p->modes.count, 4);
    CU_ASSERT_STRING_EQUAL(p->modes.id[2], "1");
    expect_integers(p->modes.duration, durations, LENGTH(durations));
    CU_ASSERT_EQUAL_FATAL(p->modes.uses, LENGTH(amount));
    expect_integers(p->modes.use_mode, use_mode, LENGTH(amount));
    expect_integers(p->modes.use_resource, use_resource, LENGTH(amount));
    expect_integers(p->modes.use_amount, amount, LENGTH(amount));
    CU_ASSERT_EQUAL_FATAL(p->resources.count, 2);
    CU_ASSERT_STRING_EQUAL(p->resources.id[0], "R1");
    CU_ASSERT_STRING_EQUAL(p->resources.id[1], "R2");
    CU_ASSERT_EQUAL(p->resources.kind[1], GANGER_RESOURCE_RENEWABLE);
    CU_ASSERT_EQUAL(p->resources.row_limit[0], 3);
    CU_ASSERT_EQUAL(p->resources.row_limit[1], 2);
    CU_ASSERT_EQUAL_FATAL(p->precedences.count, LENGTH(from));
    expect_integers(p->precedences.predecessor, from, LENGTH(from));
    expect_integers(p->precedences.successor, to, LENGTH(to));
    ganger_problem_destroy(p);
}

static void an_mplib_file(void)
{
    static const int32_t durations[] = {0, 9, 0, 0, 6, 0}, earliest[] = {0, 0, 0, 4, 4, 4};
    static const int32_t use_mode[] = {1, 1, 4}, use_resource[] = {0, 1, 0}, amount[] = {5, 1, 3};
    static const int32_t from[] = {0, 1, 1, 3, 4}, to[] = {1, 2, 4, 4, 5};
    static const char *const ids[] = {"1:1", "1:2", "1:3", "2:1", "2:2", "2:3"};
    struct ganger_problem *p = read_text("mp.txt", mplib_text);
    expect_plain(p);
    CU_ASSERT_STRING_EQUAL(p->title, "2 projects, 6 jobs (MPLIB)");
    CU_ASSERT_EQUAL(p->time.periods, 4 + 9 + 6 + 1);
    CU_ASSERT_EQUAL_FATAL(p->works.count, 6);
    for (int32_t w = 0; w < 6; w++) {
        CU_ASSERT_STRING_EQUAL(p->works.id[w], ids[w]);
        CU_ASSERT_STRING_EQUAL(p->works.project[w], w < 3 ? "1" : "2");
    }
    expect_integers(p->works.earliest, earliest, 6);
    expect_integers(p->modes.duration, durations, 6);
    CU_ASSERT_EQUAL_FATAL(p->modes.uses, LENGTH(amount));
    expect_integers(p->modes.use_mode, use_mode, LENGTH(amount));
    expect_integers(p->modes.use_resource, use_resource, LENGTH(amount));
    expect_integers(p->modes.use_amount, amount, LENGTH(amount));
    CU_ASSERT_EQUAL(p->resources.row_limit[0], 5);
    CU_ASSERT_EQUAL(p->resources.row_limit[1], 4);
    CU_ASSERT_EQUAL_FATAL(p->precedences.count, LENGTH(from));
    expect_integers(p->precedences.predecessor, from, LENGTH(from));
    expect_integers(p->precedences.successor, to, LENGTH(to));
    ganger_problem_destroy(p);
}

static void expect_psplib(const struct ganger_problem *p, int32_t release)
{
    static const int32_t durations[] = {0, 3, 8, 4, 0}, works[] = {0, 1, 1, 2, 3};
    static const int32_t use_mode[] = {1, 1, 2, 2, 3, 3}, use_resource[] = {0, 1, 0, 2, 1, 2};
    static const int32_t amount[] = {6, 9, 2, 8, 2, 5};
    static const int32_t from[] = {0, 0, 1, 2}, to[] = {1, 2, 3, 3};
    expect_plain(p);
    CU_ASSERT_STRING_EQUAL(p->title, "4 jobs (PSPLIB)");
    CU_ASSERT_EQUAL(p->time.periods, release + 8 + 4 + 1);
    CU_ASSERT_EQUAL_FATAL(p->works.count, 4);
    for (int32_t w = 0; w < 4; w++) {
        CU_ASSERT_EQUAL(p->works.earliest[w], release);
    }
    CU_ASSERT_EQUAL_FATAL(p->modes.count, 5);
    CU_ASSERT_STRING_EQUAL(p->modes.id[1], "1");
    CU_ASSERT_STRING_EQUAL(p->modes.id[2], "2");
    CU_ASSERT_STRING_EQUAL(p->modes.id[3], "1");
    expect_integers(p->modes.work, works, 5);
    expect_integers(p->modes.duration, durations, 5);
    CU_ASSERT_EQUAL_FATAL(p->modes.uses, LENGTH(amount));
    expect_integers(p->modes.use_mode, use_mode, LENGTH(amount));
    expect_integers(p->modes.use_resource, use_resource, LENGTH(amount));
    expect_integers(p->modes.use_amount, amount, LENGTH(amount));
    CU_ASSERT_EQUAL_FATAL(p->resources.count, 3);
    CU_ASSERT_STRING_EQUAL(p->resources.id[0], "R1");
    CU_ASSERT_STRING_EQUAL(p->resources.id[1], "N1");
    CU_ASSERT_STRING_EQUAL(p->resources.id[2], "N2");
    CU_ASSERT_EQUAL(p->resources.kind[0], GANGER_RESOURCE_RENEWABLE);
    CU_ASSERT_EQUAL(p->resources.kind[2], GANGER_RESOURCE_CONSUMABLE);
    CU_ASSERT_EQUAL(p->resources.row_limit[0], 6);
    CU_ASSERT_EQUAL(p->resources.row_limit[1], 10);
    CU_ASSERT_EQUAL(p->resources.row_limit[2], 13);
    CU_ASSERT_EQUAL(p->resources.windows, 2);
    expect_integers(p->precedences.predecessor, from, LENGTH(from));
    expect_integers(p->precedences.successor, to, LENGTH(to));
}

static void psplib_files(void)
{
    struct ganger_problem *p = read_text("small.mm", psplib_text);
    expect_psplib(p, 2);
    ganger_problem_destroy(p);
    p = read_text("small", mmlib_text);
    expect_psplib(p, 0);
    ganger_problem_destroy(p);
}

/* A copy in which each `from` is `to`. */
static char *replaced(const char *text, char from, const char *to)
{
    char *result = malloc(strlen(text) * (strlen(to) + 1) + 1), *at = result;
    CU_ASSERT_PTR_NOT_NULL_FATAL(result);
    for (; *text != '\0'; text++) {
        at = *text == from ? stpcpy(at, to) : (*at = *text, at + 1);
    }
    *at = '\0';
    return result;
}

static void expect_same(const char *text, const char *other)
{
    struct ganger_problem *a = read_text("same.txt", text), *b = read_text("same.txt", other);
    CU_ASSERT_TRUE(ganger_problem_equal(a, b));
    CU_ASSERT_STRING_EQUAL(a->sha256, b->sha256);
    ganger_problem_destroy(a);
    ganger_problem_destroy(b);
}

static void expect_same_replaced(const char *text, char from, const char *to)
{
    char *other = replaced(text, from, to);
    expect_same(text, other);
    free(other);
}

static void the_layout_does_not_matter(void)
{
    static const char *const texts[] = {patterson_text, mplib_text, psplib_text, mmlib_text};
    for (int i = 0; i < LENGTH(texts); i++) {
        char *marked = NULL;
        expect_same_replaced(texts[i], '\n', "\r\n");
        expect_same_replaced(texts[i], '\n', " \n\n\t\n");
        expect_same_replaced(texts[i], ' ', "  ");
        CU_ASSERT_FATAL(asprintf(&marked, "\xef\xbb\xbf%s\x1a", texts[i]) > 0);
        expect_same(texts[i], marked);
        free(marked);
    }
    for (int i = 0; i < 2; i++) {
        expect_same_replaced(texts[i], '\n', " ");
        expect_same_replaced(texts[i], ' ', "\n");
        char *open = strndup(texts[i], strlen(texts[i]) - 1);
        expect_same(texts[i], open);
        free(open);
    }
}

static void packed_and_back(void)
{
    static const char *const texts[] = {patterson_text, mplib_text, psplib_text, mmlib_text};
    char path[SCRATCH_PATH];
    scratch_file(path);
    for (int i = 0; i < LENGTH(texts); i++) {
        struct ganger_problem *p = read_text("name with \xff and \x01.txt", texts[i]), *q = NULL;
        CU_ASSERT_STRING_EQUAL(p->name, "name with ? and ?");
        CU_ASSERT_EQUAL(ganger_problem_pack(p, path, NULL), GANGER_STATUS_OK);
        CU_ASSERT_EQUAL_FATAL(ganger_problem_read(path, &q, NULL), GANGER_STATUS_OK);
        CU_ASSERT_TRUE(ganger_problem_equal(p, q));
        CU_ASSERT_STRING_EQUAL(p->sha256, q->sha256);
        ganger_problem_destroy(p);
        ganger_problem_destroy(q);
    }
    unlink(path);
}

/* Jobs that together last longer than a problem may: a schedule shows that they fit. */
static char *many_jobs(int jobs, int duration, int demand)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fprintf(file, "%d 1\n2\n", jobs);
    for (int job = 1; job < jobs; job++) {
        fprintf(file, "%d %d 1 %d\n", duration, demand, jobs);
    }
    fprintf(file, "0 0 0\n");
    fclose(file);
    return text;
}

static void very_many_jobs(void)
{
    static const char refused[] =
        "many.rcp: the jobs take more than 100000 periods, the most that a problem may have: give "
        "durations in a longer unit of time";
    const struct {
        int jobs, duration, demand;
        bool good;
    } cases[] = {
        {30000, 6, 1, true},   {19999, 10, 1, true},  {20001, 10, 1, false}, {10000, 10, 2, true},
        {10001, 10, 2, false}, {2, 100001, 1, false}, {3, 99999, 1, true},   {3, 100000, 1, false},
    };
    for (int i = 0; i < LENGTH(cases); i++) {
        struct ganger_problem *p = NULL;
        char *found = NULL;
        char *text = many_jobs(cases[i].jobs, cases[i].duration, cases[i].demand);
        ganger_status status = fixture_read_file("many.rcp", text, strlen(text), &p, &found);
        CU_ASSERT_EQUAL(status, cases[i].good ? GANGER_STATUS_OK : GANGER_STATUS_INPUT_INVALID);
        CU_ASSERT_STRING_EQUAL(found, cases[i].good ? "" : refused);
        CU_ASSERT_EQUAL_FATAL(p != NULL, cases[i].good);
        if (p != NULL) {
            CU_ASSERT_EQUAL(p->works.count, cases[i].jobs);
            CU_ASSERT_TRUE(p->time.periods <= 100000);
        }
        ganger_problem_destroy(p);
        free(text);
        free(found);
    }
}

static void the_smallest_files(void)
{
    struct ganger_problem *p = read_text("one", "1 0 0 0");
    CU_ASSERT_EQUAL(p->time.periods, 1);
    CU_ASSERT_EQUAL(p->works.count, 1);
    ganger_problem_destroy(p);
    p = read_text(".rcp", "1 1 1 3 1 0");
    CU_ASSERT_STRING_EQUAL(p->name, ".rcp");
    ganger_problem_destroy(p);
    /* A job without duration uses no renewable, however much it asks for. */
    p = read_text("milestone", "2 1 1 0 7 1 2 1 1 0");
    CU_ASSERT_EQUAL(p->time.periods, 2);
    ganger_problem_destroy(p);
}

static const struct ganger_test tests[] = {
    {"a Patterson file", a_patterson_file},
    {"an MPLIB file", an_mplib_file},
    {"PSPLIB files", psplib_files},
    {"the layout does not matter", the_layout_does_not_matter},
    {"packed and back", packed_and_back},
    {"very many jobs", very_many_jobs},
    {"the smallest files", the_smallest_files},
    {NULL, NULL},
};
const struct ganger_suite classic_suite = {"classic", "unit", tests};
