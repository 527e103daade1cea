/* A table of starts: which works are done, in which mode and when, as another program or a person has it. */
#ifndef GANGER_API_STARTS_H
#define GANGER_API_STARTS_H

#include "base/status.h"
#include "instance/problem.h"

/* By work; GANGER_NONE where it is left undone. */
struct ganger_starts {
    int32_t *start, *finish;
    int32_t *mode; /* index into modes */
    long *line;    /* in the table; 0: the work is not in it */
};

/* Reads a CSV table with the columns of an exported works.csv, of which only work_id must be there. Works that are not in
 * it are left undone. Each cell is judged by itself, and each start by calendar and horizon. Clear in either case. */
ganger_status ganger_starts_read(const struct ganger_problem *problem, const char *path,
                                 struct ganger_starts *starts, struct ganger_findings *findings);
void ganger_starts_clear(struct ganger_starts *starts);

#endif
