/* Creating, copying, placing and removing. */
#include "schedule/schedule.h"

#include "schedule/railhead.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static size_t cells_size(const struct ganger_schedule_frame *frame)
{
    return (size_t)frame->lanes->planes * (size_t)frame->lanes->stride * sizeof(uint32_t);
}

struct ganger_schedule *ganger_schedule_create(const struct ganger_schedule_frame *frame)
{
    const struct ganger_problem *p = frame->problem;
    struct ganger_schedule *s = calloc(1, sizeof *s);
    if (!s) {
        return NULL;
    }
    size_t works = (size_t)p->works.count + 1;
    size_t windows = (size_t)p->resources.windows + 1;
    s->problem = p;
    s->frame = frame;
    s->start = malloc(works * sizeof *s->start);
    s->finish = malloc(works * sizeof *s->finish);
    s->mode = malloc(works * sizeof *s->mode);
    s->cells = malloc(cells_size(frame));
    s->consumed = calloc(windows, sizeof *s->consumed);
    s->limit = calloc(windows, sizeof *s->limit);
    s->open_unbuilt = malloc(((size_t)frame->unbuilt_count + 1) * sizeof *s->open_unbuilt);
    s->open_link = malloc(((size_t)frame->unbuilt_links + 1) * sizeof *s->open_link);
    s->crowded = malloc((size_t)frame->words * sizeof *s->crowded);
    s->free = malloc((size_t)frame->words * sizeof *s->free);
    s->tight = malloc(windows * sizeof *s->tight);
    if (!s->start || !s->finish || !s->mode || !s->cells || !s->consumed || !s->limit ||
        !s->open_unbuilt || !s->open_link || !s->crowded || !s->free || !s->tight) {
        ganger_schedule_destroy(s);
        return NULL;
    }
    memcpy(s->cells, frame->lanes->empty, cells_size(frame));
    for (int32_t w = 0; w < p->works.count; w++) {
        s->start[w] = s->finish[w] = s->mode[w] = GANGER_NONE;
    }
    for (int32_t j = 0; j < p->resources.windows; j++) {
        s->limit[j] = (int64_t)floor(p->resources.window_limit[j] * GANGER_SHARE_SCALE);
    }
    for (int32_t i = 0; i < frame->unbuilt_count; i++) {
        s->open_unbuilt[i] = GANGER_NEVER;
    }
    for (int32_t i = 0; i < frame->unbuilt_links; i++) {
        s->open_link[i] = GANGER_NEVER;
    }
    return s;
}

void ganger_schedule_destroy(struct ganger_schedule *schedule)
{
    if (!schedule) {
        return;
    }
    free(schedule->start);
    free(schedule->finish);
    free(schedule->mode);
    free(schedule->cells);
    free(schedule->consumed);
    free(schedule->limit);
    free(schedule->open_unbuilt);
    free(schedule->open_link);
    free(schedule->crowded);
    free(schedule->free);
    free(schedule->tight);
    free(schedule);
}

void ganger_schedule_copy(struct ganger_schedule *to, const struct ganger_schedule *from)
{
    assert(to->frame == from->frame);
    const struct ganger_problem *p = from->problem;
    size_t works = (size_t)p->works.count;
    memcpy(to->start, from->start, works * sizeof *to->start);
    memcpy(to->finish, from->finish, works * sizeof *to->finish);
    memcpy(to->mode, from->mode, works * sizeof *to->mode);
    memcpy(to->cells, from->cells, cells_size(from->frame));
    memcpy(to->consumed, from->consumed, (size_t)p->resources.windows * sizeof *to->consumed);
    memcpy(to->open_unbuilt, from->open_unbuilt,
           (size_t)from->frame->unbuilt_count * sizeof *to->open_unbuilt);
    memcpy(to->open_link, from->open_link,
           (size_t)from->frame->unbuilt_links * sizeof *to->open_link);
    to->placed = from->placed;
}

int64_t ganger_schedule_share(const struct ganger_problem *problem, int32_t mode, int32_t start,
                              double amount, int32_t from, int32_t to)
{
    int32_t finish = ganger_problem_finish(problem, mode, start);
    if (finish == start) { /* a work of no duration consumes at its start */
        return start >= from && start < to ? (int64_t)ceil(amount * GANGER_SHARE_SCALE) : 0;
    }
    int32_t low = from > start ? from : start;
    int32_t high = to < finish ? to : finish;
    if (low >= high) {
        return 0;
    }
    int64_t row = problem->works.calendar[problem->modes.work[mode]] + 1;
    const int32_t *sum = problem->calendars.cumulative + row * (problem->time.periods + 1);
    if (low == start && high == finish) {
        return (int64_t)ceil(amount * GANGER_SHARE_SCALE);
    }
    double share = (double)(sum[high] - sum[low]) / (double)(sum[finish] - sum[start]);
    return (int64_t)ceil(amount * share * GANGER_SHARE_SCALE);
}

/* Adds the mode's demand, or takes it back, in its working periods. */
static void use_renewables(struct ganger_schedule *s, int32_t mode, int32_t start, bool back)
{
    const struct ganger_problem *p = s->problem;
    const struct ganger_lanes *lanes = s->frame->lanes;
    int64_t calendar = p->works.calendar[p->modes.work[mode]] + 1;
    const uint8_t *works = p->calendars.productivity + calendar * p->time.periods;
    int32_t finish = ganger_problem_finish(p, mode, start);
    for (int32_t k = 0; k < lanes->planes; k++) {
        uint32_t demand = lanes->demand[(int64_t)mode * lanes->planes + k];
        if (demand == 0) {
            continue;
        }
        demand = back ? 0 - demand : demand; /* modulo 2^32: exact in every lane */
        uint32_t *cells = s->cells + (int64_t)k * lanes->stride;
        for (int32_t t = start; t < finish; t++) {
            cells[t] += works[t] ? demand : 0;
        }
    }
}

static void consume(struct ganger_schedule *s, int32_t mode, int32_t start, int32_t resource,
                    double amount)
{
    const struct ganger_problem *p = s->problem;
    double size = fabs(amount);
    int32_t finish = ganger_problem_finish(p, mode, start);
    int32_t end = finish > start ? finish : start + 1;
    for (int32_t i = p->resources.first_window[resource];
         i < p->resources.first_window[resource + 1]; i++) {
        int32_t j = p->resources.window_list[i];
        if (p->resources.window_from[j] >= end || p->resources.window_to[j] <= start) {
            continue;
        }
        int64_t share = ganger_schedule_share(p, mode, start, size, p->resources.window_from[j],
                                              p->resources.window_to[j]);
        s->consumed[j] += amount < 0 ? -share : share;
    }
}

/* Adds (sign 1) or takes back (sign -1) everything that a mode uses. */
static void account(struct ganger_schedule *s, int32_t mode, int32_t start, int32_t sign)
{
    const struct ganger_problem *p = s->problem;
    use_renewables(s, mode, start, sign < 0);
    for (int32_t i = p->modes.first_use[mode]; i < p->modes.first_use[mode + 1]; i++) {
        int32_t resource = p->modes.use_resource[i];
        if (p->resources.renewable_index[resource] == GANGER_NONE) {
            consume(s, mode, start, resource, (double)(sign * p->modes.use_amount[i]));
        }
    }
    if (p->resources.budget != GANGER_NONE && p->modes.cost[mode] > 0) {
        consume(s, mode, start, p->resources.budget, (double)sign * p->modes.cost[mode]);
    }
}

void ganger_schedule_place(struct ganger_schedule *schedule, struct ganger_placement placement)
{
    const struct ganger_problem *p = schedule->problem;
    int32_t w = placement.work;
    assert(schedule->start[w] == GANGER_NONE);
    assert(p->modes.work[placement.mode] == w);
    schedule->start[w] = placement.start;
    schedule->finish[w] = ganger_problem_finish(p, placement.mode, placement.start);
    schedule->mode[w] = placement.mode;
    assert(schedule->finish[w] <= p->time.periods);
    account(schedule, placement.mode, placement.start, 1);
    schedule->placed++;
    if (p->works.segment[w] != GANGER_NONE) {
        ganger_railhead_refresh(schedule, p->works.segment[w]);
    }
}

void ganger_schedule_remove(struct ganger_schedule *schedule, int32_t work)
{
    assert(schedule->start[work] != GANGER_NONE);
    account(schedule, schedule->mode[work], schedule->start[work], -1);
    schedule->start[work] = schedule->finish[work] = schedule->mode[work] = GANGER_NONE;
    schedule->placed--;
    if (schedule->problem->works.segment[work] != GANGER_NONE) {
        ganger_railhead_refresh(schedule, schedule->problem->works.segment[work]);
    }
}
