#include "api/options.h"

#include "search/model.h"

#include <math.h>

void ganger_options_init(struct ganger_options *options)
{
    *options = (struct ganger_options){0};
}

ganger_status ganger_options_check(const struct ganger_options *options,
                                   struct ganger_findings *findings)
{
    if (options->threads < 0 || isnan(options->time_limit_s)) {
        return ganger_findings_add(findings, GANGER_STATUS_MISUSE, "options", 0, NULL,
                                   "threads must be 0 or more and the time limit a number");
    }
    if (options->islands < 0 || options->islands > GANGER_ISLANDS_MOST) {
        return ganger_findings_add(findings, GANGER_STATUS_MISUSE, "options", 0, NULL,
                                   "islands: %d: expected 0 to %d", options->islands,
                                   GANGER_ISLANDS_MOST);
    }
    return GANGER_STATUS_OK;
}
