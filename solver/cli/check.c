/*
 * ganger check: referees a plan file, or says whether an instance is one.
 */
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/message.h"

#include <ganger/ganger.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Two decimals rounded against the plan, as everything in the verdict is. */
static double down(double x)
{
    return floor(x * 100) / 100;
}

static double up(double x)
{
    return ceil(x * 100) / 100;
}

static void print_verdict(const struct ganger_verdict *v)
{
    /* Of a makespan the plan is the larger; its figures are whole. */
    printf("feasible  %s\n", v->feasible ? "yes" : "no");
    printf("value     %.2f\n", down(v->value));
    printf("bound     %.2f\n", up(v->bound));
    printf("gap       %.2f %%\n", up(v->gap_percent));
    if (v->value != floor(v->value)) {
        printf("rounded   against the plan: value down, bound and gap up\n");
    }
    printf("works     %d of %d\n", v->works_done, v->works);
    if (v->replan.replanned) {
        const struct ganger_replan_summary *r = &v->replan;
        printf("changes   %d of %d works of the earlier plan, %.2f; %d held; value without %.2f\n",
               r->moved + r->mode_changed + r->dropped, r->works, up(v->terms.changes), r->held,
               down(v->value + v->terms.changes));
    }
    printf("km        %.0f repaired, %.0f built, %.0f upgraded\n", v->km_repaired, v->km_built,
           v->km_upgraded);
}

static enum ganger_cli_exit check_plan(const struct ganger_cli_options *options)
{
    const char *instance = options->arguments[0], *plan = options->arguments[1];
    enum ganger_cli_exit code = GANGER_CLI_EXIT_OK;
    struct ganger_problem *problem = NULL;
    struct ganger_verdict verdict = {0};
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    ganger_status status = ganger_problem_read(instance, &problem, &findings);
    if (status == GANGER_STATUS_OK) {
        status = ganger_plan_check(problem, plan, &verdict, &findings);
    }
    bool judged =
        problem != NULL && (status == GANGER_STATUS_OK || status == GANGER_STATUS_REFUSED);
    if (judged && options->json) {
        if (!ganger_cli_json_verdict(&verdict, instance, plan, &findings)) {
            status = GANGER_STATUS_OUT_OF_MEMORY;
        }
    } else if (status == GANGER_STATUS_OK) {
        print_verdict(&verdict);
    }
    if (status != GANGER_STATUS_OK) {
        code = ganger_cli_fail(status, &findings);
    }
    ganger_problem_destroy(problem);
    ganger_findings_clear(&findings);
    return code;
}

/* What tables may be, for other programs. */
static enum ganger_cli_exit print_schema(void)
{
    char *text = NULL;
    ganger_status status = ganger_schema_describe(&text);
    if (status == GANGER_STATUS_OK) {
        fputs(text, stdout);
    } else {
        ganger_cli_error("out of memory");
    }
    free(text);
    return ganger_cli_exit_of(status);
}

/* The reader names what is wrong; here it is only said that nothing is. */
static enum ganger_cli_exit check_instance(const struct ganger_cli_options *options)
{
    const char *instance = options->arguments[0];
    struct ganger_problem *problem = NULL;
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    ganger_status status = ganger_problem_read(instance, &problem, &findings);
    bool valid = status == GANGER_STATUS_OK;
    if (options->json && (valid || status == GANGER_STATUS_INPUT_INVALID)) {
        if (!ganger_cli_json_validity(valid, instance, &findings)) {
            status = GANGER_STATUS_OUT_OF_MEMORY;
        }
    } else if (valid) {
        printf("valid     yes\n");
    }
    enum ganger_cli_exit code =
        status == GANGER_STATUS_OK ? GANGER_CLI_EXIT_OK : ganger_cli_fail(status, &findings);
    ganger_problem_destroy(problem);
    ganger_findings_clear(&findings);
    return code;
}

enum ganger_cli_exit ganger_cli_check(const struct ganger_cli_options *options)
{
    if (options->schema != (options->arguments[0] == NULL)) {
        ganger_cli_error("check: expected INSTANCE [PLAN], or --schema alone");
        return GANGER_CLI_EXIT_USAGE;
    }
    if (options->schema) {
        return print_schema();
    }
    return options->arguments[1] != NULL ? check_plan(options) : check_instance(options);
}
