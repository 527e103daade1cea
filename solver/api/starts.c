#include "api/starts.h"

#include "base/date.h"
#include "base/lookup.h"
#include "base/text.h"
#include "instance/cells.h"
#include "instance/csv.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum column {
    COLUMN_WORK,
    COLUMN_DONE,
    COLUMN_MODE_ID,
    COLUMN_MODE,
    COLUMN_PERIOD,
    COLUMN_DAY,
    COLUMN_FINISH,
    COLUMNS
};

static const char *const names[COLUMNS] = {"work_id",      "done",  "mode_id",        "mode",
                                           "start_period", "start", "finish_boundary"};
static const bool required[COLUMNS] = {[COLUMN_WORK] = true};

struct reading {
    const struct ganger_problem *problem;
    const char *path;
    struct ganger_csv csv;
    struct ganger_lookup works;
    struct ganger_starts *starts;
    struct ganger_findings *findings;
    int32_t row;
    ganger_status status;
};

static const char *cell(const struct reading *reading, enum column column)
{
    return ganger_csv_cell(&reading->csv, reading->row, (int)column);
}

__attribute__((format(printf, 3, 4))) static bool
refuse(struct reading *reading, enum column column, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    reading->status =
        ganger_findings_add(reading->findings, GANGER_STATUS_INPUT_INVALID, reading->path,
                            reading->csv.lines[reading->row], names[column], "%s", text);
    return false;
}

static bool refuse_cell(struct reading *reading, enum column column, const char *expected)
{
    char quoted[GANGER_TEXT_QUOTED];
    return refuse(reading, column, "expected %s, found %s", expected,
                  ganger_text_quote(cell(reading, column), quoted));
}

/* Done, unless the table says otherwise or gives no start. */
static bool read_done(struct reading *reading, bool *done)
{
    const char *text = cell(reading, COLUMN_DONE);
    *done = cell(reading, COLUMN_PERIOD)[0] != '\0' || cell(reading, COLUMN_DAY)[0] != '\0';
    if (text[0] == '\0') {
        return true;
    }
    bool said;
    if (!ganger_cell_bool(text, &said)) {
        return refuse_cell(reading, COLUMN_DONE, "true or false");
    }
    if (said && !*done) {
        return refuse(reading, COLUMN_PERIOD, "the work is done, but has no start");
    }
    *done = said;
    return true;
}

static bool read_mode(struct reading *reading, int32_t w, int32_t *mode)
{
    const struct ganger_problem *p = reading->problem;
    int32_t first = p->works.first_mode[w], modes = p->works.first_mode[w + 1] - first;
    const char *id = cell(reading, COLUMN_MODE_ID), *position = cell(reading, COLUMN_MODE);
    int64_t at;
    if (id[0] != '\0') {
        for (*mode = first; *mode < first + modes && strcmp(p->modes.id[*mode], id) != 0;) {
            ++*mode;
        }
        return *mode < first + modes || refuse_cell(reading, COLUMN_MODE_ID, "a mode of the work");
    }
    *mode = first;
    if (position[0] == '\0') {
        return modes == 1 || refuse(reading, COLUMN_MODE_ID,
                                    "the work has %d modes, and none is named", (int)modes);
    }
    if (!ganger_cell_integer(position, &at) || at < 0 || at >= modes) {
        return refuse_cell(reading, COLUMN_MODE, "the position of a mode, from 0");
    }
    *mode += (int32_t)at;
    return true;
}

/* A period, or a day within it; a milestone is on the last day before its boundary, as it is exported. */
static bool read_start(struct reading *reading, int32_t mode, int32_t *start)
{
    const struct ganger_time *time = &reading->problem->time;
    bool by_period = cell(reading, COLUMN_PERIOD)[0] != '\0';
    enum column column = by_period ? COLUMN_PERIOD : COLUMN_DAY;
    int64_t period, day;
    if (by_period) {
        if (!ganger_cell_integer(cell(reading, column), &period)) {
            return refuse_cell(reading, column, "a period, from 0");
        }
    } else {
        if (!ganger_date_parse(cell(reading, column), &day)) {
            return refuse_cell(reading, column, "a date, YYYY-MM-DD");
        }
        day += (reading->problem->modes.duration[mode] == 0) - time->start_day;
        period = day < 0 ? -1 : day / time->period_days;
    }
    if (period < 0 || period >= time->periods) {
        return refuse(reading, column, "the start is not within the programme, periods 0 to %d",
                      time->periods - 1);
    }
    *start = (int32_t)period;
    return true;
}

static bool read_finish(struct reading *reading, int32_t mode, int32_t start, int32_t *finish)
{
    const struct ganger_problem *p = reading->problem;
    const char *text = cell(reading, COLUMN_FINISH);
    int64_t said;
    *finish = ganger_problem_finish(p, mode, start);
    if (*finish > p->time.periods) {
        return refuse(reading, COLUMN_PERIOD,
                      "work %s cannot start in period %d: it is no working period, or the work is "
                      "not finished by the horizon",
                      p->works.id[p->modes.work[mode]], start);
    }
    if (text[0] != '\0' && (!ganger_cell_integer(text, &said) || said != *finish)) {
        char expected[64];
        snprintf(expected, sizeof expected, "%d, by its mode and calendar", *finish);
        return refuse_cell(reading, COLUMN_FINISH, expected);
    }
    return true;
}

static bool read_row(struct reading *reading)
{
    struct ganger_starts *starts = reading->starts;
    int32_t start = GANGER_NONE, finish = GANGER_NONE, mode = GANGER_NONE;
    bool done;
    int32_t w =
        ganger_lookup_find(&reading->works, reading->problem->works.id, cell(reading, COLUMN_WORK));
    if (w == GANGER_NONE) {
        return refuse_cell(reading, COLUMN_WORK, "a work of the instance");
    }
    if (starts->line[w] > 0) {
        return refuse(reading, COLUMN_WORK, "work %s is also on line %ld",
                      reading->problem->works.id[w], starts->line[w]);
    }
    starts->line[w] = reading->csv.lines[reading->row];
    if (!read_done(reading, &done)) {
        return false;
    }
    if (done) {
        if (!read_mode(reading, w, &mode) || !read_start(reading, mode, &start) ||
            !read_finish(reading, mode, start, &finish)) {
            return false;
        }
        starts->start[w] = start;
        starts->finish[w] = finish;
        starts->mode[w] = mode;
    }
    return true;
}

static bool allocate(struct ganger_starts *starts, int32_t works)
{
    size_t count = (size_t)works + 1;
    starts->start = malloc(count * sizeof *starts->start);
    starts->finish = malloc(count * sizeof *starts->finish);
    starts->mode = malloc(count * sizeof *starts->mode);
    starts->line = calloc(count, sizeof *starts->line);
    if (!starts->start || !starts->finish || !starts->mode || !starts->line) {
        return false;
    }
    for (int32_t w = 0; w < works; w++) {
        starts->start[w] = starts->finish[w] = starts->mode[w] = GANGER_NONE;
    }
    return true;
}

void ganger_starts_clear(struct ganger_starts *starts)
{
    free(starts->start);
    free(starts->finish);
    free(starts->mode);
    free(starts->line);
    *starts = (struct ganger_starts){0};
}

static void read_rows(struct reading *reading)
{
    for (; reading->row < reading->csv.rows && ganger_findings_have_room(reading->findings);
         reading->row++) {
        read_row(reading);
    }
}

ganger_status ganger_starts_read(const struct ganger_problem *problem, const char *path,
                                 struct ganger_starts *starts, struct ganger_findings *findings)
{
    struct reading reading = {
        .problem = problem, .path = path, .starts = starts, .findings = findings};
    const struct ganger_csv_request request = {path, path, ',', COLUMNS, names, required};
    ganger_status status = GANGER_STATUS_OK;
    *starts = (struct ganger_starts){0};
    if (!allocate(starts, problem->works.count) ||
        !ganger_lookup_init(&reading.works, problem->works.count)) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    for (int32_t w = 0; w < problem->works.count; w++) {
        ganger_lookup_add(&reading.works, problem->works.id, w);
    }
    GANGER_TRY(ganger_csv_read(&reading.csv, &request, findings));
    read_rows(&reading);
    status = reading.status;
out:
    ganger_csv_clear(&reading.csv);
    ganger_lookup_clear(&reading.works);
    return status;
}
