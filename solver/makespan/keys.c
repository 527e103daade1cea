#include "makespan/keys.h"

#include <string.h>

static const struct {
    int32_t candidates; /* intervals looked at; where he is most ahead of the mother is taken */
    int32_t one_in;     /* of the works that a stir looks at is moved */
} rules = {32, 2};

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

/* Times at which the energy changes its growth, and by how much. */
static void note_rates(const struct ganger_makespan_model *m, const struct ganger_parent *parent,
                       const int32_t *moment, int64_t *energy)
{
    memset(energy, 0, ((size_t)parent->makespan + 2) * sizeof *energy);
    for (int32_t w = 0; w < m->works; w++) {
        int32_t mode = parent->mode[w], from = moment[w];
        energy[from] += m->rate[mode];
        energy[from + m->duration[mode]] -= m->rate[mode];
    }
}

/* energy[t]: what is used before moment t, of changes of the growth there. */
static void sum_energy(int64_t *energy, int32_t from, int32_t to, int64_t *rate, int64_t *sum)
{
    for (int32_t t = from; t <= to; t++) {
        int64_t change = energy[t];
        energy[t] = *sum;
        *rate += change;
        *sum += *rate;
    }
}

/* Of both parents, side by side as far as both reach: each sum alone waits for itself. */
static void sum_energies(struct ganger_breeder *b, const struct ganger_parent *father,
                         const struct ganger_parent *mother)
{
    int64_t *his = b->energy[0], *hers = b->energy[1];
    int64_t his_rate = 0, his_sum = 0, her_rate = 0, her_sum = 0;
    int32_t both = father->makespan < mother->makespan ? father->makespan : mother->makespan;
    note_rates(b->model, father, b->moment[0], his);
    note_rates(b->model, mother, b->moment[1], hers);
    for (int32_t t = 0; t <= both; t++) {
        int64_t his_change = his[t], her_change = hers[t];
        his[t] = his_sum;
        hers[t] = her_sum;
        his_rate += his_change;
        her_rate += her_change;
        his_sum += his_rate;
        her_sum += her_rate;
    }
    sum_energy(his, both + 1, father->makespan, &his_rate, &his_sum);
    sum_energy(hers, both + 1, mother->makespan, &her_rate, &her_sum);
}

/* Where the father is most ahead of the mother; hers moves to the left where she ends earlier. Candidates are
 * spread evenly, from a random one on. */
static int32_t choose_interval(struct ganger_breeder *b, const struct ganger_parent *father,
                               const struct ganger_parent *mother, int32_t *length)
{
    double share =
        b->manner.shortest + (b->manner.longest - b->manner.shortest) * ganger_rng_unit(&b->rng);
    *length = (int32_t)(father->makespan * share);
    *length = *length < mother->makespan ? *length : mother->makespan;
    sum_energies(b, father, mother);
    int32_t places = father->makespan - *length + 1, last = mother->makespan - *length;
    int32_t apart = places / rules.candidates + 1;
    int32_t best = 0, from = ganger_rng_below(&b->rng, places);
    int64_t most = INT64_MIN;
    for (int32_t k = 0; k < rules.candidates; k++) {
        int32_t hers = from < last ? from : last;
        int64_t ahead = b->energy[0][from + *length] - b->energy[0][from] -
                        (b->energy[1][hers + *length] - b->energy[1][hers]);
        best = ahead > most ? from : best;
        most = ahead > most ? ahead : most;
        from += apart;
        from -= from >= places ? places : 0;
    }
    return best;
}

static inline int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* The latest key of a work and its predecessors without lag; rows are whole fours. */
static inline int32_t latest_before(const struct ganger_arcs *arcs, const int32_t *key, int32_t w)
{
    const int32_t *row = arcs->before + arcs->first_before[w];
    const int32_t *end = arcs->before + arcs->first_before[w + 1];
    int32_t latest = key[w];
    do {
        int32_t a = later(key[row[0]], key[row[1]]), b = later(key[row[2]], key[row[3]]);
        latest = later(latest, later(a, b));
        row += 4;
    } while (row < end);
    return latest;
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
        int32_t key = latest_before(arcs, b->key, w);
        for (int32_t i = arcs->first_arc[w]; i < arcs->first_arc[w + 1]; i++) {
            key = later(key, b->key[arcs->arc_other[i]]);
        }
        b->key[w] = key;
    }
}

/* Three bands of keys, one behind the other: before, within and after the father's interval. */
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
    int32_t within = to + 1 - from, after = to + length + 2 - from;
    for (int32_t w = 0; w < m->works; w++) { /* without branches, for vectors */
        bool inside = (his[w] >= from) & (his[w] <= to);
        bool before = (hers[w] < from) | ((hers[w] <= to) & (his[w] < from));
        int32_t outside = hers[w] + (before ? 0 : after);
        key[w] = inside ? his[w] + within : outside;
    }
    for (int32_t w = 0; child_mode && w < m->works; w++) {
        bool inside = his[w] >= from && his[w] <= to;
        child_mode[w] = inside ? father->mode[w] : mother->mode[w];
    }
    return later(mother->makespan + after, to + within);
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

/* A stir gives a work another key. */
static void set_key(struct ganger_breeder *b, int32_t w, int32_t key)
{
    int32_t old = b->key[w], low = old < key ? old : key, high = later(old, key);
    if (low < high) {
        b->first_key = low < b->first_key ? low : b->first_key;
        b->last_key = later(high, b->last_key);
    }
    b->key[w] = key;
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
                set_key(b, other, key);
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
    int32_t old = b->key[w];
    b->key[w] = key;
    key = latest_before(arcs, b->key, w);
    b->key[w] = old;
    set_key(b, w, key);
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
    int32_t makespan = mother->makespan, width = b->manner.stirred * makespan / m->works + 1;
    int32_t reach = (int32_t)(makespan * b->manner.reach) + 2;
    int32_t from = ganger_rng_below(&b->rng, makespan + width) - width + 1;
    find_moments(m, mother, reach, b->key);
    memcpy(b->moment[1], b->key, (size_t)m->works * sizeof *b->key);
    int32_t count = find_near(b, from + reach, width);
    b->first_key = INT32_MAX;
    b->last_key = 0;
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
