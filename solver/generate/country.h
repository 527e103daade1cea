/*
 * A made-up country while it is being made: what one stage of the generator hands to the next. Private to generate/.
 *
 * Everything is counted in integers, so that any machine makes the same: places and lengths in hectometres, freight
 * in kt a year, money in thousands of USD. Stages draw from random streams of their own, so that a change in one
 * leaves the others' draws alone.
 */
#ifndef GANGER_GENERATE_COUNTRY_H
#define GANGER_GENERATE_COUNTRY_H

#include "base/rng.h"
#include "base/status.h"
#include "generate/draft.h"

enum ganger_generate_stream {
    GANGER_STREAM_SHAPE = 1,
    GANGER_STREAM_PLACES,
    GANGER_STREAM_NAMES,
    GANGER_STREAM_LINES,
    GANGER_STREAM_GATES,
    GANGER_STREAM_FREIGHT,
    GANGER_STREAM_TRACK,
    GANGER_STREAM_BUILDS,
    GANGER_STREAM_FACILITIES,
    GANGER_STREAM_GANGS
};

enum ganger_line_kind {
    GANGER_LINE_OPEN,
    GANGER_LINE_NEW, /* not built yet */
    GANGER_LINE_CROSSING,
    GANGER_LINE_PORT,
    GANGER_LINE_TERMINAL
};

struct ganger_place {
    int32_t x, y;   /* hm, x to the east and y to the north */
    int32_t weight; /* inhabitants, thousands */
    int32_t region;
    int32_t gate; /* crossing, port or terminal that the place lies behind, or GANGER_NONE */
    char name[32];
};

struct ganger_line {
    int32_t from, to;
    int32_t length; /* hm */
    enum ganger_line_kind kind;
    int32_t corridor; /* or GANGER_NONE */
    int64_t weight;   /* what ganger_routes adds up */
    int32_t rate;     /* USD per million t-km */
    int64_t load;     /* kt a year in the first year, both directions */
    int32_t pairs;    /* trains a day in each direction; 0: not built */
    int32_t tracks;
    int32_t first_segment, segments; /* rows of the segment table */
    int32_t rule;                    /* possession rule, or GANGER_NONE */
    int32_t project;                 /* number of the building project, or GANGER_NONE */
};

struct ganger_ellipse {
    int64_t x, y, a, b;
};

enum { GANGER_LOBES = 6 };

/* What all works would take of a resource, each in its first mode. */
struct ganger_need {
    int32_t type;    /* enum ganger_gang_type */
    int64_t periods; /* full working periods times gangs, or amount of a consumable */
    int32_t most;    /* in one mode */
};

struct ganger_corridor {
    int32_t from, to; /* places */
};

struct ganger_country {
    struct ganger_generate_options options;
    struct ganger_draft draft;
    struct ganger_ellipse lobe[GANGER_LOBES];
    int32_t width, height, spacing; /* hm; spacing: usual distance of neighbours */
    int32_t regions, cities;        /* the greatest cities are the regions' capitals */
    int32_t core;                   /* places that are not behind a gate; the cities come first */
    int32_t places, lines, core_lines, corridors;
    struct ganger_place *place;
    struct ganger_line *line;
    struct ganger_corridor *corridor;
    int32_t *wear;            /* [segments] 0 new ... 1000 worn out */
    int32_t *build_work;      /* [segments] or GANGER_NONE */
    int32_t *gang_row;        /* [gang types * regions] row of the resource table, or GANGER_NONE */
    struct ganger_need *need; /* [resources] */
};

/* Largest integer whose square is at most `value`. */
int64_t ganger_isqrt(int64_t value);
int64_t ganger_place_distance2(const struct ganger_place *a, const struct ganger_place *b);
bool ganger_country_inside(const struct ganger_country *country, int64_t x, int64_t y);
void ganger_country_rng(const struct ganger_country *country, struct ganger_rng *rng,
                        enum ganger_generate_stream stream, uint64_t round);

/* Years that begin within the programme, the first one included; and the boundary at which a month of one begins. */
int32_t ganger_country_years(const struct ganger_country *country);
int32_t ganger_country_boundary(const struct ganger_country *country, int32_t year, int32_t month);

/* The stages, in order; each returns false if memory is short. */

/* Draws the country's outline and `core` places in it. May be called again, with another number. places.c */
bool ganger_generate_places(struct ganger_country *country, int32_t core);
/* Places, and lines between them: as many as the options ask for, less those kept for gates. network.c */
bool ganger_generate_network(struct ganger_country *country, int32_t lines);
/* Border crossings, ports and terminals: one line and one place each. gates.c */
bool ganger_generate_gates(struct ganger_country *country, int32_t gates);
/* Names places, and the main lines between the great cities. corridors.c */
bool ganger_generate_corridors(struct ganger_country *country);
/* Demands, and what they load on the lines. freight.c */
bool ganger_generate_freight(struct ganger_country *country);
/* Tracks, capacities and segments: tables node, link and segment. track.c */
bool ganger_generate_track(struct ganger_country *country);
/* Calendars, then works with their modes and uses: programme.c and others */
bool ganger_generate_works(struct ganger_country *country);
/* What there is of gangs, machines, money and supplies, and what is to be reached. resources.c */
bool ganger_generate_limits(struct ganger_country *country);

#endif
