#include "makespan/breeder.h"

#include "base/block.h"
#include "makespan/keys.h"
#include "makespan/modes.h"

#include <stdlib.h>
#include <string.h>

/* Members that compete to be the father. */
enum { tournament = 2 };

/* All that a worker writes again and again, on lines that no other worker's memory shares. */
static bool allocate_scratch(struct ganger_breeder *b)
{
    const struct ganger_makespan_model *m = b->model;
    size_t works = (size_t)m->works + 1, periods = (size_t)m->problem->time.periods + 2;
    struct ganger_block_piece pieces[] = {
        {&b->list[0], works * sizeof(int32_t)},
        {&b->list[1], works * sizeof(int32_t)},
        {&b->list[2], works * sizeof(int32_t)},
        {&b->list[3], works * sizeof(int32_t)},
        {&b->key, works * sizeof *b->key},
        {&b->near, 2 * works * sizeof *b->near},
        {&b->moment[0], works * sizeof(int32_t)},
        {&b->moment[1], works * sizeof(int32_t)},
        {&b->count, (4 * periods + 2) * sizeof *b->count},
        {&b->energy[0], periods * sizeof(int64_t)},
        {&b->energy[1], periods * sizeof(int64_t)},
        {&b->used, ((size_t)m->consumables + 1) * sizeof *b->used},
    };
    b->block = ganger_block_create(pieces, sizeof pieces / sizeof *pieces);
    size_t cells = (size_t)m->lanes->planes * (size_t)m->lanes->stride;
    b->cells = ganger_serial_jobs_create(b->jobs, GANGER_SERIAL_GROUP, works, cells);
    for (int q = 0; b->cells && q < GANGER_SERIAL_GROUP; q++) {
        memcpy(b->jobs[q].cells, m->lanes->empty, cells * sizeof(uint32_t));
    }
    return b->block && b->cells;
}

struct ganger_breeder *ganger_breeder_create(const struct ganger_makespan_model *model)
{
    struct ganger_breeder *b = NULL;
    struct ganger_block_piece self = {&b, sizeof *b};
    if (!ganger_block_create(&self, 1)) {
        return NULL;
    }
    b->model = model;
    b->litter = ganger_population_create(model, GANGER_SERIAL_GROUP);
    b->group = ganger_population_create(model, GANGER_SERIAL_GROUP);
    b->best = ganger_population_create(model, 1);
    if (!allocate_scratch(b) || !b->litter || !b->group || !b->best) {
        ganger_breeder_destroy(b);
        return NULL;
    }
    b->best->makespan[0] = INT32_MAX;
    return b;
}

void ganger_breeder_destroy(struct ganger_breeder *breeder)
{
    if (breeder) {
        free(breeder->block);
        free(breeder->cells);
        ganger_population_destroy(breeder->litter);
        ganger_population_destroy(breeder->group);
        ganger_population_destroy(breeder->best);
        free(breeder);
    }
}
/* Stable counting sort of works by key[] in 0 .. most, ties in the direction's topological order. */
static void sort_list(struct ganger_breeder *b, enum ganger_direction direction, int32_t most,
                      const int32_t *mode, int32_t *list)
{
    int32_t works = b->model->works, *count = b->count;
    memset(count, 0, ((size_t)most + 2) * sizeof *count);
    for (int32_t w = 0; w < works; w++) {
        count[b->key[w] + 1]++;
    }
    for (int32_t k = 0; k < most; k++) {
        count[k + 1] += count[k];
    }
    if (direction == GANGER_FORWARD) {
        for (int32_t w = 0; w < works; w++) {
            list[count[b->key[w]]++] = mode[w];
        }
    } else {
        for (int32_t w = works - 1; w >= 0; w--) {
            list[count[b->key[w]]++] = mode[w];
        }
    }
}

/* Which member of the young population is made by which job of the group. */
struct place {
    int32_t member;
    int32_t job;
};

static void set_job(struct ganger_breeder *b, int q, struct ganger_population *young,
                    int32_t member)
{
    b->jobs[q].list = b->list[q];
    b->jobs[q].start = young->start + (int64_t)member * young->works;
}

static void generate(struct ganger_breeder *b, enum ganger_direction direction,
                     struct ganger_population *young, int32_t first, int32_t count)
{
    const struct ganger_makespan_model *m = b->model;
    ganger_serial_generate(&m->line_up[direction], b->jobs, count);
    b->schedules += count;
    for (int32_t q = 0; q < count; q++) {
        young->makespan[first + q] = b->jobs[q].makespan;
        ganger_population_rate(young, m, first + q);
    }
}

static void sign(const struct ganger_breeder *b, struct ganger_population *young, int32_t first,
                 int32_t count)
{
    for (int32_t q = 0; q < count; q++) {
        ganger_population_sign(young, b->model, first + q);
    }
}

/* ---- sampling --------------------------------------------------------------------------------- */

static void sample_modes(struct ganger_breeder *b, int32_t *mode)
{
    const struct ganger_makespan_model *m = b->model;
    for (int32_t w = 0; w < m->works; w++) {
        int32_t modes = m->first_mode[w + 1] - m->first_mode[w];
        mode[w] = m->first_mode[w] + (modes > 1 ? ganger_rng_below(&b->rng, modes) : 0);
    }
    ganger_modes_repair(m, mode, b->used, &b->rng);
}

/* The latest finish rule, blurred: a work's key is no earlier than its predecessors'. */
static void sample_list(struct ganger_breeder *b, const int32_t *mode, int32_t *list)
{
    const struct ganger_makespan_model *m = b->model;
    const struct ganger_arcs *arcs = &m->arcs[GANGER_FORWARD];
    int32_t periods = m->problem->time.periods;
    int32_t blur = (int32_t)(0.3 * m->critical_path * ganger_rng_unit(&b->rng)) + 3;
    for (int32_t w = 0; w < m->works; w++) {
        int32_t key =
            m->critical_path - m->tail[w] - m->duration[mode[w]] + ganger_rng_below(&b->rng, blur);
        key = key < 0 ? 0 : key;
        for (int32_t i = arcs->first_before[w]; i < arcs->first_before[w + 1]; i++) {
            int32_t other = arcs->before[i];
            key = other < w && b->key[other] > key ? b->key[other] : key;
        }
        for (int32_t i = arcs->first_arc[w]; i < arcs->first_arc[w + 1]; i++) {
            int32_t other = arcs->arc_other[i];
            key = b->key[other] > key ? b->key[other] : key;
        }
        b->key[w] = key > 3 * periods ? 3 * periods : key;
    }
    sort_list(b, GANGER_FORWARD, 3 * periods, mode, list);
}

static void sample(struct ganger_breeder *b, struct ganger_population *young, struct place place)
{
    if (young->mode) {
        sample_modes(b, young->mode + (int64_t)place.member * young->works);
    }
    sample_list(b, ganger_population_modes(young, b->model, place.member), b->list[place.job]);
}

void ganger_breeder_sample(struct ganger_breeder *breeder, struct ganger_population *young,
                           int32_t first, int32_t last)
{
    for (int32_t i = first; i < last; i += GANGER_SERIAL_GROUP) {
        int32_t group = last - i < GANGER_SERIAL_GROUP ? last - i : GANGER_SERIAL_GROUP;
        for (int32_t q = 0; q < group; q++) {
            sample(breeder, young, (struct place){i + q, q});
            set_job(breeder, q, young, i + q);
        }
        generate(breeder, GANGER_FORWARD, young, i, group);
        sign(breeder, young, i, group);
    }
}

/* ---- children --------------------------------------------------------------------------------- */

struct ganger_parent ganger_breeder_parent(const struct ganger_breeder *breeder,
                                           const struct ganger_population *population,
                                           int32_t member)
{
    return (struct ganger_parent){population->start + (int64_t)member * population->works,
                                  ganger_population_modes(population, breeder->model, member),
                                  population->makespan[member], false};
}

int32_t ganger_breeder_choose(struct ganger_breeder *breeder,
                              const struct ganger_population *population)
{
    int32_t best = ganger_rng_below(&breeder->rng, population->size);
    for (int32_t k = 1; k < tournament; k++) {
        int32_t other = ganger_rng_below(&breeder->rng, population->size);
        best = population->cost[other] < population->cost[best] ? other : best;
    }
    return best;
}

/* Three of four children have one work try another mode. */
static void mutate_modes(struct ganger_breeder *b, int32_t *mode)
{
    const struct ganger_makespan_model *m = b->model;
    int32_t changes = ganger_rng_below(&b->rng, 4) > 0;
    for (int32_t k = 0; k < changes; k++) {
        int32_t w = ganger_rng_below(&b->rng, m->works);
        mode[w] =
            m->first_mode[w] + ganger_rng_below(&b->rng, m->first_mode[w + 1] - m->first_mode[w]);
    }
    ganger_modes_repair(m, mode, b->used, &b->rng);
}

enum ganger_direction ganger_breeder_target(const struct ganger_makespan_model *model,
                                            enum ganger_direction direction)
{
    return model->mirrors && direction == GANGER_FORWARD ? GANGER_BACKWARD : GANGER_FORWARD;
}

/* The list of a child whose row in a population is `place`. */
static void conceive(struct ganger_breeder *b, const struct ganger_parent *father,
                     const struct ganger_parent *mother, enum ganger_direction target,
                     struct ganger_population *young, struct place place)
{
    int32_t *mode = young->mode ? young->mode + (int64_t)place.member * young->works : NULL;
    int32_t most = father ? ganger_keys_cross(b, father, mother, mode)
                          : ganger_keys_stir(b, mother, target, mode);
    if (mode) {
        mutate_modes(b, mode);
    }
    /* A stir leaves the order as it must be, but for arcs, which bind finishes and starts otherwise. */
    if (father || b->model->arcs[target].first_arc[b->model->works] > 0) {
        ganger_keys_respect(b, target);
    }
    sort_list(b, target, most, ganger_population_modes(young, b->model, place.member),
              b->list[place.job]);
}

/* Behind sort_list() the counts are those of keys up to each. */
static struct ganger_span span_of(const struct ganger_breeder *b)
{
    if (b->first_key > b->last_key) {
        return (struct ganger_span){b->model->works, b->model->works};
    }
    return (struct ganger_span){b->first_key > 0 ? b->count[b->first_key - 1] : 0,
                                b->count[b->last_key]};
}

struct ganger_span ganger_breeder_conceive(struct ganger_breeder *breeder,
                                           const struct ganger_parent *father,
                                           const struct ganger_parent *mother,
                                           enum ganger_direction target, int32_t q)
{
    struct ganger_breeder *b = breeder;
    const struct ganger_makespan_model *m = b->model;
    conceive(b, father, mother, target, b->litter, (struct place){q, q});
    set_job(b, q, b->litter, q);
    bool stirred = !father && !m->several && m->arcs[target].first_arc[m->works] == 0;
    return stirred ? span_of(b) : (struct ganger_span){0, m->works};
}

/* Generates a schedule's own order towards the target, into row `at` of another population. */
static void justify(struct ganger_breeder *b, const struct ganger_parent *parent,
                    enum ganger_direction target, struct ganger_population *to, int32_t at)
{
    struct ganger_population *litter = b->litter;
    int32_t most = ganger_keys_keep(b, parent, litter->mode);
    ganger_keys_respect(b, target);
    sort_list(b, target, most, ganger_population_modes(litter, b->model, 0), b->list[0]);
    set_job(b, 0, litter, 0);
    generate(b, target, litter, 0, 1);
    ganger_population_copy(to, at, litter, 0);
}

void ganger_breeder_push(struct ganger_breeder *breeder, const struct ganger_parent *parent,
                         struct ganger_population *early, struct ganger_population *late,
                         int32_t at)
{
    struct ganger_breeder *b = breeder;
    struct ganger_parent from = *parent;
    if (!b->model->mirrors) {
        justify(b, &from, GANGER_FORWARD, early, at);
        ganger_population_copy(late, at, early, at);
        return;
    }
    do {
        justify(b, &from, GANGER_BACKWARD, late, at);
        from = ganger_breeder_parent(b, late, at);
        justify(b, &from, GANGER_FORWARD, early, at);
        from = ganger_breeder_parent(b, early, at);
    } while (early->makespan[at] < late->makespan[at]);
    ganger_population_turn(late, b->model, at);
}

void ganger_breeder_deliver(struct ganger_breeder *breeder, enum ganger_direction target, int32_t q)
{
    struct ganger_breeder *b = breeder;
    b->litter->makespan[q] = b->jobs[q].makespan;
    ganger_population_rate(b->litter, b->model, q);
    if (ganger_population_sound(b->litter, q) && b->litter->makespan[q] < b->best->makespan[0]) {
        ganger_population_copy(b->best, 0, b->litter, q);
        b->best_direction = target;
    }
}

/* Parents that found no place within the periods (only possible when capacities vary over time, then all is
 * forward) have nothing to pass on. */
static void breed(struct ganger_breeder *b, const struct ganger_population *parents,
                  enum ganger_direction target, double stirred, struct ganger_population *young,
                  struct place place)
{
    struct ganger_parent mother = ganger_breeder_parent(b, parents, place.member), father = mother;
    bool paired = ganger_rng_unit(&b->rng) >= stirred;
    if (paired) {
        father = ganger_breeder_parent(b, parents, ganger_breeder_choose(b, parents));
    }
    if (father.makespan == INT32_MAX || mother.makespan == INT32_MAX) {
        sample(b, young, place);
    } else {
        conceive(b, paired ? &father : NULL, &mother, target, young, place);
    }
}

void ganger_breeder_cross(struct ganger_breeder *breeder, const struct ganger_population *parents,
                          enum ganger_direction direction, double stirred,
                          struct ganger_population *young, int32_t first, int32_t last)
{
    enum ganger_direction target = ganger_breeder_target(breeder->model, direction);
    for (int32_t i = first; i < last; i += GANGER_SERIAL_GROUP) {
        int32_t group = last - i < GANGER_SERIAL_GROUP ? last - i : GANGER_SERIAL_GROUP;
        for (int32_t q = 0; q < group; q++) {
            breed(breeder, parents, target, stirred, young, (struct place){i + q, q});
            set_job(breeder, q, young, i + q);
        }
        generate(breeder, target, young, i, group);
        sign(breeder, young, i, group);
    }
}
