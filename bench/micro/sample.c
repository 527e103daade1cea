/* Lists for an instance, such as the search makes. */
#include "micro/workload.h"
#include "quality/memory.h"

#include <stdlib.h>
#include <string.h>

struct entry {
    int32_t key, work, mode;
};

/* By key, then by work; backward the other way round. */
static int forward(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    return x->key != y->key ? (x->key > y->key) - (x->key < y->key) : x->work - y->work;
}

static int backward(const void *a, const void *b)
{
    return forward(b, a);
}

struct sampler {
    const struct ganger_makespan_model *model;
    struct ganger_rng *rng;
    struct entry *entries;
    struct ganger_serial_job job;
};

/* A fifth of the critical path of blur, about what the search's first lists have. */
static void blur_keys(struct sampler *s)
{
    const struct ganger_makespan_model *m = s->model;
    const struct ganger_line_up *up = &m->line_up[GANGER_FORWARD];
    int32_t blur = m->critical_path / 5 + 3;
    for (int32_t w = 0; w < m->works; w++) {
        int32_t key = m->critical_path - m->tail[w] + ganger_rng_below(s->rng, blur);
        for (int32_t i = up->first_before[w]; i < up->first_before[w + 1]; i++) {
            int32_t other = up->before[i];
            key = other < w && s->entries[other].key > key ? s->entries[other].key : key;
        }
        for (int32_t i = up->first_arc[w]; i < up->first_arc[w + 1]; i++) {
            int32_t other = s->entries[up->arc_other[i]].key;
            key = other > key ? other : key;
        }
        s->entries[w] = (struct entry){key, w, m->first_mode[w]};
    }
}

/* Keys of the schedule just generated in the other direction: what it finished last comes first. */
static void schedule_keys(struct sampler *s, enum ganger_direction direction)
{
    for (int32_t w = 0; w < s->model->works; w++) {
        int32_t finish = s->job.finish[w];
        s->entries[w] = (struct entry){direction == GANGER_FORWARD ? -finish : finish, w,
                                       s->model->first_mode[w]};
    }
}

static void sort(struct sampler *s, enum ganger_direction direction, int32_t *list)
{
    int32_t works = s->model->works;
    qsort(s->entries, (size_t)works, sizeof *s->entries,
          direction == GANGER_FORWARD ? forward : backward);
    for (int32_t i = 0; i < works; i++) {
        list[i] = s->entries[i].mode;
    }
}

static void generate(struct sampler *s, enum ganger_direction direction, const int32_t *list)
{
    s->job.list = list;
    ganger_serial_generate(&s->model->line_up[direction], &s->job, 1);
}

/* Two lists for each direction: blurred and from its justified schedule. */
static void make_two(struct sampler *s, struct micro_instance *instance, int64_t at)
{
    int32_t works = s->model->works;
    int32_t *blurred = instance->lists[GANGER_FORWARD] + at * works;
    blur_keys(s);
    sort(s, GANGER_FORWARD, blurred);
    if (instance->lists[GANGER_BACKWARD] == NULL) {
        memcpy(blurred + works, blurred, (size_t)works * sizeof *blurred);
        return;
    }
    int32_t *back = instance->lists[GANGER_BACKWARD] + at * works;
    for (int i = 0; i < 2; i++) {
        generate(s, GANGER_FORWARD, blurred + (int64_t)i * works);
        schedule_keys(s, GANGER_BACKWARD);
        sort(s, GANGER_BACKWARD, back + (int64_t)i * works);
        if (i == 0) {
            generate(s, GANGER_BACKWARD, back);
            schedule_keys(s, GANGER_FORWARD);
            sort(s, GANGER_FORWARD, blurred + works);
        }
    }
}

void micro_lists_make(struct micro_instance *instance, int lists, struct ganger_rng *rng)
{
    const struct ganger_makespan_model *m = instance->model;
    const struct ganger_line_up *up = &m->line_up[GANGER_FORWARD];
    size_t works = (size_t)m->works + 1, cells = (size_t)up->planes * (size_t)up->stride;
    struct sampler s = {.model = m, .rng = rng};
    s.entries = quality_allocate(works, sizeof *s.entries);
    s.job.start = quality_allocate(works, sizeof *s.job.start);
    s.job.finish = quality_allocate(works, sizeof *s.job.finish);
    s.job.cells = quality_allocate(cells, sizeof *s.job.cells);
    memcpy(s.job.cells, up->empty, cells * sizeof *s.job.cells);
    for (int d = 0; d < (m->mirrors ? 2 : 1); d++) {
        instance->lists[d] = quality_allocate(works * (size_t)lists, sizeof *instance->lists[d]);
    }
    for (int i = 0; i < lists; i += 2) {
        make_two(&s, instance, i);
    }
    free(s.entries);
    free(s.job.start);
    free(s.job.finish);
    free(s.job.cells);
}
