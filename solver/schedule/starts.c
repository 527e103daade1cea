/* Which starts a mode may have, given what is placed. */
#include "base/bits.h"
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
        ganger_bits_add(s->crowded, other != w ? low : high, high);
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

/* Of the range's periods, those from which on no work of the span could meet a crowded one in the least time that it may
 * take; instead of those that are crowded. */
static uint64_t *find_roomy(struct ganger_schedule *s, struct range range, int32_t shortest)
{
    uint64_t *roomy = s->crowded;
    int32_t first = range.first_start / 64, last = range.last_finish / 64;
    for (int32_t word = first; word <= last; word++) {
        roomy[word] = ~roomy[word] & ganger_bits_within(word, range.first_start, range.last_finish);
    }
    ganger_bits_keep_runs(roomy + first, last - first + 1, shortest);
    return roomy;
}

/* The starts of a range whose working periods are not crowded: between two crowded periods, those that end by the second.
 * Most stretches are too short for any: they are not looked at. */
static void add_free(struct ganger_schedule *s, int32_t mode, struct range range, uint64_t *starts)
{
    const struct ganger_schedule_frame *frame = s->frame;
    int64_t span = s->problem->modes.span[mode];
    const int32_t *latest = frame->latest + span * (s->problem->time.periods + 1);
    int32_t end =
        latest[range.last_finish] < range.last_start ? latest[range.last_finish] : range.last_start;
    if (s->problem->modes.duration[mode] == 0) {
        ganger_bits_add(starts, range.first_start, end + 1); /* in no period at all */
        return;
    }
    int32_t shortest = frame->shortest[span];
    const uint64_t *roomy = find_roomy(s, range, shortest);
    for (int32_t from = ganger_bits_next(roomy, range.first_start, end + 1); from <= end;) {
        int32_t gap = ganger_bits_next_gap(roomy, from, range.last_finish);
        int32_t by = latest[gap - 1 + shortest];
        ganger_bits_add(starts, from, (by < end ? by : end) + 1);
        from = ganger_bits_next(roomy, gap, end + 1);
    }
    for (int32_t word = range.first_start / 64; word <= range.last_start / 64; word++) {
        starts[word] &= frame->startable[span * frame->words + word];
    }
}

/* Drops those starts from [from, to) that would overfill the window. */
static void drop_overfull(const struct ganger_schedule *s, int32_t mode,
                          struct ganger_tight_window tight, struct range part, uint64_t *starts)
{
    const struct ganger_resources *r = &s->problem->resources;
    int32_t j = tight.window, to = part.last_start + 1;
    for (int32_t t = ganger_bits_next(starts, part.first_start, to); t < to;
         t = ganger_bits_next(starts, t + 1, to)) {
        int64_t share = ganger_schedule_share(s->problem, mode, t, tight.amount, r->window_from[j],
                                              r->window_to[j]);
        if (share > 0 && s->consumed[j] + share > s->limit[j]) {
            ganger_bits_drop(starts, t, t + 1);
        }
    }
}

static struct range within(struct range range, int32_t first_start, int32_t last_start)
{
    raise(&range.first_start, first_start);
    lower(&range.last_start, last_start);
    return range;
}

/* A window is tight if the whole amount overfills it: works that lie within it need no second look, works that only reach
 * into it do. */
static void drop_tight(const struct ganger_schedule *s, int32_t mode,
                       struct ganger_tight_window tight, struct range range, uint64_t *starts)
{
    int32_t periods = s->problem->time.periods;
    int32_t from = s->problem->resources.window_from[tight.window];
    int32_t to = s->problem->resources.window_to[tight.window];
    const int32_t *latest =
        s->frame->latest + (int64_t)s->problem->modes.span[mode] * (periods + 1);
    int32_t before = from > 0 ? latest[from < periods ? from : periods] : GANGER_NONE;
    int32_t inside = to > 0 ? latest[to < periods ? to : periods] : GANGER_NONE;
    inside = inside < to - 1 ? inside : to - 1;
    struct range whole = within(range, from, inside);
    ganger_bits_drop(starts, whole.first_start, whole.last_start + 1);
    drop_overfull(s, mode, tight, within(range, before + 1, from - 1), starts);
    drop_overfull(s, mode, tight, within(range, from > inside ? from : inside + 1, to - 1), starts);
}

/* The starts of a range that renewables, segment and consumables leave. */
static int32_t scan(struct ganger_schedule *s, int32_t mode, struct range range, uint64_t *starts)
{
    int32_t count = 0;
    add_free(s, mode, range, starts);
    int32_t tight = list_all_tight(s, mode, range);
    for (int32_t i = 0; i < tight; i++) {
        drop_tight(s, mode, s->tight[i], range, starts);
    }
    for (int32_t word = range.first_start / 64; word <= range.last_start / 64; word++) {
        count += __builtin_popcountll(starts[word]);
    }
    return count;
}

/* False if no start of the range ends within the horizon. Else nothing later than the last one's finish matters. */
static bool end_range(const struct ganger_schedule *s, int32_t mode, struct range *range)
{
    const struct ganger_schedule_frame *frame = s->frame;
    const uint64_t *startable =
        frame->startable + (int64_t)s->problem->modes.span[mode] * frame->words;
    range->last_start = ganger_bits_last(startable, range->first_start, range->last_start + 1);
    if (range->last_start < range->first_start) {
        return false;
    }
    lower(&range->last_finish, ganger_problem_finish(s->problem, mode, range->last_start));
    return true;
}

int32_t ganger_schedule_starts_between(struct ganger_schedule *schedule, int32_t mode,
                                       int32_t first, int32_t last, uint64_t *starts)
{
    const struct ganger_problem *p = schedule->problem;
    int32_t w = p->modes.work[mode];
    int32_t periods = p->time.periods;
    struct range range = {p->works.earliest[w] > first ? p->works.earliest[w] : first, last,
                          p->works.deadline[w] < periods ? p->works.deadline[w] : periods};
    for (int32_t word = first / 64; first <= last && word <= last / 64; word++) {
        starts[word] = 0;
    }
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
        !end_range(schedule, mode, &range)) {
        return 0;
    }
    mark_crowded(schedule, mode, range.first_start, range.last_finish);
    return scan(schedule, mode, range, starts);
}

int32_t ganger_schedule_starts(struct ganger_schedule *schedule, int32_t mode, uint8_t *allowed)
{
    int32_t periods = schedule->problem->time.periods;
    int32_t count = ganger_schedule_starts_between(schedule, mode, 0, periods - 1, schedule->free);
    for (int32_t t = 0; t < periods; t++) {
        allowed[t] = schedule->free[t / 64] >> t % 64 & 1U;
    }
    return count;
}

bool ganger_schedule_allows(struct ganger_schedule *schedule, struct ganger_placement placement)
{
    return ganger_schedule_starts_between(schedule, placement.mode, placement.start,
                                          placement.start, schedule->free) > 0;
}
