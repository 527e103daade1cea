#include "explain/own.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ganger_own_tally ganger_own_tally_empty(void)
{
    return (struct ganger_own_tally){.best_mode = GANGER_NONE, .wish_mode = GANGER_NONE};
}

bool ganger_own_is_makespan(const struct ganger_own *own)
{
    return own->x->problem->objective == GANGER_OBJECTIVE_MAKESPAN;
}

/* True for what concerns the work alone, so that others have no part in it. */
static bool is_own(enum ganger_obstacle_kind kind)
{
    return kind == GANGER_OBSTACLE_FIXED_MODE || kind == GANGER_OBSTACLE_FIXED_START ||
           kind == GANGER_OBSTACLE_EARLIEST || kind == GANGER_OBSTACLE_REST ||
           kind == GANGER_OBSTACLE_HORIZON || kind == GANGER_OBSTACLE_DEADLINE;
}

static void count_obstacle(struct ganger_own_tally *tally, struct ganger_obstacle obstacle,
                           int32_t start)
{
    for (int32_t i = 0; i < tally->rows; i++) {
        struct ganger_own_stop *row = &tally->row[i];
        if (row->obstacle.kind == obstacle.kind && row->obstacle.other == obstacle.other) {
            row->starts++;
            row->first = start < row->first ? start : row->first;
            row->last = start > row->last ? start : row->last;
            return;
        }
    }
    if (tally->rows < GANGER_OWN_STOPS_MAX) {
        tally->row[tally->rows++] = (struct ganger_own_stop){obstacle, 1, start, start};
    }
}

void ganger_own_try(struct ganger_own *own, struct ganger_own_tally *tally, int32_t mode,
                    int32_t start)
{
    struct ganger_obstacle list[GANGER_OBSTACLES_MAX];
    struct ganger_schedule *s = own->x->what_if->schedule;
    int32_t count = ganger_obstacles_find(s, mode, start, list);
    bool possible = true;
    for (int32_t i = 0; i < count; i++) {
        count_obstacle(tally, list[i], start);
        possible = possible && !is_own(list[i].kind);
    }
    tally->tried++;
    tally->allowed += count == 0;
    if (!possible) {
        return;
    }
    struct ganger_change change = ganger_what_if_doing(own->x->what_if, mode, start);
    if (count == 0 && change.target == GANGER_NONE &&
        (tally->best_mode == GANGER_NONE || change.value > tally->best.value)) {
        tally->best = change;
        tally->best_mode = mode;
        tally->best_start = start;
    }
    if (tally->wish_mode == GANGER_NONE || change.value > tally->wish.value) {
        tally->wish = change;
        tally->wish_mode = mode;
        tally->wish_start = start;
    }
}

static int more_starts(const void *a, const void *b)
{
    const struct ganger_own_stop *x = a, *y = b;
    if (x->starts != y->starts) {
        return x->starts > y->starts ? -1 : 1;
    }
    if (x->obstacle.kind != y->obstacle.kind) {
        return x->obstacle.kind < y->obstacle.kind ? -1 : 1;
    }
    return x->obstacle.other < y->obstacle.other ? -1 : x->obstacle.other > y->obstacle.other;
}

void ganger_own_put_change(struct ganger_own *own, json_t *row, struct ganger_change change)
{
    struct ganger_sheet *sheet = own->x->sheet;
    ganger_sheet_put_real(sheet, row, "change", change.value);
    if (!ganger_own_is_makespan(own)) {
        ganger_sheet_put_real(sheet, row, "traffic", change.terms.traffic + change.terms.terminal);
        ganger_sheet_put_real(sheet, row, "cost", change.terms.cost);
        ganger_sheet_put_real(sheet, row, "tardiness", change.terms.tardiness);
        ganger_sheet_put_real(sheet, row, "shortfall", change.terms.shortfall);
        if (own->x->problem->works.kept_start) {
            ganger_sheet_put_real(sheet, row, "changes", change.terms.changes);
        }
    }
}

/* "why" of a row: "allowed", or the first obstacle and how many more there are. */
static void put_why(struct ganger_own *own, json_t *row, const struct ganger_obstacle *list,
                    int32_t count)
{
    struct ganger_sheet *sheet = own->x->sheet;
    char text[GANGER_OBSTACLE_SIZE], line[GANGER_OBSTACLE_SIZE + 32];
    json_t *array = ganger_sheet_array(sheet, row, "obstacles");
    for (int32_t i = 0; i < count; i++) {
        ganger_obstacle_put(sheet, array, own->x->problem, own->work, list[i]);
    }
    ganger_sheet_put_flag(sheet, row, "allowed", count == 0);
    if (count > 0) {
        ganger_obstacle_say(own->x->problem, own->work, list[0], text);
        snprintf(line, sizeof line, count > 1 ? "%s (and %d more)" : "%s", text, count - 1);
    }
    ganger_sheet_put_text(sheet, row, "why", count > 0 ? line : "allowed");
}

void ganger_own_put_place(struct ganger_own *own, json_t *array, const char *label, int32_t mode,
                          int32_t start)
{
    struct ganger_explaining *x = own->x;
    const struct ganger_problem *p = x->problem;
    struct ganger_obstacle list[GANGER_OBSTACLES_MAX];
    char date[GANGER_DATE_SIZE];
    json_t *row = ganger_sheet_row(x->sheet, array);
    ganger_sheet_put_text(x->sheet, row, "what", label);
    ganger_sheet_put_text(x->sheet, row, "mode", ganger_words_mode(p, mode));
    if (start < 0 || start >= p->time.periods) {
        list[0] = (struct ganger_obstacle){GANGER_OBSTACLE_HORIZON, GANGER_NONE, p->time.periods,
                                           p->time.periods, 0};
        put_why(own, row, list, 1);
        if (start < 0) {
            ganger_sheet_put_text(x->sheet, row, "why", "before the programme begins");
        }
        return;
    }
    int32_t finish = ganger_problem_finish(p, mode, start);
    int32_t count = ganger_obstacles_find(x->what_if->schedule, mode, start, list);
    ganger_sheet_put_text(x->sheet, row, "start", ganger_words_first_day(p, start, date));
    if (finish <= p->time.periods) {
        struct ganger_change change = ganger_what_if_doing(x->what_if, mode, start);
        ganger_sheet_put_text(x->sheet, row, "finish", ganger_words_last_day(p, finish, date));
        ganger_own_put_change(own, row, ganger_change_between(change, own->now));
        if (change.target != GANGER_NONE && count < GANGER_OBSTACLES_MAX) {
            list[count++] =
                (struct ganger_obstacle){GANGER_OBSTACLE_TARGET, change.target, 0, 0, 0};
        }
    }
    put_why(own, row, list, count);
}

void ganger_own_print_places(struct ganger_own *own, json_t *array, const char *heading)
{
    static const struct ganger_sheet_column columns[] = {
        {NULL, "what", "", GANGER_SHEET_TEXT, 0},
        {NULL, "mode", "mode", GANGER_SHEET_TEXT, 16},
        {NULL, "start", "start", GANGER_SHEET_TEXT, 0},
        {NULL, "finish", "finished", GANGER_SHEET_TEXT, 0},
        {NULL, "change", "value", GANGER_SHEET_SIGNED, 2},
        {NULL, "traffic", "traffic", GANGER_SHEET_SIGNED, 2},
        {NULL, "cost", "cost", GANGER_SHEET_SIGNED, 2},
        {NULL, "tardiness", "tardiness", GANGER_SHEET_SIGNED, 2},
        {NULL, "shortfall", "targets missed", GANGER_SHEET_SIGNED, 2},
        {NULL, "changes", "cost of change", GANGER_SHEET_SIGNED, 2},
        {NULL, "why", "", GANGER_SHEET_TEXT, 0}};
    static const struct ganger_sheet_column short_columns[] = {
        {NULL, "what", "", GANGER_SHEET_TEXT, 0},
        {NULL, "mode", "mode", GANGER_SHEET_TEXT, 16},
        {NULL, "start", "start", GANGER_SHEET_TEXT, 0},
        {NULL, "finish", "finished", GANGER_SHEET_TEXT, 0},
        {NULL, "change", "sooner", GANGER_SHEET_SIGNED, 0},
        {NULL, "why", "", GANGER_SHEET_TEXT, 0}};
    if (json_array_size(array) == 0) {
        return;
    }
    struct ganger_sheet_column shown[sizeof columns / sizeof *columns];
    int count = 0;
    bool replanned = own->x->problem->works.kept_start != NULL;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (replanned || strcmp(columns[i].key, "changes") != 0) {
            shown[count++] = columns[i];
        }
    }
    ganger_sheet_say(own->x->sheet, "  %s\n", heading);
    struct ganger_sheet_table table = {shown, count, 0, 4};
    if (ganger_own_is_makespan(own)) {
        table.columns = short_columns;
        table.count = sizeof short_columns / sizeof *short_columns;
    }
    ganger_sheet_print(own->x->sheet, array, table);
}

void ganger_own_put_tally(struct ganger_own *own, struct ganger_own_tally *tally, const char *key)
{
    struct ganger_explaining *x = own->x;
    char text[GANGER_OBSTACLE_SIZE], date[GANGER_DATE_SIZE];
    json_t *array = ganger_sheet_array(x->sheet, own->row, key);
    qsort(tally->row, (size_t)tally->rows, sizeof *tally->row, more_starts);
    for (int32_t i = 0; i < tally->rows; i++) {
        struct ganger_own_stop *row = &tally->row[i];
        json_t *item = ganger_sheet_row(x->sheet, array);
        ganger_sheet_put_integer(x->sheet, item, "starts", row->starts);
        ganger_sheet_put_text(x->sheet, item, "first",
                              ganger_words_first_day(x->problem, row->first, date));
        ganger_sheet_put_text(x->sheet, item, "last",
                              ganger_words_first_day(x->problem, row->last, date));
        ganger_sheet_put_text(x->sheet, item, "text",
                              ganger_obstacle_name(x->problem, own->work, row->obstacle, text));
    }
}

void ganger_own_print_tally(struct ganger_own *own, const char *key)
{
    static const struct ganger_sheet_column columns[] = {
        {NULL, "starts", "starts", GANGER_SHEET_NUMBER, 0},
        {NULL, "first", "from", GANGER_SHEET_TEXT, 0},
        {NULL, "last", "to", GANGER_SHEET_TEXT, 0},
        {NULL, "text", "stopped by", GANGER_SHEET_TEXT, 0}};
    const json_t *array = json_object_get(own->row, key);
    if (json_array_size(array) > 0) {
        ganger_sheet_print(own->x->sheet, array,
                           (struct ganger_sheet_table){columns, 4, own->x->rows, 4});
    }
}
