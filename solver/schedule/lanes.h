/*
 * Renewables packed into lanes, so that one addition tests all of them at once.
 *
 * A cell is one 32-bit word for one period; it holds four 8-bit, two 16-bit or one 32-bit lane, a lane for
 * a renewable, as wide as its largest capacity asks. A lane of width b holds use + (2^(b-1) - 1 - capacity):
 * adding a demand sets the lane's top bit exactly where the capacity would be exceeded. Where there are more
 * renewables than lanes in a cell there are several planes, one array of cells each.
 *
 * The lanes of a problem are built once and shared; cells belong to whoever schedules.
 */
#ifndef GANGER_SCHEDULE_LANES_H
#define GANGER_SCHEDULE_LANES_H

#include "instance/problem.h"

/* Cells of a plane after the last period: always full, so that whole vectors may be read. */
enum { GANGER_LANES_PADDING = 64 };

struct ganger_lanes {
    int32_t periods, planes;
    int32_t stride;   /* cells of a plane: periods + GANGER_LANES_PADDING */
    int32_t *plane;   /* [renewables] */
    int32_t *shift;   /* [renewables] bits below the lane */
    int32_t *width;   /* [renewables] bits of the lane */
    uint32_t *guard;  /* [planes] the top bit of every lane */
    uint32_t *empty;  /* [planes * stride] cells with nothing placed */
    uint32_t *demand; /* [modes * planes] what a mode adds to a cell */
    bool *hopeless;   /* [modes] asks for more than any period has */
};

/* O(renewables * periods + modes * planes). NULL if memory is short. */
struct ganger_lanes *ganger_lanes_create(const struct ganger_problem *problem);
void ganger_lanes_destroy(struct ganger_lanes *lanes);

/* The use of a renewable (by its row among the renewables) that a cell holds. */
int32_t ganger_lanes_use(const struct ganger_lanes *lanes, const uint32_t *cells, int32_t renewable,
                         int32_t t);

/* Bit t % 64 of bits[t / 64] for `words` words of one plane, from cells[0] on: set where the demand has no
 * room, else left as it is. Words may reach into the padding, never beyond. */
typedef void ganger_lanes_crowd(const uint32_t *cells, uint32_t demand, uint32_t guard,
                                uint64_t *bits, int32_t words);

/* Sets the bits of those periods, from 64 * first_word on, in which `mode` has no room; by the fastest
 * instructions of this processor. Bits beyond the last period say nothing. See also `hopeless`.
 * O(planes used * words). */
void ganger_lanes_crowded(const struct ganger_lanes *lanes, const uint32_t *cells, int32_t mode,
                          int32_t first_word, int32_t words, uint64_t *bits);

#endif
