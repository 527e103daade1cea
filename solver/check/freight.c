/* What the network can carry and what the stored paths carry: MODEL sections 2 and 3. */
#include "check/bench.h"

#include <math.h>
#include <stdlib.h>

/* A link without segments carries anything. */
#define BOUNDLESS ((ganger_wide)1 << 120)

struct freight {
    struct ganger_bench *bench;
    ganger_wide *capacity; /* [links * boundaries] unit bits, rounded down */
    int64_t *flow;         /* [boundaries * links * 2] grid bits, as the next */
    int64_t *delivered;    /* [boundaries * demands] */
    ganger_wide *worth;    /* [paths] USD per tonne, unit bits, rounded down */
    ganger_wide *volume;   /* [demands] unit bits, rounded down */
    /* Of the segment at hand, [boundaries] each. */
    ganger_wide *gain, *factor;
};

static ganger_wide units(struct ganger_bench *b, double x, enum ganger_toward toward)
{
    return ganger_wide_from(x, GANGER_UNIT_BITS, toward, &b->lost);
}

/* What a done work adds when it is finished, and what it leaves while it is active. */
static void put_work(struct freight *f, int32_t w)
{
    struct ganger_bench *b = f->bench;
    const struct ganger_facts *facts = b->facts;
    const int32_t *productivity =
        facts->productivity + (int64_t)ganger_facts_calendar(facts, w) * facts->periods;
    ganger_wide gain = units(b, b->problem->works.gain[w], GANGER_DOWN);
    ganger_wide left = ganger_wide_from(b->problem->modes.factor[b->mode[w]], GANGER_RATIO_BITS,
                                        GANGER_DOWN, &b->lost);
    for (int32_t t = b->finish[w]; t <= facts->periods; t++) {
        f->gain[t] = ganger_wide_add(f->gain[t], gain, &b->lost);
    }
    for (int32_t t = b->plan->start[w]; t < b->finish[w]; t++) {
        f->factor[t] = productivity[t] > 0 && left < f->factor[t] ? left : f->factor[t];
    }
}

/* Lowers the capacity of the segment's link to what the segment carries. */
static void put_segment(struct freight *f, int32_t q)
{
    struct ganger_bench *b = f->bench;
    const struct ganger_facts *facts = b->facts;
    int32_t boundaries = facts->periods + 1, renewed = boundaries;
    ganger_wide *link = f->capacity + (int64_t)b->problem->segments.link[q] * boundaries;
    struct ganger_wear wear = ganger_wear_of(facts, q, &b->lost);
    for (int32_t t = 0; t < boundaries; t++) {
        f->gain[t] = 0;
        f->factor[t] = (ganger_wide)1 << GANGER_RATIO_BITS;
    }
    for (int32_t i = facts->first_on[q]; i < facts->first_on[q + 1]; i++) {
        int32_t w = facts->work_on[i];
        if (b->mode[w] != GANGER_NONE) {
            put_work(f, w);
            bool earlier = b->problem->works.renews[w] && b->finish[w] < renewed;
            renewed = earlier ? b->finish[w] : renewed;
        }
    }
    for (int32_t t = 0; t < boundaries; t++) {
        ganger_wide standing = t >= renewed ? wear.base_low : ganger_wear_low(&wear, t);
        ganger_wide carries =
            ganger_wide_scale(ganger_wide_add(standing, f->gain[t], &b->lost), f->factor[t],
                              GANGER_RATIO_BITS, GANGER_DOWN, &b->lost);
        link[t] = carries < link[t] ? carries : link[t];
    }
}

static void measure_capacity(struct freight *f)
{
    const struct ganger_bench *b = f->bench;
    int64_t cells = (int64_t)b->problem->links.count * (b->facts->periods + 1);
    for (int64_t i = 0; i < cells; i++) {
        f->capacity[i] = BOUNDLESS;
    }
    for (int32_t q = 0; q < b->problem->segments.count; q++) {
        put_segment(f, q);
    }
}

static void compare_capacity(struct freight *f)
{
    struct ganger_bench *b = f->bench;
    int64_t links = b->problem->links.count, boundaries = b->facts->periods + 1;
    for (int64_t i = 0; i < links * boundaries; i++) {
        double stored = b->plan->capacity[i];
        ganger_wide right = f->capacity[i % links * boundaries + i / links];
        if (right == BOUNDLESS ? !(isinf(stored) && stored > 0)
                               : !ganger_bench_near(stored, right)) {
            ganger_bench_lie(b, "capacity", "boundary %lld, link %s: %.9g, should be %.9g",
                             (long long)(i / links), b->problem->links.id[i % links], stored,
                             right == BOUNDLESS ? (double)INFINITY : ganger_bench_real(right));
            return;
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
    f->worth[path] = units(b, p->demands.value[k], GANGER_DOWN);
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
        f->worth[path] =
            ganger_wide_subtract(f->worth[path], b->facts->link_cost_high[link], &b->lost);
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

static bool add_flow(struct ganger_bench *b, int64_t *sum, int64_t level)
{
    if (__builtin_add_overflow(*sum, level, sum)) {
        b->lost = true;
        return false;
    }
    return true;
}

/* Flows are whole steps of the file's grid; what a double has beyond is left out, which is a flow too. */
static bool add_up_flows(struct freight *f)
{
    struct ganger_bench *b = f->bench;
    const struct ganger_paths *paths = &b->plan->paths;
    int64_t arcs = 2 * (int64_t)b->problem->links.count;
    for (int64_t i = 0; i < paths->flows; i++) {
        int64_t t = paths->flow_boundary[i];
        int32_t path = paths->flow_path[i];
        double stored = paths->flow_mtpa[i];
        if (t < 0 || t > b->facts->periods || path < 0 || path >= paths->count) {
            ganger_bench_lie(b, path < 0 || path >= paths->count ? "flow_path" : "flow_boundary",
                             "row %lld is of no path or boundary", (long long)i);
            return false;
        }
        if (!(stored >= 0) || !(stored < GANGER_GRID_END)) {
            ganger_bench_lie(b, "flow_mtpa", "row %lld: %.9g Mt/year", (long long)i, stored);
            return false;
        }
        int64_t level = ganger_grid_floor(stored);
        bool fits =
            add_flow(b, &f->delivered[t * b->problem->demands.count + paths->demand[path]], level);
        for (int32_t j = paths->first_arc[path]; fits && j < paths->first_arc[path + 1]; j++) {
            fits = add_flow(b, &f->flow[t * arcs + paths->arc[j]], level);
        }
        b->traffic[t] = ganger_wide_add(
            b->traffic[t],
            ganger_wide_scale(f->worth[path], level, GANGER_GRID_BITS, GANGER_DOWN, &b->lost),
            &b->lost);
        if (!fits) {
            return false;
        }
    }
    return true;
}

static ganger_wide from_grid(int64_t level)
{
    return (ganger_wide)level * GANGER_GRID_UNITS;
}

static bool check_volumes(struct freight *f, int32_t t)
{
    struct ganger_bench *b = f->bench;
    const struct ganger_demands *demands = &b->problem->demands;
    for (int32_t k = 0; k < demands->count; k++) {
        ganger_wide moved = from_grid(f->delivered[(int64_t)t * demands->count + k]);
        if (moved > f->volume[k]) {
            ganger_bench_lie(b, "flow_mtpa",
                             "demand %s at boundary %d: %.12g Mt/year on its paths, wanted %.12g",
                             demands->id[k], t, ganger_bench_real(moved),
                             ganger_bench_real(f->volume[k]));
            return false;
        }
    }
    return true;
}

static bool check_loads(struct freight *f, int32_t t)
{
    struct ganger_bench *b = f->bench;
    int64_t links = b->problem->links.count, boundaries = b->facts->periods + 1;
    for (int64_t a = 0; a < 2 * links; a++) {
        ganger_wide carried = from_grid(f->flow[2 * t * links + a]);
        ganger_wide capacity = f->capacity[a / 2 * boundaries + t];
        if (carried > capacity) {
            ganger_bench_lie(b, "flow_mtpa",
                             "link %s at boundary %d carries %.12g Mt/year, capacity %.12g",
                             b->problem->links.id[a / 2], t, ganger_bench_real(carried),
                             ganger_bench_real(capacity));
            return false;
        }
    }
    return true;
}

static void check_limits(struct freight *f)
{
    const struct ganger_facts *facts = f->bench->facts;
    int32_t next = 0;
    for (int32_t t = 0; t <= facts->periods; t++) {
        ganger_facts_volume(facts, facts->volume_low, t, &next, f->volume);
        if (!check_volumes(f, t) || !check_loads(f, t)) {
            return;
        }
    }
}

/* One finding for each array that is not what it should be; `width` entries a boundary. */
static void compare(struct ganger_bench *b, const char *column, const double *stored,
                    const int64_t *right, int64_t width)
{
    for (int64_t i = 0; i < width * (b->facts->periods + 1); i++) {
        if (!ganger_bench_near(stored[i], from_grid(right[i]))) {
            ganger_bench_lie(b, column, "boundary %lld, position %lld: %.9g, should be %.9g",
                             (long long)(i / width), (long long)(i % width), stored[i],
                             ganger_bench_real(from_grid(right[i])));
            return;
        }
    }
}

static void compare_traffic(struct ganger_bench *b)
{
    for (int32_t t = 0; t <= b->facts->periods; t++) {
        if (!ganger_bench_near(b->plan->traffic_value[t], b->traffic[t])) {
            ganger_bench_lie(b, "traffic_value", "boundary %d: %.9g, should be %.9g", t,
                             b->plan->traffic_value[t], ganger_bench_real(b->traffic[t]));
            return;
        }
    }
}

static bool open_freight(struct freight *f)
{
    const struct ganger_problem *p = f->bench->problem;
    size_t boundaries = (size_t)f->bench->facts->periods + 1;
    size_t links = (size_t)p->links.count, demands = (size_t)p->demands.count;
    f->capacity = calloc(boundaries * links + 1, sizeof *f->capacity);
    f->flow = calloc(boundaries * links * 2 + 1, sizeof *f->flow);
    f->delivered = calloc(boundaries * demands + 1, sizeof *f->delivered);
    f->worth = calloc((size_t)f->bench->plan->paths.count + 1, sizeof *f->worth);
    f->volume = calloc(demands + 1, sizeof *f->volume);
    f->gain = calloc(boundaries, sizeof *f->gain);
    f->factor = calloc(boundaries, sizeof *f->factor);
    return f->capacity && f->flow && f->delivered && f->worth && f->volume && f->gain && f->factor;
}

void ganger_bench_freight(struct ganger_bench *bench)
{
    const struct ganger_problem *p = bench->problem;
    struct freight f = {.bench = bench};
    if (!open_freight(&f)) {
        bench->short_of_memory = true;
        goto out;
    }
    measure_capacity(&f);
    compare_capacity(&f);
    if (check_paths(&f) && add_up_flows(&f)) {
        check_limits(&f);
        compare(bench, "flow", bench->plan->flow, f.flow, 2 * (int64_t)p->links.count);
        compare(bench, "delivered", bench->plan->delivered, f.delivered, p->demands.count);
        compare_traffic(bench);
    }
out:
    free(f.capacity);
    free(f.flow);
    free(f.delivered);
    free(f.worth);
    free(f.volume);
    free(f.gain);
    free(f.factor);
}
