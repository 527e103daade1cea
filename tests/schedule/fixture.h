/* A problem made for one test, with an empty schedule of it. */
#ifndef GANGER_TESTS_SCHEDULE_FIXTURE_H
#define GANGER_TESTS_SCHEDULE_FIXTURE_H

#include "schedule/schedule.h"
#include "support/tiny.h"

struct fixture {
    struct ganger_problem *problem;
    struct ganger_schedule_frame *frame;
    struct ganger_schedule *schedule;
    char starts[64]; /* of the last fixture_starts() */
};

/* A line n0 - n1 of one segment q0 (5 Mt a year) with a demand. */
void fixture_line(struct tiny *tiny, int periods);
/* A repair on q0 with one mode m0 of no cost: `tail` is the work's row from its earliest start
 * on. */
void fixture_work(struct tiny *tiny, const char *id, int duration, const char *tail);
/* Stops the test if the problem cannot be read. */
void fixture_open(struct fixture *f, const struct tiny *tiny);
void fixture_close(struct fixture *f);
/* Allowed starts of a mode as text, a digit a period: "0110". */
const char *fixture_starts(struct fixture *f, int32_t mode);
void fixture_place(struct fixture *f, int32_t work, int32_t start);

#endif
