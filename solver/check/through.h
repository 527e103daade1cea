/*
 * Links that all freight of some demands on an arc passes in one and the same direction. What such a link's segment carries in a
 * direction is then the most that all of them together bring over the arc. That no path goes around the link (around.h) would
 * not be enough: one path may take it there and another one back, and each direction has the whole capacity. Private to check/.
 */
#ifndef GANGER_CHECK_THROUGH_H
#define GANGER_CHECK_THROUGH_H

#include "check/facts.h"

struct ganger_through {
    const int32_t *demand; /* [demands] */
    int32_t demands;
    int32_t arc; /* 2*link + direction */
    int32_t
        link; /* that freight of all these demands on the arc passes, in one of its directions */
};

/* holds[i]: every path of a demand of row i over its arc - and not back over it - that costs less than the demand's value takes
 * the link in the same direction; true of the arc's own link. Costs are rounded down, values up. False if memory is short.
 * O(links * nodes) at worst, mostly O(links), for each pair of link and arc asked for and each origin and destination. */
bool ganger_through_find(const struct ganger_facts *facts, const struct ganger_through *rows,
                         int32_t count, bool *holds, bool *lost);

#endif
