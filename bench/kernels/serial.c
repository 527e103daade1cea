/* Serial generation of schedules, four lists side by side, for one instruction set. */
#include "schedule/serial.h"
#include "kernels/kernel.h"
#include "micro/workload.h"
#include "quality/memory.h"

#include <stdlib.h>
#include <string.h>

enum { WORKS = 400, LISTS = 16 };

struct state {
    struct micro_set set;
    ganger_serial_run *run;
    struct ganger_serial_job jobs[GANGER_SERIAL_GROUP];
    void *block;
};

static ganger_serial_run *find(const char *name)
{
    struct ganger_serial_kernel found[3];
    int32_t count = ganger_serial_kernels(found);
    for (int32_t i = 0; i < count; i++) {
        if (strcmp(found[i].name, name) == 0) {
            return found[i].run;
        }
    }
    return NULL;
}

static void *create(const char *name)
{
    struct state *state = quality_allocate(1, sizeof *state);
    struct micro_options options = {.generated = WORKS, .lists = LISTS, .seed = KERNEL_SEED};
    state->run = find(name);
    if (!micro_set_generate(&state->set, &options)) {
        kernel_serial_destroy(state);
        return NULL;
    }
    const struct ganger_line_up *up = &state->set.instances[0].model->line_up[GANGER_FORWARD];
    state->block = ganger_serial_jobs_create(state->jobs, GANGER_SERIAL_GROUP, (size_t)up->works,
                                             (size_t)up->planes * (size_t)up->stride);
    if (state->block == NULL) {
        quality_out_of_memory();
    }
    for (int q = 0; q < GANGER_SERIAL_GROUP; q++) {
        memcpy(state->jobs[q].cells, up->empty,
               (size_t)up->planes * (size_t)up->stride * sizeof *up->empty);
    }
    return state;
}

void *kernel_serial_portable_create(const struct kernel_yard *yard)
{
    (void)yard;
    return create("portable");
}

void *kernel_serial_avx2_create(const struct kernel_yard *yard)
{
    (void)yard;
    return create("avx2");
}

void *kernel_serial_avx512_create(const struct kernel_yard *yard)
{
    (void)yard;
    return create("avx512");
}

bool kernel_serial_has_avx2(void)
{
    return find("avx2") != NULL;
}

bool kernel_serial_has_avx512(void)
{
    return find("avx512") != NULL;
}

void kernel_serial_destroy(void *opaque)
{
    struct state *state = opaque;
    micro_set_clear(&state->set);
    free(state->block);
    free(state);
}

bool kernel_serial_run(void *opaque, struct kernel_tally *tally)
{
    struct state *state = opaque;
    const struct micro_instance *instance = &state->set.instances[0];
    const struct ganger_line_up *up = &instance->model->line_up[GANGER_FORWARD];
    for (int64_t i = 0; i < LISTS; i += GANGER_SERIAL_GROUP) {
        for (int q = 0; q < GANGER_SERIAL_GROUP; q++) {
            state->jobs[q].list = instance->lists[GANGER_FORWARD] + (i + q) * up->works;
        }
        state->run(up, state->jobs, GANGER_SERIAL_GROUP);
        for (int q = 0; q < GANGER_SERIAL_GROUP; q++) {
            kernel_digest(tally, &state->jobs[q].makespan, sizeof state->jobs[q].makespan);
        }
    }
    tally->items = LISTS;
    return true;
}
