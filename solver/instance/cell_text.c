#include "instance/cell_text.h"

#include "base/date.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *ganger_real_text(double value, char text[GANGER_CELL_TEXT])
{
    if (value == 0) {
        return "0"; /* never -0 */
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, GANGER_CELL_TEXT, "%.*g", digits, value);
        if (strtod(text, NULL) == value) {
            break;
        }
    }
    return text;
}

/* From and to of a row that spans no period: they must be in order, as dates, and be read as one time all the
 * same. Returns how many days to shift `from` or `to`. */
static int empty_range_shift(const struct ganger_problem *p, const struct ganger_column *column,
                             int32_t row)
{
    const size_t from[] = {offsetof(struct ganger_problem, resources.row_from),
                           offsetof(struct ganger_problem, calendars.row_from)};
    const size_t to[] = {offsetof(struct ganger_problem, resources.row_to),
                         offsetof(struct ganger_problem, calendars.row_to)};
    const int32_t *const begin[] = {p->resources.row_from, p->calendars.row_from};
    const int32_t *const end[] = {p->resources.row_to, p->calendars.row_to};
    for (int i = 0; i < 2; i++) {
        bool is_from = column->offset == from[i], is_to = column->offset == to[i];
        if ((is_from || is_to) && begin[i][row] == end[i][row]) {
            /* Before the start and after the end, times are clamped. */
            return begin[i][row] == 0 ? (is_from ? -1 : 0) : (is_to ? 1 : 0);
        }
    }
    return 0;
}

/* Dates, since people read them, as far as the calendar goes; plain projects count periods. */
static const char *time_text(const struct ganger_problem *p, const struct ganger_column *column,
                             int32_t row, char *buffer)
{
    int64_t value = ((const int32_t *)ganger_column_view(p, column))[row];
    bool end = (column->flags & GANGER_COLUMN_WHEN_ABSENT_END) != 0;
    bool needed = (column->flags & GANGER_COLUMN_REQUIRED) != 0;
    if (!needed && value == (end ? p->time.periods : (int64_t)column->absent)) {
        return "";
    }
    int shift = empty_range_shift(p, column, row);
    int64_t day = p->time.start_day + value * p->time.period_days + shift -
                  ((column->flags & GANGER_COLUMN_DAY_END) != 0 ? 1 : 0);
    int64_t again = 0;
    bool number = value >= 0 && shift == 0;
    if ((p->objective == GANGER_OBJECTIVE_NPV || !number) &&
        ganger_date_parse(ganger_date_format(day, buffer), &again) && again == day) {
        return buffer;
    }
    snprintf(buffer, GANGER_CELL_TEXT, "%" PRId64, value);
    return number ? buffer : NULL;
}

static const char *choices_text(const struct ganger_column *column, uint32_t bits, char *buffer)
{
    char *end = buffer;
    *end = '\0';
    for (int i = 0; column->choices[i] != NULL; i++) {
        if ((bits >> i & 1) != 0) {
            end = stpcpy(stpcpy(end, end > buffer ? "|" : ""), column->choices[i]);
        }
    }
    return buffer;
}

static const char *id_of(const struct ganger_problem *p, enum ganger_table_index table, int32_t row)
{
    return row == GANGER_NONE ? "" : ganger_table_ids(p, table)[row];
}

/* Columns for which the reader has code of its own too (by_hand.c), calendars apart. */
static const char *text_by_hand(const struct ganger_problem *p, struct ganger_cell_at at,
                                const struct ganger_column *column)
{
    if (at.table == GANGER_TABLE_SEGMENT) {
        return p->nodes.id[p->links.from[p->segments.link[at.row]]];
    }
    if (at.table == GANGER_TABLE_WORK) {
        int32_t mode = p->works.fixed_mode[at.row];
        return mode == GANGER_NONE ? "" : p->modes.id[p->works.first_mode[at.row] + mode];
    }
    int32_t mode = p->modes.use_mode[at.row];
    return ganger_column_kept(column) ? p->modes.id[mode] : p->works.id[p->modes.work[mode]];
}

const char *ganger_cell_text(const struct ganger_problem *problem, struct ganger_cell_at at,
                             char buffer[GANGER_CELL_TEXT])
{
    const struct ganger_column *column = &ganger_tables[at.table].columns[at.column];
    if ((column->flags & GANGER_COLUMN_BY_HAND) != 0 && at.table != GANGER_TABLE_CALENDAR) {
        return text_by_hand(problem, at, column);
    }
    const void *array = ganger_column_view(problem, column);
    switch (column->type) {
    case GANGER_COLUMN_ID:
    case GANGER_COLUMN_TEXT:
        return ((char *const *)array)[at.row];
    case GANGER_COLUMN_REAL:
        return ganger_real_text(((const double *)array)[at.row], buffer);
    case GANGER_COLUMN_BOOL:
        return ((const bool *)array)[at.row] ? "true" : "false";
    case GANGER_COLUMN_CHOICE:
        return column->choices[((const uint8_t *)array)[at.row]];
    case GANGER_COLUMN_CHOICES:
        return choices_text(column, ((const uint32_t *)array)[at.row], buffer);
    case GANGER_COLUMN_REFERENCE:
        return id_of(problem, column->refers, ((const int32_t *)array)[at.row]);
    case GANGER_COLUMN_TIME:
        return time_text(problem, column, at.row, buffer);
    case GANGER_COLUMN_INTEGER:
        break;
    }
    snprintf(buffer, GANGER_CELL_TEXT, "%" PRId32, ((const int32_t *)array)[at.row]);
    return buffer;
}

static bool is_absent(const struct ganger_problem *p, const struct ganger_column *column,
                      const void *array, int32_t row)
{
    switch (column->type) {
    case GANGER_COLUMN_ID:
    case GANGER_COLUMN_TEXT:
        return *((char *const *)array)[row] == '\0';
    case GANGER_COLUMN_REAL:
        return ((const double *)array)[row] == column->absent;
    case GANGER_COLUMN_BOOL:
        return !((const bool *)array)[row];
    case GANGER_COLUMN_CHOICE:
        return ((const uint8_t *)array)[row] == 0;
    case GANGER_COLUMN_CHOICES:
        return false;
    case GANGER_COLUMN_INTEGER:
    case GANGER_COLUMN_REFERENCE:
    case GANGER_COLUMN_TIME:
        break;
    }
    bool end = (column->flags & GANGER_COLUMN_WHEN_ABSENT_END) != 0;
    return ((const int32_t *)array)[row] == (end ? p->time.periods : (int32_t)column->absent);
}

bool ganger_cell_all_absent(const struct ganger_problem *problem, enum ganger_table_index table,
                            const struct ganger_column *column)
{
    if ((column->flags & GANGER_COLUMN_REQUIRED) != 0) {
        return false;
    }
    const void *array = ganger_column_view(problem, column);
    for (int32_t row = 0; row < ganger_table_count(problem, table); row++) {
        if (!is_absent(problem, column, array, row)) {
            return false;
        }
    }
    return true;
}
