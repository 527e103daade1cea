#include "quality/json.h"
#include "quality/memory.h"
#include "quality/result.h"
#include "quality/summary.h"

#include <math.h>
#include <stdlib.h>

/* What every entry has, as Google Benchmark writes it. */
static json_t *entry_open(const char *name, const char *run_name, const char *run_type)
{
    json_t *entry = json_object();
    quality_json_set(entry, "name", quality_json_text(name));
    quality_json_set(entry, "run_name", quality_json_text(run_name));
    quality_json_set(entry, "run_type", quality_json_text(run_type));
    return entry;
}

static void put_times(json_t *entry, double real_s, double cpu_s)
{
    quality_json_real(entry, "real_time", isnan(real_s) ? 0 : real_s);
    quality_json_real(entry, "cpu_time", isnan(cpu_s) ? 0 : cpu_s);
    quality_json_set(entry, "time_unit", quality_json_text("s"));
}

static void put_counters(json_t *entry, const struct quality_record *record)
{
    for (const struct quality_counter *counter = quality_counters; counter->name != NULL;
         counter++) {
        const void *field = (const char *)record + counter->offset;
        if (counter->integer) {
            quality_json_integer(entry, counter->name, *(const int64_t *)field);
        } else {
            quality_json_real(entry, counter->name, *(const double *)field);
        }
    }
    quality_json_real(entry, "gap_percent", quality_record_gap(record));
    quality_json_real(entry, "bound_gap_percent", quality_record_bound_gap(record));
    quality_json_real(entry, "cpm_deviation_percent", quality_record_cpm_deviation(record));
}

/* Counters whose names depend on the run. */
static void put_lists(json_t *entry, const struct quality_result *result,
                      const struct quality_record *record)
{
    for (int i = 0; i < result->rivals; i++) {
        char *name = quality_rival_counter(result->rival_names[i]);
        quality_json_real(entry, name, record->rivals[i]);
        free(name);
    }
    for (int i = 0; i < result->curve.count; i++) {
        char *name = quality_curve_counter(result->curve.s[i]);
        quality_json_real(entry, name, record->answer.curve[i]);
        free(name);
    }
}

static json_t *instance_entry(const struct quality_result *result, int r)
{
    const struct quality_record *record = &result->record[r];
    const struct quality_answer *answer = &record->answer;
    char *name = quality_format("%s/%s", record->set, record->instance);
    json_t *entry = entry_open(name, name, "iteration");
    free(name);
    quality_json_integer(entry, "repetitions", 1);
    quality_json_integer(entry, "repetition_index", 0);
    quality_json_integer(entry, "iterations", 1);
    put_times(entry, answer->wall_s, answer->cpu_s);
    if (answer->failed) {
        quality_json_set(entry, "error_occurred", json_true());
        quality_json_set(entry, "error_message", quality_json_text(answer->message));
    } else {
        quality_json_set(entry, "label", quality_json_text(ganger_outcome_name(answer->outcome)));
    }
    put_counters(entry, record);
    put_lists(entry, result, record);
    return entry;
}

static void put_summary_lists(json_t *entry, const struct quality_result *result,
                              const struct quality_summary *summary)
{
    for (int i = 0; i < result->rivals; i++) {
        char *name = quality_format("gap_percent:%s", result->rival_names[i]);
        quality_json_real(entry, name, quality_mean_value(&summary->rivals[i]));
        free(name);
    }
    for (int i = 0; i < result->curve.count; i++) {
        char *name = quality_format("gap_percent_at_%gs", result->curve.s[i]);
        quality_json_real(entry, name, quality_mean_value(&summary->curve[i]));
        free(name);
    }
}

static json_t *set_entry(const struct quality_result *result, const struct quality_summary *summary)
{
    char *name = quality_format("%s_mean", summary->set);
    json_t *entry = entry_open(name, summary->set, "aggregate");
    free(name);
    quality_json_set(entry, "aggregate_name", quality_json_text("mean"));
    quality_json_set(entry, "aggregate_unit", quality_json_text("time"));
    put_times(entry, quality_mean_value(&summary->wall_s), NAN);
    quality_json_integer(entry, "instances", summary->instances);
    quality_json_integer(entry, "failed", summary->failed);
    quality_json_integer(entry, "without_plan", summary->without_plan);
    quality_json_integer(entry, "with_gap", summary->gap.count);
    quality_json_integer(entry, "equal_to_best_known", summary->equal);
    quality_json_integer(entry, "better_than_best_known", summary->better);
    quality_json_integer(entry, "proven_optimal", summary->optimal);
    quality_json_real(entry, "gap_percent", quality_mean_value(&summary->gap));
    quality_json_real(entry, "gap_percent_max", summary->gap_max);
    quality_json_real(entry, "bound_gap_percent", quality_mean_value(&summary->bound_gap));
    quality_json_real(entry, "bound_gap_percent_max", summary->bound_gap_max);
    quality_json_real(entry, "cpm_deviation_percent", quality_mean_value(&summary->cpm_deviation));
    quality_json_real(entry, "schedules_per_second", quality_summary_speed(summary));
    put_summary_lists(entry, result, summary);
    return entry;
}

static json_t *make_document(const struct quality_result *result)
{
    json_t *document = json_object(), *entries = json_array();
    int sets;
    struct quality_summary *summaries =
        quality_summaries_make(result->record, result->records, &sets);
    for (int i = 0; i < result->records; i++) {
        quality_json_append(entries, instance_entry(result, i));
    }
    for (int s = 0; s < sets; s++) {
        quality_json_append(entries, set_entry(result, &summaries[s]));
    }
    free(summaries);
    quality_json_set(document, "context", json_incref(result->context));
    quality_json_set(document, "benchmarks", entries);
    return document;
}

bool quality_result_write(const struct quality_result *result, const char *path)
{
    json_t *document = make_document(result);
    bool written = quality_json_write(document, path);
    json_decref(document);
    return written;
}
