/* The same options give the same instance, on every machine; others give others; bad ones are refused. */
#include "generate/suites.h"

#include <stdio.h>
#include <string.h>

struct known {
    int32_t works, links, periods;
    uint64_t seed;
    const char *sha256;
};

/* A change here is a change of what users get from their seeds: the changelog should say so. */
static const struct known known[] = {
    {20, 0, 52, 0, "5fc6aa48d2d95b3701d92c9317b40279f302d82db4b7bb6bdac30650160a5da5"},
    {100, 0, 365, 1, "9e609f95493fc1c72a0ad431714223b237388932729120673dbd633591871a1f"},
    {300, 150, 200, 18446744073709551615u,
     "ca0c5abd8c06f59d4f156682217736f0d5f304253013e39efb96bda3b5ceaf6b"},
    {1000, 0, 365, 7, "caebc3eb67613974faebd37b5348ea8dec7d4abdb917609fab0c3cbcfcf623bd"},
};
enum { KNOWN = sizeof known / sizeof *known };

static struct ganger_generate_options options_of(const struct known *about)
{
    struct ganger_generate_options options;
    ganger_generate_options_init(&options);
    options.works = about->works;
    options.links = about->links;
    options.periods = about->periods;
    options.seed = about->seed;
    return options;
}

static void the_same_on_every_machine(void)
{
    for (int i = 0; i < KNOWN; i++) {
        struct ganger_generate_options options = options_of(&known[i]);
        struct ganger_problem *p = NULL, *q = NULL;
        CU_ASSERT_EQUAL_FATAL(ganger_problem_generate(&options, &p, NULL), GANGER_STATUS_OK);
        CU_ASSERT_EQUAL_FATAL(ganger_problem_generate(&options, &q, NULL), GANGER_STATUS_OK);
        if (strcmp(p->sha256, known[i].sha256) != 0) {
            fprintf(stderr, "\ncase %d: found %s\n", i, p->sha256);
        }
        CU_ASSERT_STRING_EQUAL(p->sha256, known[i].sha256);
        CU_ASSERT_TRUE(ganger_problem_equal(p, q));
        ganger_problem_destroy(p);
        ganger_problem_destroy(q);
    }
}

static void every_option_counts(void)
{
    struct ganger_problem *base = made_up(100, 0, 1);
    const struct known others[] = {{101, 0, 365, 1, NULL},
                                   {100, 21, 365, 1, NULL},
                                   {100, 0, 364, 1, NULL},
                                   {100, 0, 365, 2, NULL}};
    for (int i = 0; i < 4; i++) {
        struct ganger_generate_options options = options_of(&others[i]);
        struct ganger_problem *p = NULL;
        options.name = base->name;
        CU_ASSERT_EQUAL_FATAL(ganger_problem_generate(&options, &p, NULL), GANGER_STATUS_OK);
        CU_ASSERT_STRING_EQUAL(p->name, base->name);
        CU_ASSERT_STRING_NOT_EQUAL(p->sha256, base->sha256);
        CU_ASSERT_EQUAL(p->works.count, others[i].works);
        CU_ASSERT_EQUAL(p->links.count, others[i].links > 0 ? others[i].links : 20);
        CU_ASSERT_EQUAL(p->time.periods, others[i].periods);
        ganger_problem_destroy(p);
    }
    /* Another seed moves the places, not just the works. */
    struct ganger_problem *other = made_up(100, 0, 2);
    CU_ASSERT_NOT_EQUAL(other->nodes.x[5], base->nodes.x[5]);
    CU_ASSERT_STRING_EQUAL(other->name, "generated-100-2");
    ganger_problem_destroy(other);
    ganger_problem_destroy(base);
}

static void expect_refused(struct ganger_generate_options options, const char *expected)
{
    struct ganger_findings findings;
    struct ganger_problem *problem = (struct ganger_problem *)&findings;
    char text[300];
    ganger_findings_init(&findings);
    CU_ASSERT_EQUAL(ganger_problem_generate(&options, &problem, &findings), GANGER_STATUS_MISUSE);
    CU_ASSERT_PTR_NULL(problem);
    CU_ASSERT_EQUAL_FATAL(findings.count, 1);
    ganger_finding_format(&findings.list[0], text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, expected);
    if (strcmp(text, expected) != 0) {
        fprintf(stderr, "\nexpected: %s\nfound:    %s\n", expected, text);
    }
    ganger_findings_clear(&findings);
}

static void bad_numbers_are_refused(void)
{
    static const struct {
        int32_t works, links, periods;
        const char *expected;
    } cases[] = {
        {19, 0, 365, "works: expected a number of works from 20 to 1000000, found 19"},
        {1000001, 0, 365, "works: expected a number of works from 20 to 1000000, found 1000001"},
        {-5, 10, 365, "works: expected a number of works from 20 to 1000000, found -5"},
        {100, 9, 365,
         "links: expected for so many works a number of links from 10 to 200, found 9"},
        {100, 201, 365,
         "links: expected for so many works a number of links from 10 to 200, found 201"},
        {1001, 50, 365,
         "links: expected for so many works a number of links from 51 to 2002, found 50"},
        {100, 20, 51, "periods: expected a number of weeks from 52 to 2600, found 51"},
        {100, 20, 2601, "periods: expected a number of weeks from 52 to 2600, found 2601"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct known about = {cases[i].works, cases[i].links, cases[i].periods, 0, NULL};
        expect_refused(options_of(&about), cases[i].expected);
    }
}

static void bad_names_are_refused(void)
{
    static const char *const names[] = {"", "Big", "two words", "a/b", "ü", "a\n"};
    struct ganger_generate_options options;
    ganger_generate_options_init(&options);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char expected[200];
        snprintf(expected, sizeof expected,
                 "name: expected 1 to 100 of a-z, 0-9, '.', '_' and '-', found \"%s\"", names[i]);
        options.name = names[i];
        expect_refused(options, expected);
    }
}

static const struct ganger_test tests[] = {{"the same on every machine", the_same_on_every_machine},
                                           {"every option counts", every_option_counts},
                                           {"bad numbers are refused", bad_numbers_are_refused},
                                           {"bad names are refused", bad_names_are_refused},
                                           {NULL, NULL}};

const struct ganger_suite options_suite = {"options", "unit", tests};
