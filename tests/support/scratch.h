/* Folders and files for a test alone, under TMPDIR or where the system keeps such. The test removes them. */
#ifndef GANGER_TESTS_SUPPORT_SCRATCH_H
#define GANGER_TESTS_SUPPORT_SCRATCH_H

/* Room for a path, and for one of a file within such a folder. */
enum { SCRATCH_PATH = 512, SCRATCH_INSIDE = SCRATCH_PATH + 64 };

/* Makes an empty folder, or an empty file, and writes its path; the test fails if that cannot be. */
void scratch_folder(char path[SCRATCH_PATH]);
void scratch_file(char path[SCRATCH_PATH]);

#endif
