#include "explain/obstacles.h"

/* The list under construction. */
struct finding {
    struct ganger_schedule *schedule;
    const struct ganger_problem *problem;
    int32_t work, mode, start, finish;
    struct ganger_obstacle *list;
    int32_t count;
};

static void add(struct finding *f, struct ganger_obstacle obstacle)
{
    if (f->count < GANGER_OBSTACLES_MAX) {
        f->list[f->count++] = obstacle;
    }
}

static void add_date(struct finding *f, enum ganger_obstacle_kind kind, int32_t other, int32_t at)
{
    add(f, (struct ganger_obstacle){kind, other, at, at, 0});
}

static void find_own(struct finding *f)
{
    const struct ganger_works *works = &f->problem->works;
    int32_t w = f->work;
    if (works->fixed_mode[w] != GANGER_NONE &&
        works->first_mode[w] + works->fixed_mode[w] != f->mode) {
        add_date(f, GANGER_OBSTACLE_FIXED_MODE, works->first_mode[w] + works->fixed_mode[w], 0);
    }
    if (works->fixed_start[w] != GANGER_NONE && works->fixed_start[w] != f->start) {
        add_date(f, GANGER_OBSTACLE_FIXED_START, GANGER_NONE, works->fixed_start[w]);
    }
    if (f->start < works->earliest[w]) {
        add_date(f, GANGER_OBSTACLE_EARLIEST, GANGER_NONE, works->earliest[w]);
    }
}

static void find_predecessors(struct finding *f)
{
    const struct ganger_precedences *rows = &f->problem->precedences;
    for (int32_t i = rows->first_in[f->work]; i < rows->first_in[f->work + 1]; i++) {
        int32_t row = rows->in_list[i], other = rows->predecessor[row];
        if (f->schedule->start[other] == GANGER_NONE) {
            add_date(f, GANGER_OBSTACLE_LACKS, other, 0);
            continue;
        }
        int32_t from = rows->type[row] == GANGER_PRECEDENCE_FS ? f->schedule->finish[other]
                                                               : f->schedule->start[other];
        if (f->start < (int64_t)from + rows->lag[row]) {
            add_date(f, GANGER_OBSTACLE_WAITS, other, from + rows->lag[row]);
        }
    }
}

static void find_rails(struct finding *f)
{
    int32_t q = f->problem->works.segment[f->work];
    if (!f->problem->railhead || f->problem->works.kind[f->work] != GANGER_WORK_BUILD ||
        q == GANGER_NONE) {
        return;
    }
    int32_t rails = ganger_schedule_rails_at(f->schedule, q);
    if (rails > f->start) {
        add_date(f, rails == GANGER_NEVER ? GANGER_OBSTACLE_NO_RAILS : GANGER_OBSTACLE_RAILS,
                 GANGER_NONE, rails);
    }
}

/* False if the work cannot be laid out from this start, so that nothing more can be said. */
static bool find_finish(struct finding *f)
{
    const struct ganger_problem *p = f->problem;
    if (p->modes.duration[f->mode] > 0 && ganger_problem_productivity(p, f->work, f->start) == 0) {
        add_date(f, GANGER_OBSTACLE_REST, GANGER_NONE, f->start);
        return false;
    }
    if (f->finish > p->time.periods) {
        add_date(f, GANGER_OBSTACLE_HORIZON, GANGER_NONE, p->time.periods);
        return false;
    }
    if (f->finish > p->works.deadline[f->work]) {
        add_date(f, GANGER_OBSTACLE_DEADLINE, GANGER_NONE, p->works.deadline[f->work]);
    }
    return true;
}

static void find_successors(struct finding *f)
{
    const struct ganger_precedences *rows = &f->problem->precedences;
    for (int32_t i = rows->first_out[f->work]; i < rows->first_out[f->work + 1]; i++) {
        int32_t row = rows->out_list[i], other = rows->successor[row];
        int32_t at = rows->type[row] == GANGER_PRECEDENCE_FS ? f->finish : f->start;
        if (f->schedule->start[other] != GANGER_NONE &&
            at > (int64_t)f->schedule->start[other] - rows->lag[row]) {
            add_date(f, GANGER_OBSTACLE_BEFORE, other, f->schedule->start[other]);
        }
    }
}

/* Build works that rails would reach too late with the work where it is to go. */
static void find_cut_off(struct finding *f)
{
    const struct ganger_problem *p = f->problem;
    struct ganger_schedule *s = f->schedule;
    if (!p->railhead || p->works.kind[f->work] != GANGER_WORK_BUILD ||
        p->works.segment[f->work] == GANGER_NONE) {
        return;
    }
    ganger_schedule_place(s, (struct ganger_placement){f->work, f->mode, f->start});
    for (int32_t w = 0; w < p->works.count; w++) {
        int32_t q = p->works.segment[w];
        if (w != f->work && p->works.kind[w] == GANGER_WORK_BUILD && q != GANGER_NONE &&
            s->start[w] != GANGER_NONE && ganger_schedule_rails_at(s, q) > s->start[w]) {
            add_date(f, GANGER_OBSTACLE_CUTS_OFF, w, s->start[w]);
        }
    }
    ganger_schedule_remove(s, f->work);
}

static void find_on_segment(struct finding *f)
{
    const struct ganger_segments *segments = &f->problem->segments;
    const struct ganger_schedule *s = f->schedule;
    int32_t q = f->problem->works.segment[f->work];
    for (int32_t i = q == GANGER_NONE ? 0 : segments->first_work[q];
         q != GANGER_NONE && i < segments->first_work[q + 1]; i++) {
        int32_t other = segments->work_list[i];
        int32_t from = s->start[other] > f->start ? s->start[other] : f->start;
        int32_t to = s->finish[other] < f->finish ? s->finish[other] : f->finish;
        if (s->start[other] != GANGER_NONE && from < to) {
            add(f, (struct ganger_obstacle){GANGER_OBSTACLE_SEGMENT, other, s->start[other],
                                            s->finish[other], 0});
        }
    }
}

static void find_gang(struct finding *f, int32_t resource, int32_t amount)
{
    const struct ganger_problem *p = f->problem;
    int32_t renewable = p->resources.renewable_index[resource];
    const int32_t *capacity = p->resources.capacity + (int64_t)renewable * p->time.periods;
    struct ganger_obstacle found = {GANGER_OBSTACLE_GANG, resource, GANGER_NONE, 0, 0};
    for (int32_t t = f->start; t < f->finish; t++) {
        int32_t use = ganger_lanes_use(f->schedule->frame->lanes, f->schedule->cells, renewable, t);
        int32_t beyond = use + amount - capacity[t];
        if (beyond > 0 && ganger_problem_productivity(p, f->work, t) > 0) {
            found.from = found.from == GANGER_NONE ? t : found.from;
            found.to = t + 1;
            found.short_by = beyond > found.short_by ? beyond : found.short_by;
        }
    }
    if (found.from != GANGER_NONE) {
        add(f, found);
    }
}

static void find_windows(struct finding *f, int32_t resource, double amount)
{
    const struct ganger_resources *r = &f->problem->resources;
    const struct ganger_schedule *s = f->schedule;
    for (int32_t i = r->first_window[resource]; i < r->first_window[resource + 1]; i++) {
        int32_t j = r->window_list[i];
        int64_t share = ganger_schedule_share(f->problem, f->mode, f->start, amount,
                                              r->window_from[j], r->window_to[j]);
        if (share > 0 && s->consumed[j] + share > s->limit[j]) {
            double beyond = (double)(s->consumed[j] + share - s->limit[j]) / GANGER_SHARE_SCALE;
            add(f, (struct ganger_obstacle){GANGER_OBSTACLE_WINDOW, j, r->window_from[j],
                                            r->window_to[j], beyond});
        }
    }
}

static void find_resources(struct finding *f)
{
    const struct ganger_problem *p = f->problem;
    for (int32_t i = p->modes.first_use[f->mode]; i < p->modes.first_use[f->mode + 1]; i++) {
        int32_t resource = p->modes.use_resource[i];
        if (p->resources.renewable_index[resource] == GANGER_NONE) {
            find_windows(f, resource, (double)p->modes.use_amount[i]);
        } else {
            find_gang(f, resource, p->modes.use_amount[i]);
        }
    }
    if (p->resources.budget != GANGER_NONE && p->modes.cost[f->mode] > 0) {
        find_windows(f, p->resources.budget, p->modes.cost[f->mode]);
    }
}

int32_t ganger_obstacles_find(struct ganger_schedule *schedule, int32_t mode, int32_t start,
                              struct ganger_obstacle *list)
{
    const struct ganger_problem *p = schedule->problem;
    struct finding f = {.schedule = schedule,
                        .problem = p,
                        .work = p->modes.work[mode],
                        .mode = mode,
                        .start = start,
                        .finish = ganger_problem_finish(p, mode, start),
                        .list = list};
    find_own(&f);
    find_predecessors(&f);
    find_rails(&f);
    if (find_finish(&f)) {
        find_successors(&f);
        find_cut_off(&f);
        find_on_segment(&f);
        find_resources(&f);
    }
    return f.count;
}
