/*
 * Files and streams that the program writes to.
 */
#ifndef GANGER_CLI_OUTPUT_H
#define GANGER_CLI_OUTPUT_H

#include <stdbool.h>

/* Makes sure that file descriptors 0 to 2 are taken: else a file opened later could get the number
 * of a closed standard stream and receive its text. */
void ganger_cli_streams_guard(void);

/* Closes standard output; false, with a message, if something written to it was lost. */
bool ganger_cli_stdout_close(void);

/* True if a file can be put at `path`, so that a long solve does not end in vain; else false, with
 * a message. What belongs to `instance`, which may be NULL, is never a place for output. */
bool ganger_cli_output_check(const char *path, const char *instance);

#endif
