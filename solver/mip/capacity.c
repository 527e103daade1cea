/*
 * Capacity of links at a boundary.
 *
 * Works on a segment do not overlap, so the share that works take away, loss = sum of (1 - factor) [active], is that of
 * one mode at most, and
 *
 *     capacity = base * worn * (1 - loss) + sum of effects e: gain_e * (done_e - spoilt_e)
 *
 * where the effects are the gains of works and what renewal gives back, and spoilt_e is to be done_e * loss. It is
 * bounded from below, spoilt_e >= loss - most * (1 - done_e), most being the greatest loss; where done_e and loss are
 * whole decisions that is the product, and nobody gains by making it larger. A work has no loss once it is done, so that
 * its own modes do not count in what spoils its own effect: a segment with one work needs no such column.
 */
#include "freight/capacity.h"

#include "mip/programme.h"

#include <math.h>

/* What a work gives to its segment when it is done; of work GANGER_NONE: the renewal by any of several works. */
struct effect {
    int32_t work, segment, t;
    double gain;
};

static double loss_of(const struct ganger_problem *p, int32_t m)
{
    return 1 - p->modes.factor[m];
}

/* Adds `value` times the loss by all works of the effect's segment but its own; returns the greatest loss there is. */
static double add_loss(struct ganger_mip_programme *x, int32_t row, struct effect e, double value)
{
    const struct ganger_problem *p = x->problem;
    double most = 0;
    for (int32_t i = p->segments.first_work[e.segment]; i < p->segments.first_work[e.segment + 1];
         i++) {
        int32_t w = p->segments.work_list[i];
        for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
            if (w != e.work && ganger_mip_active(x, m, e.t)) {
                ganger_mip_add_occupied(x, row, m, e.t, value * loss_of(p, m));
                most = fmax(most, loss_of(p, m));
            }
        }
    }
    return most;
}

static bool renews(const struct ganger_problem *p, int32_t q, int32_t w)
{
    return p->works.renews[w] && p->segments.capacity[q] > 0;
}

/* Works on a segment that renew it: their number, and the last of them. */
static int32_t renewers(const struct ganger_problem *p, int32_t q, int32_t *last)
{
    int32_t count = 0;
    for (int32_t i = p->segments.first_work[q]; i < p->segments.first_work[q + 1]; i++) {
        if (renews(p, q, p->segments.work_list[i])) {
            *last = p->segments.work_list[i];
            count++;
        }
    }
    return count;
}

static bool can_be_done(const struct ganger_mip_programme *x, int32_t w, int32_t t)
{
    const int32_t *first = x->problem->works.first_mode;
    bool can = false;
    for (int32_t m = first[w]; m < first[w + 1]; m++) {
        can = can || ganger_mip_done(x, m, t) != GANGER_NONE;
    }
    return can;
}

/* A column for "some work has renewed the segment by t": of no use to anybody where it is not 1 though it could be. */
static int32_t renewed_column(struct ganger_mip_programme *x, struct effect e)
{
    const struct ganger_problem *p = x->problem;
    int32_t column = ganger_mip_add_column(
        &x->mip,
        (struct ganger_mip_column){.name = {"renewed", {e.segment, e.t, GANGER_NONE}}, .upper = 1});
    int32_t row = ganger_mip_add_row(
        &x->mip, (struct ganger_mip_row){.name = {"renewed", {e.segment, e.t, GANGER_NONE}}});
    ganger_mip_add(&x->mip, row, column, 1);
    for (int32_t i = p->segments.first_work[e.segment]; i < p->segments.first_work[e.segment + 1];
         i++) {
        if (renews(p, e.segment, p->segments.work_list[i])) {
            ganger_mip_add_work_done(x, row, p->segments.work_list[i], e.t, -1);
        }
    }
    return column;
}

/* Adds `value` times the effect's being done. */
static void add_done(struct ganger_mip_programme *x, int32_t row, struct effect e, int32_t renewed,
                     double value)
{
    if (e.work == GANGER_NONE) {
        ganger_mip_add(&x->mip, row, renewed, value);
    } else {
        ganger_mip_add_work_done(x, row, e.work, e.t, value);
    }
}

/* The column of what other works spoil of the effect, or GANGER_NONE if they cannot. */
static int32_t spoilt_column(struct ganger_mip_programme *x, struct effect e, int32_t renewed)
{
    struct ganger_mip_name name = {"spoilt",
                                   {e.segment, e.work == GANGER_NONE ? 0 : e.work + 1, e.t}};
    int64_t before = x->mip.entries;
    int32_t row = ganger_mip_add_row(&x->mip, (struct ganger_mip_row){.name = name});
    double most = add_loss(x, row, e, 1);
    if (x->mip.failed || x->mip.entries == before) {
        ganger_mip_drop_empty(&x->mip, before);
        return GANGER_NONE;
    }
    x->mip.row[row].limit = most;
    add_done(x, row, e, renewed, most);
    int32_t column =
        ganger_mip_add_column(&x->mip, (struct ganger_mip_column){.name = name, .upper = most});
    ganger_mip_add(&x->mip, row, column, -1);
    return column;
}

/* Takes an effect from the left side of a segment's row. Returns the gain, if it can be had by then. */
static double add_effect(struct ganger_mip_programme *x, int32_t row, struct effect e)
{
    bool can = e.work == GANGER_NONE || can_be_done(x, e.work, e.t);
    if (!(e.gain > 0) || !can) {
        return 0;
    }
    int32_t renewed = e.work == GANGER_NONE ? renewed_column(x, e) : GANGER_NONE;
    add_done(x, row, e, renewed, -e.gain);
    ganger_mip_add(&x->mip, row, spoilt_column(x, e, renewed), e.gain);
    return e.gain;
}

/* link - capacity(segment) <= 0, as above. Returns the most that the capacity can be. */
static double add_segment(struct ganger_mip_programme *x, int32_t q, int32_t t)
{
    const struct ganger_problem *p = x->problem;
    double base = p->segments.capacity[q], worn = ganger_capacity_worn_health(p, q, t);
    double most = base * worn;
    if (p->segments.first_work[q] == p->segments.first_work[q + 1]) {
        return most;
    }
    int32_t sole = GANGER_NONE, count = renewers(p, q, &sole);
    int32_t row = ganger_mip_add_row(
        &x->mip, (struct ganger_mip_row){.name = {"line", {q, t, GANGER_NONE}}, .limit = most});
    ganger_mip_add(&x->mip, row, x->link_column[p->segments.link[q]], 1);
    add_loss(x, row, (struct effect){GANGER_NONE, q, t, 0}, base * worn);
    for (int32_t i = p->segments.first_work[q]; i < p->segments.first_work[q + 1]; i++) {
        int32_t w = p->segments.work_list[i];
        double renewal = count == 1 && w == sole ? base * (1 - worn) : 0;
        most += add_effect(x, row, (struct effect){w, q, t, p->works.gain[w] + renewal});
    }
    if (count > 1) {
        most += add_effect(x, row, (struct effect){GANGER_NONE, q, t, base * (1 - worn)});
    }
    return most;
}

void ganger_mip_capacity(struct ganger_mip_programme *x, int32_t t)
{
    const struct ganger_problem *p = x->problem;
    for (int32_t l = 0; l < p->links.count; l++) {
        x->most[l] = INFINITY;
        x->link_column[l] = ganger_mip_add_column(
            &x->mip, (struct ganger_mip_column){.name = {"capacity", {l, t, GANGER_NONE}}});
    }
    for (int32_t q = 0; q < p->segments.count; q++) {
        double *most = &x->most[p->segments.link[q]];
        *most = fmin(*most, add_segment(x, q, t));
    }
    for (int32_t l = 0; !x->mip.failed && l < p->links.count; l++) {
        x->mip.column[x->link_column[l]].upper = x->most[l];
    }
}
