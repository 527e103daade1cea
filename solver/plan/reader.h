/*
 * Reading a plan file piece by piece. Private to plan/. Nothing in the file is believed: every rank, size and
 * type is checked before use. A piece that is not what it must be makes a finding under its own name.
 */
#ifndef GANGER_PLAN_READER_H
#define GANGER_PLAN_READER_H

#include "plan/layout.h"

#include <hdf5.h>

enum { GANGER_READER_TEXT = 256 };

struct ganger_plan_reader {
    const struct ganger_problem *problem;
    struct ganger_plan *plan;
    const char *path;
    struct ganger_findings *findings;
    unsigned char *bytes; /* the whole file */
    size_t size;
    hid_t file;
    size_t sizes[GANGER_DIMS];
    bool known[GANGER_DIMS]; /* settled by the problem or by an array read before */
};

/* Adds a finding; returns GANGER_STATUS_INPUT_INVALID. */
ganger_status ganger_reader_refuse(struct ganger_plan_reader *reader, const char *column,
                                   const char *text);

/* The piece can be read, but it is not what was written: remembered in the plan for the referee. */
void ganger_reader_doubt(struct ganger_plan_reader *reader, const char *column, const char *text);

/* "group/name" in `text`. */
const char *ganger_reader_path(char text[GANGER_READER_TEXT], enum ganger_plan_group group,
                               const char *name);

/* Loads and opens the file at `path`, once its bytes are seen to be what was written; whatever comes of it,
 * ganger_reader_close() ends it. */
ganger_status ganger_reader_open(struct ganger_plan_reader *reader);
void ganger_reader_close(struct ganger_plan_reader *reader);
/* The root attribute format_version must be this program's. */
ganger_status ganger_reader_version(struct ganger_plan_reader *reader);

/* Copies of the strings of a one-dimensional dataset, as many as there are; freed by the caller, each and all, even
 * after a failure. */
ganger_status ganger_reader_copy_texts(struct ganger_plan_reader *reader, const char *path,
                                       char ***texts, size_t *count);
/* A text attribute of the root, cut to `size`; false if it is not there. */
bool ganger_reader_word(struct ganger_plan_reader *reader, const char *name, char *text,
                        size_t size);

/* Reads a numeric array of these dimensions, and learns those that are open. Integers come as INT64 or INT32
 * (INT8 too). Memory is made here; *array is freed by the caller even on failure. */
ganger_status ganger_reader_array(struct ganger_plan_reader *reader, const char *path,
                                  enum ganger_netcdf_type type, const int *dims, void **array);
/* The strings of a one-dimensional dataset must be these. */
ganger_status ganger_reader_texts(struct ganger_plan_reader *reader, const char *path,
                                  const char *const *texts, size_t count);

/* A scalar attribute of `object` ("/" for the root), as a `memory`; false if it is not there or of another
 * class. */
bool ganger_reader_number(struct ganger_plan_reader *reader, const char *object, const char *name,
                          hid_t memory, void *value);
/* True if the attribute is there and this text. */
bool ganger_reader_says(struct ganger_plan_reader *reader, const char *object, const char *name,
                        const char *text);

/* Coordinates, names, dates and attributes that follow from the instance and the schedule: other ids and names
 * are refused, the rest is doubted. */
ganger_status ganger_reader_labels(struct ganger_plan_reader *reader);
/* Root attributes that do, read first: whether the file is of this layout and instance. */
ganger_status ganger_reader_words(struct ganger_plan_reader *reader);

#endif
