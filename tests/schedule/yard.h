/*
 * Random small scheduling tasks in plain arrays, for serial generation: no files, no sealed problem. Each
 * work has two modes; mode m belongs to work m % works.
 */
#ifndef GANGER_TESTS_SCHEDULE_YARD_H
#define GANGER_TESTS_SCHEDULE_YARD_H

#include "base/rng.h"
#include "schedule/lanes.h"
#include "schedule/serial.h"

enum { YARD_WORKS = 24, YARD_MODES = 2 * YARD_WORKS, YARD_RENEWABLES = 9, YARD_ARCS = 70 };
enum { YARD_PERIODS = 2200, YARD_USES = YARD_MODES * YARD_RENEWABLES };

struct yard_arc {
    int32_t from, to, lag;
    bool by_start;
};

struct yard_side {
    int32_t first_before[YARD_WORKS + 1], before[YARD_WORKS * 4 + 4 * YARD_ARCS];
    int32_t first_arc[YARD_WORKS + 1], other[YARD_ARCS], lag[YARD_ARCS];
    uint8_t kind[YARD_ARCS];
};

struct yard {
    int32_t works, modes, renewables, periods, arcs;
    bool steady; /* no capacity changes over time, and nothing has an earliest start */
    int32_t duration[YARD_MODES], mode_work[YARD_MODES], release[YARD_WORKS], none[YARD_WORKS];
    int32_t amount[YARD_MODES][YARD_RENEWABLES];
    int32_t capacity[YARD_RENEWABLES][YARD_PERIODS];
    struct yard_arc arc[YARD_ARCS];
    /* What lanes are made of. */
    struct ganger_problem problem;
    int32_t flat[YARD_RENEWABLES * YARD_PERIODS], index[YARD_RENEWABLES];
    int32_t first_use[YARD_MODES + 1], resource[YARD_USES], use[YARD_USES];
    struct ganger_lanes *lanes;
    struct yard_side side[2]; /* forward, mirrored */
    uint32_t *demand;
    struct ganger_serial_step *steps[2];
    struct ganger_line_up line_up[2];
};

/* `wide`: the largest capacities drawn: 0 up to 127, 1 up to 32767, 2 up to 10^9. */
void yard_draw(struct yard *yard, struct ganger_rng *rng, int wide);
/* Fills the rest from the given part (works to arc): problem, lanes, line-ups. False: no memory. */
bool yard_seal(struct yard *yard);
void yard_close(struct yard *yard);

/* A random list: each work once, in one of its modes, after all it must follow in the direction. */
void yard_list(const struct yard *yard, struct ganger_rng *rng, int direction, int32_t *list);

/* Serial generation as its definition reads, period by period. INT32_MAX if a work has no place. */
int32_t yard_generate(const struct yard *yard, int direction, const int32_t *list, int32_t *start);

/* Do starts, in forward time, keep every rule, the horizon apart? mode[] by work. */
bool yard_holds(const struct yard *yard, const int32_t *start, const int32_t *mode);

#endif
