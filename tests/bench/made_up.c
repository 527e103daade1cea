#include "bench/made_up.h"

#include <CUnit/CUnit.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void made_up_init(struct quality_result *result, int room)
{
    *result = (struct quality_result){.context = json_object()};
    result->record = calloc((size_t)room, sizeof *result->record);
    CU_ASSERT_PTR_NOT_NULL_FATAL(result->record);
}

struct quality_record *made_up_add(struct quality_result *result, const char *set,
                                   const char *instance, double value, double best_known)
{
    struct quality_record *record = &result->record[result->records++];
    record->set = strdup(set);
    record->instance = strdup(instance);
    quality_answer_init(&record->answer);
    record->answer.failed = false;
    record->answer.outcome = isnan(value) ? GANGER_OUTCOME_LIMIT : GANGER_OUTCOME_FEASIBLE;
    record->answer.value = value;
    record->answer.critical_path = 1;
    record->best_known = best_known;
    record->lower_bound = NAN;
    for (int i = 0; i < QUALITY_RIVALS_MAX; i++) {
        record->rivals[i] = NAN;
    }
    return record;
}
