#include "makespan/population.h"

#include "base/block.h"
#include "makespan/modes.h"

#include <stdlib.h>
#include <string.h>

struct ganger_population *ganger_population_create(const struct ganger_makespan_model *model,
                                                   int32_t size)
{
    size_t cells = (size_t)size * (size_t)model->works + 1, rows = (size_t)size + 1;
    struct ganger_population *p = NULL;
    struct ganger_block_piece self = {&p, sizeof *p};
    if (!ganger_block_create(&self, 1)) {
        return NULL;
    }
    struct ganger_block_piece pieces[] = {
        {&p->start, cells * sizeof *p->start}, {&p->makespan, rows * sizeof *p->makespan},
        {&p->cost, rows * sizeof *p->cost},    {&p->hash, rows * sizeof *p->hash},
        {&p->mode, cells * sizeof *p->mode},
    };
    p->size = size;
    p->works = model->works;
    p->block = ganger_block_create(pieces, model->several ? 5 : 4);
    if (!p->block) {
        free(p);
        return NULL;
    }
    return p;
}

void ganger_population_destroy(struct ganger_population *population)
{
    if (population) {
        free(population->block);
        free(population);
    }
}

const int32_t *ganger_population_modes(const struct ganger_population *population,
                                       const struct ganger_makespan_model *model, int32_t member)
{
    return population->mode ? population->mode + (int64_t)member * population->works
                            : model->first_mode;
}

void ganger_population_copy(struct ganger_population *to, int32_t at,
                            const struct ganger_population *from, int32_t member)
{
    size_t row = (size_t)to->works * sizeof *to->start;
    int64_t there = (int64_t)at * to->works, here = (int64_t)member * to->works;
    memcpy(to->start + there, from->start + here, row);
    if (to->mode) {
        memcpy(to->mode + there, from->mode + here, row);
    }
    to->makespan[at] = from->makespan[member];
    to->cost[at] = from->cost[member];
    to->hash[at] = from->hash[member];
}

void ganger_population_turn(struct ganger_population *population,
                            const struct ganger_makespan_model *model, int32_t member)
{
    int32_t *start = population->start + (int64_t)member * population->works;
    const int32_t *mode = ganger_population_modes(population, model, member);
    for (int32_t w = 0; model->mirrors && w < population->works; w++) {
        start[w] = population->makespan[member] - start[w] - model->duration[mode[w]];
    }
}

/* A multiplier that differs from work to work, odd. */
static uint64_t factor(int32_t work)
{
    uint64_t x = (uint64_t)work * 0x9e3779b97f4a7c15U;
    return (x ^ (x >> 29)) | 1;
}

/* Half the periods that the renewable most in demand would be busy for, if in full: of schedules as long, modes that
 * ask for less are nearer to a shorter one. */
static int64_t tie(const struct ganger_makespan_model *m, const int32_t *mode)
{
    int32_t renewables = m->problem->resources.renewables;
    int64_t most = 0;
    for (int32_t r = 0; r < renewables; r++) {
        int64_t sum = 0;
        for (int32_t w = 0; w < m->works; w++) {
            sum += m->energy[(int64_t)mode[w] * renewables + r];
        }
        most = sum > most ? sum : most;
    }
    return GANGER_POPULATION_SCALE * most / (2 * GANGER_MAKESPAN_ENERGY);
}

bool ganger_population_sound(const struct ganger_population *population, int32_t member)
{
    return population->makespan[member] < INT32_MAX &&
           population->cost[member] < GANGER_POPULATION_UNSOUND;
}

void ganger_population_rate(struct ganger_population *population,
                            const struct ganger_makespan_model *model, int32_t member)
{
    const int32_t *mode = ganger_population_modes(population, model, member);
    int64_t excess = model->consumables > 0 ? ganger_modes_excess(model, mode) : 0;
    int64_t cost = population->makespan[member];
    if (model->several) {
        cost = cost * GANGER_POPULATION_SCALE + tie(model, mode);
    }
    population->cost[member] = cost + (excess > 0 ? (excess + 1) * GANGER_POPULATION_UNSOUND : 0);
}

void ganger_population_sign(struct ganger_population *population,
                            const struct ganger_makespan_model *model, int32_t member)
{
    const int32_t *start = population->start + (int64_t)member * population->works;
    const int32_t *mode = ganger_population_modes(population, model, member);
    uint64_t hash = 0;
    for (int32_t w = 0; w < population->works; w++) {
        hash += factor(w) * (((uint64_t)(uint32_t)start[w] << 20) + (uint32_t)mode[w] + 1);
    }
    population->hash[member] = hash;
}
