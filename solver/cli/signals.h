/*
 * Signals that ask a solve to end: the best plan so far is written.
 */
#ifndef GANGER_CLI_SIGNALS_H
#define GANGER_CLI_SIGNALS_H

#include <stdbool.h>

/* Until here SIGINT and SIGTERM end the program; from here on they ask it to stop, and a SIGINT
 * that finds it already asked ends it at once with code 130. */
void ganger_cli_signals_catch(void);

/* True once a signal asked to stop. May be called on any thread; context is ignored. */
bool ganger_cli_signals_stop(void *context);

#endif
