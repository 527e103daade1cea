#include "cli/message.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* A terminal obeys control characters, U+0080 to U+009F too, so none from outside may reach it. */
static void print_line(const char *prefix, char *text)
{
    for (char *c = text; *c != '\0'; c++) {
        bool upper = (unsigned char)c[0] == 0xc2 && (unsigned char)c[1] >= 0x80 &&
                     (unsigned char)c[1] <= 0x9f;
        if ((unsigned char)*c < ' ' || *c == 0x7f || upper) {
            c[upper] = *c = '?';
        }
    }
    fprintf(stderr, "ganger: %s%s\n", prefix, text);
}

void ganger_cli_error(const char *format, ...)
{
    char text[4096];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    print_line("error: ", text);
}

/* `fine` is what a finding of no trouble is called. */
static void print_finding(const struct ganger_finding *finding, const char *fine)
{
    char text[4096];
    ganger_finding_format(finding, text, sizeof text);
    print_line(finding->status == GANGER_STATUS_OK ? fine : "error: ", text);
}

static const char *status_words(ganger_status status)
{
    switch (status) {
    case GANGER_STATUS_OK:
        return "no error";
    case GANGER_STATUS_MISUSE:
        return "an option is out of range";
    case GANGER_STATUS_INPUT_INVALID:
        return "the input is not valid";
    case GANGER_STATUS_OUT_OF_MEMORY:
        return "out of memory";
    case GANGER_STATUS_OUTPUT_FAILED:
        return "the output could not be written";
    case GANGER_STATUS_REFUSED:
        return "the plan is refused";
    case GANGER_STATUS_INTERNAL:
        break;
    }
    return "internal error; please report it";
}

enum ganger_cli_exit ganger_cli_exit_of(ganger_status status)
{
    switch (status) {
    case GANGER_STATUS_OK:
        return GANGER_CLI_EXIT_OK;
    case GANGER_STATUS_MISUSE:
        return GANGER_CLI_EXIT_USAGE;
    case GANGER_STATUS_INPUT_INVALID:
    case GANGER_STATUS_REFUSED:
        return GANGER_CLI_EXIT_INPUT;
    case GANGER_STATUS_OUTPUT_FAILED:
        return GANGER_CLI_EXIT_OUTPUT;
    case GANGER_STATUS_OUT_OF_MEMORY:
    case GANGER_STATUS_INTERNAL:
        break;
    }
    return GANGER_CLI_EXIT_INTERNAL;
}

static void print_findings(const struct ganger_findings *findings, const char *fine)
{
    for (int i = 0; i < findings->count; i++) {
        print_finding(&findings->list[i], fine);
    }
    if (findings->total > findings->count) {
        fprintf(stderr, "ganger: and %ld more\n", findings->total - findings->count);
    } else if (findings->count == GANGER_FINDINGS_MAX) { /* readers look for no more */
        fprintf(stderr, "ganger: stopped after %d findings\n", GANGER_FINDINGS_MAX);
    }
}

void ganger_cli_print_findings(const struct ganger_findings *findings)
{
    print_findings(findings, "note: ");
}

void ganger_cli_print_reasons(const struct ganger_findings *findings)
{
    print_findings(findings, "error: ");
}

enum ganger_cli_exit ganger_cli_fail(ganger_status status, const struct ganger_findings *findings)
{
    ganger_cli_print_findings(findings);
    if (findings->count == 0) {
        ganger_cli_error("%s", status_words(status));
    }
    return ganger_cli_exit_of(status);
}
