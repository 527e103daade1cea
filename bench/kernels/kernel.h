/*
 * Kernels: pieces of the program that are run alone, on data of their own, and measured.
 *
 * One iteration does the same work each time it is run, on any machine: what it counts is a figure without noise, and so
 * are the instructions it takes with one compiler and one set of libraries.
 */
#ifndef GANGER_BENCH_KERNELS_KERNEL_H
#define GANGER_BENCH_KERNELS_KERNEL_H

#include "kernels/yard.h"

#include <stddef.h>

/* What one iteration did. */
struct kernel_tally {
    int64_t items;   /* what the kernel says its items are */
    int64_t pivots;  /* of the simplex method */
    int64_t bytes;   /* written or read */
    uint64_t digest; /* of all that came out */
};

struct kernel {
    const char *name; /* "cuts/shift" */
    const char *item; /* "a link's change" */
    /* Data on top of the yard's; NULL, with a message, if that failed. The yard outlives it. */
    void *(*create)(const struct kernel_yard *yard);
    /* False, with a message, if something failed. `tally` comes zeroed. */
    bool (*run)(void *state, struct kernel_tally *tally);
    void (*destroy)(void *state);
    bool (*available)(void); /* NULL: on every processor */
};

/* All kernels, ordered by name; the list ends with a name NULL. */
extern const struct kernel kernels[];

/* Mixes bytes into the digest. */
void kernel_digest(struct kernel_tally *tally, const void *data, size_t size);

/* calibrate.c: loops that no change of the solver touches. They tell how fast the machine is at the moment. */
void *kernel_alu_create(const struct kernel_yard *yard);
bool kernel_alu_run(void *state, struct kernel_tally *tally);
void *kernel_memory_create(const struct kernel_yard *yard);
bool kernel_memory_run(void *state, struct kernel_tally *tally);

/* resources.c */
void *kernel_starts_create(const struct kernel_yard *yard);
bool kernel_starts_run(void *state, struct kernel_tally *tally);
bool kernel_place_run(void *state, struct kernel_tally *tally);
void kernel_starts_destroy(void *state);

/* serial.c: the same lists for each instruction set. */
void *kernel_serial_portable_create(const struct kernel_yard *yard);
void *kernel_serial_avx2_create(const struct kernel_yard *yard);
void *kernel_serial_avx512_create(const struct kernel_yard *yard);
bool kernel_serial_run(void *state, struct kernel_tally *tally);
void kernel_serial_destroy(void *state);
bool kernel_serial_has_avx2(void);
bool kernel_serial_has_avx512(void);

/* cuts.c: the filter of price cuts. */
void *kernel_cuts_create(const struct kernel_yard *yard);
bool kernel_cuts_evaluate_run(void *state, struct kernel_tally *tally);
bool kernel_cuts_least_run(void *state, struct kernel_tally *tally);
bool kernel_cuts_shift_run(void *state, struct kernel_tally *tally);
void kernel_cuts_destroy(void *state);

/* network.c: shortest paths, and the linear programme of a period solved again and again. */
void *kernel_paths_create(const struct kernel_yard *yard);
bool kernel_paths_run(void *state, struct kernel_tally *tally);
void kernel_paths_destroy(void *state);
void *kernel_lp_create(const struct kernel_yard *yard);
bool kernel_lp_run(void *state, struct kernel_tally *tally);
void kernel_lp_destroy(void *state);

/* files.c */
void *kernel_pack_create(const struct kernel_yard *yard);
bool kernel_pack_run(void *state, struct kernel_tally *tally);
void *kernel_plan_create(const struct kernel_yard *yard);
bool kernel_plan_run(void *state, struct kernel_tally *tally);
void *kernel_load_packed_create(const struct kernel_yard *yard);
void *kernel_load_tables_create(const struct kernel_yard *yard);
bool kernel_load_run(void *state, struct kernel_tally *tally);
bool kernel_generate_run(void *state, struct kernel_tally *tally);
void kernel_files_destroy(void *state);

#endif
