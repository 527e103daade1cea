#include "relax/closures.h"

#include "relax/worn.h"

#include <math.h>
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
    int32_t *owned[] = {c->segment,  c->renewable,    c->first,          c->first_term, c->work,
                        c->mode,     c->gate_of,      c->term_of,        c->arc,        c->gate,
                        c->finished, c->demand,       c->first_demand,   c->of,         c->crossing,
                        c->first_of, c->crossing_arc, c->crossing_demand};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
    free(c->volume);
    ganger_series_clear(&c->series);
    *c = (struct ganger_closures){0};
}

/* ---- gates ------------------------------------------------------------------------------------ */

/* What a mode uses of a renewable. */
static int32_t amount_of(const struct ganger_problem *p, int32_t renewable, int32_t mode)
{
    for (int32_t u = p->modes.first_use[mode]; u < p->modes.first_use[mode + 1]; u++) {
        if (p->resources.renewable_index[p->modes.use_resource[u]] == renewable) {
            return p->modes.use_amount[u];
        }
    }
    return 0;
}

int32_t ganger_closures_amount(const struct ganger_closures *closures, int32_t entry, int32_t mode)
{
    const struct ganger_closures *c = closures;
    int32_t renewable = c->renewable[c->gate_of[entry]];
    if (renewable == GANGER_NONE) {
        return mode == c->mode[entry];
    }
    return ganger_series_closes(c->problem, mode) ? amount_of(c->problem, renewable, mode) : 0;
}

struct ganger_closures_now ganger_closures_at(const struct ganger_closures *closures, int32_t row,
                                              int32_t t)
{
    const struct ganger_closures *c = closures;
    int32_t gate = c->gate[row], q = c->segment[gate];
    double volume = c->volume[(int64_t)row * (c->problem->time.periods + 1) + t];
    struct ganger_closures_now now = {
        .closures = c, .gate = gate, .plane = {volume, c->finished[row] != 0}};
    if (q != GANGER_NONE) {
        now.passing = ganger_passing_of(c->problem, q, ganger_relax_worn(c->problem, q, t));
    }
    return now;
}

double ganger_closures_limit(const struct ganger_closures_now *now)
{
    return now->closures->segment[now->gate] == GANGER_NONE
               ? now->plane.volume
               : ganger_passing_untouched(&now->passing, now->plane);
}

double ganger_closures_change(const struct ganger_closures_now *now, int32_t entry)
{
    const struct ganger_closures *c = now->closures;
    const struct ganger_problem *p = c->problem;
    int32_t q = c->segment[now->gate], mode = c->mode[entry], i = 0;
    if (q == GANGER_NONE) {
        return -now->plane.volume;
    }
    while (p->segments.work_list[p->segments.first_work[q] + i] != c->work[entry]) {
        i++;
    }
    return mode == GANGER_NONE
               ? ganger_passing_more(&now->passing, now->plane, i)
               : -ganger_passing_less(&now->passing, now->plane, i, p->modes.factor[mode]);
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

/* Room for `more` entries. */
static bool make_entries(struct ganger_closures *c, int32_t more)
{
    int32_t **lists[] = {&c->work, &c->mode, &c->gate_of, &c->term_of};
    return grow(lists, sizeof lists / sizeof *lists, &c->entry_room,
                ganger_closures_entries(c) + more);
}

/* Lists entries behind the last gate, without its number. */
static int32_t list_segment(struct ganger_closures *c, int32_t segment)
{
    const struct ganger_problem *p = c->problem;
    int32_t first = ganger_closures_entries(c), count = 0;
    /* What is not built yet, and by one work, is never made less. */
    bool lessens = p->segments.capacity[segment] > 0 || ganger_passing_has_two(p, segment);
    for (int32_t i = p->segments.first_work[segment]; i < p->segments.first_work[segment + 1];
         i++) {
        int32_t w = p->segments.work_list[i];
        if (p->works.gain[w] > 0 || (p->works.renews[w] && p->segments.decay[segment] > 0)) {
            c->work[first + count] = w;
            c->mode[first + count++] = GANGER_NONE;
        }
        for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
            if (lessens && p->modes.factor[m] < 1 && p->modes.duration[m] > 0) {
                c->work[first + count] = w;
                c->mode[first + count++] = m;
            }
        }
    }
    return count;
}

static bool uses_gang(const struct ganger_problem *p, int32_t renewable, int32_t work)
{
    bool uses = false;
    for (int32_t m = p->works.first_mode[work]; m < p->works.first_mode[work + 1] && !uses; m++) {
        uses = ganger_series_closes(p, m) && amount_of(p, renewable, m) > 0;
    }
    return uses;
}

static int32_t list_gang(struct ganger_closures *c, struct ganger_closures_gate gate)
{
    const struct ganger_problem *p = c->problem;
    int32_t first = ganger_closures_entries(c), count = 0;
    for (int32_t w = 0; w < p->works.count; w++) {
        int32_t q = p->works.segment[w];
        int32_t place = q == GANGER_NONE ? GANGER_NONE : c->series.place[p->segments.link[q]];
        if (place != GANGER_NONE &&
            ganger_series_needs(&c->series, place, gate.demand, gate.link) &&
            uses_gang(p, gate.renewable, w)) {
            c->work[first + count] = w;
            c->mode[first + count++] = GANGER_NONE;
        }
    }
    return count;
}

/* A gate of the same kind with the same works as those listed after the last gate. */
static int32_t find_gate(const struct ganger_closures *c, struct ganger_closures_gate gate,
                         int32_t entries)
{
    const int32_t *listed = c->work + ganger_closures_entries(c);
    for (int32_t g = 0; g < c->gates; g++) {
        if (c->segment[g] == gate.segment && c->renewable[g] == gate.renewable &&
            c->first[g + 1] - c->first[g] == entries &&
            memcmp(c->work + c->first[g], listed, (size_t)entries * sizeof *listed) == 0) {
            return g;
        }
    }
    return GANGER_NONE;
}

int32_t ganger_closures_add_gate(struct ganger_closures *closures, struct ganger_closures_gate gate,
                                 bool *failed)
{
    struct ganger_closures *c = closures;
    int32_t **lists[] = {&c->segment, &c->renewable, &c->first, &c->first_term};
    int32_t last = ganger_closures_entries(c), terms = ganger_closures_terms(c);
    if (!make_entries(c, c->problem->works.count + c->problem->modes.count) ||
        !grow(lists, sizeof lists / sizeof *lists, &c->gate_room, c->gates + 1)) {
        *failed = true;
        return GANGER_NONE;
    }
    bool gang = gate.segment == GANGER_NONE;
    int32_t entries = gang ? list_gang(c, gate) : list_segment(c, gate.segment);
    int32_t found = entries > 0 ? find_gate(c, gate, entries) : GANGER_NONE;
    if (entries == 0 || found != GANGER_NONE) {
        return found;
    }
    for (int32_t i = 0; i < entries; i++) {
        c->gate_of[last + i] = c->gates;
        c->term_of[last + i] = terms + (gang ? 0 : i);
    }
    c->segment[c->gates] = gate.segment;
    c->renewable[c->gates] = gate.renewable;
    c->first[c->gates] = last;
    c->first_term[c->gates] = terms;
    c->first[c->gates + 1] = last + entries;
    c->first_term[c->gates + 1] = terms + (gang ? 1 : entries);
    return c->gates++;
}

/* ---- rows ------------------------------------------------------------------------------------- */

int32_t ganger_closures_find(const struct ganger_closures *closures, struct ganger_closures_row row)
{
    const struct ganger_closures *c = closures;
    for (int32_t i = 0; i < c->rows; i++) {
        if (c->arc[i] == row.arc && c->gate[i] == row.gate && c->finished[i] == row.finished &&
            c->first_demand[i + 1] - c->first_demand[i] == row.demands &&
            memcmp(c->demand + c->first_demand[i], row.demand,
                   (size_t)row.demands * sizeof *row.demand) == 0) {
            return i;
        }
    }
    return GANGER_NONE;
}

static int32_t crossing_of(struct ganger_closures *c, int32_t demand, int32_t arc)
{
    for (int32_t i = 0; i < c->crossings; i++) {
        if (c->crossing_demand[i] == demand && c->crossing_arc[i] == arc) {
            return i;
        }
    }
    c->crossing_demand[c->crossings] = demand;
    c->crossing_arc[c->crossings] = arc;
    return c->crossings++;
}

/* Room for one more row of so many demands. */
static bool make_row(struct ganger_closures *c, int32_t demands)
{
    size_t boundaries = (size_t)c->problem->time.periods + 1;
    int32_t **rows[] = {&c->arc, &c->gate, &c->finished, &c->first_demand};
    int32_t **members[] = {&c->demand, &c->crossing, &c->crossing_demand, &c->crossing_arc};
    int32_t room = c->row_room;
    if (!grow(members, sizeof members / sizeof *members, &c->member_room,
              ganger_closures_members(c) + demands) ||
        !grow(rows, sizeof rows / sizeof *rows, &room, c->rows + 1)) {
        return false;
    }
    if (room > c->row_room) {
        double *volume = realloc(c->volume, (size_t)room * boundaries * sizeof *volume);
        if (!volume) {
            return false;
        }
        c->volume = volume;
        c->row_room = room;
    }
    return true;
}

bool ganger_closures_add(struct ganger_closures *closures, struct ganger_closures_row row)
{
    struct ganger_closures *c = closures;
    const struct ganger_demands *demands = &c->problem->demands;
    int32_t boundaries = c->problem->time.periods + 1, first = ganger_closures_members(c);
    if (!make_row(c, row.demands)) {
        return false;
    }
    for (int32_t i = 0; i < row.demands; i++) {
        c->demand[first + i] = row.demand[i];
        c->crossing[first + i] = crossing_of(c, row.demand[i], row.arc);
    }
    for (int32_t t = 0; t < boundaries; t++) {
        const double *volume = demands->volume + (int64_t)demands->step_at[t] * demands->count;
        double sum = 0;
        for (int32_t i = 0; i < row.demands; i++) {
            sum += volume[row.demand[i]];
        }
        c->volume[(int64_t)c->rows * boundaries + t] = sum;
    }
    c->arc[c->rows] = row.arc;
    c->gate[c->rows] = row.gate;
    c->finished[c->rows] = row.finished;
    c->first_demand[c->rows] = first;
    c->first_demand[++c->rows] = first + row.demands;
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
