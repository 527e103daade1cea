/* Pieces of the planner's summary; ganger_plan_describe() puts them together. */
#ifndef GANGER_PLAN_REPORT_H
#define GANGER_PLAN_REPORT_H

#include "base/text.h"
#include "plan/plan.h"

enum { GANGER_REPORT_NUMBER = 32, GANGER_REPORT_ROWS = 4, GANGER_REPORT_YEARS = 10 };

/* "12,345.6" with this many decimals; returns `text`. */
const char *ganger_report_number(char text[GANGER_REPORT_NUMBER], double value, int decimals);
/* A line "label   12,345.6 M USD". */
void ganger_report_line(struct ganger_text *out, const char *label, double value);
/* The last day before a boundary. */
int64_t ganger_report_last_day(const struct ganger_problem *problem, int32_t boundary);
/* The year of a day. */
int32_t ganger_report_year(int64_t day);
/* The year that a work finished at this boundary is put in: that of its last day. */
int32_t ganger_report_year_finished(const struct ganger_problem *problem, int32_t finish);
/* First boundary at which the target's km are done, periods + 1 if never. */
int32_t ganger_report_target_reached(const struct ganger_plan *plan,
                                     const struct ganger_problem *problem, int32_t target);
/* km of works that count for a target and are finished by the boundary. */
double ganger_report_target_km(const struct ganger_plan *plan, const struct ganger_problem *problem,
                               int32_t target, int32_t by);

/* Tables of years, projects, resources and links, each with a head line; nothing where there are none.
 * False if memory is short. */
bool ganger_report_years(struct ganger_text *out, const struct ganger_plan *plan,
                         const struct ganger_problem *problem);
bool ganger_report_projects(struct ganger_text *out, const struct ganger_plan *plan,
                            const struct ganger_problem *problem);
bool ganger_report_resources(struct ganger_text *out, const struct ganger_plan *plan,
                             const struct ganger_problem *problem);
bool ganger_report_links(struct ganger_text *out, const struct ganger_plan *plan,
                         const struct ganger_problem *problem);

#endif
