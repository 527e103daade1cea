/*
 * A small data package that tests write to a folder of its own, whole or with one thing changed.
 */
#ifndef GANGER_TESTS_INSTANCE_FIXTURE_H
#define GANGER_TESTS_INSTANCE_FIXTURE_H

#include "instance/read.h"

/* One change: in `file`, the first `find` becomes `replace`. A NULL `find` stands for the whole file, a NULL
 * `replace` deletes the file. */
struct fixture_change {
    const char *file, *find, *replace;
};

/* Writes the package with up to `count` changes and returns its folder, to be given to fixture_remove(). */
char *fixture_write(const struct fixture_change *changes, int count);
void fixture_remove(char *folder);

/* "folder/name", freed by the caller. */
char *fixture_path(const char *folder, const char *name);
void fixture_put(const char *path, const void *data, size_t size);

/* Reads what fixture_write() gives; *text gets the findings, one a line, and is freed by the caller. */
ganger_status fixture_read(const struct fixture_change *changes, int count,
                           struct ganger_problem **problem, char **text);

/* The findings as lines. */
char *fixture_lines(const struct ganger_findings *findings);

/* Reads `size` bytes as a file of that name; *text gets the findings, one a line, without the folder. */
ganger_status fixture_read_file(const char *name, const char *data, size_t size,
                                struct ganger_problem **problem, char **text);

/* The package unchanged; fails the test if it cannot be read. */
struct ganger_problem *fixture_problem(void);

#endif
