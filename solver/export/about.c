/* The table about.csv: which plan of what the others are of, in which units, and whom to name with them. */
#include "export/about.h"

#include "instance/credit.h"
#include "instance/schema.h"
#include "plan/report.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static void put_item(struct ganger_export_table *out, const char *item, const char *value)
{
    if (value != NULL && value[0] != '\0') {
        ganger_export_put_text(out, item);
        ganger_export_put_text(out, value);
        ganger_export_end_row(out);
    }
}

static void put_figure(struct ganger_export_table *out, const char *item, double value)
{
    ganger_export_put_text(out, item);
    ganger_export_put_sum(out, value);
    ganger_export_end_row(out);
}

/* One row each: "title, address". */
static void put_licences(struct ganger_export_table *out, const struct ganger_problem *p)
{
    json_t *list = json_loads(ganger_credit_text(p, GANGER_CREDIT_LICENCES), 0, NULL);
    size_t i = 0;
    const json_t *licence = NULL;
    json_array_foreach(list, i, licence)
    {
        const char *title = json_string_value(json_object_get(licence, "title"));
        const char *name = json_string_value(json_object_get(licence, "name"));
        const char *path = json_string_value(json_object_get(licence, "path"));
        char *text = NULL;
        title = title ? title : name ? name : "";
        if (asprintf(&text, "%s%s%s", title, title[0] && path ? ", " : "", path ? path : "") < 0) {
            out->error = ENOMEM;
            break;
        }
        put_item(out, "licence", text);
        free(text);
    }
    json_decref(list);
}

/* Which plan of what the tables are, and whom to name with them. */
void ganger_export_about(const struct ganger_exporting *x, struct ganger_export_table *out)
{
    const struct ganger_problem *p = x->problem;
    const struct ganger_summary *is = &x->plan->summary;
    char date[GANGER_DATE_SIZE];
    put_item(out, "instance", p->name);
    put_item(out, "title", p->title);
    put_item(out, "sha256", p->sha256);
    put_item(out, "first_day", ganger_date_format(p->time.start_day, date));
    put_item(out, "last_day", ganger_date_format(ganger_report_last_day(p, p->time.periods), date));
    put_item(out, "objective", ganger_objective_names[p->objective]);
    put_item(out, "currency", p->currency);
    if (p->objective == GANGER_OBJECTIVE_NPV) {
        put_item(
            out, "units",
            "cost, paid, traffic_value, value and bound: millions of the currency; mt: million "
            "tonnes; mtpa: million tonnes a year");
    }
    put_item(out, "outcome", ganger_outcome_name(is->outcome));
    put_figure(out, "value", is->value);
    put_figure(out, "bound", is->bound);
    put_figure(out, "gap_percent", is->gap_percent);
    put_item(out, "attribution", ganger_credit_text(p, GANGER_CREDIT_ATTRIBUTION));
    put_licences(out, p);
    put_item(out, "made_by", "ganger " GANGER_VERSION_STRING);
}
