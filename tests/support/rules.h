/*
 * The rules of MODEL section 5, read literally and slowly from the given parts of a problem, so
 * that the library's own bookkeeping can be compared with them.
 */
#ifndef GANGER_TESTS_SUPPORT_RULES_H
#define GANGER_TESTS_SUPPORT_RULES_H

#include "instance/problem.h"

enum rules_verdict {
    RULES_BROKEN,
    RULES_KEPT,
    RULES_UNCLEAR /* kept or broken by no more than rounding */
};

/* Least finish of a mode started in `start`, or GANGER_NONE if it cannot start there or is not
 * done by the horizon. */
int32_t rules_finish(const struct ganger_problem *problem, int32_t mode, int32_t start);

/* Judges the works that have a start; mode[w] is an index into modes, or GANGER_NONE for a work
 * left undone. Mandatory works and hard targets are not asked for. */
enum rules_verdict rules_judge(const struct ganger_problem *problem, const int32_t *start,
                               const int32_t *mode);

/* Are all mandatory works done and all hard targets met? */
bool rules_complete(const struct ganger_problem *problem, const int32_t *start,
                    const int32_t *mode);

/* cap_q(t) of MODEL section 2. */
double rules_capacity(const struct ganger_problem *problem, const int32_t *start,
                      const int32_t *mode, int32_t segment, int32_t t);

/* Discounted cost, tardiness and what soft targets miss: what MODEL section 6 takes off the
 * traffic. */
double rules_outlay(const struct ganger_problem *problem, const int32_t *start,
                    const int32_t *mode);

#endif
