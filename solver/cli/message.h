/*
 * Messages to the person at the terminal, on standard error.
 */
#ifndef GANGER_CLI_MESSAGE_H
#define GANGER_CLI_MESSAGE_H

#include "cli/exit.h"

#include <ganger/ganger.h>

/* "ganger: error: ...". Control characters that come from files and their names become '?'. */
void ganger_cli_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Prints findings, and "and N more" if some were not kept or that there may be more. */
void ganger_cli_print_findings(const struct ganger_findings *findings);
/* The same where they say why there is no plan: even those of no trouble are errors then. */
void ganger_cli_print_reasons(const struct ganger_findings *findings);

/* Prints the findings of a call that failed with `status`, or that in words if there are none;
 * returns the exit code. */
enum ganger_cli_exit ganger_cli_fail(ganger_status status, const struct ganger_findings *findings);

#endif
