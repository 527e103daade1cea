#include "risk/report.h"

#include "explain/sheet.h"
#include "explain/words.h"
#include "instance/schema.h"
#include "plan/report.h"
#include "risk/cruciality.h"
#include "risk/statistics.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct report {
    const struct ganger_risk_samples *samples;
    const struct ganger_problem *problem;
    const struct ganger_risk_options *options;
    struct ganger_sheet sheet;
};

static void put_day(struct report *r, json_t *row, const char *key, int32_t boundary)
{
    char date[GANGER_DATE_SIZE];
    bool never = boundary == GANGER_NEVER;
    ganger_sheet_put_text(&r->sheet, row, key,
                          never ? NULL : ganger_words_last_day(r->problem, boundary, date));
}

/* Quantiles and probability of boundaries; `by` is the one that is in time. */
static void put_outcome(struct report *r, json_t *row, const int32_t *boundaries, int32_t by)
{
    static const struct {
        const char *key;
        double share;
    } quantiles[] = {{"p50", 0.5}, {"p80", 0.8}, {"p95", 0.95}};
    int32_t count = r->samples->count;
    int32_t *sorted = malloc((size_t)count * sizeof *sorted);
    r->sheet.failed |= sorted == NULL;
    if (sorted) {
        memcpy(sorted, boundaries, (size_t)count * sizeof *sorted);
    }
    for (size_t i = 0; sorted && i < sizeof quantiles / sizeof *quantiles; i++) {
        put_day(r, row, quantiles[i].key, ganger_risk_quantile(sorted, count, quantiles[i].share));
    }
    ganger_sheet_put_real(&r->sheet, row, "probability",
                          ganger_risk_share_within(boundaries, count, by));
    free(sorted);
}

static void put_target(struct report *r, json_t *rows, int32_t target)
{
    const struct ganger_targets *targets = &r->problem->targets;
    const struct ganger_risk_samples *samples = r->samples;
    int64_t first = (int64_t)target * samples->count;
    double missing = 0;
    for (int32_t i = 0; i < samples->count; i++) {
        missing += samples->missing_km[first + i];
    }
    int32_t planned = ganger_report_target_reached(samples->world->plan, r->problem, target);
    json_t *row = ganger_sheet_row(&r->sheet, rows);
    ganger_sheet_put_text(&r->sheet, row, "target", targets->id[target]);
    ganger_sheet_put_real(&r->sheet, row, "km", targets->km[target]);
    put_day(r, row, "date", targets->by[target]);
    put_day(r, row, "planned", planned > r->problem->time.periods ? GANGER_NEVER : planned);
    put_outcome(r, row, samples->reached + first, targets->by[target]);
    ganger_sheet_put_real(&r->sheet, row, "shortfall_km", missing / samples->count);
}

static int32_t planned_finish(const struct report *r)
{
    const struct ganger_plan *plan = r->samples->world->plan;
    int32_t latest = 0;
    for (int32_t w = 0; w < r->problem->works.count; w++) {
        latest = plan->finish[w] > latest ? plan->finish[w] : latest;
    }
    return latest;
}

/* What matters most, in a sentence a target. */
static void say_in_words(struct report *r)
{
    const struct ganger_targets *targets = &r->problem->targets;
    const struct ganger_risk_samples *samples = r->samples;
    for (int32_t g = 0; g < targets->count; g++) {
        const int32_t *reached = samples->reached + (int64_t)g * samples->count;
        double share = ganger_risk_share_within(reached, samples->count, targets->by[g]);
        char km[GANGER_REPORT_NUMBER], date[GANGER_DATE_SIZE];
        ganger_sheet_say(&r->sheet, "%sIn %.0f of %d samples %s, %s km, is reached by %s.\n",
                         g == 0 ? "\n" : "", share * samples->count, samples->count, targets->id[g],
                         ganger_report_number(km, targets->km[g], 0),
                         ganger_words_last_day(r->problem, targets->by[g], date));
    }
}

static void say_outcomes(struct report *r)
{
    static const struct ganger_sheet_column columns[] = {
        {NULL, "target", "target", GANGER_SHEET_TEXT, 30},
        {NULL, "date", "by", GANGER_SHEET_TEXT, 0},
        {NULL, "planned", "planned", GANGER_SHEET_TEXT, 0},
        {NULL, "p50", "P50", GANGER_SHEET_TEXT, 0},
        {NULL, "p80", "P80", GANGER_SHEET_TEXT, 0},
        {NULL, "p95", "P95", GANGER_SHEET_TEXT, 0},
        {NULL, "probability", "in time %", GANGER_SHEET_PERCENT, 1},
        {NULL, "shortfall_km", "km short", GANGER_SHEET_NUMBER, 1}};
    json_t *targets = ganger_sheet_array(&r->sheet, r->sheet.root, "targets");
    for (int32_t g = 0; g < r->problem->targets.count; g++) {
        put_target(r, targets, g);
    }
    json_t *finish = ganger_sheet_object(&r->sheet, r->sheet.root, "finish");
    ganger_sheet_put_text(&r->sheet, finish, "target", "all works");
    put_day(r, finish, "date", r->problem->time.periods);
    put_day(r, finish, "planned", planned_finish(r));
    put_outcome(r, finish, r->samples->finish, r->problem->time.periods);
    json_t *rows = json_copy(targets);
    r->sheet.failed |= json_array_append(rows, finish) != 0;
    ganger_sheet_say(&r->sheet, "\n");
    ganger_sheet_print(
        &r->sheet, rows,
        (struct ganger_sheet_table){columns, sizeof columns / sizeof *columns, 0, 0});
    json_decref(rows);
    ganger_sheet_say(&r->sheet, "P80: in 80 of 100 samples it is done by then; -: not within ");
    char date[GANGER_DATE_SIZE];
    ganger_sheet_say(&r->sheet, "what is looked at, to %s.\nkm short: at the date, on average.\n",
                     ganger_words_last_day(r->problem, r->samples->world->horizon, date));
}

static void put_work(struct report *r, json_t *rows, int32_t work, const double cruciality[2])
{
    const struct ganger_risk_samples *samples = r->samples;
    const struct ganger_plan *plan = samples->world->plan;
    char date[GANGER_DATE_SIZE];
    double count = samples->count;
    json_t *row = ganger_sheet_row(&r->sheet, rows);
    ganger_sheet_put_text(&r->sheet, row, "work", r->problem->works.id[work]);
    ganger_sheet_put_text(&r->sheet, row, "name", ganger_words_work(r->problem, work));
    ganger_sheet_put_text(&r->sheet, row, "kind",
                          ganger_work_kind_names[r->problem->works.kind[work]]);
    ganger_sheet_put_text(&r->sheet, row, "start",
                          ganger_words_first_day(r->problem, plan->start[work], date));
    put_day(r, row, "finish", plan->finish[work]);
    ganger_sheet_put_real(&r->sheet, row, "share", samples->decides[work] / count);
    ganger_sheet_put_real(&r->sheet, row, "share_finish", samples->decides_finish[work] / count);
    ganger_sheet_put_real(&r->sheet, row, "share_targets", samples->decides_target[work] / count);
    ganger_sheet_put_real(&r->sheet, row, "cruciality_finish", cruciality[0]);
    ganger_sheet_put_real(&r->sheet, row, "cruciality_targets", cruciality[1]);
}

static void print_works(struct report *r, json_t *works)
{
    static const struct ganger_sheet_column columns[] = {
        {NULL, "work", "id", GANGER_SHEET_TEXT, 20},
        {NULL, "name", "work", GANGER_SHEET_TEXT, 40},
        {NULL, "finish", "planned", GANGER_SHEET_TEXT, 0},
        {NULL, "share", "decides %", GANGER_SHEET_PERCENT, 1},
        {NULL, "share_finish", "finish %", GANGER_SHEET_PERCENT, 1},
        {NULL, "share_targets", "target %", GANGER_SHEET_PERCENT, 1},
        {NULL, "cruciality_finish", "rho finish", GANGER_SHEET_SIGNED, 2},
        {NULL, "cruciality_targets", "rho target", GANGER_SHEET_SIGNED, 2}};
    int rows = r->options->rows > 0 ? r->options->rows : 10;
    if (json_array_size(works) == 0) {
        return;
    }
    ganger_sheet_say(&r->sheet, "\nWorks that decide it%s\n",
                     json_array_size(works) > (size_t)rows ? ", the first of them" : "");
    ganger_sheet_print(
        &r->sheet, works,
        (struct ganger_sheet_table){columns, sizeof columns / sizeof *columns, rows, 0});
    ganger_sheet_say(
        &r->sheet, "decides %%: in so many of 100 samples it is on a chain of works, each waiting "
                   "for the one before, that\ndecides when all works are done, or when a target "
                   "is reached. rho: rank correlation of its duration\nwith that date.\n");
}

static void say_works(struct report *r)
{
    const struct ganger_risk_samples *samples = r->samples;
    json_t *rows = ganger_sheet_array(&r->sheet, r->sheet.root, "works");
    size_t works = (size_t)r->problem->works.count + 1;
    int32_t *listed = malloc(works * sizeof *listed), count = 0;
    double *with_finish = malloc(works * sizeof *with_finish);
    double *with_target = malloc(works * sizeof *with_target);
    for (int32_t w = 0; listed && w < r->problem->works.count; w++) {
        listed[count] = w;
        count += samples->decides[w] > 0;
    }
    bool ready = listed && with_finish && with_target &&
                 ganger_risk_cruciality(samples, listed, count, with_finish, with_target);
    for (int32_t i = 0; ready && i < count; i++) {
        put_work(r, rows, listed[i], (const double[2]){with_finish[i], with_target[i]});
    }
    r->sheet.failed |= !ready;
    ganger_sheet_sort(&r->sheet, rows, "share");
    print_works(r, rows);
    free(listed);
    free(with_finish);
    free(with_target);
}

/* Works with a hard deadline that is missed in some sample. */
static void say_deadlines(struct report *r)
{
    static const struct ganger_sheet_column columns[] = {
        {NULL, "work", "id", GANGER_SHEET_TEXT, 20},
        {NULL, "name", "work", GANGER_SHEET_TEXT, 40},
        {NULL, "deadline", "deadline", GANGER_SHEET_TEXT, 0},
        {NULL, "late", "late %", GANGER_SHEET_PERCENT, 1}};
    json_t *rows = ganger_sheet_array(&r->sheet, r->sheet.root, "deadlines");
    int shown = r->options->rows > 0 ? r->options->rows : 10;
    for (int32_t w = 0; w < r->problem->works.count; w++) {
        if (r->samples->late[w] > 0 && r->problem->works.deadline[w] < r->problem->time.periods) {
            json_t *row = ganger_sheet_row(&r->sheet, rows);
            ganger_sheet_put_text(&r->sheet, row, "work", r->problem->works.id[w]);
            ganger_sheet_put_text(&r->sheet, row, "name", ganger_words_work(r->problem, w));
            put_day(r, row, "deadline", r->problem->works.deadline[w]);
            ganger_sheet_put_real(&r->sheet, row, "late",
                                  (double)r->samples->late[w] / r->samples->count);
        }
    }
    ganger_sheet_sort(&r->sheet, rows, "late");
    if (json_array_size(rows) > 0) {
        ganger_sheet_say(&r->sheet, "\nHard deadlines that samples miss%s\n",
                         json_array_size(rows) > (size_t)shown ? ", the first of them" : "");
        ganger_sheet_print(
            &r->sheet, rows,
            (struct ganger_sheet_table){columns, sizeof columns / sizeof *columns, shown, 0});
    }
}

static void say_assumptions(struct report *r)
{
    const struct ganger_risk_options *o = r->options;
    struct ganger_sheet *sheet = &r->sheet;
    json_t *assumed = ganger_sheet_object(sheet, sheet->root, "assumptions");
    json_t *overruns = ganger_sheet_object(sheet, assumed, "overrun_percent");
    ganger_sheet_say(sheet, "\nAssumed\n");
    for (int kind = 0; kind < GANGER_WORK_KINDS; kind++) {
        const char *name = ganger_work_kind_names[kind];
        json_t *overrun = ganger_sheet_object(sheet, overruns, name);
        ganger_sheet_put_real(sheet, overrun, "median", o->overrun[kind].median_percent);
        ganger_sheet_put_real(sheet, overrun, "p90", o->overrun[kind].p90_percent);
        ganger_sheet_say(sheet,
                         "%-9s a duration is %+g %% in the median, %+g %% or more in one of ten\n",
                         name, o->overrun[kind].median_percent, o->overrun[kind].p90_percent);
    }
    ganger_sheet_put_real(sheet, assumed, "correlation_percent", o->correlation_percent);
    ganger_sheet_put_real(sheet, assumed, "winter_percent", o->winter_percent);
    ganger_sheet_say(
        sheet,
        "Works of one gang share %g %% of their luck. The length of a winter varies "
        "by %g %% (standard deviation).\n"
        "Order, modes and gangs are those of the plan; no work starts before its "
        "planned start. After\nthe horizon the last year's calendars and gangs go "
        "on. Costs are those of the plan: a work that takes\nlonger costs no more, and "
        "money that a late work has not used by the end of a year does not lapse.\n",
        o->correlation_percent, o->winter_percent);
}

static void say_title(struct report *r)
{
    const struct ganger_problem *p = r->problem;
    char number[GANGER_REPORT_NUMBER];
    ganger_sheet_put_text(&r->sheet, r->sheet.root, "name", p->name);
    ganger_sheet_put_integer(&r->sheet, r->sheet.root, "samples", r->samples->count);
    /* Larger seeds do not fit an integer of JSON here. */
    if (r->options->seed <= INT64_MAX) {
        ganger_sheet_put_integer(&r->sheet, r->sheet.root, "seed", (int64_t)r->options->seed);
    } else {
        char seed[24];
        snprintf(seed, sizeof seed, "%" PRIu64, r->options->seed);
        ganger_sheet_put_text(&r->sheet, r->sheet.root, "seed", seed);
    }
    put_day(r, r->sheet.root, "horizon", r->samples->world->horizon);
    ganger_sheet_say(&r->sheet, "%s\n%s samples of the plan, seed %" PRIu64 "\n",
                     p->title && p->title[0] ? p->title : p->name,
                     ganger_report_number(number, r->samples->count, 0), r->options->seed);
}

char *ganger_risk_report(const struct ganger_risk_samples *samples)
{
    struct report r = {samples, samples->world->problem, samples->world->options, {0}};
    ganger_sheet_open(&r.sheet);
    say_title(&r);
    say_in_words(&r);
    say_outcomes(&r);
    say_works(&r);
    say_deadlines(&r);
    say_assumptions(&r);
    char *text = ganger_sheet_take(&r.sheet, r.options->json);
    ganger_sheet_clear(&r.sheet);
    return text;
}
