/*
 * Step lengths of the primal-dual method: diagonal preconditioning (Pock and Chambolle 2011) in natural units - shares of
 * what there is of each row.
 */
#include "relax/primal_dual_parts.h"

#include "relax/worn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The weight of primal against dual steps ends far above the ratio of what is earned to what there is. */
static const double price_scale = 30;
/* Columns of a work that stand for all. */
enum { sampled = 12 };
/* What a work takes on average of a row that many works share for long, in the row's units and for each block: in units of
 * what there is, such a row would be nothing next to what a work weighs on its segment in all blocks, and its price would
 * hardly move. */
static const double window_units = 0.0625, target_units = 1;

void ganger_pd_measure_supply(struct ganger_primal_dual *s)
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
    double *window;    /* [windows] */
    double *target;    /* [targets] km */
};

static void units_clear(struct units *units)
{
    free(units->renewable);
    free(units->window);
    free(units->target);
}

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

/* The unit of a row of which `works` take `sum` together. */
static double unit_of(double sum, int32_t works, double units_a_work)
{
    return sum > 0 ? sum / works / units_a_work : 1;
}

static void choose_window_units(const struct ganger_problem *p, int32_t blocks, double *unit)
{
    for (int32_t r = 0; r < p->resources.count; r++) {
        double sum = 0;
        int32_t modes = 0,
                windows = p->resources.first_window[r + 1] - p->resources.first_window[r];
        for (int32_t m = 0; windows > 0 && m < p->modes.count; m++) {
            double amount = ganger_problem_amount(p, m, r);
            sum += amount;
            modes += amount > 0;
        }
        for (int32_t k = p->resources.first_window[r]; k < p->resources.first_window[r + 1]; k++) {
            unit[p->resources.window_list[k]] = unit_of(sum, modes, window_units * blocks);
        }
    }
}

static void choose_target_units(const struct ganger_problem *p, int32_t blocks, double *unit)
{
    for (int32_t g = 0; g < p->targets.count; g++) {
        double sum = 0;
        int32_t works = 0;
        for (int32_t w = 0; w < p->works.count; w++) {
            if (p->targets.kinds[g] >> p->works.kind[w] & 1U) {
                sum += p->works.km[w];
                works++;
            }
        }
        unit[g] = unit_of(sum, works, target_units * blocks);
    }
}

static bool units_init(struct units *units, const struct ganger_primal_dual *s)
{
    const struct ganger_problem *p = s->problem;
    size_t renewables = (size_t)p->resources.renewables * ganger_pd_width(s);
    *units = (struct units){.capacity = usual_capacity(p)};
    if (!ganger_pd_make(&units->renewable, renewables) ||
        !ganger_pd_make(&units->window, (size_t)p->resources.windows) ||
        !ganger_pd_make(&units->target, (size_t)p->targets.count)) {
        return false;
    }
    for (size_t i = 0; i < renewables; i++) {
        units->renewable[i] = at_least(s->supply[i], 1);
    }
    choose_window_units(p, s->blocks.count, units->window);
    choose_target_units(p, s->blocks.count, units->target);
    return true;
}

/* Adds |a| of one column in natural units, `share` of it, to its rows' sums; returns the column's. */
static double weigh_column(const struct ganger_primal_dual *s, const struct units *units, int32_t i,
                           double share, struct ganger_row_prices *rows)
{
    const struct ganger_problem *p = s->problem;
    const struct ganger_columns *c = &s->stock;
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
            rows->window[j] += share * amount / units->window[j];
            sum += amount / units->window[j];
        }
    }
    int32_t budget = p->resources.budget;
    for (int32_t k = budget == GANGER_NONE ? 0 : p->resources.first_window[budget];
         budget != GANGER_NONE && k < p->resources.first_window[budget + 1]; k++) {
        int32_t j = p->resources.window_list[k];
        rows->window[j] += share * p->modes.cost[mode] / units->window[j];
        sum += p->modes.cost[mode] / units->window[j];
    }
    int32_t orders = s->orders->first_in[work + 1] - s->orders->first_in[work] +
                     s->orders->first_out[work + 1] - s->orders->first_out[work];
    sum += 0.5 * orders * s->blocks.count;
    for (int32_t g = 0; g < p->targets.count; g++) {
        if (p->targets.kinds[g] >> p->works.kind[work] & 1U) {
            double km = p->works.km[work] / units->target[g];
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
        int32_t first = s->stock.first[place], count = s->stock.first[place + 1] - first;
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
static bool weigh_demands(struct ganger_primal_dual *s, const struct units *units,
                          struct ganger_row_prices *rows)
{
    double *weight;
    if (!ganger_pd_weigh_crossings(s, &weight)) {
        return false;
    }
    const struct ganger_problem *p = s->problem;
    int32_t width = s->blocks.width;
    for (int32_t k = 0; k < p->demands.count; k++) {
        double volume = 1e-3, segments = 1, closures = 0;
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
            double crossed = 0;
            for (int32_t j = s->flows.first_crossing[path]; j < s->flows.first_crossing[path + 1];
                 j++) {
                crossed += weight[s->flows.crossing[j]];
            }
            closures = fmax(closures, crossed);
        }
        s->demand_length[k] = volume * volume / (segments * volume / units->capacity + closures);
    }
    free(weight);
    return true;
}

/* What works weigh in rows of energy. */
static bool weigh_energies(struct ganger_primal_dual *s)
{
    double *weight;
    if (!ganger_pd_make(&weight, (size_t)s->problem->works.count)) {
        return false;
    }
    ganger_pd_weigh_energies(s, weight);
    for (int32_t place = 0; place < s->problem->works.count; place++) {
        s->work_length[place] = 1 / (1 / s->work_length[place] + weight[s->columns.order[place]]);
    }
    free(weight);
    return true;
}

/* Diagonal preconditioning (Pock and Chambolle 2011) in natural units. */
bool ganger_pd_choose_lengths(struct ganger_primal_dual *s)
{
    const struct ganger_problem *p = s->problem;
    size_t width = ganger_pd_width(s), renewables = (size_t)p->resources.renewables * width;
    struct ganger_row_prices rows = {.segment = s->segment_length,
                                     .renewable = s->renewable_length,
                                     .window = s->window_length,
                                     .target = s->target_length};
    struct units units;
    if (!units_init(&units, s)) {
        units_clear(&units);
        return false;
    }
    memset(rows.segment, 0, (size_t)p->segments.count * width * sizeof(double));
    memset(rows.renewable, 0, renewables * sizeof(double));
    memset(rows.window, 0, (size_t)p->resources.windows * sizeof(double));
    memset(rows.target, 0, (size_t)p->targets.count * sizeof(double));
    weigh_works(s, &units, &rows);
    if (!weigh_demands(s, &units, &rows) || !ganger_pd_choose_closure_lengths(s) ||
        !weigh_energies(s)) {
        units_clear(&units);
        return false;
    }
    for (size_t i = 0; i < (size_t)p->segments.count * width; i++) {
        s->segment_inverse[i] = at_least(rows.segment[i], 1e-2) * units.capacity * units.capacity;
        rows.segment[i] = 1 / s->segment_inverse[i];
    }
    for (size_t i = 0; i < renewables; i++) {
        rows.renewable[i] =
            1 / (at_least(rows.renewable[i], 1e-2) * units.renewable[i] * units.renewable[i]);
    }
    for (int32_t j = 0; j < p->resources.windows; j++) {
        double unit = units.window[j];
        rows.window[j] = 1 / (at_least(rows.window[j], 1e-2) * unit * unit);
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        double unit = units.target[g];
        rows.target[g] = 1 / (at_least(rows.target[g], 1e-2) * unit * unit);
    }
    for (int64_t row = 0; row < s->orders->count; row++) {
        /* Works of at most one each. */
        double most = 1 + s->orders->first[row + 1] - s->orders->first[row];
        for (int32_t b = 0; b + 1 < s->blocks.count; b++) {
            s->order_length[row * (int64_t)width + b] = 1 / most;
        }
    }
    units_clear(&units);
    return true;
}

/* Lengths of what is earned and of what there is: prices are about so much larger than works and flows. */
double ganger_pd_first_weight(const struct ganger_primal_dual *s)
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
