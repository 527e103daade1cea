/* Profiles of renewables, budgets and rails: where a work may start, and placing and removing it. */
#include "kernels/kernel.h"
#include "quality/memory.h"

#include <stdlib.h>

struct state {
    const struct kernel_yard *yard;
    struct ganger_schedule *schedule;
    uint8_t *allowed;
};

void *kernel_starts_create(const struct kernel_yard *yard)
{
    struct state *state = quality_allocate(1, sizeof *state);
    state->yard = yard;
    state->schedule = ganger_schedule_create(yard->frame);
    if (state->schedule == NULL) {
        quality_out_of_memory();
    }
    ganger_schedule_copy(state->schedule, yard->schedule);
    state->allowed = quality_allocate((size_t)yard->problem->time.periods, 1);
    return state;
}

void kernel_starts_destroy(void *opaque)
{
    struct state *state = opaque;
    ganger_schedule_destroy(state->schedule);
    free(state->allowed);
    free(state);
}

/* All modes of each work in turn, with the others in their places. */
bool kernel_starts_run(void *opaque, struct kernel_tally *tally)
{
    struct state *state = opaque;
    const struct ganger_problem *p = state->yard->problem;
    for (int32_t i = 0; i < state->yard->placements; i++) {
        struct ganger_placement at = state->yard->placement[i];
        ganger_schedule_remove(state->schedule, at.work);
        for (int32_t m = p->works.first_mode[at.work]; m < p->works.first_mode[at.work + 1]; m++) {
            int32_t count = ganger_schedule_starts(state->schedule, m, state->allowed);
            kernel_digest(tally, &count, sizeof count);
            tally->items++;
        }
        ganger_schedule_place(state->schedule, at);
    }
    return true;
}

/* All works out, the last first, and in again. */
bool kernel_place_run(void *opaque, struct kernel_tally *tally)
{
    struct state *state = opaque;
    const struct kernel_yard *yard = state->yard;
    for (int32_t i = yard->placements - 1; i >= 0; i--) {
        ganger_schedule_remove(state->schedule, yard->placement[i].work);
    }
    for (int32_t i = 0; i < yard->placements; i++) {
        ganger_schedule_place(state->schedule, yard->placement[i]);
    }
    tally->items = yard->placements;
    kernel_digest(tally, state->schedule->finish,
                  (size_t)yard->problem->works.count * sizeof *state->schedule->finish);
    return true;
}
