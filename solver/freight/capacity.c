#include "freight/capacity.h"

static void put_under_way(const struct ganger_problem *p, int32_t w, int32_t start, int32_t finish,
                          double left, double *factor)
{
    int64_t calendar = p->works.calendar[w] + 1;
    const uint8_t *productivity = p->calendars.productivity + calendar * p->time.periods;
    for (int32_t t = start; t < finish; t++) {
        if (productivity[t] > 0 && left < factor[t]) {
            factor[t] = left; /* a paused work gives its line back */
        }
    }
}

void ganger_capacity_segment(const struct ganger_schedule *schedule, int32_t segment,
                             double *standing, double *factor)
{
    const struct ganger_problem *p = schedule->problem;
    int32_t periods = p->time.periods;
    int32_t renewed = periods + 1;
    for (int32_t t = 0; t <= periods; t++) {
        standing[t] = 0;
        factor[t] = 1;
    }
    for (int32_t i = p->segments.first_work[segment]; i < p->segments.first_work[segment + 1];
         i++) {
        int32_t w = p->segments.work_list[i];
        if (schedule->start[w] == GANGER_NONE) {
            continue;
        }
        int32_t finish = schedule->finish[w];
        if (p->works.renews[w] && finish < renewed) {
            renewed = finish;
        }
        for (int32_t t = finish; t <= periods && p->works.gain[w] != 0; t++) {
            standing[t] += p->works.gain[w];
        }
        put_under_way(p, w, schedule->start[w], finish, p->modes.factor[schedule->mode[w]], factor);
    }
    double base = p->segments.capacity[segment];
    for (int32_t t = 0; t < renewed && t <= periods; t++) {
        standing[t] += base * ganger_capacity_worn_health(p, segment, t);
    }
    for (int32_t t = renewed; t <= periods; t++) {
        standing[t] += base;
    }
}
