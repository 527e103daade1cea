#include "relax/closures.h"

#include <stdlib.h>
#include <string.h>

bool ganger_closures_init(struct ganger_closures *closures, const struct ganger_graph *graph,
                          int threads, int64_t *ticks)
{
    struct ganger_closures *c = closures;
    size_t works = (size_t)graph->problem->works.count + 2;
    *c = (struct ganger_closures){.problem = graph->problem};
    c->first = calloc(1, sizeof *c->first);
    c->first_of = calloc(works, sizeof *c->first_of);
    c->of = calloc(1, sizeof *c->of);
    if (!c->first || !c->first_of || !c->of ||
        !ganger_series_init(&c->series, graph, threads, ticks)) {
        ganger_closures_clear(c);
        return false;
    }
    return true;
}

void ganger_closures_clear(struct ganger_closures *closures)
{
    struct ganger_closures *c = closures;
    int32_t *owned[] = {c->segment,         c->renewable, c->first,        c->work,     c->gate_of,
                        c->demand,          c->link,      c->gate,         c->crossing, c->first_of,
                        c->crossing_demand, c->of,        c->crossing_link};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
    ganger_series_clear(&c->series);
    *c = (struct ganger_closures){0};
}

int32_t ganger_closures_amount(const struct ganger_problem *problem, int32_t renewable,
                               int32_t mode)
{
    if (!ganger_series_closes(problem, mode)) {
        return 0;
    }
    if (renewable == GANGER_NONE) {
        return 1;
    }
    for (int32_t u = problem->modes.first_use[mode]; u < problem->modes.first_use[mode + 1]; u++) {
        if (problem->resources.renewable_index[problem->modes.use_resource[u]] == renewable) {
            return problem->modes.use_amount[u];
        }
    }
    return 0;
}

static bool closes_in_a_mode(const struct ganger_problem *p, int32_t renewable, int32_t work)
{
    bool closes = false;
    for (int32_t m = p->works.first_mode[work]; m < p->works.first_mode[work + 1] && !closes; m++) {
        closes = ganger_closures_amount(p, renewable, m) > 0;
    }
    return closes;
}

static bool is_part(const struct ganger_closures *c, struct ganger_closures_gate gate, int32_t work)
{
    const struct ganger_problem *p = c->problem;
    int32_t q = p->works.segment[work];
    if (q == GANGER_NONE || (gate.segment != GANGER_NONE && q != gate.segment)) {
        return false;
    }
    if (gate.segment != GANGER_NONE && p->segments.capacity[q] <= 0) {
        return p->works.gain[work] > 0;
    }
    if (gate.segment == GANGER_NONE) {
        int32_t place = c->series.place[p->segments.link[q]];
        if (place == GANGER_NONE ||
            !ganger_series_needs(&c->series, place, gate.demand, gate.link)) {
            return false;
        }
    }
    return closes_in_a_mode(p, gate.renewable, work);
}

/* Makes room for `more` cells after `count` in each list. */
static bool grow(int32_t **const *lists, size_t number, int32_t *room, int32_t needed)
{
    if (needed <= *room) {
        return true;
    }
    int32_t more = 2 * *room + 64 > needed ? 2 * *room + 64 : needed;
    for (size_t i = 0; i < number; i++) {
        int32_t *cells = realloc(*lists[i], ((size_t)more + 1) * sizeof *cells);
        if (!cells) {
            return false;
        }
        *lists[i] = cells;
    }
    *room = more;
    return true;
}

/* A gate of the same kind with the same works as those listed after the last gate. */
static int32_t find_gate(const struct ganger_closures *c, struct ganger_closures_gate gate,
                         int32_t works)
{
    const int32_t *listed = c->work + ganger_closures_entries(c);
    for (int32_t g = 0; g < c->gates; g++) {
        if (c->segment[g] == gate.segment && c->renewable[g] == gate.renewable &&
            c->first[g + 1] - c->first[g] == works &&
            memcmp(c->work + c->first[g], listed, (size_t)works * sizeof *listed) == 0) {
            return g;
        }
    }
    return GANGER_NONE;
}

int32_t ganger_closures_add_gate(struct ganger_closures *closures, struct ganger_closures_gate gate,
                                 bool *failed)
{
    struct ganger_closures *c = closures;
    int32_t **gate_lists[] = {&c->segment, &c->renewable, &c->first};
    int32_t **entry_lists[] = {&c->work, &c->gate_of};
    int32_t last = ganger_closures_entries(c), works = 0;
    if (!grow(entry_lists, 2, &c->entry_room, last + c->problem->works.count) ||
        !grow(gate_lists, 3, &c->gate_room, c->gates + 1)) {
        *failed = true;
        return GANGER_NONE;
    }
    for (int32_t w = 0; w < c->problem->works.count; w++) {
        if (is_part(c, gate, w)) {
            c->work[last + works++] = w;
        }
    }
    int32_t found = works > 0 ? find_gate(c, gate, works) : GANGER_NONE;
    if (works == 0 || found != GANGER_NONE) {
        return found;
    }
    for (int32_t i = last; i < last + works; i++) {
        c->gate_of[i] = c->gates;
    }
    c->segment[c->gates] = gate.segment;
    c->renewable[c->gates] = gate.renewable;
    c->first[c->gates] = last;
    c->first[c->gates + 1] = last + works;
    return c->gates++;
}

static int32_t find_crossing(const struct ganger_closures *c, int32_t demand, int32_t link)
{
    for (int32_t i = 0; i < c->crossings; i++) {
        if (c->crossing_demand[i] == demand && c->crossing_link[i] == link) {
            return i;
        }
    }
    return GANGER_NONE;
}

int32_t ganger_closures_find(const struct ganger_closures *closures, int32_t demand, int32_t link,
                             int32_t gate)
{
    for (int32_t i = 0; i < closures->rows; i++) {
        if (closures->demand[i] == demand && closures->link[i] == link &&
            closures->gate[i] == gate) {
            return i;
        }
    }
    return GANGER_NONE;
}

bool ganger_closures_add(struct ganger_closures *closures, int32_t demand, int32_t link,
                         int32_t gate)
{
    struct ganger_closures *c = closures;
    int32_t **lists[] = {&c->demand,          &c->link,         &c->gate, &c->crossing,
                         &c->crossing_demand, &c->crossing_link};
    if (!grow(lists, sizeof lists / sizeof *lists, &c->row_room, c->rows + 1)) {
        return false;
    }
    int32_t crossing = find_crossing(c, demand, link);
    if (crossing == GANGER_NONE) {
        crossing = c->crossings++;
        c->crossing_demand[crossing] = demand;
        c->crossing_link[crossing] = link;
    }
    c->demand[c->rows] = demand;
    c->link[c->rows] = link;
    c->gate[c->rows] = gate;
    c->crossing[c->rows++] = crossing;
    return true;
}

/* Marks the entries of gates that have rows. */
static void mark_entries(const struct ganger_closures *c, bool *used)
{
    for (int32_t row = 0; row < c->rows; row++) {
        for (int32_t i = c->first[c->gate[row]]; i < c->first[c->gate[row] + 1]; i++) {
            used[i] = true;
        }
    }
}

bool ganger_closures_index(struct ganger_closures *closures)
{
    struct ganger_closures *c = closures;
    int32_t entries = ganger_closures_entries(c), works = c->problem->works.count;
    bool *used = calloc((size_t)entries + 1, sizeof *used);
    int32_t *of = realloc(c->of, ((size_t)entries + 1) * sizeof *of);
    c->of = of ? of : c->of;
    if (!used || !of) {
        free(used);
        return false;
    }
    mark_entries(c, used);
    memset(c->first_of, 0, ((size_t)works + 2) * sizeof *c->first_of);
    for (int32_t i = 0; i < entries; i++) {
        c->first_of[c->work[i] + 2] += used[i];
    }
    for (int32_t w = 0; w < works; w++) {
        c->first_of[w + 2] += c->first_of[w + 1];
    }
    for (int32_t i = 0; i < entries; i++) {
        if (used[i]) {
            c->of[c->first_of[c->work[i] + 1]++] = i;
        }
    }
    free(used);
    return true;
}
