#include "quality/result.h"

#include "quality/memory.h"

#include <stddef.h>
#include <stdlib.h>

#define AT(field) offsetof(struct quality_record, field)

const struct quality_counter quality_counters[] = {
    {"value", AT(answer.value), false},
    {"bound", AT(answer.bound), false},
    {"best_known", AT(best_known), false},
    {"lower_bound", AT(lower_bound), false},
    {"critical_path", AT(answer.critical_path), false},
    {"ticks", AT(answer.ticks), true},
    {"schedules", AT(answer.schedules), true},
    {"first_value", AT(answer.first_value), false},
    {"first_time_s", AT(answer.first_time_s), false},
    {"read_s", AT(answer.read_s), false},
    {"peak_rss_kb", AT(answer.peak_rss_kb), false},
    {NULL, 0, false},
};

char *quality_rival_counter(const char *rival)
{
    return quality_format("reference:%s", rival);
}

char *quality_curve_counter(double time_s)
{
    return quality_format("value_at_%gs", time_s);
}

void quality_result_clear(struct quality_result *result)
{
    for (int i = 0; i < result->records; i++) {
        free(result->record[i].set);
        free(result->record[i].instance);
    }
    for (int i = 0; i < result->rivals; i++) {
        free(result->rival_names[i]);
    }
    free(result->record);
    json_decref(result->context);
    *result = (struct quality_result){0};
}
