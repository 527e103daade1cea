/*
 * The log of a solve on standard error: an opening block, a table with a row for each new incumbent
 * and at least one every few seconds, on a terminal a live line between rows, and a closing block.
 */
#ifndef GANGER_CLI_LOG_H
#define GANGER_CLI_LOG_H

#include "cli/options.h"

#include <ganger/ganger.h>
#include <stdbool.h>

struct ganger_cli_log {
    bool quiet;
    bool color;
    bool live;        /* a line is rewritten between rows */
    int live_width;   /* of the one on the screen now, or 0 */
    bool bound_shown; /* a row has shown a bound */
    long rows;
    double row_time_s, live_time_s; /* of the last ones */
};

/* Prints the opening block. */
void ganger_cli_log_open(struct ganger_cli_log *log, const struct ganger_cli_options *options,
                         const struct ganger_options *limits);
/* Callback for struct ganger_options; context is the log. */
void ganger_cli_log_progress(const struct ganger_progress *progress, void *context);
/* Removes the live line: call it before anything else prints. */
void ganger_cli_log_pause(struct ganger_cli_log *log);
/* Prints the closing block. `written` is the plan file, or NULL. */
void ganger_cli_log_close(struct ganger_cli_log *log, const struct ganger_summary *summary,
                          const char *written);

#endif
