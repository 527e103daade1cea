/*
 * Prices of line capacity: the period LPs at the average plan's capacities. The price of a link goes to its
 * weakest segment, where the LP's own bound stays exact; averages of prices prove averages of bounds.
 */
#include "relax/internal.h"

#include "parallel/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct block_scratch {
    double *capacity; /* [links] */
    int32_t *weakest; /* [links] segments */
    struct ganger_traffic traffic;
};

struct job {
    struct ganger_relaxation *relaxation;
};

static bool scratch_init(struct block_scratch *s, const struct ganger_relaxation *r)
{
    size_t links = (size_t)r->problem->links.count + 1;
    s->capacity = malloc(links * sizeof *s->capacity);
    s->weakest = malloc(links * sizeof *s->weakest);
    s->traffic.flow = malloc(2 * links * sizeof(double));
    s->traffic.price = malloc(2 * links * sizeof(double));
    s->traffic.worth = NULL;
    return s->capacity && s->weakest && s->traffic.flow && s->traffic.price;
}

static void scratch_clear(struct block_scratch *s)
{
    free(s->capacity);
    free(s->weakest);
    free(s->traffic.flow);
    free(s->traffic.price);
}

static void find_weakest(const struct ganger_relaxation *r, int32_t t, struct block_scratch *s)
{
    const struct ganger_links *links = &r->problem->links;
    for (int32_t l = 0; l < links->count; l++) {
        s->capacity[l] = INFINITY;
        for (int32_t i = links->first_segment[l]; i < links->first_segment[l + 1]; i++) {
            int32_t q = links->segment_list[i];
            double capacity = r->average.capacity[(int64_t)q * r->boundaries + t];
            if (capacity < s->capacity[l]) {
                s->capacity[l] = capacity;
                s->weakest[l] = q;
            }
        }
        s->capacity[l] = fmax(0, s->capacity[l]);
    }
}

static void blend_prices(struct ganger_relaxation *r, int32_t t, const struct block_scratch *s)
{
    int64_t width = 2 * (int64_t)r->problem->segments.count;
    double *price = r->segment_price + t * width;
    for (int64_t i = 0; i < width; i++) {
        price[i] *= 1.0 - r->blend;
    }
    for (int32_t l = 0; l < r->problem->links.count; l++) {
        price[2 * (int64_t)s->weakest[l]] += r->blend * s->traffic.price[2 * l];
        price[2 * (int64_t)s->weakest[l] + 1] += r->blend * s->traffic.price[2 * l + 1];
    }
    r->constant[t] += r->blend * (s->traffic.constant - r->constant[t]);
}

static void price_block(int32_t block, void *context)
{
    struct job *job = context;
    struct ganger_relaxation *r = job->relaxation;
    const struct ganger_problem *p = r->problem;
    struct ganger_traffic_solver solver;
    struct block_scratch s;
    r->block_failed[block] = true;
    r->block_ticks[block] = 0;
    if (!scratch_init(&s, r)) {
        scratch_clear(&s);
        return;
    }
    if (!ganger_traffic_open(&solver, r->graph, &r->pools[block])) {
        scratch_clear(&s);
        return;
    }
    bool solved = true;
    int32_t from = (int32_t)((int64_t)r->boundaries * block / GANGER_RELAX_TIME_BLOCKS);
    int32_t to = (int32_t)((int64_t)r->boundaries * (block + 1) / GANGER_RELAX_TIME_BLOCKS);
    for (int32_t t = from; solved && t < to; t++) {
        if (ganger_relax_interrupted(r)) {
            solved = false;
            break;
        }
        find_weakest(r, t, &s);
        const double *volume =
            p->demands.volume + (int64_t)p->demands.step_at[t] * p->demands.count;
        solved = ganger_traffic_solve(&solver, volume, s.capacity, &s.traffic);
        if (solved) {
            blend_prices(r, t, &s);
        }
    }
    if (solved) {
        ganger_traffic_keep_basis(&solver);
    }
    r->block_failed[block] = !solved;
    r->block_ticks[block] = solver.ticks;
    ganger_traffic_close(&solver);
    scratch_clear(&s);
}

/* worth = w_t * price of both directions: what a Mt/yr of the segment is worth over period t. */
static void measure_worth(struct ganger_relaxation *r)
{
    int64_t segments = r->problem->segments.count;
    for (int64_t q = 0; q < segments; q++) {
        for (int32_t t = 0; t < r->boundaries; t++) {
            const double *price = r->segment_price + t * 2 * segments + 2 * q;
            r->worth[q * r->boundaries + t] = r->problem->time.weight[t] * (price[0] + price[1]);
        }
    }
}

bool ganger_relax_price_traffic(struct ganger_relaxation *relaxation, int threads, int64_t *ticks)
{
    struct job job = {relaxation};
    ganger_parallel_for(threads, GANGER_RELAX_TIME_BLOCKS, price_block, &job);
    for (int i = 0; i < GANGER_RELAX_TIME_BLOCKS; i++) {
        *ticks += relaxation->block_ticks[i];
        relaxation->failed = relaxation->failed || relaxation->block_failed[i];
    }
    measure_worth(relaxation);
    return !relaxation->failed;
}
