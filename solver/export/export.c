/* ganger_plan_export: reads and referees a plan, then writes what a planner takes away from it. */
#include "base/folder.h"
#include "base/locale.h"
#include "check/referee.h"
#include "export/parts.h"

#include <stdlib.h>

static ganger_status write_form(const struct ganger_exporting *x,
                                const struct ganger_export_options *options, const char *path,
                                struct ganger_findings *findings)
{
    switch (options->format) {
    case GANGER_FORMAT_CSV:
        return ganger_export_tables(x, path, options, findings);
    case GANGER_FORMAT_GEOJSON:
        return ganger_export_map(x, false, path, findings);
    case GANGER_FORMAT_GEOJSON_LINKS:
        return ganger_export_map(x, true, path, findings);
    case GANGER_FORMAT_MSPDI:
        return ganger_export_project(x, path, findings);
    }
    return ganger_findings_add(findings, GANGER_STATUS_MISUSE, "export", 0, NULL,
                               "unknown format %d", (int)options->format);
}

static ganger_status export_plan(const struct ganger_problem *problem,
                                 const struct ganger_plan *plan,
                                 const struct ganger_export_options *options, const char *path,
                                 struct ganger_findings *findings)
{
    struct ganger_exporting x;
    struct ganger_locale locale;
    if (!ganger_locale_enter(&locale)) {
        return ganger_findings_out_of_memory(findings);
    }
    ganger_status status = ganger_exporting_init(&x, problem, plan)
                               ? write_form(&x, options, path, findings)
                               : ganger_findings_out_of_memory(findings);
    ganger_exporting_clear(&x);
    ganger_locale_leave(&locale);
    return status;
}

ganger_status ganger_plan_export(const struct ganger_problem *problem, const char *plan_path,
                                 const struct ganger_export_options *options, const char *path,
                                 struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    struct ganger_plan *plan = NULL;
    char *folder = ganger_folder_name(path);
    if (!folder) {
        return ganger_findings_out_of_memory(findings);
    }
    GANGER_TRY(ganger_plan_read(problem, plan_path, &plan, findings));
    GANGER_TRY(ganger_referee_check(problem, plan, plan_path, NULL, findings));
    GANGER_TRY(export_plan(problem, plan, options, folder, findings));
out:
    free(folder);
    ganger_plan_destroy(plan);
    return status;
}

void ganger_export_options_init(struct ganger_export_options *options)
{
    *options = (struct ganger_export_options){.format = GANGER_FORMAT_CSV};
}
