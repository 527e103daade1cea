/* ganger-micro: measures how fast schedules are generated from lists, and other kernels of the program. */
#include "cli/exit.h"
#include "cli/output.h"
#include "kernels/kernels.h"
#include "micro/report.h"
#include "quality/context.h"
#include "quality/memory.h"

#include <stdlib.h>
#include <string.h>

struct plan {
    struct micro_set *sets;
    int count; /* of sets */
    struct micro_cell *cells;
    int cell_count;
};

static bool read_sets(struct plan *plan, const struct micro_options *options)
{
    plan->sets = quality_allocate((size_t)options->argument_count + 1, sizeof *plan->sets);
    for (int i = 0; i < options->argument_count; i++) {
        if (!micro_set_read(&plan->sets[plan->count++], options->arguments[i], options)) {
            return false;
        }
    }
    return options->generated == 0 || micro_set_generate(&plan->sets[plan->count++], options);
}

/* Works a schedule; 0 if no instance of the set is generated in this direction. */
static double placements_of(const struct micro_set *set, int direction)
{
    double works = 0, instances = 0;
    for (int i = 0; i < set->count; i++) {
        if (set->instances[i].lists[direction] != NULL) {
            works += set->instances[i].model->works;
            instances++;
        }
    }
    return instances > 0 ? works / instances : 0;
}

static void measure_direction(struct plan *plan, const struct micro_set *set, int direction,
                              const struct micro_options *options)
{
    struct micro_way ways[MICRO_WAYS];
    int count = micro_ways(ways);
    struct micro_cell *first = plan->cells + plan->cell_count;
    int added = 0;
    for (int t = 0; t < options->thread_counts; t++) {
        for (int i = 0; i < count; i++) {
            struct micro_cell *cell = &first[added++];
            cell->set = set;
            cell->way = ways[i];
            cell->direction = (enum ganger_direction)direction;
            cell->threads = options->threads[t];
            cell->placements = placements_of(set, direction);
            cell->wall_rate = quality_allocate((size_t)options->repetitions, sizeof(double));
            cell->cpu_rate = quality_allocate((size_t)options->repetitions, sizeof(double));
        }
    }
    micro_measure(first, added, options);
    plan->cell_count += added;
}

static enum ganger_cli_exit run(struct plan *plan, const struct micro_options *options,
                                const char *command_line)
{
    if (!read_sets(plan, options)) {
        return GANGER_CLI_EXIT_INPUT;
    }
    size_t cells = (size_t)plan->count * 2 * MICRO_WAYS * (size_t)options->thread_counts;
    plan->cells = quality_allocate(cells, sizeof *plan->cells);
    for (int i = 0; i < plan->count; i++) {
        if (!micro_compare(&plan->sets[i])) {
            return GANGER_CLI_EXIT_INTERNAL;
        }
        for (int d = 0; d < 2; d++) {
            if (placements_of(&plan->sets[i], d) > 0) {
                measure_direction(plan, &plan->sets[i], d, options);
            }
        }
    }
    micro_report_print(plan->cells, plan->cell_count, options->markdown);
    bool written = options->output == NULL ||
                   micro_report_write(plan->cells, plan->cell_count, options, command_line);
    return written ? GANGER_CLI_EXIT_OK : GANGER_CLI_EXIT_OUTPUT;
}

static void clear(struct plan *plan)
{
    for (int i = 0; i < plan->cell_count; i++) {
        free(plan->cells[i].wall_rate);
        free(plan->cells[i].cpu_rate);
    }
    free(plan->cells);
    for (int i = 0; i < plan->count; i++) {
        micro_set_clear(&plan->sets[i]);
    }
    free(plan->sets);
}

static enum ganger_cli_exit measure_generation(int argc, char **argv)
{
    struct micro_options options;
    struct plan plan = {0};
    char *quality_line = quality_command_line(argc, argv);
    char *command_line = quality_format("ganger-micro%s", quality_line + strlen("ganger-quality"));
    micro_options_parse(argc, argv, &options);
    enum ganger_cli_exit code = run(&plan, &options, command_line);
    clear(&plan);
    free(command_line);
    free(quality_line);
    return code;
}

int main(int argc, char **argv)
{
    ganger_cli_streams_guard();
    bool kernel = argc > 1 && strcmp(argv[1], "kernels") == 0;
    enum ganger_cli_exit code =
        kernel ? kernel_command(argc - 1, argv + 1) : measure_generation(argc, argv);
    if (!ganger_cli_stdout_close() && code == GANGER_CLI_EXIT_OK) {
        code = GANGER_CLI_EXIT_OUTPUT;
    }
    return (int)code;
}
