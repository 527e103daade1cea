/* What is written is read back, and a file is complete or not there. */
#include "plan/layout.h"
#include "plan/sample.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static struct sample s;

static void compare_fields(struct ganger_plan *read)
{
    size_t sizes[GANGER_DIMS], again[GANGER_DIMS];
    ganger_plan_sizes(s.problem, s.plan, sizes);
    ganger_plan_sizes(s.problem, read, again);
    CU_ASSERT_EQUAL(memcmp(sizes, again, sizeof sizes), 0);
    for (int i = 0; i < ganger_plan_fields; i++) {
        const struct ganger_plan_field *field = &ganger_plan_field[i];
        size_t count = field->type == GANGER_NETCDF_DOUBLE ? sizeof(double) : sizeof(int32_t);
        for (int d = 0; d < GANGER_NETCDF_RANK && field->dims[d] != GANGER_DIM_END; d++) {
            count *= sizes[field->dims[d]];
        }
        CU_ASSERT(count == 0 || memcmp(*ganger_plan_slot(s.plan, field),
                                       *ganger_plan_slot(read, field), count) == 0);
    }
}

static void comes_back(void)
{
    struct ganger_plan *read = NULL;
    sample_open(&s);
    s.plan->trace[0].value = (double)NAN;
    CU_ASSERT_EQUAL(ganger_plan_write(s.plan, s.problem, s.path, NULL), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL_FATAL(ganger_plan_read(s.problem, s.path, &read, NULL), GANGER_STATUS_OK);
    compare_fields(read);
    CU_ASSERT_FALSE(read->reproducible);
    CU_ASSERT_EQUAL(read->trace_rows, 3);
    CU_ASSERT_EQUAL(memcmp(read->trace, s.plan->trace, 3 * sizeof *read->trace), 0);
    for (int i = 0; i < ganger_plan_figures; i++) {
        const struct ganger_plan_figure *figure = &ganger_plan_figure[i];
        size_t size = figure->type == GANGER_NETCDF_INT32 ? 4 : 8;
        CU_ASSERT_EQUAL(memcmp((char *)&read->summary + figure->offset,
                               (char *)&s.plan->summary + figure->offset, size),
                        0);
    }
    CU_ASSERT_EQUAL(read->summary.outcome, s.plan->summary.outcome);
    ganger_plan_destroy(read);
    sample_close(&s);
}

static void empty_plan_comes_back(void)
{
    struct ganger_plan *read = NULL;
    sample_open(&s);
    struct ganger_plan *empty = ganger_plan_create(s.problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(empty);
    CU_ASSERT_EQUAL(ganger_plan_write(empty, s.problem, s.path, NULL), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL(ganger_plan_read(s.problem, s.path, &read, NULL), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL(read->paths.count, 0);
    ganger_plan_destroy(read);
    ganger_plan_destroy(empty);
    sample_close(&s);
}

/* A failure names path and reason and leaves what was there. */
static void failure_is_clean(const char *path, const char *reason)
{
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    CU_ASSERT_EQUAL(ganger_plan_write(s.plan, s.problem, path, &findings),
                    GANGER_STATUS_OUTPUT_FAILED);
    CU_ASSERT_EQUAL_FATAL(findings.count, 1);
    CU_ASSERT_STRING_EQUAL(findings.list[0].file, path);
    CU_ASSERT_PTR_NOT_NULL(strstr(findings.list[0].message, reason));
    ganger_findings_clear(&findings);
}

static void no_folder(void)
{
    char path[SCRATCH_INSIDE];
    sample_open(&s);
    snprintf(path, sizeof path, "%s/none/plan.h5", s.folder);
    failure_is_clean(path, "No such file");
    failure_is_clean("/proc/plan.h5", "");
    sample_close(&s);
}

/* A full disk: here the limit on the size of files. */
static void no_room(void)
{
    struct rlimit old, small;
    size_t size;
    sample_open(&s);
    sample_put(s.path, "before", 6);
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &old);
    small = old;
    small.rlim_cur = 5000;
    setrlimit(RLIMIT_FSIZE, &small);
    failure_is_clean(s.path, "File too large");
    setrlimit(RLIMIT_FSIZE, &old);
    signal(SIGXFSZ, handler);
    char *bytes = sample_bytes(s.path, &size);
    CU_ASSERT_TRUE(size == 6 && memcmp(bytes, "before", 6) == 0);
    free(bytes);
    sample_close(&s);
}

static void other_instance(void)
{
    struct ganger_findings findings;
    struct ganger_plan *read = NULL;
    sample_open(&s);
    ganger_findings_init(&findings);
    CU_ASSERT_EQUAL(ganger_plan_write(s.plan, s.problem, s.path, NULL), GANGER_STATUS_OK);
    s.problem->sha256[3] = s.problem->sha256[3] == '0' ? '1' : '0';
    CU_ASSERT_EQUAL(ganger_plan_read(s.problem, s.path, &read, &findings),
                    GANGER_STATUS_INPUT_INVALID);
    CU_ASSERT_PTR_NULL(read);
    CU_ASSERT_EQUAL_FATAL(findings.count, 1);
    CU_ASSERT_STRING_EQUAL(findings.list[0].column, "instance_sha256");
    ganger_findings_clear(&findings);
    sample_close(&s);
}

static const struct ganger_test tests[] = {
    {"comes back", comes_back},         {"empty plan comes back", empty_plan_comes_back},
    {"no folder", no_folder},           {"no room", no_room},
    {"other instance", other_instance}, {NULL, NULL},
};
const struct ganger_suite file_suite = {"file", "unit", tests};
