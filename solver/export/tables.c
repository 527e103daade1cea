/* The plan as a folder of CSV tables: what each holds is in README.md. */
#include "base/folder.h"
#include "export/about.h"
#include "export/parts.h"
#include "export/table.h"
#include "instance/schema.h"
#include "plan/report.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void put_place(const struct ganger_exporting *x, int32_t segment,
                      struct ganger_export_table *out)
{
    const struct ganger_problem *p = x->problem;
    if (segment == GANGER_NONE) {
        ganger_export_put_nothing(out, 5);
        return;
    }
    int32_t link = p->segments.link[segment];
    ganger_export_put_text(out, p->links.id[link]);
    ganger_export_put_text(out, p->links.name[link]);
    ganger_export_put_text(out, p->segments.id[segment]);
    ganger_export_put_real(out, p->segments.start_km[segment]);
    ganger_export_put_real(out, p->segments.end_km[segment]);
}

static void put_schedule(const struct ganger_exporting *x, int32_t w,
                         struct ganger_export_table *out)
{
    const struct ganger_modes *modes = &x->problem->modes;
    int32_t mode = ganger_export_mode(x, w);
    ganger_export_put_flag(out, mode != GANGER_NONE);
    if (mode == GANGER_NONE) {
        ganger_export_put_nothing(out, 8);
        return;
    }
    ganger_export_put_text(out, modes->id[mode]);
    ganger_export_put_integer(out, x->plan->mode[w]);
    ganger_export_put_day(out, ganger_export_first_day(x, w));
    ganger_export_put_day(out, ganger_export_last_day(x, w));
    ganger_export_put_integer(out, x->plan->start[w]);
    ganger_export_put_integer(out, x->plan->finish[w]);
    ganger_export_put_real(out, modes->cost[mode]);
    ganger_export_put_real(out, modes->factor[mode]);
}

static void works(const struct ganger_exporting *x, struct ganger_export_table *out)
{
    const struct ganger_works *works = &x->problem->works;
    for (int32_t w = 0; w < works->count; w++) {
        ganger_export_put_text(out, works->id[w]);
        ganger_export_put_text(out, works->name[w]);
        ganger_export_put_text(out, ganger_work_kind_names[works->kind[w]]);
        ganger_export_put_text(out, works->project[w]);
        put_place(x, works->segment[w], out);
        ganger_export_put_real(out, works->km[w]);
        ganger_export_put_flag(out, works->mandatory[w]);
        put_schedule(x, w, out);
        ganger_export_end_row(out);
    }
}

static void links_by_year(const struct ganger_exporting *x, struct ganger_export_table *out)
{
    const struct ganger_links *links = &x->problem->links;
    for (int32_t l = 0; l < links->count; l++) {
        for (int32_t y = 0; y < x->years.count; y++) {
            if (x->years.begin[y] == x->years.begin[y + 1]) {
                continue;
            }
            struct ganger_export_link_year is = ganger_export_link_year(x, l, y);
            ganger_export_put_text(out, links->id[l]);
            ganger_export_put_text(out, links->name[l]);
            ganger_export_put_integer(out, x->years.first + y);
            ganger_export_put_sum(out, is.capacity);
            ganger_export_put_sum(out, is.end);
            ganger_export_put_sum(out, is.there);
            ganger_export_put_sum(out, is.back);
            ganger_export_put_sum(out, is.use_percent);
            ganger_export_end_row(out);
        }
    }
}

static void put_demand_year(const struct ganger_exporting *x, int32_t k, int32_t year,
                            struct ganger_export_table *out)
{
    const struct ganger_problem *p = x->problem;
    const struct ganger_demands *demands = &p->demands;
    double delivered = 0, wanted = 0, share = ganger_export_share_of_year(p);
    for (int32_t t = x->years.begin[year]; t < x->years.begin[year + 1]; t++) {
        delivered += share * x->plan->delivered[(int64_t)t * demands->count + k];
        wanted += share * ganger_problem_volume(p, k, t);
    }
    ganger_export_put_text(out, demands->id[k]);
    ganger_export_put_text(out, demands->commodity[k]);
    ganger_export_put_text(out, p->nodes.id[demands->origin[k]]);
    ganger_export_put_text(out, p->nodes.name[demands->origin[k]]);
    ganger_export_put_text(out, p->nodes.id[demands->destination[k]]);
    ganger_export_put_text(out, p->nodes.name[demands->destination[k]]);
    ganger_export_put_integer(out, x->years.first + year);
    ganger_export_put_sum(out, wanted);
    ganger_export_put_sum(out, delivered);
    ganger_export_put_real(out, demands->value[k]);
    ganger_export_end_row(out);
}

static void demands_by_year(const struct ganger_exporting *x, struct ganger_export_table *out)
{
    for (int32_t k = 0; k < x->problem->demands.count; k++) {
        for (int32_t y = 0; y < x->years.count; y++) {
            if (x->years.begin[y] < x->years.begin[y + 1]) {
                put_demand_year(x, k, y, out);
            }
        }
    }
}

static void put_resource(const struct ganger_problem *p, int32_t r, struct ganger_export_table *out)
{
    bool renewable = p->resources.kind[r] == GANGER_RESOURCE_RENEWABLE;
    ganger_export_put_text(out, p->resources.id[r]);
    ganger_export_put_text(out, p->resources.name[r]);
    ganger_export_put_text(out, renewable ? "renewable" : "consumable");
    ganger_export_put_text(out, p->resources.unit[r]);
}

/* What the works use of a resource in periods [from, to). */
static double used_in(const struct ganger_exporting *x, int32_t r, int32_t from, int32_t to)
{
    double used = 0;
    for (int32_t t = from; t < to; t++) {
        used += x->plan->usage[(int64_t)t * x->problem->resources.count + r];
    }
    return used;
}

/* A renewable's capacity in periods [from, to), in units times periods; NaN for a consumable: see windows. */
static double there_in(const struct ganger_problem *p, int32_t r, int32_t from, int32_t to)
{
    int64_t row = p->resources.renewable_index[r];
    double there = row == GANGER_NONE ? NAN : 0;
    for (int32_t t = from; row != GANGER_NONE && t < to; t++) {
        there += p->resources.capacity[row * p->time.periods + t];
    }
    return there;
}

static void resources_by_year(const struct ganger_exporting *x, struct ganger_export_table *out)
{
    for (int32_t r = 0; r < x->problem->resources.count; r++) {
        for (int32_t y = 0; y < x->years.count; y++) {
            int32_t from = x->years.begin[y], to = x->years.begin[y + 1];
            if (from == to) {
                continue;
            }
            double used = used_in(x, r, from, to), there = there_in(x->problem, r, from, to);
            put_resource(x->problem, r, out);
            ganger_export_put_integer(out, x->years.first + y);
            ganger_export_put_sum(out, used);
            ganger_export_put_sum(out, there);
            ganger_export_put_sum(out, there > 0 ? 100 * used / there : NAN);
            ganger_export_end_row(out);
        }
    }
}

static void windows(const struct ganger_exporting *x, struct ganger_export_table *out)
{
    const struct ganger_resources *r = &x->problem->resources;
    for (int32_t i = 0; i < r->windows; i++) {
        int32_t from = r->window_from[i], to = r->window_to[i];
        double used = used_in(x, r->window_resource[i], from, to);
        put_resource(x->problem, r->window_resource[i], out);
        ganger_export_put_day(out, ganger_report_last_day(x->problem, from) + 1);
        ganger_export_put_day(out, ganger_report_last_day(x->problem, to));
        ganger_export_put_sum(out, used);
        ganger_export_put_real(out, r->window_limit[i]);
        ganger_export_put_sum(out, r->window_limit[i] > 0 ? 100 * used / r->window_limit[i] : NAN);
        ganger_export_end_row(out);
    }
}

static void put_year(const struct ganger_exporting *x, int32_t year,
                     struct ganger_export_table *out)
{
    struct ganger_export_year is = ganger_export_year(x, year);
    ganger_export_put_integer(out, x->years.first + year);
    ganger_export_put_integer(out, is.finished);
    for (int kind = 0; kind < GANGER_WORK_KINDS; kind++) {
        ganger_export_put_sum(out, is.km[kind]);
    }
    ganger_export_put_sum(out, is.paid);
    ganger_export_put_sum(out, is.traffic);
    ganger_export_put_sum(out, is.delivered);
    ganger_export_end_row(out);
}

static void years(const struct ganger_exporting *x, struct ganger_export_table *out)
{
    for (int32_t y = 0; y < x->years.count; y++) {
        put_year(x, y, out);
    }
}

static void put_kinds(uint32_t kinds, struct ganger_export_table *out)
{
    char text[64] = "";
    for (int kind = 0; kind < GANGER_WORK_KINDS; kind++) {
        if (kinds >> kind & 1U) {
            strcat(strcat(text, text[0] ? "|" : ""), ganger_work_kind_names[kind]);
        }
    }
    ganger_export_put_text(out, text);
}

static void targets(const struct ganger_exporting *x, struct ganger_export_table *out)
{
    const struct ganger_problem *p = x->problem;
    const struct ganger_targets *targets = &p->targets;
    for (int32_t g = 0; g < targets->count; g++) {
        double km = ganger_report_target_km(x->plan, p, g, targets->by[g]);
        int32_t reached = ganger_report_target_reached(x->plan, p, g);
        ganger_export_put_text(out, targets->id[g]);
        put_kinds(targets->kinds[g], out);
        ganger_export_put_day(out, ganger_report_last_day(p, targets->by[g]));
        ganger_export_put_real(out, targets->km[g]);
        ganger_export_put_sum(out, km);
        ganger_export_put_sum(out, fmax(0, targets->km[g] - km));
        if (reached > p->time.periods) {
            ganger_export_put_nothing(out, 1);
        } else {
            ganger_export_put_day(out, ganger_report_last_day(p, reached));
        }
        ganger_export_put_flag(out, targets->hard[g]);
        ganger_export_end_row(out);
    }
}

#define COLUMNS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define RESOURCE "resource_id", "name", "kind", "unit"

/* No name is that of a table of an instance: a folder that is replaced is never an instance. */
static const struct {
    const char *name;
    void (*fill)(const struct ganger_exporting *x, struct ganger_export_table *out);
    const char *const *columns;
} tables[] = {
    {"about.csv", ganger_export_about, COLUMNS("item", "value")},
    {"works.csv", works,
     COLUMNS("work_id", "name", "kind", "project", "link_id", "link", "segment_id", "from_km",
             "to_km", "km", "mandatory", "done", "mode_id", "mode", "start", "finish",
             "start_period", "finish_boundary", "cost", "factor")},
    {"links_by_year.csv", links_by_year,
     COLUMNS("link_id", "link", "year", "capacity_mtpa", "capacity_end_mtpa", "flow_there_mtpa",
             "flow_back_mtpa", "use_percent")},
    {"demands_by_year.csv", demands_by_year,
     COLUMNS("demand_id", "commodity", "origin", "origin_name", "destination", "destination_name",
             "year", "wanted_mt", "delivered_mt", "value")},
    {"resources_by_year.csv", resources_by_year,
     COLUMNS(RESOURCE, "year", "used", "capacity", "use_percent")},
    {"windows.csv", windows, COLUMNS(RESOURCE, "from", "to", "used", "limit", "use_percent")},
    {"years.csv", years,
     COLUMNS("year", "works_finished", "km_repair", "km_build", "km_upgrade", "km_facility", "paid",
             "traffic_value", "delivered_mt")},
    {"targets.csv", targets,
     COLUMNS("target_id", "kind", "by", "wanted_km", "km", "missing_km", "reached", "hard")},
};

enum { TABLES = sizeof tables / sizeof *tables };

static bool is_table(const char *name)
{
    bool known = false;
    for (int i = 0; i < TABLES; i++) {
        known = known || strcmp(name, tables[i].name) == 0;
    }
    return known;
}

/* False, with errno. */
static bool write_table(const struct ganger_exporting *x, int i, bool mark, const char *folder)
{
    struct ganger_export_table out;
    char *path = NULL;
    if (asprintf(&path, "%s/%s", folder, tables[i].name) < 0) {
        return false;
    }
    (mark ? ganger_export_table_open_marked : ganger_export_table_open)(&out, path,
                                                                        tables[i].columns);
    tables[i].fill(x, &out);
    free(path);
    return ganger_export_table_close(&out);
}

ganger_status ganger_export_tables(const struct ganger_exporting *x, const char *path,
                                   const struct ganger_export_options *options,
                                   struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    char *aside = NULL;
    GANGER_TRY(ganger_folder_check(path, options->replace ? is_table : NULL, "an exported plan",
                                   findings));
    GANGER_TRY(ganger_folder_aside(path, &aside, findings));
    for (int i = 0; i < TABLES; i++) {
        if (!write_table(x, i, options->mark, aside)) {
            status = ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, path, 0, NULL,
                                         "cannot be written: %s", strerror(errno));
            ganger_folder_discard(aside);
            goto out;
        }
    }
    status = ganger_folder_commit(aside, path, options->replace, findings);
out:
    free(aside);
    return status;
}
