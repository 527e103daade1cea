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
    int32_t *owned[] = {
        c->first_part, c->part,           c->renewable,    c->first,           c->first_term,
        c->work,       c->mode,           c->gate_of,      c->term_of,         c->arc,
        c->gate,       c->from,           c->demand,       c->first_demand,    c->of,
        c->crossing,   c->first_of,       c->crossing_arc, c->crossing_demand, c->first_beside,
        c->beside_arc, c->beside_segment, c->first_change};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
    free(c->volume);
    free(c->limit);
    free(c->change);
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
static int32_t list_segment(struct ganger_closures *c, int32_t segment, int32_t first)
{
    const struct ganger_problem *p = c->problem;
    int32_t count = 0;
    /* What is not built yet, and by one work, is never made less. */
    bool lessens = p->segments.capacity[segment] > 0 || ganger_passing_count(p, 1, &segment) > 1;
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

static int32_t list_segments(struct ganger_closures *c, struct ganger_closures_gate gate)
{
    int32_t first = ganger_closures_entries(c), count = 0;
    for (int32_t i = 0; i < gate.parts; i++) {
        count += list_segment(c, gate.segment[i], first + count);
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
        if (c->first_part[g + 1] - c->first_part[g] == gate.parts &&
            (gate.parts == 0 || memcmp(c->part + c->first_part[g], gate.segment,
                                       (size_t)gate.parts * sizeof *gate.segment) == 0) &&
            c->renewable[g] == gate.renewable && c->first[g + 1] - c->first[g] == entries &&
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
    int32_t **lists[] = {&c->renewable, &c->first, &c->first_term, &c->first_part};
    int32_t **parts[] = {&c->part};
    int32_t last = ganger_closures_entries(c), terms = ganger_closures_terms(c);
    int32_t first_part = c->gates > 0 ? c->first_part[c->gates] : 0;
    if (!make_entries(c, c->problem->works.count + c->problem->modes.count) ||
        !grow(lists, sizeof lists / sizeof *lists, &c->gate_room, c->gates + 1) ||
        !grow(parts, 1, &c->part_room, first_part + gate.parts)) {
        *failed = true;
        return GANGER_NONE;
    }
    bool gang = gate.parts == 0;
    int32_t entries = gang ? list_gang(c, gate) : list_segments(c, gate);
    int32_t found = entries > 0 ? find_gate(c, gate, entries) : GANGER_NONE;
    if (entries == 0 || found != GANGER_NONE) {
        return found;
    }
    for (int32_t i = 0; i < entries; i++) {
        c->gate_of[last + i] = c->gates;
        c->term_of[last + i] = terms + (gang ? 0 : i);
    }
    for (int32_t i = 0; i < gate.parts; i++) {
        c->part[first_part + i] = gate.segment[i];
    }
    c->first_part[c->gates] = first_part;
    c->first_part[c->gates + 1] = first_part + gate.parts;
    c->renewable[c->gates] = gate.renewable;
    c->first[c->gates] = last;
    c->first_term[c->gates] = terms;
    c->first[c->gates + 1] = last + entries;
    c->first_term[c->gates + 1] = terms + (gang ? 1 : entries);
    return c->gates++;
}

/* ---- rows ------------------------------------------------------------------------------------- */

static bool same_besides(const struct ganger_closures *c, int32_t i, struct ganger_closures_row row)
{
    int32_t first = c->first_beside[i], count = c->first_beside[i + 1] - first;
    bool same = count == row.besides;
    for (int32_t k = 0; same && k < count; k++) {
        same = c->beside_arc[first + k] == row.beside_arc[k] &&
               c->beside_segment[first + k] == row.beside_segment[k];
    }
    return same;
}

int32_t ganger_closures_find(const struct ganger_closures *closures, struct ganger_closures_row row)
{
    const struct ganger_closures *c = closures;
    for (int32_t i = 0; i < c->rows; i++) {
        if (c->arc[i] == row.arc && c->gate[i] == row.gate && c->from[i] == row.from &&
            c->first_demand[i + 1] - c->first_demand[i] == row.demands &&
            memcmp(c->demand + c->first_demand[i], row.demand,
                   (size_t)row.demands * sizeof *row.demand) == 0 &&
            same_besides(c, i, row)) {
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

static int32_t terms_of(const struct ganger_closures *c, int32_t gate)
{
    return c->first_term[gate + 1] - c->first_term[gate];
}

/* Where a work is among those of the gate's segments. */
static int32_t place_of(const struct ganger_closures *c, int32_t gate, int32_t work)
{
    const struct ganger_segments *segments = &c->problem->segments;
    int32_t place = 0;
    for (int32_t i = c->first_part[gate]; i < c->first_part[gate + 1]; i++) {
        int32_t q = c->part[i];
        for (int32_t k = segments->first_work[q]; k < segments->first_work[q + 1]; k++, place++) {
            if (segments->work_list[k] == work) {
                return place;
            }
        }
    }
    return GANGER_NONE;
}

/* Cells of whole boundaries. */
static bool grow_cells(double **cells, int32_t count, size_t boundaries)
{
    double *more = realloc(*cells, ((size_t)count + 1) * boundaries * sizeof *more);
    *cells = more ? more : *cells;
    return more != NULL;
}

/* Room for one more row. */
static bool make_row(struct ganger_closures *c, struct ganger_closures_row row)
{
    size_t boundaries = (size_t)c->problem->time.periods + 1;
    int32_t **rows[] = {&c->arc,          &c->gate,         &c->from,
                        &c->first_demand, &c->first_beside, &c->first_change};
    int32_t **members[] = {&c->demand, &c->crossing, &c->crossing_demand, &c->crossing_arc};
    int32_t **besides[] = {&c->beside_arc, &c->beside_segment};
    int32_t was = c->row_room, first_beside = c->rows > 0 ? c->first_beside[c->rows] : 0;
    int32_t changes = (c->rows > 0 ? c->first_change[c->rows] : 0) + terms_of(c, row.gate);
    if (!grow(members, sizeof members / sizeof *members, &c->member_room,
              ganger_closures_members(c) + row.demands) ||
        !grow(besides, sizeof besides / sizeof *besides, &c->beside_room,
              first_beside + row.besides) ||
        !grow(rows, sizeof rows / sizeof *rows, &c->row_room, c->rows + 1) ||
        (c->row_room > was && (!grow_cells(&c->volume, c->row_room, boundaries) ||
                               !grow_cells(&c->limit, c->row_room, boundaries)))) {
        return false;
    }
    if (changes > c->change_room) {
        c->change_room = 2 * changes;
        return grow_cells(&c->change, c->change_room, boundaries);
    }
    return true;
}

static void sum_volumes(struct ganger_closures *c, struct ganger_closures_row row)
{
    const struct ganger_demands *demands = &c->problem->demands;
    int32_t boundaries = c->problem->time.periods + 1;
    for (int32_t t = 0; t < boundaries; t++) {
        const double *volume = demands->volume + (int64_t)demands->step_at[t] * demands->count;
        double sum = 0;
        for (int32_t i = 0; i < row.demands; i++) {
            sum += volume[row.demand[i]];
        }
        c->volume[(int64_t)c->rows * boundaries + t] = sum;
    }
}

double ganger_closures_passes(const struct ganger_problem *problem, int32_t link, int32_t t)
{
    const struct ganger_links *links = &problem->links;
    double least = INFINITY;
    for (int32_t i = links->first_segment[link]; i < links->first_segment[link + 1]; i++) {
        int32_t q = links->segment_list[i];
        least = fmin(least, ganger_passing_most(problem, q, ganger_relax_worn(problem, q, t)));
    }
    return least;
}

/* Fills the limits of the last row, of segments. */
static void measure_segments(struct ganger_closures *c, int32_t row)
{
    const struct ganger_problem *p = c->problem;
    int32_t gate = c->gate[row], boundaries = p->time.periods + 1;
    int32_t parts = c->first_part[gate + 1] - c->first_part[gate];
    double *change = c->change + (int64_t)c->first_change[row] * boundaries;
    for (int32_t t = 0; t < boundaries; t++) {
        struct ganger_passing_parts of = {.parts = parts, .segment = c->part + c->first_part[gate]};
        struct ganger_plane plane = {c->volume[(int64_t)row * boundaries + t],
                                     (uint32_t)c->from[row]};
        for (int32_t i = 0; i < parts; i++) {
            of.worn[i] = ganger_relax_worn(p, of.segment[i], t);
        }
        for (int32_t i = c->first_beside[row]; i < c->first_beside[row + 1]; i++) {
            of.fixed += c->beside_segment[i] == GANGER_NONE
                            ? ganger_closures_passes(p, c->beside_arc[i] / 2, t)
                            : 0;
        }
        struct ganger_passing passing = ganger_passing_of(p, &of);
        c->limit[(int64_t)row * boundaries + t] = ganger_passing_untouched(&passing, plane);
        for (int32_t e = c->first[gate]; e < c->first[gate + 1]; e++) {
            int32_t i = place_of(c, gate, c->work[e]), mode = c->mode[e];
            change[(int64_t)(e - c->first[gate]) * boundaries + t] =
                mode == GANGER_NONE
                    ? ganger_passing_more(&passing, plane, i)
                    : -ganger_passing_less(&passing, plane, i, p->modes.factor[mode]);
        }
    }
}

/* Of a gang: all that the demand is, less by all of it. */
static void measure_gang(struct ganger_closures *c, int32_t row)
{
    int32_t boundaries = c->problem->time.periods + 1;
    for (int32_t t = 0; t < boundaries; t++) {
        double volume = c->volume[(int64_t)row * boundaries + t];
        c->limit[(int64_t)row * boundaries + t] = volume;
        c->change[(int64_t)c->first_change[row] * boundaries + t] = -volume;
    }
}

bool ganger_closures_add(struct ganger_closures *closures, struct ganger_closures_row row)
{
    struct ganger_closures *c = closures;
    int32_t first = ganger_closures_members(c), i = c->rows;
    if (!make_row(c, row)) {
        return false;
    }
    for (int32_t k = 0; k < row.demands; k++) {
        c->demand[first + k] = row.demand[k];
        c->crossing[first + k] =
            crossing_of(c, row.demand[k], row.besides > 0 ? GANGER_NONE : row.arc);
    }
    if (i == 0) {
        c->first_beside[0] = c->first_change[0] = 0;
    }
    for (int32_t k = 0; k < row.besides; k++) {
        c->beside_arc[c->first_beside[i] + k] = row.beside_arc[k];
        c->beside_segment[c->first_beside[i] + k] = row.beside_segment[k];
    }
    c->first_beside[i + 1] = c->first_beside[i] + row.besides;
    c->first_change[i + 1] = c->first_change[i] + terms_of(c, row.gate);
    c->arc[i] = row.arc;
    c->gate[i] = row.gate;
    c->from[i] = row.from;
    sum_volumes(c, row);
    if (c->renewable[row.gate] == GANGER_NONE) {
        measure_segments(c, i);
    } else {
        measure_gang(c, i);
    }
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
