#include "makespan/evolution.h"

#include "parallel/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Generations at most, and without any slot improved, before annealing takes over. Several modes are found
 * faster by breeding. */
enum { generations = 24, generations_with_modes = 600, patience = 12 };
/* Ticks within which the speed is not yet seen well. */
static const int64_t little = 3000000;
/* Members: for 120 works and fewer as many as `most`, falling with the power 1.5 of the works. */
enum { most_members = 240, least_members = 32 };

/* A whole number of groups. */
static int32_t size_for(const struct ganger_makespan_model *model)
{
    double scale = 120.0 / fmax(model->works, 120);
    int32_t size =
        (int32_t)(most_members * scale * sqrt(scale)); /* exact everywhere, unlike powers */
    size = size / GANGER_SERIAL_GROUP * GANGER_SERIAL_GROUP;
    return size < least_members ? least_members : size;
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
    e->size = size_for(model);
    ganger_annealing_init(&e->annealing, model);
    e->makespan = INT32_MAX;
    e->start = calloc(works, sizeof *e->start);
    e->mode = calloc(works, sizeof *e->mode);
    e->seen_room = 1024; /* a power of two, four times the members and more */
    e->seen = calloc((size_t)e->seen_room, sizeof *e->seen);
    e->young = ganger_population_create(model, e->size);
    bool ready = e->start && e->mode && e->seen && e->young;
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
    ganger_annealing_clear(&evolution->annealing);
    free(evolution->seen);
    free(evolution->start);
    free(evolution->mode);
    free(evolution);
}

/* The share of a logical worker: whole groups. */
static void work(int32_t index, void *context)
{
    struct ganger_evolution *e = context;
    struct ganger_breeder *b = e->breeder[index];
    int32_t groups = e->size / GANGER_SERIAL_GROUP;
    int32_t first = groups * index / GANGER_EVOLUTION_WORKERS * GANGER_SERIAL_GROUP;
    int32_t last = groups * (index + 1) / GANGER_EVOLUTION_WORKERS * GANGER_SERIAL_GROUP;
    ganger_rng_init(&b->rng, e->seed, (uint32_t)index, (uint64_t)e->rounds);
    if (e->annealed) {
        ganger_annealing_work(&e->annealing, b, index, GANGER_EVOLUTION_WORKERS);
    } else if (e->rounds == 0) {
        ganger_breeder_sample(b, e->young, first, last);
    } else {
        ganger_breeder_cross(b, e->parents[e->direction], e->direction, e->young, first, last);
    }
}

static enum ganger_direction other(enum ganger_direction direction)
{
    return direction == GANGER_FORWARD ? GANGER_BACKWARD : GANGER_FORWARD;
}

/* A member that beats the best is kept forward: mirrored schedules are turned round. */
static void keep_best(struct ganger_evolution *e, const struct ganger_population *from,
                      enum ganger_direction direction)
{
    const struct ganger_makespan_model *m = e->model;
    int32_t best = 0;
    for (int32_t i = 1; i < from->size; i++) {
        best = from->cost[i] < from->cost[best] ? i : best;
    }
    if (from->cost[best] >= e->makespan) {
        return;
    }
    const int32_t *start = from->start + (int64_t)best * m->works;
    const int32_t *mode = ganger_population_modes(from, m, best);
    bool mirrored = m->mirrors && direction == GANGER_BACKWARD;
    e->makespan = from->makespan[best];
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

static void count_schedules(struct ganger_evolution *e)
{
    e->schedules = 0;
    for (int i = 0; i < GANGER_EVOLUTION_WORKERS; i++) {
        e->schedules += e->breeder[i]->schedules;
    }
}

static bool breed(struct ganger_evolution *e)
{
    enum ganger_direction target = e->rounds == 0 ? GANGER_FORWARD : other(e->direction);
    ganger_parallel_for(e->threads, GANGER_EVOLUTION_WORKERS, work, e);
    e->rounds++;
    keep_best(e, e->young, target);
    e->direction = target;
    if (!e->parents[target]) {
        e->parents[target] = e->young;
        e->young = ganger_population_create(e->model, e->size);
        return e->young != NULL;
    }
    e->idle_rounds = settle(e, e->parents[target]) > 0 ? 0 : e->idle_rounds + 1;
    int32_t most = e->model->several ? generations_with_modes : generations;
    e->annealed = e->idle_rounds >= patience || e->rounds >= most;
    return !e->annealed || ganger_annealing_remember(&e->annealing, e->parents[target], target);
}

int64_t ganger_evolution_warm_up(int64_t pace)
{
    int64_t least = pace / GANGER_EVOLUTION_WARM_UP, most = pace / GANGER_EVOLUTION_SHORT_WARM_UP;
    return least > little ? least : most < little ? most : little;
}

int64_t ganger_evolution_least_pace(int64_t now)
{
    return (now + 1) * (now < little ? GANGER_EVOLUTION_SHORT_WARM_UP : GANGER_EVOLUTION_WARM_UP);
}

/* Cycles as long as all that was before, until the warm-up is over; then one that ends at the pace.
 * If there is time after that, its members are warmed up again and again, each time for longer. */
static bool next_cycle(struct ganger_evolution *e, int64_t now, int64_t pace)
{
    struct ganger_annealing *a = &e->annealing;
    bool main_one = !e->cooled && pace > now && now >= ganger_evolution_warm_up(pace);
    if (!main_one && a->members && now < a->end) {
        return true;
    }
    if (e->cooled) {
        ganger_annealing_reheat(a, now, now + now / 4);
        return true;
    }
    e->cooled = main_one;
    return (!a->members || ganger_annealing_remember(a, a->members, GANGER_FORWARD)) &&
           ganger_annealing_begin(a, now, main_one ? pace : 2 * now);
}

static bool anneal(struct ganger_evolution *e, int64_t now, int64_t pace)
{
    if (!next_cycle(e, now, pace)) {
        return false;
    }
    ganger_annealing_prepare(&e->annealing, now);
    ganger_parallel_for(e->threads, GANGER_EVOLUTION_WORKERS, work, e);
    e->annealing.fresh = false;
    e->rounds++;
    keep_best(e, e->annealing.members, GANGER_FORWARD);
    for (int i = 0; i < GANGER_EVOLUTION_WORKERS; i++) {
        keep_best(e, e->breeder[i]->best, e->breeder[i]->best_direction);
    }
    return true;
}

bool ganger_evolution_round(struct ganger_evolution *evolution, int64_t now, int64_t pace)
{
    bool ready = evolution->annealed ? anneal(evolution, now, pace) : breed(evolution);
    count_schedules(evolution);
    return ready;
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
