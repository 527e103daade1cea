/*
 * Patterson's format: integers only, spread over lines in any way.
 *
 *     jobs, renewables; a capacity each; then a job: duration, a demand each, number of successors, successors
 */
#include "instance/classic.h"

static bool read_job(struct ganger_classic *c, int32_t jobs)
{
    const struct ganger_classic_kind count_kind = {"a number of successors", 0, jobs};
    const struct ganger_classic_kind successor_kind = {"a successor", 1, jobs};
    int32_t count = 0;
    if (!ganger_classic_take_mode(c) || !ganger_classic_take_count(c, &count_kind, &count)) {
        return false;
    }
    for (int32_t i = 0; i < count; i++) {
        struct ganger_classic_number successor;
        if (!ganger_classic_take(c, &successor_kind, &successor) ||
            !ganger_classic_add_arc(c, c->job_count - 1, 1, successor)) {
            return false;
        }
    }
    return true;
}

void ganger_classic_read_patterson(struct ganger_classic *c)
{
    static const struct ganger_classic_kind jobs_kind = {"the number of jobs", 1, INT32_MAX};
    int32_t jobs = 0, resources = 0;
    c->format = "Patterson";
    if (!ganger_classic_take_count(c, &jobs_kind, &jobs) ||
        !ganger_classic_take_count(c, &ganger_classic_resources, &resources) ||
        !ganger_classic_take_limits(c, resources) || !ganger_classic_add_project(c, 0)) {
        return;
    }
    for (int32_t job = 0; job < jobs; job++) {
        if (!read_job(c, jobs)) {
            return;
        }
    }
    ganger_classic_take_end(c);
}
