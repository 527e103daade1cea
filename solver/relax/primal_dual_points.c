#include "relax/primal_dual_parts.h"

#include "base/block.h"

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
           ganger_pd_make(&z->order.opener, openers);
}

void ganger_pd_point_clear(struct ganger_pd_point *z)
{
    double *owned[] = {z->x,        z->flow,     z->y.segment,    z->y.renewable,  z->y.window,
                       z->y.target, z->capacity, z->carried,      z->renewable,    z->window,
                       z->target,   z->y.order,  z->order.waiter, z->order.opener, z->y.closure,
                       z->crossing, z->entry,    z->term,         z->beyond};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
    *z = (struct ganger_pd_point){0};
}

/* to = scale * from, but for what is used. */
void ganger_pd_point_scale(const struct ganger_primal_dual *s, struct ganger_pd_point *to,
                           const struct ganger_pd_point *from, double scale)
{
    const struct ganger_problem *p = s->problem;
    size_t width = ganger_pd_width(s);
    struct {
        double *to;
        const double *from;
        size_t count;
    } parts[] = {
        {to->x, from->x, (size_t)s->columns.count},
        {to->flow, from->flow, (size_t)s->flows.count * width},
        {to->y.segment, from->y.segment, 2 * (size_t)p->segments.count * width},
        {to->y.renewable, from->y.renewable, (size_t)p->resources.renewables * width},
        {to->y.window, from->y.window, (size_t)p->resources.windows},
        {to->y.target, from->y.target, (size_t)p->targets.count},
        {to->y.order, from->y.order, (size_t)s->orders->count * width},
        {to->y.closure, from->y.closure, (size_t)s->rows.rows * width},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        for (size_t k = 0; k < parts[i].count; k++) {
            parts[i].to[k] = scale * parts[i].from[k];
        }
    }
}
