#include "search/spare.h"

#include <math.h>
#include <stdlib.h>

enum { lanes = GANGER_STATES };
/* Prices below this are none, USD per tonne; flows likewise, Mt/yr. */
static const double least_price = 1e-6, least_flow = 1e-9;

bool ganger_spare_init(struct ganger_spare *spare, const struct ganger_path_pool *paths,
                       struct ganger_states_view view, const double *profit)
{
    size_t arcs = (size_t)paths->graph->arcs + 1;
    *spare = (struct ganger_spare){.paths = paths, .view = view, .profit = profit};
    spare->room = malloc(arcs * sizeof *spare->room);
    spare->taken = calloc(arcs, sizeof *spare->taken);
    spare->touched = malloc(arcs * sizeof *spare->touched);
    return spare->room && spare->taken && spare->touched;
}

void ganger_spare_clear(struct ganger_spare *spare)
{
    free(spare->room);
    free(spare->taken);
    free(spare->touched);
    *spare = (struct ganger_spare){0};
}

void ganger_spare_measure(struct ganger_spare *spare, int lane, const double *capacity,
                          int64_t apart)
{
    const struct ganger_path_pool *paths = spare->paths;
    int64_t arcs = paths->graph->arcs;
    for (int64_t arc = 0; arc < arcs; arc++) {
        spare->room[arc] = capacity[arc / 2 * apart];
    }
    for (int32_t i = 0; i < spare->view.count; i++) {
        int64_t path = spare->view.listed[i];
        double flow = spare->view.flow[path * lanes + lane];
        for (int32_t k = paths->first_arc[path]; flow > 0 && k < paths->first_arc[path + 1]; k++) {
            spare->room[paths->arcs[k]] -= flow;
        }
    }
    for (int64_t arc = 0; arc < arcs; arc++) {
        bool priced = spare->view.toll[arc * lanes + lane] > least_price;
        spare->room[arc] = priced ? INFINITY : fmax(0, spare->room[arc]);
    }
}

/* The most that still fits onto a path beside the link; 0 if it passes that. */
static double room_on(struct ganger_spare *spare, int32_t path, int32_t link)
{
    const struct ganger_path_pool *paths = spare->paths;
    double least = INFINITY;
    for (int32_t k = paths->first_arc[path]; least > 0 && k < paths->first_arc[path + 1]; k++) {
        int32_t arc = paths->arcs[k];
        least = arc / 2 == link ? 0 : fmin(least, spare->room[arc] - spare->taken[arc]);
        spare->looked++;
    }
    return least;
}

static void take(struct ganger_spare *spare, int32_t path, double volume)
{
    const struct ganger_path_pool *paths = spare->paths;
    for (int32_t k = paths->first_arc[path]; k < paths->first_arc[path + 1]; k++) {
        int32_t arc = paths->arcs[k];
        if (spare->taken[arc] <= 0) {
            spare->touched[spare->touches++] = arc;
        }
        spare->taken[arc] += volume;
    }
}

void ganger_spare_forget(struct ganger_spare *spare)
{
    while (spare->touches > 0) {
        spare->taken[spare->touched[--spare->touches]] = 0;
    }
}

/* The demand's best path that is worse than `last`; GANGER_NONE if no other pays. Ties by number. */
static int32_t next_best(const struct ganger_spare *spare, int32_t first, int32_t last)
{
    int32_t demand = spare->paths->demand[spare->view.listed[first]], best = GANGER_NONE;
    double most = 0, limit = last == GANGER_NONE ? INFINITY : spare->profit[last];
    for (int32_t i = first; i < spare->view.count; i++) {
        int32_t path = spare->view.listed[i];
        double profit = spare->profit[path];
        if (spare->paths->demand[path] != demand) {
            break;
        }
        if (profit > most && (profit < limit || (profit <= limit && path > last))) {
            most = profit;
            best = path;
        }
    }
    return best;
}

double ganger_spare_leave(struct ganger_spare *spare, struct ganger_spare_freight freight,
                          double volume)
{
    double lost = 0;
    int32_t path = next_best(spare, freight.first, GANGER_NONE);
    for (; path != GANGER_NONE && volume > least_flow;
         path = next_best(spare, freight.first, path)) {
        double part = fmin(volume, room_on(spare, path, freight.link));
        if (part > 0) {
            take(spare, path, part);
            lost += part * fmax(0, freight.worth - spare->profit[path]);
            volume -= part;
        }
    }
    return lost + fmax(0, volume) * fmax(0, freight.worth);
}

double ganger_spare_join(struct ganger_spare *spare, int32_t path, double volume)
{
    double part = fmin(volume, room_on(spare, path, GANGER_NONE));
    if (part > 0) {
        take(spare, path, part);
    }
    return fmax(0, part);
}
