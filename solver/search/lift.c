#include "search/lift.h"

/* The first finish of a placed work that renews the segment, or `boundaries`. */
static int32_t renewed_at(const struct ganger_island *island, int32_t q)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t renewed = island->model->boundaries;
    for (int32_t i = p->segments.first_work[q]; i < p->segments.first_work[q + 1]; i++) {
        int32_t w = p->segments.work_list[i];
        if (p->works.renews[w] && island->schedule->start[w] != GANGER_NONE &&
            island->schedule->finish[w] < renewed) {
            renewed = island->schedule->finish[w];
        }
    }
    return renewed;
}

/* Renewed by another work already where what stands is base + gains; the work's own renewal lifts a worn base by what it
 * has lost. */
struct ganger_lift ganger_lift_of(const struct ganger_island *island, int32_t work)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t q = p->works.segment[work];
    return (struct ganger_lift){.gain = p->works.gain[work],
                                .base = p->segments.capacity[q],
                                .decay = p->segments.decay[q],
                                .floor = p->segments.floor[q],
                                .years = p->time.years_per_period,
                                .worn = p->works.renews[work] ? renewed_at(island, q) : 0};
}
