#include "makespan/breeding.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    /* Members of the opening: for 120 works and fewer `opening`, falling with the power 1.5 of the works. */
    int32_t opening, least, most;
    /* Members for a number of schedules: its square root times this, falling with the works. */
    double crowd, crowd_with_modes;
    /* Share of stirs: for 120 works so many, falling with the works. */
    double stirred, stirred_if_warm, most_stirred, stirred_with_modes;
    /* Who lets worse young in can do with shorter intervals and larger stirs. */
    struct ganger_manner cold, warm;
    double hot; /* the temperature to begin with, in mean durations; none with several modes */
} plan = {.opening = 240,
          .least = 32,
          .most = 1024,
          .crowd = 1.1,
          .crowd_with_modes = 0.7,
          .stirred = 0.2,
          .stirred_if_warm = 0.3,
          .most_stirred = 0.5,
          .stirred_with_modes = 0.35,
          .cold = {.shortest = 0.05, .longest = 0.30, .stirred = 3, .reach = 0.25},
          .warm = {.shortest = 0.03, .longest = 0.22, .stirred = 5, .reach = 0.25},
          .hot = 0.7};

/* A whole number of groups. */
static int32_t whole(double members)
{
    double bounded = fmax(fmin(members, plan.most), plan.least);
    return (int32_t)bounded / GANGER_SERIAL_GROUP * GANGER_SERIAL_GROUP;
}

static double smallness(const struct ganger_makespan_model *model)
{
    return 120.0 / fmax(model->works, 120);
}

static bool make_room(struct ganger_breeding *breeding, int32_t size)
{
    breeding->size = size;
    breeding->seen_room = 4; /* a power of two, four times the members and more */
    while (breeding->seen_room < 4 * size) {
        breeding->seen_room *= 2;
    }
    free(breeding->seen);
    ganger_population_destroy(breeding->young);
    breeding->seen = calloc((size_t)breeding->seen_room, sizeof *breeding->seen);
    breeding->young = ganger_population_create(breeding->model, size);
    return breeding->seen && breeding->young;
}

bool ganger_breeding_init(struct ganger_breeding *breeding,
                          const struct ganger_makespan_model *model)
{
    double small = smallness(model);
    *breeding = (struct ganger_breeding){.model = model};
    return make_room(breeding, whole(plan.opening * small * sqrt(small)));
}

void ganger_breeding_clear(struct ganger_breeding *breeding)
{
    ganger_population_destroy(breeding->parents[0]);
    ganger_population_destroy(breeding->parents[1]);
    ganger_population_destroy(breeding->seeds);
    ganger_population_destroy(breeding->young);
    free(breeding->seen);
    *breeding = (struct ganger_breeding){0};
}

bool ganger_breeding_enlarge(struct ganger_breeding *breeding, double schedules)
{
    struct ganger_breeding *b = breeding;
    double crowd = b->model->several ? plan.crowd_with_modes : plan.crowd;
    int32_t size = whole(crowd * sqrt(schedules) * smallness(b->model));
    if (size <= b->size) {
        return true;
    }
    ganger_population_destroy(b->seeds);
    ganger_population_destroy(b->parents[GANGER_BACKWARD]);
    b->seeds = b->parents[GANGER_FORWARD];
    b->parents[0] = b->parents[1] = NULL;
    b->idle_rounds = 0;
    return make_room(b, size);
}

/* The share of the young with one parent. */
static double stirred_share(const struct ganger_breeding *b)
{
    double share = b->temperature > 0 ? plan.stirred_if_warm : plan.stirred;
    double works = fmax(b->model->works, 1);
    return b->model->several ? plan.stirred_with_modes
                             : fmin(share * 120 / works, plan.most_stirred);
}

void ganger_breeding_work(struct ganger_breeding *breeding, struct ganger_breeder *breeder,
                          int32_t worker, int32_t workers)
{
    struct ganger_breeding *b = breeding;
    int32_t groups = b->size / GANGER_SERIAL_GROUP;
    int32_t first = groups * worker / workers * GANGER_SERIAL_GROUP;
    int32_t last = groups * (worker + 1) / workers * GANGER_SERIAL_GROUP;
    bool sampled = !b->parents[GANGER_FORWARD];
    breeder->manner = b->temperature > 0 ? plan.warm : plan.cold;
    if (sampled) {
        ganger_breeder_sample(breeder, b->young, first, last);
    } else {
        ganger_breeder_cross(breeder, b->parents[b->direction], b->direction, stirred_share(b),
                             b->young, first, last);
    }
}

/* Open addressing; 0 marks an empty place. True if the hash was there already. */
static bool see(struct ganger_breeding *b, uint64_t hash)
{
    hash = hash == 0 ? 1 : hash;
    uint32_t mask = (uint32_t)b->seen_room - 1;
    uint32_t at = (uint32_t)((hash * 0x9e3779b97f4a7c15U) >> 32) & mask;
    while (b->seen[at] != 0) {
        if (b->seen[at] == hash) {
            return true;
        }
        at = (at + 1) & mask;
    }
    b->seen[at] = hash;
    return false;
}

/* Returns how many of the young are better than who was there. */
static int32_t replace(struct ganger_breeding *b, struct ganger_population *target,
                       struct ganger_rng *rng)
{
    int32_t better = 0;
    memset(b->seen, 0, (size_t)b->seen_room * sizeof *b->seen);
    for (int32_t i = 0; i < b->size; i++) {
        see(b, target->hash[i]);
    }
    for (int32_t i = 0; i < b->size; i++) {
        int64_t more =
            b->temperature > 0 ? (int64_t)(b->temperature * ganger_rng_exponential(rng)) : 0;
        if (b->young->cost[i] <= target->cost[i] + more && !see(b, b->young->hash[i])) {
            better += b->young->cost[i] < target->cost[i];
            ganger_population_copy(target, i, b->young, i);
        }
    }
    return better;
}

/* Members of the smaller population among those sampled anew. */
static void sow(struct ganger_breeding *b)
{
    for (int32_t i = 0; b->seeds && i < b->seeds->size; i++) {
        ganger_population_copy(b->young, i, b->seeds, i);
    }
    ganger_population_destroy(b->seeds);
    b->seeds = NULL;
}

enum ganger_direction ganger_breeding_target(const struct ganger_breeding *breeding)
{
    bool backward = breeding->parents[GANGER_FORWARD] && breeding->direction == GANGER_FORWARD;
    return backward ? GANGER_BACKWARD : GANGER_FORWARD;
}

void ganger_breeding_cool(struct ganger_breeding *breeding, double progress)
{
    const struct ganger_makespan_model *m = breeding->model;
    double hot = m->several ? 0 : plan.hot * ganger_makespan_mean_duration(m);
    breeding->temperature = hot * fmax(1 - progress, 0);
}

bool ganger_breeding_settle(struct ganger_breeding *breeding, struct ganger_rng *rng)
{
    struct ganger_breeding *b = breeding;
    enum ganger_direction target = ganger_breeding_target(b);
    b->direction = target;
    if (!b->parents[target]) {
        sow(b);
        b->parents[target] = b->young;
        b->young = ganger_population_create(b->model, b->size);
        return b->young != NULL;
    }
    b->idle_rounds = replace(b, b->parents[target], rng) > 0 ? 0 : b->idle_rounds + 1;
    return true;
}
