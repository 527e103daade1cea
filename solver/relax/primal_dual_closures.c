/* Rows of closure in the primal-dual method: prices of terms and crossings, and how they move. */
#include "relax/primal_dual_parts.h"

#include "parallel/parallel.h"

#include <stdlib.h>
#include <string.h>

static bool widen_point(struct ganger_pd_point *z, const struct ganger_pd_rows *from,
                        const struct ganger_pd_rows *to, size_t width)
{
    return ganger_pd_widen(&z->y.closure, (size_t)from->rows * width, (size_t)to->rows * width) &&
           ganger_pd_widen(&z->crossing, (size_t)from->crossings * width,
                           (size_t)to->crossings * width) &&
           ganger_pd_widen(&z->entry, (size_t)from->entries * width, (size_t)to->entries * width) &&
           ganger_pd_widen(&z->term, (size_t)from->terms * width, (size_t)to->terms * width) &&
           ganger_pd_widen(&z->beyond, (size_t)from->rows * width, (size_t)to->rows * width);
}

/* Means over blocks of what a row asks. */
static void measure_row(struct ganger_primal_dual *s, int64_t row)
{
    const struct ganger_closures *c = s->closures;
    int64_t width = s->blocks.width, boundaries = s->problem->time.periods + 1;
    int32_t gate = c->gate[row], terms = c->first_term[gate + 1] - c->first_term[gate];
    double *volume = s->closure_volume + row * width, *limit = s->closure_limit + row * width;
    double *change = s->closure_change + s->first_change[row] * width;
    for (int64_t t = 0; t < boundaries; t++) {
        int32_t b = s->blocks.of[t];
        double share = s->blocks.share[t];
        volume[b] += share * c->volume[row * boundaries + t];
        limit[b] += share * ganger_closures_limit(c, (int32_t)row, (int32_t)t);
        for (int32_t i = 0; i < terms; i++) {
            change[i * width + b] += share * c->change[(c->first_change[row] + i) * boundaries + t];
        }
    }
}

/* Where the changes of each row begin. */
static bool number_changes(struct ganger_primal_dual *s, struct ganger_pd_rows *to)
{
    const struct ganger_closures *c = s->closures;
    int32_t *first = realloc(s->first_change, ((size_t)to->rows + 1) * sizeof *first);
    if (!first) {
        return false;
    }
    s->first_change = first;
    first[0] = 0;
    for (int32_t row = 0; row < to->rows; row++) {
        int32_t gate = c->gate[row];
        first[row + 1] = first[row] + c->first_term[gate + 1] - c->first_term[gate];
    }
    to->changes = first[to->rows];
    return true;
}

/* Rows by gate, and by crossing. */
static bool index_rows(struct ganger_primal_dual *s, const struct ganger_pd_rows *to)
{
    const struct ganger_closures *c = s->closures;
    int32_t members = to->rows > 0 ? c->first_demand[to->rows] : 0;
    struct {
        int32_t **array;
        int32_t count;
    } arrays[] = {{&s->first_of_gate, to->gates + 2},
                  {&s->of_gate, to->rows + 1},
                  {&s->first_of_crossing, to->crossings + 2},
                  {&s->of_crossing, members + 1}};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
        free(*arrays[i].array);
        *arrays[i].array = calloc((size_t)arrays[i].count, sizeof(int32_t));
        if (!*arrays[i].array) {
            return false;
        }
    }
    for (int32_t row = 0; row < to->rows; row++) {
        s->first_of_gate[c->gate[row] + 2]++;
    }
    for (int32_t i = 0; i < members; i++) {
        s->first_of_crossing[c->crossing[i] + 2]++;
    }
    for (int32_t g = 0; g < to->gates; g++) {
        s->first_of_gate[g + 2] += s->first_of_gate[g + 1];
    }
    for (int32_t i = 0; i < to->crossings; i++) {
        s->first_of_crossing[i + 2] += s->first_of_crossing[i + 1];
    }
    for (int32_t row = 0; row < to->rows; row++) {
        s->of_gate[s->first_of_gate[c->gate[row] + 1]++] = row;
        for (int32_t i = c->first_demand[row]; i < c->first_demand[row + 1]; i++) {
            s->of_crossing[s->first_of_crossing[c->crossing[i] + 1]++] = row;
        }
    }
    return true;
}

bool ganger_pd_widen_closures(struct ganger_primal_dual *s)
{
    const struct ganger_closures *c = s->closures;
    size_t width = ganger_pd_width(s);
    struct ganger_pd_rows from = s->rows, to = {0};
    if (c) {
        to = (struct ganger_pd_rows){.rows = c->rows,
                                     .crossings = c->crossings,
                                     .gates = c->gates,
                                     .entries = ganger_closures_entries(c),
                                     .terms = ganger_closures_terms(c)};
    }
    if (!number_changes(s, &to) || !index_rows(s, &to) ||
        !widen_point(&s->now, &from, &to, width) || !widen_point(&s->next, &from, &to, width) ||
        !widen_point(&s->sum, &from, &to, width) || !widen_point(&s->start, &from, &to, width)) {
        return false;
    }
    struct {
        double **array;
        int32_t from, to;
    } arrays[] = {{&s->closure_length, from.rows, to.rows},
                  {&s->closure_volume, from.rows, to.rows},
                  {&s->closure_limit, from.rows, to.rows},
                  {&s->closure_change, from.changes, to.changes},
                  {&s->gate_share, from.gates, to.gates},
                  {&s->term_price, from.terms, to.terms},
                  {&s->crossing_price, from.crossings, to.crossings}};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
        if (!ganger_pd_widen(arrays[i].array, (size_t)arrays[i].from * width,
                             (size_t)arrays[i].to * width)) {
            return false;
        }
    }
    s->rows = to;
    for (int32_t row = from.rows; row < to.rows; row++) {
        measure_row(s, row);
    }
    return true;
}

void ganger_pd_clear_closures(struct ganger_primal_dual *s)
{
    free(s->closure_length);
    free(s->closure_volume);
    free(s->closure_limit);
    free(s->closure_change);
    free(s->first_change);
    free(s->gate_share);
    free(s->term_price);
    free(s->crossing_price);
    free(s->first_of_gate);
    free(s->of_gate);
    free(s->first_of_crossing);
    free(s->of_crossing);
}

static void share_gates(struct ganger_primal_dual *s)
{
    for (int32_t g = 0; g < s->rows.gates; g++) {
        int32_t renewable = s->closures->renewable[g];
        for (int32_t b = 0; b < s->blocks.count; b++) {
            double capacity = renewable == GANGER_NONE
                                  ? 1
                                  : ganger_blocks_capacity(&s->blocks, s->problem, renewable, b);
            int32_t periods = s->blocks.first[b + 1] - s->blocks.first[b];
            s->gate_share[(int64_t)g * s->blocks.width + b] =
                capacity > 0 ? 1 / (capacity * periods) : 0;
        }
    }
}

/* Of an entry, the blocks that a work takes for good, at most; or is finished, about. */
static double reach_of(const struct ganger_primal_dual *s, int32_t entry)
{
    const struct ganger_problem *p = s->problem;
    const struct ganger_closures *c = s->closures;
    int32_t work = c->work[entry];
    if (ganger_closures_finished(c, entry)) {
        return 0.5 * s->blocks.count;
    }
    double most = 0;
    double share =
        s->gate_share[(int64_t)c->gate_of[entry] * s->blocks.width + s->blocks.count / 2];
    for (int32_t m = p->works.first_mode[work]; m < p->works.first_mode[work + 1]; m++) {
        double reach = share * p->modes.duration[m] * ganger_closures_amount(c, entry, m);
        most = reach > most ? reach : most;
    }
    return most;
}

/* Adds to weight[terms] what a row's limit changes with each, by the row's volume. */
static void weigh_row(const struct ganger_primal_dual *s, int64_t row, double *weight)
{
    const struct ganger_closures *c = s->closures;
    int64_t width = s->blocks.width, b = s->blocks.count / 2;
    double volume = s->closure_volume[row * width + b];
    for (int32_t i = s->first_change[row]; i < s->first_change[row + 1]; i++) {
        double change = s->closure_change[i * width + b];
        int32_t term = c->first_term[c->gate[row]] + i - s->first_change[row];
        weight[term] += volume > 0 ? (change < 0 ? -change : change) / volume : 0;
    }
}

/* In natural units - flows in their demand's volume, rows in that of theirs - all entries of a row are 1 together. */
bool ganger_pd_choose_closure_lengths(struct ganger_primal_dual *s)
{
    const struct ganger_closures *c = s->closures;
    double *weight;
    if (!ganger_pd_make(&weight, (size_t)s->rows.terms)) {
        return false;
    }
    share_gates(s);
    for (int64_t row = 0; row < s->rows.rows; row++) {
        weigh_row(s, row, weight);
    }
    for (int64_t i = 0; i < s->rows.rows * (int64_t)s->blocks.width; i++) {
        double volume = s->closure_volume[i];
        s->closure_length[i] = volume > 0 ? 0.5 / (volume * volume) : 0;
    }
    for (int32_t place = 0; s->rows.rows > 0 && place < s->problem->works.count; place++) {
        int32_t work = s->columns.order[place];
        double sum = 0;
        for (int32_t i = c->first_of[work]; i < c->first_of[work + 1]; i++) {
            sum += weight[c->term_of[c->of[i]]] * reach_of(s, c->of[i]);
        }
        s->work_length[place] = 1 / (1 / s->work_length[place] + sum);
    }
    free(weight);
    return true;
}

bool ganger_pd_weigh_crossings(const struct ganger_primal_dual *s, double **weight)
{
    const struct ganger_closures *c = s->closures;
    int64_t width = s->blocks.width, b = s->blocks.count / 2;
    if (!ganger_pd_make(weight, (size_t)s->rows.crossings)) {
        return false;
    }
    for (int64_t row = 0; row < s->rows.rows; row++) {
        double volume = s->closure_volume[row * width + b];
        for (int32_t i = c->first_demand[row]; volume > 0 && i < c->first_demand[row + 1]; i++) {
            (*weight)[c->crossing[i]] += s->blocks.demand[c->demand[i] * width + b] / volume;
        }
    }
    return true;
}

struct ganger_column_gates ganger_pd_gates(const struct ganger_primal_dual *s)
{
    return (struct ganger_column_gates){s->closures, s->gate_share, s->term_price};
}

static void price_terms(struct ganger_primal_dual *s, int32_t gate)
{
    const struct ganger_closures *c = s->closures;
    int64_t width = s->blocks.width,
            cells = (c->first_term[gate + 1] - c->first_term[gate]) * width;
    double *term = s->term_price + c->first_term[gate] * width;
    memset(term, 0, (size_t)cells * sizeof *term);
    for (int32_t k = s->first_of_gate[gate]; k < s->first_of_gate[gate + 1]; k++) {
        const double *price = s->from->y.closure + s->of_gate[k] * width;
        const double *change = s->closure_change + s->first_change[s->of_gate[k]] * width;
        for (int64_t i = 0; i < cells; i += width) {
            for (int64_t b = 0; b < width; b++) {
                term[i + b] += price[b] * change[i + b];
            }
        }
    }
}

static void price_crossing(struct ganger_primal_dual *s, int32_t i)
{
    int64_t width = s->blocks.width;
    double *crossing = s->crossing_price + i * width;
    memset(crossing, 0, (size_t)width * sizeof *crossing);
    for (int32_t k = s->first_of_crossing[i]; k < s->first_of_crossing[i + 1]; k++) {
        const double *price = s->from->y.closure + s->of_crossing[k] * width;
        for (int64_t b = 0; b < width; b++) {
            crossing[b] += price[b];
        }
    }
}

static void price_job(int32_t job, void *context)
{
    struct ganger_primal_dual *s = context;
    int64_t gates = s->rows.gates, crossings = s->rows.crossings;
    for (int64_t g = gates * job / GANGER_PD_ROW_JOBS; g < gates * (job + 1) / GANGER_PD_ROW_JOBS;
         g++) {
        price_terms(s, (int32_t)g);
    }
    for (int64_t i = crossings * job / GANGER_PD_ROW_JOBS;
         i < crossings * (job + 1) / GANGER_PD_ROW_JOBS; i++) {
        price_crossing(s, (int32_t)i);
    }
}

void ganger_pd_price_gates(struct ganger_primal_dual *s, struct ganger_pd_point *from, int threads)
{
    s->from = from;
    ganger_parallel_for(threads, s->rows.rows > 0 ? GANGER_PD_ROW_JOBS : 0, price_job, s);
}

void ganger_pd_sum_terms(const struct ganger_primal_dual *s, struct ganger_pd_point *to)
{
    int64_t width = s->blocks.width;
    memset(to->term, 0, (size_t)s->rows.terms * (size_t)width * sizeof(double));
    for (int64_t e = 0; e < s->rows.entries; e++) {
        double *term = to->term + s->closures->term_of[e] * width;
        for (int64_t b = 0; b < width; b++) {
            term[b] += to->entry[e * width + b];
        }
    }
}

void ganger_pd_look_beyond(const struct ganger_primal_dual *s, struct ganger_pd_point *z,
                           int64_t row)
{
    const struct ganger_closures *c = s->closures;
    int64_t width = s->blocks.width;
    double *beyond = z->beyond + row * width;
    const double *limit = s->closure_limit + row * width;
    for (int64_t b = 0; b < width; b++) {
        beyond[b] = -limit[b];
    }
    for (int32_t i = c->first_demand[row]; i < c->first_demand[row + 1]; i++) {
        const double *crossing = z->crossing + c->crossing[i] * width;
        for (int64_t b = 0; b < width; b++) {
            beyond[b] += crossing[b];
        }
    }
    const double *term = z->term + c->first_term[c->gate[row]] * width;
    const double *change = s->closure_change + s->first_change[row] * width;
    int64_t cells = (s->first_change[row + 1] - s->first_change[row]) * width;
    for (int64_t i = 0; i < cells; i += width) {
        for (int64_t b = 0; b < width; b++) {
            beyond[b] -= term[i + b] * change[i + b];
        }
    }
}

struct lane_sums {
    double moved[GANGER_BLOCKS_LANES], interplay[GANGER_BLOCKS_LANES];
};

/* A vector of blocks of a row, cells first ..: its prices move by how far it was broken and is now. */
static void move_vector(const struct ganger_primal_dual *s, int64_t first, struct lane_sums *sums)
{
    const double *price = s->from->y.closure + first, *length = s->closure_length + first;
    const double *volume = s->closure_volume + first;
    const double *was = s->from->beyond + first, *is = s->to->beyond + first;
    double *to = s->to->y.closure + first;
    for (int64_t lane = 0; lane < GANGER_BLOCKS_LANES; lane++) {
        double next = price[lane] + s->dual_step * length[lane] * (2 * is[lane] - was[lane]);
        next = next > 0 ? next : 0;
        double change = next - price[lane];
        /* 0.5 by the length is the volume squared. */
        sums->moved[lane] += 2 * change * change * volume[lane] * volume[lane];
        sums->interplay[lane] += change * (is[lane] - was[lane]);
        to[lane] = next;
    }
}

void ganger_pd_move_closures(const struct ganger_primal_dual *s, int32_t from, int32_t to,
                             struct ganger_pd_sums *sums)
{
    int64_t width = s->blocks.width;
    struct lane_sums lanes = {{0}, {0}};
    for (int64_t row = from; row < to; row++) {
        ganger_pd_look_beyond(s, s->to, row);
        for (int64_t b = 0; b < width; b += GANGER_BLOCKS_LANES) {
            move_vector(s, row * width + b, &lanes);
        }
    }
    for (int lane = 0; lane < GANGER_BLOCKS_LANES; lane++) {
        sums->moved_y += lanes.moved[lane];
        sums->interplay += lanes.interplay[lane];
    }
}

void ganger_pd_inherit_closures(struct ganger_primal_dual *s, const struct ganger_primal_dual *from,
                                int32_t b, int32_t a)
{
    int64_t width = s->blocks.width, old = from->blocks.width;
    double scale = s->blocks.weight[b] / from->blocks.weight[a];
    for (int64_t row = 0; row < s->rows.rows && row < from->rows.rows; row++) {
        s->now.y.closure[row * width + b] = scale * from->now.y.closure[row * old + a];
    }
}
