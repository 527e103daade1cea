#include "relax/primal_dual_parts.h"

#include "base/block.h"
#include "parallel/parallel.h"

#include <stdlib.h>
#include <string.h>

/* On cache lines of its own: threads write parts of points side by side, and vectors of lanes lie on whole lines. */
bool ganger_pd_make(double **array, size_t count)
{
    struct ganger_block_piece piece = {array, (count + 1) * sizeof **array};
    return ganger_block_create(&piece, 1) != NULL;
}

bool ganger_pd_widen(double **array, size_t from, size_t to)
{
    double *cells;
    if (!ganger_pd_make(&cells, to)) {
        return false;
    }
    if (*array) {
        memcpy(cells, *array, (from < to ? from : to) * sizeof *cells);
    }
    free(*array);
    *array = cells;
    return true;
}

void ganger_pd_renumber(double *rows, size_t width, const int32_t *number, int32_t count)
{
    size_t kept = 0;
    for (int32_t i = 0; i < count; i++) {
        if (number[i] != GANGER_NONE) {
            kept = (size_t)number[i] + 1;
            memmove(rows + (size_t)number[i] * width, rows + (size_t)i * width,
                    width * sizeof *rows);
        }
    }
    memset(rows + kept * width, 0, ((size_t)count - kept) * width * sizeof *rows);
}

bool ganger_pd_point_init(struct ganger_pd_point *z, const struct ganger_primal_dual *s)
{
    const struct ganger_problem *p = s->problem;
    size_t width = ganger_pd_width(s), segments = (size_t)p->segments.count;
    size_t renewables = (size_t)p->resources.renewables;
    size_t orders = (size_t)s->orders->count * width;
    size_t openers = (size_t)s->orders->first[s->orders->count] * width;
    return ganger_pd_make(&z->x, (size_t)s->columns.count) &&
           ganger_pd_make(&z->flow, (size_t)s->path_room * width) &&
           ganger_pd_make(&z->y.segment, 2 * segments * width) &&
           ganger_pd_make(&z->y.renewable, renewables * width) &&
           ganger_pd_make(&z->y.window, (size_t)p->resources.windows) &&
           ganger_pd_make(&z->y.target, (size_t)p->targets.count) &&
           ganger_pd_make(&z->capacity, segments * width) &&
           ganger_pd_make(&z->carried, (size_t)s->graph->arcs * width) &&
           ganger_pd_make(&z->renewable, renewables * width) &&
           ganger_pd_make(&z->window, (size_t)p->resources.windows) &&
           ganger_pd_make(&z->target, (size_t)p->targets.count) &&
           ganger_pd_make(&z->y.order, orders) && ganger_pd_make(&z->order.waiter, orders) &&
           ganger_pd_make(&z->order.opener, openers) &&
           ganger_pd_make(&z->y.energy, (size_t)s->energies->count * width) &&
           ganger_pd_make(&z->need, (size_t)s->energies->count * width) &&
           ganger_pd_make(&z->lacking, (size_t)s->energies->count * width) &&
           ganger_pd_make(&z->credit, (size_t)s->energies->accounts * width);
}

void ganger_pd_point_clear(struct ganger_pd_point *z)
{
    double *owned[] = {z->x,        z->flow,     z->y.segment,    z->y.renewable,  z->y.window,
                       z->y.target, z->capacity, z->carried,      z->renewable,    z->window,
                       z->target,   z->y.order,  z->order.waiter, z->order.opener, z->y.closure,
                       z->crossing, z->entry,    z->term,         z->beyond,       z->y.energy,
                       z->need,     z->lacking,  z->credit};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
    *z = (struct ganger_pd_point){0};
}

/* Arrays of a point: first the solution, then what it uses. */
enum { solution_parts = 9, point_parts = 18 };
struct cells {
    double *at;
    size_t count;
};

static void list_parts(const struct ganger_primal_dual *s, const struct ganger_pd_point *z,
                       struct cells part[point_parts])
{
    const struct ganger_problem *p = s->problem;
    size_t width = ganger_pd_width(s), segments = (size_t)p->segments.count * width;
    size_t renewables = (size_t)p->resources.renewables * width;
    size_t windows = (size_t)p->resources.windows, targets = (size_t)p->targets.count;
    size_t orders = (size_t)s->orders->count * width, rows = (size_t)s->rows.rows * width;
    size_t openers = (size_t)s->orders->first[s->orders->count] * width;
    size_t energies = (size_t)s->energies->count * width;
    struct cells parts[point_parts] = {{z->x, (size_t)s->columns.count},
                                       {z->flow, (size_t)s->flows.count * width},
                                       {z->y.segment, 2 * segments},
                                       {z->y.renewable, renewables},
                                       {z->y.window, windows},
                                       {z->y.target, targets},
                                       {z->y.order, orders},
                                       {z->y.closure, rows},
                                       {z->y.energy, energies},
                                       {z->capacity, segments},
                                       {z->carried, (size_t)s->graph->arcs * width},
                                       {z->renewable, renewables},
                                       {z->window, windows},
                                       {z->target, targets},
                                       {z->order.waiter, orders},
                                       {z->order.opener, openers},
                                       {z->beyond, rows},
                                       {z->lacking, energies}};
    memcpy(part, parts, sizeof parts);
}

void ganger_pd_point_scale(const struct ganger_primal_dual *s, struct ganger_pd_point *to,
                           const struct ganger_pd_point *from, double scale)
{
    struct cells target[point_parts], source[point_parts];
    list_parts(s, to, target);
    list_parts(s, from, source);
    for (size_t i = 0; i < solution_parts; i++) {
        for (size_t k = 0; k < source[i].count; k++) {
            target[i].at[k] = scale * source[i].at[k];
        }
    }
}

/* A step's points, and how it is taken. */
struct taking {
    struct cells now[point_parts], next[point_parts], sum[point_parts];
    double length, beyond;
};

static void take_share(int32_t job, void *context)
{
    const struct taking *t = context;
    for (size_t i = 0; i < point_parts; i++) {
        size_t from = t->now[i].count * (size_t)job / GANGER_PD_ROW_JOBS;
        size_t to = t->now[i].count * ((size_t)job + 1) / GANGER_PD_ROW_JOBS;
        double *now = t->now[i].at, *sum = t->sum[i].at;
        const double *next = t->next[i].at;
        for (size_t k = from; i < solution_parts && k < to; k++) {
            sum[k] += t->length * next[k];
        }
        for (size_t k = from; k < to; k++) {
            now[k] = next[k] + t->beyond * (next[k] - now[k]);
        }
    }
}

void ganger_pd_take_step(struct ganger_primal_dual *s, double length, double beyond, int threads)
{
    struct taking taking = {.length = length, .beyond = beyond};
    list_parts(s, &s->now, taking.now);
    list_parts(s, &s->next, taking.next);
    list_parts(s, &s->sum, taking.sum);
    ganger_parallel_for(threads, GANGER_PD_ROW_JOBS, take_share, &taking);
}
