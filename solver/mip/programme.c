#include "mip/programme.h"

#include <stdlib.h>

/* The last step of mode m whose time is t or before; GANGER_NONE if there is none. Times do not fall. */
static int32_t last_by(const struct ganger_mip_programme *x, const int32_t *time, int32_t m,
                       int32_t t)
{
    int32_t low = x->first_step[m], high = x->first_step[m + 1];
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (time[middle] <= t) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == x->first_step[m] ? GANGER_NONE : low - 1;
}

int32_t ganger_mip_begun(const struct ganger_mip_programme *x, int32_t mode, int32_t t)
{
    return last_by(x, x->start, mode, t);
}

int32_t ganger_mip_done(const struct ganger_mip_programme *x, int32_t mode, int32_t t)
{
    return last_by(x, x->finish, mode, t);
}

bool ganger_mip_occupies(const struct ganger_mip_programme *x, int32_t mode, int32_t t)
{
    return ganger_mip_begun(x, mode, t) != ganger_mip_done(x, mode, t);
}

bool ganger_mip_active(const struct ganger_mip_programme *x, int32_t mode, int32_t t)
{
    const struct ganger_problem *p = x->problem;
    return t < p->time.periods && ganger_problem_productivity(p, p->modes.work[mode], t) > 0 &&
           ganger_mip_occupies(x, mode, t);
}

void ganger_mip_add_occupied(struct ganger_mip_programme *x, int32_t row, int32_t mode, int32_t t,
                             double value)
{
    if (ganger_mip_occupies(x, mode, t)) {
        ganger_mip_add(&x->mip, row, ganger_mip_begun(x, mode, t), value);
        ganger_mip_add(&x->mip, row, ganger_mip_done(x, mode, t), -value);
    }
}

void ganger_mip_add_work_done(struct ganger_mip_programme *x, int32_t row, int32_t work, int32_t t,
                              double value)
{
    const int32_t *first = x->problem->works.first_mode;
    for (int32_t m = first[work]; m < first[work + 1]; m++) {
        ganger_mip_add(&x->mip, row, ganger_mip_done(x, m, t), value);
    }
}

void ganger_mip_add_work_begun(struct ganger_mip_programme *x, int32_t row, int32_t work, int32_t t,
                               double value)
{
    const int32_t *first = x->problem->works.first_mode;
    for (int32_t m = first[work]; m < first[work + 1]; m++) {
        ganger_mip_add(&x->mip, row, ganger_mip_begun(x, m, t), value);
    }
}

/* A mode starts at a step if it has begun by that one and not by the one before: so each step has the value of its own
 * start less that of the next. */
void ganger_mip_add_by_start(struct ganger_mip_programme *x, int32_t row, int32_t mode,
                             double (*of)(const struct ganger_mip_programme *programme,
                                          int32_t mode, int32_t step, const void *context),
                             const void *context)
{
    double next = 0;
    for (int32_t i = x->first_step[mode + 1] - 1; i >= x->first_step[mode]; i--) {
        double own = of(x, mode, i, context);
        ganger_mip_add(&x->mip, row, i, own - next);
        next = own;
    }
}

static bool may_start(const struct ganger_problem *p, int32_t m, int32_t s)
{
    const struct ganger_works *works = &p->works;
    int32_t w = p->modes.work[m];
    if ((works->fixed_start[w] != GANGER_NONE && s != works->fixed_start[w]) ||
        (works->fixed_mode[w] != GANGER_NONE && m != works->first_mode[w] + works->fixed_mode[w])) {
        return false;
    }
    int32_t finish = ganger_problem_finish(p, m, s);
    return s >= works->earliest[w] && finish <= works->deadline[w] && finish <= p->time.periods;
}

/* False if memory is short. */
static bool list_steps(struct ganger_mip_programme *x)
{
    const struct ganger_problem *p = x->problem;
    size_t most = (size_t)p->modes.count * (size_t)p->time.periods + 1;
    int32_t count = 0;
    x->first_step = malloc(((size_t)p->modes.count + 1) * sizeof *x->first_step);
    x->start = malloc(most * sizeof *x->start);
    x->finish = malloc(most * sizeof *x->finish);
    if (!x->first_step || !x->start || !x->finish || most > INT32_MAX) {
        return false;
    }
    for (int32_t m = 0; m < p->modes.count; m++) {
        x->first_step[m] = count;
        for (int32_t s = 0; s < p->time.periods; s++) {
            if (may_start(p, m, s)) {
                x->start[count] = s;
                x->finish[count++] = ganger_problem_finish(p, m, s);
            }
        }
    }
    x->first_step[p->modes.count] = count;
    return true;
}

static bool allocate(struct ganger_mip_programme *x)
{
    size_t links = (size_t)x->problem->links.count + 1;
    x->graph = ganger_graph_create(x->problem);
    x->link_column = malloc(links * sizeof *x->link_column);
    x->most = malloc(links * sizeof *x->most);
    x->arc_row = malloc(2 * links * sizeof *x->arc_row);
    x->node_row = malloc(((size_t)x->problem->nodes.count + 1) * sizeof *x->node_row);
    return x->graph && x->link_column && x->most && x->arc_row && x->node_row;
}

bool ganger_mip_programme_init(struct ganger_mip_programme *x, const struct ganger_problem *problem)
{
    *x = (struct ganger_mip_programme){.problem = problem};
    ganger_mip_init(&x->mip);
    if (!allocate(x) || !list_steps(x) || !ganger_mip_useful_arcs(x)) {
        return false;
    }
    ganger_mip_steps(x);
    ganger_mip_works(x);
    ganger_mip_resources(x);
    ganger_mip_rails(x);
    ganger_mip_aims(x);
    for (int32_t t = 0; problem->objective == GANGER_OBJECTIVE_NPV && t <= problem->time.periods;
         t++) {
        if (problem->time.weight[t] > 0) {
            ganger_mip_capacity(x, t);
            ganger_mip_freight(x, t);
        }
    }
    return ganger_mip_finish(&x->mip);
}

void ganger_mip_programme_clear(struct ganger_mip_programme *x)
{
    ganger_mip_clear(&x->mip);
    ganger_graph_destroy(x->graph);
    free(x->first_step);
    free(x->start);
    free(x->finish);
    free(x->first_useful);
    free(x->useful);
    free(x->link_column);
    free(x->most);
    free(x->arc_row);
    free(x->node_row);
    *x = (struct ganger_mip_programme){0};
}
