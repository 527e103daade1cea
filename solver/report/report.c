/* ganger_plan_report: reads and referees a plan, gathers what a page shows of it, writes the page. */
#include "base/file.h"
#include "base/locale.h"
#include "check/referee.h"
#include "explain/explain.h"
#include "report/page.h"
#include "report/parts.h"

#include <stdlib.h>

void ganger_report_options_init(struct ganger_report_options *options)
{
    *options = (struct ganger_report_options){.risk_path = NULL};
}

static ganger_status explain(struct ganger_paging *paging, struct ganger_findings *findings)
{
    json_t *tree = NULL;
    ganger_status status = ganger_explain_tree(paging->x.problem, paging->x.plan, &tree, findings);
    if (status != GANGER_STATUS_OK) {
        return status;
    }
    /* The page has the names of works already. */
    json_t *left_out = json_object_get(tree, "left_out");
    for (size_t i = 0; i < json_array_size(left_out); i++) {
        json_object_del(json_array_get(left_out, i), "name");
    }
    paging->sheet.failed |= json_object_set_new(paging->sheet.root, "explain", tree) != 0;
    return GANGER_STATUS_OK;
}

static ganger_status gather(struct ganger_paging *paging, const char *risk_path,
                            struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    if (risk_path) {
        GANGER_TRY(ganger_page_risk(paging, risk_path, findings));
    }
    ganger_page_programme(paging);
    ganger_page_years(paging);
    ganger_page_works(paging);
    ganger_page_money(paging);
    GANGER_TRY(ganger_page_network(paging, findings));
    if (!ganger_page_states(paging) || !ganger_page_targets(paging) ||
        !ganger_page_resources(paging) || !ganger_page_freight(paging)) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    GANGER_TRY(explain(paging, findings));
out:
    return status;
}

/* A page before it is written. */
struct content {
    const char *title, *data;
};

static bool write_page(FILE *file, void *context)
{
    const struct content *content = context;
    return ganger_page_write(file, content->title, content->data);
}

static ganger_status report(struct ganger_paging *paging, const char *risk_path, const char *path,
                            struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    const struct ganger_problem *p = paging->x.problem;
    struct content content = {.title = p->title && p->title[0] ? p->title : p->name};
    char *data = NULL;
    GANGER_TRY(gather(paging, risk_path, findings));
    if (!paging->sheet.failed) {
        data = json_dumps(paging->sheet.root,
                          JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(9));
    }
    content.data = data;
    GANGER_TRY(data ? ganger_file_write(path, write_page, &content, findings)
                    : ganger_findings_out_of_memory(findings));
out:
    free(data);
    return status;
}

/* In the locale "C", so that numbers have a point. */
static ganger_status report_plan(const struct ganger_problem *problem,
                                 const struct ganger_plan *plan,
                                 const struct ganger_verdict *verdict, const char *const paths[2],
                                 struct ganger_findings *findings)
{
    struct ganger_paging paging = {.verdict = verdict};
    struct ganger_locale locale;
    if (!ganger_locale_enter(&locale)) {
        return ganger_findings_out_of_memory(findings);
    }
    ganger_sheet_open(&paging.sheet);
    ganger_status status = ganger_exporting_init(&paging.x, problem, plan)
                               ? report(&paging, paths[0], paths[1], findings)
                               : ganger_findings_out_of_memory(findings);
    ganger_exporting_clear(&paging.x);
    ganger_sheet_clear(&paging.sheet);
    ganger_locale_leave(&locale);
    return status;
}

ganger_status ganger_plan_report(const struct ganger_problem *problem, const char *plan_path,
                                 const struct ganger_report_options *options, const char *path,
                                 struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    struct ganger_plan *plan = NULL;
    struct ganger_verdict verdict;
    GANGER_TRY(ganger_plan_read(problem, plan_path, &plan, findings));
    GANGER_TRY(ganger_referee_check(problem, plan, plan_path, &verdict, findings));
    GANGER_TRY(
        report_plan(problem, plan, &verdict, (const char *[]){options->risk_path, path}, findings));
out:
    ganger_plan_destroy(plan);
    return status;
}
