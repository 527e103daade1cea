/* Tracks and capacities by what lines have to carry, and the tables of the network. */
#include "generate/country.h"
#include "generate/works.h"

#include "base/date.h"
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_YEAR = 2026, PAIR_KT = 1095 /* 365 trains of 3,000 t */ };

int32_t ganger_country_boundary(const struct ganger_country *country, int32_t year, int32_t month)
{
    const struct ganger_time *time = &country->draft.problem->time;
    char text[GANGER_DATE_SIZE];
    int64_t day = 0;
    snprintf(text, sizeof text, "%04d-%02d-01", FIRST_YEAR + year + (month - 1) / 12,
             (month - 1) % 12 + 1);
    ganger_date_parse(text, &day);
    int64_t boundary = (day - time->start_day) / time->period_days;
    return boundary < time->periods ? (int32_t)boundary : time->periods;
}

int32_t ganger_country_years(const struct ganger_country *country)
{
    int32_t years = 1;
    while (ganger_country_boundary(country, years, 1) < country->draft.problem->time.periods) {
        years++;
    }
    return years;
}

double ganger_pairs_mtpa(int32_t pairs)
{
    return (double)(pairs * PAIR_KT / 10) / 100.0;
}

/* Some lines have room left, some have less than is wanted: wear and growth make more of the second kind. */
static void set_tracks(struct ganger_country *c)
{
    enum { SINGLE_MOST = 27, SINGLE_LEAST = 8 };
    struct ganger_rng rng;
    ganger_country_rng(c, &rng, GANGER_STREAM_TRACK, 0);
    for (int32_t i = 0; i < c->lines; i++) {
        struct ganger_line *line = &c->line[i];
        int64_t used = 60 + ganger_rng_below(&rng, 71); /* percent */
        if (line->kind == GANGER_LINE_NEW) {
            line->tracks = 1;
            continue;
        }
        int64_t pairs = line->load * 60 / used / PAIR_KT + 1;
        line->tracks = pairs > SINGLE_MOST && i < c->core_lines ? 2 : 1;
        int64_t least = line->tracks == 2 ? 40 : i < c->core_lines ? SINGLE_LEAST : 4;
        line->pairs = (int32_t)(pairs > least ? pairs : least);
    }
}

static void add_nodes(struct ganger_country *c)
{
    struct ganger_problem *p = c->draft.problem;
    for (int32_t i = 0; i < c->places; i++) {
        int32_t row = ganger_draft_row(&c->draft, GANGER_TABLE_NODE);
        bool abroad = i >= c->core && c->line[c->place[i].gate].kind != GANGER_LINE_TERMINAL;
        ganger_draft_text(&c->draft, &p->nodes.id[row], "N%05d", i + 1);
        ganger_draft_text(&c->draft, &p->nodes.name[row], "%s", c->place[i].name);
        ganger_draft_text(&c->draft, &p->nodes.type[row], "%s",
                          i < c->cities ? "junction"
                          : i < c->core ? "station"
                                        : "gate");
        ganger_draft_text(&c->draft, &p->nodes.country[row], "%s", abroad ? "abroad" : "home");
        p->nodes.x[row] = (double)ganger_degrees_x(c->place[i].x) / 10000.0;
        p->nodes.y[row] = (double)ganger_degrees_y(c->place[i].y) / 10000.0;
    }
}

/* The map is flat: a degree of latitude is 111.2 km, and one of longitude 71, as on 50 degrees north. */
int32_t ganger_degrees_x(int32_t x)
{
    return 200000 + x * 1000 / 71;
}

int32_t ganger_degrees_y(int32_t y)
{
    return 360000 + (int32_t)((int64_t)y * 10000 / 1112);
}

static void add_geometry(struct ganger_country *c, char **cell, const struct ganger_line *line)
{
    int32_t x[2], y[2];
    for (int end = 0; end < 2; end++) {
        const struct ganger_place *place = &c->place[end == 0 ? line->from : line->to];
        x[end] = ganger_degrees_x(place->x);
        y[end] = ganger_degrees_y(place->y);
    }
    ganger_draft_text(&c->draft, cell, "LINESTRING (%d.%04d %d.%04d, %d.%04d %d.%04d)",
                      x[0] / 10000, x[0] % 10000, y[0] / 10000, y[0] % 10000, x[1] / 10000,
                      x[1] % 10000, y[1] / 10000, y[1] % 10000);
}

static void add_link(struct ganger_country *c, const struct ganger_line *line)
{
    static const char *const types[] = {"rail", "rail", "border", "port", "terminal"};
    struct ganger_problem *p = c->draft.problem;
    int32_t row = ganger_draft_row(&c->draft, GANGER_TABLE_LINK);
    const char *from = c->place[line->from].name, *to = c->place[line->to].name;
    ganger_draft_text(&c->draft, &p->links.id[row], "L%05d", row + 1);
    if (line->corridor != GANGER_NONE) {
        const struct ganger_corridor *corridor = &c->corridor[line->corridor];
        ganger_draft_text(&c->draft, &p->links.name[row], "%s-%s (main line %s-%s)", from, to,
                          c->place[corridor->to].name, c->place[corridor->from].name);
    } else {
        ganger_draft_text(&c->draft, &p->links.name[row], "%s-%s", from, to);
    }
    ganger_draft_text(&c->draft, &p->links.facility_type[row], "%s", types[line->kind]);
    add_geometry(c, &p->links.geometry[row], line);
    p->links.from[row] = line->from;
    p->links.to[row] = line->to;
    p->links.cost_per_tkm[row] = (double)line->rate / 1000000.0;
}

static void add_segments(struct ganger_country *c, int32_t number, int32_t count,
                         struct ganger_rng *rng)
{
    struct ganger_problem *p = c->draft.problem;
    struct ganger_line *line = &c->line[number];
    line->first_segment = p->segments.count;
    line->segments = count;
    for (int32_t i = 0; i < count; i++) {
        int32_t row = ganger_draft_row(&c->draft, GANGER_TABLE_SEGMENT);
        int32_t wear = 320 + ganger_rng_below(rng, 501);
        ganger_draft_text(&c->draft, &p->segments.id[row], "S%05d-%02d", number + 1, i + 1);
        p->segments.link[row] = number;
        p->segments.start_km[row] = (double)((int64_t)line->length * i / count) / 10.0;
        p->segments.end_km[row] = (double)((int64_t)line->length * (i + 1) / count) / 10.0;
        p->segments.capacity[row] = ganger_pairs_mtpa(line->pairs);
        if (line->kind == GANGER_LINE_OPEN) {
            c->wear[row] = wear;
            p->segments.decay[row] = (double)(150 + 350 * wear / 1000) / 10000.0;
            p->segments.floor[row] = (double)(850 - 250 * wear / 1000) / 1000.0;
        }
    }
}

/* About four segments for five works, as long as each other; no shorter than a kilometre. */
static int32_t segments_of(const struct ganger_line *line, int64_t aim)
{
    int64_t count = (line->length + aim - 1) / aim, most = line->length / 10;
    count = count < most ? count : most;
    return count > 1 ? (int32_t)count : 1;
}

static int64_t aim_of(const struct ganger_country *c)
{
    int64_t length = 0;
    for (int32_t i = 0; i < c->core_lines; i++) {
        length += c->line[i].length;
    }
    int64_t aim = length / ((int64_t)c->options.works * 8 / 10);
    return aim > 0 ? aim : 1;
}

bool ganger_generate_track(struct ganger_country *country)
{
    struct ganger_rng rng;
    int64_t aim = aim_of(country);
    int64_t segments = 0;
    set_tracks(country);
    for (int32_t i = 0; i < country->lines; i++) {
        segments += segments_of(&country->line[i], aim);
    }
    country->wear = calloc((size_t)segments + 1, sizeof *country->wear);
    country->build_work = calloc((size_t)segments + 1, sizeof *country->build_work);
    if (country->wear == NULL || country->build_work == NULL) {
        return false;
    }
    for (int64_t q = 0; q < segments; q++) {
        country->build_work[q] = GANGER_NONE;
    }
    add_nodes(country);
    ganger_country_rng(country, &rng, GANGER_STREAM_TRACK, 1);
    for (int32_t i = 0; i < country->lines; i++) {
        bool gate = i >= country->core_lines;
        add_link(country, &country->line[i]);
        add_segments(country, i, gate ? 1 : segments_of(&country->line[i], aim), &rng);
    }
    return !country->draft.failed;
}
