/* ganger-quality compare: what B does better or worse than A. */
#include "cli/message.h"
#include "quality/commands.h"
#include "quality/memory.h"
#include "quality/pairs.h"
#include "quality/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void set_row(const struct quality_set_pairs *set, struct quality_table *table)
{
    quality_table_text(table, set->set);
    quality_table_count(table, set->count);
    quality_table_real(table, quality_mean_value(&set->gap_a), 3);
    quality_table_real(table, quality_mean_value(&set->gap_b), 3);
    quality_table_real(table, quality_mean_value(&set->worse), 3);
    quality_table_count(table, set->wins);
    quality_table_count(table, set->losses);
    quality_table_count(table, set->ties);
    quality_table_count(table, set->gained);
    quality_table_count(table, set->lost);
    quality_table_real(table, set->sign_p, 4);
    quality_table_real(table, set->wilcoxon_p, 4);
}

static void print_sets(const struct quality_comparison *comparison, bool markdown)
{
    static const char *const titles[] = {"set",    "n",    "A gap%", "B gap%",
                                         "B - A",  "wins", "losses", "ties",
                                         "gained", "lost", "sign p", "Wilcoxon p"};
    struct quality_table table;
    quality_table_init(&table, (int)(sizeof titles / sizeof *titles));
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        quality_table_text(&table, titles[i]);
    }
    for (int s = 0; s < comparison->sets; s++) {
        set_row(&comparison->set[s], &table);
    }
    quality_table_print(&table, markdown, stdout);
    quality_table_clear(&table);
}

/* A lost value is the worst; what did not get worse sinks to the end. */
static double badness(const struct quality_pair *pair)
{
    bool lost = quality_record_has_value(pair->a) && !quality_record_has_value(pair->b);
    return lost ? INFINITY : isnan(pair->worse_percent) ? -INFINITY : pair->worse_percent;
}

static int by_badness(const void *a, const void *b)
{
    const struct quality_pair *x = *(const struct quality_pair *const *)a;
    const struct quality_pair *y = *(const struct quality_pair *const *)b;
    double p = badness(x), q = badness(y);
    /* Pairs stand in the order of their names, so their places settle ties. */
    return p > q ? -1 : p < q ? 1 : (x > y) - (x < y);
}

static void pair_row(const struct quality_pair *pair, struct quality_table *table)
{
    char *name = quality_format("%s/%s", pair->a->set, pair->a->instance);
    quality_table_text(table, name);
    free(name);
    quality_table_real(table, pair->a->answer.value, 0);
    quality_table_real(table, pair->b->answer.value, 0);
    quality_table_real(table, pair->a->best_known, 0);
    quality_table_real(table, pair->worse_percent, 3);
}

static void print_worst(const struct quality_comparison *comparison,
                        const struct quality_options *options)
{
    static const char *const titles[] = {"worst regressions", "A", "B", "best known", "B - A"};
    struct quality_table table;
    size_t count = (size_t)comparison->pairs;
    const struct quality_pair **list = quality_allocate(count, sizeof *list);
    for (size_t i = 0; i < count; i++) {
        list[i] = &comparison->pair[i];
    }
    qsort(list, count, sizeof *list, by_badness);
    quality_table_init(&table, 5);
    for (size_t i = 0; i < 5; i++) {
        quality_table_text(&table, titles[i]);
    }
    for (size_t i = 0; i < count && i < options->worst && badness(list[i]) > 0; i++) {
        pair_row(list[i], &table);
    }
    if (table.cells > table.columns) {
        putchar('\n');
        quality_table_print(&table, options->markdown, stdout);
    }
    quality_table_clear(&table);
    free(list);
}

static void print_value(const json_t *value)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(6));
    fputs(text != NULL ? text : "none", stdout);
    free(text);
}

/* Options of `from` that `other` has not, or otherwise; `both`: also say those that differ. */
static void print_differences(json_t *from, json_t *other, bool both)
{
    const char *name;
    json_t *value;
    json_object_foreach(from, name, value)
    {
        json_t *found = json_object_get(other, name);
        if ((found == NULL || both) && !json_equal(found, value)) {
            printf("option %s differs: A ", name);
            print_value(both ? value : found);
            fputs(", B ", stdout);
            print_value(both ? found : value);
            putchar('\n');
        }
    }
}

static void print_context(const struct quality_result *a, const struct quality_result *b,
                          const struct quality_comparison *comparison)
{
    json_t *x = json_object_get(a->context, "options"), *y = json_object_get(b->context, "options");
    print_differences(x, y, true);
    print_differences(y, x, false);
    if (comparison->only_a > 0 || comparison->only_b > 0) {
        printf("instances in A only: %d, in B only: %d\n", comparison->only_a, comparison->only_b);
    }
}

static enum ganger_cli_exit compare(const struct quality_options *options,
                                    const struct quality_result *a, const struct quality_result *b)
{
    struct quality_comparison comparison;
    enum ganger_cli_exit code = GANGER_CLI_EXIT_OK;
    quality_comparison_make(&comparison, a, b);
    if (comparison.pairs == 0) {
        ganger_cli_error("%s and %s have no instance in common", options->arguments[0],
                         options->arguments[1]);
        code = GANGER_CLI_EXIT_INPUT;
    } else {
        print_context(a, b, &comparison);
        print_sets(&comparison, options->markdown);
        print_worst(&comparison, options);
        if (!isnan(options->gate) && quality_comparison_is_worse(&comparison, options->gate)) {
            ganger_cli_error("B is worse than A by more than %g percentage points in some set, or "
                             "lost a value",
                             options->gate);
            code = GANGER_CLI_EXIT_INTERNAL; /* 1, as --help says */
        }
    }
    quality_comparison_clear(&comparison);
    return code;
}

enum ganger_cli_exit quality_compare(const struct quality_options *options)
{
    struct quality_result a, b = {0};
    enum ganger_cli_exit code = GANGER_CLI_EXIT_INPUT;
    if (quality_result_read(&a, options->arguments[0]) &&
        quality_result_read(&b, options->arguments[1])) {
        code = compare(options, &a, &b);
    }
    quality_result_clear(&a);
    quality_result_clear(&b);
    return code;
}
