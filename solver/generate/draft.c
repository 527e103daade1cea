#include "generate/draft.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void ganger_draft_init(struct ganger_draft *draft, struct ganger_problem *problem)
{
    *draft = (struct ganger_draft){.problem = problem};
    for (int table = 0; table < GANGER_TABLES; table++) {
        draft->room[table] = 1; /* what ganger_problem_create() allocates */
    }
}

static bool is_text(const struct ganger_column *column)
{
    return column->type == GANGER_COLUMN_ID || column->type == GANGER_COLUMN_TEXT;
}

static bool grow(struct ganger_draft *draft, enum ganger_table_index table)
{
    int32_t room = draft->room[table], more = room + room / 2 + 64;
    for (int c = 0; c < ganger_tables[table].column_count; c++) {
        const struct ganger_column *column = &ganger_tables[table].columns[c];
        if (!ganger_column_kept(column)) {
            continue;
        }
        size_t size = ganger_column_size(column->type);
        void **array = ganger_column_array(draft->problem, column);
        char *grown = realloc(*array, (size_t)more * size);
        if (grown == NULL) {
            return false;
        }
        memset(grown + (size_t)room * size, 0, (size_t)(more - room) * size);
        *array = grown;
    }
    draft->room[table] = more;
    return true;
}

static void set_absent(struct ganger_problem *p, const struct ganger_column *column, int32_t row)
{
    void *array = *ganger_column_array(p, column);
    bool end = (column->flags & GANGER_COLUMN_WHEN_ABSENT_END) != 0;
    if (column->type == GANGER_COLUMN_REAL) {
        ((double *)array)[row] = column->absent;
    } else if (column->type == GANGER_COLUMN_INTEGER || column->type == GANGER_COLUMN_TIME ||
               column->type == GANGER_COLUMN_REFERENCE) {
        ((int32_t *)array)[row] = end ? p->time.periods : (int32_t)column->absent;
    }
}

int32_t ganger_draft_row(struct ganger_draft *draft, enum ganger_table_index table)
{
    int32_t *rows = ganger_table_rows(draft->problem, table);
    if (draft->failed || (*rows + 2 > draft->room[table] && !grow(draft, table))) {
        draft->failed = true;
        return *rows;
    }
    for (int c = 0; c < ganger_tables[table].column_count; c++) {
        if (ganger_column_kept(&ganger_tables[table].columns[c])) {
            set_absent(draft->problem, &ganger_tables[table].columns[c], *rows);
        }
    }
    return (*rows)++;
}

void ganger_draft_text(struct ganger_draft *draft, char **cell, const char *format, ...)
{
    if (draft->failed) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    if (vasprintf(cell, format, arguments) < 0) {
        *cell = NULL;
        draft->failed = true;
    }
    va_end(arguments);
}

bool ganger_draft_finish(struct ganger_draft *draft)
{
    for (int table = 0; table < GANGER_TABLES; table++) {
        int32_t rows = ganger_table_count(draft->problem, (enum ganger_table_index)table);
        for (int c = 0; c < ganger_tables[table].column_count; c++) {
            const struct ganger_column *column = &ganger_tables[table].columns[c];
            if (!ganger_column_kept(column) || !is_text(column)) {
                continue;
            }
            char **texts = *ganger_column_array(draft->problem, column);
            for (int32_t row = 0; row < rows; row++) {
                if (texts[row] == NULL) {
                    ganger_draft_text(draft, &texts[row], "%s", "");
                }
            }
        }
    }
    return !draft->failed;
}
