/* The least makespan, and what a file must do that cannot be written. */
#include "mip/read_mps.h"
#include "support/scratch.h"
#include "support/test.h"
#include "support/tiny.h"

#include <stdio.h>
#include <unistd.h>

/* Three works of one gang of two men: 2 x 3 periods by both men, or one after another. */
static struct ganger_problem *three_works(void)
{
    struct tiny t;
    tiny_init(&t, 12);
    t.makespan = true;
    tiny_add(&t, TINY_RESOURCE, "men,renewable");
    tiny_add(&t, TINY_CAPACITY, "men,0,12,2");
    for (int w = 0; w < 3; w++) {
        tiny_add(&t, TINY_WORK, "w%d,facility,,0,0,false,,,,,true,,,", w);
        tiny_add(&t, TINY_MODE, "w%d,slow,5,0,1", w);
        tiny_add(&t, TINY_MODE, "w%d,fast,3,0,1", w);
        tiny_add(&t, TINY_USAGE, "w%d,slow,men,1", w);
        tiny_add(&t, TINY_USAGE, "w%d,fast,men,2", w);
    }
    tiny_add(&t, TINY_PRECEDENCE, "w0,w2,FS,1");
    return tiny_read(&t);
}

static void least_makespan(void)
{
    struct ganger_problem *problem = three_works();
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    glp_prob *programme = programme_read(problem);
    glp_iocp options;
    glp_init_iocp(&options);
    options.presolve = GLP_ON;
    CU_ASSERT_EQUAL(glp_intopt(programme, &options), 0);
    /* w0 fast until 3; w1 slow from 3; w2 slow from 4. */
    CU_ASSERT_DOUBLE_EQUAL(glp_mip_obj_val(programme), 9, 1e-9);
    glp_delete_prob(programme);
    ganger_problem_destroy(problem);
}

static void nothing_is_written_where_nothing_can_be(void)
{
    char folder[SCRATCH_PATH], path[SCRATCH_INSIDE];
    struct ganger_findings findings;
    struct ganger_problem *problem = three_works();
    scratch_folder(folder);
    snprintf(path, sizeof path, "%s/no/such.mps", folder);
    ganger_findings_init(&findings);
    CU_ASSERT_EQUAL(ganger_problem_write_mps(problem, path, &findings),
                    GANGER_STATUS_OUTPUT_FAILED);
    CU_ASSERT_EQUAL(findings.count, 1);
    ganger_findings_clear(&findings);
    ganger_problem_destroy(problem);
    rmdir(folder);
}

static const struct ganger_test tests[] = {
    {"least makespan", least_makespan},
    {"nothing is written where nothing can be", nothing_is_written_where_nothing_can_be},
    {NULL, NULL}};

const struct ganger_suite makespan_suite = {"makespan", "unit", tests};
