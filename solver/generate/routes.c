#include "generate/routes.h"

#include "instance/csr.h"
#include <stdlib.h>
#include <string.h>

static bool build_arms(struct ganger_routes *routes)
{
    const struct ganger_country *c = routes->country;
    int32_t *key = calloc(2 * (size_t)c->lines + 1, sizeof *key);
    bool done = key != NULL;
    for (int32_t i = 0; done && i < c->lines; i++) {
        bool open = c->line[i].kind != GANGER_LINE_NEW;
        key[2 * i] = open ? c->line[i].from : GANGER_NONE;
        key[2 * i + 1] = open ? c->line[i].to : GANGER_NONE;
    }
    done = done && ganger_csr_build(key, 2 * c->lines, c->places, &routes->first_arm, &routes->arm);
    free(key);
    return done;
}

bool ganger_routes_init(struct ganger_routes *routes, const struct ganger_country *country)
{
    size_t places = (size_t)country->places;
    *routes = (struct ganger_routes){.country = country};
    routes->cost = calloc(places, sizeof *routes->cost);
    routes->via = calloc(places, sizeof *routes->via);
    routes->final = calloc(places, sizeof *routes->final);
    routes->wanted = calloc(places, sizeof *routes->wanted);
    routes->touched = calloc(places, sizeof *routes->touched);
    routes->heap = calloc(2 * (size_t)country->lines + 1, sizeof *routes->heap);
    if (routes->cost == NULL || routes->via == NULL || routes->final == NULL ||
        routes->wanted == NULL || routes->touched == NULL || routes->heap == NULL ||
        !build_arms(routes)) {
        return false;
    }
    memset(routes->cost, -1, places * sizeof *routes->cost);
    return true;
}

void ganger_routes_clear(struct ganger_routes *routes)
{
    free(routes->first_arm);
    free(routes->arm);
    free(routes->cost);
    free(routes->via);
    free(routes->final);
    free(routes->wanted);
    free(routes->touched);
    free(routes->heap);
    *routes = (struct ganger_routes){0};
}

/* Cheaper first, equal ones by place: so the ways are the same on every machine. */
static bool before(struct ganger_route_step a, struct ganger_route_step b)
{
    return a.cost < b.cost || (a.cost == b.cost && a.place < b.place);
}

static void push(struct ganger_routes *routes, struct ganger_route_step step)
{
    struct ganger_route_step *heap = routes->heap;
    int32_t at = routes->waiting++;
    while (at > 0 && before(step, heap[(at - 1) / 2])) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap[at] = step;
}

static struct ganger_route_step pop(struct ganger_routes *routes)
{
    struct ganger_route_step *heap = routes->heap, top = heap[0];
    struct ganger_route_step last = heap[--routes->waiting];
    int32_t at = 0;
    for (;;) {
        int32_t child = 2 * at + 1;
        if (child + 1 < routes->waiting && before(heap[child + 1], heap[child])) {
            child++;
        }
        if (child >= routes->waiting || !before(heap[child], last)) {
            break;
        }
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = last;
    return top;
}

static void reach(struct ganger_routes *routes, int32_t place, int32_t via, int64_t cost)
{
    if (routes->cost[place] >= 0 && routes->cost[place] <= cost) {
        return;
    }
    if (routes->cost[place] < 0) {
        routes->touched[routes->touches++] = place;
    }
    routes->cost[place] = cost;
    routes->via[place] = via;
    push(routes, (struct ganger_route_step){cost, place});
}

static void forget(struct ganger_routes *routes)
{
    for (int32_t i = 0; i < routes->touches; i++) {
        routes->cost[routes->touched[i]] = -1;
        routes->final[routes->touched[i]] = false;
    }
    routes->touches = routes->waiting = 0;
}

void ganger_routes_want(struct ganger_routes *routes, int32_t place)
{
    routes->wants += !routes->wanted[place];
    routes->wanted[place] = true;
}

void ganger_routes_from(struct ganger_routes *routes, int32_t origin)
{
    const struct ganger_country *c = routes->country;
    forget(routes);
    reach(routes, origin, GANGER_NONE, 0);
    while (routes->waiting > 0 && routes->wants > 0) {
        struct ganger_route_step step = pop(routes);
        if (routes->final[step.place]) {
            continue;
        }
        routes->final[step.place] = true;
        routes->wants -= routes->wanted[step.place];
        routes->wanted[step.place] = false;
        for (int32_t i = routes->first_arm[step.place]; i < routes->first_arm[step.place + 1];
             i++) {
            int32_t number = routes->arm[i] / 2;
            const struct ganger_line *line = &c->line[number];
            reach(routes, line->from == step.place ? line->to : line->from, number,
                  step.cost + line->weight);
        }
    }
}

int32_t ganger_routes_before(const struct ganger_routes *routes, int32_t place)
{
    int32_t via = routes->via[place];
    if (via == GANGER_NONE) {
        return GANGER_NONE;
    }
    const struct ganger_line *line = &routes->country->line[via];
    return line->from == place ? line->to : line->from;
}
