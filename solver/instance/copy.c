#include "instance/copy.h"

#include "instance/credit.h"
#include "instance/schema.h"

#include <stdlib.h>
#include <string.h>

static bool copy_texts(char **to, char *const *from, int32_t rows)
{
    for (int32_t row = 0; row < rows; row++) {
        to[row] = strdup(from[row]);
        if (to[row] == NULL) {
            return false;
        }
    }
    return true;
}

static bool copy_table(struct ganger_problem *to, const struct ganger_problem *from,
                       enum ganger_table_index table)
{
    int32_t rows = ganger_table_count(from, table);
    ganger_table_release(to, table);
    if (!ganger_table_allocate(to, table, rows)) {
        return false;
    }
    for (int c = 0; c < ganger_tables[table].column_count; c++) {
        const struct ganger_column *column = &ganger_tables[table].columns[c];
        if (!ganger_column_kept(column)) {
            continue;
        }
        void *cells = *ganger_column_array(to, column);
        const void *read = ganger_column_view(from, column);
        if (column->type == GANGER_COLUMN_ID || column->type == GANGER_COLUMN_TEXT) {
            if (!copy_texts(cells, read, rows)) {
                return false;
            }
        } else {
            memcpy(cells, read, (size_t)rows * ganger_column_size(column->type));
        }
    }
    return true;
}

struct ganger_problem *ganger_problem_copy(const struct ganger_problem *problem)
{
    struct ganger_problem *copy = ganger_problem_create();
    if (copy == NULL) {
        return NULL;
    }
    copy->name = strdup(problem->name);
    copy->title = strdup(problem->title);
    copy->currency = strdup(problem->currency);
    copy->objective = problem->objective;
    copy->railhead = problem->railhead;
    copy->time.periods = problem->time.periods;
    copy->time.period_days = problem->time.period_days;
    copy->time.start_day = problem->time.start_day;
    copy->time.discount_rate = problem->time.discount_rate;
    copy->time.terminal_years = problem->time.terminal_years;
    copy->resources.budget = problem->resources.budget;
    bool ready = copy->name != NULL && copy->title != NULL && copy->currency != NULL &&
                 ganger_credit_copy(copy, problem);
    for (int table = 0; ready && table < GANGER_TABLES; table++) {
        ready = copy_table(copy, problem, (enum ganger_table_index)table);
    }
    if (!ready) {
        ganger_problem_destroy(copy);
        return NULL;
    }
    return copy;
}
