/* The options of a solve. */
#ifndef GANGER_API_OPTIONS_H
#define GANGER_API_OPTIONS_H

#include "base/status.h"

/* GANGER_STATUS_MISUSE, with a finding, if one is out of range. */
ganger_status ganger_options_check(const struct ganger_options *options,
                                   struct ganger_findings *findings);

#endif
