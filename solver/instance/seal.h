/*
 * Parts of the derivation with a file of their own; private to instance/. All return false if memory is short.
 */
#ifndef GANGER_INSTANCE_SEAL_H
#define GANGER_INSTANCE_SEAL_H

#include "base/status.h"
#include "instance/problem.h"
#include <stddef.h>

/* Zeroed room for count items and one more, so that no array is NULL. */
void *ganger_seal_array(int64_t count, size_t size);

/* Finish boundaries; needs calendars and modes. */
bool ganger_seal_spans(struct ganger_problem *problem);

/* Least f for each start of one (calendar row, duration), as in struct ganger_spans: finish[0 .. periods-1].
 * O(periods). */
void ganger_span_finishes(const uint8_t *productivity, const int32_t *cumulative, int32_t periods,
                          int32_t duration, int32_t *finish);

/* What works build on; needs segments and precedence lists. */
bool ganger_seal_stages(struct ganger_problem *problem);

/* Volume vectors; needs time. */
bool ganger_seal_demands(struct ganger_problem *problem);

/* Topological order of the works; needs the precedence lists. A cycle, which validation has excluded, is
 * GANGER_STATUS_INPUT_INVALID. */
ganger_status ganger_seal_order(struct ganger_problem *problem, struct ganger_findings *findings);

#endif
