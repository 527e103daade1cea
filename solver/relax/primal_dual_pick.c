/* Which columns are at hand. Of a work's many ways most pay far less than its best ones, and prices move little from one look to
 * the next: those that cannot catch up until then are left out. What a column lacks, against the best of its work, is
 * compared with the way that this moved since the last look. */
#include "relax/primal_dual_parts.h"

#include "parallel/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A column is at hand if it lacks no more than so many times the farthest that one of its work moved. */
static const double reach = 2;

bool ganger_pd_pick_init(struct ganger_primal_dual *s)
{
    s->columns = s->stock;
    s->at = malloc(((size_t)s->stock.count + 1) * sizeof *s->at);
    s->list = malloc(((size_t)s->stock.count + 1) * sizeof *s->list);
    for (int32_t i = 0; s->at && i < s->stock.count; i++) {
        s->at[i] = i;
    }
    return s->at && s->list && ganger_pd_make(&s->paid, (size_t)s->stock.count);
}

void ganger_pd_pick_clear(struct ganger_primal_dual *s)
{
    free(s->at);
    free(s->list);
    free(s->paid);
    ganger_columns_drop(&s->picked);
}

static void price_job(int32_t job, void *context)
{
    struct ganger_primal_dual *s = context;
    for (int32_t place = s->stock.job[job]; place < s->stock.job[job + 1]; place++) {
        ganger_pd_price_work(s, &s->stock, place, job);
    }
}

static bool in_use(const struct ganger_primal_dual *s, int32_t i)
{
    int32_t at = s->at[i];
    return at != GANGER_NONE && (s->now.x[at] > 0 || s->sum.x[at] > 0 || s->start.x[at] > 0);
}

/* Lists what of a work is to be at hand, from list[count] on, and returns the count with it. */
static int32_t list_work(struct ganger_primal_dual *s, int32_t place, int32_t count)
{
    const struct ganger_columns *c = &s->stock;
    bool must = s->problem->works.mandatory[c->order[place]];
    double best = must ? -INFINITY : 0, was = best, moved = 0;
    for (int32_t i = c->first[place]; i < c->first[place + 1]; i++) {
        best = fmax(best, s->profit[i]);
        was = fmax(was, s->paid[i]);
    }
    for (int32_t i = c->first[place]; i < c->first[place + 1]; i++) {
        moved = fmax(moved, fabs((best - s->profit[i]) - (was - s->paid[i])));
    }
    for (int32_t i = c->first[place]; i < c->first[place + 1]; i++) {
        if (in_use(s, i) || best - s->profit[i] <= reach * moved) {
            s->list[count++] = i;
        }
    }
    return count;
}

/* x of those that stay, in their new places, by way of scratch: these may be farther on as well as farther back. */
static void move_shares(struct ganger_primal_dual *s, double *x, int32_t count)
{
    for (int32_t k = 0; k < count; k++) {
        int32_t at = s->at[s->list[k]];
        s->profit[k] = at == GANGER_NONE ? 0 : x[at];
    }
    memcpy(x, s->profit, (size_t)count * sizeof *x);
}

/* Takes list[0 .. count-1] to hand. */
static bool take(struct ganger_primal_dual *s, int32_t count)
{
    s->columns = s->stock; /* those picked before may go */
    if (!ganger_columns_pick(&s->picked, &s->stock, s->list, count)) {
        return false;
    }
    struct ganger_pd_point *points[] = {&s->now, &s->next, &s->sum, &s->start};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        move_shares(s, points[i]->x, count);
    }
    for (int32_t i = 0; i < s->stock.count; i++) {
        s->at[i] = GANGER_NONE;
    }
    for (int32_t k = 0; k < count; k++) {
        s->at[s->list[k]] = k;
    }
    s->columns = s->picked;
    return true;
}

bool ganger_pd_pick(struct ganger_primal_dual *s, int threads)
{
    int32_t count = 0;
    s->from = &s->now;
    ganger_column_sums_fill(&s->column_sums, &s->stock, &s->now.y);
    ganger_pd_price_gates(s, &s->now, threads);
    ganger_pd_price_energies(s, &s->now);
    ganger_parallel_for(threads, GANGER_COLUMNS_JOBS, price_job, s);
    for (int32_t place = 0; place < s->problem->works.count; place++) {
        count = list_work(s, place, count);
    }
    memcpy(s->paid, s->profit, (size_t)s->stock.count * sizeof *s->paid);
    bool ready =
        !s->looked_over || take(s, count); /* the first time there is nothing to compare with */
    s->looked_over = true;
    return ready;
}
