/* What a plan file says about works, read without its instance. */
#ifndef GANGER_PLAN_EARLIER_H
#define GANGER_PLAN_EARLIER_H

#include "base/status.h"

#include <stdint.h>

struct ganger_earlier {
    int32_t works;
    char **id;
    int32_t *start, *mode; /* [works] period and position among its modes; -1: not done */
    int64_t start_day;     /* days from 1970-01-01 to the first day of period 0 */
    int32_t period_days;
};

/* Reads a plan of any instance. A file that is damaged, of another format or no plan is refused. */
ganger_status ganger_earlier_read(const char *path, struct ganger_earlier *earlier,
                                  struct ganger_findings *findings);
void ganger_earlier_clear(struct ganger_earlier *earlier);

#endif
