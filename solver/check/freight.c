/* What the network can carry and what the stored paths carry: MODEL sections 2 and 3. */
#include "check/bench.h"

#include <math.h>
#include <stdlib.h>

static double allowance(double limit)
{
    return 1e-9 * fabs(limit) + 1e-6;
}

struct freight {
    struct ganger_bench *bench;
    double *capacity;  /* [boundaries * links] */
    double *flow;      /* [boundaries * links * 2] */
    double *delivered; /* [boundaries * demands] */
    double *worth;     /* [paths] USD per tonne */
    double *volume;    /* [demands] */
};

/* Capacity of a segment at t from the works done on it. */
static double segment_capacity(const struct ganger_bench *b, int32_t q, int32_t t)
{
    const struct ganger_facts *f = b->facts;
    const struct ganger_problem *p = b->problem;
    double health = ganger_facts_worn(f, q, t), gain = 0, factor = 1;
    for (int32_t i = f->first_on[q]; i < f->first_on[q + 1]; i++) {
        int32_t w = f->work_on[i];
        if (b->mode[w] == GANGER_NONE) {
            continue;
        }
        if (b->finish[w] <= t) {
            gain += p->works.gain[w];
            health = p->works.renews[w] ? 1 : health;
        } else if (b->plan->start[w] <= t) {
            int64_t row = ganger_facts_calendar(f, w);
            bool active = f->productivity[row * f->periods + t] > 0;
            factor = active ? fmin(factor, p->modes.factor[b->mode[w]]) : factor;
        }
    }
    return (p->segments.capacity[q] * health + gain) * factor;
}

static void measure_capacity(struct freight *f)
{
    const struct ganger_bench *b = f->bench;
    int64_t links = b->problem->links.count;
    for (int64_t i = 0; i < links * (b->facts->periods + 1); i++) {
        f->capacity[i] = (double)INFINITY;
    }
    for (int32_t t = 0; t <= b->facts->periods; t++) {
        for (int32_t q = 0; q < b->problem->segments.count; q++) {
            double *link = &f->capacity[t * links + b->problem->segments.link[q]];
            *link = fmin(*link, segment_capacity(b, q, t));
        }
    }
}

/* The path must be a chain from origin to destination that runs against no one-way link. */
static bool check_path(struct freight *f, int32_t path)
{
    struct ganger_bench *b = f->bench;
    const struct ganger_paths *paths = &b->plan->paths;
    const struct ganger_problem *p = b->problem;
    int32_t k = paths->demand[path];
    if (k < 0 || k >= p->demands.count) {
        ganger_bench_lie(b, "path_demand", "path %d is of no demand: %d", path, k);
        return false;
    }
    int32_t node = p->demands.origin[k];
    f->worth[path] = p->demands.value[k];
    for (int32_t i = paths->first_arc[path]; i < paths->first_arc[path + 1]; i++) {
        int32_t arc = paths->arc[i], link = arc / 2;
        bool back = arc % 2 != 0;
        if (arc < 0 || link >= p->links.count || (back && p->links.directed[link]) ||
            node != (back ? p->links.to[link] : p->links.from[link])) {
            ganger_bench_lie(b, "path_arc", "path %d of demand %s breaks at its arc %d (%d)", path,
                             p->demands.id[k], i - paths->first_arc[path], arc);
            return false;
        }
        node = back ? p->links.from[link] : p->links.to[link];
        f->worth[path] -= b->facts->link_cost[link];
    }
    if (node != p->demands.destination[k]) {
        ganger_bench_lie(b, "path_arc", "path %d of demand %s ends at %s, not at %s", path,
                         p->demands.id[k], p->nodes.id[node],
                         p->nodes.id[p->demands.destination[k]]);
        return false;
    }
    return true;
}

static bool check_paths(struct freight *f)
{
    struct ganger_bench *b = f->bench;
    const struct ganger_paths *paths = &b->plan->paths;
    for (int32_t i = 0; i < paths->count; i++) {
        if (paths->first_arc[i] > paths->first_arc[i + 1] || paths->first_arc[0] != 0) {
            ganger_bench_lie(b, "path_first_arc", "path %d: offsets do not rise from 0", i);
            return false;
        }
    }
    for (int32_t i = 0; i < paths->count; i++) {
        if (!check_path(f, i)) {
            return false;
        }
    }
    return true;
}

static bool add_up_flows(struct freight *f)
{
    struct ganger_bench *b = f->bench;
    const struct ganger_paths *paths = &b->plan->paths;
    int64_t arcs = 2 * (int64_t)b->problem->links.count;
    for (int64_t i = 0; i < paths->flows; i++) {
        int64_t t = paths->flow_boundary[i];
        int32_t path = paths->flow_path[i];
        double level = paths->flow_mtpa[i];
        if (t < 0 || t > b->facts->periods || path < 0 || path >= paths->count) {
            ganger_bench_lie(b, path < 0 || path >= paths->count ? "flow_path" : "flow_boundary",
                             "row %lld is of no path or boundary", (long long)i);
            return false;
        }
        if (!(level >= -1e-9) || !isfinite(level)) {
            ganger_bench_lie(b, "flow_mtpa", "row %lld: %.9g Mt/year", (long long)i, level);
            return false;
        }
        for (int32_t j = paths->first_arc[path]; j < paths->first_arc[path + 1]; j++) {
            f->flow[t * arcs + paths->arc[j]] += level;
        }
        f->delivered[t * b->problem->demands.count + paths->demand[path]] += level;
        b->traffic[t] += level * f->worth[path];
    }
    return true;
}

static void check_limits(struct freight *f)
{
    struct ganger_bench *b = f->bench;
    const struct ganger_problem *p = b->problem;
    int32_t next = 0;
    for (int32_t t = 0; t <= b->facts->periods; t++) {
        ganger_facts_volume(b->facts, t, &next, f->volume);
        for (int32_t k = 0; k < p->demands.count; k++) {
            double moved = f->delivered[(int64_t)t * p->demands.count + k];
            if (moved > f->volume[k] + allowance(f->volume[k])) {
                ganger_bench_lie(b, "flow_mtpa",
                                 "demand %s at boundary %d: %.9g Mt/year on its paths, wanted %.9g",
                                 p->demands.id[k], t, moved, f->volume[k]);
                return;
            }
        }
        for (int64_t a = 0; a < 2 * (int64_t)p->links.count; a++) {
            double carried = f->flow[2 * (int64_t)t * p->links.count + a];
            double capacity = f->capacity[(int64_t)t * p->links.count + a / 2];
            if (carried > capacity + allowance(capacity)) {
                ganger_bench_lie(b, "flow_mtpa",
                                 "link %s at boundary %d carries %.9g Mt/year, capacity %.9g",
                                 p->links.id[a / 2], t, carried, capacity);
                return;
            }
        }
    }
}

/* One finding for each array that is not what it should be; `width` entries a boundary. */
static void compare(struct ganger_bench *b, const char *column, const double *stored,
                    const double *right, int64_t width)
{
    for (int64_t i = 0; i < width * (b->facts->periods + 1); i++) {
        if (!ganger_bench_close(stored[i], right[i])) {
            ganger_bench_lie(b, column, "boundary %lld, position %lld: %.9g, should be %.9g",
                             (long long)(i / width), (long long)(i % width), stored[i], right[i]);
            return;
        }
    }
}

void ganger_bench_freight(struct ganger_bench *bench)
{
    const struct ganger_problem *p = bench->problem;
    size_t boundaries = (size_t)bench->facts->periods + 1;
    size_t links = (size_t)p->links.count, demands = (size_t)p->demands.count;
    struct freight f = {
        .bench = bench,
        .capacity = calloc(boundaries * links + 1, sizeof *f.capacity),
        .flow = calloc(boundaries * links * 2 + 1, sizeof *f.flow),
        .delivered = calloc(boundaries * demands + 1, sizeof *f.delivered),
        .worth = calloc((size_t)bench->plan->paths.count + 1, sizeof *f.worth),
        .volume = calloc(demands + 1, sizeof *f.volume),
    };
    if (!f.capacity || !f.flow || !f.delivered || !f.worth || !f.volume) {
        bench->short_of_memory = true;
        goto out;
    }
    measure_capacity(&f);
    compare(bench, "capacity", bench->plan->capacity, f.capacity, p->links.count);
    if (check_paths(&f) && add_up_flows(&f)) {
        check_limits(&f);
        compare(bench, "flow", bench->plan->flow, f.flow, 2 * (int64_t)p->links.count);
        compare(bench, "delivered", bench->plan->delivered, f.delivered, p->demands.count);
        compare(bench, "traffic_value", bench->plan->traffic_value, bench->traffic, 1);
    }
out:
    free(f.capacity);
    free(f.flow);
    free(f.delivered);
    free(f.worth);
    free(f.volume);
}
