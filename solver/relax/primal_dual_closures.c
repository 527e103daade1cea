/* Rows of closure in the primal-dual method: prices of gates and crossings, and how they move. */
#include "relax/primal_dual_parts.h"

#include <stdlib.h>
#include <string.h>

static bool widen_point(struct ganger_pd_point *z, const struct ganger_pd_rows *from,
                        const struct ganger_pd_rows *to, size_t width)
{
    return ganger_pd_widen(&z->y.closure, (size_t)from->rows * width, (size_t)to->rows * width) &&
           ganger_pd_widen(&z->crossing, (size_t)from->crossings * width,
                           (size_t)to->crossings * width) &&
           ganger_pd_widen(&z->entry, (size_t)from->entries * width, (size_t)to->entries * width) &&
           ganger_pd_widen(&z->gate, (size_t)from->gates * width, (size_t)to->gates * width);
}

bool ganger_pd_widen_closures(struct ganger_primal_dual *s)
{
    const struct ganger_closures *c = s->closures;
    size_t width = ganger_pd_width(s);
    struct ganger_pd_rows from = s->rows, to = {0};
    if (c) {
        to = (struct ganger_pd_rows){c->rows, c->crossings, c->gates, ganger_closures_entries(c)};
    }
    if (!widen_point(&s->now, &from, &to, width) || !widen_point(&s->next, &from, &to, width) ||
        !widen_point(&s->sum, &from, &to, width) || !widen_point(&s->start, &from, &to, width) ||
        !ganger_pd_widen(&s->closure_length, (size_t)from.rows * width, (size_t)to.rows * width) ||
        !ganger_pd_widen(&s->gate_share, (size_t)from.gates * width, (size_t)to.gates * width) ||
        !ganger_pd_widen(&s->gate_price, (size_t)from.gates * width, (size_t)to.gates * width) ||
        !ganger_pd_widen(&s->crossing_price, (size_t)from.crossings * width,
                         (size_t)to.crossings * width)) {
        return false;
    }
    s->rows = to;
    return true;
}

void ganger_pd_clear_closures(struct ganger_primal_dual *s)
{
    free(s->closure_length);
    free(s->gate_share);
    free(s->gate_price);
    free(s->crossing_price);
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

/* Of a gate, the blocks that a work closes for good, at most; or opens, about. */
static double reach_of(const struct ganger_primal_dual *s, int32_t gate, int32_t work)
{
    const struct ganger_problem *p = s->problem;
    if (ganger_closures_opens(s->closures, gate)) {
        return 0.5 * s->blocks.count;
    }
    double most = 0;
    double share = s->gate_share[(int64_t)gate * s->blocks.width + s->blocks.count / 2];
    for (int32_t m = p->works.first_mode[work]; m < p->works.first_mode[work + 1]; m++) {
        double reach = share * p->modes.duration[m] *
                       ganger_closures_amount(p, s->closures->renewable[gate], m);
        most = reach > most ? reach : most;
    }
    return most;
}

/* In natural units - flows and rows in the demand's volume - all entries of a row of a flow are 1. */
void ganger_pd_choose_closure_lengths(struct ganger_primal_dual *s)
{
    const struct ganger_closures *c = s->closures;
    const struct ganger_problem *p = s->problem;
    int64_t width = s->blocks.width;
    share_gates(s);
    for (int64_t row = 0; row < s->rows.rows; row++) {
        for (int64_t b = 0; b < s->blocks.count; b++) {
            double volume = s->blocks.demand[c->demand[row] * width + b];
            s->closure_length[row * width + b] = volume > 0 ? 0.5 / (volume * volume) : 0;
        }
    }
    for (int32_t place = 0; s->rows.rows > 0 && place < p->works.count; place++) {
        int32_t work = s->columns.order[place];
        double sum = 0;
        for (int32_t i = c->first_of[work]; i < c->first_of[work + 1]; i++) {
            int32_t gate = c->gate_of[c->of[i]], rows = 0;
            for (int32_t row = 0; row < s->rows.rows; row++) {
                rows += c->gate[row] == gate;
            }
            sum += rows * reach_of(s, gate, work);
        }
        s->work_length[place] = 1 / (1 / s->work_length[place] + sum);
    }
}

struct ganger_column_gates ganger_pd_gates(const struct ganger_primal_dual *s)
{
    return (struct ganger_column_gates){s->closures, s->gate_share, s->gate_price};
}

void ganger_pd_price_gates(struct ganger_primal_dual *s, const struct ganger_pd_point *from)
{
    const struct ganger_closures *c = s->closures;
    int64_t width = s->blocks.width;
    memset(s->gate_price, 0, (size_t)s->rows.gates * (size_t)width * sizeof(double));
    memset(s->crossing_price, 0, (size_t)s->rows.crossings * (size_t)width * sizeof(double));
    for (int64_t row = 0; row < s->rows.rows; row++) {
        const double *price = from->y.closure + row * width;
        const double *volume = s->blocks.demand + c->demand[row] * width;
        double *gate = s->gate_price + c->gate[row] * width;
        double *crossing = s->crossing_price + c->crossing[row] * width;
        for (int64_t b = 0; b < width; b++) {
            gate[b] += price[b] * volume[b];
            crossing[b] += price[b];
        }
    }
}

void ganger_pd_sum_gates(const struct ganger_primal_dual *s, struct ganger_pd_point *to)
{
    int64_t width = s->blocks.width;
    memset(to->gate, 0, (size_t)s->rows.gates * (size_t)width * sizeof(double));
    for (int64_t e = 0; e < s->rows.entries; e++) {
        double *gate = to->gate + s->closures->gate_of[e] * width;
        for (int64_t b = 0; b < width; b++) {
            gate[b] += to->entry[e * width + b];
        }
    }
}

double ganger_pd_beyond(const struct ganger_primal_dual *s, const struct ganger_pd_point *z,
                        int64_t i)
{
    const struct ganger_closures *c = s->closures;
    int64_t width = s->blocks.width, row = i / width, b = i % width;
    double gate = z->gate[c->gate[row] * width + b];
    double open = ganger_closures_opens(c, c->gate[row]) ? gate : 1 - gate;
    return z->crossing[c->crossing[row] * width + b] -
           open * s->blocks.demand[c->demand[row] * width + b];
}

/* What a row's prices move by: what passes before and after, and by how much it is open. */
struct row_view {
    const double *volume, *length;
    const double *was, *is;      /* crossing */
    const double *gated, *gates; /* of the gate, before and after */
    const double *price;
    double *next;
    double shut, sign; /* open = shut + sign * gate */
};

struct lane_sums {
    double moved[GANGER_BLOCKS_LANES], interplay[GANGER_BLOCKS_LANES];
};

static void move_vector(const struct row_view *v, double step, int64_t first,
                        struct lane_sums *sums)
{
    for (int64_t lane = 0; lane < GANGER_BLOCKS_LANES; lane++) {
        int64_t b = first + lane;
        double before = v->was[b] - (v->shut + v->sign * v->gated[b]) * v->volume[b];
        double after = v->is[b] - (v->shut + v->sign * v->gates[b]) * v->volume[b];
        double next = v->price[b] + step * v->length[b] * (2 * after - before);
        next = next > 0 ? next : 0;
        double change = next - v->price[b];
        /* 0.5 by the length is the volume squared. */
        sums->moved[lane] += 2 * change * change * v->volume[b] * v->volume[b];
        sums->interplay[lane] += change * (after - before);
        v->next[b] = next;
    }
}

void ganger_pd_move_closures(const struct ganger_primal_dual *s, int32_t from, int32_t to,
                             struct ganger_pd_sums *sums)
{
    const struct ganger_closures *c = s->closures;
    int64_t width = s->blocks.width;
    struct lane_sums lanes = {{0}, {0}};
    for (int64_t i = from * width; s->pending > 0 && i < to * width; i++) {
        s->sum.y.closure[i] += s->pending * s->now.y.closure[i];
    }
    for (int64_t row = from; row < to; row++) {
        int64_t crossing = c->crossing[row] * width, gate = c->gate[row] * width;
        bool opens = ganger_closures_opens(c, c->gate[row]);
        struct row_view v = {s->blocks.demand + c->demand[row] * width,
                             s->closure_length + row * width,
                             s->from->crossing + crossing,
                             s->to->crossing + crossing,
                             s->from->gate + gate,
                             s->to->gate + gate,
                             s->from->y.closure + row * width,
                             s->to->y.closure + row * width,
                             opens ? 0 : 1,
                             opens ? 1 : -1};
        for (int64_t b = 0; b < width; b += GANGER_BLOCKS_LANES) {
            move_vector(&v, s->dual_step, b, &lanes);
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
