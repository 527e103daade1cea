/* Life and comparison of a problem, table by table from the schema. */
#include "instance/problem.h"

#include "instance/credit.h"
#include "instance/read.h"
#include "instance/schema.h"
#include <stdlib.h>
#include <string.h>

struct ganger_problem *ganger_problem_create(void)
{
    struct ganger_problem *problem = calloc(1, sizeof *problem);
    if (problem == NULL) {
        return NULL;
    }
    problem->resources.budget = GANGER_NONE;
    for (int table = 0; table < GANGER_TABLES; table++) {
        if (!ganger_table_allocate(problem, (enum ganger_table_index)table, 0)) {
            ganger_problem_destroy(problem);
            return NULL;
        }
    }
    return problem;
}

void ganger_table_release(struct ganger_problem *problem, enum ganger_table_index table)
{
    int32_t rows = ganger_table_count(problem, table);
    for (int c = 0; c < ganger_tables[table].column_count; c++) {
        const struct ganger_column *column = &ganger_tables[table].columns[c];
        if (!ganger_column_kept(column)) {
            continue;
        }
        void **array = ganger_column_array(problem, column);
        bool strings = column->type == GANGER_COLUMN_ID || column->type == GANGER_COLUMN_TEXT;
        for (int32_t row = 0; strings && *array != NULL && row < rows; row++) {
            free(((char **)*array)[row]);
        }
        free(*array);
        *array = NULL;
    }
    *ganger_table_rows(problem, table) = 0;
}

static void release_derived(struct ganger_problem *p)
{
    free(p->time.discount);
    free(p->time.weight);
    free(p->links.length_km);
    free(p->links.cost_per_t);
    free(p->links.first_segment);
    free(p->links.segment_list);
    free(p->segments.position);
    free(p->segments.first_work);
    free(p->segments.work_list);
    free(p->demands.step_at);
    free(p->demands.volume);
    free(p->works.first_mode);
    free(p->works.kept_start);
    free(p->works.kept_mode);
    free(p->works.change_cost);
    free(p->works.stage_from);
    free(p->works.stage_to);
    free(p->works.stage);
    free(p->works.stage_gain);
    free(p->works.stage_renewed);
    free(p->modes.first_use);
    free(p->modes.span);
    free(p->resources.renewable_index);
    free(p->resources.renewable_resource);
    free(p->resources.capacity);
    free(p->resources.window_resource);
    free(p->resources.window_from);
    free(p->resources.window_to);
    free(p->resources.window_limit);
    free(p->resources.first_window);
    free(p->resources.window_list);
    free(p->precedences.first_in);
    free(p->precedences.in_list);
    free(p->precedences.first_out);
    free(p->precedences.out_list);
    free(p->precedences.topological);
    free(p->calendars.productivity);
    free(p->calendars.cumulative);
    free(p->spans.calendar_row);
    free(p->spans.duration);
    free(p->spans.finish);
}

void ganger_problem_destroy(struct ganger_problem *problem)
{
    if (problem == NULL) {
        return;
    }
    for (int table = 0; table < GANGER_TABLES; table++) {
        ganger_table_release(problem, (enum ganger_table_index)table);
    }
    release_derived(problem);
    free(problem->name);
    free(problem->title);
    free(problem->currency);
    ganger_credit_release(problem);
    free(problem);
}

static bool equal_column(const struct ganger_problem *a, const struct ganger_problem *b,
                         const struct ganger_column *column, int32_t rows)
{
    const void *left = ganger_column_view(a, column);
    const void *right = ganger_column_view(b, column);
    if (column->type == GANGER_COLUMN_ID || column->type == GANGER_COLUMN_TEXT) {
        for (int32_t row = 0; row < rows; row++) {
            if (strcmp(((char *const *)left)[row], ((char *const *)right)[row]) != 0) {
                return false;
            }
        }
        return true;
    }
    if (column->type == GANGER_COLUMN_REAL) {
        for (int32_t row = 0; row < rows; row++) {
            if (((const double *)left)[row] != ((const double *)right)[row]) {
                return false;
            }
        }
        return true;
    }
    return memcmp(left, right, (size_t)rows * ganger_column_size(column->type)) == 0;
}

static bool equal_table(const struct ganger_problem *a, const struct ganger_problem *b,
                        enum ganger_table_index table)
{
    int32_t rows = ganger_table_count(a, table);
    if (rows != ganger_table_count(b, table)) {
        return false;
    }
    for (int c = 0; c < ganger_tables[table].column_count; c++) {
        const struct ganger_column *column = &ganger_tables[table].columns[c];
        if (ganger_column_kept(column) && !equal_column(a, b, column, rows)) {
            return false;
        }
    }
    return true;
}

bool ganger_problem_equal(const struct ganger_problem *a, const struct ganger_problem *b)
{
    if (strcmp(a->name, b->name) != 0 || strcmp(a->title, b->title) != 0 ||
        strcmp(a->currency, b->currency) != 0 || a->objective != b->objective ||
        a->railhead != b->railhead || !ganger_credit_equal(a, b)) {
        return false;
    }
    if (a->time.periods != b->time.periods || a->time.period_days != b->time.period_days ||
        a->time.start_day != b->time.start_day || a->time.discount_rate != b->time.discount_rate ||
        a->time.terminal_years != b->time.terminal_years) {
        return false;
    }
    for (int table = 0; table < GANGER_TABLES; table++) {
        if (!equal_table(a, b, (enum ganger_table_index)table)) {
            return false;
        }
    }
    return true;
}
