#include "makespan/breeder.h"

#include "makespan/modes.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    double shortest, longest; /* of the interval taken from the father, as shares of his makespan */
    int32_t candidates; /* intervals looked at; where he is most ahead of the mother is taken */
    int32_t tournament; /* members that compete to be the father */
    int32_t stirred;    /* works, about, that a stir looks at */
    int32_t one_in;     /* of them is moved */
    int32_t reach;      /* how far: up to the makespan divided by this */
} rules = {0.05, 0.30, 32, 2, 3, 2, 4};

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
    b->near = calloc(2 * works, sizeof *b->near);
    b->count = calloc(4 * periods + 2, sizeof *b->count);
    b->energy[0] = calloc(periods, sizeof *b->energy[0]);
    b->energy[1] = calloc(periods, sizeof *b->energy[1]);
    b->litter = ganger_population_create(model, GANGER_SERIAL_GROUP);
    b->best = ganger_population_create(model, 1);
    b->used = calloc((size_t)model->consumables + 1, sizeof *b->used);
    size_t cells = (size_t)model->lanes->planes * (size_t)model->lanes->stride;
    if (!b->key || !b->near || !b->count || !b->energy[0] || !b->energy[1] || !b->litter ||
        !b->best || !b->used || !allocate_jobs(b, works, cells)) {
        ganger_breeder_destroy(b);
        return NULL;
    }
    b->best->cost[0] = INT64_MAX;
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
        free(breeder->near);
        free(breeder->count);
        free(breeder->energy[0]);
        free(breeder->energy[1]);
        ganger_population_destroy(breeder->litter);
        ganger_population_destroy(breeder->best);
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
    for (int32_t k = 1; k < rules.tournament; k++) {
        int32_t other = ganger_rng_below(&breeder->rng, population->size);
        best = population->cost[other] < population->cost[best] ? other : best;
    }
    return best;
}

static int32_t start_of(const struct ganger_makespan_model *m, const struct ganger_parent *parent,
                        int32_t w)
{
    int32_t start = parent->start[w];
    return parent->mirrored ? parent->makespan - start - m->duration[parent->mode[w]] : start;
}

/* Times that order works in the children's direction. Where that is the mirrored one, the moment is the time
 * from the parent's makespan back to the finish: what ends last comes first. */
static int32_t moment(const struct ganger_makespan_model *m, const struct ganger_parent *parent,
                      int32_t w)
{
    int32_t start = start_of(m, parent, w);
    return m->mirrors ? parent->makespan - start - m->duration[parent->mode[w]] : start;
}

/* energy[t]: what a parent uses before moment t. */
static void sum_energy(const struct ganger_makespan_model *m, const struct ganger_parent *parent,
                       int64_t *energy)
{
    int64_t rate = 0, sum = 0;
    memset(energy, 0, ((size_t)parent->makespan + 2) * sizeof *energy);
    for (int32_t w = 0; w < m->works; w++) {
        int32_t mode = parent->mode[w], from = moment(m, parent, w);
        energy[from] += m->rate[mode];
        energy[from + m->duration[mode]] -= m->rate[mode];
    }
    for (int32_t t = 0; t <= parent->makespan; t++) {
        int64_t change = energy[t];
        energy[t] = sum;
        rate += change;
        sum += rate;
    }
}

/* Where the father is most ahead of the mother; hers moves to the left where she ends earlier. */
static int32_t choose_interval(struct ganger_breeder *b, const struct ganger_parent *father,
                               const struct ganger_parent *mother, int32_t *length)
{
    double share = rules.shortest + (rules.longest - rules.shortest) * ganger_rng_unit(&b->rng);
    int32_t best = 0;
    int64_t most = INT64_MIN;
    *length = (int32_t)(father->makespan * share);
    *length = *length < mother->makespan ? *length : mother->makespan;
    sum_energy(b->model, father, b->energy[0]);
    sum_energy(b->model, mother, b->energy[1]);
    for (int32_t k = 0; k < rules.candidates; k++) {
        int32_t from = ganger_rng_below(&b->rng, father->makespan - *length + 1);
        int32_t hers = from + *length > mother->makespan ? mother->makespan - *length : from;
        int64_t ahead = b->energy[0][from + *length] - b->energy[0][from] -
                        (b->energy[1][hers + *length] - b->energy[1][hers]);
        if (ahead > most) {
            most = ahead;
            best = from;
        }
    }
    return best;
}

/* No work before its predecessors. */
static void respect_order(struct ganger_breeder *b, enum ganger_direction target)
{
    const struct ganger_makespan_model *m = b->model;
    const struct ganger_arcs *arcs = &m->arcs[target];
    int32_t step = target == GANGER_FORWARD ? 1 : -1;
    int32_t w = target == GANGER_FORWARD ? 0 : m->works - 1;
    b->key[m->works] = 0; /* the predecessor that stands for none */
    for (int32_t k = 0; k < m->works; k++, w += step) {
        int32_t key = b->key[w];
        for (int32_t i = arcs->first_before[w]; i < arcs->first_before[w + 1]; i++) {
            int32_t other = b->key[arcs->before[i]];
            key = other > key ? other : key;
        }
        for (int32_t i = arcs->first_arc[w]; i < arcs->first_arc[w + 1]; i++) {
            int32_t other = b->key[arcs->arc_other[i]];
            key = other > key ? other : key;
        }
        b->key[w] = key;
    }
}

/* Three bands of keys: before, within and after the father's interval. */
static int32_t cross_keys(struct ganger_breeder *b, const struct ganger_parent *father,
                          const struct ganger_parent *mother, int32_t *child_mode)
{
    const struct ganger_makespan_model *m = b->model;
    int32_t length, from = choose_interval(b, father, mother, &length), to = from + length;
    int32_t band = (father->makespan > mother->makespan ? father : mother)->makespan + 1;
    for (int32_t w = 0; w < m->works; w++) {
        int32_t his = moment(m, father, w), hers = moment(m, mother, w);
        bool inside = his >= from && his <= to;
        bool before = hers < from || (hers <= to && his < from);
        b->key[w] = inside ? band + his : before ? hers : 2 * band + hers;
        if (child_mode) {
            child_mode[w] = inside ? father->mode[w] : mother->mode[w];
        }
    }
    return 3 * band;
}

/* The mother's moments as keys, `reach` later. */
static void mother_keys(struct ganger_breeder *b, const struct ganger_parent *mother, int32_t reach)
{
    const struct ganger_makespan_model *m = b->model;
    const int32_t *start = mother->start, *mode = mother->mode;
    int32_t *key = b->key, end = mother->makespan + reach;
    if (!m->mirrors || mother->mirrored) {
        for (int32_t w = 0; w < m->works; w++) {
            key[w] = start[w] + reach;
        }
    } else if (!m->several) { /* modes are numbered as works are: loops over arrays only */
        for (int32_t w = 0; w < m->works; w++) {
            key[w] = end - start[w] - m->duration[w];
        }
    } else {
        for (int32_t w = 0; w < m->works; w++) {
            key[w] = end - start[w] - m->duration[mode[w]];
        }
    }
}

/* The works whose keys lie in the window, in the order of their numbers, into b->near. */
static int32_t find_near(struct ganger_breeder *b, int32_t from, int32_t width)
{
    int32_t count = 0;
    for (int32_t w = 0; w < b->model->works; w++) {
        b->near[count] = w;
        count += (uint32_t)(b->key[w] - from) < (uint32_t)width;
    }
    return count;
}

/* No successor of a work before it. All that follow a work and stand before it get the same key, so each is
 * looked at once. */
static void push_successors(struct ganger_breeder *b, enum ganger_direction target, int32_t work)
{
    const struct ganger_arcs *after = &b->model->arcs[!target];
    int32_t key = b->key[work], waiting = 1;
    b->near[b->model->works] = work; /* the stack lies behind the works found near */
    int32_t *stack = b->near + b->model->works;
    while (waiting > 0) {
        int32_t w = stack[--waiting];
        for (int32_t i = after->first_before[w]; i < after->first_before[w + 1]; i++) {
            int32_t other = after->before[i];
            if (b->key[other] < key) {
                b->key[other] = key;
                stack[waiting++] = other;
            }
        }
    }
}

/* A work moves to a key, or as early as its predecessors without lag let it. */
static void move(struct ganger_breeder *b, enum ganger_direction target, int32_t w, int32_t key)
{
    const struct ganger_arcs *arcs = &b->model->arcs[target];
    b->key[b->model->works] = 0; /* the predecessor that stands for none */
    for (int32_t i = arcs->first_before[w]; i < arcs->first_before[w + 1]; i++) {
        int32_t other = b->key[arcs->before[i]];
        key = other > key ? other : key;
    }
    b->key[w] = key;
    b->key[b->model->works] = INT32_MAX; /* the successor that stands for none */
    push_successors(b, target, w);
}

/* Keys of the mother's order with a few neighbouring works moved. Her keys respect the order already, so that
 * only what is moved needs to be looked after, predecessors first. */
static int32_t stir_keys(struct ganger_breeder *b, const struct ganger_parent *mother,
                         enum ganger_direction target, int32_t *child_mode)
{
    const struct ganger_makespan_model *m = b->model;
    int32_t makespan = mother->makespan, width = rules.stirred * makespan / m->works + 1;
    int32_t reach = makespan / rules.reach + 2;
    int32_t from = ganger_rng_below(&b->rng, makespan + width) - width + 1;
    mother_keys(b, mother, reach);
    int32_t count = find_near(b, from + reach, width);
    for (int32_t k = 0; k < count; k++) {
        int32_t w = b->near[target == GANGER_FORWARD ? k : count - 1 - k];
        if (ganger_rng_below(&b->rng, rules.one_in) == 0) {
            /* From where the mother has it, even if a predecessor pushed it meanwhile. */
            int32_t from_her = moment(m, mother, w);
            move(b, target, w, from_her + ganger_rng_below(&b->rng, 2 * reach + 1));
        }
    }
    if (child_mode) {
        memcpy(child_mode, mother->mode, (size_t)m->works * sizeof *child_mode);
    }
    return makespan + 2 * reach;
}

/* Every other child has one work try another mode. */
static void mutate_modes(struct ganger_breeder *b, int32_t *mode)
{
    const struct ganger_makespan_model *m = b->model;
    int32_t changes = ganger_rng_below(&b->rng, 2);
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
    int32_t most =
        father ? cross_keys(b, father, mother, mode) : stir_keys(b, mother, target, mode);
    if (mode) {
        mutate_modes(b, mode);
    }
    /* A stir leaves the order as it must be, but for arcs, which bind finishes and starts otherwise. */
    if (father || b->model->arcs[target].first_arc[b->model->works] > 0) {
        respect_order(b, target);
    }
    sort_list(b, target, most, ganger_population_modes(young, b->model, place.member),
              b->list[place.job]);
}

void ganger_breeder_conceive(struct ganger_breeder *breeder, const struct ganger_parent *father,
                             const struct ganger_parent *mother, enum ganger_direction target,
                             int32_t q)
{
    conceive(breeder, father, mother, target, breeder->litter, (struct place){q, q});
    set_job(breeder, q, breeder->litter, q);
}

void ganger_breeder_deliver(struct ganger_breeder *breeder, enum ganger_direction target,
                            int32_t count)
{
    generate(breeder, target, breeder->litter, 0, count);
    for (int32_t q = 0; q < count; q++) {
        if (breeder->litter->cost[q] < breeder->best->cost[0]) {
            ganger_population_copy(breeder->best, 0, breeder->litter, q);
            breeder->best_direction = target;
        }
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
