#include "check/facts.h"

#include <math.h>
#include <stdlib.h>

static const double days_per_year = 365.25;

static void *make(int64_t count, size_t size)
{
    return calloc(count > 0 ? (size_t)count : 1, size);
}

static int32_t clamp(int32_t t, int32_t periods)
{
    return t < 0 ? 0 : t > periods ? periods : t;
}

static bool derive_time(struct ganger_facts *f)
{
    const struct ganger_time *time = &f->problem->time;
    double yr = time->period_days / days_per_year;
    double rho = time->discount_rate;
    f->disc = make(f->periods + 1, sizeof *f->disc);
    f->weight = make(f->periods + 1, sizeof *f->weight);
    if (!f->disc || !f->weight) {
        return false;
    }
    for (int32_t t = 0; t <= f->periods; t++) {
        f->disc[t] = pow(1.0 + rho, -(double)t * yr);
        f->weight[t] = yr * f->disc[t];
    }
    double years = time->terminal_years;
    if (rho != 0.0) {
        years = (1.0 - pow(1.0 + rho, -years)) / log(1.0 + rho);
    }
    f->weight[f->periods] = f->disc[f->periods] * years;
    return true;
}

static bool derive_calendars(struct ganger_facts *f)
{
    const struct ganger_calendars *c = &f->problem->calendars;
    int64_t rows = (int64_t)c->count + 1;
    f->productivity = make(rows * f->periods, sizeof *f->productivity);
    f->worked = make(rows * (f->periods + 1), sizeof *f->worked);
    if (!f->productivity || !f->worked) {
        return false;
    }
    for (int64_t i = 0; i < rows * f->periods; i++) {
        f->productivity[i] = 100;
    }
    for (int32_t i = 0; i < c->rows; i++) {
        int32_t *row = f->productivity + ((int64_t)c->row_calendar[i] + 1) * f->periods;
        int32_t to = clamp(c->row_to[i], f->periods);
        for (int32_t t = clamp(c->row_from[i], f->periods); t < to; t++) {
            row[t] = c->row_productivity[i];
        }
    }
    for (int64_t i = 0; i < rows; i++) {
        const int32_t *row = f->productivity + i * f->periods;
        int64_t *sum = f->worked + i * (f->periods + 1);
        for (int32_t t = 0; t < f->periods; t++) {
            sum[t + 1] = sum[t] + row[t];
        }
    }
    return true;
}

static bool derive_resources(struct ganger_facts *f)
{
    const struct ganger_resources *r = &f->problem->resources;
    f->renewable_of = make(r->count, sizeof *f->renewable_of);
    f->window_row = make(r->capacity_rows, sizeof *f->window_row);
    if (!f->renewable_of || !f->window_row) {
        return false;
    }
    for (int32_t i = 0; i < r->count; i++) {
        bool renewable = r->kind[i] == GANGER_RESOURCE_RENEWABLE;
        f->renewable_of[i] = renewable ? f->renewables++ : GANGER_NONE;
    }
    f->limit = make((int64_t)f->renewables * f->periods, sizeof *f->limit);
    if (!f->limit) {
        return false;
    }
    for (int32_t i = 0; i < r->capacity_rows; i++) {
        int32_t renewable = f->renewable_of[r->row_resource[i]];
        if (renewable == GANGER_NONE) {
            f->window_row[f->windows++] = i;
            continue;
        }
        int32_t to = clamp(r->row_to[i], f->periods);
        for (int32_t t = clamp(r->row_from[i], f->periods); t < to; t++) {
            f->limit[(int64_t)renewable * f->periods + t] = r->row_limit[i];
        }
    }
    return true;
}

static bool derive_works_on_segments(struct ganger_facts *f)
{
    const struct ganger_works *works = &f->problem->works;
    int32_t segments = f->problem->segments.count;
    f->first_on = make((int64_t)segments + 2, sizeof *f->first_on);
    f->work_on = make(works->count, sizeof *f->work_on);
    if (!f->first_on || !f->work_on) {
        return false;
    }
    /* Counting sort: shifted by one, so that filling moves each start to its place. */
    for (int32_t w = 0; w < works->count; w++) {
        if (works->segment[w] != GANGER_NONE) {
            f->first_on[works->segment[w] + 2]++;
        }
    }
    for (int32_t q = 0; q < segments; q++) {
        f->first_on[q + 2] += f->first_on[q + 1];
    }
    for (int32_t w = 0; w < works->count; w++) {
        if (works->segment[w] != GANGER_NONE) {
            f->work_on[f->first_on[works->segment[w] + 1]++] = w;
        }
    }
    return true;
}

static bool derive_link_costs(struct ganger_facts *f)
{
    const struct ganger_segments *segments = &f->problem->segments;
    f->link_cost = make(f->problem->links.count, sizeof *f->link_cost);
    if (!f->link_cost) {
        return false;
    }
    for (int32_t q = 0; q < segments->count; q++) {
        f->link_cost[segments->link[q]] += segments->end_km[q] - segments->start_km[q];
    }
    for (int32_t l = 0; l < f->problem->links.count; l++) {
        f->link_cost[l] *= f->problem->links.cost_per_tkm[l];
    }
    return true;
}

struct profile_row {
    int32_t from, row;
};

static int by_boundary(const void *a, const void *b)
{
    const struct profile_row *x = a, *y = b;
    if (x->from != y->from) {
        return x->from < y->from ? -1 : 1;
    }
    return x->row < y->row ? -1 : x->row > y->row;
}

static bool derive_volume_order(struct ganger_facts *f)
{
    const struct ganger_demands *demands = &f->problem->demands;
    struct profile_row *rows = make(demands->profile_rows, sizeof *rows);
    f->volume_row = make(demands->profile_rows, sizeof *f->volume_row);
    bool ready = rows && f->volume_row;
    if (ready) {
        for (int32_t i = 0; i < demands->profile_rows; i++) {
            rows[i] = (struct profile_row){demands->profile_from[i], i};
        }
        qsort(rows, (size_t)demands->profile_rows, sizeof *rows, by_boundary);
        for (int32_t i = 0; i < demands->profile_rows; i++) {
            f->volume_row[i] = rows[i].row;
        }
    }
    free(rows);
    return ready;
}

struct ganger_facts *ganger_facts_create(const struct ganger_problem *problem)
{
    struct ganger_facts *f = calloc(1, sizeof *f);
    if (!f) {
        return NULL;
    }
    f->problem = problem;
    f->periods = problem->time.periods;
    if (!derive_time(f) || !derive_calendars(f) || !derive_resources(f) ||
        !derive_works_on_segments(f) || !derive_link_costs(f) || !derive_volume_order(f)) {
        ganger_facts_destroy(f);
        return NULL;
    }
    return f;
}

void ganger_facts_destroy(struct ganger_facts *facts)
{
    if (!facts) {
        return;
    }
    free(facts->disc);
    free(facts->weight);
    free(facts->productivity);
    free(facts->worked);
    free(facts->renewable_of);
    free(facts->limit);
    free(facts->window_row);
    free(facts->first_on);
    free(facts->work_on);
    free(facts->link_cost);
    free(facts->volume_row);
    free(facts);
}

int32_t ganger_facts_calendar(const struct ganger_facts *facts, int32_t work)
{
    return facts->problem->works.calendar[work] + 1;
}

int32_t ganger_facts_finish(const struct ganger_facts *facts, int32_t work, int32_t duration,
                            int32_t start)
{
    int64_t row = ganger_facts_calendar(facts, work);
    const int64_t *worked = facts->worked + row * (facts->periods + 1);
    if (duration == 0) {
        return start;
    }
    int64_t needed = worked[start] + 100 * (int64_t)duration;
    if (facts->productivity[row * facts->periods + start] == 0 || worked[facts->periods] < needed) {
        return facts->periods + 1;
    }
    int32_t low = start, high = facts->periods; /* worked[low] < needed <= worked[high] */
    while (high - low > 1) {
        int32_t middle = low + (high - low) / 2;
        if (worked[middle] >= needed) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return high;
}

double ganger_facts_worn(const struct ganger_facts *facts, int32_t segment, int32_t t)
{
    const struct ganger_problem *p = facts->problem;
    double years = (double)t * p->time.period_days / days_per_year;
    double health = 1.0 - p->segments.decay[segment] * years;
    return health > p->segments.floor[segment] ? health : p->segments.floor[segment];
}

bool ganger_facts_counts(const struct ganger_facts *facts, int32_t target, int32_t work)
{
    return (facts->problem->targets.kinds[target] >> facts->problem->works.kind[work] & 1u) != 0;
}

void ganger_facts_volume(const struct ganger_facts *facts, int32_t t, int32_t *next, double *volume)
{
    const struct ganger_demands *demands = &facts->problem->demands;
    while (*next < demands->profile_rows && demands->profile_from[facts->volume_row[*next]] <= t) {
        int32_t row = facts->volume_row[(*next)++];
        volume[demands->profile_demand[row]] = demands->profile_mtpa[row];
    }
}
