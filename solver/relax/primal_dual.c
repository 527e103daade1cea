#include "relax/primal_dual.h"

#include "parallel/parallel.h"
#include "relax/worn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Iterations between looks at restarting; and when to: when the error fell to `enough` of that at the last restart,
 * or to `some` of it and rises again, or after `long_share` of all iterations. */
static const struct {
    int32_t look;
    double enough, some, long_share;
} restarts = {40, 0.2, 0.8, 0.36};
/* The weight of primal against dual steps ends far above the ratio of what is earned to what there is. */
static const double price_scale = 30;
/* Columns of a work that stand for all when step lengths are chosen. */
enum { sampled = 12, row_jobs = 8 };

/* A pair of solutions and what the primal one uses. */
struct point {
    double *x;    /* [columns] */
    double *flow; /* [path room * width] */
    struct ganger_row_prices y;
    double *capacity; /* [segments * width] against untouched segments */
    double *carried;  /* [arcs * width] */
    double *renewable, *window, *target;
    struct ganger_precedence_use order;
};

/* Sums of a job, added in the order of jobs. */
struct sums {
    double moved_x, moved_y,
        interplay; /* squared lengths, and the change of y times that of the use */
    double earned, hoped;
};

struct error {
    double primal, dual, violation, size;
};

struct ganger_primal_dual {
    const struct ganger_problem *problem;
    const struct ganger_graph *graph;
    const struct ganger_path_pool *paths;
    struct ganger_blocks blocks;
    struct ganger_columns columns;
    struct ganger_flows flows;
    struct ganger_column_sums column_sums;
    struct ganger_column_use use[GANGER_COLUMNS_JOBS];
    struct point now, next, sum,
        start; /* sum: of steps since the restart, weighted; start: there */
    int32_t path_room;
    /* Step lengths, and what is there of each row. */
    double *work_length, *demand_length; /* [works] by place, [demands] */
    double *segment_length, *renewable_length, *window_length, *target_length;
    double *precedence_length;            /* [precedences * width]; 0 where there is no row */
    double *segment_inverse;              /* [segments * width] 1 by the length */
    double *worn;                         /* [segments * width] */
    double *supply;                       /* [renewables * width] */
    double *profit;                       /* [columns] scratch */
    double *scratch[GANGER_COLUMNS_JOBS]; /* of a work's job */
    double *flow_scratch;                 /* of all vectors */
    int32_t vectors;
    struct sums *sums;          /* [jobs] */
    double step, weight, total; /* step length, primal weight, weight of the sum */
    double pending;             /* weight with which `now` has still to be added to the sum */
    int64_t iterations, since_restart;
    struct error last_restart, last_look, view;
    const struct point *shown;  /* the better of the last point and the average */
    const struct point *priced; /* the one of them whose prices prove more */
    /* of the phase under way */
    struct point *from, *to;
    double primal_step, dual_step;
};

/* ---- memory ----------------------------------------------------------------------------------- */

static size_t width_of(const struct ganger_primal_dual *s)
{
    return (size_t)s->blocks.width;
}

static bool make(double **array, size_t count)
{
    *array = calloc(count + 1, sizeof **array);
    return *array != NULL;
}

static bool point_init(struct point *z, const struct ganger_primal_dual *s)
{
    const struct ganger_problem *p = s->problem;
    size_t width = width_of(s), segments = (size_t)p->segments.count;
    size_t renewables = (size_t)p->resources.renewables;
    size_t orders = (size_t)p->precedences.count * width;
    return make(&z->x, (size_t)s->columns.count) && make(&z->flow, (size_t)s->path_room * width) &&
           make(&z->y.segment, 2 * segments * width) && make(&z->y.renewable, renewables * width) &&
           make(&z->y.window, (size_t)p->resources.windows) &&
           make(&z->y.target, (size_t)p->targets.count) && make(&z->capacity, segments * width) &&
           make(&z->carried, (size_t)s->graph->arcs * width) &&
           make(&z->renewable, renewables * width) &&
           make(&z->window, (size_t)p->resources.windows) &&
           make(&z->target, (size_t)p->targets.count) && make(&z->y.precedence, orders) &&
           make(&z->order.successor, orders) && make(&z->order.predecessor, orders);
}

static void point_clear(struct point *z)
{
    double *owned[] = {
        z->x,        z->flow,         z->y.segment,       z->y.renewable,      z->y.window,
        z->y.target, z->capacity,     z->carried,         z->renewable,        z->window,
        z->target,   z->y.precedence, z->order.successor, z->order.predecessor};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
    *z = (struct point){0};
}

/* to = scale * from, but for what is used. */
static void point_scale(const struct ganger_primal_dual *s, struct point *to,
                        const struct point *from, double scale)
{
    const struct ganger_problem *p = s->problem;
    size_t width = width_of(s);
    struct {
        double *to;
        const double *from;
        size_t count;
    } parts[] = {
        {to->x, from->x, (size_t)s->columns.count},
        {to->flow, from->flow, (size_t)s->flows.count * width},
        {to->y.segment, from->y.segment, 2 * (size_t)p->segments.count * width},
        {to->y.renewable, from->y.renewable, (size_t)p->resources.renewables * width},
        {to->y.window, from->y.window, (size_t)p->resources.windows},
        {to->y.target, from->y.target, (size_t)p->targets.count},
        {to->y.precedence, from->y.precedence, (size_t)p->precedences.count * width},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        for (size_t k = 0; k < parts[i].count; k++) {
            parts[i].to[k] = scale * parts[i].from[k];
        }
    }
}

void ganger_primal_dual_destroy(struct ganger_primal_dual *solver)
{
    struct ganger_primal_dual *s = solver;
    if (!s) {
        return;
    }
    point_clear(&s->now);
    point_clear(&s->next);
    point_clear(&s->sum);
    point_clear(&s->start);
    double *owned[] = {s->work_length,   s->demand_length, s->segment_length, s->renewable_length,
                       s->window_length, s->target_length, s->worn,           s->supply,
                       s->profit,        s->flow_scratch,  s->segment_inverse};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
    for (int job = 0; job < GANGER_COLUMNS_JOBS; job++) {
        ganger_column_use_clear(&s->use[job]);
        free(s->scratch[job]);
    }
    free(s->sums);
    ganger_column_sums_clear(&s->column_sums);
    ganger_flows_clear(&s->flows);
    ganger_columns_clear(&s->columns);
    ganger_blocks_clear(&s->blocks);
    free(s);
}

static bool allocate(struct ganger_primal_dual *s)
{
    const struct ganger_problem *p = s->problem;
    size_t width = width_of(s), segments = (size_t)p->segments.count;
    size_t renewables = (size_t)p->resources.renewables;
    bool ready = ganger_column_sums_init(&s->column_sums, &s->columns) && point_init(&s->now, s) &&
                 point_init(&s->next, s) && point_init(&s->sum, s) && point_init(&s->start, s) &&
                 make(&s->work_length, (size_t)p->works.count) &&
                 make(&s->demand_length, (size_t)p->demands.count) &&
                 make(&s->segment_length, segments * width) &&
                 make(&s->segment_inverse, segments * width) &&
                 make(&s->renewable_length, renewables * width) &&
                 make(&s->window_length, (size_t)p->resources.windows) &&
                 make(&s->target_length, (size_t)p->targets.count) &&
                 make(&s->precedence_length, (size_t)p->precedences.count * width) &&
                 make(&s->worn, segments * width) && make(&s->supply, renewables * width) &&
                 make(&s->profit, (size_t)s->columns.count);
    for (int job = 0; ready && job < GANGER_COLUMNS_JOBS; job++) {
        ready = ganger_column_use_init(&s->use[job], &s->columns) &&
                make(&s->scratch[job], 3 * width + 2);
    }
    size_t jobs = (size_t)GANGER_COLUMNS_JOBS + (size_t)s->vectors + row_jobs;
    s->sums = calloc(jobs, sizeof *s->sums);
    return ready && s->sums;
}

/* ---- step lengths ----------------------------------------------------------------------------- */

static void measure_supply(struct ganger_primal_dual *s)
{
    const struct ganger_problem *p = s->problem;
    int32_t width = s->blocks.width;
    for (int32_t q = 0; q < p->segments.count; q++) {
        for (int32_t t = 0; t <= p->time.periods; t++) {
            s->worn[(int64_t)q * width + s->blocks.of[t]] +=
                s->blocks.share[t] * ganger_relax_worn(p, q, t);
        }
    }
    for (int32_t r = 0; r < p->resources.renewables; r++) {
        for (int32_t t = 0; t < p->time.periods; t++) {
            int64_t i = (int64_t)r * p->time.periods + t;
            s->supply[(int64_t)r * width + s->blocks.of[t]] +=
                s->columns.usable[i] ? p->resources.capacity[i] : 0;
        }
    }
}

/* Natural units of rows: what is there, or what is usual. */
struct units {
    double capacity;   /* Mt/yr */
    double *renewable; /* [renewables * width] */
};

static double usual_capacity(const struct ganger_problem *p)
{
    double sum = 0;
    int32_t count = 0;
    for (int32_t q = 0; q < p->segments.count; q++) {
        sum += p->segments.capacity[q];
        count += p->segments.capacity[q] > 0;
    }
    return count > 0 && sum > 0 ? sum / count : 1;
}

static double at_least(double value, double least)
{
    return value > least ? value : least;
}

/* Adds |a| of one column in natural units, `share` of it, to its rows' sums; returns the column's. */
static double weigh_column(const struct ganger_primal_dual *s, const struct units *units, int32_t i,
                           double share, struct ganger_row_prices *rows)
{
    const struct ganger_problem *p = s->problem;
    const struct ganger_columns *c = &s->columns;
    int32_t mode = c->mode[i], work = p->modes.work[mode], q = p->works.segment[work];
    int32_t width = s->blocks.width, begin = c->begin[i], end = c->end[i];
    const double *on = s->blocks.on + ganger_columns_calendar(p, work) * width;
    const double *lift = c->lift + (int64_t)work * width;
    const double *standing = c->standing + (int64_t)work * width;
    double lost = 1.0 - p->modes.factor[mode], sum = 0;
    for (int32_t b = begin; q != GANGER_NONE && b < s->blocks.count; b++) {
        double active = b == begin ? c->lost_begin[i] : b == end ? c->lost_end[i] : standing[b];
        double a = b < end ? lost * active : b == end ? c->done[i] + lost * active : lift[b];
        rows->segment[(int64_t)q * width + b] += share * a / units->capacity;
        sum += 2 * a / units->capacity;
    }
    for (int32_t u = p->modes.first_use[mode]; u < p->modes.first_use[mode + 1]; u++) {
        int32_t resource = p->modes.use_resource[u], r = p->resources.renewable_index[resource];
        double amount = p->modes.use_amount[u];
        for (int32_t b = begin; r != GANGER_NONE && b <= end; b++) {
            int64_t row = (int64_t)r * width + b;
            double periods = b == begin ? c->on_begin[i] : b == end ? c->on_end[i] : on[b];
            rows->renewable[row] += share * amount * periods / units->renewable[row];
            sum += amount * periods / units->renewable[row];
        }
        for (int32_t k = p->resources.first_window[resource];
             r == GANGER_NONE && k < p->resources.first_window[resource + 1]; k++) {
            int32_t j = p->resources.window_list[k];
            double limit = at_least(p->resources.window_limit[j], 1);
            rows->window[j] += share * amount / limit;
            sum += amount / limit;
        }
    }
    int32_t budget = p->resources.budget;
    for (int32_t k = budget == GANGER_NONE ? 0 : p->resources.first_window[budget];
         budget != GANGER_NONE && k < p->resources.first_window[budget + 1]; k++) {
        int32_t j = p->resources.window_list[k];
        double limit = at_least(p->resources.window_limit[j], 1);
        rows->window[j] += share * p->modes.cost[mode] / limit;
        sum += p->modes.cost[mode] / limit;
    }
    int32_t orders = p->precedences.first_in[work + 1] - p->precedences.first_in[work] +
                     p->precedences.first_out[work + 1] - p->precedences.first_out[work];
    sum += 0.5 * orders * s->blocks.count;
    for (int32_t g = 0; g < p->targets.count; g++) {
        if (p->targets.kinds[g] >> p->works.kind[work] & 1U) {
            double km = p->works.km[work] / at_least(p->targets.km[g], 1);
            rows->target[g] += share * km;
            sum += km;
        }
    }
    return sum;
}

static void weigh_works(struct ganger_primal_dual *s, const struct units *units,
                        struct ganger_row_prices *rows)
{
    for (int32_t place = 0; place < s->problem->works.count; place++) {
        int32_t first = s->columns.first[place], count = s->columns.first[place + 1] - first;
        int32_t taken = count < sampled ? count : sampled;
        double sum = 0;
        for (int32_t k = 0; k < taken; k++) {
            int32_t i = first + (int32_t)((int64_t)count * k / taken);
            sum += weigh_column(s, units, i, 1.0 / taken, rows) / taken;
        }
        s->work_length[place] = 1 / at_least(sum, 1e-3);
    }
}

/* Flows are measured in their demand's volume. */
static void weigh_demands(struct ganger_primal_dual *s, const struct units *units,
                          struct ganger_row_prices *rows)
{
    const struct ganger_problem *p = s->problem;
    int32_t width = s->blocks.width;
    for (int32_t k = 0; k < p->demands.count; k++) {
        double volume = 1e-3, segments = 1;
        int32_t paths = s->flows.first[k + 1] - s->flows.first[k];
        for (int32_t b = 0; b < s->blocks.count; b++) {
            volume = fmax(volume, s->blocks.demand[(int64_t)k * width + b]);
        }
        for (int32_t i = 0; i < paths; i++) {
            int32_t path = s->flows.list[s->flows.first[k] + i], on_path = 0;
            for (int32_t j = s->paths->first_arc[path]; j < s->paths->first_arc[path + 1]; j++) {
                int32_t link = s->paths->arcs[j] / 2;
                for (int32_t n = p->links.first_segment[link]; n < p->links.first_segment[link + 1];
                     n++) {
                    on_path++;
                    for (int32_t b = 0; b < s->blocks.count; b++) {
                        rows->segment[(int64_t)p->links.segment_list[n] * width + b] +=
                            volume / units->capacity / paths;
                    }
                }
            }
            segments = fmax(segments, on_path);
        }
        s->demand_length[k] = volume * volume / (segments * volume / units->capacity);
    }
}

/* Diagonal preconditioning (Pock and Chambolle 2011) in natural units. */
static bool choose_lengths(struct ganger_primal_dual *s)
{
    const struct ganger_problem *p = s->problem;
    size_t width = width_of(s), renewables = (size_t)p->resources.renewables * width;
    struct ganger_row_prices rows = {s->segment_length, s->renewable_length, s->window_length,
                                     s->target_length, NULL};
    struct units units = {usual_capacity(p), NULL};
    if (!make(&units.renewable, renewables)) {
        return false;
    }
    for (size_t i = 0; i < renewables; i++) {
        units.renewable[i] = at_least(s->supply[i], 1);
    }
    memset(rows.segment, 0, (size_t)p->segments.count * width * sizeof(double));
    memset(rows.renewable, 0, renewables * sizeof(double));
    memset(rows.window, 0, (size_t)p->resources.windows * sizeof(double));
    memset(rows.target, 0, (size_t)p->targets.count * sizeof(double));
    weigh_works(s, &units, &rows);
    weigh_demands(s, &units, &rows);
    for (size_t i = 0; i < (size_t)p->segments.count * width; i++) {
        s->segment_inverse[i] = at_least(rows.segment[i], 1e-2) * units.capacity * units.capacity;
        rows.segment[i] = 1 / s->segment_inverse[i];
    }
    for (size_t i = 0; i < renewables; i++) {
        rows.renewable[i] =
            1 / (at_least(rows.renewable[i], 1e-2) * units.renewable[i] * units.renewable[i]);
    }
    for (int32_t j = 0; j < p->resources.windows; j++) {
        double limit = at_least(p->resources.window_limit[j], 1);
        rows.window[j] = 1 / (at_least(rows.window[j], 1e-2) * limit * limit);
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        double km = at_least(p->targets.km[g], 1);
        rows.target[g] = 1 / (at_least(rows.target[g], 1e-2) * km * km);
    }
    for (int64_t row = 0; row < p->precedences.count; row++) {
        for (int32_t b = 0; b + 1 < s->blocks.count; b++) {
            s->precedence_length[row * (int64_t)width + b] = 0.5; /* two works of at most one */
        }
    }
    free(units.renewable);
    return true;
}

/* ---- phases ----------------------------------------------------------------------------------- */

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

/* Adds the last point to the sum, then moves one work. */
static void move_work(struct ganger_primal_dual *s, int32_t place, struct sums *sums)
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

static void move_works(struct ganger_primal_dual *s, int32_t job)
{
    const struct ganger_problem *p = s->problem;
    const struct ganger_columns *c = &s->columns;
    struct sums *sums = &s->sums[job];
    int32_t width = s->blocks.width, last = GANGER_NONE;
    ganger_column_use_reset(&s->use[job], c);
    for (int32_t place = c->job[job]; place < c->job[job + 1]; place++) {
        int32_t q = p->works.segment[c->order[place]];
        double *capacity = q == GANGER_NONE ? NULL : s->to->capacity + (int64_t)q * width;
        if (q != GANGER_NONE && q != last) {
            memset(capacity, 0, (size_t)width * sizeof *capacity);
            last = q;
        }
        ganger_columns_profit(c, &s->column_sums, &s->from->y, place, s->profit, s->scratch[job]);
        move_work(s, place, sums);
        ganger_columns_use(c, s->to->x, place, &s->use[job], capacity, s->scratch[job]);
        ganger_columns_order(c, s->to->x, place, &s->to->order);
    }
}

static void add_pending(double *sum, const double *now, int64_t from, int64_t to, double weight)
{
    for (int64_t i = from; i < to; i++) {
        sum[i] += weight * now[i];
    }
}

static void primal_job(int32_t job, void *context)
{
    struct ganger_primal_dual *s = context;
    s->sums[job] = (struct sums){0};
    if (job < GANGER_COLUMNS_JOBS) {
        const int32_t *first = s->columns.first, *range = s->columns.job;
        if (s->pending > 0) {
            add_pending(s->sum.x, s->now.x, first[range[job]], first[range[job + 1]], s->pending);
        }
        move_works(s, job);
        return;
    }
    int32_t vector = job - GANGER_COLUMNS_JOBS, width = s->blocks.width;
    if (s->pending > 0) {
        for (int32_t p = 0; p < s->flows.count; p++) {
            int64_t at = (int64_t)p * width + vector * GANGER_BLOCKS_LANES;
            add_pending(s->sum.flow, s->now.flow, at, at + GANGER_BLOCKS_LANES, s->pending);
        }
    }
    struct ganger_flow_sums moved =
        ganger_flows_step(&s->flows, s->from->y.segment, s->to == s->from ? 0 : s->primal_step,
                          s->demand_length, vector, s->from->flow, s->to->flow, s->to->carried,
                          s->flow_scratch + (size_t)vector * ganger_flows_scratch(&s->flows));
    s->sums[job] =
        (struct sums){.moved_x = moved.moved, .earned = moved.earned, .hoped = moved.hoped};
}

/* Moves one price along the violation; before and after are its row's use. */
static double move_price(double price, double step, double before, double after, double there,
                         double most, struct sums *sums, double length)
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

static void dual_job(int32_t job, void *context)
{
    struct ganger_primal_dual *s = context;
    const struct ganger_problem *p = s->problem;
    int64_t width = s->blocks.width;
    struct sums *sums = &s->sums[GANGER_COLUMNS_JOBS + s->vectors + job];
    struct lane_sums lanes = {{0}, {0}};
    *sums = (struct sums){0};
    int32_t from = (int32_t)((int64_t)p->segments.count * job / row_jobs);
    int32_t to = (int32_t)((int64_t)p->segments.count * (job + 1) / row_jobs);
    if (s->pending > 0) {
        add_pending(s->sum.y.segment, s->now.y.segment, 2 * from * width, 2 * to * width,
                    s->pending);
    }
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
    for (int lane = 0; lane < GANGER_BLOCKS_LANES; lane++) {
        sums->moved_y += lanes.moved[lane];
        sums->interplay += lanes.interplay[lane];
    }
}

/* The few other rows. */
static void move_other_prices(struct ganger_primal_dual *s, struct sums *sums)
{
    const struct ganger_problem *p = s->problem;
    const struct point *from = s->from;
    struct point *to = s->to;
    int32_t renewables = p->resources.renewables * s->blocks.width;
    int64_t orders = (int64_t)p->precedences.count * s->blocks.width;
    if (s->pending > 0) {
        add_pending(s->sum.y.renewable, s->now.y.renewable, 0, renewables, s->pending);
        add_pending(s->sum.y.window, s->now.y.window, 0, p->resources.windows, s->pending);
        add_pending(s->sum.y.target, s->now.y.target, 0, p->targets.count, s->pending);
        add_pending(s->sum.y.precedence, s->now.y.precedence, 0, orders, s->pending);
    }
    for (int64_t i = 0; i < orders; i++) {
        if (s->precedence_length[i] > 0) {
            to->y.precedence[i] = move_price(from->y.precedence[i], s->dual_step,
                                             from->order.successor[i] - from->order.predecessor[i],
                                             to->order.successor[i] - to->order.predecessor[i], 0,
                                             INFINITY, sums, s->precedence_length[i]);
        }
    }
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

static struct sums add_sums(const struct ganger_primal_dual *s)
{
    struct sums all = {0};
    for (int32_t i = 0; i < GANGER_COLUMNS_JOBS + s->vectors + row_jobs; i++) {
        all.moved_x += s->sums[i].moved_x;
        all.moved_y += s->sums[i].moved_y;
        all.interplay += s->sums[i].interplay;
        all.earned += s->sums[i].earned;
        all.hoped += s->sums[i].hoped;
    }
    return all;
}

/* Primal phase from one point into another, or into itself: then only what is used is measured. */
static void primal_phase(struct ganger_primal_dual *s, struct point *from, struct point *to,
                         int threads)
{
    s->from = from;
    s->to = to;
    ganger_column_sums_fill(&s->column_sums, &s->columns, &from->y);
    ganger_parallel_for(threads, GANGER_COLUMNS_JOBS + s->vectors, primal_job, s);
    ganger_column_use_sum(s->use, &s->columns, to->renewable, to->window, to->target);
}

/* ---- where a point stands --------------------------------------------------------------------- */

static void fall_short(double over, double price, double length, double *violation, double *bound,
                       double there)
{
    *violation += over > 0 ? over * over * length : 0;
    *bound += price * there;
}

static struct error measure(struct ganger_primal_dual *s, struct point *z, int threads)
{
    const struct ganger_problem *p = s->problem;
    int64_t width = s->blocks.width;
    double pending = s->pending, violation = 0, bound = 0, missing = 0;
    s->pending = 0;
    primal_phase(s, z, z, threads);
    s->pending = pending;
    for (int32_t i = 0; i < row_jobs; i++) {
        s->sums[GANGER_COLUMNS_JOBS + s->vectors + i] = (struct sums){0};
    }
    struct sums sums = add_sums(s);
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
    for (int64_t i = 0; i < p->precedences.count * width; i++) {
        fall_short(z->order.successor[i] - z->order.predecessor[i], z->y.precedence[i],
                   s->precedence_length[i], &violation, &bound, 0);
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        double short_of = p->targets.km[g] - z->target[g];
        /* Below its cost, falling short is a matter of prices that are not right yet. */
        bool hard = p->targets.hard[g] || z->y.target[g] < 0.999 * p->targets.shortfall_cost[g];
        fall_short(hard ? short_of : 0, z->y.target[g], s->target_length[g], &violation, &bound,
                   -p->targets.km[g]);
        missing += hard || short_of < 0 ? 0 : short_of * p->targets.shortfall_cost[g];
    }
    struct error error = {
        .primal = sums.earned - missing, .dual = sums.hoped + bound, .violation = sqrt(violation)};
    double priced = s->weight * error.violation, gap = error.dual - error.primal;
    error.size = sqrt(priced * priced + gap * gap);
    return error;
}

/* ---- restarts --------------------------------------------------------------------------------- */

static double distance_of(const double *a, const double *b, const double *length, int64_t count)
{
    double sum = 0;
    for (int64_t i = 0; i < count; i++) {
        sum += length[i] > 0 ? (a[i] - b[i]) * (a[i] - b[i]) / length[i] : 0;
    }
    return sum;
}

/* Squared lengths of the way since the last restart. */
static void measure_way(const struct ganger_primal_dual *s, double *primal, double *dual)
{
    const struct ganger_problem *p = s->problem;
    const struct ganger_columns *c = &s->columns;
    int64_t width = s->blocks.width;
    *primal = *dual = 0;
    for (int32_t place = 0; place < p->works.count; place++) {
        double sum = 0;
        for (int32_t i = c->first[place]; i < c->first[place + 1]; i++) {
            sum += (s->now.x[i] - s->start.x[i]) * (s->now.x[i] - s->start.x[i]);
        }
        *primal += sum / s->work_length[place];
    }
    for (int64_t path = 0; path < s->flows.count; path++) {
        double sum = 0;
        for (int64_t i = path * width; i < (path + 1) * width; i++) {
            sum += (s->now.flow[i] - s->start.flow[i]) * (s->now.flow[i] - s->start.flow[i]);
        }
        *primal += sum / s->demand_length[s->paths->demand[path]];
    }
    for (int64_t q = 0; q < p->segments.count; q++) {
        for (int64_t side = 0; side < 2; side++) {
            int64_t row = (2 * q + side) * width;
            *dual += distance_of(s->now.y.segment + row, s->start.y.segment + row,
                                 s->segment_length + q * width, width);
        }
    }
    *dual +=
        distance_of(s->now.y.renewable, s->start.y.renewable, s->renewable_length,
                    p->resources.renewables * width) +
        distance_of(s->now.y.window, s->start.y.window, s->window_length, p->resources.windows) +
        distance_of(s->now.y.target, s->start.y.target, s->target_length, p->targets.count);
}

static void begin_again(struct ganger_primal_dual *s)
{
    point_scale(s, &s->start, &s->now, 1);
    point_scale(s, &s->sum, &s->now, 0);
    s->total = s->pending = 0;
    s->since_restart = 0;
}

/* From the better of the last point and the average of all since the restart. */
static void look(struct ganger_primal_dual *s, int threads)
{
    struct error here = measure(s, &s->now, threads), average = here;
    if (s->total > 0) {
        point_scale(s, &s->next, &s->sum, 1 / s->total);
        average = measure(s, &s->next, threads);
    }
    bool averaged = average.size < here.size;
    struct error best = averaged ? average : here;
    bool restart =
        best.size <= restarts.enough * s->last_restart.size ||
        (best.size <= restarts.some * s->last_restart.size && best.size > s->last_look.size) ||
        (double)s->since_restart >= restarts.long_share * (double)s->iterations;
    s->last_look = best;
    s->view = best;
    s->shown = averaged ? &s->next : &s->now;
    s->priced = average.dual < here.dual ? &s->next : &s->now;
    if (!restart) {
        return;
    }
    if (averaged) { /* the two change places */
        s->shown = &s->now;
        s->priced = s->priced == &s->now ? &s->next : &s->now;
        struct point swap = s->now;
        s->now = s->next;
        s->next = swap;
    }
    double primal, dual;
    measure_way(s, &primal, &dual);
    if (primal > 1e-20 && dual > 1e-20) {
        s->weight = exp(0.5 * log(sqrt(dual / primal)) + 0.5 * log(s->weight));
    }
    s->last_restart = best;
    s->last_look.size = INFINITY;
    begin_again(s);
}

/* ---- iterations ------------------------------------------------------------------------------- */

/* One step whose length the method may choose as long as the change of prices and of what is used bear it. */
static void iterate(struct ganger_primal_dual *s, int threads)
{
    for (;;) {
        double length = s->step, k = (double)s->iterations + 1;
        s->primal_step = length / s->weight;
        s->dual_step = length * s->weight;
        primal_phase(s, &s->now, &s->next, threads);
        ganger_parallel_for(threads, row_jobs, dual_job, s);
        struct sums others = {0};
        move_other_prices(s, &others);
        struct sums all = add_sums(s);
        double moved = s->weight * all.moved_x + (all.moved_y + others.moved_y) / s->weight;
        double interplay = fabs(all.interplay + others.interplay);
        double most = interplay > 0 ? 0.5 * moved / interplay : INFINITY;
        s->total += s->pending;
        s->pending = 0;
        s->step = fmin((1 - pow(k + 1, -0.3)) * most, (1 + pow(k + 1, -0.6)) * length);
        s->iterations++;
        if (length <= most) {
            struct point swap = s->now;
            s->now = s->next;
            s->next = swap;
            s->pending = length;
            s->since_restart++;
            return;
        }
    }
}

int64_t ganger_primal_dual_run(struct ganger_primal_dual *solver, int32_t iterations, int threads,
                               bool (*interrupted)(void *context), void *context)
{
    struct ganger_primal_dual *s = solver;
    int64_t before = s->iterations;
    while (s->iterations < before + iterations && !(interrupted && interrupted(context))) {
        for (int32_t i = 0; i < restarts.look; i++) {
            iterate(s, threads);
        }
        look(s, threads);
    }
    int64_t cells = (int64_t)s->columns.count + 3 * (int64_t)s->flows.count * s->blocks.width;
    return (s->iterations - before) * cells;
}

/* ---- life ------------------------------------------------------------------------------------- */

/* Mandatory works need a column; the first will do. */
static void begin_at_nothing(struct ganger_primal_dual *s)
{
    for (int32_t place = 0; place < s->problem->works.count; place++) {
        int32_t first = s->columns.first[place];
        if (s->problem->works.mandatory[s->columns.order[place]] &&
            first < s->columns.first[place + 1]) {
            s->now.x[first] = 1;
        }
    }
}

/* Lengths of what is earned and of what there is: prices are about so much larger than works and flows. */
static double first_weight(const struct ganger_primal_dual *s)
{
    const struct ganger_problem *p = s->problem;
    int64_t width = s->blocks.width;
    double earned = 0, there = 0;
    for (int32_t path = 0; path < s->flows.count; path++) {
        int32_t k = s->paths->demand[path];
        double margin = p->demands.value[k] - s->paths->cost[path];
        for (int32_t b = 0; b < s->blocks.count; b++) {
            earned +=
                s->demand_length[k] * margin * margin * s->blocks.weight[b] * s->blocks.weight[b];
        }
    }
    for (int64_t i = 0; i < p->segments.count * width; i++) {
        there += 2 * s->segment_length[i] * s->worn[i] * s->worn[i];
    }
    return earned > 0 && there > 0 ? price_scale * sqrt(earned / there) : 1;
}

static bool list_flows(struct ganger_primal_dual *s)
{
    ganger_flows_clear(&s->flows);
    free(s->flow_scratch);
    s->flow_scratch = NULL;
    return ganger_flows_init(&s->flows, s->graph, s->paths, &s->blocks) &&
           make(&s->flow_scratch, (size_t)s->vectors * ganger_flows_scratch(&s->flows));
}

struct ganger_primal_dual *ganger_primal_dual_create(const struct ganger_problem *problem,
                                                     const struct ganger_graph *graph,
                                                     const struct ganger_path_pool *paths,
                                                     int32_t blocks)
{
    struct ganger_primal_dual *s = calloc(1, sizeof *s);
    if (!s) {
        return NULL;
    }
    s->problem = problem;
    s->graph = graph;
    s->paths = paths;
    s->path_room = paths->count + 64;
    s->step = 1;
    s->weight = 1;
    s->shown = s->priced = &s->now;
    s->last_restart.size = s->last_look.size = INFINITY;
    bool ready = ganger_blocks_init(&s->blocks, problem, blocks);
    s->vectors = s->blocks.width / GANGER_BLOCKS_LANES;
    ready = ready && ganger_columns_init(&s->columns, problem, &s->blocks) && allocate(s) &&
            list_flows(s);
    if (ready) {
        measure_supply(s);
        begin_at_nothing(s);
        ready = choose_lengths(s);
    }
    if (ready) {
        s->weight = first_weight(s);
        s->view = measure(s, &s->now, 1);
        begin_again(s);
    }
    if (!ready) {
        ganger_primal_dual_destroy(s);
        return NULL;
    }
    return s;
}

static bool widen(struct point *z, size_t from, size_t to)
{
    double *flow = realloc(z->flow, (to + 1) * sizeof *flow);
    if (flow) {
        memset(flow + from, 0, (to + 1 - from) * sizeof *flow);
        z->flow = flow;
    }
    return flow != NULL;
}

bool ganger_primal_dual_extend(struct ganger_primal_dual *solver)
{
    struct ganger_primal_dual *s = solver;
    size_t width = width_of(s), before = (size_t)s->path_room * width;
    if (s->paths->count > s->path_room) {
        int32_t room = s->paths->count + s->paths->count / 4;
        size_t after = (size_t)room * width;
        if (!widen(&s->now, before, after) || !widen(&s->next, before, after) ||
            !widen(&s->sum, before, after) || !widen(&s->start, before, after)) {
            return false;
        }
        s->path_room = room;
    }
    bool ready = list_flows(s);
    if (ready && s->iterations == 0) { /* with the first paths it is known what flows are like */
        ready = choose_lengths(s);
        s->weight = first_weight(s);
    }
    return ready;
}

/* Columns of the same mode with the nearest start. */
static void inherit_works(struct ganger_primal_dual *s, const struct ganger_primal_dual *from)
{
    const struct ganger_columns *c = &s->columns, *old = &from->columns;
    for (int32_t place = 0; place < s->problem->works.count; place++) {
        int32_t first = c->first[place], last = c->first[place + 1];
        for (int32_t i = first; i < last; i++) {
            s->now.x[i] = 0;
        }
        for (int32_t j = old->first[place]; j < old->first[place + 1]; j++) {
            int32_t best = GANGER_NONE;
            for (int32_t i = first; from->now.x[j] > 0 && i < last; i++) {
                if (c->mode[i] == old->mode[j] &&
                    (best == GANGER_NONE ||
                     abs(c->start[i] - old->start[j]) < abs(c->start[best] - old->start[j]))) {
                    best = i;
                }
            }
            if (best != GANGER_NONE) {
                s->now.x[best] += from->now.x[j];
            }
        }
    }
}

/* The block of the other partition in which the middle of a block lies. */
static int32_t middle_of(const struct ganger_primal_dual *s, const struct ganger_primal_dual *from,
                         int32_t b)
{
    return from->blocks.of[(s->blocks.first[b] + s->blocks.first[b + 1] - 1) / 2];
}

void ganger_primal_dual_inherit(struct ganger_primal_dual *solver,
                                const struct ganger_primal_dual *from)
{
    struct ganger_primal_dual *s = solver;
    const struct ganger_problem *p = s->problem;
    int64_t width = s->blocks.width, old = from->blocks.width;
    inherit_works(s, from);
    for (int32_t b = 0; b < s->blocks.count; b++) {
        int32_t a = middle_of(s, from, b);
        double scale = s->blocks.weight[b] / from->blocks.weight[a];
        for (int64_t i = 0; i < 2 * (int64_t)p->segments.count; i++) {
            s->now.y.segment[i * width + b] = scale * from->now.y.segment[i * old + a];
        }
        for (int64_t r = 0; r < p->resources.renewables; r++) {
            s->now.y.renewable[r * width + b] = from->now.y.renewable[r * old + a];
        }
        for (int64_t row = 0; b + 1 < s->blocks.count && row < p->precedences.count; row++) {
            /* A row's price at the end of a block is shared by the finer blocks that it covers. */
            bool ends = b + 2 == s->blocks.count || middle_of(s, from, b + 1) != a;
            s->now.y.precedence[row * width + b] = ends ? from->now.y.precedence[row * old + a] : 0;
        }
        for (int64_t path = 0; path < from->flows.count && path < s->flows.count; path++) {
            s->now.flow[path * width + b] = from->now.flow[path * old + a];
        }
    }
    memcpy(s->now.y.window, from->now.y.window, (size_t)p->resources.windows * sizeof(double));
    memcpy(s->now.y.target, from->now.y.target, (size_t)p->targets.count * sizeof(double));
    s->weight = from->weight;
    s->step = from->step;
    s->last_restart.size = s->last_look.size = INFINITY;
    s->view = measure(s, &s->now, 1); /* what is used follows from what is done */
    begin_again(s);
}

struct ganger_primal_dual_view ganger_primal_dual_view(const struct ganger_primal_dual *solver)
{
    const struct ganger_primal_dual *s = solver;
    return (struct ganger_primal_dual_view){.blocks = &s->blocks,
                                            .columns = &s->columns,
                                            .prices = &s->priced->y,
                                            .x = s->shown->x,
                                            .worn = s->worn,
                                            .capacity = s->shown->capacity,
                                            .primal = s->view.primal,
                                            .dual = s->view.dual,
                                            .violation = s->view.violation,
                                            .iterations = s->iterations};
}
