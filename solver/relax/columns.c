#include "relax/columns.h"

#include "relax/worn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- building --------------------------------------------------------------------------------- */

/* Works by segment, those without one last, each by number. */
static void order_works(struct ganger_columns *c)
{
    const struct ganger_problem *p = c->problem;
    int32_t place = 0;
    for (int32_t q = 0; q < p->segments.count; q++) {
        for (int32_t i = p->segments.first_work[q]; i < p->segments.first_work[q + 1]; i++) {
            c->order[place++] = p->segments.work_list[i];
        }
    }
    for (int32_t w = 0; w < p->works.count; w++) {
        if (p->works.segment[w] == GANGER_NONE) {
            c->order[place++] = w;
        }
    }
}

/* Ranges of about equally many columns that part no segment. */
static void cut_jobs(struct ganger_columns *c)
{
    const int32_t *segment = c->problem->works.segment;
    int32_t place = 0, works = c->problem->works.count;
    for (int job = 0; job < GANGER_COLUMNS_JOBS; job++) {
        c->job[job] = place;
        int64_t most = (int64_t)c->count * (job + 1) / GANGER_COLUMNS_JOBS;
        while (place < works) {
            bool together = place > c->job[job] && segment[c->order[place]] != GANGER_NONE &&
                            segment[c->order[place]] == segment[c->order[place - 1]];
            if (c->first[place + 1] > most && !together && job + 1 < GANGER_COLUMNS_JOBS) {
                break;
            }
            place++;
        }
    }
    c->job[GANGER_COLUMNS_JOBS] = works;
}

static int32_t last_finish(const struct ganger_problem *p, int32_t work)
{
    int32_t deadline = p->works.deadline[work];
    return deadline < p->time.periods ? deadline : p->time.periods;
}

/* The first start from `start` on with which the mode can keep its deadline, or `periods`. */
static int32_t next_start(const struct ganger_problem *p, int32_t mode, int32_t start)
{
    while (start < p->time.periods &&
           ganger_problem_finish(p, mode, start) > last_finish(p, p->modes.work[mode])) {
        start++;
    }
    return start;
}

/* Lists the starts of a mode into `start` (NULL: only counts): one at each block's beginning, or the next. */
static int32_t list_starts(const struct ganger_columns *c, int32_t mode, int32_t *start)
{
    const struct ganger_problem *p = c->problem;
    int32_t work = p->modes.work[mode], count = 0, last = GANGER_NONE;
    int32_t fixed_mode = p->works.fixed_mode[work], fixed = p->works.fixed_start[work];
    if (fixed_mode != GANGER_NONE && mode != p->works.first_mode[work] + fixed_mode) {
        return 0;
    }
    for (int32_t b = 0; b + 1 < c->blocks->count; b++) {
        int32_t from = fixed != GANGER_NONE ? fixed : c->blocks->first[b];
        from =
            from > p->works.earliest[work] || fixed != GANGER_NONE ? from : p->works.earliest[work];
        int32_t s = next_start(p, mode, from);
        if (s == p->time.periods || s == last || (fixed != GANGER_NONE && s != fixed)) {
            continue;
        }
        last = s;
        if (start) {
            start[count] = s;
        }
        count++;
    }
    return count;
}

static bool allocate_rows(struct ganger_columns *c)
{
    const struct ganger_problem *p = c->problem;
    size_t works = (size_t)p->works.count + 1, width = (size_t)c->blocks->width;
    c->order = calloc(works, sizeof *c->order);
    c->first = calloc(works, sizeof *c->first);
    c->lift = calloc(works * width, sizeof *c->lift);
    c->standing = calloc(works * width, sizeof *c->standing);
    c->consumable_of = calloc((size_t)p->resources.count + 1, sizeof *c->consumable_of);
    c->usable = calloc((size_t)p->resources.renewables * (size_t)p->time.periods + 1, 1);
    return c->usable && c->order && c->first && c->lift && c->standing && c->consumable_of;
}

static bool allocate_columns(struct ganger_columns *c)
{
    size_t count = (size_t)c->count + 1;
    c->mode = malloc(count * sizeof *c->mode);
    c->start = malloc(count * sizeof *c->start);
    c->finish = malloc(count * sizeof *c->finish);
    c->begin = malloc(count * sizeof *c->begin);
    c->end = malloc(count * sizeof *c->end);
    c->fixed = malloc(count * sizeof *c->fixed);
    c->pace = malloc(count * sizeof *c->pace);
    c->done = malloc(count * sizeof *c->done);
    c->lost_begin = malloc(count * sizeof *c->lost_begin);
    c->lost_end = malloc(count * sizeof *c->lost_end);
    c->on_begin = malloc(count * sizeof *c->on_begin);
    c->on_end = malloc(count * sizeof *c->on_end);
    return c->mode && c->start && c->finish && c->begin && c->end && c->fixed && c->pace &&
           c->done && c->lost_begin && c->lost_end && c->on_begin && c->on_end;
}

static double lift_at(const struct ganger_problem *p, int32_t work, int32_t t)
{
    int32_t q = p->works.segment[work];
    double worn = p->works.renews[work] ? p->segments.capacity[q] - ganger_relax_worn(p, q, t) : 0;
    return p->works.gain[work] + worn;
}

static void fill_works(struct ganger_columns *c)
{
    const struct ganger_problem *p = c->problem;
    for (int32_t w = 0; w < p->works.count; w++) {
        int32_t q = p->works.segment[w];
        double *lift = c->lift + (int64_t)w * c->blocks->width;
        double *standing = c->standing + (int64_t)w * c->blocks->width;
        for (int32_t t = 0; q != GANGER_NONE && t <= p->time.periods; t++) {
            bool on = t < p->time.periods && ganger_problem_productivity(p, w, t) > 0;
            lift[c->blocks->of[t]] += c->blocks->share[t] * lift_at(p, w, t);
            standing[c->blocks->of[t]] += on ? c->blocks->share[t] * ganger_relax_worn(p, q, t) : 0;
        }
    }
}

/* A gang whose works all rest in winter is worth nothing then: that time must not count as supply. */
static void mark_usable(struct ganger_columns *c)
{
    const struct ganger_problem *p = c->problem;
    int32_t periods = p->time.periods;
    for (int32_t u = 0; u < p->modes.uses; u++) {
        int32_t r = p->resources.renewable_index[p->modes.use_resource[u]];
        int32_t work = p->modes.work[p->modes.use_mode[u]];
        const uint8_t *productivity =
            p->calendars.productivity + ganger_columns_calendar(p, work) * periods;
        for (int32_t t = 0; r != GANGER_NONE && t < periods; t++) {
            c->usable[(int64_t)r * periods + t] |= productivity[t] > 0;
        }
    }
}

/* Working periods and standing capacity of [from, to), which lies in one block. */
static void measure_active(const struct ganger_columns *c, int32_t work, int32_t from, int32_t to,
                           double *on, double *lost)
{
    const struct ganger_problem *p = c->problem;
    int32_t q = p->works.segment[work];
    *on = *lost = 0;
    for (int32_t t = from; t < to; t++) {
        if (ganger_problem_productivity(p, work, t) > 0) {
            *on += 1;
            *lost += q == GANGER_NONE ? 0 : c->blocks->share[t] * ganger_relax_worn(p, q, t);
        }
    }
}

static double price_of(const struct ganger_problem *p, int32_t mode, int32_t start, int32_t finish)
{
    int32_t work = p->modes.work[mode];
    double cost = p->time.discount[start];
    if (finish > start) {
        double sum = 0, all = 0;
        for (int32_t t = start; t < finish; t++) {
            double productivity = ganger_problem_productivity(p, work, t);
            sum += productivity * p->time.discount[t];
            all += productivity;
        }
        cost = sum / all;
    }
    cost *= p->modes.cost[mode];
    if (p->works.due[work] != GANGER_NONE && finish > p->works.due[work]) {
        cost += p->works.tardiness_cost[work] * (double)(finish - p->works.due[work]);
    }
    return cost;
}

static void fill_column(struct ganger_columns *c, int32_t i, int32_t mode, int32_t start)
{
    const struct ganger_problem *p = c->problem;
    const struct ganger_blocks *b = c->blocks;
    int32_t work = p->modes.work[mode], finish = ganger_problem_finish(p, mode, start);
    int64_t row = ganger_columns_calendar(p, work) * (p->time.periods + 1);
    const int32_t *cumulative = p->calendars.cumulative + row;
    c->mode[i] = mode;
    c->start[i] = start;
    c->finish[i] = finish;
    c->begin[i] = b->of[start];
    c->end[i] = b->of[finish];
    c->fixed[i] = -price_of(p, mode, start, finish);
    c->pace[i] = finish > start ? 1.0 / (double)(cumulative[finish] - cumulative[start]) : 0;
    c->done[i] = 0;
    for (int32_t t = finish; p->works.segment[work] != GANGER_NONE && t < b->first[c->end[i] + 1];
         t++) {
        c->done[i] += b->share[t] * lift_at(p, work, t);
    }
    int32_t whole = c->begin[i] == c->end[i] ? finish : b->first[c->begin[i] + 1];
    measure_active(c, work, start, whole, &c->on_begin[i], &c->lost_begin[i]);
    int32_t from = c->begin[i] == c->end[i] ? finish : b->first[c->end[i]];
    measure_active(c, work, from, finish, &c->on_end[i], &c->lost_end[i]);
}

bool ganger_columns_init(struct ganger_columns *columns, const struct ganger_problem *problem,
                         const struct ganger_blocks *blocks)
{
    struct ganger_columns *c = columns;
    *c = (struct ganger_columns){.problem = problem, .blocks = blocks};
    int32_t *start = malloc((size_t)blocks->count * sizeof *start);
    bool ready = start && allocate_rows(c);
    if (ready) {
        order_works(c);
        for (int32_t r = 0; r < problem->resources.count; r++) {
            bool renewable = problem->resources.renewable_index[r] != GANGER_NONE;
            c->consumable_of[r] = renewable ? GANGER_NONE : c->consumables++;
        }
        for (int32_t place = 0; place < problem->works.count; place++) {
            int32_t work = c->order[place];
            c->first[place] = c->count;
            for (int32_t m = problem->works.first_mode[work];
                 m < problem->works.first_mode[work + 1]; m++) {
                int32_t starts = list_starts(c, m, NULL);
                c->count += starts > 0 ? starts + GANGER_COLUMNS_SPARE : 0;
            }
        }
        c->first[problem->works.count] = c->count;
        ready = allocate_columns(c);
    }
    if (ready) {
        cut_jobs(c);
        fill_works(c);
        mark_usable(c);
        int32_t i = 0;
        for (int32_t place = 0; place < problem->works.count; place++) {
            int32_t work = c->order[place];
            for (int32_t m = problem->works.first_mode[work];
                 m < problem->works.first_mode[work + 1]; m++) {
                int32_t starts = list_starts(c, m, start);
                int32_t spare = starts > 0 ? GANGER_COLUMNS_SPARE : 0;
                for (int32_t k = 0; k < starts + spare; k++) {
                    fill_column(c, i++, m, start[k < starts ? k : 0]);
                }
            }
        }
    } else {
        ganger_columns_clear(c);
    }
    free(start);
    return ready;
}

struct ganger_column_range ganger_columns_of_mode(const struct ganger_columns *columns,
                                                  int32_t place, int32_t mode)
{
    struct ganger_column_range range = {columns->first[place], columns->first[place]};
    while (range.first < columns->first[place + 1] && columns->mode[range.first] != mode) {
        range.first++;
    }
    range.last = range.first;
    while (range.last < columns->first[place + 1] && columns->mode[range.last] == mode) {
        range.last++;
    }
    return range;
}

void ganger_columns_restart(struct ganger_columns *columns, int32_t column, int32_t start)
{
    fill_column(columns, column, columns->mode[column], start);
}

void ganger_columns_clear(struct ganger_columns *columns)
{
    void *owned[] = {columns->order,    columns->first,         columns->mode,
                     columns->start,    columns->finish,        columns->begin,
                     columns->end,      columns->fixed,         columns->pace,
                     columns->done,     columns->lost_begin,    columns->lost_end,
                     columns->on_begin, columns->on_end,        columns->lift,
                     columns->standing, columns->consumable_of, columns->usable};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
    *columns = (struct ganger_columns){0};
}

/* ---- prices ----------------------------------------------------------------------------------- */

bool ganger_column_sums_init(struct ganger_column_sums *sums, const struct ganger_columns *columns)
{
    const struct ganger_problem *p = columns->problem;
    size_t calendars = (size_t)p->calendars.count + 1, periods = (size_t)p->time.periods;
    size_t rents = (size_t)p->resources.renewables * calendars;
    sums->rent = calloc(rents * ((size_t)columns->blocks->width + 1) + 1, sizeof(double));
    sums->toll =
        calloc((size_t)columns->consumables * calendars * (periods + 1) + 1, sizeof(double));
    sums->density = calloc((size_t)columns->consumables * periods + 1, sizeof(double));
    sums->later = calloc((size_t)p->precedences.count * ((size_t)columns->blocks->width + 1) + 1,
                         sizeof(double));
    return sums->rent && sums->toll && sums->density && sums->later;
}

void ganger_column_sums_clear(struct ganger_column_sums *sums)
{
    free(sums->rent);
    free(sums->toll);
    free(sums->density);
    free(sums->later);
    *sums = (struct ganger_column_sums){0};
}

static void sum_rents(struct ganger_column_sums *sums, const struct ganger_columns *c,
                      const double *price)
{
    const struct ganger_problem *p = c->problem;
    int32_t width = c->blocks->width, calendars = p->calendars.count + 1;
    for (int32_t r = 0; r < p->resources.renewables; r++) {
        for (int32_t row = 0; row < calendars; row++) {
            double *rent = sums->rent + ((int64_t)r * calendars + row) * (width + 1);
            const double *on = c->blocks->on + (int64_t)row * width;
            for (int32_t b = 0; b < width; b++) {
                rent[b + 1] = rent[b] + price[(int64_t)r * width + b] * on[b];
            }
        }
    }
}

static void sum_tolls(struct ganger_column_sums *sums, const struct ganger_columns *c,
                      const double *price)
{
    const struct ganger_problem *p = c->problem;
    const struct ganger_resources *res = &p->resources;
    int32_t periods = p->time.periods, calendars = p->calendars.count + 1;
    memset(sums->density, 0, (size_t)c->consumables * (size_t)periods * sizeof(double));
    for (int32_t j = 0; j < res->windows; j++) {
        double *density =
            sums->density + (int64_t)c->consumable_of[res->window_resource[j]] * periods;
        for (int32_t t = res->window_from[j]; price[j] > 0 && t < res->window_to[j]; t++) {
            density[t] += price[j];
        }
    }
    for (int32_t v = 0; v < c->consumables; v++) {
        const double *density = sums->density + (int64_t)v * periods;
        for (int32_t row = 0; row < calendars; row++) {
            const uint8_t *productivity = p->calendars.productivity + (int64_t)row * periods;
            double *toll = sums->toll + ((int64_t)v * calendars + row) * (periods + 1);
            for (int32_t t = 0; t < periods; t++) {
                toll[t + 1] = toll[t] + productivity[t] * density[t];
            }
        }
    }
}

void ganger_column_sums_fill(struct ganger_column_sums *sums, const struct ganger_columns *columns,
                             const struct ganger_row_prices *prices)
{
    sum_rents(sums, columns, prices->renewable);
    sum_tolls(sums, columns, prices->window);
    int32_t width = columns->blocks->width;
    for (int64_t row = 0; row < columns->problem->precedences.count; row++) {
        double *later = sums->later + row * (width + 1);
        for (int32_t b = width - 1; b >= 0; b--) {
            later[b] = later[b + 1] + prices->precedence[row * width + b];
        }
    }
}

int32_t ganger_columns_opens(const struct ganger_columns *columns, int32_t column, int32_t row)
{
    const struct ganger_precedences *rows = &columns->problem->precedences;
    int64_t from =
        rows->type[row] == GANGER_PRECEDENCE_FS ? columns->finish[column] : columns->start[column];
    from += rows->lag[row];
    int32_t periods = columns->problem->time.periods;
    return from < periods ? columns->blocks->of[from] : columns->blocks->count - 1;
}

/* Where in time and calendar a work's columns look things up. */
struct view {
    const struct ganger_columns *c;
    const struct ganger_column_sums *sums;
    const struct ganger_row_prices *prices;
    int32_t work, from, to; /* columns of one mode */
    int64_t calendar;
};

static void pay_renewable(const struct view *v, int32_t r, double amount, double *profit)
{
    const struct ganger_columns *c = v->c;
    const struct ganger_problem *p = c->problem;
    int32_t width = c->blocks->width;
    const double *price = v->prices->renewable + (int64_t)r * width;
    const double *rent =
        v->sums->rent + ((int64_t)r * (p->calendars.count + 1) + v->calendar) * (width + 1);
    for (int32_t i = v->from; i < v->to; i++) {
        int32_t begin = c->begin[i], end = c->end[i];
        double whole = end > begin ? rent[end] - rent[begin + 1] : 0;
        profit[i] -= amount * (price[begin] * c->on_begin[i] + whole + price[end] * c->on_end[i]);
    }
}

static void pay_consumable(const struct view *v, int32_t resource, double amount, double *profit)
{
    const struct ganger_columns *c = v->c;
    const struct ganger_problem *p = c->problem;
    int32_t periods = p->time.periods, consumable = c->consumable_of[resource];
    const double *toll =
        v->sums->toll +
        ((int64_t)consumable * (p->calendars.count + 1) + v->calendar) * (periods + 1);
    const double *density = v->sums->density + (int64_t)consumable * periods;
    for (int32_t i = v->from; i < v->to; i++) {
        bool milestone = c->finish[i] == c->start[i];
        double unit = milestone ? density[c->start[i]]
                                : (toll[c->finish[i]] - toll[c->start[i]]) * c->pace[i];
        profit[i] -= amount * unit;
    }
}

static void pay_capacity(const struct view *v, int32_t mode, const double *earned,
                         const double *worth, double *profit, const double *active)
{
    const struct ganger_columns *c = v->c;
    double lost = 1.0 - c->problem->modes.factor[mode];
    for (int32_t i = v->from; i < v->to; i++) {
        int32_t begin = c->begin[i], end = c->end[i];
        double whole = end > begin ? active[end] - active[begin + 1] : 0;
        profit[i] += earned[end + 1] + worth[end] * c->done[i] -
                     lost * (worth[begin] * c->lost_begin[i] + whole + worth[end] * c->lost_end[i]);
    }
}

static void earn_km(const struct view *v, double *profit)
{
    const struct ganger_problem *p = v->c->problem;
    for (int32_t g = 0; g < p->targets.count; g++) {
        if (!(p->targets.kinds[g] >> p->works.kind[v->work] & 1U)) {
            continue;
        }
        double worth = v->prices->target[g] * p->works.km[v->work];
        for (int32_t i = v->from; i < v->to; i++) {
            profit[i] += v->c->finish[i] <= p->targets.by[g] ? worth : 0;
        }
    }
}

static void pay_precedence(const struct view *v, double *profit)
{
    const struct ganger_columns *c = v->c;
    const struct ganger_precedences *rows = &c->problem->precedences;
    int32_t width = c->blocks->width;
    for (int32_t k = rows->first_in[v->work]; k < rows->first_in[v->work + 1]; k++) {
        const double *later = v->sums->later + (int64_t)rows->in_list[k] * (width + 1);
        for (int32_t i = v->from; i < v->to; i++) {
            profit[i] -= later[c->begin[i]];
        }
    }
    for (int32_t k = rows->first_out[v->work]; k < rows->first_out[v->work + 1]; k++) {
        const double *later = v->sums->later + (int64_t)rows->out_list[k] * (width + 1);
        for (int32_t i = v->from; i < v->to; i++) {
            profit[i] += later[ganger_columns_opens(c, i, rows->out_list[k])];
        }
    }
}

void ganger_columns_profit(const struct ganger_columns *columns,
                           const struct ganger_column_sums *sums,
                           const struct ganger_row_prices *prices, int32_t place, double *profit,
                           double *scratch)
{
    const struct ganger_columns *c = columns;
    const struct ganger_problem *p = c->problem;
    int32_t work = c->order[place], width = c->blocks->width, q = p->works.segment[work];
    struct view v = {c, sums, prices, work, 0, c->first[place], ganger_columns_calendar(p, work)};
    double *earned = scratch, *active = earned + width + 1, *worth = active + width + 1;
    if (q != GANGER_NONE) {
        const double *price = prices->segment + 2 * (int64_t)q * width;
        const double *lift = c->lift + (int64_t)work * width;
        const double *standing = c->standing + (int64_t)work * width;
        active[0] = earned[width] = 0;
        for (int32_t b = 0; b < width; b++) {
            worth[b] = price[b] + price[width + b];
            active[b + 1] = active[b] + worth[b] * standing[b];
        }
        for (int32_t b = width - 1; b >= 0; b--) {
            earned[b] = earned[b + 1] + worth[b] * lift[b];
        }
    }
    for (int32_t i = c->first[place]; i < c->first[place + 1]; i++) {
        profit[i] = c->fixed[i];
    }
    while (v.to < c->first[place + 1]) {
        int32_t mode = c->mode[v.to];
        v.from = v.to;
        while (v.to < c->first[place + 1] && c->mode[v.to] == mode) {
            v.to++;
        }
        if (q != GANGER_NONE) {
            pay_capacity(&v, mode, earned, worth, profit, active);
        }
        for (int32_t u = p->modes.first_use[mode]; u < p->modes.first_use[mode + 1]; u++) {
            int32_t resource = p->modes.use_resource[u];
            int32_t r = p->resources.renewable_index[resource];
            if (r != GANGER_NONE) {
                pay_renewable(&v, r, p->modes.use_amount[u], profit);
            } else {
                pay_consumable(&v, resource, p->modes.use_amount[u], profit);
            }
        }
        if (p->resources.budget != GANGER_NONE) {
            pay_consumable(&v, p->resources.budget, p->modes.cost[mode], profit);
        }
        earn_km(&v, profit);
    }
    v.from = c->first[place];
    pay_precedence(&v, profit);
}

/* ---- use -------------------------------------------------------------------------------------- */

static size_t between_cells(const struct ganger_columns *c)
{
    const struct ganger_problem *p = c->problem;
    return (size_t)p->resources.renewables * ((size_t)p->calendars.count + 1) *
           (size_t)c->blocks->width;
}

static size_t spread_cells(const struct ganger_columns *c)
{
    const struct ganger_problem *p = c->problem;
    return (size_t)c->consumables * ((size_t)p->calendars.count + 1) *
           ((size_t)p->time.periods + 1);
}

bool ganger_column_use_init(struct ganger_column_use *use, const struct ganger_columns *columns)
{
    const struct ganger_problem *p = columns->problem;
    size_t rents = (size_t)p->resources.renewables * (size_t)columns->blocks->width;
    use->renewable = calloc(rents + 1, sizeof(double));
    use->between = calloc(between_cells(columns) + 1, sizeof(double));
    use->spread = calloc(spread_cells(columns) + 1, sizeof(double));
    use->window = calloc((size_t)p->resources.windows + 1, sizeof(double));
    use->target = calloc((size_t)p->targets.count + 1, sizeof(double));
    return use->renewable && use->between && use->spread && use->window && use->target;
}

void ganger_column_use_clear(struct ganger_column_use *use)
{
    free(use->renewable);
    free(use->between);
    free(use->spread);
    free(use->window);
    free(use->target);
    *use = (struct ganger_column_use){0};
}

void ganger_column_use_reset(struct ganger_column_use *use, const struct ganger_columns *columns)
{
    const struct ganger_problem *p = columns->problem;
    size_t rents = (size_t)p->resources.renewables * (size_t)columns->blocks->width;
    memset(use->renewable, 0, rents * sizeof(double));
    memset(use->between, 0, between_cells(columns) * sizeof(double));
    memset(use->spread, 0, spread_cells(columns) * sizeof(double));
    memset(use->window, 0, (size_t)p->resources.windows * sizeof(double));
    memset(use->target, 0, (size_t)p->targets.count * sizeof(double));
}

static void take_renewable(const struct ganger_columns *c, int32_t i, int32_t r, double amount,
                           int64_t calendar, struct ganger_column_use *use)
{
    int32_t width = c->blocks->width, begin = c->begin[i], end = c->end[i];
    double *row = use->renewable + (int64_t)r * width;
    row[begin] += amount * c->on_begin[i];
    row[end] += amount * c->on_end[i];
    if (end > begin + 1) {
        double *change =
            use->between + ((int64_t)r * (c->problem->calendars.count + 1) + calendar) * width;
        change[begin + 1] += amount;
        change[end] -= amount;
    }
}

static void take_consumable(const struct ganger_columns *c, int32_t i, int32_t resource,
                            double amount, int64_t calendar, struct ganger_column_use *use)
{
    const struct ganger_problem *p = c->problem;
    const struct ganger_resources *res = &p->resources;
    if (c->finish[i] > c->start[i]) {
        double *change =
            use->spread +
            ((int64_t)c->consumable_of[resource] * (p->calendars.count + 1) + calendar) *
                (p->time.periods + 1);
        change[c->start[i]] += amount * c->pace[i];
        change[c->finish[i]] -= amount * c->pace[i];
        return;
    }
    for (int32_t k = res->first_window[resource]; k < res->first_window[resource + 1]; k++) {
        int32_t j = res->window_list[k];
        bool inside = c->start[i] >= res->window_from[j] && c->start[i] < res->window_to[j];
        use->window[j] += inside ? amount : 0;
    }
}

static void use_column(const struct ganger_columns *c, int32_t i, double x,
                       struct ganger_column_use *use)
{
    const struct ganger_problem *p = c->problem;
    int32_t mode = c->mode[i], work = p->modes.work[mode];
    int64_t calendar = ganger_columns_calendar(p, work);
    for (int32_t u = p->modes.first_use[mode]; u < p->modes.first_use[mode + 1]; u++) {
        int32_t resource = p->modes.use_resource[u];
        int32_t r = p->resources.renewable_index[resource];
        if (r != GANGER_NONE) {
            take_renewable(c, i, r, x * p->modes.use_amount[u], calendar, use);
        } else {
            take_consumable(c, i, resource, x * p->modes.use_amount[u], calendar, use);
        }
    }
    if (p->resources.budget != GANGER_NONE) {
        take_consumable(c, i, p->resources.budget, x * p->modes.cost[mode], calendar, use);
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        bool counts = p->targets.kinds[g] >> p->works.kind[work] & 1U;
        use->target[g] += counts && c->finish[i] <= p->targets.by[g] ? x * p->works.km[work] : 0;
    }
}

void ganger_columns_use(const struct ganger_columns *columns, const double *x, int32_t place,
                        struct ganger_column_use *use, double *capacity, double *scratch)
{
    const struct ganger_columns *c = columns;
    int32_t work = c->order[place], width = c->blocks->width;
    double *done = scratch, *active = scratch + width + 1; /* changes from block to block */
    bool any = false;
    memset(scratch, 0, 2 * ((size_t)width + 1) * sizeof *scratch);
    for (int32_t i = c->first[place]; i < c->first[place + 1]; i++) {
        if (x[i] <= 0) {
            continue;
        }
        any = true;
        use_column(c, i, x[i], use);
        if (capacity) {
            double lost = x[i] * (1.0 - c->problem->modes.factor[c->mode[i]]);
            int32_t begin = c->begin[i], end = c->end[i];
            capacity[end] += x[i] * c->done[i] - lost * c->lost_end[i];
            capacity[begin] -= lost * c->lost_begin[i];
            done[end + 1] += x[i];
            if (end > begin + 1) {
                active[begin + 1] += lost;
                active[end] -= lost;
            }
        }
    }
    if (!capacity || !any) {
        return;
    }
    const double *lift = c->lift + (int64_t)work * width;
    const double *standing = c->standing + (int64_t)work * width;
    double finished = 0, under_way = 0;
    for (int32_t b = 0; b < width; b++) {
        finished += done[b];
        under_way += active[b];
        capacity[b] += finished * lift[b] - under_way * standing[b];
    }
}

void ganger_columns_order(const struct ganger_columns *columns, const double *x, int32_t place,
                          struct ganger_precedence_use *use)
{
    const struct ganger_columns *c = columns;
    const struct ganger_precedences *rows = &c->problem->precedences;
    int32_t work = c->order[place], width = c->blocks->width;
    int32_t ins = rows->first_in[work + 1] - rows->first_in[work];
    int32_t outs = rows->first_out[work + 1] - rows->first_out[work];
    for (int32_t k = 0; k < ins + outs; k++) {
        bool in = k < ins;
        int32_t row = in ? rows->in_list[rows->first_in[work] + k]
                         : rows->out_list[rows->first_out[work] + k - ins];
        double *part = (in ? use->successor : use->predecessor) + (int64_t)row * width;
        memset(part, 0, (size_t)width * sizeof *part);
        for (int32_t i = c->first[place]; i < c->first[place + 1]; i++) {
            if (x[i] > 0) {
                part[in ? c->begin[i] : ganger_columns_opens(c, i, row)] += x[i];
            }
        }
        for (int32_t b = 1; b < width; b++) {
            part[b] += part[b - 1];
        }
        memset(part + c->blocks->count - 1, 0,
               (size_t)(width - c->blocks->count + 1) * sizeof *part);
    }
}

static void sum_between(const struct ganger_columns *c, const double *between, double *renewable)
{
    const struct ganger_problem *p = c->problem;
    int32_t width = c->blocks->width, calendars = p->calendars.count + 1;
    for (int32_t r = 0; r < p->resources.renewables; r++) {
        for (int32_t row = 0; row < calendars; row++) {
            const double *change = between + ((int64_t)r * calendars + row) * width;
            const double *on = c->blocks->on + (int64_t)row * width;
            double now = 0;
            for (int32_t b = 0; b < width; b++) {
                now += change[b];
                renewable[(int64_t)r * width + b] += now * on[b];
            }
        }
    }
}

/* `density` [periods] is scratch. */
static void sum_spread(const struct ganger_columns *c, const double *spread, double *density,
                       double *window)
{
    const struct ganger_problem *p = c->problem;
    const struct ganger_resources *res = &p->resources;
    int32_t periods = p->time.periods, calendars = p->calendars.count + 1;
    for (int32_t resource = 0; resource < res->count; resource++) {
        int32_t v = c->consumable_of[resource];
        if (v == GANGER_NONE) {
            continue;
        }
        memset(density, 0, (size_t)periods * sizeof *density);
        for (int32_t row = 0; row < calendars; row++) {
            const double *change = spread + ((int64_t)v * calendars + row) * (periods + 1);
            const uint8_t *productivity = p->calendars.productivity + (int64_t)row * periods;
            double now = 0;
            for (int32_t t = 0; t < periods; t++) {
                now += change[t];
                density[t] += now * productivity[t];
            }
        }
        for (int32_t k = res->first_window[resource]; k < res->first_window[resource + 1]; k++) {
            int32_t j = res->window_list[k];
            for (int32_t t = res->window_from[j]; t < res->window_to[j]; t++) {
                window[j] += density[t];
            }
        }
    }
}

static void add_to(double *to, const double *from, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        to[i] += from[i];
    }
}

void ganger_column_use_sum(struct ganger_column_use *use, const struct ganger_columns *columns,
                           double *renewable, double *window, double *target)
{
    const struct ganger_columns *c = columns;
    const struct ganger_problem *p = c->problem;
    size_t rents = (size_t)p->resources.renewables * (size_t)c->blocks->width;
    for (int job = 1; job < GANGER_COLUMNS_JOBS; job++) {
        add_to(use[0].renewable, use[job].renewable, rents);
        add_to(use[0].between, use[job].between, between_cells(c));
        add_to(use[0].spread, use[job].spread, spread_cells(c));
        add_to(use[0].window, use[job].window, (size_t)p->resources.windows);
        add_to(use[0].target, use[job].target, (size_t)p->targets.count);
    }
    memcpy(renewable, use[0].renewable, rents * sizeof *renewable);
    memcpy(window, use[0].window, (size_t)p->resources.windows * sizeof *window);
    memcpy(target, use[0].target, (size_t)p->targets.count * sizeof *target);
    sum_between(c, use[0].between, renewable);
    if (c->consumables > 0) {
        sum_spread(c, use[0].spread, use[1].spread, window);
    }
}
