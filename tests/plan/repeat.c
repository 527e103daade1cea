/* The same plan gives the same bytes. */
#include "plan/sample.h"

#include <stdlib.h>
#include <string.h>

static struct sample s;

/* Writes, changes what differs from run to run, writes again: are the files equal? */
static bool same_twice(void)
{
    size_t size[2];
    char *bytes[2];
    for (int i = 0; i < 2; i++) {
        CU_ASSERT_EQUAL(ganger_plan_write(s.plan, s.problem, s.path, NULL), GANGER_STATUS_OK);
        bytes[i] = sample_bytes(s.path, &size[i]);
        s.plan->summary.wall_s += 7;
        s.plan->summary.threads += 1;
        s.plan->summary.first_time_s += 1;
        s.plan->trace[1].time_s += 2;
    }
    bool same = size[0] == size[1] && memcmp(bytes[0], bytes[1], size[0]) == 0;
    free(bytes[0]);
    free(bytes[1]);
    return same;
}

static void reproducible_plan(void)
{
    sample_open(&s);
    s.plan->reproducible = true;
    CU_ASSERT_TRUE(same_twice());
    sample_close(&s);
}

static void source_date_epoch(void)
{
    sample_open(&s);
    setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
    CU_ASSERT_TRUE(same_twice());
    unsetenv("SOURCE_DATE_EPOCH");
    sample_close(&s);
}

static void times_are_kept_otherwise(void)
{
    sample_open(&s);
    CU_ASSERT_FALSE(same_twice());
    sample_close(&s);
}

/* A file is a function of the plan: read back and written again it is the same. */
static void written_again(void)
{
    size_t size[2];
    struct ganger_plan *read = NULL;
    sample_open(&s);
    s.plan->reproducible = true;
    CU_ASSERT_EQUAL(ganger_plan_write(s.plan, s.problem, s.path, NULL), GANGER_STATUS_OK);
    char *first = sample_bytes(s.path, &size[0]);
    CU_ASSERT_EQUAL_FATAL(ganger_plan_read(s.problem, s.path, &read, NULL), GANGER_STATUS_OK);
    CU_ASSERT_TRUE(read->reproducible);
    CU_ASSERT_EQUAL(ganger_plan_write(read, s.problem, s.path, NULL), GANGER_STATUS_OK);
    char *second = sample_bytes(s.path, &size[1]);
    CU_ASSERT_TRUE(size[0] == size[1] && memcmp(first, second, size[0]) == 0);
    free(first);
    free(second);
    ganger_plan_destroy(read);
    sample_close(&s);
}

static const struct ganger_test tests[] = {
    {"reproducible plan", reproducible_plan},
    {"SOURCE_DATE_EPOCH", source_date_epoch},
    {"times are kept otherwise", times_are_kept_otherwise},
    {"written again", written_again},
    {NULL, NULL},
};
const struct ganger_suite repeat_suite = {"repeat", "determinism", tests};
