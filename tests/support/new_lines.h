/* New lines for tests of the railhead: three segments in a row that begin at an old line, and from their far end one
 * line of a segment to the east and one as a branch. A work builds each, for nothing. */
#ifndef GANGER_TESTS_SUPPORT_NEW_LINES_H
#define GANGER_TESTS_SUPPORT_NEW_LINES_H

#include "instance/problem.h"

enum { NEW_WEST_0, NEW_WEST_1, NEW_WEST_2, NEW_EAST, NEW_BRANCH, NEW_LINE_WORKS };

/* Works last so long. NULL if it cannot be read. */
struct ganger_problem *new_lines(int periods);

#endif
