/* Between large.c, which plans, and large_freight.c, which values plans. */
#ifndef GANGER_SEARCH_LARGE_PARTS_H
#define GANGER_SEARCH_LARGE_PARTS_H

#include "search/large.h"
#include "search/moments.h"
#include "search/regions.h"

struct ganger_large {
    struct ganger_run *run;
    struct ganger_archipelago *archipelago;
    const struct ganger_search_model *model;
    struct ganger_regions regions;
    struct ganger_moments moments;
    struct ganger_schedule *empty, *base; /* base: the plan that a round begins with */
    struct ganger_schedule *kept;         /* the best plan by its guess (haulage.h) */
    double guess;                         /* what that says */
    double *capacity, *relaxed;           /* [links * boundaries] expected; in the relaxation */
    double temperature, trust;
    bool solves;                     /* there is work enough for LPs of the best plan */
    int64_t turn_ticks, round_ticks; /* of an island in a round; of the last round */
    int64_t begin;                   /* ticks at the first plan */
};

enum ganger_haul_end {
    GANGER_HAUL_FAILED,
    GANGER_HAUL_BROKEN_OFF,
    GANGER_HAUL_WORSE,
    GANGER_HAUL_BETTER
};

/* The traffic of island 0's plan, whose guess says whether it is better; the result's if more of it is shown to fit. */
enum ganger_haul_end ganger_large_haul(struct ganger_large *large, int32_t iterations);
/* The end of a round: most are judged by some boundaries alone, and only now and then all freight is settled and the plan may
 * become the result's. The next round begins with the plan that is kept, and believes more or less of its outlook. False if
 * memory is short. */
bool ganger_large_haul_round(struct ganger_large *large, int32_t iterations);
/* Settles the moments on what stands with island 0's plan, and adds the paths that it lacks. False if memory is short. */
bool ganger_large_settle_plan(struct ganger_large *large, int32_t iterations);
/* The best plan's freight as closely as there is work for: settled once, then by LPs, and the rest goes to the bound; or
 * settled further and further. False if memory is short. */
bool ganger_large_settle(struct ganger_large *large);

#endif
