/*
 * "context" of a result: when, with what program and options, and on what kind of machine. The machine's
 * name is left out.
 */
#ifndef GANGER_BENCH_QUALITY_CONTEXT_H
#define GANGER_BENCH_QUALITY_CONTEXT_H

#include "quality/options.h"

#include <jansson.h>

/* `command_line` is a new reference's text, as given by the shell. */
json_t *quality_context_make(const struct quality_options *options, const char *command_line);

/* The arguments with blanks between, quoted where a shell would need it; freed by the caller. */
char *quality_command_line(int argc, char **argv);

#endif
