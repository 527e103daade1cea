/* What the export floor shares: the plan that is taken away, its years, and the dates of its works. */
#ifndef GANGER_EXPORT_PARTS_H
#define GANGER_EXPORT_PARTS_H

#include "base/date.h"
#include "plan/plan.h"

/* Every year of the programme. A year has the periods that start in it: none, where periods are long. */
struct ganger_export_years {
    int32_t first, count;
    int32_t *begin; /* [count + 1] periods of year first + i: begin[i] .. begin[i + 1] */
};

struct ganger_exporting {
    const struct ganger_problem *problem;
    const struct ganger_plan *plan;
    struct ganger_export_years years;
};

/* False if memory is short; cleared in any case. */
bool ganger_exporting_init(struct ganger_exporting *x, const struct ganger_problem *problem,
                           const struct ganger_plan *plan);
void ganger_exporting_clear(struct ganger_exporting *x);

/* The mode in which a work is done, as a row of the modes; GANGER_NONE if it is left out. */
int32_t ganger_export_mode(const struct ganger_exporting *x, int32_t work);
/* First and last day of a work that is done. A milestone has one day, the last before its boundary. */
int64_t ganger_export_first_day(const struct ganger_exporting *x, int32_t work);
int64_t ganger_export_last_day(const struct ganger_exporting *x, int32_t work);
/* The first day of a year of the list within the programme, and the last. */
int64_t ganger_export_year_first_day(const struct ganger_exporting *x, int32_t year);
int64_t ganger_export_year_last_day(const struct ganger_exporting *x, int32_t year);

/* A year: works and their km by the year of their last day, money and freight by the start of periods. */
struct ganger_export_year {
    int32_t finished;
    double km[GANGER_WORK_KINDS];
    double paid, traffic; /* M USD, not discounted */
    double delivered;     /* Mt */
};
struct ganger_export_year ganger_export_year(const struct ganger_exporting *x, int32_t year);
/* Periods as a share of a year, which turns Mt a year into Mt. */
double ganger_export_share_of_year(const struct ganger_problem *problem);

/* A link in a year: means over its periods, in Mt a year. */
struct ganger_export_link_year {
    double capacity, there, back; /* there: from the from-node to the to-node */
    double end;                   /* capacity at the end of the year */
    double use_percent; /* of the capacity, by the busier direction; NaN without capacity */
};
struct ganger_export_link_year ganger_export_link_year(const struct ganger_exporting *x,
                                                       int32_t link, int32_t year);

/* The forms. Each writes whole files and folders, aside; `path` has no slash at its end. */
ganger_status ganger_export_tables(const struct ganger_exporting *x, const char *path,
                                   const struct ganger_export_options *options,
                                   struct ganger_findings *findings);
/* GeoJSON: works, or links by year. */
ganger_status ganger_export_map(const struct ganger_exporting *x, bool by_year, const char *path,
                                struct ganger_findings *findings);
/* Microsoft Project XML. */
ganger_status ganger_export_project(const struct ganger_exporting *x, const char *path,
                                    struct ganger_findings *findings);

#endif
