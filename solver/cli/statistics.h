/* What the search did, as a table on standard output. */
#ifndef GANGER_CLI_STATISTICS_H
#define GANGER_CLI_STATISTICS_H

#include <ganger/ganger.h>

void ganger_cli_print_statistics(const struct ganger_statistics *statistics);

#endif
