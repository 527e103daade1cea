#include "freight/capacity.h"

#include "base/wide.h"

/* A paused work gives its line back. */
GANGER_WIDE static void put_under_way(const uint8_t *restrict productivity, int32_t start,
                                      int32_t finish, double left, double *restrict factor)
{
    for (int32_t t = start; t < finish; t++) {
        factor[t] = productivity[t] > 0 && left < factor[t] ? left : factor[t];
    }
}

GANGER_WIDE static void add_gain(double gain, int32_t from, int32_t to, double *restrict standing)
{
    for (int32_t t = from; t < to; t++) {
        standing[t] += gain;
    }
}

/* Where nothing was gained: the base, worn until it is renewed. */
GANGER_WIDE static void set_base(const struct ganger_problem *p, int32_t segment, int32_t renewed,
                                 double *restrict standing)
{
    double base = p->segments.capacity[segment], years = p->time.years_per_period;
    double decay = p->segments.decay[segment], floor = p->segments.floor[segment];
    int32_t boundaries = p->time.periods + 1;
    for (int32_t t = 0; t < renewed; t++) {
        standing[t] = base * ganger_capacity_health(decay, floor, (double)t * years);
    }
    for (int32_t t = renewed; t < boundaries; t++) {
        standing[t] = base;
    }
}

/* The same on top of what was gained. */
GANGER_WIDE static void add_base(const struct ganger_problem *p, int32_t segment, int32_t renewed,
                                 double *restrict standing)
{
    double base = p->segments.capacity[segment], years = p->time.years_per_period;
    double decay = p->segments.decay[segment], floor = p->segments.floor[segment];
    int32_t boundaries = p->time.periods + 1;
    for (int32_t t = 0; t < renewed; t++) {
        standing[t] += base * ganger_capacity_health(decay, floor, (double)t * years);
    }
    for (int32_t t = renewed; t < boundaries; t++) {
        standing[t] += base;
    }
}

GANGER_WIDE static void fill(double value, int32_t count, double *restrict row)
{
    for (int32_t t = 0; t < count; t++) {
        row[t] = value;
    }
}

void ganger_capacity_segment(const struct ganger_schedule *schedule, int32_t segment,
                             double *standing, double *factor)
{
    const struct ganger_problem *p = schedule->problem;
    int32_t periods = p->time.periods;
    int32_t renewed = periods + 1;
    bool gained = false;
    fill(1, periods + 1, factor);
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
        if (p->works.gain[w] != 0) {
            if (!gained) {
                fill(0, periods + 1, standing);
                gained = true;
            }
            add_gain(p->works.gain[w], finish, periods + 1, standing);
        }
        int64_t calendar = p->works.calendar[w] + 1;
        put_under_way(p->calendars.productivity + calendar * periods, schedule->start[w], finish,
                      p->modes.factor[schedule->mode[w]], factor);
    }
    if (gained) {
        add_base(p, segment, renewed, standing);
    } else {
        set_base(p, segment, renewed, standing);
    }
}

GANGER_WIDE static void lower(double *restrict least, const double *restrict row, int32_t count)
{
    for (int32_t t = 0; t < count; t++) {
        least[t] = row[t] < least[t] ? row[t] : least[t];
    }
}

void ganger_capacity_lower(double *least, const double *row, int32_t count)
{
    lower(least, row, count);
}
