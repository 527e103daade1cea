#include "relax/primal_dual_parts.h"

#include "parallel/parallel.h"

#include <math.h>
#include <string.h>

/* Onto { v >= 0, sum v <= 1 }, or sum v = 1 (Michelot 1986). */
static void project(double *v, int32_t count, bool full)
{
    double threshold = full ? -INFINITY : 0;
    for (int32_t round = 0; round <= count; round++) {
        double sum = 0;
        int32_t active = 0;
        for (int32_t i = 0; i < count; i++) {
            bool in = v[i] > threshold;
            sum += in ? v[i] : 0;
            active += in;
        }
        double next = active > 0 ? (sum - 1) / active : threshold;
        if (!(next > threshold)) {
            break;
        }
        threshold = next;
    }
    for (int32_t i = 0; i < count; i++) {
        v[i] = v[i] > threshold ? v[i] - threshold : 0;
    }
}

/* Moves one work. */
static void move_work(struct ganger_primal_dual *s, int32_t place, struct ganger_pd_sums *sums)
{
    const struct ganger_columns *c = &s->columns;
    int32_t first = c->first[place], count = c->first[place + 1] - first;
    bool full = s->problem->works.mandatory[c->order[place]];
    const double *x = s->from->x + first, *profit = s->profit + first;
    double *next = s->to->x + first, go = s->primal_step * s->work_length[place], change = 0;
    double best = full ? -INFINITY : 0;
    for (int32_t i = 0; i < count; i++) {
        best = profit[i] > best ? profit[i] : best;
    }
    for (int32_t i = 0; i < count && s->to != s->from; i++) {
        next[i] = x[i] + go * profit[i];
    }
    if (s->to != s->from) {
        project(next, count, full);
    }
    for (int32_t i = 0; i < count; i++) {
        change += (next[i] - x[i]) * (next[i] - x[i]);
        sums->earned += next[i] * c->fixed[first + i];
    }
    sums->moved_x += change / s->work_length[place];
    sums->hoped += count > 0 ? best : 0;
}

/* Is the work at a place part of a gate? */
static bool gated(const struct ganger_primal_dual *s, int32_t place)
{
    const struct ganger_closures *k = s->closures;
    int32_t work = s->columns.order[place];
    return s->rows.rows > 0 && k->first_of[work] < k->first_of[work + 1];
}

void ganger_pd_price_work(struct ganger_primal_dual *s, const struct ganger_columns *columns,
                          int32_t place, int32_t job)
{
    const struct ganger_column_gates gates = ganger_pd_gates(s);
    const struct ganger_row_prices *y = &s->from->y;
    ganger_columns_profit(columns, &s->column_sums, y, place, s->profit, s->scratch[job]);
    if (gated(s, place)) {
        ganger_columns_pay_gates(columns, &gates, place, s->profit, s->scratch[job]);
    }
    if (s->awaits) {
        ganger_columns_pay_energy(columns, s->energies, s->account_price, y->energy, place,
                                  s->profit, s->scratch[job]);
    }
}

static void move_works(struct ganger_primal_dual *s, int32_t job)
{
    const struct ganger_column_gates gates = ganger_pd_gates(s);
    const struct ganger_problem *p = s->problem;
    const struct ganger_columns *c = &s->columns;
    struct ganger_pd_sums sums = {0}; /* s->sums share cache lines */
    int32_t width = s->blocks.width, last = GANGER_NONE;
    ganger_column_use_reset(&s->use[job], c);
    for (int32_t place = c->job[job]; place < c->job[job + 1]; place++) {
        int32_t q = p->works.segment[c->order[place]];
        double *capacity = q == GANGER_NONE ? NULL : s->to->capacity + (int64_t)q * width;
        if (q != GANGER_NONE && q != last) {
            memset(capacity, 0, (size_t)width * sizeof *capacity);
            last = q;
        }
        ganger_pd_price_work(s, c, place, job);
        move_work(s, place, &sums);
        ganger_columns_use(c, s->to->x, place, &s->use[job], capacity, s->scratch[job]);
        ganger_columns_order(c, s->to->x, place, &s->to->order);
        if (gated(s, place)) {
            ganger_columns_use_gates(c, &gates, s->to->x, place, s->to->entry);
        }
        if (s->awaits) {
            ganger_columns_use_energy(c, s->energies, s->to->x, place, s->to->credit, s->to->need,
                                      s->scratch[job]);
        }
    }
    s->sums[job] = sums;
}

static void primal_job(int32_t job, void *context)
{
    struct ganger_primal_dual *s = context;
    if (job < GANGER_COLUMNS_JOBS) {
        move_works(s, job);
        return;
    }
    int32_t vector = job - GANGER_COLUMNS_JOBS;
    struct ganger_flow_sums moved = ganger_flows_step(
        &s->flows, (struct ganger_flow_prices){s->from->y.segment, s->crossing_price},
        s->to == s->from ? 0 : s->primal_step, s->demand_length, vector, s->from->flow, s->to->flow,
        (struct ganger_flow_use){s->to->carried, s->to->crossing},
        s->flow_scratch + (size_t)vector * ganger_flows_scratch(&s->flows));
    s->sums[job] = (struct ganger_pd_sums){
        .moved_x = moved.moved, .earned = moved.earned, .hoped = moved.hoped};
}

/* Moves one price along the violation; before and after are its row's use. */
static double move_price(double price, double step, double before, double after, double there,
                         double most, struct ganger_pd_sums *sums, double length)
{
    double next = price + step * length * (2 * after - before - there);
    next = next > 0 ? next : 0;
    next = next < most ? next : most;
    sums->moved_y += (next - price) * (next - price) / length;
    sums->interplay += (next - price) * (after - before);
    return next;
}

/* GANGER_BLOCKS_LANES rows of a segment: their prices, what the link carried before and carries after, new prices. */
struct row_vector {
    const double *price, *was, *is;
    double *next;
};

/* Sums of each lane, so that loops over lanes are for vectors. */
struct lane_sums {
    double moved[GANGER_BLOCKS_LANES], interplay[GANGER_BLOCKS_LANES];
};

static void move_vector(const struct ganger_primal_dual *s, int64_t first, struct row_vector row,
                        struct lane_sums *sums)
{
    const double *before = s->from->capacity + first, *after = s->to->capacity + first;
    const double *worn = s->worn + first, *length = s->segment_length + first;
    const double *inverse = s->segment_inverse + first;
    for (int lane = 0; lane < GANGER_BLOCKS_LANES; lane++) {
        double used = row.was[lane] - before[lane], uses = row.is[lane] - after[lane];
        double price =
            row.price[lane] + s->dual_step * length[lane] * (2 * uses - used - worn[lane]);
        price = price > 0 ? price : 0;
        double change = price - row.price[lane];
        sums->moved[lane] += change * change * inverse[lane];
        sums->interplay[lane] += change * (uses - used);
        row.next[lane] = price;
    }
}

/* Where a job's share of `count` rows begins. */
static int32_t part_of(int32_t count, int32_t job)
{
    return (int32_t)((int64_t)count * job / GANGER_PD_ROW_JOBS);
}

double ganger_pd_early(const struct ganger_primal_dual *s, const struct ganger_pd_point *z,
                       int64_t i)
{
    int64_t width = s->blocks.width, row = i / width, b = i % width;
    double early = z->order.waiter[i];
    for (int64_t k = s->orders->first[row]; k < s->orders->first[row + 1]; k++) {
        early -= z->order.opener[k * width + b];
    }
    return early;
}

static void move_orders(struct ganger_primal_dual *s, int32_t from, int32_t to,
                        struct ganger_pd_sums *sums)
{
    int64_t width = s->blocks.width;
    for (int64_t i = from * width; i < to * width; i++) {
        if (s->order_length[i] > 0) {
            s->to->y.order[i] =
                move_price(s->from->y.order[i], s->dual_step, ganger_pd_early(s, s->from, i),
                           ganger_pd_early(s, s->to, i), 0, INFINITY, sums, s->order_length[i]);
        }
    }
}

static void dual_job(int32_t job, void *context)
{
    struct ganger_primal_dual *s = context;
    const struct ganger_problem *p = s->problem;
    int64_t width = s->blocks.width;
    struct ganger_pd_sums *sums = &s->sums[GANGER_COLUMNS_JOBS + s->vectors + job];
    struct lane_sums lanes = {{0}, {0}};
    *sums = (struct ganger_pd_sums){0};
    int32_t from = part_of(p->segments.count, job), to = part_of(p->segments.count, job + 1);
    for (int64_t q = from; q < to; q++) {
        int64_t link = p->segments.link[q];
        for (int64_t side = 0; side < (p->links.directed[link] ? 1 : 2); side++) {
            const double *price = s->from->y.segment + (2 * q + side) * width;
            double *next = s->to->y.segment + (2 * q + side) * width;
            const double *was = s->from->carried + (2 * link + side) * width;
            const double *is = s->to->carried + (2 * link + side) * width;
            for (int64_t b = 0; b < width; b += GANGER_BLOCKS_LANES) {
                move_vector(s, q * width + b,
                            (struct row_vector){price + b, was + b, is + b, next + b}, &lanes);
            }
        }
    }
    ganger_pd_move_closures(s, part_of(s->rows.rows, job), part_of(s->rows.rows, job + 1), sums);
    ganger_pd_move_energies(s, part_of(s->energies->count, job),
                            part_of(s->energies->count, job + 1), sums);
    move_orders(s, part_of(s->orders->count, job), part_of(s->orders->count, job + 1), sums);
    for (int lane = 0; lane < GANGER_BLOCKS_LANES; lane++) {
        sums->moved_y += lanes.moved[lane];
        sums->interplay += lanes.interplay[lane];
    }
}

/* The few other rows. */
static void move_other_prices(struct ganger_primal_dual *s, struct ganger_pd_sums *sums)
{
    const struct ganger_problem *p = s->problem;
    const struct ganger_pd_point *from = s->from;
    struct ganger_pd_point *to = s->to;
    int32_t renewables = p->resources.renewables * s->blocks.width;
    for (int32_t i = 0; i < renewables; i++) {
        to->y.renewable[i] =
            move_price(from->y.renewable[i], s->dual_step, from->renewable[i], to->renewable[i],
                       s->supply[i], INFINITY, sums, s->renewable_length[i]);
    }
    for (int32_t j = 0; j < p->resources.windows; j++) {
        to->y.window[j] =
            move_price(from->y.window[j], s->dual_step, from->window[j], to->window[j],
                       p->resources.window_limit[j], INFINITY, sums, s->window_length[j]);
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        double most = p->targets.hard[g] ? INFINITY : p->targets.shortfall_cost[g];
        to->y.target[g] =
            move_price(from->y.target[g], s->dual_step, -from->target[g], -to->target[g],
                       -p->targets.km[g], most, sums, s->target_length[g]);
    }
}

struct ganger_pd_sums ganger_pd_add_sums(const struct ganger_primal_dual *s)
{
    struct ganger_pd_sums all = {0};
    for (int32_t i = 0; i <= GANGER_COLUMNS_JOBS + s->vectors + GANGER_PD_ROW_JOBS; i++) {
        all.moved_x += s->sums[i].moved_x;
        all.moved_y += s->sums[i].moved_y;
        all.interplay += s->sums[i].interplay;
        all.earned += s->sums[i].earned;
        all.hoped += s->sums[i].hoped;
    }
    return all;
}

/* Primal phase from one point into another, or into itself: then only what is used is measured. */
void ganger_pd_primal_phase(struct ganger_primal_dual *s, struct ganger_pd_point *from,
                            struct ganger_pd_point *to, int threads)
{
    s->from = from;
    s->to = to;
    ganger_column_sums_fill(&s->column_sums, &s->columns, &from->y);
    ganger_pd_price_gates(s, from, threads);
    ganger_pd_price_energies(s, from);
    ganger_parallel_for(threads, GANGER_COLUMNS_JOBS + s->vectors, primal_job, s);
    ganger_column_use_sum(s->use, &s->columns, to->renewable, to->window, to->target);
    ganger_pd_sum_terms(s, to);
}

void ganger_pd_dual_phase(struct ganger_primal_dual *s, int threads)
{
    struct ganger_pd_sums *others = &s->sums[GANGER_COLUMNS_JOBS + s->vectors + GANGER_PD_ROW_JOBS];
    *others = (struct ganger_pd_sums){0};
    ganger_parallel_for(threads, GANGER_PD_ROW_JOBS, dual_job, s);
    move_other_prices(s, others);
}

static void fall_short(double over, double price, double length, double *violation, double *bound,
                       double there)
{
    *violation += over > 0 ? over * over * length : 0;
    *bound += price * there;
}

struct ganger_pd_error ganger_pd_measure(struct ganger_primal_dual *s, struct ganger_pd_point *z,
                                         int threads)
{
    const struct ganger_problem *p = s->problem;
    int64_t width = s->blocks.width;
    double violation = 0, bound = 0, missing = 0;
    ganger_pd_primal_phase(s, z, z, threads);
    for (int32_t i = 0; i <= GANGER_PD_ROW_JOBS; i++) {
        s->sums[GANGER_COLUMNS_JOBS + s->vectors + i] = (struct ganger_pd_sums){0};
    }
    struct ganger_pd_sums sums = ganger_pd_add_sums(s);
    for (int64_t q = 0; q < p->segments.count; q++) {
        int64_t link = p->segments.link[q];
        for (int64_t side = 0; side < (p->links.directed[link] ? 1 : 2); side++) {
            for (int64_t b = 0; b < s->blocks.count; b++) {
                int64_t i = q * width + b;
                double use = z->carried[(2 * link + side) * width + b] - z->capacity[i];
                fall_short(use - s->worn[i], z->y.segment[(2 * q + side) * width + b],
                           s->segment_length[i], &violation, &bound, s->worn[i]);
            }
        }
    }
    for (int64_t i = 0; i < p->resources.renewables * width; i++) {
        fall_short(z->renewable[i] - s->supply[i], z->y.renewable[i], s->renewable_length[i],
                   &violation, &bound, s->supply[i]);
    }
    for (int32_t j = 0; j < p->resources.windows; j++) {
        double limit = p->resources.window_limit[j];
        fall_short(z->window[j] - limit, z->y.window[j], s->window_length[j], &violation, &bound,
                   limit);
    }
    for (int64_t i = 0; i < s->orders->count * width; i++) {
        fall_short(ganger_pd_early(s, z, i), z->y.order[i], s->order_length[i], &violation, &bound,
                   0);
    }
    for (int64_t i = 0; i < s->rows.rows * width; i++) {
        if (i % width == 0) {
            ganger_pd_look_beyond(s, z, i / width);
        }
        fall_short(z->beyond[i], z->y.closure[i], s->closure_length[i], &violation, &bound,
                   s->closure_limit[i]);
    }
    for (int64_t i = 0; i < s->energies->count * width; i++) {
        if (i % width == 0) {
            ganger_pd_look_lacking(s, z, (int32_t)(i / width));
        }
        fall_short(z->lacking[i], z->y.energy[i], s->energy_length[i], &violation, &bound, 0);
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        double short_of = p->targets.km[g] - z->target[g];
        /* Below its cost, falling short is a matter of prices that are not right yet. */
        bool hard = p->targets.hard[g] || z->y.target[g] < 0.999 * p->targets.shortfall_cost[g];
        fall_short(hard ? short_of : 0, z->y.target[g], s->target_length[g], &violation, &bound,
                   -p->targets.km[g]);
        missing += hard || short_of < 0 ? 0 : short_of * p->targets.shortfall_cost[g];
    }
    struct ganger_pd_error error = {
        .primal = sums.earned - missing, .dual = sums.hoped + bound, .violation = sqrt(violation)};
    double priced = s->weight * error.violation, gap = error.dual - error.primal;
    error.size = sqrt(priced * priced + gap * gap);
    return error;
}
