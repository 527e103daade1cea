/* The samples as a CSV table. */
#include "export/table.h"
#include "base/file.h"
#include "base/locale.h"
#include "plan/report.h"
#include "risk/report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "sample", "finished", then "TARGET reached" and "TARGET km short" of each target; ends with NULL. */
static char **headings_create(const struct ganger_problem *p)
{
    size_t count = 2 + 2 * (size_t)p->targets.count;
    char **headings = calloc(count + 1, sizeof *headings);
    for (size_t i = 0; headings && i < count; i++) {
        const char *target = i < 2 ? "" : p->targets.id[i / 2 - 1];
        const char *what = i == 0       ? "sample"
                           : i == 1     ? "finished"
                           : i % 2 == 0 ? " reached"
                                        : " km short";
        if (asprintf(&headings[i], "%s%s", target, what) < 0) {
            headings[i] = NULL; /* an empty list of headings is a table that failed */
        }
    }
    return headings;
}

static void headings_destroy(char **headings, const struct ganger_problem *p)
{
    for (size_t i = 0; headings && i < 2 + 2 * (size_t)p->targets.count; i++) {
        free(headings[i]);
    }
    free(headings);
}

static void put_boundary(struct ganger_export_table *out, const struct ganger_problem *p,
                         int32_t boundary)
{
    if (boundary == GANGER_NEVER) {
        ganger_export_put_nothing(out, 1);
    } else {
        ganger_export_put_day(out, ganger_report_last_day(p, boundary));
    }
}

static bool write_rows(const struct ganger_risk_samples *samples, const char *path,
                       const char *const *headings)
{
    const struct ganger_problem *p = samples->world->problem;
    struct ganger_export_table out;
    ganger_export_table_open(&out, path, headings);
    for (int32_t i = 0; i < samples->count; i++) {
        ganger_export_put_integer(&out, i);
        put_boundary(&out, p, samples->finish[i]);
        for (int32_t g = 0; g < p->targets.count; g++) {
            int64_t at = (int64_t)g * samples->count + i;
            put_boundary(&out, p, samples->reached[at]);
            ganger_export_put_sum(&out, samples->missing_km[at]);
        }
        ganger_export_end_row(&out);
    }
    return ganger_export_table_close(&out);
}

ganger_status ganger_risk_write(const struct ganger_risk_samples *samples, const char *path,
                                struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    const struct ganger_problem *p = samples->world->problem;
    struct ganger_locale locale;
    char **headings = headings_create(p);
    char *aside = ganger_file_aside(path);
    bool entered = headings && aside && ganger_locale_enter(&locale);
    for (size_t i = 0; entered && i < 2 + 2 * (size_t)p->targets.count; i++) {
        entered = headings[i] != NULL;
    }
    if (!entered) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    bool written = write_rows(samples, aside, (const char *const *)headings);
    int error = errno;
    ganger_locale_leave(&locale);
    if (written) {
        status = ganger_file_commit(aside, path, findings);
    } else {
        ganger_file_discard(aside);
        status = ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, path, 0, NULL,
                                     "cannot be written: %s", strerror(error));
    }
out:
    headings_destroy(headings, p);
    free(aside);
    return status;
}
