/* A programme cut into regions, one for each island, along parallel lines on the map that turn from round to round. */
#ifndef GANGER_SEARCH_REGIONS_H
#define GANGER_SEARCH_REGIONS_H

#include "instance/problem.h"

struct ganger_region_work {
    double place;
    int32_t work;
};

struct ganger_regions {
    int32_t count;                   /* works */
    int32_t *works;                  /* [count] by region */
    struct ganger_region_work *sort; /* [count] scratch */
};

bool ganger_regions_init(struct ganger_regions *regions, const struct ganger_problem *problem);
void ganger_regions_clear(struct ganger_regions *regions);
/* As many works in each region as in any other; works without a segment are spread evenly. */
void ganger_regions_cut(struct ganger_regions *regions, const struct ganger_problem *problem,
                        int64_t round);
/* The works of region 0 .. parts-1. */
void ganger_regions_view(const struct ganger_regions *regions, int32_t parts, int32_t region,
                         const int32_t **works, int32_t *count);

#endif
