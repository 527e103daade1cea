/*
 * Folders of plain files that appear whole or not at all.
 *
 * To write PATH: fill the folder that ganger_folder_aside() makes, close its files, then ganger_folder_commit().
 * If anything fails on the way, ganger_folder_discard(). What was at PATH before stays until the commit.
 */
#ifndef GANGER_BASE_FOLDER_H
#define GANGER_BASE_FOLDER_H

#include "base/status.h"

/* The path without slashes at its end, as a new string; NULL if memory is short. */
char *ganger_folder_name(const char *path);

/* Finds what is in the way at `path` before any work is done, where nothing or an empty folder may be, or, with `known`,
 * a folder of nothing but files whose names it takes. `what` is what such a folder holds, "a data package". */
ganger_status ganger_folder_check(const char *path, bool (*known)(const char *name),
                                  const char *what, struct ganger_findings *findings);

/* Makes the empty folder "PATH.tmp.<process>"; its name in *aside is freed by the caller. */
ganger_status ganger_folder_aside(const char *path, char **aside, struct ganger_findings *findings);

/* Syncs the files of `aside` and renames it to `path`, where nothing or an empty folder may be; with `replace`
 * also a folder of plain files, which are removed. On failure removes `aside`. */
ganger_status ganger_folder_commit(const char *aside, const char *path, bool replace,
                                   struct ganger_findings *findings);

/* Removes what was written aside; `aside` may be NULL. Folders inside stay, and what a symbolic link leads to. */
void ganger_folder_discard(const char *aside);

/* The first name in the folder, "." and ".." apart, that `known` does not take, as a new string; *found is NULL
 * if there is none or no such folder. False, with errno, if the folder cannot be read or memory is short. */
bool ganger_folder_stranger(const char *path, bool (*known)(const char *name), char **found);

#endif
