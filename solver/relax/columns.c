#include "relax/columns.h"

#include "relax/worn.h"

#include <stdlib.h>

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

/* What a work costs besides its columns, about, in columns. */
enum { columns_a_work = 24 };

/* Ranges of about equally much work that part no segment. */
static void cut_jobs(struct ganger_columns *c)
{
    const int32_t *segment = c->problem->works.segment;
    int32_t place = 0, works = c->problem->works.count;
    for (int job = 0; job < GANGER_COLUMNS_JOBS; job++) {
        c->job[job] = place;
        int64_t all = c->count + (int64_t)columns_a_work * works;
        int64_t most = all * (job + 1) / GANGER_COLUMNS_JOBS;
        while (place < works) {
            bool together = place > c->job[job] && segment[c->order[place]] != GANGER_NONE &&
                            segment[c->order[place]] == segment[c->order[place - 1]];
            int64_t here = c->first[place + 1] + (int64_t)columns_a_work * (place + 1);
            if (here > most && !together && job + 1 < GANGER_COLUMNS_JOBS) {
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
    size_t count = (size_t)c->room + 1;
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

static void free_columns(struct ganger_columns *c)
{
    void *owned[] = {c->mode, c->start, c->finish,     c->begin,    c->end,      c->fixed,
                     c->pace, c->done,  c->lost_begin, c->lost_end, c->on_begin, c->on_end};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
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
            lift[c->blocks->of[t]] += c->blocks->share[t] * ganger_relax_lift(p, w, t);
            standing[c->blocks->of[t]] +=
                on ? c->blocks->share[t] * ganger_relax_stage(p, w, t) : 0;
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
            *lost += q == GANGER_NONE ? 0 : c->blocks->share[t] * ganger_relax_stage(p, work, t);
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
    c->fixed[i] = ganger_problem_kept(p, mode, start) - price_of(p, mode, start, finish);
    c->pace[i] = finish > start ? 1.0 / (double)(cumulative[finish] - cumulative[start]) : 0;
    c->done[i] = 0;
    for (int32_t t = finish; p->works.segment[work] != GANGER_NONE && t < b->first[c->end[i] + 1];
         t++) {
        c->done[i] += b->share[t] * ganger_relax_lift(p, work, t);
    }
    int32_t whole = c->begin[i] == c->end[i] ? finish : b->first[c->begin[i] + 1];
    measure_active(c, work, start, whole, &c->on_begin[i], &c->lost_begin[i]);
    int32_t from = c->begin[i] == c->end[i] ? finish : b->first[c->end[i]];
    measure_active(c, work, from, finish, &c->on_end[i], &c->lost_end[i]);
}

bool ganger_columns_init(struct ganger_columns *columns, const struct ganger_problem *problem,
                         const struct ganger_blocks *blocks, const struct ganger_orders *orders)
{
    struct ganger_columns *c = columns;
    *c = (struct ganger_columns){.problem = problem, .blocks = blocks, .orders = orders};
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
        c->first[problem->works.count] = c->room = c->count;
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

static void copy_column(struct ganger_columns *to, int32_t i, const struct ganger_columns *from,
                        int32_t k)
{
    to->mode[i] = from->mode[k];
    to->start[i] = from->start[k];
    to->finish[i] = from->finish[k];
    to->begin[i] = from->begin[k];
    to->end[i] = from->end[k];
    to->fixed[i] = from->fixed[k];
    to->pace[i] = from->pace[k];
    to->done[i] = from->done[k];
    to->lost_begin[i] = from->lost_begin[k];
    to->lost_end[i] = from->lost_end[k];
    to->on_begin[i] = from->on_begin[k];
    to->on_end[i] = from->on_end[k];
}

bool ganger_columns_pick(struct ganger_columns *columns, const struct ganger_columns *from,
                         const int32_t *list, int32_t count)
{
    struct ganger_columns *c = columns;
    int32_t works = from->problem->works.count;
    if (!c->first || count > c->room) {
        ganger_columns_drop(c);
        *c = *from;
        c->room = count + count / 4;
        c->first = calloc((size_t)works + 1, sizeof *c->first);
        if (!allocate_columns(c) || !c->first) {
            ganger_columns_drop(c);
            return false;
        }
    }
    c->count = count;
    for (int32_t place = 0, i = 0; place < works; place++) {
        c->first[place] = i;
        for (; i < count && list[i] < from->first[place + 1]; i++) {
            copy_column(c, i, from, list[i]);
        }
    }
    c->first[works] = count;
    cut_jobs(c);
    return true;
}

void ganger_columns_drop(struct ganger_columns *columns)
{
    free_columns(columns);
    free(columns->first);
    *columns = (struct ganger_columns){0};
}

void ganger_columns_clear(struct ganger_columns *columns)
{
    void *owned[] = {columns->order,    columns->first,         columns->lift,
                     columns->standing, columns->consumable_of, columns->usable};
    free_columns(columns);
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
    *columns = (struct ganger_columns){0};
}
