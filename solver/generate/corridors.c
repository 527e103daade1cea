/* Names of places, and main lines between great cities: they have names too, and are electrified. */
#include "generate/country.h"
#include "generate/routes.h"

#include <stdio.h>
#include <stdlib.h>

static void draw_name(struct ganger_rng *rng, char *name, size_t size)
{
    static const char *const heads[] = {"Al",  "Ber", "Dor", "Es",  "Gal", "Har", "Ild",
                                        "Kar", "Lo",  "Mar", "Nor", "Or",  "Per", "Ros",
                                        "Sal", "Tem", "Ul",  "Var", "Yel", "Zan"};
    static const char *const middles[] = {"", "a", "ane", "e", "eni", "i", "ina", "o", "oro", "u"};
    static const char *const tails[] = {"bor", "dal", "felt", "gar", "holm", "kent", "lin", "mark",
                                        "nya", "pol", "rik",  "sk",  "stad", "tau",  "vik", "zar"};
    const char *head = heads[ganger_rng_below(rng, (int32_t)(sizeof heads / sizeof *heads))];
    const char *middle =
        middles[ganger_rng_below(rng, (int32_t)(sizeof middles / sizeof *middles))];
    const char *tail = tails[ganger_rng_below(rng, (int32_t)(sizeof tails / sizeof *tails))];
    snprintf(name, size, "%s%s%s", head, middle, tail);
}

static void name_places(struct ganger_country *c)
{
    static const char *const suffix[] = {[GANGER_LINE_CROSSING] = " border",
                                         [GANGER_LINE_PORT] = " port",
                                         [GANGER_LINE_TERMINAL] = " dry port"};
    struct ganger_rng rng;
    ganger_country_rng(c, &rng, GANGER_STREAM_NAMES, 0);
    for (int32_t i = 0; i < c->core; i++) {
        draw_name(&rng, c->place[i].name, sizeof c->place[i].name);
    }
    for (int32_t i = c->core_lines; i < c->lines; i++) {
        const struct ganger_line *line = &c->line[i];
        const struct ganger_place inner = c->place[line->from];
        snprintf(c->place[line->to].name, sizeof inner.name, "%.16s%s", inner.name,
                 suffix[line->kind]);
    }
}

/* The greater city nearest to `hub`, leaving out `other`. */
static int32_t nearest_greater(const struct ganger_country *c, int32_t hub, int32_t other)
{
    int32_t best = GANGER_NONE;
    int64_t least = INT64_MAX;
    for (int32_t i = 0; i < hub; i++) {
        int64_t distance2 = ganger_place_distance2(&c->place[hub], &c->place[i]);
        if (i != other && distance2 < least) {
            least = distance2;
            best = i;
        }
    }
    return best;
}

/* A line belongs to the first main line that runs over it. */
static void lay(struct ganger_country *c, struct ganger_routes *routes, int32_t from, int32_t to)
{
    bool some = false;
    ganger_routes_want(routes, to);
    ganger_routes_from(routes, from);
    for (int32_t at = to; at != from; at = ganger_routes_before(routes, at)) {
        struct ganger_line *line = &c->line[routes->via[at]];
        some = some || line->corridor == GANGER_NONE;
        line->corridor = line->corridor == GANGER_NONE ? c->corridors : line->corridor;
    }
    if (some) {
        c->corridor[c->corridors++] = (struct ganger_corridor){from, to};
    }
}

bool ganger_generate_corridors(struct ganger_country *country)
{
    struct ganger_routes routes;
    int32_t hubs = 2 + 2 * (int32_t)ganger_isqrt(country->cities);
    hubs = hubs < country->cities ? hubs : country->cities;
    name_places(country);
    country->corridor = calloc(2 * (size_t)hubs + 1, sizeof *country->corridor);
    bool done = ganger_routes_init(&routes, country) && country->corridor != NULL;
    for (int32_t hub = 1; done && hub < hubs; hub++) {
        int32_t first = nearest_greater(country, hub, GANGER_NONE);
        int32_t second = nearest_greater(country, hub, first);
        lay(country, &routes, hub, first);
        if (second != GANGER_NONE) {
            lay(country, &routes, hub, second);
        }
    }
    ganger_routes_clear(&routes);
    return done;
}
