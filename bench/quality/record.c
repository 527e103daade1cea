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

static bool is_makespan(const struct quality_record *record)
{
    return isfinite(record->answer.critical_path);
}

double quality_record_worse(const struct quality_record *record, double value)
{
    double excess = quality_excess_percent(value, record->best_known);
    return is_makespan(record) ? excess : -excess;
}

double quality_record_gap(const struct quality_record *record)
{
    return quality_record_has_value(record) ? quality_record_worse(record, record->answer.value)
                                            : NAN;
}

double quality_record_bound_gap(const struct quality_record *record)
{
    double excess = quality_record_has_value(record)
                        ? quality_excess_percent(record->answer.bound, record->answer.value)
                        : NAN;
    return is_makespan(record) ? -excess : excess;
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
    double bound = answer->bound;
    if (!quality_record_has_value(record)) {
        return false;
    }
    /* Comparisons with NaN are false, as they should be here. */
    if (!is_makespan(record)) {
        double least = fmax(record->best_known, answer->value);
        return bound < least - tolerance * fabs(least);
    }
    return answer->value < fmax(record->lower_bound, answer->critical_path) - tolerance ||
           bound > fmin(record->best_known, answer->value) + tolerance;
}
