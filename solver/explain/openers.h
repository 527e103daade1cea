/*
 * Which build works can bring rails to a segment: a work that builds there is done no sooner than one of them. What must be
 * built because other lines lie beyond it follows from that.
 */
#ifndef GANGER_EXPLAIN_OPENERS_H
#define GANGER_EXPLAIN_OPENERS_H

#include "schedule/schedule.h"

struct ganger_openers {
    int32_t *first; /* CSR [works + 1] into work */
    int32_t *work;  /* build works next to the segment of a build work */
    bool *closed;   /* [works] no rails lead to it from the start: it needs one of its openers */
};

/* False if memory is short. O(works * works on the segments around each). */
bool ganger_openers_init(struct ganger_openers *openers, const struct ganger_schedule_frame *frame);
void ganger_openers_clear(struct ganger_openers *openers);

#endif
