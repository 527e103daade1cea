/*
 * The parts of the page's data, each a member of the tree. README.md has their layout; what a page shows is computed here
 * or on the floors below, and only drawn by the page.
 */
#ifndef GANGER_REPORT_PARTS_H
#define GANGER_REPORT_PARTS_H

#include "export/parts.h"
#include "report/column.h"

/* A plan that the referee has passed, and what it proved. */
struct ganger_paging {
    struct ganger_exporting x;
    const struct ganger_verdict *verdict;
    struct ganger_sheet sheet;
};

/* Dates, figures and terms; years; targets with their km over time. */
void ganger_page_programme(struct ganger_paging *paging);
void ganger_page_years(struct ganger_paging *paging);
/* False if memory is short. */
bool ganger_page_targets(struct ganger_paging *paging);
/* Nodes, links, segments with their lines. */
ganger_status ganger_page_network(struct ganger_paging *paging, struct ganger_findings *findings);
/* Capacity and flow of links, at every so many boundaries where there are many. */
bool ganger_page_states(struct ganger_paging *paging);
/* Works, and the calendars by which they rest. */
void ganger_page_works(struct ganger_paging *paging);
/* Gangs over time, budgets and supplies by window. */
bool ganger_page_resources(struct ganger_paging *paging);
/* Freight by origin's country, destination's country and commodity over time, each demand by year, and money over time. */
bool ganger_page_freight(struct ganger_paging *paging);
void ganger_page_money(struct ganger_paging *paging);
/* What `ganger risk --json` printed to the file; members that are not known are left out. */
ganger_status ganger_page_risk(struct ganger_paging *paging, const char *path,
                               struct ganger_findings *findings);

#endif
