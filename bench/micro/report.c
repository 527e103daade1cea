#include "micro/report.h"

#include "quality/context.h"
#include "quality/json.h"
#include "quality/memory.h"
#include "quality/table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char *direction_of(const struct micro_cell *cell)
{
    return cell->direction == GANGER_FORWARD ? "forward" : "backward";
}

/* By processor time: how often as fast as the plain loop beside it on as many threads. */
static double ratio_of(const struct micro_cell *cells, int count, const struct micro_cell *cell)
{
    for (int i = 0; i < count; i++) {
        const struct micro_cell *other = &cells[i];
        if (other->set == cell->set && other->direction == cell->direction &&
            other->way.run == NULL && other->threads == cell->threads) {
            return cell->cpu.median / other->cpu.median;
        }
    }
    return NAN;
}

static double ns_per_placement(const struct micro_cell *cell)
{
    return 1e9 * cell->threads / (cell->cpu.median * cell->placements);
}

static void print_row(struct quality_table *table, const struct micro_cell *cell, double ratio)
{
    quality_table_text(table, cell->set->name);
    quality_table_text(table, direction_of(cell));
    quality_table_text(table, cell->way.name);
    quality_table_count(table, cell->way.group);
    quality_table_count(table, cell->threads);
    quality_table_real(table, cell->cpu.median, 0);
    quality_table_real(table, 100 * (cell->cpu.high - cell->cpu.low) / cell->cpu.median, 1);
    quality_table_real(table, cell->wall.median, 0);
    quality_table_real(table, ns_per_placement(cell), 2);
    quality_table_real(table, ratio, 2);
    quality_table_real(table, 100 * cell->efficiency_cpu, 1);
    quality_table_real(table, 100 * cell->efficiency_wall, 1);
}

void micro_report_print(const struct micro_cell *cells, int count, bool markdown)
{
    static const char *const header[] = {"set",       "direction", "kernel",   "group",
                                         "threads",   "/cpu-s",    "spread%",  "/wall-s",
                                         "ns/placed", "x scalar",  "cpu eff%", "wall eff%"};
    enum { COLUMNS = sizeof header / sizeof *header };
    struct quality_table table;
    quality_table_init(&table, COLUMNS);
    for (int i = 0; i < COLUMNS; i++) {
        quality_table_text(&table, header[i]);
    }
    for (int i = 0; i < count; i++) {
        print_row(&table, &cells[i], ratio_of(cells, count, &cells[i]));
    }
    quality_table_print(&table, markdown, stdout);
    quality_table_clear(&table);
}

static void put_entry(json_t *list, const struct micro_cell *cell, double ratio)
{
    json_t *entry = json_object();
    char *name = quality_format("%s/%s/%s/group:%d/threads:%d", cell->set->name, direction_of(cell),
                                cell->way.name, cell->way.group, cell->threads);
    char *median = quality_format("%s_median", name);
    quality_json_set(entry, "name", quality_json_text(median));
    quality_json_set(entry, "run_name", quality_json_text(name));
    quality_json_set(entry, "run_type", json_string("aggregate"));
    quality_json_set(entry, "aggregate_name", json_string("median"));
    quality_json_integer(entry, "threads", cell->threads);
    quality_json_integer(entry, "iterations", cell->schedules);
    quality_json_real(entry, "real_time", 1e9 * cell->threads / cell->wall.median);
    quality_json_real(entry, "cpu_time", 1e9 * cell->threads / cell->cpu.median);
    quality_json_set(entry, "time_unit", json_string("ns"));
    quality_json_real(entry, "items_per_second", cell->wall.median);
    quality_json_real(entry, "schedules_per_cpu_s", cell->cpu.median);
    quality_json_real(entry, "schedules_per_cpu_s_low", cell->cpu.low);
    quality_json_real(entry, "schedules_per_cpu_s_high", cell->cpu.high);
    quality_json_real(entry, "schedules_per_wall_s_low", cell->wall.low);
    quality_json_real(entry, "schedules_per_wall_s_high", cell->wall.high);
    quality_json_real(entry, "ns_per_placement", ns_per_placement(cell));
    quality_json_real(entry, "times_scalar", ratio);
    quality_json_real(entry, "efficiency_cpu", cell->efficiency_cpu);
    quality_json_real(entry, "efficiency_wall", cell->efficiency_wall);
    quality_json_append(list, entry);
    free(median);
    free(name);
}

static json_t *context_of(const struct micro_options *options, const char *command_line)
{
    struct quality_options common = {.threads =
                                         (uint64_t)options->threads[options->thread_counts - 1],
                                     .jobs = 1,
                                     .seed = options->seed,
                                     .every = options->every};
    json_t *context = quality_context_make(&common, command_line);
    quality_json_integer(context, "repetitions", (int64_t)options->repetitions);
    quality_json_integer(context, "lists", (int64_t)options->lists);
    quality_json_real(context, "seconds", options->seconds);
    return context;
}

bool micro_report_write(const struct micro_cell *cells, int count,
                        const struct micro_options *options, const char *command_line)
{
    json_t *document = json_object(), *list = json_array();
    for (int i = 0; i < count; i++) {
        put_entry(list, &cells[i], ratio_of(cells, count, &cells[i]));
    }
    quality_json_set(document, "context", context_of(options, command_line));
    quality_json_set(document, "benchmarks", list);
    bool written = quality_json_write(document, options->output);
    json_decref(document);
    return written;
}
