/*
 * One CSV table in memory: RFC 4180, any one-byte delimiter, UTF-8 with or without a byte-order mark, line
 * ends of any system, line breaks inside quotes. Only the columns asked for are kept.
 */
#ifndef GANGER_INSTANCE_CSV_H
#define GANGER_INSTANCE_CSV_H

#include "base/status.h"
#include <stdint.h>

/* What to read: at most 64 columns, those with required[i] must be in the header row. */
struct ganger_csv_request {
    const char *path;
    const char *shown; /* the file's name in findings */
    char delimiter;
    int columns;
    const char *const *names;
    const bool *required;
};

struct ganger_csv {
    int32_t rows; /* without the header */
    int columns;
    const char **cells; /* [rows * columns], "" where the file lacks the column */
    long *lines;        /* [rows] 1-based line on which the row starts */
    bool *present;      /* [columns] in the header */
    char *text;         /* what the cells point into */
};

/* Reads the whole table. Findings: unreadable file, bytes that are not UTF-8, bad quoting, a header that
 * lacks a required column or has one twice, rows with too few or too many cells. On failure `csv` is
 * empty. Clear in either case. */
ganger_status ganger_csv_read(struct ganger_csv *csv, const struct ganger_csv_request *request,
                              struct ganger_findings *findings);
void ganger_csv_clear(struct ganger_csv *csv);

static inline const char *ganger_csv_cell(const struct ganger_csv *csv, int32_t row, int column)
{
    return csv->cells[(int64_t)row * csv->columns + column];
}

#endif
