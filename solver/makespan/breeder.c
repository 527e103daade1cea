#include "makespan/breeder.h"

#include "makespan/modes.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    double shortest, longest; /* of the interval taken from the father, as shares of his makespan */
    int32_t candidates;       /* intervals looked at; the one with most energy is taken */
    int32_t tournament;       /* members that compete to be the father */
} rules = {0.10, 0.30, 4, 2};

static bool allocate_jobs(struct ganger_breeder *b, size_t works, size_t cells)
{
    bool ready = true;
    for (int q = 0; q < GANGER_SERIAL_GROUP; q++) {
        b->list[q] = calloc(works, sizeof(int32_t));
        b->jobs[q].finish = calloc(works, sizeof(int32_t));
        b->jobs[q].cells = malloc(cells * sizeof(uint32_t));
        ready = ready && b->list[q] && b->jobs[q].finish && b->jobs[q].cells;
        if (ready) {
            memcpy(b->jobs[q].cells, b->model->lanes->empty, cells * sizeof(uint32_t));
        }
    }
    return ready;
}

struct ganger_breeder *ganger_breeder_create(const struct ganger_makespan_model *model)
{
    size_t works = (size_t)model->works + 1, periods = (size_t)model->problem->time.periods + 2;
    struct ganger_breeder *b = calloc(1, sizeof *b);
    if (!b) {
        return NULL;
    }
    b->model = model;
    b->key = calloc(works, sizeof *b->key);
    b->count = calloc(3 * periods + 2, sizeof *b->count);
    b->energy = calloc(periods, sizeof *b->energy);
    b->used = calloc((size_t)model->consumables + 1, sizeof *b->used);
    size_t cells = (size_t)model->lanes->planes * (size_t)model->lanes->stride;
    if (!b->key || !b->count || !b->energy || !b->used || !allocate_jobs(b, works, cells)) {
        ganger_breeder_destroy(b);
        return NULL;
    }
    return b;
}

void ganger_breeder_destroy(struct ganger_breeder *breeder)
{
    if (breeder) {
        for (int q = 0; q < GANGER_SERIAL_GROUP; q++) {
            free(breeder->list[q]);
            free(breeder->jobs[q].finish);
            free(breeder->jobs[q].cells);
        }
        free(breeder->key);
        free(breeder->count);
        free(breeder->energy);
        free(breeder->used);
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
    }
}

/* ---- crossover -------------------------------------------------------------------------------- */

struct parent {
    const int32_t *start, *mode;
    int32_t makespan;
};

static struct parent parent_of(const struct ganger_breeder *b,
                               const struct ganger_population *parents, int32_t member)
{
    return (struct parent){parents->start + (int64_t)member * parents->works,
                           ganger_population_modes(parents, b->model, member),
                           parents->makespan[member]};
}

static int32_t choose_father(struct ganger_breeder *b, const struct ganger_population *parents)
{
    int32_t best = ganger_rng_below(&b->rng, parents->size);
    for (int32_t k = 1; k < rules.tournament; k++) {
        int32_t other = ganger_rng_below(&b->rng, parents->size);
        best = parents->cost[other] < parents->cost[best] ? other : best;
    }
    return best;
}

/* energy[t]: what the father uses before t. */
static void sum_energy(struct ganger_breeder *b, const struct parent *father)
{
    const struct ganger_makespan_model *m = b->model;
    int64_t rate = 0, sum = 0;
    memset(b->energy, 0, ((size_t)father->makespan + 2) * sizeof *b->energy);
    for (int32_t w = 0; w < m->works; w++) {
        int32_t mode = father->mode[w];
        b->energy[father->start[w]] += m->rate[mode];
        b->energy[father->start[w] + m->duration[mode]] -= m->rate[mode];
    }
    for (int32_t t = 0; t <= father->makespan; t++) {
        int64_t change = b->energy[t];
        b->energy[t] = sum;
        rate += change;
        sum += rate;
    }
}

static int32_t choose_interval(struct ganger_breeder *b, const struct parent *father,
                               int32_t *length)
{
    double share = rules.shortest + (rules.longest - rules.shortest) * ganger_rng_unit(&b->rng);
    int32_t best = 0;
    int64_t most = -1;
    *length = (int32_t)(father->makespan * share);
    sum_energy(b, father);
    for (int32_t k = 0; k < rules.candidates; k++) {
        int32_t from = ganger_rng_below(&b->rng, father->makespan - *length + 1);
        int64_t energy = b->energy[from + *length] - b->energy[from];
        if (energy > most) {
            most = energy;
            best = from;
        }
    }
    return best;
}

/* Times that order works in the parents' direction: mirrored, what ends last comes first. */
static int32_t moment(const struct ganger_makespan_model *m, const struct parent *parent, int32_t w)
{
    return parent->start[w] + (m->mirrors ? m->duration[parent->mode[w]] : 0);
}

/* Keys of a child: father's moments within [from, to], the mother's before and after, three bands. */
static int32_t cross_keys(struct ganger_breeder *b, const struct parent *father,
                          const struct parent *mother, int32_t *child_mode)
{
    const struct ganger_makespan_model *m = b->model;
    int32_t length, from = choose_interval(b, father, &length), to = from + length;
    int32_t band = (father->makespan > mother->makespan ? father : mother)->makespan + 1;
    int32_t most = 3 * band;
    for (int32_t w = 0; w < m->works; w++) {
        int32_t his = moment(m, father, w), hers = moment(m, mother, w);
        bool inside = his >= from && his <= to;
        int32_t key = inside ? band + his : his < from ? hers : 2 * band + hers;
        b->key[w] = m->mirrors ? most - key : key;
        if (child_mode) {
            child_mode[w] = inside ? father->mode[w] : mother->mode[w];
        }
    }
    return most;
}

/* A few works try another mode. */
static void mutate_modes(struct ganger_breeder *b, int32_t *mode)
{
    const struct ganger_makespan_model *m = b->model;
    int32_t changes = ganger_rng_below(&b->rng, 4);
    for (int32_t k = 0; k < changes; k++) {
        int32_t w = ganger_rng_below(&b->rng, m->works);
        mode[w] =
            m->first_mode[w] + ganger_rng_below(&b->rng, m->first_mode[w + 1] - m->first_mode[w]);
    }
    ganger_modes_repair(m, mode, b->used, &b->rng);
}

static enum ganger_direction target_of(const struct ganger_makespan_model *m,
                                       enum ganger_direction direction)
{
    return m->mirrors && direction == GANGER_FORWARD ? GANGER_BACKWARD : GANGER_FORWARD;
}

/* The list of one child. Parents that found no place within the periods (only possible when capacities vary
 * over time, then all is forward) have nothing to pass on. */
static void conceive(struct ganger_breeder *b, const struct ganger_population *parents,
                     enum ganger_direction target, struct ganger_population *young,
                     struct place place)
{
    struct parent mother = parent_of(b, parents, place.member);
    struct parent father = parent_of(b, parents, choose_father(b, parents));
    int32_t *mode = young->mode ? young->mode + (int64_t)place.member * young->works : NULL;
    if (father.makespan == INT32_MAX || mother.makespan == INT32_MAX) {
        sample(b, young, place);
        return;
    }
    int32_t most = cross_keys(b, &father, &mother, mode);
    if (mode) {
        mutate_modes(b, mode);
    }
    sort_list(b, target, most, ganger_population_modes(young, b->model, place.member),
              b->list[place.job]);
}

void ganger_breeder_cross(struct ganger_breeder *breeder, const struct ganger_population *parents,
                          enum ganger_direction direction, struct ganger_population *young,
                          int32_t first, int32_t last)
{
    enum ganger_direction target = target_of(breeder->model, direction);
    for (int32_t i = first; i < last; i += GANGER_SERIAL_GROUP) {
        int32_t group = last - i < GANGER_SERIAL_GROUP ? last - i : GANGER_SERIAL_GROUP;
        for (int32_t q = 0; q < group; q++) {
            conceive(breeder, parents, target, young, (struct place){i + q, q});
            set_job(breeder, q, young, i + q);
        }
        generate(breeder, target, young, i, group);
    }
}
