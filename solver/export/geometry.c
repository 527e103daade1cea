#include "export/geometry.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const double radian = 3.14159265358979323846 / 180;

void ganger_geometry_clear(struct ganger_geometry *line)
{
    free(line->lon);
    free(line->lat);
    free(line->along);
    *line = (struct ganger_geometry){0};
}

static bool open_line(struct ganger_geometry *line, size_t room)
{
    *line = (struct ganger_geometry){.lon = malloc(room * sizeof *line->lon),
                                     .lat = malloc(room * sizeof *line->lat),
                                     .along = malloc(room * sizeof *line->along)};
    return line->lon && line->lat && line->along;
}

/* The angle between two points (haversine), which is exact for near ones too. */
static double angle(double lon1, double lat1, double lon2, double lat2)
{
    double a = sin((lat2 - lat1) * radian / 2), b = sin((lon2 - lon1) * radian / 2);
    double h = a * a + cos(lat1 * radian) * cos(lat2 * radian) * b * b;
    return 2 * asin(fmin(1, sqrt(h)));
}

static void add_point(struct ganger_geometry *line, double lon, double lat)
{
    int i = line->count++;
    line->lon[i] = lon;
    line->lat[i] = lat;
    line->along[i] =
        i == 0 ? 0 : line->along[i - 1] + angle(line->lon[i - 1], line->lat[i - 1], lon, lat);
}

static const char *skip_space(const char *text)
{
    return text + strspn(text, " \t\r\n");
}

/* Reads "lon lat", and a height or measure after them, which a map has no use for. NULL if it is no point. */
static const char *read_point(const char *text, double *lon, double *lat)
{
    double *into[] = {lon, lat};
    char *end = NULL;
    for (int i = 0; i < 2; i++) {
        *into[i] = strtod(text, &end);
        if (end == text || !isfinite(*into[i])) {
            return NULL;
        }
        text = end;
    }
    for (int i = 0; i < 2 && *skip_space(text) != ',' && *skip_space(text) != ')'; i++) {
        strtod(text, &end);
        if (end == text) {
            return NULL;
        }
        text = end;
    }
    bool degrees = fabs(*lon) <= 180 && fabs(*lat) <= 90;
    return degrees ? skip_space(text) : NULL;
}

/* Adds the points of "(x y, x y)". False if it is anything else. */
static bool read_points(struct ganger_geometry *line, const char *text)
{
    if (*text != '(') {
        return false;
    }
    do {
        double lon, lat;
        text = read_point(text + 1, &lon, &lat);
        if (!text) {
            return false;
        }
        add_point(line, lon, lat);
    } while (*text == ',');
    return *text == ')' && *skip_space(text + 1) == '\0' && line->count > 1;
}

/* After "LINESTRING" and what says that its points have a height or measure; NULL if the text is no such line. */
static const char *after_tag(const char *text)
{
    static const char tag[] = "LINESTRING";
    text = skip_space(text);
    if (strncasecmp(text, tag, sizeof tag - 1) != 0) {
        return NULL;
    }
    text = skip_space(text + sizeof tag - 1);
    return skip_space(text + strspn(text, "ZMzm"));
}

static ganger_status read_wkt(const struct ganger_problem *problem, int32_t link,
                              struct ganger_geometry *line, struct ganger_findings *findings)
{
    const char *wkt = problem->links.geometry[link], *points = after_tag(wkt);
    char quoted[GANGER_TEXT_QUOTED];
    size_t room = 2;
    for (const char *c = wkt; *c; c++) {
        room += *c == ',';
    }
    if (!open_line(line, room)) {
        return ganger_findings_out_of_memory(findings);
    }
    if (points && read_points(line, points)) {
        return GANGER_STATUS_OK;
    }
    return ganger_findings_add(findings, GANGER_STATUS_INPUT_INVALID, "link.csv", link + 2L,
                               "geometry",
                               "expected \"LINESTRING (lon lat, lon lat)\" in degrees, found %s",
                               ganger_text_quote(wkt, quoted));
}

ganger_status ganger_geometry_of_link(const struct ganger_problem *problem, int32_t link,
                                      struct ganger_geometry *line,
                                      struct ganger_findings *findings)
{
    const struct ganger_nodes *nodes = &problem->nodes;
    *line = (struct ganger_geometry){0};
    if (problem->links.geometry[link][0] != '\0') {
        return read_wkt(problem, link, line, findings);
    }
    if (!open_line(line, 2)) {
        return ganger_findings_out_of_memory(findings);
    }
    int32_t ends[] = {problem->links.from[link], problem->links.to[link]};
    for (int i = 0; i < 2; i++) {
        add_point(line, nodes->x[ends[i]], nodes->y[ends[i]]);
    }
    return GANGER_STATUS_OK;
}

/* Adds the point at this length, which lies between point i and the one after it. */
static void add_between(const struct ganger_geometry *line, int i, double along,
                        struct ganger_geometry *piece)
{
    double step = line->along[i + 1] - line->along[i];
    double share = step > 0 ? (along - line->along[i]) / step : 0;
    add_point(piece, line->lon[i] + share * (line->lon[i + 1] - line->lon[i]),
              line->lat[i] + share * (line->lat[i + 1] - line->lat[i]));
}

/* The point that begins the stretch on which this length lies. */
static int stretch_of(const struct ganger_geometry *line, double along)
{
    int i = 0;
    while (i + 2 < line->count && line->along[i + 1] <= along) {
        i++;
    }
    return i;
}

bool ganger_geometry_cut(const struct ganger_geometry *line, double from, double to,
                         struct ganger_geometry *piece)
{
    double length = line->along[line->count - 1];
    double begin = fmax(0, from) * length, end = fmin(1, to) * length;
    if (!open_line(piece, (size_t)line->count + 2)) {
        return false;
    }
    add_between(line, stretch_of(line, begin), begin, piece);
    for (int i = 0; i < line->count; i++) {
        if (line->along[i] > begin && line->along[i] < end) {
            add_point(piece, line->lon[i], line->lat[i]);
        }
    }
    add_between(line, stretch_of(line, end), end, piece);
    return true;
}
