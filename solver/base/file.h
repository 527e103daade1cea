/*
 * Files: reading one whole, and writing one so that it is complete or not there.
 *
 * To write PATH: fill the file that ganger_file_aside() names, close it, then ganger_file_commit(). If
 * anything fails on the way, ganger_file_discard(). What was at PATH before stays until the commit.
 */
#ifndef GANGER_BASE_FILE_H
#define GANGER_BASE_FILE_H

#include "base/status.h"

#include <stdio.h>

/* Reads a regular file; *data gets a NUL after its *size bytes and is freed by the caller. `shown` is how
 * findings name the file. */
ganger_status ganger_file_load(const char *path, const char *shown, char **data, size_t *size,
                               struct ganger_findings *findings);

/* "PATH.tmp.<process>", in the folder of `path` so that a rename is possible, with nothing there; freed
 * by the caller; NULL if memory is short. */
char *ganger_file_aside(const char *path);

/* Syncs the closed file `aside`, renames it to `path` and syncs the folder. On failure removes `aside`
 * and returns GANGER_STATUS_OUTPUT_FAILED. */
ganger_status ganger_file_commit(const char *aside, const char *path,
                                 struct ganger_findings *findings);

/* All of that for a file that a function fills: false, with errno, if it could not write. */
ganger_status ganger_file_write(const char *path, bool (*fill)(FILE *file, void *context),
                                void *context, struct ganger_findings *findings);

/* Removes what was written aside; `aside` may be NULL. */
void ganger_file_discard(const char *aside);

/* Opens `path` with `flags`, such as O_RDONLY, and has it written to disk; -1 with errno. */
int ganger_file_sync(const char *path, int flags);
/* The same with the folder that `path` lies in, where the file system can do it. */
int ganger_file_sync_folder_of(const char *path);

/* The part of a path after its last slash, borrowed. */
const char *ganger_file_name(const char *path);

#endif
