#include "relax/blocks.h"

#include <stdlib.h>

static bool allocate(struct ganger_blocks *blocks, const struct ganger_problem *problem)
{
    size_t width = (size_t)blocks->width, boundaries = (size_t)problem->time.periods + 1;
    blocks->first = calloc((size_t)blocks->count + 1, sizeof *blocks->first);
    blocks->of = calloc(boundaries, sizeof *blocks->of);
    blocks->next = calloc(boundaries + 1, sizeof *blocks->next);
    blocks->weight = calloc(width, sizeof *blocks->weight);
    blocks->share = calloc(boundaries, sizeof *blocks->share);
    blocks->on = calloc(((size_t)problem->calendars.count + 1) * width, sizeof *blocks->on);
    blocks->demand = calloc(((size_t)problem->demands.count + 1) * width, sizeof *blocks->demand);
    return blocks->first && blocks->of && blocks->next && blocks->weight && blocks->share &&
           blocks->on && blocks->demand;
}

static void weigh(struct ganger_blocks *blocks, const struct ganger_problem *problem)
{
    int32_t width = blocks->width, demands = problem->demands.count;
    for (int32_t t = 0; t <= problem->time.periods; t++) {
        blocks->weight[blocks->of[t]] += problem->time.weight[t];
    }
    for (int32_t b = 0; b < width; b++) { /* nothing divides by zero */
        blocks->weight[b] = blocks->weight[b] > 0 ? blocks->weight[b] : 1;
    }
    for (int32_t t = 0; t <= problem->time.periods; t++) {
        int32_t b = blocks->of[t];
        const double *volume =
            problem->demands.volume + (int64_t)problem->demands.step_at[t] * demands;
        blocks->share[t] = problem->time.weight[t] / blocks->weight[b];
        for (int32_t k = 0; k < demands; k++) {
            blocks->demand[(int64_t)k * width + b] += blocks->share[t] * volume[k];
        }
    }
}

bool ganger_blocks_init(struct ganger_blocks *blocks, const struct ganger_problem *problem,
                        int32_t most)
{
    int32_t periods = problem->time.periods, inner = most - 1 < periods ? most - 1 : periods;
    *blocks = (struct ganger_blocks){.count = inner + 1};
    blocks->width =
        (blocks->count + GANGER_BLOCKS_LANES - 1) / GANGER_BLOCKS_LANES * GANGER_BLOCKS_LANES;
    if (!allocate(blocks, problem)) {
        ganger_blocks_clear(blocks);
        return false;
    }
    for (int32_t b = 0; b < inner; b++) {
        blocks->first[b] = (int32_t)((int64_t)periods * b / inner);
    }
    blocks->first[inner] = periods;
    blocks->first[inner + 1] = periods + 1;
    for (int32_t b = 0; b < blocks->count; b++) {
        for (int32_t t = blocks->first[b]; t < blocks->first[b + 1]; t++) {
            blocks->of[t] = b;
        }
    }
    for (int32_t t = 0; t <= periods + 1; t++) {
        int32_t b = t <= periods ? blocks->of[t] : inner;
        blocks->next[t] = b + (b < inner && blocks->first[b] < t);
    }
    weigh(blocks, problem);
    for (int32_t row = 0; row <= problem->calendars.count; row++) {
        const uint8_t *productivity = problem->calendars.productivity + (int64_t)row * periods;
        for (int32_t t = 0; t < periods; t++) {
            blocks->on[(int64_t)row * blocks->width + blocks->of[t]] += productivity[t] > 0;
        }
    }
    return true;
}

double ganger_blocks_capacity(const struct ganger_blocks *blocks,
                              const struct ganger_problem *problem, int32_t renewable, int32_t b)
{
    const int32_t *first = blocks->first;
    double sum = 0, any = 0;
    for (int32_t t = first[b]; t < first[b + 1] && t < problem->time.periods; t++) {
        int32_t capacity =
            problem->resources.capacity[(int64_t)renewable * problem->time.periods + t];
        sum += capacity;
        any += capacity > 0;
    }
    return any > 0 ? sum / any : 0;
}

void ganger_blocks_clear(struct ganger_blocks *blocks)
{
    free(blocks->first);
    free(blocks->of);
    free(blocks->next);
    free(blocks->weight);
    free(blocks->share);
    free(blocks->on);
    free(blocks->demand);
    *blocks = (struct ganger_blocks){0};
}
