#include "search/journal.h"

#include "base/clock.h"

#include <math.h>
#include <stdlib.h>

static const double sign_of_life_s = 1.0;

void ganger_journal_begin(struct ganger_journal *journal, const struct ganger_problem *problem,
                          const struct ganger_options *options, struct ganger_search_result *result)
{
    *journal = (struct ganger_journal){.problem = problem, .options = options, .result = result};
    journal->begin_s = journal->last_sign_s = ganger_clock_now_s();
}

double ganger_journal_elapsed(const struct ganger_journal *journal)
{
    return ganger_clock_now_s() - journal->begin_s;
}

/* Of the works' cost or, where they cost nothing, of the plan's value. */
static double gap_percent(double bound, double value, double cost)
{
    double base = cost > 0 ? cost : fabs(value);
    return 100.0 * (bound - value) / fmax(base, 1e-9);
}

static void count_km(const struct ganger_schedule *s, struct ganger_progress *progress)
{
    const struct ganger_problem *p = s->problem;
    for (int32_t w = 0; w < p->works.count; w++) {
        if (s->start[w] == GANGER_NONE) {
            continue;
        }
        progress->works_done++;
        if (p->works.kind[w] == GANGER_WORK_REPAIR) {
            progress->km_repaired += p->works.km[w];
        } else if (p->works.kind[w] == GANGER_WORK_BUILD) {
            progress->km_built += p->works.km[w];
        }
    }
}

static void report(struct ganger_journal *journal, char source)
{
    struct ganger_search_result *result = journal->result;
    if (!journal->options->on_progress) {
        return;
    }
    struct ganger_progress progress = {.source = source,
                                       .time_s = ganger_journal_elapsed(journal),
                                       .ticks = result->ticks,
                                       .rounds = result->rounds,
                                       .value = NAN,
                                       .bound = NAN,
                                       .gap_percent = NAN,
                                       .works = journal->problem->works.count};
    if (result->best) {
        progress.value = result->value.total;
        count_km(result->best, &progress);
    }
    if (isfinite(result->bound)) {
        progress.bound = result->bound;
        progress.gap_percent =
            result->best ? gap_percent(result->bound, result->value.total, result->value.terms.cost)
                         : NAN;
    }
    journal->options->on_progress(&progress, journal->options->progress_context);
    journal->last_sign_s = ganger_clock_now_s();
}

void ganger_journal_trace(struct ganger_journal *journal, char source)
{
    struct ganger_search_result *result = journal->result;
    if (result->trace_rows == journal->trace_room) {
        int32_t room = 2 * journal->trace_room + 64;
        struct ganger_search_trace *rows = realloc(result->trace, (size_t)room * sizeof *rows);
        if (!rows) {
            return; /* a trace with holes is better than no plan */
        }
        result->trace = rows;
        journal->trace_room = room;
    }
    result->trace[result->trace_rows++] = (struct ganger_search_trace){
        ganger_journal_elapsed(journal), result->best ? result->value.total : NAN,
        isfinite(result->bound) ? result->bound : NAN, result->ticks, result->rounds};
    report(journal, source);
}

bool ganger_journal_take(struct ganger_journal *journal, const struct ganger_schedule *schedule,
                         struct ganger_value value)
{
    struct ganger_search_result *result = journal->result;
    if (value.penalty > 0 || (result->best && value.total <= result->value.total)) {
        return false;
    }
    if (!result->best) {
        result->best = ganger_schedule_create(result->model->frame);
        if (!result->best) {
            return false;
        }
        result->first_value = value.total;
        result->first_time_s = ganger_journal_elapsed(journal);
    }
    ganger_schedule_copy(result->best, schedule);
    result->value = value;
    return true;
}

void ganger_journal_sign(struct ganger_journal *journal)
{
    if (ganger_clock_now_s() - journal->last_sign_s > sign_of_life_s) {
        report(journal, ' ');
    }
}

bool ganger_journal_proven(const struct ganger_journal *journal)
{
    const struct ganger_search_result *result = journal->result;
    return result->best && isfinite(result->bound) &&
           result->bound - result->value.total <= 1e-9 * fabs(result->value.total);
}

bool ganger_journal_stopped(const struct ganger_journal *journal)
{
    const struct ganger_options *options = journal->options;
    return options->should_stop && options->should_stop(options->stop_context);
}
