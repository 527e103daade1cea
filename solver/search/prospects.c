#include "search/prospects.h"

#include "freight/capacity.h"
#include "search/trial.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What all islands remember, and one at least. */
static const size_t all_bytes = (size_t)1 << 26, least_bytes = (size_t)1 << 20;

static int32_t slots_of(const struct ganger_search_model *model, int32_t stride)
{
    size_t bytes = all_bytes / (size_t)model->islands;
    size_t slots = (bytes > least_bytes ? bytes : least_bytes) / ((size_t)stride * sizeof(double));
    size_t modes = (size_t)model->problem->modes.count;
    slots = slots < modes ? slots : modes;
    return slots > 0 ? (int32_t)slots : 1;
}

static bool allocate(struct ganger_prospects *r, const struct ganger_search_model *model)
{
    const struct ganger_problem *p = model->problem;
    size_t segments = (size_t)p->segments.count + 1, links = (size_t)p->links.count + 1;
    size_t slots = (size_t)r->slots, stride = (size_t)r->stride;
    r->segment_state = calloc(segments, sizeof *r->segment_state);
    r->link_state = calloc(links, sizeof *r->link_state);
    r->measured = calloc(segments, sizeof *r->measured);
    r->valued = calloc(links, sizeof *r->valued);
    r->key = calloc(slots, sizeof *r->key);
    r->sum = malloc(slots * stride * sizeof *r->sum);
    r->most = malloc(slots * sizeof *r->most);
    r->worth = malloc(slots * sizeof *r->worth);
    r->working = calloc(((size_t)p->calendars.count + 1) * stride, sizeof *r->working);
    /* Zeros beyond the ends of rows, as far as they are not written. */
    r->rows = calloc(GANGER_PROSPECT_ROWS * stride, sizeof *r->rows);
    return r->segment_state && r->link_state && r->measured && r->valued && r->key && r->sum &&
           r->most && r->worth && r->working && r->rows;
}

/* The rows of one allocation; the weights, and working periods, with room beyond their ends. */
static void lay_out(struct ganger_prospects *r, const struct ganger_problem *p)
{
    double **const row[GANGER_PROSPECT_ROWS] = {
        &r->weight,    &r->row.other,  &r->row.standing, &r->row.factor, &r->row.lift, &r->row.now,
        &r->row.after, &r->row.before, &r->row.change,   &r->row.active, &r->row.net};
    for (int i = 0; i < GANGER_PROSPECT_ROWS; i++) {
        *row[i] = r->rows + (int64_t)i * r->stride;
    }
    memcpy(r->weight, p->time.weight, ((size_t)p->time.periods + 1) * sizeof *r->weight);
    r->row.weight = r->weight;
    for (int64_t c = 0; c <= p->calendars.count; c++) {
        for (int32_t t = 0; t < p->time.periods; t++) {
            r->working[c * r->stride + t] = p->calendars.productivity[c * p->time.periods + t] > 0;
        }
    }
}

struct ganger_prospects *ganger_prospects_create(const struct ganger_search_model *model)
{
    struct ganger_prospects *r = calloc(1, sizeof *r);
    if (!r) {
        return NULL;
    }
    r->stride = (model->boundaries + GANGER_PROSPECT_PADDING + 7) / 8 * 8;
    r->slots = slots_of(model, r->stride);
    if (!allocate(r, model)) {
        ganger_prospects_destroy(r);
        return NULL;
    }
    lay_out(r, model->problem);
    return r;
}

void ganger_prospects_destroy(struct ganger_prospects *prospects)
{
    if (!prospects) {
        return;
    }
    void *owned[] = {prospects->segment_state, prospects->link_state, prospects->measured,
                     prospects->valued,        prospects->key,        prospects->sum,
                     prospects->most,          prospects->worth,      prospects->working,
                     prospects->rows};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
    free(prospects);
}

/* --- states --- */

/* As if drawn at random (splitmix64, Steele et al., OOPSLA 2014). */
static uint64_t scramble(uint64_t x)
{
    x = (x + 1) * 0x9e3779b97f4a7c15U;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9U;
    x = (x ^ x >> 27) * 0x94d049bb133111ebU;
    return x ^ x >> 31;
}

void ganger_prospects_turn(struct ganger_island *island, struct ganger_placement placement)
{
    struct ganger_prospects *r = island->prospects;
    const struct ganger_problem *p = island->model->problem;
    int32_t q = p->works.segment[placement.work];
    uint64_t number = scramble((uint64_t)placement.mode << 32 | (uint32_t)placement.start);
    if (q != GANGER_NONE) {
        r->segment_state[q] ^= number;
        r->link_state[p->segments.link[q]] ^= number;
    }
}

/* What a mode is remembered by, in the present state. */
static uint64_t key_of(const struct ganger_island *island, int32_t mode)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t q = p->works.segment[p->modes.work[mode]];
    uint64_t state = q != GANGER_NONE ? island->prospects->link_state[p->segments.link[q]] : 0;
    return state ^ scramble((uint64_t)mode << 32 | UINT32_MAX); /* no start */
}

void ganger_prospects_begin(struct ganger_island *island, const struct ganger_outlook *outlook)
{
    struct ganger_prospects *r = island->prospects;
    const struct ganger_problem *p = island->model->problem;
    const struct ganger_schedule *s = island->schedule;
    size_t segments = (size_t)p->segments.count, links = (size_t)p->links.count;
    island->outlook = outlook;
    memset(r->segment_state, 0, segments * sizeof *r->segment_state);
    memset(r->link_state, 0, links * sizeof *r->link_state);
    memset(r->key, 0, (size_t)r->slots * sizeof *r->key);
    r->work = GANGER_NONE;
    for (int32_t w = 0; w < p->works.count; w++) {
        if (s->start[w] != GANGER_NONE) {
            ganger_prospects_turn(island, (struct ganger_placement){w, s->mode[w], s->start[w]});
        }
    }
    memcpy(r->measured, r->segment_state, segments * sizeof *r->measured);
    memcpy(r->valued, r->link_state, links * sizeof *r->valued);
    for (int32_t l = 0; l < p->links.count; l++) {
        island->link_worth[l] = ganger_outlook_worth(
            outlook, &p->time, l, island->link_capacity + (int64_t)l * island->model->boundaries,
            island->trial->traffic);
    }
}

static const double *capacity_of(struct ganger_island *island, int32_t segment)
{
    struct ganger_prospects *r = island->prospects;
    if (r->measured[segment] != r->segment_state[segment]) {
        ganger_island_measure_segment(island, segment);
        r->measured[segment] = r->segment_state[segment];
    }
    return island->segment_capacity + (int64_t)segment * island->model->boundaries;
}

void ganger_prospects_end(struct ganger_island *island)
{
    const struct ganger_problem *p = island->model->problem;
    if (!island->outlook) {
        return;
    }
    for (int32_t q = 0; q < p->segments.count; q++) {
        capacity_of(island, q);
    }
    for (int32_t l = 0; l < p->links.count; l++) {
        ganger_island_measure_link(island, l);
    }
    island->outlook = NULL;
}

/* --- looking --- */

/* Least of the link's segments but one. */
static void measure_other(struct ganger_island *island, int32_t link, int32_t segment,
                          double *other)
{
    const struct ganger_links *links = &island->model->problem->links;
    int32_t boundaries = island->model->boundaries;
    bool any = false;
    for (int32_t i = links->first_segment[link]; i < links->first_segment[link + 1]; i++) {
        int32_t q = links->segment_list[i];
        if (q == segment) {
            continue;
        }
        const double *row = capacity_of(island, q);
        if (any) {
            ganger_capacity_lower(other, row, boundaries);
        } else {
            memcpy(other, row, (size_t)boundaries * sizeof *other);
        }
        any = true;
    }
    for (int32_t t = 0; !any && t < boundaries; t++) {
        other[t] = INFINITY;
    }
}

/* Brings island->link_worth up to date. */
static void value_link(struct ganger_island *island, int32_t link)
{
    struct ganger_prospects *r = island->prospects;
    if (r->valued[link] == r->link_state[link]) {
        return;
    }
    measure_other(island, link, GANGER_NONE, r->row.other);
    r->work = GANGER_NONE; /* whose row that was */
    island->link_worth[link] = ganger_outlook_worth(island->outlook, &island->model->problem->time,
                                                    link, r->row.other, island->trial->traffic);
    r->valued[link] = r->link_state[link];
    island->ticks += island->model->boundaries / 8;
}

/* What all modes of a work need to know of its link. */
static void prepare(struct ganger_island *island, int32_t work)
{
    const struct ganger_problem *p = island->model->problem;
    struct ganger_prospects *r = island->prospects;
    int32_t q = p->works.segment[work], link = p->segments.link[q];
    if (r->work == work && r->state == r->link_state[link]) {
        return;
    }
    struct ganger_lift lift = ganger_lift_of(island, work);
    measure_other(island, link, q, r->row.other);
    ganger_capacity_segment(island->schedule, q, r->row.standing, r->row.factor);
    ganger_prospect_lift_all(&lift, island->model->boundaries, &r->row);
    ganger_prospect_weigh_done(island->outlook, link, &r->row);
    r->now_worth = ganger_prospect_total(r->row.now, island->model->boundaries);
    r->after_worth = ganger_prospect_sum_done(island->model->boundaries, &r->row);
    r->work = work;
    r->state = r->link_state[link];
    r->left = NAN;
    island->ticks += island->model->boundaries / 2;
}

static void sum_active(struct ganger_island *island, int32_t mode)
{
    const struct ganger_problem *p = island->model->problem;
    struct ganger_prospects *r = island->prospects;
    int32_t work = p->modes.work[mode], periods = p->time.periods;
    double left = fmin(p->modes.factor[mode], 1);
    if (left == r->left) {
        return;
    }
    r->left = left;
    if (left < 1) {
        const double *working = r->working + (int64_t)(p->works.calendar[work] + 1) * r->stride;
        ganger_prospect_weigh_active(island->outlook, p->segments.link[p->works.segment[work]],
                                     left, working, &r->row);
        ganger_prospect_sum_active(periods, &r->row);
    } else {
        ganger_prospect_sum_idle(periods, &r->row);
    }
    island->ticks += island->model->boundaries / 4;
}

/* What depends on start or finish in some other way. */
static double add_rest(struct ganger_island *island, int32_t mode, int32_t last, double *sum)
{
    const struct ganger_problem *p = island->model->problem;
    double most = -INFINITY;
    for (int32_t s = 0; s <= last; s++) {
        int32_t f = ganger_problem_finish(p, mode, s);
        sum[s] += ganger_problem_kept(p, mode, s) -
                  ganger_search_tardiness(island->model, p->modes.work[mode], f);
        most = sum[s] > most ? sum[s] : most;
    }
    return most;
}

static void fill(struct ganger_island *island, int32_t mode, int32_t slot)
{
    const struct ganger_problem *p = island->model->problem;
    struct ganger_prospects *r = island->prospects;
    int32_t work = p->modes.work[mode], periods = p->time.periods;
    int64_t at = (int64_t)p->modes.span[mode] * periods;
    bool on_line = p->works.segment[work] != GANGER_NONE;
    if (on_line) {
        prepare(island, work);
        sum_active(island, mode);
    } else {
        memset(r->row.before, 0, (size_t)r->stride * sizeof *r->row.before);
        ganger_prospect_sum_idle(periods, &r->row);
        r->work = GANGER_NONE;
    }
    struct ganger_prospect_sums sums = {.cost = p->modes.cost[mode],
                                        .more = on_line ? r->after_worth : 0,
                                        .share = island->model->share + at,
                                        .finish = p->spans.finish + at};
    double *sum = r->sum + (int64_t)slot * r->stride;
    int32_t last =
        island->model->frame->latest[(int64_t)p->modes.span[mode] * (periods + 1) + periods];
    r->most[slot] = ganger_prospect_add_starts(&sums, last, &r->row, sum);
    r->worth[slot] = on_line ? r->now_worth : 0;
    if (p->works.due[work] != GANGER_NONE || p->works.kept_start) {
        r->most[slot] = add_rest(island, mode, last, sum);
    }
    island->ticks += island->model->boundaries / 4;
}

static struct ganger_prospect prospect_at(const struct ganger_prospects *r, int32_t slot)
{
    return (struct ganger_prospect){r->sum + (int64_t)slot * r->stride, r->most[slot],
                                    r->worth[slot]};
}

bool ganger_prospects_recall(const struct ganger_island *island, int32_t mode,
                             struct ganger_prospect *prospect)
{
    const struct ganger_prospects *r = island->prospects;
    int32_t slot = mode % r->slots;
    bool known = r->key[slot] == key_of(island, mode);
    if (known) {
        *prospect = prospect_at(r, slot);
    }
    return known;
}

struct ganger_prospect ganger_prospects_look(struct ganger_island *island, int32_t mode)
{
    struct ganger_prospects *r = island->prospects;
    int32_t slot = mode % r->slots;
    uint64_t key = key_of(island, mode);
    if (r->key[slot] != key) {
        fill(island, mode, slot);
        r->key[slot] = key;
    }
    return prospect_at(r, slot);
}

void ganger_prospects_place(struct ganger_island *island, struct ganger_placement placement)
{
    struct ganger_prospects *r = island->prospects;
    const struct ganger_problem *p = island->model->problem;
    int32_t q = p->works.segment[placement.work];
    struct ganger_prospect seen;
    bool known = q != GANGER_NONE && ganger_prospects_recall(island, placement.mode, &seen);
    ganger_prospects_turn(island, placement);
    if (known) {
        int32_t link = p->segments.link[q];
        int32_t finish = ganger_problem_finish(p, placement.mode, placement.start);
        island->link_worth[link] =
            seen.worth + seen.sum[placement.start] +
            ganger_search_cost(island->model, placement.mode, placement.start) +
            ganger_search_tardiness(island->model, placement.work, finish) -
            ganger_problem_kept(p, placement.mode, placement.start);
        r->valued[link] = r->link_state[link];
    }
}

/* --- trials --- */

void ganger_prospects_note(struct ganger_island *island, int32_t segment)
{
    struct ganger_trial *trial = island->trial;
    const struct ganger_prospects *r = island->prospects;
    int32_t link = island->model->problem->segments.link[segment];
    if (!trial->segment_touched[segment]) {
        trial->segment_touched[segment] = 1;
        trial->segments[trial->segment_count++] = segment;
        trial->saved_segment_state[segment] = r->segment_state[segment];
    }
    if (!trial->link_touched[link]) {
        trial->link_touched[link] = 1;
        trial->links[trial->link_count++] = link;
        trial->saved_link_state[link] = r->link_state[link];
        trial->saved_valued[link] = r->valued[link];
        trial->saved_worth[link] = island->link_worth[link];
    }
}

static void restore_worth(struct ganger_island *island, int32_t link)
{
    island->link_worth[link] = island->trial->saved_worth[link];
    island->prospects->valued[link] = island->trial->saved_valued[link];
}

void ganger_prospects_settle(struct ganger_island *island)
{
    const struct ganger_trial *trial = island->trial;
    for (int32_t i = 0; i < trial->link_count; i++) {
        int32_t l = trial->links[i];
        if (island->prospects->link_state[l] == trial->saved_link_state[l]) {
            restore_worth(island, l);
        }
        value_link(island, l);
    }
}

void ganger_prospects_undo(struct ganger_island *island)
{
    const struct ganger_trial *trial = island->trial;
    struct ganger_prospects *r = island->prospects;
    for (int32_t i = 0; i < trial->segment_count; i++) {
        r->segment_state[trial->segments[i]] = trial->saved_segment_state[trial->segments[i]];
    }
    for (int32_t i = 0; i < trial->link_count; i++) {
        r->link_state[trial->links[i]] = trial->saved_link_state[trial->links[i]];
        restore_worth(island, trial->links[i]);
    }
}
