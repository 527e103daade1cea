#include "generate/proximity.h"

#include "generate/grid.h"
#include <stdlib.h>

struct edges {
    struct ganger_edge *list;
    int32_t count, room;
};

static bool add_edge(struct edges *edges, struct ganger_edge edge)
{
    if (edges->count == edges->room) {
        int32_t room = 2 * edges->room + 64;
        struct ganger_edge *list = realloc(edges->list, (size_t)room * sizeof *list);
        if (list == NULL) {
            return false;
        }
        edges->list = list;
        edges->room = room;
    }
    edges->list[edges->count++] = edge;
    return true;
}

/* Whether a and b see each other: no place in the circle over them, and for neighbours none nearer to both. */
static bool judge(const struct ganger_place *place, struct ganger_edge *edge, const int32_t *near,
                  int32_t count)
{
    edge->neighbour = true;
    for (int32_t i = 0; i < count; i++) {
        if (near[i] == edge->a || near[i] == edge->b) {
            continue;
        }
        int64_t to_a = ganger_place_distance2(&place[near[i]], &place[edge->a]);
        int64_t to_b = ganger_place_distance2(&place[near[i]], &place[edge->b]);
        if (to_a + to_b <= edge->length2) {
            return false;
        }
        if ((to_a > to_b ? to_a : to_b) < edge->length2) {
            edge->neighbour = false;
        }
    }
    return true;
}

/* Every edge no longer than `reach`. */
static bool find_edges(const struct ganger_country *c, const struct ganger_grid *grid,
                       int32_t reach, struct edges *edges)
{
    int32_t *near = calloc((size_t)c->core, sizeof *near);
    bool done = near != NULL;
    edges->count = 0;
    for (int32_t a = 0; done && a < c->core; a++) {
        int32_t count = ganger_grid_near(grid, &c->place[a], reach, near);
        for (int32_t i = 0; done && i < count; i++) {
            struct ganger_edge edge = {.a = a, .b = near[i]};
            if (edge.b > a) {
                edge.length2 = ganger_place_distance2(&c->place[a], &c->place[edge.b]);
                done = !judge(c->place, &edge, near, count) || add_edge(edges, edge);
            }
        }
    }
    free(near);
    return done;
}

static int compare_edges(const void *left, const void *right)
{
    const struct ganger_edge *x = left, *y = right;
    if (x->length2 != y->length2) {
        return x->length2 < y->length2 ? -1 : 1;
    }
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    return x->b < y->b ? -1 : x->b > y->b;
}

static int32_t root_of(int32_t *parent, int32_t place)
{
    while (parent[place] != place) {
        parent[place] = parent[parent[place]];
        place = parent[place];
    }
    return place;
}

/* Marks the least spanning tree of edges that are sorted (Kruskal); returns the number of its edges. */
static int32_t mark_tree(const struct edges *edges, int32_t *parent, int32_t places)
{
    int32_t joined = 0;
    for (int32_t i = 0; i < places; i++) {
        parent[i] = i;
    }
    for (int32_t i = 0; i < edges->count; i++) {
        struct ganger_edge *edge = &edges->list[i];
        int32_t a = root_of(parent, edge->a), b = root_of(parent, edge->b);
        edge->tree = a != b;
        parent[a] = b;
        joined += a != b;
    }
    return joined;
}

struct ganger_edge *ganger_proximity_edges(const struct ganger_country *country, int32_t *count)
{
    struct edges edges = {0};
    struct ganger_grid grid = {0};
    int32_t *parent = calloc((size_t)country->core, sizeof *parent);
    bool done =
        parent != NULL && ganger_grid_init(&grid, country->place, country->core, country->spacing);
    for (int32_t i = 0; done && i < country->core; i++) {
        ganger_grid_add(&grid, i);
    }
    /* Long edges are rare: only if the country falls apart without them, a wider search is worth its time. */
    int32_t joined = 0;
    for (int32_t reach = 4; done && joined < country->core - 1; reach *= 2) {
        done = find_edges(country, &grid, reach * country->spacing, &edges);
        qsort(edges.list, (size_t)edges.count, sizeof *edges.list, compare_edges);
        joined = done ? mark_tree(&edges, parent, country->core) : 0;
    }
    free(parent);
    ganger_grid_clear(&grid);
    if (!done) {
        free(edges.list);
        return NULL;
    }
    *count = edges.count;
    return edges.list;
}
