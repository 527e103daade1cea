#include "micro/measure.h"

#include "base/block.h"
#include "base/clock.h"
#include "cli/message.h"
#include "parallel/parallel.h"
#include "quality/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int micro_ways(struct micro_way ways[MICRO_WAYS])
{
    struct ganger_serial_kernel kernels[3];
    int kinds = ganger_serial_kernels(kernels), count = 0;
    for (int i = 0; i < kinds; i++) {
        ways[count++] = (struct micro_way){kernels[i].name, kernels[i].run, GANGER_SERIAL_GROUP};
        ways[count++] = (struct micro_way){kernels[i].name, kernels[i].run, 1};
    }
    ways[count++] = (struct micro_way){"scalar", NULL, 1};
    return count;
}

/* What one thread generates into: on lines of memory that no other thread writes. */
struct bench {
    struct ganger_serial_job jobs[GANGER_SERIAL_GROUP];
    int64_t schedules;
    double wall_s, cpu_s;
    void *block;
};

/* Cells of a job, for kernels or for the plain loop. */
static size_t room_of(const struct micro_instance *instance)
{
    const struct ganger_line_up *up = &instance->model->line_up[GANGER_FORWARD];
    size_t lanes = (size_t)up->planes * (size_t)up->stride;
    size_t plain = (size_t)instance->scalar.renewables * (size_t)up->periods;
    return lanes > plain ? lanes : plain;
}

static struct bench *bench_create(const struct micro_set *set)
{
    size_t works = 0, cells = 1;
    for (int i = 0; i < set->count; i++) {
        size_t have = (size_t)set->instances[i].model->works, room = room_of(&set->instances[i]);
        works = have > works ? have : works;
        cells = room > cells ? room : cells;
    }
    struct bench *bench = NULL;
    struct ganger_block_piece self = {&bench, sizeof *bench};
    if (!ganger_block_create(&self, 1)) {
        quality_out_of_memory();
    }
    bench->block = ganger_serial_jobs_create(bench->jobs, GANGER_SERIAL_GROUP, works, cells);
    if (!bench->block) {
        quality_out_of_memory();
    }
    return bench;
}

static void bench_destroy(struct bench *bench)
{
    free(bench->block);
    free(bench);
}

static void lay_cells(struct bench *bench, const struct micro_instance *instance,
                      struct micro_way way)
{
    const struct ganger_line_up *up = &instance->model->line_up[GANGER_FORWARD];
    for (int q = 0; q < way.group; q++) {
        bench->jobs[q].makespan = 0;
        if (way.run != NULL) {
            size_t cells = (size_t)up->planes * (size_t)up->stride;
            memcpy(bench->jobs[q].cells, up->empty, cells * sizeof(uint32_t));
        } else {
            memset(bench->jobs[q].cells, 0, room_of(instance) * sizeof(uint32_t));
        }
    }
}

static void generate(struct bench *bench, const struct micro_instance *instance,
                     struct micro_way way, enum ganger_direction direction, int64_t at)
{
    const struct ganger_line_up *up = &instance->model->line_up[direction];
    for (int q = 0; q < way.group; q++) {
        bench->jobs[q].list = instance->lists[direction] + (at + q) * up->works;
    }
    if (way.run != NULL) {
        way.run(up, bench->jobs, way.group);
    } else {
        micro_scalar_run(&instance->scalar, up, bench->jobs);
    }
}

static bool same(const struct micro_instance *instance, struct micro_way way,
                 enum ganger_direction direction, int lists)
{
    struct micro_set one = {.count = 1, .instances = (struct micro_instance *)instance};
    struct bench *wanted = bench_create(&one), *found = bench_create(&one);
    bool equal = true;
    lay_cells(wanted, instance, (struct micro_way){"scalar", NULL, 1});
    lay_cells(found, instance, way);
    for (int64_t i = 0; i < lists; i += way.group) {
        generate(found, instance, way, direction, i);
        for (int q = 0; q < way.group; q++) {
            generate(wanted, instance, (struct micro_way){"scalar", NULL, 1}, direction, i + q);
            equal = equal && wanted->jobs[0].makespan == found->jobs[q].makespan &&
                    memcmp(wanted->jobs[0].start, found->jobs[q].start,
                           (size_t)instance->model->works * sizeof(int32_t)) == 0;
        }
    }
    bench_destroy(wanted);
    bench_destroy(found);
    return equal;
}

bool micro_compare(const struct micro_set *set)
{
    struct micro_way ways[MICRO_WAYS];
    int count = micro_ways(ways);
    for (int i = 0; i < set->count; i++) {
        for (int d = 0; d < 2 * (count - 1); d++) {
            const struct micro_instance *instance = &set->instances[i];
            struct micro_way way = ways[d / 2];
            if (instance->lists[d % 2] != NULL &&
                !same(instance, way, (enum ganger_direction)(d % 2), set->lists)) {
                ganger_cli_error("%s: %s in groups of %d differs from the plain loop",
                                 instance->name, way.name, way.group);
                return false;
            }
        }
    }
    return true;
}

static double processor_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

struct round {
    const struct micro_cell *cell;
    double seconds;
    struct bench **benches; /* [threads] */
};

static void time_instance(struct bench *bench, const struct micro_cell *cell,
                          const struct micro_instance *instance)
{
    int lists = cell->set->lists, group = cell->way.group;
    if (instance->lists[cell->direction] == NULL) {
        return;
    }
    lay_cells(bench, instance, cell->way);
    generate(bench, instance, cell->way, cell->direction, lists - group); /* into the caches */
    double wall = ganger_clock_now_s(), cpu = processor_s();
    for (int64_t i = 0; i < lists; i += group) {
        generate(bench, instance, cell->way, cell->direction, i);
    }
    bench->cpu_s += processor_s() - cpu;
    bench->wall_s += ganger_clock_now_s() - wall;
    bench->schedules += lists;
}

static void run_thread(int32_t index, void *context)
{
    struct round *round = context;
    struct bench *bench = round->benches[index];
    const struct micro_set *set = round->cell->set;
    double end = ganger_clock_now_s() + round->seconds;
    do {
        for (int i = 0; i < set->count; i++) {
            time_instance(bench, round->cell, &set->instances[i]);
        }
    } while (ganger_clock_now_s() < end && bench->schedules > 0);
}

static void measure_once(struct micro_cell *cell, int repetition, double seconds)
{
    struct round round = {.cell = cell, .seconds = seconds};
    round.benches = quality_allocate((size_t)cell->threads, sizeof *round.benches);
    for (int i = 0; i < cell->threads; i++) {
        round.benches[i] = bench_create(cell->set);
    }
    ganger_parallel_for(cell->threads, cell->threads, run_thread, &round);
    for (int i = 0; i < cell->threads; i++) {
        struct bench *bench = round.benches[i];
        cell->wall_rate[repetition] += (double)bench->schedules / bench->wall_s;
        cell->cpu_rate[repetition] += (double)bench->schedules / bench->cpu_s;
        cell->schedules += bench->schedules;
        bench_destroy(bench);
    }
    free(round.benches);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

struct micro_spread micro_spread_of(const double *values, int count)
{
    double *sorted = quality_allocate((size_t)count, sizeof *sorted);
    memcpy(sorted, values, (size_t)count * sizeof *sorted);
    qsort(sorted, (size_t)count, sizeof *sorted, ascending);
    double median = 0.5 * (sorted[(count - 1) / 2] + sorted[count / 2]);
    struct micro_spread spread = {median, sorted[0], sorted[count - 1]};
    free(sorted);
    return spread;
}

/* Against the cell on one thread of the same way, repetition by repetition: they ran in the same moments. */
static void compare_threads(struct micro_cell *cells, int at, int repetitions)
{
    struct micro_cell *cell = &cells[at];
    double *wall = quality_allocate((size_t)repetitions, sizeof *wall);
    double *cpu = quality_allocate((size_t)repetitions, sizeof *cpu);
    cell->efficiency_wall = cell->efficiency_cpu = NAN;
    for (int i = 0; i < at && cell->threads > 1; i++) {
        const struct micro_cell *one = &cells[i];
        if (one->threads == 1 && one->way.run == cell->way.run &&
            one->way.group == cell->way.group) {
            for (int k = 0; k < repetitions; k++) {
                wall[k] = cell->wall_rate[k] / (cell->threads * one->wall_rate[k]);
                cpu[k] = cell->cpu_rate[k] / (cell->threads * one->cpu_rate[k]);
            }
            cell->efficiency_wall = micro_spread_of(wall, repetitions).median;
            cell->efficiency_cpu = micro_spread_of(cpu, repetitions).median;
        }
    }
    free(wall);
    free(cpu);
}

void micro_measure(struct micro_cell *cells, int count, const struct micro_options *options)
{
    int repetitions = (int)options->repetitions;
    for (int k = 0; k < repetitions; k++) {
        for (int i = 0; i < count; i++) {
            measure_once(&cells[i], k, options->seconds);
        }
    }
    for (int i = 0; i < count; i++) {
        cells[i].wall = micro_spread_of(cells[i].wall_rate, repetitions);
        cells[i].cpu = micro_spread_of(cells[i].cpu_rate, repetitions);
        compare_threads(cells, i, repetitions);
    }
}
