#include "makespan/keys.h"

#include <string.h>

static const struct {
    double shortest, longest; /* of the interval taken from the father, as shares of his makespan */
    int32_t candidates; /* intervals looked at; where he is most ahead of the mother is taken */
    int32_t stirred;    /* works, about, that a stir looks at */
    int32_t one_in;     /* of them is moved */
    int32_t reach;      /* how far: up to the makespan divided by this */
} rules = {0.05, 0.30, 32, 3, 2, 4};

/* Times that order works in the children's direction, `later` than they are. Where that is the mirrored one, the
 * moment is the time from the parent's makespan back to the finish: what ends last comes first. */
static void find_moments(const struct ganger_makespan_model *m, const struct ganger_parent *parent,
                         int32_t later, int32_t *moment)
{
    const int32_t *start = parent->start, *mode = parent->mode;
    int32_t end = parent->makespan + later;
    if (!m->mirrors || parent->mirrored) {
        for (int32_t w = 0; w < m->works; w++) {
            moment[w] = start[w] + later;
        }
    } else if (!m->several) { /* modes are numbered as works are: loops over arrays only */
        for (int32_t w = 0; w < m->works; w++) {
            moment[w] = end - start[w] - m->duration[w];
        }
    } else {
        for (int32_t w = 0; w < m->works; w++) {
            moment[w] = end - start[w] - m->duration[mode[w]];
        }
    }
}

/* energy[t]: what a parent uses before moment t. */
static void sum_energy(const struct ganger_makespan_model *m, const struct ganger_parent *parent,
                       const int32_t *moment, int64_t *energy)
{
    int64_t rate = 0, sum = 0;
    memset(energy, 0, ((size_t)parent->makespan + 2) * sizeof *energy);
    for (int32_t w = 0; w < m->works; w++) {
        int32_t mode = parent->mode[w], from = moment[w];
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
    sum_energy(b->model, father, b->moment[0], b->energy[0]);
    sum_energy(b->model, mother, b->moment[1], b->energy[1]);
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
void ganger_keys_respect(struct ganger_breeder *breeder, enum ganger_direction target)
{
    struct ganger_breeder *b = breeder;
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
int32_t ganger_keys_cross(struct ganger_breeder *breeder, const struct ganger_parent *father,
                          const struct ganger_parent *mother, int32_t *child_mode)
{
    struct ganger_breeder *b = breeder;
    const struct ganger_makespan_model *m = b->model;
    const int32_t *his = b->moment[0], *hers = b->moment[1];
    int32_t *key = b->key, length;
    find_moments(m, father, 0, b->moment[0]);
    find_moments(m, mother, 0, b->moment[1]);
    int32_t from = choose_interval(b, father, mother, &length), to = from + length;
    int32_t band = (father->makespan > mother->makespan ? father : mother)->makespan + 1;
    for (int32_t w = 0; w < m->works; w++) { /* without branches, for vectors */
        bool inside = (his[w] >= from) & (his[w] <= to);
        bool before = (hers[w] < from) | ((hers[w] <= to) & (his[w] < from));
        int32_t outside = hers[w] + (before ? 0 : 2 * band);
        key[w] = inside ? band + his[w] : outside;
    }
    for (int32_t w = 0; child_mode && w < m->works; w++) {
        bool inside = his[w] >= from && his[w] <= to;
        child_mode[w] = inside ? father->mode[w] : mother->mode[w];
    }
    return 3 * band;
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
int32_t ganger_keys_stir(struct ganger_breeder *breeder, const struct ganger_parent *mother,
                         enum ganger_direction target, int32_t *child_mode)
{
    struct ganger_breeder *b = breeder;
    const struct ganger_makespan_model *m = b->model;
    int32_t makespan = mother->makespan, width = rules.stirred * makespan / m->works + 1;
    int32_t reach = makespan / rules.reach + 2;
    int32_t from = ganger_rng_below(&b->rng, makespan + width) - width + 1;
    find_moments(m, mother, reach, b->key);
    memcpy(b->moment[1], b->key, (size_t)m->works * sizeof *b->key);
    int32_t count = find_near(b, from + reach, width);
    for (int32_t k = 0; k < count; k++) {
        int32_t w = b->near[target == GANGER_FORWARD ? k : count - 1 - k];
        if (ganger_rng_below(&b->rng, rules.one_in) == 0) {
            /* From where the mother has it, even if a predecessor pushed it meanwhile. */
            int32_t from_her = b->moment[1][w] - reach;
            move(b, target, w, from_her + ganger_rng_below(&b->rng, 2 * reach + 1));
        }
    }
    if (child_mode) {
        memcpy(child_mode, mother->mode, (size_t)m->works * sizeof *child_mode);
    }
    return makespan + 2 * reach;
}

int32_t ganger_keys_keep(struct ganger_breeder *breeder, const struct ganger_parent *parent,
                         int32_t *child_mode)
{
    const struct ganger_makespan_model *m = breeder->model;
    find_moments(m, parent, 0, breeder->key);
    if (child_mode) {
        memcpy(child_mode, parent->mode, (size_t)m->works * sizeof *child_mode);
    }
    return parent->makespan;
}
