/* Where freight enters and leaves: crossings and ports at the rim, terminals (dry ports) at cities. */
#include "generate/country.h"

#include <stdlib.h>

static const int side[8][2] = {{1, 0}, {-1, 0},  {0, 1},  {0, -1},
                               {1, 1}, {-1, -1}, {1, -1}, {-1, 1}};

/* The first side on which the country ends near a place, or GANGER_NONE. */
static int32_t rim_side(const struct ganger_country *c, const struct ganger_place *place)
{
    for (int32_t i = 0; i < 8; i++) {
        int64_t x = place->x + (int64_t)side[i][0] * c->spacing;
        int64_t y = place->y + (int64_t)side[i][1] * c->spacing;
        if (!ganger_country_inside(c, x, y)) {
            return i;
        }
    }
    return GANGER_NONE;
}

/* The new place lies so near that its line crosses no other: between places of a Gabriel graph there is room. */
static void add_gate(struct ganger_country *c, int32_t at, enum ganger_line_kind kind,
                     struct ganger_rng *rng)
{
    int32_t way = rim_side(c, &c->place[at]);
    const int *towards = side[way == GANGER_NONE ? at % 8 : way];
    bool terminal = kind == GANGER_LINE_TERMINAL;
    int32_t step = terminal ? 7 : 20 + ganger_rng_below(rng, 10), room = c->spacing / 8;
    step = step < room ? step : room;
    int32_t outer = c->places++;
    c->place[outer] = c->place[at];
    c->place[outer].x += towards[0] * step;
    c->place[outer].y += towards[1] * step;
    c->place[outer].weight = 200 + ganger_rng_below(rng, 800);
    c->place[outer].gate = c->lines;
    c->place[at].gate = c->lines;
    c->line[c->lines++] = (struct ganger_line){.from = at,
                                               .to = outer,
                                               .length = terminal ? 10 : step + 10,
                                               .kind = kind,
                                               .corridor = GANGER_NONE,
                                               .weight = step,
                                               .rule = GANGER_NONE,
                                               .project = GANGER_NONE};
}

/* Places at the rim in a random order. */
static int32_t list_rim(const struct ganger_country *c, struct ganger_rng *rng, int32_t *list)
{
    int32_t count = 0;
    for (int32_t i = 0; i < c->core; i++) {
        if (rim_side(c, &c->place[i]) != GANGER_NONE) {
            int32_t at = ganger_rng_below(rng, count + 1);
            list[count++] = list[at];
            list[at] = i;
        }
    }
    return count;
}

bool ganger_generate_gates(struct ganger_country *country, int32_t gates)
{
    struct ganger_rng rng;
    int32_t *rim = calloc((size_t)country->core + 1, sizeof *rim);
    if (rim == NULL) {
        return false;
    }
    ganger_country_rng(country, &rng, GANGER_STREAM_GATES, 0);
    int32_t at_rim = list_rim(country, &rng, rim);
    int32_t outer = gates * 65 / 100 > 1 ? gates * 65 / 100 : 1;
    outer = outer < at_rim ? outer : at_rim;
    for (int32_t i = 0; i < outer; i++) {
        add_gate(country, rim[i], i % 4 == 3 ? GANGER_LINE_PORT : GANGER_LINE_CROSSING, &rng);
    }
    /* Terminals at the greatest cities first; there are fewer gates than places. */
    for (int32_t i = 0, left = gates - outer; left > 0; i++) {
        if (country->place[i].gate == GANGER_NONE) {
            add_gate(country, i, GANGER_LINE_TERMINAL, &rng);
            left--;
        }
    }
    free(rim);
    return true;
}
