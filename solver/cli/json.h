/*
 * Results as one JSON object on standard output. Numbers that are not finite become null, and what
 * both commands print has the same names in both.
 */
#ifndef GANGER_CLI_JSON_H
#define GANGER_CLI_JSON_H

#include <ganger/ganger.h>
#include <stdbool.h>

/* `plan` is the file written, or NULL: then the figures of a plan are null; `statistics` NULL: not asked for. False if memory ran
 * out; write errors stay with the stream. */
bool ganger_cli_json_summary(const struct ganger_summary *summary,
                             const struct ganger_statistics *statistics, const char *instance,
                             const char *plan);
bool ganger_cli_json_verdict(const struct ganger_verdict *verdict, const char *instance,
                             const char *plan, const struct ganger_findings *findings);
bool ganger_cli_json_validity(bool valid, const char *instance,
                              const struct ganger_findings *findings);

#endif
