/*
 * The tables of a result, as people read them.
 */
#ifndef GANGER_BENCH_QUALITY_REPORT_H
#define GANGER_BENCH_QUALITY_REPORT_H

#include "quality/result.h"

#include <stdio.h>

void quality_report_print(const struct quality_result *result, bool markdown, FILE *stream);

#endif
