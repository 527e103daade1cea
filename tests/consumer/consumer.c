/* A program of someone who installed the library: sees <ganger/ganger.h> and nothing else. */
#include <ganger/ganger.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    struct ganger_options options;
    ganger_options_init(&options);
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    struct ganger_problem *problem = NULL;
    ganger_status status = ganger_problem_read("no/such/instance", &problem, &findings);
    int refused = status != GANGER_STATUS_OK && problem == NULL && findings.count > 0;
    ganger_findings_clear(&findings);
    ganger_problem_destroy(problem);
    printf("ganger %s\n", GANGER_VERSION_STRING);
    return refused && strcmp(ganger_outcome_name(GANGER_OUTCOME_OPTIMAL), "") != 0 ? 0 : 1;
}
