#include "micro/scalar.h"

#include "quality/memory.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

void micro_scalar_init(struct micro_scalar *scalar, const struct ganger_makespan_model *model)
{
    const struct ganger_problem *p = model->problem;
    int32_t renewables = p->resources.renewables;
    scalar->renewables = renewables;
    scalar->capacity = p->resources.capacity;
    scalar->amount =
        quality_allocate((size_t)model->modes * (size_t)renewables + 1, sizeof *scalar->amount);
    for (int32_t m = 0; m < model->modes; m++) {
        int32_t mode = model->problem_mode[m];
        for (int32_t i = p->modes.first_use[mode]; i < p->modes.first_use[mode + 1]; i++) {
            int32_t r = p->resources.renewable_index[p->modes.use_resource[i]];
            if (r != GANGER_NONE) {
                scalar->amount[(int64_t)m * renewables + r] = p->modes.use_amount[i];
            }
        }
    }
}

void micro_scalar_clear(struct micro_scalar *scalar)
{
    free(scalar->amount);
}

static int32_t ready_at(const struct ganger_line_up *up, const struct ganger_serial_job *job,
                        int32_t w, int32_t duration)
{
    int32_t ready = up->release[w];
    for (int32_t i = up->first_before[w]; i < up->first_before[w + 1]; i++) {
        int32_t finish = job->finish[up->before[i]];
        ready = finish > ready ? finish : ready;
    }
    for (int32_t i = up->first_arc[w]; i < up->first_arc[w + 1]; i++) {
        bool by_start = up->arc_kind[i] == GANGER_SERIAL_AFTER_START;
        int32_t at = by_start ? job->start[up->arc_other[i]] : job->finish[up->arc_other[i]];
        at += up->arc_lag[i];
        at -= up->arc_kind[i] == GANGER_SERIAL_FINISH_AFTER ? duration : 0;
        ready = at > ready ? at : ready;
    }
    return ready;
}

static bool fits(const struct micro_scalar *scalar, const int32_t *use, const int32_t *amount,
                 int32_t t, int32_t periods)
{
    for (int32_t r = 0; r < scalar->renewables; r++) {
        int64_t at = (int64_t)r * periods + t;
        if (use[at] + amount[r] > scalar->capacity[at]) {
            return false;
        }
    }
    return true;
}

struct piece {
    const int32_t *amount;
    int32_t duration;
};

/* INT32_MAX if there is no place within the periods. */
static int32_t find(const struct micro_scalar *scalar, const int32_t *use, struct piece piece,
                    int32_t start, int32_t periods)
{
    for (int32_t t = start; t < start + piece.duration; t++) {
        if (start + piece.duration > periods) {
            return INT32_MAX;
        }
        if (!fits(scalar, use, piece.amount, t, periods)) {
            start = t + 1;
        }
    }
    return start < periods ? start : INT32_MAX;
}

static void step(const struct micro_scalar *scalar, const struct ganger_line_up *up,
                 struct ganger_serial_job *job, int32_t mode)
{
    int32_t *use = (int32_t *)job->cells;
    int32_t w = up->mode_work[mode];
    struct piece piece = {scalar->amount + (int64_t)mode * scalar->renewables, up->duration[mode]};
    int32_t start = find(scalar, use, piece, ready_at(up, job, w, piece.duration), up->periods);
    if (start == INT32_MAX) { /* as the kernels do */
        job->makespan = INT32_MAX;
        start = piece.duration = 0;
    }
    for (int32_t r = 0; r < scalar->renewables; r++) {
        for (int32_t t = start; t < start + piece.duration; t++) {
            use[(int64_t)r * up->periods + t] += piece.amount[r];
        }
    }
    job->start[w] = start;
    job->finish[w] = start + piece.duration;
    job->makespan = job->finish[w] > job->makespan ? job->finish[w] : job->makespan;
}

void micro_scalar_run(const struct micro_scalar *scalar, const struct ganger_line_up *line_up,
                      struct ganger_serial_job *job)
{
    int32_t *use = (int32_t *)job->cells;
    int32_t used = job->makespan < line_up->periods ? job->makespan : line_up->periods;
    for (int32_t r = 0; r < scalar->renewables; r++) {
        memset(use + (int64_t)r * line_up->periods, 0, (size_t)used * sizeof *use);
    }
    job->makespan = 0;
    job->finish[line_up->works] = 0;
    for (int32_t i = 0; i < line_up->works; i++) {
        step(scalar, line_up, job, job->list[i]);
    }
}
