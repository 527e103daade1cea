#include "quality/report.h"

#include "quality/memory.h"
#include "quality/summary.h"
#include "quality/table.h"

#include <stdlib.h>
#include <string.h>

struct report {
    const struct quality_result *result;
    const struct quality_summary *summaries;
    int sets;
    bool markdown;
    FILE *stream;
};

/* "cpsat gap" of the column cpsat_900s_8cores. */
static char *rival_title(const char *name)
{
    return quality_format("%.*s gap%%", (int)strcspn(name, "_"), name);
}

static void main_header(const struct report *report, struct quality_table *table)
{
    static const char *const titles[] = {"CPM dev%", "bound gap%", "max bound gap%", "= best",
                                         "better",   "optimal",    "no plan",        "failed",
                                         "seconds",  "schedules/s"};
    quality_table_text(table, "set");
    quality_table_text(table, "n");
    quality_table_text(table, "gap%");
    quality_table_text(table, "max gap%");
    for (int i = 0; i < report->result->rivals; i++) {
        char *title = rival_title(report->result->rival_names[i]);
        quality_table_text(table, title);
        free(title);
    }
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        quality_table_text(table, titles[i]);
    }
}

/* A mean gap over fewer instances than ours at the end says so: without a plan there is no gap. */
static void gap_cell(const struct quality_summary *summary, const struct quality_mean *mean,
                     struct quality_table *table)
{
    if (mean->count == summary->gap.count || mean->count == 0) {
        quality_table_real(table, quality_mean_value(mean), 3);
    } else {
        char *text = quality_format("%.3f (%d)", quality_mean_value(mean), mean->count);
        quality_table_text(table, text);
        free(text);
    }
}

static void main_row(const struct report *report, const struct quality_summary *summary,
                     struct quality_table *table)
{
    quality_table_text(table, summary->set);
    quality_table_count(table, summary->instances);
    quality_table_real(table, quality_mean_value(&summary->gap), 3);
    quality_table_real(table, summary->gap_max, 2);
    for (int i = 0; i < report->result->rivals; i++) {
        gap_cell(summary, &summary->rivals[i], table);
    }
    quality_table_real(table, quality_mean_value(&summary->cpm_deviation), 2);
    quality_table_real(table, quality_mean_value(&summary->bound_gap), 3);
    quality_table_real(table, summary->bound_gap_max, 2);
    quality_table_count(table, summary->equal);
    quality_table_count(table, summary->better);
    quality_table_count(table, summary->optimal);
    quality_table_count(table, summary->without_plan);
    quality_table_count(table, summary->failed);
    quality_table_real(table, quality_mean_value(&summary->wall_s), 2);
    quality_table_real(table, quality_summary_speed(summary), 0);
}

static void print_main(const struct report *report)
{
    struct quality_table table;
    quality_table_init(&table, 14 + report->result->rivals);
    main_header(report, &table);
    for (int s = 0; s < report->sets; s++) {
        main_row(report, &report->summaries[s], &table);
    }
    quality_table_print(&table, report->markdown, report->stream);
    quality_table_clear(&table);
}

static void print_curve(const struct report *report)
{
    const struct quality_curve *curve = &report->result->curve;
    struct quality_table table;
    quality_table_init(&table, 2 + curve->count);
    quality_table_text(&table, "gap% after");
    for (int i = 0; i < curve->count; i++) {
        char *title = quality_format("%g s", curve->s[i]);
        quality_table_text(&table, title);
        free(title);
    }
    quality_table_text(&table, "end");
    for (int s = 0; s < report->sets; s++) {
        quality_table_text(&table, report->summaries[s].set);
        for (int i = 0; i < curve->count; i++) {
            gap_cell(&report->summaries[s], &report->summaries[s].curve[i], &table);
        }
        quality_table_real(&table, quality_mean_value(&report->summaries[s].gap), 3);
    }
    fputc('\n', report->stream);
    quality_table_print(&table, report->markdown, report->stream);
    quality_table_clear(&table);
}

/* Instances that failed, or whose figures cannot be true. */
static void print_notes(const struct report *report)
{
    bool first = true;
    for (int i = 0; i < report->result->records; i++) {
        const struct quality_record *record = &report->result->record[i];
        const char *what = record->answer.failed ? record->answer.message
                           : quality_record_is_impossible(record)
                               ? "impossible: value and bounds contradict each other"
                               : NULL;
        if (what == NULL) {
            continue;
        }
        char *text = quality_format("- %s/%s: %s", record->set, record->instance, what);
        quality_text_clean(text);
        fprintf(report->stream, "%s%s\n", first ? "\n" : "", text);
        free(text);
        first = false;
    }
}

static void print_options(const struct report *report)
{
    const json_t *context = report->result->context;
    json_t *options = json_object_get(context, "options");
    const char *version = json_string_value(json_object_get(context, "ganger_version"));
    const char *date = json_string_value(json_object_get(context, "date")), *name;
    json_t *value;
    fprintf(report->stream, "ganger %s, %s", version != NULL ? version : "?",
            date != NULL ? date : "?");
    json_object_foreach(options, name, value)
    {
        char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(6));
        fprintf(report->stream, ", %s %s", name, text != NULL ? text : "?");
        free(text);
    }
    fputs("\n\n", report->stream);
}

void quality_report_print(const struct quality_result *result, bool markdown, FILE *stream)
{
    struct report report = {.result = result, .markdown = markdown, .stream = stream};
    struct quality_summary *summaries =
        quality_summaries_make(result->record, result->records, &report.sets);
    report.summaries = summaries;
    print_options(&report);
    print_main(&report);
    if (result->curve.count > 0) {
        print_curve(&report);
    }
    print_notes(&report);
    free(summaries);
}
