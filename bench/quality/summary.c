#include "quality/summary.h"

#include "quality/memory.h"

#include <math.h>
#include <string.h>

static const double tolerance = 1e-6; /* of values that are the same */

void quality_mean_add(struct quality_mean *mean, double number)
{
    if (!isnan(number)) {
        mean->count++;
        mean->sum += number;
    }
}

double quality_mean_value(const struct quality_mean *mean)
{
    return mean->count > 0 ? mean->sum / mean->count : NAN;
}

double quality_summary_speed(const struct quality_summary *summary)
{
    return summary->busy_s > 0 ? summary->schedules / summary->busy_s : NAN;
}

static void add_gap(struct quality_summary *summary, const struct quality_record *record)
{
    double gap = quality_record_gap(record);
    if (isnan(gap)) {
        return;
    }
    quality_mean_add(&summary->gap, gap);
    summary->gap_max = fmax(summary->gap_max, gap); /* of NaN and a number: the number */
    bool equal = fabs(record->answer.value - record->best_known) <= tolerance;
    summary->equal += equal;
    summary->better += !equal && gap < 0;
    for (int i = 0; i < QUALITY_RIVALS_MAX; i++) {
        quality_mean_add(&summary->rivals[i], quality_record_worse(record, record->rivals[i]));
    }
    for (int i = 0; i < QUALITY_CURVE_MAX; i++) {
        quality_mean_add(&summary->curve[i], quality_record_worse(record, record->answer.curve[i]));
    }
}

static void add_record(struct quality_summary *summary, const struct quality_record *record)
{
    const struct quality_answer *answer = &record->answer;
    summary->instances++;
    if (answer->failed) {
        summary->failed++;
        return;
    }
    quality_mean_add(&summary->wall_s, answer->wall_s);
    if (answer->schedules > 0 && answer->wall_s > 0) {
        summary->schedules += (double)answer->schedules;
        summary->busy_s += answer->wall_s;
    }
    if (!quality_record_has_value(record)) {
        summary->without_plan++;
        return;
    }
    summary->optimal += answer->outcome == GANGER_OUTCOME_OPTIMAL;
    double bound_gap = quality_record_bound_gap(record);
    quality_mean_add(&summary->bound_gap, bound_gap);
    summary->bound_gap_max = fmax(summary->bound_gap_max, bound_gap);
    quality_mean_add(&summary->cpm_deviation, quality_record_cpm_deviation(record));
    add_gap(summary, record);
}

struct quality_summary *quality_summaries_make(const struct quality_record *records, int count,
                                               int *sets)
{
    struct quality_summary *summaries = quality_allocate((size_t)count, sizeof *summaries);
    *sets = 0;
    for (int i = 0; i < count; i++) {
        int s = 0;
        while (s < *sets && strcmp(summaries[s].set, records[i].set) != 0) {
            s++;
        }
        if (s == *sets) {
            summaries[s] = (struct quality_summary){
                .set = records[i].set, .gap_max = NAN, .bound_gap_max = NAN};
            ++*sets;
        }
        add_record(&summaries[s], &records[i]);
    }
    return summaries;
}
