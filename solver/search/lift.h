/* What a work lifts its segment by once it is done, the island's plan being otherwise as it is. */
#ifndef GANGER_SEARCH_LIFT_H
#define GANGER_SEARCH_LIFT_H

#include "search/island.h"

/* A segment with a work done: it gains, and until `worn` its base is as new, `years` a period wearing it else. */
struct ganger_lift {
    double gain, base, decay, floor, years;
    int32_t
        worn; /* boundary from which another work has renewed it already; 0 if this work renews nothing */
};

/* Of a work that is not placed, on a segment. */
struct ganger_lift ganger_lift_of(const struct ganger_island *island, int32_t work);

#endif
