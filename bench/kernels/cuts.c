/* The filter of price cuts: a pool as full as in a solve, evaluated, shifted and asked for its least. */
#include "freight/cuts.h"
#include "kernels/kernel.h"
#include "quality/memory.h"

#include <stdlib.h>

enum { POOL = 256, EVALUATED = 32 };

struct state {
    const struct kernel_yard *yard;
    struct ganger_cuts cuts;
    double *value; /* [POOL] */
};

/* Prices on one arc in eight, and what a demand's tonne is then worth at most. */
static void draw_prices(const struct ganger_graph *graph, struct ganger_rng *rng, double *price,
                        double *worth)
{
    for (int32_t a = 0; a < graph->arcs; a++) {
        price[a] = ganger_rng_below(rng, 8) == 0 ? 20.0 * ganger_rng_unit(rng) : 0.0;
    }
    for (int32_t k = 0; k < graph->problem->demands.count; k++) {
        worth[k] = graph->problem->demands.value[k] * ganger_rng_unit(rng);
    }
}

void *kernel_cuts_create(const struct kernel_yard *yard)
{
    struct state *state = quality_allocate(1, sizeof *state);
    struct ganger_rng rng;
    ganger_rng_init(&rng, KERNEL_SEED, 2, 0);
    state->yard = yard;
    if (!ganger_cuts_init(&state->cuts, yard->problem, POOL)) {
        quality_out_of_memory();
    }
    state->value = quality_allocate(POOL, sizeof *state->value);
    double *price = quality_allocate((size_t)yard->graph->arcs, sizeof *price);
    double *worth = quality_allocate((size_t)yard->problem->demands.count, sizeof *worth);
    for (int i = 0; i < POOL; i++) {
        draw_prices(yard->graph, &rng, price, worth);
        ganger_cuts_add(&state->cuts, yard->problem, price, worth, i);
    }
    free(price);
    free(worth);
    return state;
}

void kernel_cuts_destroy(void *opaque)
{
    struct state *state = opaque;
    ganger_cuts_clear(&state->cuts);
    free(state->value);
    free(state);
}

static void evaluate(struct state *state, int32_t t)
{
    const struct ganger_problem *p = state->yard->problem;
    ganger_cuts_evaluate(&state->cuts, p->demands.step_at[t],
                         state->yard->capacity + (int64_t)t * p->links.count, 1, state->value);
}

bool kernel_cuts_evaluate_run(void *opaque, struct kernel_tally *tally)
{
    struct state *state = opaque;
    for (int32_t i = 0; i < EVALUATED; i++) {
        evaluate(state, (int32_t)((int64_t)i * state->yard->problem->time.periods / EVALUATED));
        kernel_digest(tally, state->value, POOL * sizeof *state->value);
    }
    tally->items = EVALUATED;
    return true;
}

bool kernel_cuts_least_run(void *opaque, struct kernel_tally *tally)
{
    struct state *state = opaque;
    int32_t links = state->yard->problem->links.count;
    evaluate(state, 0);
    for (int32_t l = 0; l < links; l++) {
        for (int sign = -1; sign <= 1; sign += 2) {
            double least = ganger_cuts_least(&state->cuts, l, sign, state->value);
            kernel_digest(tally, &least, sizeof least);
        }
    }
    tally->items = 2 * (int64_t)links;
    return true;
}

bool kernel_cuts_shift_run(void *opaque, struct kernel_tally *tally)
{
    struct state *state = opaque;
    int32_t links = state->yard->problem->links.count;
    evaluate(state, 0);
    for (int32_t l = 0; l < links; l++) {
        ganger_cuts_shift(&state->cuts, l, 0.5, state->value);
        ganger_cuts_shift(&state->cuts, l, -0.25, state->value);
    }
    tally->items = 2 * (int64_t)links;
    kernel_digest(tally, state->value, POOL * sizeof *state->value);
    return true;
}
