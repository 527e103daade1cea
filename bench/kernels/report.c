#include "base/file.h"
#include "cli/message.h"
#include "kernels/kernels.h"
#include "micro/measure.h"
#include "quality/context.h"
#include "quality/json.h"
#include "quality/memory.h"
#include "quality/table.h"

#include <math.h>
#include <stdlib.h>

struct spreads {
    struct micro_spread wall, cpu, least;
};

static struct spreads spreads_of(const struct kernel_series *series, int repetitions)
{
    double *wall = quality_allocate(3 * (size_t)repetitions, sizeof *wall);
    double *cpu = wall + repetitions, *least = cpu + repetitions;
    for (int i = 0; i < repetitions; i++) {
        wall[i] = series->sample[i].wall_ns;
        cpu[i] = series->sample[i].cpu_ns;
        least[i] = series->sample[i].least_ns;
    }
    struct spreads spreads = {micro_spread_of(wall, repetitions), micro_spread_of(cpu, repetitions),
                              micro_spread_of(least, repetitions)};
    free(wall);
    return spreads;
}

static double known(int64_t count)
{
    return count >= 0 ? (double)count : NAN;
}

void kernel_report_print(const struct kernel_series *series, int count,
                         const struct kernel_options *options)
{
    static const char *const header[] = {"kernel",      "cpu us",    "spread%", "least us",
                                         "items",       "ns/item",   "pivots",  "bytes",
                                         "allocations", "an item is"};
    enum { COLUMNS = sizeof header / sizeof *header };
    struct quality_table table;
    quality_table_init(&table, COLUMNS);
    for (int i = 0; i < COLUMNS; i++) {
        quality_table_text(&table, header[i]);
    }
    for (int i = 0; i < count; i++) {
        struct spreads s = spreads_of(&series[i], (int)options->repetitions);
        quality_table_text(&table, series[i].kernel->name);
        quality_table_real(&table, s.cpu.median / 1e3, 1);
        quality_table_real(&table, 100 * (s.cpu.high - s.cpu.low) / s.cpu.median, 1);
        quality_table_real(&table, s.least.low / 1e3, 1);
        quality_table_count(&table, series[i].tally.items);
        quality_table_real(&table, s.least.low / (double)series[i].tally.items, 2);
        quality_table_count(&table, series[i].tally.pivots);
        quality_table_count(&table, series[i].tally.bytes);
        quality_table_real(&table, known(series[i].allocations), 0);
        quality_table_text(&table, series[i].kernel->item);
    }
    quality_table_print(&table, options->markdown, stdout);
    quality_table_clear(&table);
}

static json_t *entry_of(const struct kernel_series *series, const char *suffix, const char *type)
{
    json_t *entry = json_object();
    char *name = quality_format("%s%s", series->kernel->name, suffix);
    quality_json_set(entry, "name", quality_json_text(name));
    quality_json_set(entry, "run_name", json_string(series->kernel->name));
    quality_json_set(entry, "run_type", json_string(type));
    quality_json_integer(entry, "threads", 1);
    quality_json_set(entry, "time_unit", json_string("ns"));
    free(name);
    return entry;
}

/* The digest as far as doubles hold integers, for those who read JSON's numbers so. */
static void put_counters(json_t *entry, const struct kernel_series *series)
{
    quality_json_integer(entry, "items", series->tally.items);
    quality_json_integer(entry, "digest", (int64_t)(series->tally.digest >> 12));
    if (series->tally.pivots > 0) {
        quality_json_integer(entry, "lp_pivots", series->tally.pivots);
    }
    if (series->tally.bytes > 0) {
        quality_json_integer(entry, "bytes", series->tally.bytes);
    }
    if (series->allocations >= 0) {
        quality_json_integer(entry, "allocations", series->allocations);
    }
}

static void put_repetitions(json_t *list, const struct kernel_series *series, int repetitions)
{
    for (int i = 0; i < repetitions; i++) {
        json_t *entry = entry_of(series, "", "iteration");
        quality_json_integer(entry, "repetitions", repetitions);
        quality_json_integer(entry, "repetition_index", i);
        quality_json_integer(entry, "iterations", series->sample[i].iterations);
        quality_json_real(entry, "real_time", series->sample[i].wall_ns);
        quality_json_real(entry, "cpu_time", series->sample[i].cpu_ns);
        quality_json_real(entry, "cpu_time_least", series->sample[i].least_ns);
        put_counters(entry, series);
        quality_json_append(list, entry);
    }
}

static void put_median(json_t *list, const struct kernel_series *series, int repetitions)
{
    struct spreads spreads = spreads_of(series, repetitions);
    json_t *entry = entry_of(series, "_median", "aggregate");
    quality_json_set(entry, "aggregate_name", json_string("median"));
    quality_json_set(entry, "aggregate_unit", json_string("time"));
    quality_json_real(entry, "real_time", spreads.wall.median);
    quality_json_real(entry, "cpu_time", spreads.cpu.median);
    quality_json_real(entry, "cpu_time_least", spreads.least.median);
    quality_json_append(list, entry);
}

bool kernel_report_write(const struct kernel_series *series, int count,
                         const struct kernel_options *options, const char *command_line)
{
    json_t *document = json_object(), *list = json_array();
    struct quality_options common = {.threads = 1, .jobs = 1, .every = 1, .seed = KERNEL_SEED};
    for (int i = 0; i < count; i++) {
        put_repetitions(list, &series[i], (int)options->repetitions);
        put_median(list, &series[i], (int)options->repetitions);
    }
    quality_json_set(document, "context", quality_context_make(&common, command_line));
    quality_json_set(document, "benchmarks", list);
    bool written = quality_json_write(document, options->output);
    json_decref(document);
    return written;
}
