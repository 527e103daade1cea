/* The outline of the country, and where its cities and towns lie. */
#include "generate/country.h"
#include "generate/grid.h"

#include <stdlib.h>
#include <string.h>

int64_t ganger_isqrt(int64_t value)
{
    int64_t root = 0;
    for (int64_t bit = (int64_t)1 << 31; bit > 0; bit >>= 1) {
        if ((root + bit) * (root + bit) <= value) {
            root += bit;
        }
    }
    return root;
}

int64_t ganger_place_distance2(const struct ganger_place *a, const struct ganger_place *b)
{
    int64_t dx = a->x - b->x, dy = a->y - b->y;
    return dx * dx + dy * dy;
}

void ganger_country_rng(const struct ganger_country *country, struct ganger_rng *rng,
                        enum ganger_generate_stream stream, uint64_t round)
{
    ganger_rng_init(rng, country->options.seed, (uint32_t)stream, round);
}

bool ganger_country_inside(const struct ganger_country *country, int64_t x, int64_t y)
{
    for (int i = 0; i < GANGER_LOBES; i++) {
        const struct ganger_ellipse *lobe = &country->lobe[i];
        int64_t dx = (x - lobe->x) * lobe->b, dy = (y - lobe->y) * lobe->a;
        if (dx * dx + dy * dy <= lobe->a * lobe->b * lobe->a * lobe->b) {
            return true;
        }
    }
    return false;
}

/* A great ellipse, and smaller ones around points of its rim: their union is the country. */
static void draw_shape(struct ganger_country *c)
{
    static const int rim[GANGER_LOBES][2] = {{0, 0}, {7, 3}, {-6, 5}, {-8, -2}, {3, -8}, {8, -5}};
    struct ganger_rng rng;
    ganger_country_rng(c, &rng, GANGER_STREAM_SHAPE, 0);
    int64_t a = c->width * 2 / 5, b = c->height * 2 / 5;
    c->lobe[0] = (struct ganger_ellipse){c->width / 2, c->height / 2, a, b};
    for (int i = 1; i < GANGER_LOBES; i++) {
        int64_t percent = 20 + ganger_rng_below(&rng, 25);
        c->lobe[i] = (struct ganger_ellipse){c->lobe[0].x + a * rim[i][0] / 10,
                                             c->lobe[0].y + b * rim[i][1] / 10, a * percent / 100,
                                             b * (percent + 10) / 100};
    }
}

/* So large that neighbours lie some 70 km apart, but no larger than a continent: then they lie closer. */
static void measure(struct ganger_country *c, int32_t core)
{
    enum { SPACING = 700, WIDEST = 56000 };
    int64_t area = (int64_t)core * SPACING * SPACING;
    int64_t width = ganger_isqrt(area * 16 / 10 * 100 / 65);
    width = width < WIDEST ? width : WIDEST;
    c->width = (int32_t)width;
    c->height = (int32_t)(width * 10 / 16);
    c->spacing = (int32_t)ganger_isqrt(width * c->height * 65 / 100 / core);
}

static void draw_anywhere(const struct ganger_country *c, struct ganger_rng *rng,
                          struct ganger_place *place)
{
    do {
        place->x = ganger_rng_below(rng, c->width);
        place->y = ganger_rng_below(rng, c->height);
    } while (!ganger_country_inside(c, place->x, place->y));
}

/* Around a city: towns are denser there. */
static void draw_near(const struct ganger_country *c, struct ganger_rng *rng,
                      struct ganger_place *place)
{
    const struct ganger_place *city = &c->place[ganger_rng_below(rng, c->cities)];
    int32_t reach = 2 * c->spacing;
    place->x = city->x + ganger_rng_below(rng, reach) - ganger_rng_below(rng, reach);
    place->y = city->y + ganger_rng_below(rng, reach) - ganger_rng_below(rng, reach);
    if (place->x < 0 || place->y < 0 || !ganger_country_inside(c, place->x, place->y)) {
        draw_anywhere(c, rng, place);
    }
}

/* Draws until no other place is nearer than `apart`, and asks for less when there is no room. */
static void draw_place(struct ganger_country *c, struct ganger_rng *rng, struct ganger_grid *grid,
                       int32_t number)
{
    enum { PATIENCE = 40 };
    struct ganger_place *place = &c->place[number];
    bool city = number < c->cities;
    int32_t apart = city ? c->spacing * 2 : c->spacing * 45 / 100;
    for (int tries = 1;; tries++) {
        if (!city && ganger_rng_below(rng, 100) < 30) {
            draw_near(c, rng, place);
        } else {
            draw_anywhere(c, rng, place);
        }
        if (!ganger_grid_any(grid, place, apart)) {
            break;
        }
        apart = tries % PATIENCE == 0 && apart > 4 ? apart * 3 / 4 : apart;
    }
    /* Cities by rank, as sizes of cities are known to go. */
    place->weight = city ? 60 + 3000 / (number + 2) : 5 + ganger_rng_below(rng, 25);
    place->gate = GANGER_NONE;
}

static int compare_x(const void *left, const void *right)
{
    const struct ganger_place *a = *(const struct ganger_place *const *)left;
    const struct ganger_place *b = *(const struct ganger_place *const *)right;
    if (a->x != b->x) {
        return a->x < b->x ? -1 : 1;
    }
    return a->y < b->y ? -1 : a->y > b->y;
}

/* Regions are what lies nearest to each capital; numbered from west to east, so that neighbours have near numbers. */
static bool divide(struct ganger_country *c)
{
    const struct ganger_place **capital = calloc((size_t)c->regions, sizeof(*capital));
    if (capital == NULL) {
        return false;
    }
    for (int32_t r = 0; r < c->regions; r++) {
        capital[r] = &c->place[r];
    }
    qsort(capital, (size_t)c->regions, sizeof(*capital), compare_x);
    for (int32_t i = 0; i < c->core; i++) {
        int64_t least = INT64_MAX;
        for (int32_t r = 0; r < c->regions; r++) {
            int64_t distance2 = ganger_place_distance2(&c->place[i], capital[r]);
            if (distance2 < least) {
                least = distance2;
                c->place[i].region = r;
            }
        }
    }
    free(capital);
    return true;
}

bool ganger_generate_places(struct ganger_country *country, int32_t core)
{
    struct ganger_rng rng;
    struct ganger_grid grid = {0};
    measure(country, core);
    draw_shape(country);
    country->core = country->places = core;
    country->cities = core / 16 > country->regions ? core / 16 : country->regions;
    country->cities = country->cities < core ? country->cities : core;
    country->regions = country->regions < core ? country->regions : core;
    free(country->place);
    /* Room for the places behind gates too: each has a core place of its own. */
    country->place = calloc(2 * (size_t)core, sizeof *country->place);
    bool done =
        country->place != NULL && ganger_grid_init(&grid, country->place, core, country->spacing);
    ganger_country_rng(country, &rng, GANGER_STREAM_PLACES, (uint64_t)core);
    for (int32_t i = 0; done && i < core; i++) {
        draw_place(country, &rng, &grid, i);
        ganger_grid_add(&grid, i);
    }
    ganger_grid_clear(&grid);
    return done && divide(country);
}
