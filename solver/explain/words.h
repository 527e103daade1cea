/* What things are called in front of people: names rather than ids, dates rather than periods. */
#ifndef GANGER_EXPLAIN_WORDS_H
#define GANGER_EXPLAIN_WORDS_H

#include "base/date.h"
#include "instance/problem.h"

/* The name, or the id where there is none. Borrowed from the problem. */
const char *ganger_words_work(const struct ganger_problem *problem, int32_t work);
const char *ganger_words_resource(const struct ganger_problem *problem, int32_t resource);
const char *ganger_words_link(const struct ganger_problem *problem, int32_t link);
/* The unit of a resource, "unit" where it has none. */
const char *ganger_words_unit(const struct ganger_problem *problem, int32_t resource);
/* The id of a mode, which tables name by work. */
const char *ganger_words_mode(const struct ganger_problem *problem, int32_t mode);

/* The first day of a period, and the last day before a boundary; both return `text`. */
const char *ganger_words_first_day(const struct ganger_problem *problem, int32_t period,
                                   char text[GANGER_DATE_SIZE]);
const char *ganger_words_last_day(const struct ganger_problem *problem, int32_t boundary,
                                  char text[GANGER_DATE_SIZE]);
/* "2026-01-01 - 2026-12-31" for periods [from, to); returns `text`. */
enum { GANGER_SPAN_SIZE = 2 * GANGER_DATE_SIZE + 8 };
const char *ganger_words_span(const struct ganger_problem *problem, int32_t from, int32_t to,
                              char text[GANGER_SPAN_SIZE]);
/* What a period is: "day", "week" or "period of 28 days"; `several`: the same of many. Returns `text`. */
const char *ganger_words_period(const struct ganger_problem *problem, bool several,
                                char text[GANGER_DATE_SIZE]);
/* The number with its sign, "+1.20", "-0.30", and "0.00" without one; returns `text`. */
enum { GANGER_SIGNED_SIZE = 40 };
const char *ganger_words_signed(double value, int decimals, char text[GANGER_SIGNED_SIZE]);

/* The columns of a table by year; several years a column where there are many. */
enum { GANGER_YEARS_MAX = 10, GANGER_YEAR_SIZE = 16 };
struct ganger_years {
    int32_t first, step, count;
    char name[GANGER_YEARS_MAX][GANGER_YEAR_SIZE]; /* the first year of each column */
};
void ganger_years_of(const struct ganger_problem *problem, struct ganger_years *years);
/* The column of a period. */
int32_t ganger_years_at(const struct ganger_years *years, const struct ganger_problem *problem,
                        int32_t period);

#endif
