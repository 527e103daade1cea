/* The instance "steppe" and a plan full of numbers, not meant to be feasible: for what only files need. */
#ifndef GANGER_TESTS_PLAN_SAMPLE_H
#define GANGER_TESTS_PLAN_SAMPLE_H

#include "plan/plan.h"
#include "support/scratch.h"
#include "support/test.h"

struct sample {
    struct ganger_problem *problem;
    struct ganger_plan *plan;
    char folder[SCRATCH_PATH],
        path[SCRATCH_INSIDE]; /* a folder of its own, and where a plan file may be put in it */
};

void sample_open(struct sample *sample);
/* Removes the folder, which must hold nothing but the plan file. */
void sample_close(struct sample *sample);

/* Reads a whole file; freed by the caller. */
char *sample_bytes(const char *path, size_t *size);
void sample_put(const char *path, const char *bytes, size_t size);

extern const struct ganger_suite file_suite, hostile_suite, repeat_suite, report_suite;

#endif
