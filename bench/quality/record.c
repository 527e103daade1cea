#include "quality/record.h"

#include <math.h>

/* Makespans are whole periods; anything finer is noise of the conversion to double. */
static const double tolerance = 1e-6;

void quality_answer_init(struct quality_answer *answer)
{
    *answer = (struct quality_answer){.failed = true, .outcome = GANGER_OUTCOME_LIMIT};
    answer->value = answer->bound = answer->critical_path = NAN;
    answer->first_value = answer->first_time_s = NAN;
    answer->read_s = answer->wall_s = NAN;
    answer->cpu_s = answer->peak_rss_kb = NAN;
    for (int i = 0; i < QUALITY_CURVE_MAX; i++) {
        answer->curve[i] = NAN;
    }
}

double quality_excess_percent(double value, double base)
{
    return isfinite(value) && base > 0 ? 100.0 * (value - base) / base : NAN;
}

bool quality_record_has_value(const struct quality_record *record)
{
    return !record->answer.failed && isfinite(record->answer.value);
}

double quality_record_gap(const struct quality_record *record)
{
    return quality_record_has_value(record)
               ? quality_excess_percent(record->answer.value, record->best_known)
               : NAN;
}

double quality_record_cpm_deviation(const struct quality_record *record)
{
    return quality_record_has_value(record)
               ? quality_excess_percent(record->answer.value, record->answer.critical_path)
               : NAN;
}

bool quality_record_is_impossible(const struct quality_record *record)
{
    const struct quality_answer *answer = &record->answer;
    /* Comparisons with NaN are false, as they should be here. Only a makespan has a critical path. */
    return quality_record_has_value(record) && isfinite(answer->critical_path) &&
           (answer->value < fmax(record->lower_bound, answer->critical_path) - tolerance ||
            answer->bound > fmin(record->best_known, answer->value) + tolerance);
}
