#include "support/scatter.h"

#include "support/test.h"

#include <ganger/ganger.h>
#include <stdlib.h>
#include <string.h>

/* The n-th allowed start. */
static int32_t nth(const uint8_t *allowed, int32_t n)
{
    int32_t start = 0;
    while (!allowed[start] || n-- > 0) {
        start++;
    }
    return start;
}

void scatter(struct ganger_schedule *schedule, struct ganger_rng *rng, int32_t left_out)
{
    const struct ganger_problem *p = schedule->problem;
    uint8_t *allowed = malloc((size_t)p->time.periods + 1);
    for (int32_t tries = 0; allowed && tries < 4 * p->works.count; tries++) {
        int32_t w = ganger_rng_below(rng, p->works.count);
        int32_t modes = p->works.first_mode[w + 1] - p->works.first_mode[w];
        int32_t mode = p->works.first_mode[w] + ganger_rng_below(rng, modes);
        if (schedule->start[w] != GANGER_NONE ||
            (left_out > 0 && ganger_rng_below(rng, left_out) == 0)) {
            continue;
        }
        int32_t count = ganger_schedule_starts(schedule, mode, allowed);
        if (count > 0) {
            int32_t start = nth(allowed, ganger_rng_below(rng, count));
            ganger_schedule_place(schedule, (struct ganger_placement){w, mode, start});
        }
    }
    free(allowed);
}

bool same_schedule(const struct ganger_schedule *a, const struct ganger_schedule *b)
{
    const struct ganger_problem *p = a->problem;
    size_t works = (size_t)p->works.count;
    size_t cells = (size_t)a->frame->lanes->planes * (size_t)a->frame->lanes->stride;
    return a->placed == b->placed && memcmp(a->start, b->start, works * sizeof *a->start) == 0 &&
           memcmp(a->finish, b->finish, works * sizeof *a->finish) == 0 &&
           memcmp(a->mode, b->mode, works * sizeof *a->mode) == 0 &&
           memcmp(a->cells, b->cells, cells * sizeof *a->cells) == 0 &&
           memcmp(a->consumed, b->consumed, (size_t)p->resources.windows * sizeof *a->consumed) ==
               0 &&
           memcmp(a->open_unbuilt, b->open_unbuilt,
                  (size_t)a->frame->unbuilt_count * sizeof *a->open_unbuilt) == 0 &&
           memcmp(a->open_link, b->open_link,
                  (size_t)a->frame->unbuilt_links * sizeof *a->open_link) == 0;
}

struct ganger_problem *read_steppe(void)
{
    struct ganger_problem *problem = NULL;
    CU_ASSERT_EQUAL_FATAL(ganger_problem_read(GANGER_SOURCE "/instances/steppe", &problem, NULL),
                          GANGER_STATUS_OK);
    return problem;
}

bool same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}
