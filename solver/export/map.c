/*
 * The plan as GeoJSON (RFC 7946): works as lines with the time in which they are done, or links year by year.
 *
 * Times are date-times without a zone, "2026-03-01T00:00:00": GDAL and QGIS take such fields as date-times, and have had
 * trouble with the form that ends in Z.
 */
#include "base/file.h"
#include "export/geometry.h"
#include "export/parts.h"
#include "instance/credit.h"
#include "instance/schema.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TIME_SIZE = GANGER_DATE_SIZE + 16 };

/* What is put into the tree; a failed allocation is remembered. */
struct map {
    const struct ganger_exporting *x;
    json_t *features;
    bool failed;
};

/* Takes the value, even on failure. */
static void put(struct map *map, json_t *object, const char *key, json_t *value)
{
    map->failed |= json_object_set_new(object, key, value) != 0;
}

static void put_real(struct map *map, json_t *object, const char *key, double value)
{
    put(map, object, key, isfinite(value) ? json_real(round(value * 1e6) / 1e6) : json_null());
}

static void put_time(struct map *map, json_t *object, const char *key, int64_t day, bool end)
{
    char date[GANGER_DATE_SIZE], text[TIME_SIZE];
    snprintf(text, sizeof text, "%s%s", ganger_date_format(day, date),
             end ? "T23:59:59" : "T00:00:00");
    put(map, object, key, json_string(text));
}

/* Degrees in millionths, a tenth of a metre: RFC 7946 section 11.2. */
static json_t *degrees(double value)
{
    return json_real(round(value * 1e6) / 1e6);
}

/* A new feature with this line; returns its properties, which the tree owns. */
static json_t *add_feature(struct map *map, const struct ganger_geometry *line)
{
    json_t *feature = json_object(), *geometry = json_object(), *points = json_array();
    json_t *properties = json_object();
    for (int i = 0; i < line->count; i++) {
        json_t *point = json_array();
        map->failed |= json_array_append_new(point, degrees(line->lon[i])) != 0;
        map->failed |= json_array_append_new(point, degrees(line->lat[i])) != 0;
        map->failed |= json_array_append_new(points, point) != 0;
    }
    put(map, geometry, "type", json_string("LineString"));
    put(map, geometry, "coordinates", points);
    put(map, feature, "type", json_string("Feature"));
    put(map, feature, "geometry", geometry);
    put(map, feature, "properties", properties);
    map->failed |= json_array_append_new(map->features, feature) != 0;
    return map->failed ? NULL : properties;
}

static void put_work(struct map *map, int32_t w, const struct ganger_geometry *line)
{
    const struct ganger_problem *p = map->x->problem;
    const struct ganger_works *works = &p->works;
    int32_t q = works->segment[w], link = p->segments.link[q], m = ganger_export_mode(map->x, w);
    json_t *is = add_feature(map, line);
    put(map, is, "work_id", json_string(works->id[w]));
    put(map, is, "name", json_string(works->name[w]));
    put(map, is, "kind", json_string(ganger_work_kind_names[works->kind[w]]));
    put(map, is, "project", json_string(works->project[w]));
    put(map, is, "link_id", json_string(p->links.id[link]));
    put(map, is, "link", json_string(p->links.name[link]));
    put(map, is, "segment_id", json_string(p->segments.id[q]));
    put(map, is, "mode", json_string(p->modes.id[m]));
    put_time(map, is, "start", ganger_export_first_day(map->x, w), false);
    put_time(map, is, "finish", ganger_export_last_day(map->x, w), true);
    put_real(map, is, "km", works->km[w]);
    put_real(map, is, "cost", p->modes.cost[m]);
    put_real(map, is, "factor", p->modes.factor[m]);
}

static ganger_status add_work(struct map *map, int32_t w, struct ganger_findings *findings)
{
    const struct ganger_problem *p = map->x->problem;
    int32_t q = p->works.segment[w], link = p->segments.link[q];
    double length = p->links.length_km[link];
    struct ganger_geometry line = {0}, piece = {0};
    ganger_status status = GANGER_STATUS_OK;
    GANGER_TRY(ganger_geometry_of_link(p, link, &line, findings));
    if (!ganger_geometry_cut(&line, length > 0 ? p->segments.start_km[q] / length : 0,
                             length > 0 ? p->segments.end_km[q] / length : 1, &piece)) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    put_work(map, w, &piece);
out:
    ganger_geometry_clear(&piece);
    ganger_geometry_clear(&line);
    return status;
}

/* Works without a segment have no place, and are left out. */
static ganger_status add_works(struct map *map, struct ganger_findings *findings)
{
    const struct ganger_works *works = &map->x->problem->works;
    ganger_status status = GANGER_STATUS_OK;
    for (int32_t w = 0; w < works->count && status == GANGER_STATUS_OK; w++) {
        if (map->x->plan->start[w] >= 0 && works->segment[w] != GANGER_NONE) {
            status = add_work(map, w, findings);
        }
    }
    return status;
}

static void put_link_year(struct map *map, int32_t link, int32_t year,
                          const struct ganger_geometry *line)
{
    const struct ganger_links *links = &map->x->problem->links;
    struct ganger_export_link_year is = ganger_export_link_year(map->x, link, year);
    json_t *row = add_feature(map, line);
    put(map, row, "link_id", json_string(links->id[link]));
    put(map, row, "link", json_string(links->name[link]));
    put(map, row, "year", json_integer(map->x->years.first + year));
    put_time(map, row, "start", ganger_export_year_first_day(map->x, year), false);
    put_time(map, row, "finish", ganger_export_year_last_day(map->x, year), true);
    put_real(map, row, "capacity", is.capacity);
    put_real(map, row, "capacity_end", is.end);
    put_real(map, row, "flow_there", is.there);
    put_real(map, row, "flow_back", is.back);
    put_real(map, row, "flow", is.there + is.back);
    put_real(map, row, "use_percent", is.use_percent);
}

static ganger_status add_links(struct map *map, struct ganger_findings *findings)
{
    const struct ganger_export_years *years = &map->x->years;
    ganger_status status = GANGER_STATUS_OK;
    for (int32_t l = 0; l < map->x->problem->links.count && status == GANGER_STATUS_OK; l++) {
        struct ganger_geometry line = {0};
        status = ganger_geometry_of_link(map->x->problem, l, &line, findings);
        for (int32_t y = 0; status == GANGER_STATUS_OK && y < years->count; y++) {
            if (years->begin[y] < years->begin[y + 1]) {
                put_link_year(map, l, y, &line);
            }
        }
        ganger_geometry_clear(&line);
    }
    return status;
}

/* GDAL shows a description as the layer's; attribution is a member that RFC 7946 section 6.1 leaves to us. */
static void put_about(struct map *map, json_t *tree, bool by_year)
{
    const struct ganger_problem *p = map->x->problem;
    const char *credit = ganger_credit_text(p, GANGER_CREDIT_ATTRIBUTION);
    const char *title = p->title && p->title[0] ? p->title : p->name;
    put(map, tree, "type", json_string("FeatureCollection"));
    put(map, tree, "name", json_string(by_year ? "links_by_year" : "works"));
    put(map, tree, "description",
        json_sprintf("%s: %s%s%s", title,
                     by_year ? "capacity and freight of links, Mt a year" : "works of the plan",
                     credit[0] ? ". Data: " : "", credit));
    if (credit[0]) {
        put(map, tree, "attribution", json_string(credit));
    }
}

static bool write_tree(FILE *file, void *tree)
{
    return json_dumpf(tree, file, JSON_COMPACT | JSON_REAL_PRECISION(15)) == 0 &&
           fputc('\n', file) != EOF;
}

ganger_status ganger_export_map(const struct ganger_exporting *x, bool by_year, const char *path,
                                struct ganger_findings *findings)
{
    struct map map = {.x = x, .features = json_array()};
    json_t *tree = json_object();
    ganger_status status = GANGER_STATUS_OK;
    if (x->problem->links.count == 0) {
        status = ganger_findings_add(findings, GANGER_STATUS_INPUT_INVALID, x->problem->name, 0,
                                     NULL, "has no links: there is no map of it");
        json_decref(map.features);
        goto out;
    }
    put_about(&map, tree, by_year);
    put(&map, tree, "features", map.features);
    if (map.failed) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    GANGER_TRY(by_year ? add_links(&map, findings) : add_works(&map, findings));
    GANGER_TRY(map.failed ? ganger_findings_out_of_memory(findings) : GANGER_STATUS_OK);
    status = ganger_file_write(path, write_tree, tree, findings);
out:
    json_decref(tree);
    return status;
}
