/*
 * Whether works can be done at all, each as if it were alone with its predecessors. Needs a sealed problem.
 */
#ifndef GANGER_INSTANCE_FITS_H
#define GANGER_INSTANCE_FITS_H

#include "base/status.h"
#include "instance/read.h"

/* Earliest times that resources, calendars, deadlines and predecessors allow to a work on its own; a true
 * lower bound for every plan. */
struct ganger_fits {
    int32_t *start;  /* [works] or GANGER_NONE where the work can never be done */
    int32_t *finish; /* [works] least finish over modes and starts */
    int32_t *
        ready; /* [works] what the predecessors alone allow; GANGER_NONE if one can never be done */
};

/* False if memory is short. O(modes * periods * uses) at worst, near O(modes) when nothing is scarce. */
bool ganger_fits_init(struct ganger_fits *fits, const struct ganger_problem *problem);
void ganger_fits_clear(struct ganger_fits *fits);

/* Why work `work`, which has no start, has none; written to `text`. */
void ganger_fits_explain(const struct ganger_fits *fits, const struct ganger_problem *problem,
                         int32_t work, char *text, size_t size);

/* needed[w]: mandatory, or a needed work waits for it. `needed` holds works entries. */
void ganger_fits_needed(const struct ganger_problem *problem, bool *needed);

/* reachable[k]: a path leads from demand k's origin to its destination along links whose every segment has
 * capacity, or, with `built`, gets some from a work. False if memory is short. */
bool ganger_fits_paths(const struct ganger_problem *problem, bool built, bool *reachable);

/* openable[q]: rule 4 lets rails reach segment q some day. False if memory is short. */
bool ganger_fits_rails(const struct ganger_problem *problem, bool *openable);

#endif
