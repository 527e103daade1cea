#include "explain/dates.h"

#include <stdlib.h>

bool ganger_dates_init(struct ganger_dates *dates, const struct ganger_conditions *conditions)
{
    size_t works = (size_t)conditions->problem->works.count + 1;
    *dates = (struct ganger_dates){.conditions = conditions,
                                   .needed = calloc(works, sizeof(bool)),
                                   .start = malloc(works * sizeof(int32_t)),
                                   .finish = malloc(works * sizeof(int32_t)),
                                   .last_start = malloc(works * sizeof(int32_t)),
                                   .last_finish = malloc(works * sizeof(int32_t)),
                                   .frame = ganger_schedule_frame_create(conditions->problem)};
    dates->rails = dates->frame ? ganger_schedule_create(dates->frame) : NULL;
    return dates->needed && dates->start && dates->finish && dates->last_start &&
           dates->last_finish && dates->rails;
}

void ganger_dates_clear(struct ganger_dates *dates)
{
    free(dates->needed);
    free(dates->start);
    free(dates->finish);
    free(dates->last_start);
    free(dates->last_finish);
    ganger_schedule_destroy(dates->rails);
    ganger_schedule_frame_destroy(dates->frame);
    *dates = (struct ganger_dates){0};
}

static bool mode_allowed(const struct ganger_dates *d, int32_t mode)
{
    const struct ganger_works *works = &d->conditions->problem->works;
    int32_t w = d->conditions->problem->modes.work[mode];
    return !d->conditions->on[GANGER_CONDITION_FIXED_MODE][w] ||
           mode == works->first_mode[w] + works->fixed_mode[w];
}

static void mark_needed(struct ganger_dates *d)
{
    const struct ganger_problem *p = d->conditions->problem;
    const struct ganger_precedences *rows = &p->precedences;
    for (int32_t i = p->works.count - 1; i >= 0; i--) {
        int32_t w = rows->topological[i];
        d->needed[w] = d->conditions->on[GANGER_CONDITION_MANDATORY][w];
        for (int32_t j = rows->first_out[w]; j < rows->first_out[w + 1]; j++) {
            int32_t row = rows->out_list[j];
            d->needed[w] |= d->conditions->on[GANGER_CONDITION_PRECEDENCE][row] &&
                            d->needed[rows->successor[row]];
        }
    }
}

/* The least start of a work by earliest start, predecessors and rails. */
static int64_t ready_at(const struct ganger_dates *d, int32_t w)
{
    const struct ganger_conditions *c = d->conditions;
    const struct ganger_problem *p = c->problem;
    const struct ganger_precedences *rows = &p->precedences;
    int64_t ready = c->on[GANGER_CONDITION_EARLIEST][w] ? p->works.earliest[w] : 0;
    for (int32_t i = rows->first_in[w]; i < rows->first_in[w + 1]; i++) {
        int32_t row = rows->in_list[i], other = rows->predecessor[row];
        if (c->on[GANGER_CONDITION_PRECEDENCE][row]) {
            bool fs = rows->type[row] == GANGER_PRECEDENCE_FS;
            int64_t from = (int64_t)(fs ? d->finish[other] : d->start[other]) + rows->lag[row];
            ready = from > ready ? from : ready;
        }
    }
    if (c->on[GANGER_CONDITION_RAILS][0] && p->works.kind[w] == GANGER_WORK_BUILD &&
        p->works.segment[w] != GANGER_NONE) {
        int32_t rails = ganger_schedule_rails_at(d->rails, p->works.segment[w]);
        ready = rails > ready ? rails : ready;
    }
    return ready;
}

/* Where a mode is done earliest. */
struct place {
    int32_t mode, start, finish;
};

/* Earliest start and finish of a work from `ready` on; returns the place that finishes first. */
static struct place place_early(struct ganger_dates *d, int32_t w, int64_t ready)
{
    const struct ganger_conditions *c = d->conditions;
    const struct ganger_problem *p = c->problem;
    int32_t never = p->time.periods + 1;
    int32_t last = d->last_start[w];
    struct place best = {GANGER_NONE, never, never};
    d->start[w] = d->finish[w] = never;
    if (c->on[GANGER_CONDITION_FIXED_START][w] && p->works.fixed_start[w] > ready) {
        ready = p->works.fixed_start[w];
    }
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        for (int64_t s = ready; mode_allowed(d, m) && s <= last; s++) {
            int32_t finish = ganger_problem_finish(p, m, (int32_t)s);
            if (finish <= d->last_finish[w]) {
                d->start[w] = s < d->start[w] ? (int32_t)s : d->start[w];
                if (finish < best.finish) {
                    best = (struct place){m, (int32_t)s, finish};
                }
                break;
            }
        }
    }
    d->finish[w] = best.finish;
    return best;
}

/* Dates that concern a work alone. */
static void set_last(struct ganger_dates *d)
{
    const struct ganger_conditions *c = d->conditions;
    const struct ganger_problem *p = c->problem;
    for (int32_t w = 0; w < p->works.count; w++) {
        d->last_finish[w] =
            c->on[GANGER_CONDITION_DEADLINE][w] ? p->works.deadline[w] : p->time.periods;
        d->last_start[w] =
            c->on[GANGER_CONDITION_FIXED_START][w] ? p->works.fixed_start[w] : p->time.periods - 1;
    }
}

/* Lays rails by what is done earliest; false if nothing changed. */
static bool lay_rails(struct ganger_dates *d, int32_t w, struct place place)
{
    int32_t now = d->rails->start[w];
    if (now != GANGER_NONE && d->rails->finish[w] == place.finish &&
        d->rails->mode[w] == place.mode) {
        return false;
    }
    if (now != GANGER_NONE) {
        ganger_schedule_remove(d->rails, w);
    }
    if (place.mode != GANGER_NONE) {
        ganger_schedule_place(d->rails, (struct ganger_placement){w, place.mode, place.start});
    }
    return now != GANGER_NONE || place.mode != GANGER_NONE;
}

/* Earliest dates. Where rails must lead to a work, dates grow until they agree: each pass moves some work to a later
 * date, so there are at most works * periods of them, and few in fact. */
static void go_forward(struct ganger_dates *d)
{
    const struct ganger_conditions *c = d->conditions;
    const struct ganger_problem *p = c->problem;
    bool follow_rails = c->on[GANGER_CONDITION_RAILS][0], again = true;
    for (int32_t w = 0; follow_rails && w < p->works.count; w++) {
        if (p->works.kind[w] == GANGER_WORK_BUILD && p->works.segment[w] != GANGER_NONE) {
            int64_t alone = c->on[GANGER_CONDITION_EARLIEST][w] ? p->works.earliest[w] : 0;
            lay_rails(d, w, place_early(d, w, alone));
        }
    }
    while (again) {
        again = false;
        for (int32_t i = 0; i < p->works.count; i++) {
            int32_t w = p->precedences.topological[i];
            struct place place = place_early(d, w, ready_at(d, w));
            if (follow_rails && p->works.kind[w] == GANGER_WORK_BUILD &&
                p->works.segment[w] != GANGER_NONE) {
                again |= lay_rails(d, w, place);
            }
        }
    }
}

/* The latest start that a work's own last dates leave; -1 if none. */
static int32_t latest_start(const struct ganger_dates *d, int32_t w)
{
    const struct ganger_problem *p = d->conditions->problem;
    for (int32_t s = d->last_start[w]; s >= d->start[w]; s--) {
        for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
            if (ganger_dates_allow(d, m, s)) {
                return s;
            }
        }
    }
    return -1;
}

/* Latest dates of works that others need. Returns a needed work that has no place, or GANGER_NONE. */
static int32_t go_back(struct ganger_dates *d)
{
    const struct ganger_conditions *c = d->conditions;
    const struct ganger_precedences *rows = &c->problem->precedences;
    for (int32_t i = c->problem->works.count - 1; i >= 0; i--) {
        int32_t w = rows->topological[i];
        int32_t last = d->needed[w] ? latest_start(d, w) : 0;
        if (last < 0) {
            return w;
        }
        for (int32_t j = rows->first_in[w]; d->needed[w] && j < rows->first_in[w + 1]; j++) {
            int32_t row = rows->in_list[j], other = rows->predecessor[row];
            if (c->on[GANGER_CONDITION_PRECEDENCE][row]) {
                bool fs = rows->type[row] == GANGER_PRECEDENCE_FS;
                int32_t *bound = fs ? &d->last_finish[other] : &d->last_start[other];
                *bound = last - rows->lag[row] < *bound ? last - rows->lag[row] : *bound;
            }
        }
    }
    return GANGER_NONE;
}

int32_t ganger_dates_follow(struct ganger_dates *dates)
{
    const struct ganger_problem *p = dates->conditions->problem;
    for (int32_t w = 0; w < p->works.count; w++) {
        if (dates->rails->start[w] != GANGER_NONE) {
            ganger_schedule_remove(dates->rails, w);
        }
    }
    mark_needed(dates);
    set_last(dates);
    go_forward(dates);
    return go_back(dates);
}

bool ganger_dates_allow(const struct ganger_dates *dates, int32_t mode, int32_t start)
{
    const struct ganger_problem *p = dates->conditions->problem;
    int32_t w = p->modes.work[mode];
    return mode_allowed(dates, mode) && start >= dates->start[w] && start <= dates->last_start[w] &&
           ganger_problem_finish(p, mode, start) <= dates->last_finish[w];
}
