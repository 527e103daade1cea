/*
 * The line at the terminal while a run goes on, and the failures as they happen.
 */
#ifndef GANGER_BENCH_QUALITY_PROGRESS_H
#define GANGER_BENCH_QUALITY_PROGRESS_H

#include "quality/record.h"

struct quality_progress {
    bool live; /* standard error is a terminal */
    int total, done, failed;
    double gap_sum;
    int gaps, width;
};

void quality_progress_open(struct quality_progress *progress, int total);
/* After an instance has ended; its record knows its reference. */
void quality_progress_step(struct quality_progress *progress, const struct quality_record *record);
void quality_progress_close(struct quality_progress *progress);

#endif
