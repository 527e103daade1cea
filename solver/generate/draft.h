/*
 * Tables of a problem that grow row by row.
 *
 * A struct ganger_draft remembers a failed allocation, so that a long run of additions is checked once: after one,
 * rows and texts still go to places that may be written, and are lost.
 */
#ifndef GANGER_GENERATE_DRAFT_H
#define GANGER_GENERATE_DRAFT_H

#include "instance/schema.h"

struct ganger_draft {
    struct ganger_problem *problem;
    int32_t room[GANGER_TABLES]; /* rows that the columns have memory for, one of them spare */
    bool failed;
};

void ganger_draft_init(struct ganger_draft *draft, struct ganger_problem *problem);
/* Adds a row that says what a row of empty cells says; texts are to follow. Returns its number. */
int32_t ganger_draft_row(struct ganger_draft *draft, enum ganger_table_index table);
/* Fills a text of the row that was added last. */
void ganger_draft_text(struct ganger_draft *draft, char **cell, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Makes texts that were not filled empty. False if memory has run out at any time. */
bool ganger_draft_finish(struct ganger_draft *draft);

#endif
