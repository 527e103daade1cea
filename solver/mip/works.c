/* Works: their steps, one mode each, precedence, one work at a time on a segment, targets or the makespan. */
#include "mip/programme.h"

#include <math.h>

/* Discounted cost and tardiness of a mode that starts at a step. */
static double outlay(const struct ganger_problem *p, int32_t m, int32_t start, int32_t finish)
{
    int32_t w = p->modes.work[m];
    double late = p->works.due[w] == GANGER_NONE
                      ? 0
                      : p->works.tardiness_cost[w] * fmax(0, finish - p->works.due[w]);
    if (start == finish) {
        return late + p->modes.cost[m] * p->time.discount[start];
    }
    double paid = 0, worked = 0;
    for (int32_t t = start; t < finish; t++) {
        worked += ganger_problem_productivity(p, w, t);
        paid += ganger_problem_productivity(p, w, t) * p->time.discount[t];
    }
    return late + p->modes.cost[m] * paid / worked;
}

/* As ganger_mip_add_by_start() does it for rows. */
static void add_steps_of_mode(struct ganger_mip_programme *x, int32_t m)
{
    const struct ganger_problem *p = x->problem;
    int32_t w = p->modes.work[m], mode = m - p->works.first_mode[w];
    bool paid = p->objective == GANGER_OBJECTIVE_NPV;
    int32_t end = x->first_step[m + 1];
    for (int32_t i = x->first_step[m]; i < end; i++) {
        struct ganger_mip_column column = {
            .name = {"begun", {w, mode, x->start[i]}}, .upper = 1, .integer = true};
        if (paid) {
            column.cost = outlay(p, m, x->start[i], x->finish[i]);
            column.cost -= i + 1 < end ? outlay(p, m, x->start[i + 1], x->finish[i + 1]) : 0;
        }
        ganger_mip_add_column(&x->mip, column);
    }
}

/* What has begun stays begun. */
static void add_order_of_steps(struct ganger_mip_programme *x, int32_t m)
{
    const struct ganger_problem *p = x->problem;
    int32_t w = p->modes.work[m], mode = m - p->works.first_mode[w];
    for (int32_t i = x->first_step[m]; i + 1 < x->first_step[m + 1]; i++) {
        int32_t row = ganger_mip_add_row(
            &x->mip, (struct ganger_mip_row){.name = {"stays", {w, mode, x->start[i]}}});
        ganger_mip_add(&x->mip, row, i, 1);
        ganger_mip_add(&x->mip, row, i + 1, -1);
    }
}

void ganger_mip_steps(struct ganger_mip_programme *x)
{
    for (int32_t m = 0; m < x->problem->modes.count; m++) {
        add_steps_of_mode(x, m);
    }
}

static void add_once(struct ganger_mip_programme *x, int32_t w)
{
    const struct ganger_works *works = &x->problem->works;
    int64_t before = x->mip.entries;
    int32_t row =
        ganger_mip_add_row(&x->mip, (struct ganger_mip_row){.name = {"once", {w, GANGER_NONE, 0}},
                                                            .limit = 1,
                                                            .equal = works->mandatory[w]});
    ganger_mip_add_work_begun(x, row, w, x->problem->time.periods, 1);
    if (!works->mandatory[w]) {
        ganger_mip_drop_empty(&x->mip, before);
    }
}

/* Does the work begin at t in some mode? At other times its having begun is no news. */
static bool may_begin(const struct ganger_mip_programme *x, int32_t w, int32_t t)
{
    const int32_t *first = x->problem->works.first_mode;
    for (int32_t m = first[w]; m < first[w + 1]; m++) {
        int32_t step = ganger_mip_begun(x, m, t);
        if (step != GANGER_NONE && x->start[step] == t) {
            return true;
        }
    }
    return false;
}

/* Row i of the precedences: who has begun by t waits for who was done, or begun, a lag before. */
static void add_precedence(struct ganger_mip_programme *x, int32_t i)
{
    const struct ganger_precedences *rows = &x->problem->precedences;
    bool fs = rows->type[i] == GANGER_PRECEDENCE_FS;
    int32_t then = rows->successor[i];
    for (int32_t t = 0; t < x->problem->time.periods; t++) {
        if (!may_begin(x, then, t)) {
            continue;
        }
        int32_t row = ganger_mip_add_row(
            &x->mip, (struct ganger_mip_row){.name = {"order", {i, t, GANGER_NONE}}});
        ganger_mip_add_work_begun(x, row, then, t, 1);
        (fs ? ganger_mip_add_work_done : ganger_mip_add_work_begun)(x, row, rows->predecessor[i],
                                                                    t - rows->lag[i], -1);
    }
}

/* The works of a segment that have begun and are not done are at most one. */
static void add_segment(struct ganger_mip_programme *x, int32_t q, int32_t t)
{
    const struct ganger_problem *p = x->problem;
    int64_t before = x->mip.entries;
    int32_t row = ganger_mip_add_row(
        &x->mip, (struct ganger_mip_row){.name = {"segment", {q, t, GANGER_NONE}}, .limit = 1});
    for (int32_t i = p->segments.first_work[q]; i < p->segments.first_work[q + 1]; i++) {
        int32_t w = p->segments.work_list[i];
        for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
            ganger_mip_add_occupied(x, row, m, t, 1);
        }
    }
    ganger_mip_drop_empty(&x->mip, before);
}

void ganger_mip_works(struct ganger_mip_programme *x)
{
    const struct ganger_problem *p = x->problem;
    for (int32_t m = 0; m < p->modes.count; m++) {
        add_order_of_steps(x, m);
    }
    for (int32_t w = 0; w < p->works.count; w++) {
        add_once(x, w);
    }
    for (int32_t i = 0; i < p->precedences.count; i++) {
        add_precedence(x, i);
    }
    for (int32_t q = 0; q < p->segments.count; q++) {
        bool several = p->segments.first_work[q + 1] - p->segments.first_work[q] > 1;
        for (int32_t t = 0; several && t < p->time.periods; t++) {
            add_segment(x, q, t);
        }
    }
}

static void add_target(struct ganger_mip_programme *x, int32_t g)
{
    const struct ganger_targets *targets = &x->problem->targets;
    const struct ganger_works *works = &x->problem->works;
    int32_t row =
        ganger_mip_add_row(&x->mip, (struct ganger_mip_row){.name = {"target", {g, GANGER_NONE, 0}},
                                                            .limit = -targets->km[g]});
    for (int32_t w = 0; w < works->count; w++) {
        if (targets->kinds[g] >> works->kind[w] & 1U) {
            ganger_mip_add_work_done(x, row, w, targets->by[g], -works->km[w]);
        }
    }
    if (!targets->hard[g]) {
        int32_t missing = ganger_mip_add_column(
            &x->mip, (struct ganger_mip_column){.name = {"missing", {g, GANGER_NONE, 0}},
                                                .cost = targets->shortfall_cost[g],
                                                .upper = INFINITY});
        ganger_mip_add(&x->mip, row, missing, -1);
    }
}

static double finish_of(const struct ganger_mip_programme *x, int32_t mode, int32_t step,
                        const void *context)
{
    (void)mode;
    (void)context;
    return x->finish[step];
}

static void add_makespan(struct ganger_mip_programme *x)
{
    const struct ganger_works *works = &x->problem->works;
    int32_t last = ganger_mip_add_column(
        &x->mip, (struct ganger_mip_column){
                     .name = {"makespan", {GANGER_NONE, 0, 0}}, .cost = 1, .upper = INFINITY});
    for (int32_t w = 0; w < works->count; w++) {
        int32_t row = ganger_mip_add_row(
            &x->mip, (struct ganger_mip_row){.name = {"end", {w, GANGER_NONE, 0}}});
        ganger_mip_add(&x->mip, row, last, -1);
        for (int32_t m = works->first_mode[w]; m < works->first_mode[w + 1]; m++) {
            ganger_mip_add_by_start(x, row, m, finish_of, NULL);
        }
    }
}

void ganger_mip_aims(struct ganger_mip_programme *x)
{
    for (int32_t g = 0; g < x->problem->targets.count; g++) {
        add_target(x, g);
    }
    if (x->problem->objective == GANGER_OBJECTIVE_MAKESPAN) {
        add_makespan(x);
    }
}
