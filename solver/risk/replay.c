#include "risk/replay.h"

#include "risk/draw.h"
#include "schedule/railhead.h"

#include <stdlib.h>
#include <string.h>

struct ganger_risk_replay *ganger_risk_replay_create(const struct ganger_risk_world *world)
{
    const struct ganger_problem *p = world->problem;
    struct ganger_risk_replay *replay = calloc(1, sizeof *replay);
    if (!replay) {
        return NULL;
    }
    size_t horizon = (size_t)world->horizon, works = (size_t)p->works.count + 1;
    replay->world = world;
    replay->schedule = ganger_schedule_create(world->frame);
    replay->productivity = malloc(((size_t)p->calendars.count + 1) * horizon);
    replay->used = malloc(((size_t)p->resources.renewables + 1) * horizon * sizeof *replay->used);
    replay->duration = calloc(works, sizeof *replay->duration);
    replay->cause = calloc(works, sizeof *replay->cause);
    if (!replay->schedule || !replay->productivity || !replay->used || !replay->duration ||
        !replay->cause) {
        ganger_risk_replay_destroy(replay);
        return NULL;
    }
    return replay;
}

void ganger_risk_replay_destroy(struct ganger_risk_replay *replay)
{
    if (!replay) {
        return;
    }
    ganger_schedule_destroy(replay->schedule);
    free(replay->productivity);
    free(replay->used);
    free(replay->duration);
    free(replay->cause);
    free(replay);
}

/* A start that is being looked for, and what it waits for. */
struct wait {
    int64_t start;
    struct ganger_risk_cause cause;
};

static void wait_until(struct wait *wait, int64_t start, enum ganger_risk_reason reason,
                       int32_t work)
{
    if (start > wait->start) {
        *wait = (struct wait){start, {reason, work, 0}};
    }
}

static void wait_for_works(const struct ganger_risk_replay *replay, int32_t work, struct wait *wait)
{
    const struct ganger_precedences *rows = &replay->world->problem->precedences;
    const struct ganger_schedule *s = replay->schedule;
    for (int32_t i = rows->first_in[work]; i < rows->first_in[work + 1]; i++) {
        int32_t row = rows->in_list[i], other = rows->predecessor[row];
        bool by_finish = rows->type[row] == GANGER_PRECEDENCE_FS;
        int64_t from = by_finish ? s->finish[other] : s->start[other];
        wait_until(wait, from + rows->lag[row], by_finish ? GANGER_RISK_FINISH : GANGER_RISK_START,
                   other);
    }
}

/* One work at a time, in the order of the plan. A work that takes no time is in nobody's way. */
static void wait_for_segment(const struct ganger_risk_replay *replay, int32_t work,
                             struct wait *wait)
{
    const struct ganger_segments *segments = &replay->world->problem->segments;
    const struct ganger_schedule *s = replay->schedule;
    int32_t segment = replay->world->problem->works.segment[work];
    if (segment == GANGER_NONE || replay->duration[work] == 0) {
        return;
    }
    for (int32_t i = segments->first_work[segment]; i < segments->first_work[segment + 1]; i++) {
        int32_t other = segments->work_list[i];
        if (s->start[other] != GANGER_NONE && replay->duration[other] > 0) {
            wait_until(wait, s->finish[other], GANGER_RISK_FINISH, other);
        }
    }
}

/* The work on a segment that builds line there and finishes at this boundary, or GANGER_NONE. */
static int32_t opener_on(const struct ganger_risk_replay *replay, int32_t segment, int32_t boundary)
{
    const struct ganger_problem *p = replay->world->problem;
    for (int32_t i = p->segments.first_work[segment]; i < p->segments.first_work[segment + 1];
         i++) {
        int32_t work = p->segments.work_list[i];
        if (ganger_problem_builds_new_line(p, work) && replay->schedule->finish[work] == boundary) {
            return work;
        }
    }
    return GANGER_NONE;
}

/* The work that finishes the first link at a node at this boundary. */
static int32_t opener_at_node(const struct ganger_risk_replay *replay, int32_t node,
                              int32_t boundary)
{
    const struct ganger_schedule_frame *frame = replay->world->frame;
    const struct ganger_links *links = &replay->world->problem->links;
    for (int32_t i = frame->node_first[node]; i < frame->node_first[node + 1]; i++) {
        int32_t unbuilt = frame->node_links[i], link = frame->unbuilt_link[unbuilt];
        bool opens = replay->schedule->open_link[unbuilt] == boundary;
        for (int32_t k = links->first_segment[link]; opens && k < links->first_segment[link + 1];
             k++) {
            int32_t work = opener_on(replay, links->segment_list[k], boundary);
            if (work != GANGER_NONE) {
                return work;
            }
        }
    }
    return GANGER_NONE;
}

/* The work that brings rails to a segment at this boundary: from the segment before or after, or from the node at an end
 * of the link. */
static int32_t opener_at(const struct ganger_risk_replay *replay, int32_t segment, int32_t boundary)
{
    const struct ganger_problem *p = replay->world->problem;
    int32_t link = p->segments.link[segment];
    int32_t first = p->links.first_segment[link], last = p->links.first_segment[link + 1] - 1;
    int32_t at = first + p->segments.position[segment];
    int32_t before = at == first ? opener_at_node(replay, p->links.from[link], boundary)
                                 : opener_on(replay, p->links.segment_list[at - 1], boundary);
    if (before != GANGER_NONE) {
        return before;
    }
    return at == last ? opener_at_node(replay, p->links.to[link], boundary)
                      : opener_on(replay, p->links.segment_list[at + 1], boundary);
}

static void wait_for_rails(const struct ganger_risk_replay *replay, int32_t work, struct wait *wait)
{
    const struct ganger_problem *p = replay->world->problem;
    if (ganger_risk_waits_for_rails(p, work)) {
        int32_t segment = p->works.segment[work];
        int32_t rails = ganger_schedule_rails_at(replay->schedule, segment);
        if (rails > wait->start) {
            wait_until(wait, rails, GANGER_RISK_FINISH, opener_at(replay, segment, rails));
        }
    }
}

/* A renewable that the mode would overfill in the period, or GANGER_NONE. */
static int32_t short_of(const struct ganger_risk_replay *replay, int32_t mode, int64_t period)
{
    const struct ganger_problem *p = replay->world->problem;
    for (int32_t i = p->modes.first_use[mode]; i < p->modes.first_use[mode + 1]; i++) {
        int32_t r = p->resources.renewable_index[p->modes.use_resource[i]];
        int64_t at = (int64_t)r * replay->world->horizon + period;
        if (r != GANGER_NONE &&
            replay->used[at] + p->modes.use_amount[i] > replay->world->capacity[at]) {
            return r;
        }
    }
    return GANGER_NONE;
}

/* Finds the first start from wait->start on that calendar and gangs allow. Returns the finish, GANGER_NEVER if there
 * is none. */
static int32_t find_start(const struct ganger_risk_replay *replay, int32_t work,
                          const uint8_t *productivity, struct wait *wait)
{
    int32_t horizon = replay->world->horizon, mode = replay->world->mode[work];
    int64_t wanted = (int64_t)replay->duration[work] * 100, done = 0;
    for (int64_t t = wait->start; t < horizon; t++) {
        int32_t lacking = productivity[t] > 0 ? short_of(replay, mode, t) : GANGER_NONE;
        if (lacking != GANGER_NONE) {
            *wait = (struct wait){t + 1, {GANGER_RISK_GANG, lacking, (int32_t)t}};
            done = 0;
            continue;
        }
        if (done == 0 && productivity[t] == 0) {
            wait->start = t + 1; /* a work starts in a working period */
        }
        done += productivity[t];
        if (done >= wanted) {
            return (int32_t)t + 1;
        }
    }
    return GANGER_NEVER;
}

static void use_gangs(struct ganger_risk_replay *replay, int32_t work, const uint8_t *productivity)
{
    const struct ganger_problem *p = replay->world->problem;
    const struct ganger_schedule *s = replay->schedule;
    int32_t mode = replay->world->mode[work];
    for (int32_t i = p->modes.first_use[mode]; i < p->modes.first_use[mode + 1]; i++) {
        int32_t r = p->resources.renewable_index[p->modes.use_resource[i]];
        int64_t first = (int64_t)r * replay->world->horizon;
        for (int32_t t = s->start[work]; r != GANGER_NONE && t < s->finish[work]; t++) {
            replay->used[first + t] += productivity[t] > 0 ? p->modes.use_amount[i] : 0;
        }
    }
}

static const uint8_t *productivity_of(const struct ganger_risk_replay *replay, int32_t work)
{
    int64_t row = replay->world->problem->works.calendar[work] + 1;
    return replay->productivity + row * replay->world->horizon;
}

static void place(struct ganger_risk_replay *replay, int32_t work)
{
    const struct ganger_problem *p = replay->world->problem;
    struct ganger_schedule *s = replay->schedule;
    const uint8_t *productivity = productivity_of(replay, work);
    struct wait wait = {replay->world->plan->start[work], {GANGER_RISK_PLANNED, GANGER_NONE, 0}};
    wait_for_works(replay, work, &wait);
    wait_for_segment(replay, work, &wait);
    wait_for_rails(replay, work, &wait);
    int32_t finish = GANGER_NEVER;
    if (wait.start <= replay->world->horizon) {
        finish = replay->duration[work] == 0 ? (int32_t)wait.start
                                             : find_start(replay, work, productivity, &wait);
    }
    replay->cause[work] = wait.cause;
    s->start[work] = finish == GANGER_NEVER ? GANGER_NEVER : (int32_t)wait.start;
    s->finish[work] = finish;
    if (finish != GANGER_NEVER) {
        use_gangs(replay, work, productivity);
    }
    if (p->works.segment[work] != GANGER_NONE) {
        ganger_railhead_refresh(s, p->works.segment[work]);
    }
}

static void take_back(struct ganger_risk_replay *replay)
{
    const struct ganger_risk_world *world = replay->world;
    for (int32_t i = 0; i < world->steps; i++) {
        int32_t work = world->order[i], segment = world->problem->works.segment[work];
        replay->schedule->start[work] = replay->schedule->finish[work] = GANGER_NONE;
        if (segment != GANGER_NONE) {
            ganger_railhead_refresh(replay->schedule, segment);
        }
    }
    memset(replay->used, 0,
           (size_t)world->problem->resources.renewables * (size_t)world->horizon *
               sizeof *replay->used);
}

void ganger_risk_replay_run(struct ganger_risk_replay *replay, int32_t sample)
{
    const struct ganger_risk_world *world = replay->world;
    take_back(replay);
    ganger_risk_productivity(world, sample, replay->productivity);
    for (int32_t i = 0; i < world->steps; i++) {
        int32_t work = world->order[i];
        replay->duration[work] = ganger_risk_duration(world, work, sample);
        place(replay, work);
    }
}

/* Of those that held the gang, the one that is done with it first. */
static int32_t holder(const struct ganger_risk_replay *replay, int32_t work)
{
    const struct ganger_risk_world *world = replay->world;
    const struct ganger_schedule *s = replay->schedule;
    int32_t r = replay->cause[work].what, t = replay->cause[work].period, found = GANGER_NONE;
    for (int32_t i = world->first_user[r]; i < world->first_user[r + 1]; i++) {
        int32_t other = world->user[i];
        if (world->place[other] < world->place[work] && s->start[other] <= t &&
            t < s->finish[other] && productivity_of(replay, other)[t] > 0 &&
            (found == GANGER_NONE || s->finish[other] < s->finish[found])) {
            found = other;
        }
    }
    return found;
}

int32_t ganger_risk_decider(const struct ganger_risk_replay *replay, int32_t work)
{
    const struct ganger_risk_cause *cause = &replay->cause[work];
    while (cause->reason ==
           GANGER_RISK_START) { /* whoever waits for a start waits with that work */
        work = cause->what;
        cause = &replay->cause[work];
    }
    switch (cause->reason) {
    case GANGER_RISK_FINISH:
        return cause->what;
    case GANGER_RISK_GANG:
        return holder(replay, work);
    default:
        return GANGER_NONE;
    }
}
