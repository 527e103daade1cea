/*
 * ganger risk: how far a plan bears bad luck.
 */
#include "cli/commands.h"
#include "cli/message.h"
#include "cli/output.h"

#include <ganger/ganger.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {"repair", "build", "upgrade", "facility"};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* Reads "KIND=MEDIAN:P90", where KIND may be "all". */
static bool overrun_read(const char *text, struct ganger_overrun *overruns)
{
    struct ganger_overrun read;
    int end = 0;
    size_t name = strcspn(text, "=");
    /* A second "-" or a letter is no number: sscanf would take "inf" and "0x1". */
    if (text[name] != '=' || text[name + 1 + strspn(text + name + 1, "0123456789.+-:")] != '\0' ||
        sscanf(text + name + 1, "%lf:%lf%n", &read.median_percent, &read.p90_percent, &end) != 2 ||
        text[name + 1 + (size_t)end] != '\0') {
        return false;
    }
    bool all = name == 3 && memcmp(text, "all", name) == 0, found = all;
    for (int i = 0; i < KINDS; i++) {
        bool named = strlen(kinds[i]) == name && memcmp(text, kinds[i], name) == 0;
        if (all || named) {
            overruns[i] = read;
            found = true;
        }
    }
    return found;
}

static bool risk_options(const struct ganger_cli_options *options, struct ganger_risk_options *risk)
{
    ganger_risk_options_init(risk);
    risk->samples = (int32_t)options->samples;
    risk->seed = options->seed;
    risk->threads = (int)options->sampling_threads;
    risk->correlation_percent = (double)options->correlation_percent;
    risk->winter_percent = (double)options->winter_percent;
    risk->rows = (int)options->rows;
    risk->json = options->json;
    risk->samples_path = options->samples_file;
    for (int i = 0; i < options->overruns.count; i++) {
        if (!overrun_read(options->overruns.value[i], risk->overrun)) {
            ganger_cli_error("--overrun: expected repair, build, upgrade, facility or all, \"=\" "
                             "and two percentages like 10:50, found \"%s\"",
                             options->overruns.value[i]);
            return false;
        }
    }
    return true;
}

enum ganger_cli_exit ganger_cli_risk(const struct ganger_cli_options *options)
{
    enum ganger_cli_exit code = GANGER_CLI_EXIT_OK;
    struct ganger_problem *problem = NULL;
    struct ganger_risk_options risk;
    struct ganger_findings findings;
    char *text = NULL;
    if (!risk_options(options, &risk)) {
        return GANGER_CLI_EXIT_USAGE;
    }
    if (risk.samples_path && !ganger_cli_output_check(risk.samples_path, options->arguments[0])) {
        return GANGER_CLI_EXIT_OUTPUT;
    }
    ganger_findings_init(&findings);
    ganger_status status = ganger_problem_read(options->arguments[0], &problem, &findings);
    if (status == GANGER_STATUS_OK) {
        status = ganger_plan_risk(problem, options->arguments[1], &risk, &text, &findings);
    }
    if (status == GANGER_STATUS_OK) {
        fputs(text, stdout);
    } else {
        code = ganger_cli_fail(status, &findings);
    }
    free(text);
    ganger_problem_destroy(problem);
    ganger_findings_clear(&findings);
    return code;
}
