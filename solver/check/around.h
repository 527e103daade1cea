/* Links that freight cannot do without: the referee's own search. Private to check/. */
#ifndef GANGER_CHECK_AROUND_H
#define GANGER_CHECK_AROUND_H

#include "check/facts.h"

/* A demand on a link; demand GANGER_NONE: nothing is asked. */
struct ganger_around {
    int32_t demand, link;
};

/* needed[row * links + l]: no path of the row's demand over its link that costs less than the demand's value goes around
 * link l; true of the link itself. Costs are rounded down, values up. False if memory is short. O(links * links *
 * nodes) for each demand of a row, at worst. */
bool ganger_around_find(const struct ganger_facts *facts, const struct ganger_around *rows,
                        int32_t count, bool *needed, bool *lost);

#endif
