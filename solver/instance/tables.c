/* Cells of the CSV tables into the columns of the problem. */
#include "base/date.h"
#include "instance/by_hand.h"
#include "instance/cells.h"
#include "instance/package.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

ganger_status ganger_package_refuse(struct ganger_package *package, struct ganger_cell_place place,
                                    const char *expected)
{
    struct ganger_package_table *table = &package->tables[place.table];
    const struct ganger_column *column = &ganger_tables[place.table].columns[place.column];
    const char *text = ganger_csv_cell(&table->csv, place.row, place.column);
    char quoted[GANGER_TEXT_QUOTED];
    return ganger_findings_add(package->findings, GANGER_STATUS_INPUT_INVALID, table->shown,
                               table->csv.lines[place.row], column->name, "expected %s, found %s",
                               expected,
                               *text == '\0' ? "nothing" : ganger_text_quote(text, quoted));
}

ganger_status ganger_package_refuse_unknown(struct ganger_package *package,
                                            struct ganger_cell_place place, const char *what,
                                            const char *near)
{
    struct ganger_package_table *table = &package->tables[place.table];
    const char *text = ganger_csv_cell(&table->csv, place.row, place.column);
    char quoted[GANGER_TEXT_QUOTED];
    char meant[GANGER_TEXT_QUOTED] = "";
    return ganger_findings_add(
        package->findings, GANGER_STATUS_INPUT_INVALID, table->shown, table->csv.lines[place.row],
        ganger_tables[place.table].columns[place.column].name, "unknown %s %s%s%s%s", what,
        ganger_text_quote(text, quoted), near != NULL ? ": did you mean " : "",
        near != NULL ? ganger_text_quote(near, meant) : "", near != NULL ? "?" : "");
}

bool ganger_package_time(const struct ganger_package *package, const struct ganger_column *column,
                         const char *text, int64_t *period)
{
    const struct ganger_time *time = &package->problem->time;
    int64_t day = 0;
    if (ganger_cell_integer(text, period)) {
        return true;
    }
    if (!ganger_date_parse(text, &day)) {
        return false;
    }
    int64_t days = day - time->start_day + ((column->flags & GANGER_COLUMN_DAY_END) != 0 ? 1 : 0);
    int64_t size = time->period_days;
    *period = days >= 0 ? days / size : -((-days + size - 1) / size);
    return true;
}

static void read_time(struct ganger_package *package, struct ganger_cell_place place,
                      const struct ganger_column *column, int32_t *value)
{
    const char *text = ganger_csv_cell(&package->tables[place.table].csv, place.row, place.column);
    const struct ganger_time *time = &package->problem->time;
    int64_t last = time->periods - ((column->flags & GANGER_COLUMN_PERIOD) != 0 ? 1 : 0);
    int64_t period = 0;
    char date[GANGER_DATE_SIZE];
    char expected[GANGER_CELL_EXPECTED];
    if (!ganger_package_time(package, column, text, &period) || *text == '-') {
        ganger_package_refuse(package, place, ganger_cell_expected(column, expected));
        return;
    }
    if ((column->flags & GANGER_COLUMN_UNBOUNDED) != 0) {
        /* Far outside, all times mean the same. */
        int64_t far = INT32_MAX / 2;
        *value = (int32_t)(period < -far ? -far : period > far ? far : period);
        return;
    }
    if (period < 0 && (column->flags & GANGER_COLUMN_CLAMP_LOW) != 0) {
        period = 0;
    } else if (period > last && (column->flags & GANGER_COLUMN_CLAMP_HIGH) != 0) {
        period = last;
    }
    if (period < 0) {
        snprintf(expected, sizeof expected, "a time not before the start, %s",
                 ganger_date_format(time->start_day, date));
        ganger_package_refuse(package, place, expected);
    } else if (period > last) {
        int64_t end = time->start_day + (int64_t)time->periods * time->period_days - 1;
        snprintf(expected, sizeof expected, "a time before the end of the last period, %s",
                 ganger_date_format(end, date));
        ganger_package_refuse(package, place, expected);
    } else {
        *value = (int32_t)period;
    }
}

static void read_reference(struct ganger_package *package, struct ganger_cell_place place,
                           enum ganger_table_index refers, int32_t *value)
{
    const char *text = ganger_csv_cell(&package->tables[place.table].csv, place.row, place.column);
    if (package->tables[refers].broken) {
        return;
    }
    char **ids = ganger_table_ids(package->problem, refers);
    *value = ganger_lookup_find(&package->tables[refers].ids, ids, text);
    if (*value < 0) {
        const char *near = ganger_text_nearest(text, (const char *const *)ids,
                                               ganger_table_count(package->problem, refers));
        ganger_package_refuse_unknown(package, place, ganger_tables[refers].what, near);
    }
}

static bool read_number(struct ganger_package *package, const struct ganger_column *column,
                        const char *text, void *array, int32_t row)
{
    if (column->type == GANGER_COLUMN_REAL) {
        double *value = (double *)array + row;
        return ganger_cell_real(text, package->c_locale, value) && *value >= column->least &&
               *value <= column->most;
    }
    int64_t value = 0;
    if (!ganger_cell_integer(text, &value) || (double)value < column->least ||
        (double)value > column->most) {
        return false;
    }
    ((int32_t *)array)[row] = (int32_t)value;
    return true;
}

static bool read_choice(const struct ganger_column *column, const char *text, void *array,
                        int32_t row)
{
    if (column->type == GANGER_COLUMN_CHOICES) {
        ((uint32_t *)array)[row] = ganger_cell_choices(text, column->choices);
        return ((uint32_t *)array)[row] != 0;
    }
    int choice = ganger_cell_choice(text, column->choices);
    ((uint8_t *)array)[row] = (uint8_t)(choice >= 0 ? choice : 0);
    return choice >= 0;
}

/* A choice that is not one of the names: says which it might be. */
static void refuse_choice(struct ganger_package *package, struct ganger_cell_place place,
                          const struct ganger_column *column)
{
    const char *text = ganger_csv_cell(&package->tables[place.table].csv, place.row, place.column);
    char expected[GANGER_CELL_EXPECTED];
    char quoted[GANGER_TEXT_QUOTED];
    int names = 0;
    while (column->choices[names] != NULL) {
        names++;
    }
    const char *near = ganger_text_nearest(text, column->choices, names);
    if (near == NULL) {
        ganger_package_refuse(package, place, ganger_cell_expected(column, expected));
        return;
    }
    struct ganger_package_table *table = &package->tables[place.table];
    ganger_findings_add(
        package->findings, GANGER_STATUS_INPUT_INVALID, table->shown, table->csv.lines[place.row],
        column->name, "expected %s, found %s: did you mean \"%s\"?",
        ganger_cell_expected(column, expected), ganger_text_quote(text, quoted), near);
}

static void read_absent(struct ganger_package *package, const struct ganger_column *column,
                        void *array, int32_t row)
{
    switch (column->type) {
    case GANGER_COLUMN_REAL:
        ((double *)array)[row] = column->absent;
        break;
    case GANGER_COLUMN_INTEGER:
    case GANGER_COLUMN_REFERENCE:
    case GANGER_COLUMN_TIME:
        ((int32_t *)array)[row] = (column->flags & GANGER_COLUMN_WHEN_ABSENT_END) != 0
                                      ? package->problem->time.periods
                                      : (int32_t)column->absent;
        break;
    default: /* zero, as allocated */
        break;
    }
}

static void read_cell(struct ganger_package *package, struct ganger_cell_place place, void *array)
{
    const struct ganger_column *column = &ganger_tables[place.table].columns[place.column];
    const char *text = ganger_csv_cell(&package->tables[place.table].csv, place.row, place.column);
    char expected[GANGER_CELL_EXPECTED];
    bool good = true;
    if (*text == '\0') {
        if ((column->flags & GANGER_COLUMN_REQUIRED) != 0) {
            ganger_package_refuse(package, place, ganger_cell_expected(column, expected));
        }
        read_absent(package, column, array, place.row);
        return;
    }
    switch (column->type) {
    case GANGER_COLUMN_REAL:
    case GANGER_COLUMN_INTEGER:
        good = read_number(package, column, text, array, place.row);
        break;
    case GANGER_COLUMN_BOOL:
        good = ganger_cell_bool(text, (bool *)array + place.row);
        break;
    case GANGER_COLUMN_CHOICE:
    case GANGER_COLUMN_CHOICES:
        if (!read_choice(column, text, array, place.row)) {
            refuse_choice(package, place, column);
        }
        break;
    case GANGER_COLUMN_REFERENCE:
        read_reference(package, place, column->refers, (int32_t *)array + place.row);
        break;
    case GANGER_COLUMN_TIME:
        read_time(package, place, column, (int32_t *)array + place.row);
        break;
    case GANGER_COLUMN_ID:
    case GANGER_COLUMN_TEXT:
        break;
    }
    if (!good) {
        ganger_package_refuse(package, place, ganger_cell_expected(column, expected));
    }
}

static bool is_text(const struct ganger_column *column)
{
    return column->type == GANGER_COLUMN_ID || column->type == GANGER_COLUMN_TEXT;
}

/* Row by row, so that findings come in the order of the file. */
static ganger_status read_rows(struct ganger_package *package, enum ganger_table_index index)
{
    const struct ganger_table *table = &ganger_tables[index];
    const struct ganger_csv *csv = &package->tables[index].csv;
    for (int32_t row = 0; row < csv->rows; row++) {
        for (int c = 0; c < table->column_count; c++) {
            const struct ganger_column *column = &table->columns[c];
            if (!ganger_column_kept(column)) {
                continue;
            }
            void *array = *ganger_column_array(package->problem, column);
            /* Texts are owned whatever else is wrong, so that clean-up and messages can rely on them. */
            if (is_text(column)) {
                char *copy = strdup(ganger_csv_cell(csv, row, c));
                if (copy == NULL) {
                    return ganger_findings_out_of_memory(package->findings);
                }
                ((char **)array)[row] = copy;
            }
            if ((column->flags & GANGER_COLUMN_BY_HAND) == 0 &&
                ganger_findings_have_room(package->findings)) {
                read_cell(package, (struct ganger_cell_place){index, c, row}, array);
            }
        }
    }
    return GANGER_STATUS_OK;
}

ganger_status ganger_package_index(struct ganger_package *package, enum ganger_table_index index)
{
    struct ganger_package_table *table = &package->tables[index];
    char **ids = ganger_table_ids(package->problem, index);
    char quoted[GANGER_TEXT_QUOTED];
    if (!ganger_lookup_init(&table->ids, ganger_table_count(package->problem, index))) {
        return ganger_findings_out_of_memory(package->findings);
    }
    for (int32_t row = 0; row < ganger_table_count(package->problem, index); row++) {
        if (*ids[row] == '\0') {
            continue;
        }
        int32_t first = ganger_lookup_add(&table->ids, ids, row);
        if (first >= 0) {
            ganger_findings_add(package->findings, GANGER_STATUS_INPUT_INVALID, table->shown,
                                table->csv.lines[row], ganger_tables[index].columns[0].name,
                                "%s is already the id of line %ld",
                                ganger_text_quote(ids[row], quoted), table->csv.lines[first]);
        }
    }
    return GANGER_STATUS_OK;
}

static ganger_status read_table(struct ganger_package *package, enum ganger_table_index index)
{
    enum { COLUMNS_MAX = 32 };
    const struct ganger_table *table = &ganger_tables[index];
    struct ganger_package_table *state = &package->tables[index];
    const char *names[COLUMNS_MAX];
    bool required[COLUMNS_MAX];
    if (state->shown == NULL || state->broken) {
        return GANGER_STATUS_OK;
    }
    for (int c = 0; c < table->column_count; c++) {
        names[c] = table->columns[c].name;
        required[c] = (table->columns[c].flags & GANGER_COLUMN_REQUIRED) != 0;
    }
    const struct ganger_csv_request request = {
        .path = state->path,
        .shown = state->shown,
        .delimiter = state->delimiter,
        .columns = table->column_count,
        .names = names,
        .required = required,
    };
    ganger_status status = ganger_csv_read(&state->csv, &request, package->findings);
    if (status != GANGER_STATUS_OK) {
        state->broken = true;
        return status == GANGER_STATUS_OUT_OF_MEMORY ? status : GANGER_STATUS_OK;
    }
    ganger_table_release(package->problem, index);
    if (!ganger_table_allocate(package->problem, index, state->csv.rows)) {
        return ganger_findings_out_of_memory(package->findings);
    }
    GANGER_TRY(read_rows(package, index));
    if (table->columns[0].type == GANGER_COLUMN_ID) {
        GANGER_TRY(ganger_package_index(package, index));
    }
    GANGER_TRY(ganger_package_by_hand(package, index));
out:
    return status;
}

ganger_status ganger_package_read_tables(struct ganger_package *package)
{
    ganger_status status = GANGER_STATUS_OK;
    for (int table = 0; table < GANGER_TABLES; table++) {
        if (table != GANGER_TABLE_CALENDAR_NAME) {
            GANGER_TRY(read_table(package, (enum ganger_table_index)table));
        }
        if (table == GANGER_TABLE_CALENDAR) {
            package->tables[GANGER_TABLE_CALENDAR_NAME].broken = package->tables[table].broken;
        }
    }
out:
    return status;
}
