/* Who sends what to whom: by gravity, more between great places and more between near ones. */
#include "generate/country.h"
#include "generate/routes.h"

#include <stdlib.h>

enum class { CITY, TOWN, MINE, FIELD, FARM, WORKS, GATE, TERMINAL, CLASSES };

/* Tariffs, margins and volumes of the order of those in instances/kazakhstan-2030. */
static const struct commodity {
    const char *name;
    int32_t share; /* of the demands, percent */
    enum class from, to;
    int32_t tariff; /* USD per million t-km */
    int32_t margin; /* cents a tonne */
    int32_t volume; /* mean, kt a year */
    int32_t growth; /* until the end, percent */
} commodities[] = {
    {"coal", 22, MINE, CITY, 9300, 400, 3000, 6},
    {"ore", 13, MINE, WORKS, 14600, 600, 1900, 14},
    {"oil_and_products", 12, FIELD, CITY, 15200, 1600, 1100, 30},
    {"grain", 9, FARM, GATE, 12600, 1400, 900, 45},
    {"construction", 9, TOWN, CITY, 18000, 400, 1100, 20},
    {"metals", 8, WORKS, GATE, 24300, 1200, 700, 30},
    {"chemicals", 6, WORKS, CITY, 15700, 1000, 600, 35},
    {"general", 10, CITY, CITY, 15700, 2500, 1200, 50},
    {"containers", 7, GATE, GATE, 15000, 3500, 1500, 150},
    {"containers_inland", 4, GATE, TERMINAL, 15000, 3500, 700, 120},
};
enum { COMMODITIES = sizeof commodities / sizeof *commodities };

struct market {
    int32_t *list[CLASSES]; /* places of each class */
    int32_t count[CLASSES];
};

struct demand {
    int32_t commodity, from, to;
    int32_t volume, final; /* kt a year */
};

static void put(struct market *market, enum class class, int32_t place)
{
    market->list[class][market->count[class]++] = place;
}

static void place_market(const struct ganger_country *c, int32_t i, struct ganger_rng *rng,
                         struct market *market)
{
    const struct ganger_place *place = &c->place[i];
    if (i >= c->core) {
        put(market, c->line[place->gate].kind == GANGER_LINE_TERMINAL ? TERMINAL : GATE, i);
        return;
    }
    put(market, i < c->cities ? CITY : TOWN, i);
    int32_t luck = ganger_rng_below(rng, 100);
    if (i < c->cities && luck < 40) {
        put(market, WORKS, i);
    } else if (i >= c->cities) {
        put(market, luck < 8 ? MINE : luck < 13 ? FIELD : luck < 18 ? WORKS : FARM, i);
    }
}

static void market_clear(struct market *market)
{
    for (int i = 0; i < CLASSES; i++) {
        free(market->list[i]);
    }
}

static bool market_init(struct market *market, const struct ganger_country *c)
{
    struct ganger_rng rng;
    *market = (struct market){0};
    for (int i = 0; i < CLASSES; i++) {
        market->list[i] = calloc((size_t)c->places + 2, sizeof *market->list[i]);
        if (market->list[i] == NULL) {
            return false;
        }
    }
    ganger_country_rng(c, &rng, GANGER_STREAM_FREIGHT, 1);
    for (int32_t i = 0; i < c->places; i++) {
        place_market(c, i, &rng, market);
    }
    /* In a small country a class may be empty: then the last and the first place stand for it. */
    for (int i = 0; i < CLASSES; i++) {
        if (market->count[i] < 2) {
            put(market, (enum class)i, c->core - 1);
            put(market, (enum class)i, 0);
        }
    }
    return true;
}

/* Out of a few draws, one by gravity; never the origin. */
static int32_t draw_destination(const struct ganger_country *c, const struct market *market,
                                const struct demand *demand, struct ganger_rng *rng)
{
    enum { DRAWS = 12 };
    enum class class = commodities[demand->commodity].to;
    int32_t drawn[DRAWS];
    int64_t pull[DRAWS], sum = 0;
    for (int i = 0; i < DRAWS; i++) {
        drawn[i] = market->list[class][ganger_rng_below(rng, market->count[class])];
        int64_t km =
            ganger_isqrt(ganger_place_distance2(&c->place[drawn[i]], &c->place[demand->from])) /
                10 +
            80;
        pull[i] =
            drawn[i] == demand->from ? 0 : c->place[drawn[i]].weight * 1000000LL / (km * km) + 1;
        sum += pull[i];
    }
    int64_t at = sum > 0 ? (int64_t)ganger_rng_word(rng) * sum >> 32 : 0;
    for (int i = 0; i < DRAWS; i++) {
        if (at < pull[i]) {
            return drawn[i];
        }
        at -= pull[i];
    }
    return demand->from == 0 ? c->core - 1 : 0;
}

static void draw_demand(const struct ganger_country *c, const struct market *market,
                        struct ganger_rng *rng, struct demand *demand)
{
    int32_t share = ganger_rng_below(rng, 100);
    demand->commodity = 0;
    while (share >= commodities[demand->commodity].share) {
        share -= commodities[demand->commodity++].share;
    }
    const struct commodity *what = &commodities[demand->commodity];
    demand->from = market->list[what->from][ganger_rng_below(rng, market->count[what->from])];
    demand->to = draw_destination(c, market, demand, rng);
    /* A few great ones, many small ones; the mean stays. */
    int64_t u = ganger_rng_below(rng, 100);
    demand->volume = (int32_t)(what->volume * (20 + 320 * u * u * u / 1000000) / 100);
    int32_t growth = what->growth * (50 + ganger_rng_below(rng, 101)) / 100;
    demand->final = (int32_t)((int64_t)demand->volume * (100 + growth) / 100);
}

static int compare_origin(const void *left, const void *right)
{
    const struct demand *a = left, *b = right;
    if (a->from != b->from) {
        return a->from < b->from ? -1 : 1;
    }
    if (a->to != b->to) {
        return a->to < b->to ? -1 : 1;
    }
    if (a->commodity != b->commodity) {
        return a->commodity < b->commodity ? -1 : 1;
    }
    if (a->volume != b->volume) {
        return a->volume < b->volume ? -1 : 1;
    }
    return a->final < b->final ? -1 : a->final > b->final;
}

static void add_profile(struct ganger_country *c, int32_t row, const struct demand *demand)
{
    struct ganger_problem *p = c->draft.problem;
    int32_t years = ganger_country_years(c);
    for (int32_t year = 0; year < years; year++) {
        int32_t step = ganger_draft_row(&c->draft, GANGER_TABLE_DEMAND_PROFILE);
        int64_t more =
            (int64_t)(demand->final - demand->volume) * year / (years > 1 ? years - 1 : 1);
        p->demands.profile_demand[step] = row;
        p->demands.profile_from[step] = ganger_country_boundary(c, year, 1);
        p->demands.profile_mtpa[step] = (double)(demand->volume + more) / 1000.0;
    }
}

/* Tariff and traction for the cheapest way, and a margin; handling at crossings and terminals is passed on. */
static void add_demand(struct ganger_country *c, const struct ganger_routes *routes,
                       const struct demand *demand)
{
    const struct commodity *what = &commodities[demand->commodity];
    struct ganger_problem *p = c->draft.problem;
    int64_t length = 0, handling = 0;
    for (int32_t at = demand->to; at != demand->from; at = ganger_routes_before(routes, at)) {
        struct ganger_line *line = &c->line[routes->via[at]];
        bool gate = routes->via[at] >= c->core_lines;
        length += gate ? 0 : line->length;
        handling += gate ? line->weight : 0;
        line->load += demand->volume;
    }
    int32_t row = ganger_draft_row(&c->draft, GANGER_TABLE_DEMAND);
    ganger_draft_text(&c->draft, &p->demands.id[row], "D%05d", row + 1);
    ganger_draft_text(&c->draft, &p->demands.commodity[row], "%s", what->name);
    p->demands.origin[row] = demand->from;
    p->demands.destination[row] = demand->to;
    p->demands.value[row] =
        (double)((length * what->tariff + handling) / 100000 + what->margin) / 100.0;
    add_profile(c, row, demand);
}

/* USD per million t-km; at gates, the handling of a tonne spread over the line. */
static void set_rates(struct ganger_country *c)
{
    for (int32_t i = 0; i < c->lines; i++) {
        struct ganger_line *line = &c->line[i];
        int32_t handling = line->kind == GANGER_LINE_CROSSING   ? 2000000
                           : line->kind == GANGER_LINE_PORT     ? 3000000
                           : line->kind == GANGER_LINE_TERMINAL ? 2000000
                                                                : 0;
        line->rate = (line->corridor != GANGER_NONE ? 4200 : 5800) + handling * 10 / line->length;
        line->weight = (int64_t)line->rate * line->length;
    }
}

/* One search serves all demands of an origin. */
static void load_all(struct ganger_country *c, struct ganger_routes *routes,
                     const struct demand *demand, int32_t count)
{
    int32_t end = 0;
    for (int32_t k = 0; k < count; k = end) {
        for (end = k; end < count && demand[end].from == demand[k].from; end++) {
            ganger_routes_want(routes, demand[end].to);
        }
        ganger_routes_from(routes, demand[k].from);
        for (int32_t i = k; i < end; i++) {
            add_demand(c, routes, &demand[i]);
        }
    }
}

bool ganger_generate_freight(struct ganger_country *country)
{
    struct market market;
    struct ganger_routes routes = {0};
    struct ganger_rng rng;
    int32_t count = country->options.links * 7 / 10;
    struct demand *demand = calloc((size_t)count, sizeof *demand);
    set_rates(country);
    bool done =
        market_init(&market, country) && ganger_routes_init(&routes, country) && demand != NULL;
    if (done) {
        ganger_country_rng(country, &rng, GANGER_STREAM_FREIGHT, 0);
        for (int32_t k = 0; k < count; k++) {
            draw_demand(country, &market, &rng, &demand[k]);
        }
        qsort(demand, (size_t)count, sizeof *demand, compare_origin);
        load_all(country, &routes, demand, count);
    }
    free(demand);
    ganger_routes_clear(&routes);
    market_clear(&market);
    return done;
}
