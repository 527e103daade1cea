/* One work: why it is where it is and what other places would cost, or why it is left out. */
#include "explain/own.h"
#include "instance/schema.h"
#include "plan/report.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* So many weeks in whole periods, at least one; of a makespan, whose periods are of any length, periods. */
static int32_t shift_of(const struct ganger_own *own, int32_t weeks)
{
    double periods = weeks * 7.0 / own->x->problem->time.period_days;
    int32_t shift = ganger_own_is_makespan(own) ? weeks : (int32_t)lround(periods);
    return shift != 0 ? shift : weeks < 0 ? -1 : 1;
}

static void label_shift(const struct ganger_own *own, int32_t shift, char *label, size_t size)
{
    int32_t days = abs(shift) * own->x->problem->time.period_days;
    bool makespan = ganger_own_is_makespan(own), weeks = days % 7 == 0;
    int32_t number = makespan ? abs(shift) : weeks ? days / 7 : days;
    snprintf(label, size, "%d %s%s %s", number,
             makespan ? "period"
             : weeks  ? "week"
                      : "day",
             number == 1 ? "" : "s", shift < 0 ? "earlier" : "later");
}

/* 1, 4 and 13 weeks earlier and later, in whole periods. */
static void explain_moves(struct ganger_own *own, int32_t mode, int32_t start)
{
    static const int32_t weeks[] = {-13, -4, -1, 1, 4, 13};
    struct ganger_explaining *x = own->x;
    json_t *array = ganger_sheet_array(x->sheet, own->row, "moves");
    int32_t before = 0;
    for (size_t i = 0; i < sizeof weeks / sizeof *weeks; i++) {
        int32_t shift = shift_of(own, weeks[i]);
        char label[64];
        if (shift == before) {
            continue; /* of long periods several weeks are one */
        }
        before = shift;
        label_shift(own, shift, label, sizeof label);
        ganger_own_put_place(own, array, label, mode, start + shift);
    }
    ganger_own_print_places(own, array, "moved alone, all else as it is:");
    const struct ganger_works *works = &x->problem->works;
    json_t *modes = ganger_sheet_array(x->sheet, own->row, "modes");
    for (int32_t m = works->first_mode[own->work]; m < works->first_mode[own->work + 1]; m++) {
        if (m != mode) {
            ganger_own_put_place(own, modes, "from the same day", m, start);
        }
    }
    ganger_own_print_places(own, modes, "in another mode:");
}

/* The first start that dates, predecessors and rails allow, and which of them is last to; GANGER_NEVER if none is. */
static int32_t earliest_of(struct ganger_own *own, int32_t mode, struct ganger_obstacle *last)
{
    struct ganger_obstacle list[GANGER_OBSTACLES_MAX];
    int32_t count = ganger_obstacles_find(own->x->what_if->schedule, mode, 0, list);
    int32_t earliest = 0;
    last->kind = GANGER_OBSTACLE_KINDS;
    for (int32_t i = 0; i < count; i++) {
        enum ganger_obstacle_kind kind = list[i].kind;
        bool never = kind == GANGER_OBSTACLE_LACKS || kind == GANGER_OBSTACLE_NO_RAILS;
        bool dated = kind == GANGER_OBSTACLE_FIXED_START || kind == GANGER_OBSTACLE_EARLIEST ||
                     kind == GANGER_OBSTACLE_WAITS || kind == GANGER_OBSTACLE_RAILS;
        int32_t from = never ? GANGER_NEVER : dated ? list[i].from : 0;
        if (from > earliest) {
            earliest = from;
            *last = list[i];
        }
    }
    return earliest;
}

static void explain_earlier(struct ganger_own *own, int32_t mode, int32_t start)
{
    struct ganger_explaining *x = own->x;
    struct ganger_own_tally tally = ganger_own_tally_empty();
    struct ganger_obstacle last;
    char text[GANGER_OBSTACLE_SIZE], date[GANGER_DATE_SIZE], value[GANGER_SIGNED_SIZE];
    int32_t earliest = earliest_of(own, mode, &last);
    const char *by = last.kind == GANGER_OBSTACLE_KINDS
                         ? "the programme begins"
                         : ganger_obstacle_say(x->problem, own->work, last, text);
    ganger_words_first_day(x->problem, earliest, date);
    ganger_sheet_put_text(x->sheet, own->row, "earliest", date);
    ganger_sheet_put_text(x->sheet, own->row, "earliest_by", by);
    ganger_sheet_say(x->sheet, "  earliest  %s by dates, predecessors and rails: %s\n", date, by);
    for (int32_t s = earliest; s < start; s++) {
        ganger_own_try(own, &tally, mode, s);
    }
    ganger_own_put_tally(own, &tally, "not_earlier");
    ganger_sheet_put_integer(x->sheet, own->row, "earlier_starts", tally.tried);
    ganger_sheet_put_integer(x->sheet, own->row, "earlier_starts_allowed", tally.allowed);
    if (tally.tried > 0) {
        ganger_sheet_say(x->sheet, "  of %d earlier starts %d are allowed", tally.tried,
                         tally.allowed);
        if (tally.best_mode != GANGER_NONE) {
            double change = tally.best.value - own->now.value;
            ganger_sheet_put_real(x->sheet, own->row, "best_earlier_change", change);
            ganger_sheet_say(x->sheet, ", the best of them, %s, for %s %s",
                             ganger_words_first_day(x->problem, tally.best_start, date),
                             ganger_words_signed(change, 2, value),
                             ganger_own_is_makespan(own) ? "periods" : "M USD");
        }
        ganger_sheet_say(x->sheet, tally.rows > 0 ? "; the others are stopped:\n" : "\n");
        ganger_own_print_tally(own, "not_earlier");
    }
}

struct term {
    const char *name;
    double value;
};

/* The terms that are not zero: "traffic +18.62, cost +4.66". */
static void say_listed(struct ganger_own *own, const struct term *term, size_t count)
{
    bool first = true;
    for (size_t i = 0; i < count; i++) {
        char text[GANGER_SIGNED_SIZE];
        if (fabs(term[i].value) >= 0.005) {
            ganger_sheet_say(own->x->sheet, "%s%s %s", first ? "" : ", ", term[i].name,
                             ganger_words_signed(term[i].value, 2, text));
            first = false;
        }
    }
}

static void say_terms(struct ganger_own *own, const struct ganger_terms *terms)
{
    const struct term list[] = {{"traffic", terms->traffic + terms->terminal},
                                {"cost", terms->cost},
                                {"tardiness", terms->tardiness},
                                {"targets missed", terms->shortfall},
                                {"changes of the earlier plan", terms->changes}};
    say_listed(own, list, sizeof list / sizeof *list);
}

static void say_removed(struct ganger_own *own, const struct ganger_placement *removed,
                        int32_t count)
{
    struct ganger_explaining *x = own->x;
    json_t *array = ganger_sheet_array(x->sheet, json_object_get(own->row, "removal"), "with");
    for (int32_t i = 0; i < count; i++) {
        int32_t w = removed[i].work;
        if (w != own->work) {
            json_t *row = ganger_sheet_row(x->sheet, array);
            ganger_sheet_put_text(x->sheet, row, "id", x->problem->works.id[w]);
            ganger_sheet_put_text(x->sheet, row, "name", ganger_words_work(x->problem, w));
        }
    }
    if (count > 1) {
        ganger_sheet_say(x->sheet,
                         "; with it %s %d that depend%s on it: ", count == 2 ? "goes" : "go",
                         count - 1, count == 2 ? "s" : "");
        for (size_t i = 0; i < json_array_size(array) && i < (size_t)x->rows; i++) {
            ganger_sheet_item(x->sheet, i == 0,
                              json_string_value(json_object_get(json_array_get(array, i), "id")));
        }
        ganger_sheet_say(x->sheet, count - 1 > x->rows ? " ..." : "");
    }
}

static void explain_removal(struct ganger_own *own)
{
    struct ganger_explaining *x = own->x;
    const struct ganger_works *works = &x->problem->works;
    json_t *removal = ganger_sheet_object(x->sheet, own->row, "removal");
    struct ganger_placement *removed = malloc(((size_t)works->count + 1) * sizeof *removed);
    char value[GANGER_SIGNED_SIZE];
    int32_t count = 0, needed = GANGER_NONE;
    if (!removed) {
        x->sheet->failed = true;
        return;
    }
    struct ganger_change change = ganger_what_if_without(x->what_if, own->work, removed, &count);
    for (int32_t i = 0; i < count; i++) {
        needed = works->mandatory[removed[i].work] ? removed[i].work : needed;
    }
    ganger_sheet_put_flag(x->sheet, removal, "allowed",
                          needed == GANGER_NONE && change.target == GANGER_NONE);
    ganger_own_put_change(own, removal, change);
    if (needed == own->work) {
        ganger_sheet_say(x->sheet, "  left out  not allowed: it is mandatory");
    } else if (needed != GANGER_NONE) {
        ganger_sheet_say(x->sheet, "  left out  not allowed: %s is mandatory and depends on it",
                         ganger_words_work(x->problem, needed));
    } else if (change.target != GANGER_NONE) {
        ganger_sheet_say(x->sheet, "  left out  not allowed: the hard target %s would be missed",
                         x->problem->targets.id[change.target]);
    } else {
        ganger_sheet_say(x->sheet,
                         "  left out  %s M USD: ", ganger_words_signed(change.value, 2, value));
        say_terms(own, &change.terms);
    }
    say_removed(own, removed, count);
    ganger_sheet_say(x->sheet, "\n");
    free(removed);
}

static void explain_title(struct ganger_own *own)
{
    struct ganger_explaining *x = own->x;
    const struct ganger_problem *p = x->problem;
    int32_t w = own->work, q = p->works.segment[w];
    char km[GANGER_REPORT_NUMBER];
    const char *kind = ganger_work_kind_names[p->works.kind[w]];
    ganger_sheet_put_text(x->sheet, own->row, "id", p->works.id[w]);
    ganger_sheet_put_text(x->sheet, own->row, "name", ganger_words_work(p, w));
    ganger_sheet_put_text(x->sheet, own->row, "kind", kind);
    ganger_sheet_put_text(x->sheet, own->row, "segment",
                          q == GANGER_NONE ? NULL : p->segments.id[q]);
    ganger_sheet_put_real(x->sheet, own->row, "km", p->works.km[w]);
    ganger_sheet_put_real(x->sheet, own->row, "gain", p->works.gain[w]);
    ganger_sheet_put_flag(x->sheet, own->row, "mandatory", p->works.mandatory[w]);
    ganger_sheet_put_flag(x->sheet, own->row, "done", x->plan->start[w] >= 0);
    ganger_sheet_say(x->sheet, "\n%s%s%s\n", p->works.id[w], p->works.name[w][0] ? "  " : "",
                     p->works.name[w]);
    ganger_sheet_say(x->sheet, "  %s", kind);
    if (p->works.km[w] > 0) {
        ganger_sheet_say(x->sheet, ", %s km", ganger_report_number(km, p->works.km[w], 1));
    }
    ganger_sheet_say(x->sheet, "%s%s%s", q == GANGER_NONE ? "" : ", segment ",
                     q == GANGER_NONE ? "" : p->segments.id[q],
                     p->works.mandatory[w] ? ", mandatory" : "");
    if (p->works.gain[w] > 0) {
        ganger_sheet_say(x->sheet, ", +%s Mt/yr", ganger_report_number(km, p->works.gain[w], 1));
    }
    ganger_sheet_say(x->sheet, "%s\n", p->works.renews[w] ? ", renews the line" : "");
}

/* What a mode takes of gangs and supplies. */
static void explain_uses(struct ganger_own *own, int32_t mode)
{
    struct ganger_explaining *x = own->x;
    const struct ganger_problem *p = x->problem;
    json_t *array = ganger_sheet_array(x->sheet, own->row, "uses");
    int32_t first = p->modes.first_use[mode], end = p->modes.first_use[mode + 1];
    for (int32_t i = first; i < end; i++) {
        int32_t resource = p->modes.use_resource[i];
        char number[GANGER_REPORT_NUMBER], item[256];
        json_t *row = ganger_sheet_row(x->sheet, array);
        ganger_sheet_put_text(x->sheet, row, "id", p->resources.id[resource]);
        ganger_sheet_put_text(x->sheet, row, "name", ganger_words_resource(p, resource));
        ganger_sheet_put_integer(x->sheet, row, "amount", p->modes.use_amount[i]);
        snprintf(item, sizeof item, "%s %s of %s",
                 ganger_report_number(number, p->modes.use_amount[i], 0),
                 ganger_words_unit(p, resource), ganger_words_resource(p, resource));
        ganger_sheet_say(x->sheet, "%s", i == first ? "  takes     " : "");
        ganger_sheet_item(x->sheet, i == first, ganger_text_cut(item));
    }
    ganger_sheet_say(x->sheet, "%s", end > first ? "\n" : "");
}

static void put_present(struct ganger_own *own, int32_t mode, int32_t start, int32_t finish)
{
    struct ganger_explaining *x = own->x;
    const struct ganger_problem *p = x->problem;
    char date[GANGER_DATE_SIZE];
    ganger_sheet_put_text(x->sheet, own->row, "mode", ganger_words_mode(p, mode));
    ganger_sheet_put_text(x->sheet, own->row, "start", ganger_words_first_day(p, start, date));
    ganger_sheet_put_text(x->sheet, own->row, "finish", ganger_words_last_day(p, finish, date));
    ganger_sheet_put_integer(x->sheet, own->row, "start_period", start);
    ganger_sheet_put_integer(x->sheet, own->row, "finish_boundary", finish);
    ganger_sheet_put_real(x->sheet, own->row, "cost_undiscounted", p->modes.cost[mode]);
    ganger_own_put_change(own, ganger_sheet_object(x->sheet, own->row, "worth"), own->now);
}

static void explain_done(struct ganger_own *own)
{
    struct ganger_explaining *x = own->x;
    const struct ganger_problem *p = x->problem;
    int32_t start = x->plan->start[own->work], finish = x->plan->finish[own->work];
    int32_t mode = p->works.first_mode[own->work] + x->plan->mode[own->work];
    char span[GANGER_SPAN_SIZE], cost[GANGER_REPORT_NUMBER], value[GANGER_SIGNED_SIZE];
    own->now = ganger_what_if_doing(x->what_if, mode, start);
    put_present(own, mode, start, finish);
    ganger_sheet_say(x->sheet, "  done      %s, mode %s", ganger_words_span(p, start, finish, span),
                     ganger_words_mode(p, mode));
    if (p->modes.cost[mode] > 0) {
        ganger_sheet_say(x->sheet, ", %s M USD",
                         ganger_report_number(cost, p->modes.cost[mode], 1));
    }
    if (p->works.segment[own->work] != GANGER_NONE) {
        ganger_sheet_say(x->sheet, ", %.0f %% of the line open while at work",
                         100 * p->modes.factor[mode]);
    }
    ganger_sheet_say(x->sheet, "\n");
    explain_uses(own, mode);
    if (!ganger_own_is_makespan(own)) {
        ganger_sheet_say(x->sheet, "  worth     %s M USD against not doing it, all else as it is: ",
                         ganger_words_signed(own->now.value, 2, value));
        say_terms(own, &own->now.terms);
        ganger_sheet_say(x->sheet, "\n");
    }
    explain_earlier(own, mode, start);
    explain_moves(own, mode, start);
    ganger_what_if_choose(x->what_if, GANGER_NONE);
    explain_removal(own);
}

/* Whether it would pay, and what keeps it out. */
static void say_verdict(struct ganger_own *own, const struct ganger_own_tally *tally)
{
    char line[256], value[GANGER_SIGNED_SIZE];
    double best = tally->best_mode == GANGER_NONE ? 0 : tally->best.value;
    double wish = tally->wish_mode == GANGER_NONE ? 0 : tally->wish.value;
    if (tally->wish_mode == GANGER_NONE) {
        snprintf(line, sizeof line, "its own dates leave it no start");
    } else if (best > 0) {
        snprintf(line, sizeof line, "it would pay as the plan is: %s M USD",
                 ganger_words_signed(best, 2, value));
    } else if (wish > 0) {
        snprintf(line, sizeof line, "it would pay, %s M USD, if what stands in its way gave way",
                 ganger_words_signed(wish, 2, value));
    } else {
        snprintf(line, sizeof line,
                 "alone it would not pay even if all others gave way: it lacks %s M USD",
                 ganger_report_number(value, -wish, 2));
    }
    ganger_sheet_put_text(own->x->sheet, own->row, "verdict", line);
    ganger_sheet_say(own->x->sheet, "  verdict   %s\n", line);
}

/* What the best place of all lacks, and what the bound's prices say of the work. */
static void explain_wish(struct ganger_own *own, const struct ganger_own_tally *tally)
{
    struct ganger_explaining *x = own->x;
    json_t *array = ganger_sheet_array(x->sheet, own->row, "places");
    if (tally->best_mode != GANGER_NONE) {
        ganger_own_put_place(own, array, "best that fits now", tally->best_mode, tally->best_start);
    }
    if (tally->wish_mode != GANGER_NONE &&
        (tally->wish_mode != tally->best_mode || tally->wish_start != tally->best_start)) {
        ganger_own_put_place(own, array, "best if others gave way", tally->wish_mode,
                             tally->wish_start);
    }
    if (tally->best_mode == GANGER_NONE) {
        ganger_sheet_say(x->sheet, "  no start fits the plan as it is\n");
    }
    ganger_own_print_places(own, array, "done alone, all else as it is:");
    if (tally->wish_mode != GANGER_NONE && json_array_size(array) > 0) {
        const json_t *wish = json_array_get(array, json_array_size(array) - 1);
        const json_t *obstacles = json_object_get(wish, "obstacles");
        for (size_t i = 1; i < json_array_size(obstacles); i++) {
            ganger_sheet_say(
                x->sheet, "      also: %s\n",
                json_string_value(json_object_get(json_array_get(obstacles, i), "text")));
        }
    }
}

static void explain_dues(struct ganger_own *own)
{
    struct ganger_explaining *x = own->x;
    const struct ganger_problem *p = x->problem;
    struct ganger_bound_place place = x->places[own->work];
    struct ganger_dues dues = ganger_explain_dues(x, own->work);
    char date[GANGER_DATE_SIZE], value[GANGER_SIGNED_SIZE];
    json_t *row = ganger_sheet_object(x->sheet, own->row, "at_prices");
    ganger_sheet_put_real(x->sheet, row, "worth", dues.worth);
    if (place.mode == GANGER_NONE) {
        ganger_sheet_say(x->sheet, "  at the prices of the bound: no start fits its dates\n");
        return;
    }
    ganger_sheet_put_text(x->sheet, row, "mode", ganger_words_mode(p, place.mode));
    ganger_sheet_put_text(x->sheet, row, "start", ganger_words_first_day(p, place.start, date));
    ganger_sheet_put_real(x->sheet, row, "traffic", dues.traffic);
    ganger_sheet_put_real(x->sheet, row, "targets", dues.targets);
    ganger_sheet_put_real(x->sheet, row, "precedence", dues.precedence);
    ganger_sheet_put_real(x->sheet, row, "cost", dues.cost + dues.tardiness);
    ganger_sheet_put_real(x->sheet, row, "gangs", dues.gangs);
    ganger_sheet_put_real(x->sheet, row, "windows", dues.windows);
    ganger_sheet_say(x->sheet, "  at the prices of the bound %s M USD (%s from %s):\n",
                     ganger_words_signed(dues.worth, 2, value), ganger_words_mode(p, place.mode),
                     date);
    const struct term list[] = {{"traffic", dues.traffic},
                                {"targets", dues.targets},
                                {"what it lets others do", dues.precedence},
                                {"cost", -dues.cost - dues.tardiness},
                                {"gangs", -dues.gangs},
                                {"budgets and supplies", -dues.windows}};
    ganger_sheet_say(x->sheet, "    ");
    say_listed(own, list, sizeof list / sizeof *list);
    if (dues.dearest != GANGER_NONE) {
        ganger_sheet_say(x->sheet, "; dearest: %s, %.2f", ganger_words_resource(p, dues.dearest),
                         dues.dearest_due);
    }
    ganger_sheet_say(x->sheet, "\n");
}

static void explain_left(struct ganger_own *own)
{
    struct ganger_explaining *x = own->x;
    const struct ganger_problem *p = x->problem;
    struct ganger_own_tally tally = ganger_own_tally_empty();
    for (int32_t m = p->works.first_mode[own->work]; m < p->works.first_mode[own->work + 1]; m++) {
        for (int32_t s = 0; s < p->time.periods; s++) {
            ganger_own_try(own, &tally, m, s);
        }
    }
    ganger_own_put_tally(own, &tally, "stopped_by");
    ganger_sheet_put_integer(x->sheet, own->row, "starts", tally.tried);
    ganger_sheet_put_integer(x->sheet, own->row, "starts_allowed", tally.allowed);
    ganger_sheet_say(x->sheet, "  left out  of %d starts and modes %d are allowed%s\n", tally.tried,
                     tally.allowed, tally.rows > 0 ? "; the others are stopped:" : "");
    ganger_own_print_tally(own, "stopped_by");
    explain_wish(own, &tally);
    if (!ganger_own_is_makespan(own)) {
        say_verdict(own, &tally);
    }
    if (x->places) {
        explain_dues(own);
    }
}

void ganger_explain_work(struct ganger_explaining *x, json_t *array, int32_t work)
{
    struct ganger_own own = {.x = x, .work = work, .row = ganger_sheet_row(x->sheet, array)};
    ganger_what_if_choose(x->what_if, work);
    explain_title(&own);
    if (x->plan->start[work] >= 0) {
        explain_done(&own);
    } else {
        explain_left(&own);
    }
    ganger_what_if_choose(x->what_if, GANGER_NONE);
}
