#include "search/regions.h"

#include <math.h>
#include <stdlib.h>

/* The golden section of half a turn: directions of few rounds are never close to each other. */
static const double turn = 3.14159265358979 * 0.6180339887498949;

bool ganger_regions_init(struct ganger_regions *regions, const struct ganger_problem *problem)
{
    size_t works = (size_t)problem->works.count + 1;
    *regions = (struct ganger_regions){.count = problem->works.count};
    regions->works = malloc(works * sizeof *regions->works);
    regions->sort = malloc(works * sizeof *regions->sort);
    return regions->works && regions->sort;
}

void ganger_regions_clear(struct ganger_regions *regions)
{
    free(regions->works);
    free(regions->sort);
    *regions = (struct ganger_regions){0};
}

static int compare(const void *left, const void *right)
{
    const struct ganger_region_work *a = left, *b = right;
    if (a->place != b->place) {
        return a->place < b->place ? -1 : 1;
    }
    return a->work < b->work ? -1 : 1;
}

void ganger_regions_cut(struct ganger_regions *regions, const struct ganger_problem *problem,
                        int64_t round)
{
    const struct ganger_problem *p = problem;
    double angle = turn * (double)round, along = cos(angle), across = sin(angle);
    for (int32_t w = 0; w < regions->count; w++) {
        int32_t q = p->works.segment[w];
        int32_t node = q == GANGER_NONE ? w % p->nodes.count : p->links.from[p->segments.link[q]];
        regions->sort[w].place = along * p->nodes.x[node] + across * p->nodes.y[node];
        regions->sort[w].work = w;
    }
    qsort(regions->sort, (size_t)regions->count, sizeof *regions->sort, compare);
    for (int32_t i = 0; i < regions->count; i++) {
        regions->works[i] = regions->sort[i].work;
    }
}

void ganger_regions_view(const struct ganger_regions *regions, int32_t parts, int32_t region,
                         const int32_t **works, int32_t *count)
{
    int64_t all = regions->count;
    int32_t first = (int32_t)(all * region / parts);
    *works = regions->works + first;
    *count = (int32_t)(all * (region + 1) / parts) - first;
}
