/*
 * The source of serial generation, included by one file for each instruction set after it defined
 *
 *   GANGER_KERNEL(name)   the external name of this variant of a function
 *   SPAN                  how many periods one test covers, at most 64
 *   crowded(cells, demand, guard)  bit k set where cells[k] has no room, k < SPAN
 *   occupy(cells, demand, periods) adds the demand to the first `periods` cells
 */
#include "schedule/serial.h"

#include <limits.h>

static inline int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Earliest start by predecessors; rows of `before` are whole fours, so that nothing branches. */
static inline int32_t ready_at(const struct ganger_line_up *up, const int32_t *finish, int32_t w)
{
    const int32_t *row = up->before + up->first_before[w];
    const int32_t *end = up->before + up->first_before[w + 1];
    int32_t ready = up->release[w];
    do {
        int32_t a = later(finish[row[0]], finish[row[1]]);
        int32_t b = later(finish[row[2]], finish[row[3]]);
        ready = later(ready, later(a, b));
        row += 4;
    } while (row < end);
    return ready;
}

static inline int32_t ready_by_arcs(const struct ganger_line_up *up,
                                    const struct ganger_serial_job *job, int32_t w,
                                    int32_t duration)
{
    int32_t ready = 0;
    for (int32_t i = up->first_arc[w]; i < up->first_arc[w + 1]; i++) {
        int32_t other = up->arc_other[i];
        int32_t at =
            up->arc_kind[i] == GANGER_SERIAL_AFTER_START ? job->start[other] : job->finish[other];
        at -= up->arc_kind[i] == GANGER_SERIAL_FINISH_AFTER ? duration : 0;
        ready = later(ready, at + up->arc_lag[i]);
    }
    return ready;
}

/* Bits k of a run of `length` clear bits of `bad` that begins in k, within the lowest SPAN bits. Doubling:
 * after each step a bit stands for a run of `have`. */
static inline uint64_t runs(uint64_t bad, int32_t length)
{
    uint64_t clear = ~bad & (UINT64_MAX >> (64 - SPAN));
    int32_t have = 1;
    for (int step = 0; step < 5; step++) { /* 2^5: runs up to 32 */
        int32_t more = length - have < have ? length - have : have;
        clear &= clear >> more;
        have += more;
    }
    return clear;
}

static inline uint64_t crowded_planes(const struct ganger_line_up *up, const uint32_t *cells,
                                      const uint32_t *demand, int32_t planes)
{
    uint64_t bad = crowded(cells, demand[0], up->guard[0]);
    for (int32_t k = 1; k < planes; k++) {
        bad |=
            demand[k] != 0 ? crowded(cells + (int64_t)k * up->stride, demand[k], up->guard[k]) : 0;
    }
    return bad;
}

/* Long works: every crowded period throws the start to behind it. */
static int32_t find_long(const struct ganger_line_up *up, const uint32_t *cells, int32_t mode,
                         int32_t from)
{
    const uint32_t *demand = up->demand + (int64_t)mode * up->planes;
    int32_t duration = up->duration[mode];
    int32_t start = from;
    for (int32_t t = from; t < start + duration && start + duration <= up->periods;) {
        uint64_t bad = crowded_planes(up, cells + t, demand, up->planes);
        int32_t rest = start + duration - t;
        bad &= rest < SPAN ? (UINT64_C(1) << rest) - 1 : UINT64_MAX;
        if (bad != 0) {
            start = t + 64 - __builtin_clzll(bad);
            t = start;
        } else {
            t += SPAN;
        }
    }
    return start + duration <= up->periods ? start : INT32_MAX;
}

static inline int32_t find(const struct ganger_line_up *up, const uint32_t *cells, int32_t mode,
                           int32_t from, int32_t planes)
{
    const uint32_t *demand = up->demand + (int64_t)mode * planes;
    int32_t duration = up->duration[mode];
    if (duration > SPAN / 2) {
        return find_long(up, cells, mode, from);
    }
    for (int32_t t = from; t + duration <= up->periods; t += SPAN + 1 - duration) {
        uint64_t found = runs(crowded_planes(up, cells + t, demand, planes), duration);
        if (found != 0) {
            return t + __builtin_ctzll(found);
        }
    }
    return INT32_MAX;
}

/* One work of one list. */
static inline void step(const struct ganger_line_up *up, struct ganger_serial_job *job, int32_t i,
                        int32_t planes)
{
    int32_t mode = job->list[i];
    int32_t w = up->mode_work[mode];
    int32_t duration = up->duration[mode];
    int32_t start = ready_at(up, job->finish, w);
    if (up->first_arc[w] < up->first_arc[w + 1]) {
        start = later(start, ready_by_arcs(up, job, w, duration));
    }
    if (duration > 0) {
        start = find(up, job->cells, mode, start, planes);
        if (start == INT32_MAX) { /* no place: the rest is generated in vain, at harmless times */
            job->makespan = INT32_MAX;
            start = 0;
            duration = 0;
        }
        const uint32_t *demand = up->demand + (int64_t)mode * planes;
        for (int32_t k = 0; k < planes; k++) {
            occupy(job->cells + (int64_t)k * up->stride + start, demand[k], duration);
        }
    } else if (start >= up->periods) { /* a milestone starts in a period too */
        job->makespan = INT32_MAX;
        start = 0;
    }
    job->start[w] = start;
    job->finish[w] = start + duration;
    job->makespan = later(job->makespan, start + duration);
}

/* Cells beyond what the last schedule in them used are empty still. */
static void wipe(const struct ganger_line_up *up, struct ganger_serial_job *job)
{
    int32_t used = job->makespan < up->periods ? job->makespan : up->periods;
    for (int32_t k = 0; k < up->planes; k++) {
        int64_t plane = (int64_t)k * up->stride;
        for (int32_t t = 0; t < used; t++) {
            job->cells[plane + t] = up->empty[plane + t];
        }
    }
    job->makespan = 0;
    job->finish[up->works] = 0;
}

static inline void generate_planes(const struct ganger_line_up *up, struct ganger_serial_job *jobs,
                                   int32_t count, int32_t planes)
{
    int32_t done = 0;
    for (; done + GANGER_SERIAL_GROUP <= count; done += GANGER_SERIAL_GROUP) {
        struct ganger_serial_job group[GANGER_SERIAL_GROUP];
        for (int q = 0; q < GANGER_SERIAL_GROUP; q++) {
            wipe(up, jobs + done + q);
            group[q] = jobs[done + q];
        }
        for (int32_t i = 0; i < up->works; i++) {
            step(up, &group[0], i, planes);
            step(up, &group[1], i, planes);
            step(up, &group[2], i, planes);
            step(up, &group[3], i, planes);
        }
        for (int q = 0; q < GANGER_SERIAL_GROUP; q++) {
            jobs[done + q].makespan = group[q].makespan;
        }
    }
    for (; done < count; done++) {
        struct ganger_serial_job job;
        wipe(up, jobs + done);
        job = jobs[done];
        for (int32_t i = 0; i < up->works; i++) {
            step(up, &job, i, planes);
        }
        jobs[done].makespan = job.makespan;
    }
}

void GANGER_KERNEL(serial_run)(const struct ganger_line_up *up, struct ganger_serial_job *jobs,
                               int32_t count)
{
    if (up->planes == 1) {
        generate_planes(up, jobs, count, 1);
    } else {
        generate_planes(up, jobs, count, up->planes);
    }
}

void GANGER_KERNEL(lanes_crowd)(const uint32_t *cells, uint32_t demand, uint32_t guard,
                                uint64_t *bits, int32_t words)
{
    for (int32_t i = 0; i < words; i++, cells += 64) {
        uint64_t bad = 0;
        for (int k = 0; k < 64; k += SPAN) {
            bad |= crowded(cells + k, demand, guard) << k;
        }
        bits[i] |= bad;
    }
}
