#include "quality/pairs.h"

#include "quality/memory.h"
#include "quality/statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b)
{
    const struct quality_record *x = *(const struct quality_record *const *)a;
    const struct quality_record *y = *(const struct quality_record *const *)b;
    int sets = strcmp(x->set, y->set);
    return sets != 0 ? sets : strverscmp(x->instance, y->instance);
}

static const struct quality_record **sorted_records(const struct quality_result *result)
{
    const struct quality_record **list = quality_allocate((size_t)result->records, sizeof *list);
    for (int i = 0; i < result->records; i++) {
        list[i] = &result->record[i];
    }
    qsort(list, (size_t)result->records, sizeof *list, by_name);
    return list;
}

/* Only a makespan, which is to be small, has a critical path; the value of a programme is to be large. */
static double worse_percent(const struct quality_record *a, const struct quality_record *b)
{
    if (!quality_record_has_value(a) || !quality_record_has_value(b)) {
        return NAN;
    }
    double base = isfinite(a->best_known) ? a->best_known : a->answer.value;
    double more = 100.0 * (b->answer.value - a->answer.value) / fmax(fabs(base), 1e-9);
    return isfinite(a->answer.critical_path) ? more : -more;
}

static void match(struct quality_comparison *comparison, const struct quality_result *a,
                  const struct quality_result *b)
{
    const struct quality_record **x = sorted_records(a), **y = sorted_records(b);
    int i = 0, j = 0;
    while (i < a->records && j < b->records) {
        int order = by_name(&x[i], &y[j]);
        if (order == 0) {
            comparison->pair[comparison->pairs++] =
                (struct quality_pair){x[i], y[j], worse_percent(x[i], y[j])};
        }
        comparison->only_a += order < 0;
        comparison->only_b += order > 0;
        i += order <= 0;
        j += order >= 0;
    }
    comparison->only_a += a->records - i;
    comparison->only_b += b->records - j;
    free(x);
    free(y);
}

static void count_pair(struct quality_set_pairs *set, const struct quality_pair *pair)
{
    bool in_a = quality_record_has_value(pair->a), in_b = quality_record_has_value(pair->b);
    set->gained += !in_a && in_b;
    set->lost += in_a && !in_b;
    if (!in_a || !in_b) {
        return;
    }
    set->wins += pair->worse_percent < 0;
    set->losses += pair->worse_percent > 0;
    set->ties += !(pair->worse_percent < 0) && !(pair->worse_percent > 0);
    quality_mean_add(&set->worse, pair->worse_percent);
    double gap_a = quality_record_gap(pair->a);
    if (!isnan(gap_a)) { /* by A's reference, so that the means differ by no more than the values */
        quality_mean_add(&set->gap_a, gap_a);
        quality_mean_add(&set->gap_b, quality_record_worse(pair->a, pair->b->answer.value));
    }
}

static void judge_set(struct quality_comparison *comparison, struct quality_set_pairs *set)
{
    double *differences = quality_allocate((size_t)set->count, sizeof *differences);
    for (int i = 0; i < set->count; i++) {
        const struct quality_pair *pair = &comparison->pair[set->first + i];
        count_pair(set, pair);
        differences[i] = pair->worse_percent;
    }
    set->sign_p = quality_sign_test(set->wins, set->losses);
    set->wilcoxon_p = quality_wilcoxon(differences, set->count);
    free(differences);
}

void quality_comparison_make(struct quality_comparison *comparison, const struct quality_result *a,
                             const struct quality_result *b)
{
    *comparison = (struct quality_comparison){0};
    comparison->pair = quality_allocate((size_t)a->records, sizeof *comparison->pair);
    match(comparison, a, b);
    comparison->set = quality_allocate((size_t)comparison->pairs, sizeof *comparison->set);
    for (int first = 0; first < comparison->pairs;) {
        struct quality_set_pairs *set = &comparison->set[comparison->sets++];
        int end = first;
        set->set = comparison->pair[first].a->set;
        set->first = first;
        while (end < comparison->pairs && strcmp(comparison->pair[end].a->set, set->set) == 0) {
            end++;
        }
        set->count = end - first;
        judge_set(comparison, set);
        first = end;
    }
}

void quality_comparison_clear(struct quality_comparison *comparison)
{
    free(comparison->pair);
    free(comparison->set);
    *comparison = (struct quality_comparison){0};
}

bool quality_comparison_is_worse(const struct quality_comparison *comparison, double tolerance)
{
    for (int s = 0; s < comparison->sets; s++) {
        const struct quality_set_pairs *set = &comparison->set[s];
        if (set->lost > 0 || quality_mean_value(&set->worse) > tolerance + 1e-9) {
            return true;
        }
    }
    return false;
}
