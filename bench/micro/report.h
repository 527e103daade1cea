/*
 * Cells as a table, and as JSON in Google Benchmark's schema.
 */
#ifndef GANGER_BENCH_MICRO_REPORT_H
#define GANGER_BENCH_MICRO_REPORT_H

#include "micro/measure.h"

void micro_report_print(const struct micro_cell *cells, int count, bool markdown);

/* Times are of one schedule. False, with a message, if the file could not be written. */
bool micro_report_write(const struct micro_cell *cells, int count,
                        const struct micro_options *options, const char *command_line);

#endif
