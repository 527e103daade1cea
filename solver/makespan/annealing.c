#include "makespan/annealing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    double crowd;     /* members: the square root of a cycle's schedules, divided by this */
    int32_t multiple; /* of members: equal shares on two threads; short cycles are best with few */
    /* In a round, of each member on average: the more, the less threads wait for each other; few where schedules are
     * counted, so that the limit is kept closely. */
    int32_t steps, counted_steps;
    /* Share of children that have a father: as many of a member's as this by the square of the works - so the
     * fewer the longer the cycle is - but at least and at most so large a share. Too many, and members are soon all
     * alike. Several modes are best handed on. */
    double fathers_per_work_squared, least_father_per_work, most_father, father_with_modes;
    double hot, hot_with_modes, cold; /* temperatures in mean durations */
    /* Reach of stirs, hot and cold: what is cold has little use for large changes. With so many schedules by the cube
     * of the works, and more, that wins nothing, and they stay far. */
    double far, near, ample_by_cube;
    double shortest, longest; /* intervals of fathers, as shares of their makespans */
    int32_t stirred;          /* works that a stir looks at */
    double reheated,
        bred; /* shares of the way back to hot for members that were cold, and that were bred */
    int32_t elders;
} plan = {.crowd = 30,
          .multiple = 8,
          .steps = 48,
          .counted_steps = 16,
          .fathers_per_work_squared = 1.0 / 15,
          .least_father_per_work = 1.0 / 2000,
          .most_father = 0.5,
          .father_with_modes = 0.30,
          .hot = 0.28,
          .hot_with_modes = 0.12,
          .cold = 0.028,
          .far = 1.0 / 4,
          .near = 1.0 / 32,
          .ample_by_cube = 0.15,
          .shortest = 0.05,
          .longest = 0.30,
          .stirred = 3,
          .reheated = 0.6,
          .bred = 0.5,
          .elders = 64};

void ganger_annealing_init(struct ganger_annealing *annealing,
                           const struct ganger_makespan_model *model)
{
    double mean = ganger_makespan_mean_duration(model);
    *annealing = (struct ganger_annealing){.model = model};
    double hot = model->several ? plan.hot_with_modes : plan.hot;
    annealing->hot = fmax(hot * mean, 0.2);
    annealing->cold = annealing->hot * (plan.cold / hot);
}

void ganger_annealing_clear(struct ganger_annealing *annealing)
{
    ganger_population_destroy(annealing->members);
    ganger_population_destroy(annealing->frozen);
    ganger_population_destroy(annealing->elders);
    *annealing = (struct ganger_annealing){0};
}

bool ganger_annealing_remember(struct ganger_annealing *annealing,
                               const struct ganger_population *population,
                               enum ganger_direction direction)
{
    int32_t count = population->size < plan.elders ? population->size : plan.elders;
    ganger_population_destroy(annealing->elders);
    annealing->elders = ganger_population_create(annealing->model, count);
    annealing->gathered = false;
    for (int32_t i = 0; annealing->elders && i < count; i++) {
        ganger_population_copy(annealing->elders, i, population, i);
        if (direction == GANGER_BACKWARD) {
            ganger_population_turn(annealing->elders, annealing->model, i);
        }
    }
    return annealing->elders != NULL;
}

static int32_t best_of(const struct ganger_population *population)
{
    int32_t best = 0;
    for (int32_t i = 1; i < population->size; i++) {
        best = population->cost[i] < population->cost[best] ? i : best;
    }
    return best;
}

/* The place of one more elder: the last one, or that of the worst if there is no room. */
static int32_t place_for(struct ganger_population *elders)
{
    if (elders->size < plan.elders) {
        return elders->size++;
    }
    int32_t worst = 0;
    for (int32_t i = 1; i < elders->size; i++) {
        worst = elders->cost[i] > elders->cost[worst] ? i : worst;
    }
    return worst;
}

bool ganger_annealing_gather(struct ganger_annealing *annealing)
{
    struct ganger_annealing *a = annealing;
    if (!a->gathered) {
        ganger_population_destroy(a->elders);
        a->elders = ganger_population_create(a->model, plan.elders);
        if (!a->elders) {
            return false;
        }
        a->elders->size = 0;
        a->gathered = true;
    }
    ganger_population_copy(a->elders, place_for(a->elders), a->members, best_of(a->members));
    return true;
}

/* Members come from elsewhere. */
static void forget(struct ganger_annealing *a)
{
    for (int32_t i = 0; i < GANGER_ANNEALING_MOST; i++) {
        a->state[i] = (struct ganger_steps_member){
            (uint8_t)ganger_breeder_target(a->model, GANGER_FORWARD), GANGER_STEPS_UNKNOWN};
    }
}

bool ganger_annealing_begin(struct ganger_annealing *annealing, int64_t now, int64_t end)
{
    struct ganger_annealing *a = annealing;
    double schedules = (double)(end > now ? end - now : 0) / (a->model->works + 1);
    int32_t size = (int32_t)(sqrt(schedules) / plan.crowd) / plan.multiple * plan.multiple;
    size = size > GANGER_ANNEALING_MOST ? GANGER_ANNEALING_MOST : size;
    size = size < plan.multiple ? plan.multiple : size;
    ganger_population_destroy(a->members);
    ganger_population_destroy(a->frozen);
    a->members = ganger_population_create(a->model, size);
    a->frozen = ganger_population_create(a->model, size);
    double steps = fmax(schedules / size, 1), works = a->model->works;
    bool ample = schedules >= plan.ample_by_cube * works * works * works;
    a->near = a->model->several || ample ? plan.far : plan.near;
    double father = fmax(plan.fathers_per_work_squared * works * works / steps,
                         plan.least_father_per_work * works);
    a->father = a->model->several ? plan.father_with_modes : fmin(father, plan.most_father);
    forget(a);
    a->began = now;
    a->end = end;
    a->fresh = true;
    a->alone = false;
    a->warmth = 1;
    return a->members && a->frozen;
}

bool ganger_annealing_begin_from(struct ganger_annealing *annealing, int64_t now, int64_t end,
                                 const struct ganger_population *population,
                                 enum ganger_direction direction)
{
    struct ganger_annealing *a = annealing;
    bool *taken = calloc((size_t)population->size, sizeof *taken);
    if (!taken || !ganger_annealing_begin(a, now, end)) {
        free(taken);
        return false;
    }
    int32_t wanted = a->members->size;
    for (int32_t i = 0; wanted <= population->size && i < wanted; i++) {
        int32_t best = -1;
        for (int32_t k = 0; k < population->size; k++) {
            bool better = best < 0 || population->cost[k] < population->cost[best];
            best = !taken[k] && better ? k : best;
        }
        taken[best] = true;
        ganger_population_copy(a->members, i, population, best);
        if (direction == GANGER_BACKWARD) {
            ganger_population_turn(a->members, a->model, i);
        }
        a->fresh = false;
        a->warmth = plan.bred;
    }
    free(taken);
    return true;
}

void ganger_annealing_reheat(struct ganger_annealing *annealing, int64_t now, int64_t end)
{
    forget(annealing);
    annealing->began = now;
    annealing->end = end;
    annealing->warmth = plan.reheated;
}

/* hot * (cold / hot)^share, by square roots. */
static double cooled(double hot, double cold, double share)
{
    double root = cold / hot, result = hot;
    for (int bit = 0; bit < 20; bit++) {
        root = sqrt(root);
        share *= 2;
        if (share >= 1) {
            share -= 1;
            result *= root;
        }
    }
    return result;
}

void ganger_annealing_prepare(struct ganger_annealing *annealing, int64_t now)
{
    struct ganger_annealing *a = annealing;
    for (int32_t i = 0; !a->fresh && i < a->members->size; i++) {
        ganger_population_copy(a->frozen, i, a->members, i);
    }
    a->progress = a->end > now ? (double)(now - a->began) / (double)(a->end - a->began) : 1;
    double coldness = 1 - a->warmth * (1 - a->progress);
    a->temperature = cooled(a->hot, a->cold, coldness);
    a->reach = cooled(plan.far, a->near, coldness);
}

/* True if every member of the group has a schedule to work on. */
static bool sound(const struct ganger_annealing *a, int32_t first, int32_t count)
{
    for (int32_t q = 0; q < count; q++) {
        if (a->members->makespan[first + q] == INT32_MAX) {
            return false;
        }
    }
    return true;
}

/* Sampled anew, forward. */
static void sample(struct ganger_annealing *a, struct ganger_breeder *b, int32_t first)
{
    ganger_breeder_sample(b, a->members, first, first + GANGER_SERIAL_GROUP);
    for (int32_t q = 0; q < GANGER_SERIAL_GROUP; q++) {
        a->state[first + q] = (struct ganger_steps_member){
            (uint8_t)ganger_breeder_target(a->model, GANGER_FORWARD), GANGER_FORWARD};
    }
}

void ganger_annealing_work(struct ganger_annealing *annealing, struct ganger_breeder *breeder,
                           int32_t worker, int32_t workers)
{
    struct ganger_annealing *a = annealing;
    bool elders = a->elders && !a->alone && a->progress > 0.5;
    struct ganger_steps steps = {.model = a->model,
                                 .members = a->members,
                                 .state = a->state,
                                 .frozen = a->frozen,
                                 .elders = elders ? a->elders : NULL,
                                 .father = a->father,
                                 .temperature = a->temperature};
    int32_t count = (a->counted ? plan.counted_steps : plan.steps) * GANGER_SERIAL_GROUP;
    int32_t groups = a->members->size / GANGER_SERIAL_GROUP;
    breeder->manner = (struct ganger_manner){plan.shortest, plan.longest, plan.stirred, a->reach};
    /* The first workers have the most: theirs is begun at once, and mostly by the threads that had it before. */
    for (int32_t g = worker; g < groups; g += workers) {
        int32_t first = g * GANGER_SERIAL_GROUP;
        if (a->fresh || !sound(a, first, GANGER_SERIAL_GROUP)) {
            sample(a, breeder, first);
        } else {
            ganger_steps_make(&steps, breeder, first, count);
        }
    }
}
