/* New lines for tests of the railhead: three segments in a row that begin at an old line, and from their far end one
 * line of a segment to the east and one as a branch. A work builds each, for nothing. */
#ifndef GANGER_TESTS_SUPPORT_NEW_LINES_H
#define GANGER_TESTS_SUPPORT_NEW_LINES_H

#include "base/rng.h"
#include "instance/problem.h"

enum { NEW_WEST_0, NEW_WEST_1, NEW_WEST_2, NEW_EAST, NEW_BRANCH, NEW_LINE_WORKS };

/* Works last so long. NULL if it cannot be read. */
struct ganger_problem *new_lines(int periods);

/* A new line of some segments between two old nodes, and a work for each, in one or two modes; some follow a calendar with a
 * pause, seldom one takes no time. */
struct ganger_problem *new_line_between(struct ganger_rng *rng, int segments, int periods);

#endif
