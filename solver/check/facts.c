#include "check/facts.h"

#include "check/discount.h"

#include <stdlib.h>

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
    f->disc_low = make(f->periods + 1, sizeof *f->disc_low);
    f->disc_high = make(f->periods + 1, sizeof *f->disc_high);
    f->weight_low = make(f->periods + 1, sizeof *f->weight_low);
    f->weight_high = make(f->periods + 1, sizeof *f->weight_high);
    if (!f->disc_low || !f->disc_high || !f->weight_low || !f->weight_high) {
        return false;
    }
    ganger_discount_fill(
        &f->problem->time,
        (struct ganger_discount){f->disc_low, f->disc_high, f->weight_low, f->weight_high});
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
        int64_t limit = (int64_t)ganger_wide_from(r->row_limit[i], 0, GANGER_DOWN, &f->lost);
        int32_t to = clamp(r->row_to[i], f->periods);
        for (int32_t t = clamp(r->row_from[i], f->periods); t < to; t++) {
            f->limit[(int64_t)renewable * f->periods + t] = limit;
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

/* A work that waits for the finish of another one on its segment waits for all that that one waits for. */
static bool derive_earlier(struct ganger_facts *f)
{
    const struct ganger_problem *p = f->problem;
    const struct ganger_precedences *rows = &p->precedences;
    uint64_t *own = make(p->works.count, sizeof *own); /* the bit of the work itself */
    f->earlier = make(p->works.count, sizeof *f->earlier);
    bool ready = own && f->earlier;
    for (int32_t q = 0; ready && q < p->segments.count; q++) {
        for (int32_t i = f->first_on[q]; i < f->first_on[q + 1] && i < f->first_on[q] + 64; i++) {
            own[f->work_on[i]] = (uint64_t)1 << (i - f->first_on[q]);
        }
    }
    for (bool changed = ready; changed;) {
        changed = false;
        for (int32_t i = 0; i < rows->count; i++) {
            int32_t from = rows->predecessor[i], to = rows->successor[i];
            int32_t q = p->works.segment[to];
            if (rows->type[i] == GANGER_PRECEDENCE_FS && q != GANGER_NONE &&
                p->works.segment[from] == q) {
                uint64_t before = f->earlier[to];
                f->earlier[to] |= f->earlier[from] | own[from];
                changed = changed || f->earlier[to] != before;
            }
        }
    }
    free(own);
    return ready;
}

static bool derive_link_costs(struct ganger_facts *f)
{
    const struct ganger_segments *segments = &f->problem->segments;
    const struct ganger_links *links = &f->problem->links;
    f->link_cost_low = make(links->count, sizeof *f->link_cost_low);
    f->link_cost_high = make(links->count, sizeof *f->link_cost_high);
    if (!f->link_cost_low || !f->link_cost_high) {
        return false;
    }
    for (int32_t q = 0; q < segments->count; q++) {
        int32_t l = segments->link[q];
        double from = segments->start_km[q], to = segments->end_km[q];
        f->link_cost_low[l] += ganger_wide_from(to, GANGER_UNIT_BITS, GANGER_DOWN, &f->lost) -
                               ganger_wide_from(from, GANGER_UNIT_BITS, GANGER_UP, &f->lost);
        f->link_cost_high[l] += ganger_wide_from(to, GANGER_UNIT_BITS, GANGER_UP, &f->lost) -
                                ganger_wide_from(from, GANGER_UNIT_BITS, GANGER_DOWN, &f->lost);
    }
    for (int32_t l = 0; l < links->count; l++) {
        /* A km costs so little that its price wants the finer grid. */
        f->link_cost_low[l] = ganger_wide_scale(
            f->link_cost_low[l] > 0 ? f->link_cost_low[l] : 0,
            ganger_wide_from(links->cost_per_tkm[l], GANGER_RATIO_BITS, GANGER_DOWN, &f->lost),
            GANGER_RATIO_BITS, GANGER_DOWN, &f->lost);
        f->link_cost_high[l] = ganger_wide_scale(
            f->link_cost_high[l],
            ganger_wide_from(links->cost_per_tkm[l], GANGER_RATIO_BITS, GANGER_UP, &f->lost),
            GANGER_RATIO_BITS, GANGER_UP, &f->lost);
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

static bool derive_volumes(struct ganger_facts *f)
{
    const struct ganger_demands *demands = &f->problem->demands;
    f->volume_low = make(demands->profile_rows, sizeof *f->volume_low);
    f->volume_high = make(demands->profile_rows, sizeof *f->volume_high);
    if (!f->volume_low || !f->volume_high) {
        return false;
    }
    for (int32_t i = 0; i < demands->profile_rows; i++) {
        double mtpa = demands->profile_mtpa[i];
        f->volume_low[i] = ganger_wide_from(mtpa, GANGER_UNIT_BITS, GANGER_DOWN, &f->lost);
        f->volume_high[i] = ganger_wide_from(mtpa, GANGER_UNIT_BITS, GANGER_UP, &f->lost);
    }
    return derive_volume_order(f);
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
        !derive_works_on_segments(f) ||
        !ganger_waits_init(&f->waits, problem, f->first_on, f->work_on) || !derive_earlier(f) ||
        !derive_link_costs(f) || !derive_volumes(f)) {
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
    free(facts->disc_low);
    free(facts->disc_high);
    free(facts->weight_low);
    free(facts->weight_high);
    free(facts->productivity);
    free(facts->worked);
    free(facts->renewable_of);
    free(facts->limit);
    free(facts->window_row);
    free(facts->first_on);
    free(facts->earlier);
    free(facts->work_on);
    ganger_waits_clear(&facts->waits);
    free(facts->link_cost_low);
    free(facts->link_cost_high);
    free(facts->volume_row);
    free(facts->volume_low);
    free(facts->volume_high);
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

struct ganger_wear ganger_wear_of(const struct ganger_facts *facts, int32_t segment, bool *lost)
{
    const struct ganger_segments *s = &facts->problem->segments;
    double base = s->capacity[segment], least = s->floor[segment], decay = s->decay[segment];
    return (struct ganger_wear){
        .base_low = ganger_wide_from(base, GANGER_UNIT_BITS, GANGER_DOWN, lost),
        .base_high = ganger_wide_from(base, GANGER_UNIT_BITS, GANGER_UP, lost),
        .floor_low = ganger_wide_from(least, GANGER_RATIO_BITS, GANGER_DOWN, lost),
        .floor_high = ganger_wide_from(least, GANGER_RATIO_BITS, GANGER_UP, lost),
        .decay_low = ganger_wide_from(decay, GANGER_RATIO_BITS, GANGER_DOWN, lost),
        .decay_high = ganger_wide_from(decay, GANGER_RATIO_BITS, GANGER_UP, lost),
        .days = 4 * (int64_t)facts->problem->time.period_days,
    };
}

/* base * max(floor, 1 - decay * years). All factors are small: a decay is at most 1, years are below 2^20. */
static ganger_wide wear(ganger_wide base, ganger_wide least, ganger_wide decay,
                        int64_t quarter_days, enum ganger_toward toward)
{
    enum ganger_toward away = toward == GANGER_DOWN ? GANGER_UP : GANGER_DOWN;
    ganger_wide health = ((ganger_wide)1 << GANGER_RATIO_BITS) -
                         ganger_wide_divide(decay * quarter_days, GANGER_YEAR_QUARTER_DAYS, away);
    return ganger_wide_shift(base * (health > least ? health : least), GANGER_RATIO_BITS, toward);
}

ganger_wide ganger_wear_low(const struct ganger_wear *w, int32_t t)
{
    return wear(w->base_low, w->floor_low, w->decay_high, w->days * t, GANGER_DOWN);
}

ganger_wide ganger_wear_high(const struct ganger_wear *w, int32_t t)
{
    return wear(w->base_high, w->floor_high, w->decay_low, w->days * t, GANGER_UP);
}

bool ganger_facts_counts(const struct ganger_facts *facts, int32_t target, int32_t work)
{
    return (facts->problem->targets.kinds[target] >> facts->problem->works.kind[work] & 1u) != 0;
}

void ganger_facts_volume(const struct ganger_facts *facts, const ganger_wide *rows, int32_t t,
                         int32_t *next, ganger_wide *volume)
{
    const struct ganger_demands *demands = &facts->problem->demands;
    while (*next < demands->profile_rows && demands->profile_from[facts->volume_row[*next]] <= t) {
        int32_t row = facts->volume_row[(*next)++];
        volume[demands->profile_demand[row]] = rows[row];
    }
}
