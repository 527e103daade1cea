/* The suites of this module, and what they share. */
#ifndef GANGER_TESTS_REPORT_SUITES_H
#define GANGER_TESTS_REPORT_SUITES_H

#include "support/test.h"
#include "support/tiny.h"
#include "support/tree.h"

extern const struct ganger_suite column_suite, data_suite, page_suite, risk_suite;

/* Solves the problem and writes the page of the plan; returns the page. The caller frees it. */
char *report_page(struct ganger_problem *problem, const char *risk_path);
/* The data in a page. */
json_t *report_data(const char *page);
/* What stands between an opening and a closing tag, for instance "<style>" and "</style>", from `*at` on, which is moved
 * behind it. NULL if there is none; the caller frees it. */
char *report_between(const char **at, const char *open, const char *close);

#endif
