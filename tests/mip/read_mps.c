#include "mip/read_mps.h"

#include "support/scratch.h"
#include "support/test.h"

#include <stdio.h>
#include <unistd.h>

glp_prob *programme_read(const struct ganger_problem *problem)
{
    char path[SCRATCH_PATH];
    glp_prob *programme = glp_create_prob();
    scratch_file(path);
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    ganger_status status = ganger_problem_write_mps(problem, path, &findings);
    for (int i = 0; i < findings.count; i++) {
        fprintf(stderr, "%s: %s\n", findings.list[i].file, findings.list[i].message);
    }
    ganger_findings_clear(&findings);
    CU_ASSERT_EQUAL_FATAL(status, GANGER_STATUS_OK);
    glp_term_out(GLP_OFF);
    CU_ASSERT_EQUAL_FATAL(glp_read_mps(programme, GLP_MPS_FILE, NULL, path), 0);
    unlink(path);
    return programme;
}

bool programme_step(glp_prob *programme, int column, int *work, int *mode, int *start)
{
    return sscanf(glp_get_col_name(programme, column), "begun_%d_%d_%d", work, mode, start) == 3;
}
