/*
 * A table of scenarios: one row a change, all rows of one name a scenario, in the order in which names first appear.
 *
 * What a cell may be depends on the change (change.h); the reader settles everything that can be known without the
 * instance, and reports up to GANGER_FINDINGS_MAX wrong cells by file, line and column.
 */
#ifndef GANGER_SCENARIO_SHEET_H
#define GANGER_SCENARIO_SHEET_H

#include "instance/csv.h"
#include "scenario/change.h"

enum { GANGER_SCENARIO_NAME = 64 };

struct ganger_scenarios {
    const char *path;
    struct ganger_csv csv;
    struct ganger_change_row *row; /* [csv.rows] */
    int32_t count;                 /* scenarios */
    int32_t *first;                /* [count] first row of each */
    int32_t *of;                   /* [csv.rows] scenario of each row */
};

/* Reads and checks the table. Clear it in any case. */
ganger_status ganger_scenarios_read(struct ganger_scenarios *scenarios, const char *path,
                                    struct ganger_findings *findings);
void ganger_scenarios_clear(struct ganger_scenarios *scenarios);

/* Name of a scenario; borrowed. It may be part of a file name: letters, digits, '.', '_' and '-'. */
const char *ganger_scenarios_name(const struct ganger_scenarios *scenarios, int32_t scenario);

#endif
