/* The network on the map, and what it carries over time. */
#include "export/geometry.h"
#include "report/parts.h"

#include <math.h>
#include <stdlib.h>

/* Cells of capacity that a page can hold; beyond, boundaries are sampled. */
static const int64_t cells_max = 250000;
/* Relative: what the simplex may leave of a capacity. */
static const double tolerance = 1e-6;

static void put_nodes(struct ganger_paging *paging)
{
    const struct ganger_nodes *nodes = &paging->x.problem->nodes;
    struct ganger_sheet *sheet = &paging->sheet;
    json_t *out = ganger_sheet_object(sheet, sheet->root, "nodes");
    ganger_column_texts(sheet, out, "id", nodes->id, nodes->count);
    ganger_column_texts(sheet, out, "name", nodes->name, nodes->count);
    ganger_column_texts(sheet, out, "type", nodes->type, nodes->count);
    ganger_column_texts(sheet, out, "country", nodes->country, nodes->count);
    ganger_column_reals(sheet, out, "lon", nodes->x, nodes->count, 5);
    ganger_column_reals(sheet, out, "lat", nodes->y, nodes->count, 5);
}

/* Whole steps of 1e-5 degrees, about a metre, each from the point before: short numbers. */
static json_t *line_of(struct ganger_sheet *sheet, const struct ganger_geometry *line)
{
    json_t *points = json_array();
    double lon = 0, lat = 0;
    for (int i = 0; i < line->count; i++) {
        double to_lon = round(line->lon[i] * 1e5), to_lat = round(line->lat[i] * 1e5);
        ganger_column_add(sheet, points, to_lon - lon, 0);
        ganger_column_add(sheet, points, to_lat - lat, 0);
        lon = to_lon;
        lat = to_lat;
    }
    return points;
}

static void put_links(struct ganger_paging *paging)
{
    const struct ganger_links *links = &paging->x.problem->links;
    struct ganger_sheet *sheet = &paging->sheet;
    json_t *out = ganger_sheet_object(sheet, sheet->root, "links");
    ganger_column_texts(sheet, out, "id", links->id, links->count);
    ganger_column_texts(sheet, out, "name", links->name, links->count);
    ganger_column_texts(sheet, out, "facility", links->facility_type, links->count);
    ganger_column_integers(sheet, out, "from", links->from, links->count);
    ganger_column_integers(sheet, out, "to", links->to, links->count);
    ganger_column_reals(sheet, out, "length_km", links->length_km, links->count, 3);
}

/* The stretch of the link's line that a segment takes. */
static ganger_status put_stretch(struct ganger_paging *paging, json_t *lines, int32_t q,
                                 const struct ganger_geometry *line,
                                 struct ganger_findings *findings)
{
    const struct ganger_problem *p = paging->x.problem;
    double length = p->links.length_km[p->segments.link[q]];
    struct ganger_geometry piece = {0};
    bool ready = ganger_geometry_cut(line, length > 0 ? p->segments.start_km[q] / length : 0,
                                     length > 0 ? p->segments.end_km[q] / length : 1, &piece);
    if (ready) {
        json_t *points = line_of(&paging->sheet, &piece);
        paging->sheet.failed |= json_array_set_new(lines, (size_t)q, points) != 0;
    }
    ganger_geometry_clear(&piece);
    return ready ? GANGER_STATUS_OK : ganger_findings_out_of_memory(findings);
}

static ganger_status put_lines(struct ganger_paging *paging, json_t *lines,
                               struct ganger_findings *findings)
{
    const struct ganger_links *links = &paging->x.problem->links;
    ganger_status status = GANGER_STATUS_OK;
    for (int32_t l = 0; l < links->count && status == GANGER_STATUS_OK; l++) {
        struct ganger_geometry line;
        status = ganger_geometry_of_link(paging->x.problem, l, &line, findings);
        for (int32_t i = links->first_segment[l];
             status == GANGER_STATUS_OK && i < links->first_segment[l + 1]; i++) {
            status = put_stretch(paging, lines, links->segment_list[i], &line, findings);
        }
        ganger_geometry_clear(&line);
    }
    return status;
}

ganger_status ganger_page_network(struct ganger_paging *paging, struct ganger_findings *findings)
{
    const struct ganger_segments *segments = &paging->x.problem->segments;
    struct ganger_sheet *sheet = &paging->sheet;
    put_nodes(paging);
    put_links(paging);
    json_t *out = ganger_sheet_object(sheet, sheet->root, "segments");
    ganger_column_texts(sheet, out, "id", segments->id, segments->count);
    ganger_column_integers(sheet, out, "link", segments->link, segments->count);
    ganger_column_reals(sheet, out, "from_km", segments->start_km, segments->count, 3);
    ganger_column_reals(sheet, out, "to_km", segments->end_km, segments->count, 3);
    ganger_column_reals(sheet, out, "capacity", segments->capacity, segments->count, 3);
    json_t *lines = ganger_sheet_array(sheet, out, "line");
    for (int32_t q = 0; q < segments->count; q++) {
        sheet->failed |= json_array_append_new(lines, json_null()) != 0;
    }
    return put_lines(paging, lines, findings);
}

/* Boundaries that the page can show, the last of them for certain. */
struct frames {
    int64_t first, step;
    int32_t count;
};

static struct frames choose_frames(const struct ganger_problem *p)
{
    int64_t periods = p->time.periods;
    int64_t step = p->links.count * (periods + 1) / cells_max + 1;
    return (struct frames){periods % step, step, (int32_t)(periods / step + 1)};
}

/* Where a link is full in a direction, as runs of 0 and 1; `full` is scratch. */
static void put_full(struct ganger_paging *paging, json_t *array, int32_t l, struct frames frames,
                     double *full)
{
    const struct ganger_plan *plan = paging->x.plan;
    for (int32_t i = 0; i < frames.count; i++) {
        int64_t at = (frames.first + i * frames.step) * paging->x.problem->links.count + l;
        double flow = fmax(plan->flow[2 * at], plan->flow[2 * at + 1]);
        full[i] = plan->capacity[at] > 0 && flow >= plan->capacity[at] * (1 - tolerance);
    }
    ganger_column_add_runs(&paging->sheet, array, (struct ganger_series){full, frames.count, 1}, 0);
}

bool ganger_page_states(struct ganger_paging *paging)
{
    const struct ganger_plan *plan = paging->x.plan;
    struct ganger_sheet *sheet = &paging->sheet;
    struct frames frames = choose_frames(paging->x.problem);
    int64_t links = paging->x.problem->links.count, stride = frames.step * links;
    json_t *out = ganger_sheet_object(sheet, sheet->root, "states");
    ganger_sheet_put_integer(sheet, out, "first", frames.first);
    ganger_sheet_put_integer(sheet, out, "step", frames.step);
    json_t *capacity = ganger_sheet_array(sheet, out, "capacity");
    json_t *there = ganger_sheet_array(sheet, out, "there");
    json_t *back = ganger_sheet_array(sheet, out, "back");
    json_t *full = ganger_sheet_array(sheet, out, "full");
    double *scratch = malloc((size_t)frames.count * sizeof *scratch);
    for (int32_t l = 0; scratch && l < links; l++) {
        int64_t at = frames.first * links + l;
        const double *held = plan->capacity + at, *flow = plan->flow + 2 * at;
        ganger_column_add_runs(sheet, capacity, (struct ganger_series){held, frames.count, stride},
                               2);
        ganger_column_add_runs(sheet, there, (struct ganger_series){flow, frames.count, 2 * stride},
                               2);
        ganger_column_add_runs(sheet, back,
                               (struct ganger_series){flow + 1, frames.count, 2 * stride}, 2);
        put_full(paging, full, l, frames, scratch);
    }
    free(scratch);
    return scratch != NULL;
}
