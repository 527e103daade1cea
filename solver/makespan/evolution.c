#include "makespan/evolution.h"

#include "parallel/parallel.h"

#include <stdlib.h>
#include <string.h>

/* Members of the first epoch; generations without any slot improved that end an epoch; the most cells
 * (members x works) of a population. */
enum { first_size = 240, patience = 12, most_cells = 1 << 24 };

static bool start_epoch(struct ganger_evolution *e)
{
    for (int d = 0; d < 2; d++) {
        ganger_population_destroy(e->parents[d]);
        e->parents[d] = NULL;
    }
    ganger_population_destroy(e->young);
    e->young = ganger_population_create(e->model, e->size);
    int32_t room = 64;
    while (room < 4 * e->size) {
        room *= 2;
    }
    free(e->seen);
    e->seen = calloc((size_t)room, sizeof *e->seen);
    e->seen_room = room;
    e->epoch_rounds = 0;
    e->idle_rounds = 0;
    return e->young && e->seen;
}

struct ganger_evolution *ganger_evolution_create(const struct ganger_makespan_model *model,
                                                 uint64_t seed, int threads)
{
    size_t works = (size_t)model->works + 1;
    struct ganger_evolution *e = calloc(1, sizeof *e);
    if (!e) {
        return NULL;
    }
    e->model = model;
    e->seed = seed;
    e->threads = threads;
    e->size = first_size;
    e->makespan = INT32_MAX;
    e->start = calloc(works, sizeof *e->start);
    e->mode = calloc(works, sizeof *e->mode);
    bool ready = e->start && e->mode && start_epoch(e);
    for (int i = 0; ready && i < GANGER_EVOLUTION_WORKERS; i++) {
        e->breeder[i] = ganger_breeder_create(model);
        ready = e->breeder[i] != NULL;
    }
    if (!ready) {
        ganger_evolution_destroy(e);
        return NULL;
    }
    return e;
}

void ganger_evolution_destroy(struct ganger_evolution *evolution)
{
    if (!evolution) {
        return;
    }
    for (int i = 0; i < GANGER_EVOLUTION_WORKERS; i++) {
        ganger_breeder_destroy(evolution->breeder[i]);
    }
    ganger_population_destroy(evolution->parents[0]);
    ganger_population_destroy(evolution->parents[1]);
    ganger_population_destroy(evolution->young);
    free(evolution->seen);
    free(evolution->start);
    free(evolution->mode);
    free(evolution);
}

static void breed(int32_t index, void *context)
{
    struct ganger_evolution *e = context;
    struct ganger_breeder *b = e->breeder[index];
    int32_t first = (int32_t)((int64_t)e->size * index / GANGER_EVOLUTION_WORKERS);
    int32_t last = (int32_t)((int64_t)e->size * (index + 1) / GANGER_EVOLUTION_WORKERS);
    ganger_rng_init(&b->rng, e->seed, (uint32_t)index, (uint64_t)e->rounds);
    if (e->epoch_rounds == 0) {
        ganger_breeder_sample(b, e->young, first, last);
    } else {
        ganger_breeder_cross(b, e->parents[e->direction], e->direction, e->young, first, last);
    }
}

static enum ganger_direction other(enum ganger_direction direction)
{
    return direction == GANGER_FORWARD ? GANGER_BACKWARD : GANGER_FORWARD;
}

/* A young member that beats the best is kept forward: mirrored schedules are turned round. */
static void keep_best(struct ganger_evolution *e, enum ganger_direction direction)
{
    const struct ganger_makespan_model *m = e->model;
    int32_t best = 0;
    for (int32_t i = 1; i < e->size; i++) {
        best = e->young->cost[i] < e->young->cost[best] ? i : best;
    }
    if (e->young->cost[best] >= e->makespan) {
        return;
    }
    const int32_t *start = e->young->start + (int64_t)best * m->works;
    const int32_t *mode = ganger_population_modes(e->young, m, best);
    bool mirrored = m->mirrors && direction == GANGER_BACKWARD;
    e->makespan = e->young->makespan[best];
    for (int32_t w = 0; w < m->works; w++) {
        e->start[w] = mirrored ? e->makespan - start[w] - m->duration[mode[w]] : start[w];
        e->mode[w] = mode[w];
    }
}

/* Open addressing; 0 marks an empty place. True if the hash was there already. */
static bool see(struct ganger_evolution *e, uint64_t hash)
{
    hash = hash == 0 ? 1 : hash;
    uint32_t mask = (uint32_t)e->seen_room - 1;
    uint32_t at = (uint32_t)((hash * 0x9e3779b97f4a7c15U) >> 32) & mask;
    while (e->seen[at] != 0) {
        if (e->seen[at] == hash) {
            return true;
        }
        at = (at + 1) & mask;
    }
    e->seen[at] = hash;
    return false;
}

/* The young take their slots; returns how many of them are better than who was there. */
static int32_t settle(struct ganger_evolution *e, struct ganger_population *target)
{
    int32_t better = 0;
    memset(e->seen, 0, (size_t)e->seen_room * sizeof *e->seen);
    for (int32_t i = 0; i < e->size; i++) {
        see(e, target->hash[i]);
    }
    for (int32_t i = 0; i < e->size; i++) {
        if (e->young->cost[i] <= target->cost[i] && !see(e, e->young->hash[i])) {
            better += e->young->cost[i] < target->cost[i];
            ganger_population_copy(target, i, e->young, i);
        }
    }
    return better;
}

static bool next_epoch(struct ganger_evolution *e)
{
    int64_t cells = 2 * (int64_t)e->size * (e->model->works + 1);
    e->size = cells <= most_cells ? 2 * e->size : e->size;
    e->epoch++;
    return start_epoch(e);
}

bool ganger_evolution_round(struct ganger_evolution *evolution)
{
    struct ganger_evolution *e = evolution;
    enum ganger_direction target = e->epoch_rounds == 0 ? GANGER_FORWARD : other(e->direction);
    ganger_parallel_for(e->threads, GANGER_EVOLUTION_WORKERS, breed, e);
    e->rounds++;
    e->epoch_rounds++;
    e->schedules += e->size;
    keep_best(e, target);
    e->direction = target;
    if (!e->parents[target]) {
        e->parents[target] = e->young;
        e->young = ganger_population_create(e->model, e->size);
        return e->young != NULL;
    }
    e->idle_rounds = settle(e, e->parents[target]) > 0 ? 0 : e->idle_rounds + 1;
    return e->idle_rounds < patience || next_epoch(e);
}

void ganger_evolution_adopt(struct ganger_evolution *evolution, const int32_t *start,
                            const int32_t *mode, int32_t makespan)
{
    if (makespan < evolution->makespan) {
        size_t row = (size_t)evolution->model->works * sizeof *start;
        memcpy(evolution->start, start, row);
        memcpy(evolution->mode, mode, row);
        evolution->makespan = makespan;
    }
}
