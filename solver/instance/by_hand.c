#include "instance/by_hand.h"

#include "base/date.h"
#include "base/text.h"
#include "instance/cells.h"
#include "instance/csr.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Column of a table by its CSV name; the name must exist. */
static int column_of(enum ganger_table_index table, const char *name)
{
    int c = 0;
    while (strcmp(ganger_tables[table].columns[c].name, name) != 0) {
        c++;
    }
    return c;
}

static const char *cell_of(const struct ganger_package *package, struct ganger_cell_place place)
{
    return ganger_csv_cell(&package->tables[place.table].csv, place.row, place.column);
}

/* GMNS measures a segment from its ref_node_id; here that is always the link's from node. */
static ganger_status check_segment_refs(struct ganger_package *package)
{
    const struct ganger_problem *p = package->problem;
    struct ganger_cell_place place = {.table = GANGER_TABLE_SEGMENT,
                                      .column = column_of(GANGER_TABLE_SEGMENT, "ref_node_id")};
    for (place.row = 0; place.row < p->segments.count; place.row++) {
        int32_t link = p->segments.link[place.row];
        int32_t from = link >= 0 && link < p->links.count ? p->links.from[link] : GANGER_NONE;
        if (from < 0 || from >= p->nodes.count ||
            strcmp(cell_of(package, place), p->nodes.id[from]) == 0) {
            continue;
        }
        char quoted[GANGER_TEXT_QUOTED];
        char expected[2 * GANGER_TEXT_QUOTED];
        snprintf(expected, sizeof expected, "%s, the from node of the segment's link",
                 ganger_text_quote(p->nodes.id[from], quoted));
        ganger_package_refuse(package, place, expected);
    }
    return GANGER_STATUS_OK;
}

/* Calendars have no table of their own: their ids are those that calendar.csv names, in that order. */
static ganger_status name_calendars(struct ganger_package *package)
{
    struct ganger_problem *p = package->problem;
    struct ganger_package_table *state = &package->tables[GANGER_TABLE_CALENDAR_NAME];
    int32_t rows = p->calendars.rows;
    ganger_table_release(p, GANGER_TABLE_CALENDAR_NAME);
    if (!ganger_table_allocate(p, GANGER_TABLE_CALENDAR_NAME, rows) ||
        !ganger_lookup_init(&state->ids, rows)) {
        return ganger_findings_out_of_memory(package->findings);
    }
    p->calendars.count = 0;
    for (int32_t row = 0; row < rows; row++) {
        struct ganger_cell_place place = {GANGER_TABLE_CALENDAR, 0, row};
        const char *id = cell_of(package, place);
        if (*id == '\0') {
            ganger_package_refuse(package, place, "an id");
            continue;
        }
        int32_t calendar = ganger_lookup_find(&state->ids, p->calendars.id, id);
        if (calendar < 0) {
            calendar = p->calendars.count++;
            p->calendars.id[calendar] = strdup(id);
            if (p->calendars.id[calendar] == NULL) {
                p->calendars.count--;
                return ganger_findings_out_of_memory(package->findings);
            }
            ganger_lookup_add(&state->ids, p->calendars.id, calendar);
        }
        p->calendars.row_calendar[row] = calendar;
    }
    return GANGER_STATUS_OK;
}

/* from and to as they stand in the file: after clamping to the horizon the order could not be told. */
static ganger_status check_ranges(struct ganger_package *package, enum ganger_table_index table)
{
    const struct ganger_csv *csv = &package->tables[table].csv;
    int from = column_of(table, "from"), to = column_of(table, "to");
    for (int32_t row = 0; row < csv->rows; row++) {
        const char *from_text = ganger_csv_cell(csv, row, from);
        const char *to_text = ganger_csv_cell(csv, row, to);
        const struct ganger_column *column = &ganger_tables[table].columns[from];
        int64_t begin = 0, end = 0;
        /* Two dates may lie in one period and still be in order. */
        bool known = (ganger_date_parse(from_text, &begin) && ganger_date_parse(to_text, &end)) ||
                     (ganger_package_time(package, column, from_text, &begin) &&
                      ganger_package_time(package, column, to_text, &end));
        if (known && begin >= end) {
            char quoted[GANGER_TEXT_QUOTED];
            char expected[2 * GANGER_TEXT_QUOTED];
            snprintf(expected, sizeof expected, "a time after \"from\", %s",
                     ganger_text_quote(from_text, quoted));
            ganger_package_refuse(package, (struct ganger_cell_place){table, to, row}, expected);
        }
    }
    return GANGER_STATUS_OK;
}

/* Puts the rows of a table in the given order; only a table without texts may lose rows on the way. */
static bool reorder(struct ganger_package *package, enum ganger_table_index index,
                    const int32_t *order, int32_t rows)
{
    struct ganger_problem *p = package->problem;
    struct ganger_csv *csv = &package->tables[index].csv;
    for (int c = 0; c < ganger_tables[index].column_count; c++) {
        const struct ganger_column *column = &ganger_tables[index].columns[c];
        if (!ganger_column_kept(column)) {
            continue;
        }
        size_t size = ganger_column_size(column->type);
        void **array = ganger_column_array(p, column);
        char *sorted = calloc((size_t)rows + 1, size);
        if (sorted == NULL) {
            return false;
        }
        for (int32_t row = 0; row < rows; row++) {
            memcpy(sorted + (size_t)row * size, (char *)*array + (size_t)order[row] * size, size);
        }
        free(*array);
        *array = sorted;
    }
    *ganger_table_rows(p, index) = rows;
    long *lines = calloc((size_t)rows + 1, sizeof *lines);
    if (lines == NULL) {
        return false;
    }
    for (int32_t row = 0; row < rows; row++) {
        lines[row] = csv->lines[order[row]];
    }
    free(csv->lines);
    csv->lines = lines;
    /* The cells are in the old order: nobody may look at them again. */
    csv->rows = 0;
    return true;
}

static bool usable(const struct ganger_package *package, enum ganger_table_index table)
{
    return !package->tables[table].broken;
}

static void check_mode_ids(struct ganger_package *package, const int32_t *first)
{
    const struct ganger_problem *p = package->problem;
    const struct ganger_package_table *state = &package->tables[GANGER_TABLE_MODE];
    char quoted[GANGER_TEXT_QUOTED], of[GANGER_TEXT_QUOTED];
    for (int32_t work = 0; work < p->works.count; work++) {
        for (int32_t m = first[work] + 1; m < first[work + 1]; m++) {
            int32_t other = first[work];
            while (other < m && strcmp(p->modes.id[other], p->modes.id[m]) != 0) {
                other++;
            }
            if (other < m) {
                ganger_findings_add(
                    package->findings, GANGER_STATUS_INPUT_INVALID, state->shown,
                    state->csv.lines[m], "mode_id", "work %s already has a mode %s in line %ld",
                    ganger_text_quote(p->works.id[work], of),
                    ganger_text_quote(p->modes.id[m], quoted), state->csv.lines[other]);
            }
        }
    }
}

/* The mode of a work by its id; GANGER_NONE, with a finding at `place`, if it has none like it. */
static int32_t find_mode(struct ganger_package *package, const int32_t *first, int32_t work,
                         struct ganger_cell_place place)
{
    const struct ganger_problem *p = package->problem;
    const char *text = cell_of(package, place);
    for (int32_t m = first[work]; m < first[work + 1]; m++) {
        if (strcmp(p->modes.id[m], text) == 0) {
            return m;
        }
    }
    char what[GANGER_TEXT_QUOTED + 32], quoted[GANGER_TEXT_QUOTED];
    snprintf(what, sizeof what, "mode of work %s:", ganger_text_quote(p->works.id[work], quoted));
    ganger_package_refuse_unknown(
        package, place, what,
        ganger_text_nearest(text, (const char *const *)p->modes.id + first[work],
                            first[work + 1] - first[work]));
    return GANGER_NONE;
}

static void read_fixed_modes(struct ganger_package *package, const int32_t *first)
{
    struct ganger_problem *p = package->problem;
    struct ganger_cell_place place = {.table = GANGER_TABLE_WORK,
                                      .column = column_of(GANGER_TABLE_WORK, "fixed_mode")};
    for (place.row = 0; place.row < p->works.count; place.row++) {
        p->works.fixed_mode[place.row] = GANGER_NONE;
        if (*cell_of(package, place) != '\0') {
            int32_t mode = find_mode(package, first, place.row, place);
            if (mode >= 0) {
                p->works.fixed_mode[place.row] = mode - first[place.row];
            }
        }
    }
}

static bool all_found(const int32_t *rows, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        if (rows[i] < 0) {
            return false;
        }
    }
    return true;
}

/* Groups the modes by work, unless one has none: then nothing is looked up among the modes. */
static ganger_status group_modes(struct ganger_package *package)
{
    struct ganger_problem *p = package->problem;
    struct ganger_package_table *state = &package->tables[GANGER_TABLE_MODE];
    int32_t *first = NULL, *order = NULL;
    ganger_status status = GANGER_STATUS_OK;
    if (!usable(package, GANGER_TABLE_WORK) || !all_found(p->modes.work, p->modes.count)) {
        state->broken = true;
        return status;
    }
    if (!ganger_csr_build(p->modes.work, p->modes.count, p->works.count, &first, &order) ||
        !reorder(package, GANGER_TABLE_MODE, order, p->modes.count)) {
        status = ganger_findings_out_of_memory(package->findings);
        goto out;
    }
    check_mode_ids(package, first);
    read_fixed_modes(package, first);
out:
    free(first);
    free(order);
    return status;
}

/* The mode of each row of usage.csv; GANGER_NONE for a row that uses nothing. */
static void read_usage_modes(struct ganger_package *package, const int32_t *first)
{
    struct ganger_problem *p = package->problem;
    const struct ganger_lookup *works = &package->tables[GANGER_TABLE_WORK].ids;
    struct ganger_cell_place work_place = {.table = GANGER_TABLE_USAGE,
                                           .column = column_of(GANGER_TABLE_USAGE, "work_id")};
    struct ganger_cell_place mode_place = {.table = GANGER_TABLE_USAGE,
                                           .column = column_of(GANGER_TABLE_USAGE, "mode_id")};
    for (int32_t row = 0; row < p->modes.uses; row++) {
        work_place.row = mode_place.row = row;
        const char *text = cell_of(package, work_place);
        int32_t work = ganger_lookup_find(works, p->works.id, text);
        p->modes.use_mode[row] = GANGER_NONE;
        if (*text == '\0') {
            ganger_package_refuse(package, work_place, "an id");
        } else if (work < 0) {
            ganger_package_refuse_unknown(
                package, work_place, "work",
                ganger_text_nearest(text, (const char *const *)p->works.id, p->works.count));
        } else if (*cell_of(package, mode_place) == '\0') {
            ganger_package_refuse(package, mode_place, "an id");
        } else {
            int32_t mode = find_mode(package, first, work, mode_place);
            p->modes.use_mode[row] = p->modes.use_amount[row] > 0 ? mode : GANGER_NONE;
        }
    }
}

static ganger_status group_uses(struct ganger_package *package)
{
    struct ganger_problem *p = package->problem;
    int32_t *first_mode = NULL, *first = NULL, *order = NULL;
    ganger_status status = GANGER_STATUS_OK;
    if (!usable(package, GANGER_TABLE_WORK) || !usable(package, GANGER_TABLE_MODE)) {
        return status;
    }
    if (!ganger_csr_build(p->modes.work, p->modes.count, p->works.count, &first_mode, NULL)) {
        status = ganger_findings_out_of_memory(package->findings);
        goto out;
    }
    read_usage_modes(package, first_mode);
    if (!ganger_csr_build(p->modes.use_mode, p->modes.uses, p->modes.count, &first, &order) ||
        !reorder(package, GANGER_TABLE_USAGE, order, first[p->modes.count])) {
        status = ganger_findings_out_of_memory(package->findings);
    }
out:
    free(first_mode);
    free(first);
    free(order);
    return status;
}

ganger_status ganger_package_by_hand(struct ganger_package *package, enum ganger_table_index index)
{
    ganger_status status = GANGER_STATUS_OK;
    switch (index) {
    case GANGER_TABLE_SEGMENT:
        return check_segment_refs(package);
    case GANGER_TABLE_CAPACITY:
        return check_ranges(package, index);
    case GANGER_TABLE_CALENDAR:
        GANGER_TRY(name_calendars(package));
        return check_ranges(package, index);
    case GANGER_TABLE_MODE:
        return group_modes(package);
    case GANGER_TABLE_USAGE:
        return group_uses(package);
    default:
        break;
    }
out:
    return status;
}
