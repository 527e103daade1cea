/*
 * Serial schedule generation: works are taken from a list, one after another, and each is placed at the
 * earliest start that its predecessors and the renewables leave.
 *
 * A line-up is what generation needs to know of an instance in one direction of time: the mirrored line-up
 * (successors as predecessors) generates schedules from the end, which is how they are justified to the
 * right. Works are numbered so that predecessors come first in the forward direction.
 *
 * Four lists are generated side by side: the next step of one waits for memory while the others go on (how
 * much that wins, bench/micro tells). The same source is compiled for AVX-512, AVX2 and portable C, chosen
 * when the program runs; all give the same schedules.
 */
#ifndef GANGER_SCHEDULE_SERIAL_H
#define GANGER_SCHEDULE_SERIAL_H

#include "schedule/lanes.h"

enum { GANGER_SERIAL_GROUP = 4 };

enum ganger_serial_arc {
    GANGER_SERIAL_AFTER_FINISH, /* start >= finish of other + lag */
    GANGER_SERIAL_AFTER_START,  /* start >= start of other + lag */
    GANGER_SERIAL_FINISH_AFTER  /* finish >= finish of other + lag */
};

/* What placing a mode needs to know of it, on one cache line. */
struct ganger_serial_step {
    uint32_t demand; /* on the first plane */
    int32_t duration, work, release;
    int32_t before[4];     /* the first predecessors */
    int32_t more, more_to; /* the others: in the line-up's `before` */
    uint8_t fold[4];   /* shifts that turn clear bits into runs as long as the duration, up to 16 */
    uint8_t plain;     /* no arcs, and a duration from 1 to 16 */
    uint16_t occupied; /* as many lowest bits as periods, up to 16 */
    int32_t tail;      /* how long everything takes at least after the finish */
    uint8_t padding[12]; /* to 64 bytes */
};

/* Read-only views; whoever builds a line-up owns the arrays. Modes have their own numbers, works theirs. */
struct ganger_line_up {
    int32_t works, periods, planes, stride; /* planes, stride: see schedule/lanes.h */
    const uint32_t *empty;                  /* [planes * stride] */
    const uint32_t *guard;                  /* [planes] */
    const uint32_t *demand;                 /* [modes * planes] */
    const int32_t *duration;                /* [modes] */
    const int32_t *mode_work;               /* [modes] */
    const int32_t *release;                 /* [works] earliest start */
    const int32_t *tail; /* [works] longest chain after the finish; NULL: not known, 0 */
    /* Predecessors without lag: CSR [works+1]; each row filled up to a multiple of four, at least four, with
     * the number `works`, whose finish is 0. */
    const int32_t *first_before, *before;
    /* All other arcs into a work: CSR [works+1]. */
    const int32_t *first_arc, *arc_other, *arc_lag;
    const uint8_t *arc_kind;                /* enum ganger_serial_arc */
    const struct ganger_serial_step *steps; /* [modes] by ganger_serial_steps_create() */
};

/* The steps of `modes` modes, from everything else in the line-up. Freed with free(). NULL if memory is
 * short. */
struct ganger_serial_step *ganger_serial_steps_create(const struct ganger_line_up *line_up,
                                                      int32_t modes);

/* One list to generate and what comes of it. Scratch is the caller's and is kept between calls. */
struct ganger_serial_job {
    const int32_t *list; /* [works] modes, each work once, predecessors before successors */
    int32_t *start;      /* [works] out */
    int32_t *finish;     /* [works + 1] out; the last is 0 */
    uint32_t *cells;     /* [planes * stride] scratch; the renewables' cells afterwards */
    int32_t makespan;    /* out; INT32_MAX if a work found no place within the periods */
};

/* A job that goes on from a place in its list. Lanes of a group may have line-ups of different directions, of one
 * instance. What came before `at` is in start[], finish[] and cells already. */
struct ganger_serial_lane {
    const struct ganger_line_up *line_up;
    struct ganger_serial_job *job;
    int32_t at, to; /* places in the list: the next, and where to stop */
    int32_t limit;  /* on the makespan; stops where a work and what must follow it cannot keep it */
    int32_t
        least; /* out: no makespan of the list is less, by the last work and what must follow it */
};

/* Arrays for jobs: `works` starts and one more finish, and so many cells, all 0 for the time being; lists are the
 * caller's. Returns what they lie in, freed with free(); NULL if memory is short. */
void *ganger_serial_jobs_create(struct ganger_serial_job *jobs, int32_t count, size_t works,
                                size_t cells);

typedef void ganger_serial_run(const struct ganger_line_up *line_up, struct ganger_serial_job *jobs,
                               int32_t count);

typedef void ganger_serial_begin_lane(struct ganger_serial_lane *lane, int32_t count);
typedef void ganger_serial_advance_lanes(struct ganger_serial_lane *lanes);

/* The generators that this processor can run, fastest first. */
struct ganger_serial_kernel {
    const char *name; /* "avx512", "avx2", "portable" */
    ganger_serial_run *run;
    ganger_serial_begin_lane *begin;
    ganger_serial_advance_lanes *advance;
    ganger_lanes_crowd *crowd;
};
int32_t ganger_serial_kernels(struct ganger_serial_kernel kernels[3]);

/* Generates `count` schedules (any number) with the fastest kernel. cells[] hold line_up->empty up to the
 * horizon only as far as an earlier makespan reached: give fresh cells a copy of `empty` first, and always
 * pass the jobs that the cells were used with before.
 * O(works + arcs + periods scanned) each. */
void ganger_serial_generate(const struct ganger_line_up *line_up, struct ganger_serial_job *jobs,
                            int32_t count);

/* Empties the lane's job and places the first `count` works of its list, which is known to put them at start[] and
 * finish[]. O(count + periods used). */
void ganger_serial_begin(struct ganger_serial_lane *lane, int32_t count);
/* Goes on with a group of lanes: if all have something to do, side by side, until one of them is at its `to` or has
 * `least` above its limit; else one after another. A work without a place counts as beyond any limit. */
void ganger_serial_advance(struct ganger_serial_lane *lanes);

#endif
