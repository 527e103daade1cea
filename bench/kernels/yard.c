#include "kernels/yard.h"

#include "cli/message.h"
#include "freight/capacity.h"
#include "quality/memory.h"

#include <math.h>
#include <stdlib.h>

/* Of the starts allowed, one of the first so many: spread out, as works are over the years. */
enum { EARLY = 400 };

static int32_t choose_start(const uint8_t *allowed, int32_t count, struct ganger_rng *rng)
{
    int32_t wanted = ganger_rng_below(rng, count < EARLY ? count : EARLY), t = 0;
    for (; allowed[t] == 0 || wanted > 0; t++) {
        wanted -= allowed[t] != 0;
    }
    return t;
}

static void fill_schedule(struct kernel_yard *yard)
{
    const struct ganger_problem *p = yard->problem;
    struct ganger_rng rng;
    ganger_rng_init(&rng, KERNEL_SEED, 0, 0);
    uint8_t *allowed = quality_allocate((size_t)p->time.periods, 1);
    for (int32_t i = 0; i < p->works.count; i++) {
        int32_t w = p->precedences.topological[i];
        int32_t modes = p->works.first_mode[w + 1] - p->works.first_mode[w];
        int32_t mode = p->works.first_mode[w] + ganger_rng_below(&rng, modes);
        int32_t count = ganger_schedule_starts(yard->schedule, mode, allowed);
        if (count > 0) {
            struct ganger_placement placement = {w, mode, choose_start(allowed, count, &rng)};
            ganger_schedule_place(yard->schedule, placement);
            yard->placement[yard->placements++] = placement;
        }
    }
    free(allowed);
}

static void fill_capacity(struct kernel_yard *yard)
{
    const struct ganger_problem *p = yard->problem;
    int32_t boundaries = p->time.periods + 1, links = p->links.count;
    double *standing = quality_allocate((size_t)boundaries, sizeof *standing);
    double *factor = quality_allocate((size_t)boundaries, sizeof *factor);
    yard->capacity = quality_allocate((size_t)boundaries * (size_t)links, sizeof *yard->capacity);
    for (int64_t i = 0; i < (int64_t)boundaries * links; i++) {
        yard->capacity[i] = INFINITY;
    }
    for (int32_t q = 0; q < p->segments.count; q++) {
        ganger_capacity_segment(yard->schedule, q, standing, factor);
        for (int32_t t = 0; t < boundaries; t++) {
            double *least = &yard->capacity[(int64_t)t * links + p->segments.link[q]];
            *least = fmin(*least, standing[t] * factor[t]);
        }
    }
    free(standing);
    free(factor);
}

static bool generate(struct kernel_yard *yard)
{
    struct ganger_generate_options options;
    struct ganger_findings findings;
    ganger_generate_options_init(&options);
    ganger_findings_init(&findings);
    options.works = KERNEL_WORKS;
    options.seed = KERNEL_SEED;
    ganger_status status = ganger_problem_generate(&options, &yard->problem, &findings);
    if (status != GANGER_STATUS_OK) {
        ganger_cli_fail(status, &findings);
    }
    ganger_findings_clear(&findings);
    return status == GANGER_STATUS_OK;
}

bool kernel_yard_init(struct kernel_yard *yard)
{
    *yard = (struct kernel_yard){0};
    if (!generate(yard)) {
        return false;
    }
    yard->frame = ganger_schedule_frame_create(yard->problem);
    yard->schedule = yard->frame != NULL ? ganger_schedule_create(yard->frame) : NULL;
    yard->graph = ganger_graph_create(yard->problem);
    if (yard->schedule == NULL || yard->graph == NULL) {
        quality_out_of_memory();
    }
    yard->placement = quality_allocate((size_t)yard->problem->works.count, sizeof *yard->placement);
    fill_schedule(yard);
    fill_capacity(yard);
    const char *wrong = ganger_schedule_diagnose(yard->schedule);
    if (wrong != NULL) {
        ganger_cli_error("the kernels' schedule: %s", wrong);
    }
    return wrong == NULL;
}

void kernel_yard_clear(struct kernel_yard *yard)
{
    free(yard->capacity);
    free(yard->placement);
    ganger_graph_destroy(yard->graph);
    ganger_schedule_destroy(yard->schedule);
    ganger_schedule_frame_destroy(yard->frame);
    ganger_problem_destroy(yard->problem);
}
