#include "relax/flows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { lanes = GANGER_BLOCKS_LANES };

/* Crossings of a path, which lie on its links. */
static int32_t list_crossings(const struct ganger_flows *f, const struct ganger_closures *closures,
                              int32_t path, int32_t *list)
{
    int32_t count = 0;
    for (int32_t i = 0; closures && i < closures->crossings; i++) {
        bool own = closures->crossing_demand[i] == f->paths->demand[path];
        bool on = own && closures->crossing_arc[i] == GANGER_NONE;
        if (own && !on) {
            for (int32_t k = f->paths->first_arc[path]; k < f->paths->first_arc[path + 1]; k++) {
                on = on || f->paths->arcs[k] == closures->crossing_arc[i];
            }
        }
        if (on && list) {
            list[count] = i;
        }
        count += on;
    }
    return count;
}

static bool index_crossings(struct ganger_flows *f, const struct ganger_closures *closures)
{
    f->crossings = closures ? closures->crossings : 0;
    f->first_crossing = calloc((size_t)f->count + 2, sizeof *f->first_crossing);
    for (int32_t p = 0; f->first_crossing && p < f->count; p++) {
        f->first_crossing[p + 1] = f->first_crossing[p] + list_crossings(f, closures, p, NULL);
    }
    size_t listed = f->first_crossing ? (size_t)f->first_crossing[f->count] : 0;
    f->crossing = calloc(listed + 1, sizeof *f->crossing);
    for (int32_t p = 0; f->first_crossing && f->crossing && p < f->count; p++) {
        list_crossings(f, closures, p, f->crossing + f->first_crossing[p]);
    }
    return f->first_crossing && f->crossing;
}

bool ganger_flows_init(struct ganger_flows *flows, const struct ganger_graph *graph,
                       const struct ganger_path_pool *paths, const struct ganger_blocks *blocks,
                       const struct ganger_closures *closures)
{
    int32_t demands = graph->problem->demands.count;
    *flows = (struct ganger_flows){
        .graph = graph, .paths = paths, .blocks = blocks, .count = paths->count};
    flows->first = calloc((size_t)demands + 2, sizeof *flows->first);
    flows->list = malloc(((size_t)paths->count + 1) * sizeof *flows->list);
    if (!flows->first || !flows->list || !index_crossings(flows, closures)) {
        ganger_flows_clear(flows);
        return false;
    }
    for (int32_t p = 0; p < paths->count; p++) {
        flows->first[paths->demand[p] + 2]++;
    }
    for (int32_t k = 0; k < demands; k++) {
        int32_t count = flows->first[k + 2];
        flows->most = count > flows->most ? count : flows->most;
        flows->first[k + 2] += flows->first[k + 1];
    }
    for (int32_t p = 0; p < paths->count; p++) {
        flows->list[flows->first[paths->demand[p] + 1]++] = p;
    }
    return true;
}

void ganger_flows_clear(struct ganger_flows *flows)
{
    free(flows->first);
    free(flows->list);
    free(flows->first_crossing);
    free(flows->crossing);
    *flows = (struct ganger_flows){0};
}

size_t ganger_flows_scratch(const struct ganger_flows *flows)
{
    return ((size_t)flows->graph->arcs + 2 * (size_t)flows->most + 2) * lanes;
}

/* What a tonne pays on each arc in the blocks of the vector: the prices of all segments on its way. */
static void price_arcs(const struct ganger_flows *f, const double *price, int32_t vector,
                       double *toll)
{
    const struct ganger_problem *p = f->graph->problem;
    int32_t width = f->blocks->width;
    memset(toll, 0, (size_t)f->graph->arcs * lanes * sizeof *toll);
    for (int32_t l = 0; l < p->links.count; l++) {
        for (int32_t i = p->links.first_segment[l]; i < p->links.first_segment[l + 1]; i++) {
            const double *there =
                price + 2 * (int64_t)p->links.segment_list[i] * width + vector * lanes;
            for (int lane = 0; lane < lanes; lane++) {
                toll[2 * l * lanes + lane] += there[lane];
                toll[(2 * l + 1) * lanes + lane] += there[width + lane];
            }
        }
    }
}

/* profit[lane] of a tonne a year on the path over each block, M USD. */
static void price_path(const struct ganger_flows *f, int32_t path, const double *toll,
                       const double *crossing, int32_t vector, double *margin, double *profit)
{
    const struct ganger_path_pool *paths = f->paths;
    double sum[lanes] = {0};
    double worth = f->graph->problem->demands.value[paths->demand[path]] - paths->cost[path];
    const double *weight = f->blocks->weight + vector * lanes;
    for (int32_t i = paths->first_arc[path]; i < paths->first_arc[path + 1]; i++) {
        const double *arc = toll + (int64_t)paths->arcs[i] * lanes;
        for (int lane = 0; lane < lanes; lane++) {
            sum[lane] += arc[lane];
        }
    }
    for (int32_t i = f->first_crossing[path]; i < f->first_crossing[path + 1]; i++) {
        const double *price =
            crossing + (int64_t)f->crossing[i] * f->blocks->width + vector * lanes;
        for (int lane = 0; lane < lanes; lane++) {
            sum[lane] += price[lane];
        }
    }
    for (int lane = 0; lane < lanes; lane++) {
        margin[lane] = weight[lane] * worth;
        profit[lane] = margin[lane] - sum[lane];
    }
}

/* Onto { v >= 0, sum v <= volume }, each lane by itself: v - threshold where positive (Michelot 1986). */
static void project(double *v, int32_t count, const double *volume)
{
    double threshold[lanes] = {0};
    for (int32_t round = 0; round <= count; round++) {
        double sum[lanes] = {0}, active[lanes] = {0};
        bool moved = false;
        for (int32_t i = 0; i < count; i++) {
            for (int lane = 0; lane < lanes; lane++) {
                bool in = v[i * lanes + lane] > threshold[lane];
                sum[lane] += in ? v[i * lanes + lane] : 0;
                active[lane] += in ? 1 : 0;
            }
        }
        for (int lane = 0; lane < lanes; lane++) {
            double next = active[lane] > 0 ? (sum[lane] - volume[lane]) / active[lane] : 0;
            moved = moved || next > threshold[lane];
            threshold[lane] = next > threshold[lane] ? next : threshold[lane];
        }
        if (!moved) {
            break;
        }
    }
    for (int32_t i = 0; i < count; i++) {
        for (int lane = 0; lane < lanes; lane++) {
            double left = v[i * lanes + lane] - threshold[lane];
            v[i * lanes + lane] = left > 0 ? left : 0;
        }
    }
}

/* The flow on each arc and crossing of the path. */
static void carry(const struct ganger_flows *f, int32_t path, const double *flow, int32_t vector,
                  struct ganger_flow_use use)
{
    int64_t width = f->blocks->width;
    const struct ganger_path_pool *paths = f->paths;
    for (int32_t i = paths->first_arc[path]; i < paths->first_arc[path + 1]; i++) {
        double *arc = use.carried + paths->arcs[i] * width + vector * lanes;
        for (int lane = 0; lane < lanes; lane++) {
            arc[lane] += flow[lane];
        }
    }
    for (int32_t i = f->first_crossing[path]; i < f->first_crossing[path + 1]; i++) {
        double *crossing = use.crossing + f->crossing[i] * width + vector * lanes;
        for (int lane = 0; lane < lanes; lane++) {
            crossing[lane] += flow[lane];
        }
    }
}

struct ganger_flow_sums ganger_flows_step(const struct ganger_flows *flows,
                                          struct ganger_flow_prices price, double step,
                                          const double *length, int32_t vector, const double *flow,
                                          double *next, struct ganger_flow_use use, double *scratch)
{
    const struct ganger_flows *f = flows;
    int32_t width = f->blocks->width, demands = f->graph->problem->demands.count;
    double *toll = scratch, *v = scratch + (size_t)f->graph->arcs * lanes;
    double *margin = v + (size_t)f->most * lanes;
    double earned[lanes] = {0}, hoped[lanes] = {0}, moved = 0;
    price_arcs(f, price.segment, vector, toll);
    for (int32_t a = 0; a < f->graph->arcs; a++) {
        memset(use.carried + (int64_t)a * width + vector * lanes, 0, lanes * sizeof(double));
    }
    for (int32_t i = 0; i < f->crossings; i++) {
        memset(use.crossing + (int64_t)i * width + vector * lanes, 0, lanes * sizeof(double));
    }
    for (int32_t k = 0; k < demands; k++) {
        const double *volume = f->blocks->demand + (int64_t)k * width + vector * lanes;
        double most[lanes] = {0}, change[lanes] = {0}, go = step * length[k];
        int32_t count = f->first[k + 1] - f->first[k];
        const int32_t *list = f->list + f->first[k];
        for (int32_t i = 0; i < count; i++) {
            double profit[lanes];
            const double *was = flow + (int64_t)list[i] * width + vector * lanes;
            price_path(f, list[i], toll, price.crossing, vector, margin + i * lanes, profit);
            for (int lane = 0; lane < lanes; lane++) {
                most[lane] = profit[lane] > most[lane] ? profit[lane] : most[lane];
                v[i * lanes + lane] = was[lane] + go * profit[lane];
            }
        }
        project(v, count, volume);
        for (int32_t i = 0; i < count; i++) {
            int64_t at = (int64_t)list[i] * width + vector * lanes;
            for (int lane = 0; lane < lanes; lane++) {
                double difference = v[i * lanes + lane] - flow[at + lane];
                change[lane] += difference * difference;
                earned[lane] += margin[i * lanes + lane] * v[i * lanes + lane];
                next[at + lane] = v[i * lanes + lane];
            }
            carry(f, list[i], v + i * lanes, vector, use);
        }
        for (int lane = 0; lane < lanes; lane++) {
            hoped[lane] += volume[lane] * most[lane];
            moved += change[lane] / length[k];
        }
    }
    struct ganger_flow_sums sums = {moved, 0, 0};
    for (int lane = 0; lane < lanes; lane++) {
        sums.earned += earned[lane];
        sums.hoped += hoped[lane];
    }
    return sums;
}
