/*
 * Status codes and the record of findings.
 *
 * Three kinds of trouble are never mixed: a bug is an assert; bad input or a failing environment is a
 * `ganger_status` that the caller must look at, with a finding that a person understands; how a solve
 * ended (feasible, infeasible, limit) is part of its result.
 *
 * A `struct ganger_findings` holds up to GANGER_FINDINGS_MAX findings; later ones are counted, not kept.
 * A function that fails adds at least one finding. All functions accept a NULL record.
 */
#ifndef GANGER_BASE_STATUS_H
#define GANGER_BASE_STATUS_H

#include <ganger/ganger.h>
#include <stdbool.h>

/* Adds one finding. `line` 0 and `column` NULL leave their place out: "work.csv: message",
 * "work.csv:417: message", "work.csv:417:duration: message". Strings are copied. Returns `status`. */
ganger_status ganger_findings_add(struct ganger_findings *findings, ganger_status status,
                                  const char *file, long line, const char *column,
                                  const char *format, ...) __attribute__((format(printf, 6, 7)));

/* True while another finding would still be kept: readers stop looking when it is false. */
bool ganger_findings_have_room(const struct ganger_findings *findings);

/* Moves what `from` holds to the end of `to` (which may be NULL) and leaves `from` clear. */
void ganger_findings_move(struct ganger_findings *from, struct ganger_findings *to);

/* For a failed allocation: adds "out of memory" and returns GANGER_STATUS_OUT_OF_MEMORY. */
ganger_status ganger_findings_out_of_memory(struct ganger_findings *findings);

/* Evaluates `expr`; on anything but GANGER_STATUS_OK stores it in `status` and goes to `out`. */
#define GANGER_TRY(expr)                                                                           \
    do {                                                                                           \
        status = (expr);                                                                           \
        if (status != GANGER_STATUS_OK) {                                                          \
            goto out;                                                                              \
        }                                                                                          \
    } while (0)

#endif
