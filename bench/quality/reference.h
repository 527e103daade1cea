/*
 * What others reached, from a CSV table: the columns set, instance (the file's name, or that without its
 * ending) and best_known; columns that end in _lower_bound hold proven bounds, those that end in _time_s are
 * skipped, and any others are the makespans of other solvers. An empty cell, or inf where no schedule was
 * found, means unknown.
 */
#ifndef GANGER_BENCH_QUALITY_REFERENCE_H
#define GANGER_BENCH_QUALITY_REFERENCE_H

#include "quality/record.h"

struct quality_reference_row {
    char *set, *instance;
    long line;
    double best_known, lower_bound, rivals[QUALITY_RIVALS_MAX];
};

struct quality_reference {
    int rows, rivals;
    struct quality_reference_row *row;     /* sorted by set and instance */
    char *rival_names[QUALITY_RIVALS_MAX]; /* their columns */
};

/* False, with a message, if the table cannot be read or is wrong. Clear in either case. */
bool quality_reference_read(struct quality_reference *reference, const char *path);
void quality_reference_clear(struct quality_reference *reference);

/* Fills what the reference knows about the record's instance, NaN elsewhere. True if it has a row. */
bool quality_reference_apply(const struct quality_reference *reference,
                             struct quality_record *record);

#endif
