/* Choosing the variants that this processor runs fastest. */
#include "schedule/serial.h"

#include "base/block.h"
#include "schedule/serial_isa.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define KERNEL(isa)                                                                                \
    (struct ganger_serial_kernel)                                                                  \
    {                                                                                              \
#isa, ganger_serial_run_##isa, ganger_serial_begin_##isa, ganger_serial_advance_##isa,     \
            ganger_lanes_crowd_##isa                                                               \
    }

_Static_assert(sizeof(struct ganger_serial_step) == 64, "a step fills one cache line");

static void fill_step(const struct ganger_line_up *up, int32_t mode,
                      struct ganger_serial_step *step)
{
    int32_t w = up->mode_work[mode], duration = up->duration[mode], first = up->first_before[w];
    *step = (struct ganger_serial_step){.demand = up->demand[(int64_t)mode * up->planes],
                                        .duration = duration,
                                        .work = w,
                                        .release = up->release[w],
                                        .tail = up->tail ? up->tail[w] : 0,
                                        .more = first + 4,
                                        .more_to = up->first_before[w + 1]};
    for (int32_t k = 0; k < 4; k++) {
        step->before[k] = up->before[first + k];
    }
    /* Doubling: after each shift a bit stands for a run of `have`. */
    int32_t have = 1;
    for (int32_t k = 0; k < 4; k++) {
        int32_t more = duration - have < have ? duration - have : have;
        step->fold[k] = (uint8_t)(more > 0 ? more : 0);
        have += step->fold[k];
    }
    bool arcs = up->first_arc[w] < up->first_arc[w + 1];
    step->plain = !arcs && duration >= 1 && duration <= 16;
    step->occupied = (uint16_t)(duration < 16 ? (1U << duration) - 1 : UINT16_MAX);
}

struct ganger_serial_step *ganger_serial_steps_create(const struct ganger_line_up *line_up,
                                                      int32_t modes)
{
    struct ganger_serial_step *steps =
        aligned_alloc(64, ((size_t)modes + 1) * sizeof(struct ganger_serial_step));
    for (int32_t mode = 0; steps && mode < modes; mode++) {
        fill_step(line_up, mode, steps + mode);
    }
    return steps;
}

void *ganger_serial_jobs_create(struct ganger_serial_job *jobs, int32_t count, size_t works,
                                size_t cells)
{
    /* Jobs lie a quarter of a page apart, but for whole pages: processors take a load and a store for the same
     * address, and let one wait for the other, if they are equal within a page. */
    enum { page = 4096, apart = page / GANGER_SERIAL_GROUP };
    size_t row = (works + 1) * sizeof(int32_t), lines = 2 * ganger_block_room(row);
    size_t whole = (lines + cells * sizeof(uint32_t) + page - 1) / page * page + apart;
    struct ganger_block_piece *pieces = calloc(3 * (size_t)count + 1, sizeof *pieces);
    for (int32_t i = 0; pieces && i < count; i++) {
        jobs[i] = (struct ganger_serial_job){0};
        pieces[3 * i] = (struct ganger_block_piece){&jobs[i].start, row};
        pieces[3 * i + 1] = (struct ganger_block_piece){&jobs[i].finish, row};
        pieces[3 * i + 2] = (struct ganger_block_piece){&jobs[i].cells, whole - lines};
    }
    void *block = pieces ? ganger_block_create(pieces, 3 * (size_t)count) : NULL;
    free(pieces);
    return block;
}

int32_t ganger_serial_kernels(struct ganger_serial_kernel kernels[3])
{
    int32_t count = 0;
#ifdef GANGER_SERIAL_X86
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("bmi") &&
        __builtin_cpu_supports("bmi2")) {
        kernels[count++] = KERNEL(avx512);
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
        __builtin_cpu_supports("bmi2")) {
        kernels[count++] = KERNEL(avx2);
    }
#endif
    kernels[count++] = KERNEL(portable);
    return count;
}

void ganger_serial_generate(const struct ganger_line_up *line_up, struct ganger_serial_job *jobs,
                            int32_t count)
{
    static _Atomic(ganger_serial_run *) fastest; /* any thread finds the same one */
    ganger_serial_run *run = atomic_load_explicit(&fastest, memory_order_relaxed);
    if (run == NULL) {
        struct ganger_serial_kernel kernels[3];
        ganger_serial_kernels(kernels);
        run = kernels[0].run;
        atomic_store_explicit(&fastest, run, memory_order_relaxed);
    }
    run(line_up, jobs, count);
}

void ganger_serial_begin(struct ganger_serial_lane *lane, int32_t count)
{
    static _Atomic(ganger_serial_begin_lane *) fastest;
    ganger_serial_begin_lane *begin = atomic_load_explicit(&fastest, memory_order_relaxed);
    if (begin == NULL) {
        struct ganger_serial_kernel kernels[3];
        ganger_serial_kernels(kernels);
        begin = kernels[0].begin;
        atomic_store_explicit(&fastest, begin, memory_order_relaxed);
    }
    begin(lane, count);
}

void ganger_serial_advance(struct ganger_serial_lane *lanes)
{
    static _Atomic(ganger_serial_advance_lanes *) fastest;
    ganger_serial_advance_lanes *advance = atomic_load_explicit(&fastest, memory_order_relaxed);
    if (advance == NULL) {
        struct ganger_serial_kernel kernels[3];
        ganger_serial_kernels(kernels);
        advance = kernels[0].advance;
        atomic_store_explicit(&fastest, advance, memory_order_relaxed);
    }
    advance(lanes);
}

void ganger_lanes_crowded(const struct ganger_lanes *lanes, const uint32_t *cells, int32_t mode,
                          int32_t first_word, int32_t words, uint64_t *bits)
{
    static _Atomic(ganger_lanes_crowd *) fastest;
    ganger_lanes_crowd *crowd = atomic_load_explicit(&fastest, memory_order_relaxed);
    if (crowd == NULL) {
        struct ganger_serial_kernel kernels[3];
        ganger_serial_kernels(kernels);
        crowd = kernels[0].crowd;
        atomic_store_explicit(&fastest, crowd, memory_order_relaxed);
    }
    for (int32_t k = 0; k < lanes->planes; k++) {
        uint32_t demand = lanes->demand[(int64_t)mode * lanes->planes + k];
        if (demand != 0) {
            int64_t at = (int64_t)k * lanes->stride + (int64_t)first_word * 64;
            crowd(cells + at, demand, lanes->guard[k], bits, words);
        }
    }
}
