#include "makespan/arcs.h"

#include <stdlib.h>
#include <string.h>

/* One precedence between works by their numbers in the model. */
struct link {
    int32_t before, after, lag;
    bool by_start;
};

struct links {
    int32_t count;
    struct link *list;
};

static int by_ends(const void *a, const void *b)
{
    const struct link *x = a, *y = b;
    return x->after != y->after         ? (x->after > y->after) - (x->after < y->after)
           : x->before != y->before     ? (x->before > y->before) - (x->before < y->before)
           : x->by_start != y->by_start ? (int)x->by_start - (int)y->by_start
                                        : (x->lag > y->lag) - (x->lag < y->lag);
}

static bool plain(const struct link *l)
{
    return !l->by_start && l->lag == 0;
}

static bool links_of(const struct ganger_makespan_model *m, struct links *links)
{
    const struct ganger_precedences *rows = &m->problem->precedences;
    int32_t *number = malloc(((size_t)m->works + 1) * sizeof *number);
    links->list = malloc(((size_t)rows->count + 1) * sizeof *links->list);
    if (!number || !links->list) {
        free(number);
        return false;
    }
    for (int32_t w = 0; w < m->works; w++) {
        number[m->problem_work[w]] = w;
    }
    for (int32_t i = 0; i < rows->count; i++) {
        links->list[i] = (struct link){number[rows->predecessor[i]], number[rows->successor[i]],
                                       rows->lag[i], rows->type[i] == GANGER_PRECEDENCE_SS};
    }
    links->count = rows->count;
    qsort(links->list, (size_t)links->count, sizeof *links->list, by_ends);
    free(number);
    return true;
}

/* Rows of bits: which works must be finished before a work starts, by chains of plain arcs. */
enum { GANGER_REDUCE_MOST = 4096 }; /* works: 2 MiB of bits */

/* Leaves out plain arcs that a chain of others implies. Arcs are sorted by `after`, so the rows of earlier
 * works are complete when they are asked; predecessors with high numbers imply those with low ones. */
static bool reduce(const struct ganger_makespan_model *m, struct links *links)
{
    size_t words = ((size_t)m->works + 63) / 64;
    if (m->works > GANGER_REDUCE_MOST) {
        return true;
    }
    uint64_t *above = calloc((size_t)m->works * words + 1, sizeof *above);
    bool *drop = calloc((size_t)links->count + 1, sizeof *drop);
    if (!above || !drop) {
        free(above);
        free(drop);
        return false;
    }
    for (int32_t first = 0, last; first < links->count; first = last) {
        int32_t w = links->list[first].after;
        uint64_t *row = above + (size_t)w * words;
        for (last = first; last < links->count && links->list[last].after == w; last++) {
        }
        for (int32_t i = last - 1; i >= first; i--) {
            const struct link *l = &links->list[i];
            if (!plain(l)) {
                continue;
            }
            drop[i] = (row[l->before / 64] >> (l->before % 64) & 1) != 0;
            row[l->before / 64] |= UINT64_C(1) << (l->before % 64);
            for (size_t k = 0; k < words; k++) {
                row[k] |= above[(size_t)l->before * words + k];
            }
        }
    }
    int32_t kept = 0;
    for (int32_t i = 0; i < links->count; i++) {
        if (!drop[i]) {
            links->list[kept++] = links->list[i];
        }
    }
    links->count = kept;
    free(above);
    free(drop);
    return true;
}

static int32_t into(const struct link *l, enum ganger_direction d)
{
    return d == GANGER_FORWARD ? l->after : l->before;
}

static int32_t from(const struct link *l, enum ganger_direction d)
{
    return d == GANGER_FORWARD ? l->before : l->after;
}

static uint8_t kind_of(const struct link *l, enum ganger_direction d)
{
    if (!l->by_start) {
        return GANGER_SERIAL_AFTER_FINISH;
    }
    /* Mirrored, "starts no earlier than the other starts" is "finishes no later than it finishes". */
    return d == GANGER_FORWARD ? GANGER_SERIAL_AFTER_START : GANGER_SERIAL_FINISH_AFTER;
}

static void count_rows(const struct ganger_makespan_model *m, const struct links *links,
                       enum ganger_direction d, struct ganger_arcs *arcs)
{
    for (int32_t i = 0; i < links->count; i++) {
        int32_t *first = plain(&links->list[i]) ? arcs->first_before : arcs->first_arc;
        first[into(&links->list[i], d) + 1]++;
    }
    for (int32_t w = 0; w < m->works; w++) {
        int32_t row = arcs->first_before[w + 1];
        arcs->first_before[w + 1] = arcs->first_before[w] + (row > 0 ? (row + 3) / 4 * 4 : 4);
        arcs->first_arc[w + 1] += arcs->first_arc[w];
    }
}

static bool fill_direction(struct ganger_makespan_model *m, const struct links *links,
                           enum ganger_direction d)
{
    struct ganger_arcs *arcs = &m->arcs[d];
    size_t works = (size_t)m->works + 2;
    arcs->first_before = calloc(works, sizeof *arcs->first_before);
    arcs->first_arc = calloc(works, sizeof *arcs->first_arc);
    int32_t *at = calloc(2 * works, sizeof *at);
    if (!arcs->first_before || !arcs->first_arc || !at) {
        free(at);
        return false;
    }
    count_rows(m, links, d, arcs);
    size_t before = (size_t)arcs->first_before[m->works] + 1;
    size_t other = (size_t)arcs->first_arc[m->works] + 1;
    arcs->before = malloc(before * sizeof *arcs->before);
    arcs->arc_other = malloc(other * sizeof *arcs->arc_other);
    arcs->arc_lag = malloc(other * sizeof *arcs->arc_lag);
    arcs->arc_kind = malloc(other);
    bool ready = arcs->before && arcs->arc_other && arcs->arc_lag && arcs->arc_kind;
    for (size_t i = 0; ready && i < before; i++) {
        arcs->before[i] = m->works;
    }
    for (int32_t i = 0; ready && i < links->count; i++) {
        const struct link *l = &links->list[i];
        int32_t w = into(l, d);
        if (plain(l)) {
            arcs->before[arcs->first_before[w] + at[2 * w]++] = from(l, d);
            continue;
        }
        int32_t row = arcs->first_arc[w] + at[2 * w + 1]++;
        arcs->arc_other[row] = from(l, d);
        arcs->arc_lag[row] = l->lag;
        arcs->arc_kind[row] = kind_of(l, d);
    }
    free(at);
    return ready;
}

bool ganger_makespan_arcs_fill(struct ganger_makespan_model *model)
{
    struct links links = {0};
    bool ready = links_of(model, &links) && reduce(model, &links) &&
                 fill_direction(model, &links, GANGER_FORWARD) &&
                 fill_direction(model, &links, GANGER_BACKWARD);
    free(links.list);
    return ready;
}

static int32_t shortest(const struct ganger_makespan_model *m, int32_t w)
{
    int32_t least = INT32_MAX;
    for (int32_t i = m->first_mode[w]; i < m->first_mode[w + 1]; i++) {
        least = m->duration[i] < least ? m->duration[i] : least;
    }
    return least == INT32_MAX ? 0 : least;
}

static int32_t longest(const struct ganger_makespan_model *m, int32_t w)
{
    int32_t most = 0;
    for (int32_t i = m->first_mode[w]; i < m->first_mode[w + 1]; i++) {
        most = m->duration[i] > most ? m->duration[i] : most;
    }
    return most;
}

/* Least start of a work in a direction, whatever the modes. */
static int32_t chain(const struct ganger_makespan_model *m, enum ganger_direction d, int32_t w,
                     const int32_t *start)
{
    const struct ganger_arcs *arcs = &m->arcs[d];
    int32_t at = d == GANGER_FORWARD ? m->release[w] : 0;
    for (int32_t i = arcs->first_before[w]; i < arcs->first_before[w + 1]; i++) {
        int32_t other = arcs->before[i];
        int32_t finish = other < m->works ? start[other] + shortest(m, other) : 0;
        at = finish > at ? finish : at;
    }
    for (int32_t i = arcs->first_arc[w]; i < arcs->first_arc[w + 1]; i++) {
        int32_t other = arcs->arc_other[i], base = start[other] + arcs->arc_lag[i];
        base += arcs->arc_kind[i] == GANGER_SERIAL_AFTER_START ? 0 : shortest(m, other);
        base -= arcs->arc_kind[i] == GANGER_SERIAL_FINISH_AFTER ? longest(m, w) : 0;
        at = base > at ? base : at;
    }
    return at;
}

/* The least energy of any renewable against its largest capacity. */
static int32_t energy_bound(const struct ganger_makespan_model *m)
{
    const struct ganger_problem *p = m->problem;
    int32_t bound = 0;
    for (int32_t r = 0; r < p->resources.renewables; r++) {
        int64_t sum = 0, most = 1;
        for (int32_t w = 0; w < m->works; w++) {
            int64_t least = INT64_MAX;
            for (int32_t i = m->first_mode[w]; i < m->first_mode[w + 1]; i++) {
                int64_t use = 0;
                int32_t mode = m->problem_mode[i];
                for (int32_t u = p->modes.first_use[mode]; u < p->modes.first_use[mode + 1]; u++) {
                    bool same = p->resources.renewable_index[p->modes.use_resource[u]] == r;
                    use += same ? (int64_t)p->modes.use_amount[u] * m->duration[i] : 0;
                }
                least = use < least ? use : least;
            }
            sum += least == INT64_MAX ? 0 : least;
        }
        for (int32_t t = 0; t < p->time.periods; t++) {
            int32_t capacity = p->resources.capacity[(int64_t)r * p->time.periods + t];
            most = capacity > most ? capacity : most;
        }
        int64_t periods = (sum + most - 1) / most;
        bound = periods > bound ? (int32_t)periods : bound;
    }
    return bound;
}

void ganger_makespan_chains_fill(struct ganger_makespan_model *model)
{
    for (int32_t w = 0; w < model->works; w++) {
        model->head[w] = chain(model, GANGER_FORWARD, w, model->head);
    }
    for (int32_t w = model->works - 1; w >= 0; w--) {
        model->tail[w] = chain(model, GANGER_BACKWARD, w, model->tail);
    }
    for (int32_t w = 0; w < model->works; w++) {
        int32_t finish = model->head[w] + shortest(model, w);
        model->critical_path = finish > model->critical_path ? finish : model->critical_path;
    }
    int32_t energy = energy_bound(model);
    model->bound = energy > model->critical_path ? energy : model->critical_path;
}
