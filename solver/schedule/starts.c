/* Which starts a mode may have, given what is placed. */
#include "schedule/railhead.h"
#include "schedule/schedule.h"

#include <math.h>
#include <string.h>

struct range {
    int32_t first_start, last_start, last_finish;
};

static void raise(int32_t *value, int64_t least)
{
    if (least > *value) {
        *value = least > INT32_MAX ? INT32_MAX : (int32_t)least;
    }
}

static void lower(int32_t *value, int64_t most)
{
    if (most < *value) {
        *value = most < -1 ? -1 : (int32_t)most;
    }
}

/* False if a predecessor is not placed: then no start is allowed. */
static bool bound_by_precedence(const struct ganger_schedule *s, int32_t w, struct range *range)
{
    const struct ganger_precedences *rows = &s->problem->precedences;
    for (int32_t i = rows->first_in[w]; i < rows->first_in[w + 1]; i++) {
        int32_t row = rows->in_list[i];
        int32_t other = rows->predecessor[row];
        if (s->start[other] == GANGER_NONE) {
            return false;
        }
        bool fs = rows->type[row] == GANGER_PRECEDENCE_FS;
        raise(&range->first_start,
              (int64_t)(fs ? s->finish[other] : s->start[other]) + rows->lag[row]);
    }
    for (int32_t i = rows->first_out[w]; i < rows->first_out[w + 1]; i++) {
        int32_t row = rows->out_list[i];
        int32_t other = rows->successor[row];
        if (s->start[other] == GANGER_NONE) {
            continue;
        }
        bool fs = rows->type[row] == GANGER_PRECEDENCE_FS;
        lower(fs ? &range->last_finish : &range->last_start,
              (int64_t)s->start[other] - rows->lag[row]);
    }
    return true;
}

static bool bound_by_rails(const struct ganger_schedule *s, int32_t w, struct range *range)
{
    const struct ganger_problem *p = s->problem;
    if (!p->railhead || p->works.kind[w] != GANGER_WORK_BUILD ||
        p->works.segment[w] == GANGER_NONE) {
        return true;
    }
    int32_t rails = ganger_schedule_rails_at(s, p->works.segment[w]);
    raise(&range->first_start, rails);
    lower(&range->last_finish, ganger_railhead_needed_by(s, p->works.segment[w]));
    return rails != GANGER_NEVER;
}

/* A work occupies its segment in pauses too. */
static void mark_segment(struct ganger_schedule *s, int32_t w, int32_t from, int32_t to)
{
    const struct ganger_segments *segments = &s->problem->segments;
    int32_t q = s->problem->works.segment[w];
    if (q == GANGER_NONE) {
        return;
    }
    for (int32_t i = segments->first_work[q]; i < segments->first_work[q + 1]; i++) {
        int32_t other = segments->work_list[i];
        int32_t low = s->start[other] > from ? s->start[other] : from;
        int32_t high = s->finish[other] < to ? s->finish[other] : to;
        for (int32_t t = other != w ? low : high; t < high; t++) {
            s->crowded[t / 64] |= UINT64_C(1) << t % 64;
        }
    }
}

/* Sets the bits of `crowded` from `from` to `to`: working periods in which a renewable is short, and those in
 * which another work stands on the segment. */
static void mark_crowded(struct ganger_schedule *s, int32_t mode, int32_t from, int32_t to)
{
    const struct ganger_schedule_frame *frame = s->frame;
    int32_t w = s->problem->modes.work[mode];
    int32_t first = from / 64;
    int32_t words = to / 64 - first + 1;
    int64_t calendar = s->problem->works.calendar[w] + 1;
    const uint64_t *working = frame->working + calendar * frame->words;
    memset(s->crowded + first, 0, (size_t)words * sizeof *s->crowded);
    ganger_lanes_crowded(frame->lanes, s->cells, mode, first, words, s->crowded + first);
    for (int32_t i = first; i < first + words; i++) {
        s->crowded[i] &= working[i];
    }
    mark_segment(s, w, from, to);
}

/* The first crowded period from `from` on, or `to`. */
static int32_t next_crowded(const struct ganger_schedule *s, int32_t from, int32_t to)
{
    int32_t word = from / 64;
    uint64_t bits = s->crowded[word] & UINT64_MAX << from % 64;
    while (bits == 0 && word < to / 64) {
        bits = s->crowded[++word];
    }
    int32_t at = bits != 0 ? word * 64 + __builtin_ctzll(bits) : to;
    return at < to ? at : to;
}

/* Lists those windows of a resource that an amount could overfill: no share is larger than the whole. */
static int32_t list_tight(struct ganger_schedule *s, struct range range, int32_t resource,
                          double amount, int32_t count)
{
    const struct ganger_resources *r = &s->problem->resources;
    int64_t whole = (int64_t)ceil(amount * GANGER_SHARE_SCALE);
    for (int32_t i = r->first_window[resource]; i < r->first_window[resource + 1]; i++) {
        int32_t j = r->window_list[i];
        if (s->consumed[j] + whole > s->limit[j] && r->window_from[j] <= range.last_finish &&
            r->window_to[j] > range.first_start) {
            s->tight[count++] = (struct ganger_tight_window){j, amount};
        }
    }
    return count;
}

static int32_t list_all_tight(struct ganger_schedule *s, int32_t mode, struct range range)
{
    const struct ganger_problem *p = s->problem;
    int32_t count = 0;
    for (int32_t i = p->modes.first_use[mode]; i < p->modes.first_use[mode + 1]; i++) {
        int32_t resource = p->modes.use_resource[i];
        if (p->resources.renewable_index[resource] == GANGER_NONE) {
            count = list_tight(s, range, resource, (double)p->modes.use_amount[i], count);
        }
    }
    if (p->resources.budget != GANGER_NONE && p->modes.cost[mode] > 0) {
        count = list_tight(s, range, p->resources.budget, p->modes.cost[mode], count);
    }
    return count;
}

static bool windows_allow(const struct ganger_schedule *s, int32_t mode, int32_t start,
                          int32_t tight)
{
    const struct ganger_resources *r = &s->problem->resources;
    for (int32_t i = 0; i < tight; i++) {
        int32_t j = s->tight[i].window;
        int64_t share = ganger_schedule_share(s->problem, mode, start, s->tight[i].amount,
                                              r->window_from[j], r->window_to[j]);
        if (share > 0 && s->consumed[j] + share > s->limit[j]) {
            return false;
        }
    }
    return true;
}

/* The starts of a range that renewables, segment and consumables leave. */
static int32_t scan(struct ganger_schedule *s, int32_t mode, struct range range, uint8_t *allowed)
{
    const struct ganger_problem *p = s->problem;
    int32_t tight = list_all_tight(s, mode, range);
    int32_t crowded = -1;
    int32_t count = 0;
    for (int32_t t = range.first_start; t <= range.last_start; t++) {
        int32_t finish = ganger_problem_finish(p, mode, t);
        if (finish > range.last_finish) {
            if (finish <= p->time.periods) {
                break; /* finishes never decrease: no later start fits either */
            }
            continue; /* not a working period, or beyond the horizon */
        }
        if (crowded < t) {
            crowded = next_crowded(s, t, range.last_finish);
        }
        if (crowded < finish) {
            t = crowded; /* no start up to there fits */
        } else if (tight == 0 || windows_allow(s, mode, t, tight)) {
            allowed[t] = 1;
            count++;
        }
    }
    return count;
}

/* False if no start of the range ends within it, by calendar and deadline. Else nothing later matters. */
static bool end_range(const struct ganger_problem *p, int32_t mode, struct range *range)
{
    for (int32_t t = range->last_start; t >= range->first_start; t--) {
        int32_t finish = ganger_problem_finish(p, mode, t);
        if (finish <= p->time.periods) {
            lower(&range->last_finish, finish);
            return true;
        }
    }
    return false;
}

int32_t ganger_schedule_starts_between(struct ganger_schedule *schedule, int32_t mode,
                                       int32_t first, int32_t last, uint8_t *allowed)
{
    const struct ganger_problem *p = schedule->problem;
    int32_t w = p->modes.work[mode];
    int32_t periods = p->time.periods;
    struct range range = {p->works.earliest[w] > first ? p->works.earliest[w] : first, last,
                          p->works.deadline[w] < periods ? p->works.deadline[w] : periods};
    if (first > last) {
        return 0;
    }
    memset(allowed + first, 0, (size_t)(last - first + 1));
    if (p->works.fixed_mode[w] != GANGER_NONE &&
        p->works.first_mode[w] + p->works.fixed_mode[w] != mode) {
        return 0;
    }
    if (!bound_by_precedence(schedule, w, &range) || !bound_by_rails(schedule, w, &range)) {
        return 0;
    }
    if (p->works.fixed_start[w] != GANGER_NONE) {
        raise(&range.first_start, p->works.fixed_start[w]);
        lower(&range.last_start, p->works.fixed_start[w]);
    }
    if (range.first_start > range.last_start || range.first_start > range.last_finish ||
        (schedule->frame->lanes->hopeless[mode] && p->modes.duration[mode] > 0) ||
        !end_range(p, mode, &range)) {
        return 0;
    }
    mark_crowded(schedule, mode, range.first_start, range.last_finish);
    return scan(schedule, mode, range, allowed);
}

int32_t ganger_schedule_starts(struct ganger_schedule *schedule, int32_t mode, uint8_t *allowed)
{
    return ganger_schedule_starts_between(schedule, mode, 0, schedule->problem->time.periods - 1,
                                          allowed);
}
