/* The best start of the best mode, by what estimate.c or prospects.c says of each start. */
#include "base/bits.h"
#include "search/estimate.h"
#include "search/prospects.h"

#include <math.h>

/* The best so far. */
struct choice {
    struct ganger_placement best;
    double gain;
    int32_t finish;
    bool found;
};

/* Starts of a mode: `set` has those allowed, and loses those overlooked. A start brings sum[start] + more. */
struct starts {
    uint64_t *set;
    int32_t first, last;
    const double *sum;
    double more;
};

static bool overlooked(struct ganger_island *island, double chance)
{
    return chance > 0 && ganger_rng_word(&island->rng) < chance * 0x1p32;
}

/* The best start that is not overlooked and brings more than `least`, or GANGER_NONE. Each start is overlooked by chance,
 * which is drawn only where it matters. `seen` is not. */
static int32_t pick(struct ganger_island *island, const struct starts *starts, double chance,
                    int32_t seen, double least)
{
    for (;;) {
        int32_t s =
            ganger_prospect_best_start(starts->sum, starts->set, starts->first, starts->last);
        if (s == GANGER_NONE || !(starts->sum[s] + starts->more > least)) {
            return GANGER_NONE;
        }
        if (s == seen || !overlooked(island, chance)) {
            return s;
        }
        ganger_bits_drop(starts->set, s, s + 1);
    }
}

/* The first start that is not overlooked, or GANGER_NONE. */
static int32_t pick_first(struct ganger_island *island, const struct starts *starts, double chance)
{
    int32_t s = ganger_bits_next(starts->set, starts->first, starts->last + 1);
    while (s <= starts->last && overlooked(island, chance)) {
        s = ganger_bits_next(starts->set, s + 1, starts->last + 1);
    }
    return s <= starts->last ? s : GANGER_NONE;
}

/* The last start that ends by a boundary. */
static int32_t latest(const struct ganger_island *island, int32_t mode, int32_t finish)
{
    const struct ganger_problem *p = island->model->problem;
    return island->model->frame
        ->latest[(int64_t)p->modes.span[mode] * (p->time.periods + 1) + finish];
}

static void choose(struct ganger_island *island, int32_t mode, int32_t start, double gain,
                   struct choice *choice)
{
    const struct ganger_problem *p = island->model->problem;
    *choice = (struct choice){
        {p->modes.work[mode], mode, start}, gain, ganger_problem_finish(p, mode, start), true};
}

/* Takes the best of a mode if it is better. */
static void consider(struct ganger_island *island, const struct ganger_question *question,
                     int32_t mode, struct starts starts, struct choice *choice)
{
    int32_t seen = GANGER_NONE;
    double least = choice->found ? choice->gain : -INFINITY;
    if (question->early) {
        seen = pick_first(island, &starts, question->blink);
        if (seen == GANGER_NONE) {
            return;
        }
        int32_t finish = ganger_problem_finish(island->model->problem, mode, seen);
        int32_t last = latest(island, mode, finish);
        starts.first = seen;
        starts.last = last < starts.last ? last : starts.last;
        least = choice->found && finish == choice->finish ? choice->gain : -INFINITY;
    }
    int32_t start = pick(island, &starts, question->blink, seen, least);
    if (start != GANGER_NONE) {
        choose(island, mode, start, starts.sum[start] + starts.more, choice);
    }
}

/* What the targets pay is the same for all starts that end by the first of them; else it is added to each. */
static void add_km(struct ganger_island *island, int32_t mode, struct starts *starts)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t work = p->modes.work[mode], end = starts->last + 1;
    int32_t late = latest(island, mode, ganger_estimate_first_target(p)) + 1;
    if (ganger_bits_next(starts->set, late > starts->first ? late : starts->first, end) == end) {
        starts->more = ganger_estimate_km(island, work, 0);
        return;
    }
    double *sum = island->estimator->sum;
    for (int32_t s = ganger_bits_next(starts->set, starts->first, end); s < end;
         s = ganger_bits_next(starts->set, s + 1, end)) {
        sum[s] =
            starts->sum[s] + ganger_estimate_km(island, work, ganger_problem_finish(p, mode, s));
    }
    starts->sum = sum;
}

/* Looks at the allowed starts of a mode. */
static void look_at(struct ganger_island *island, const struct ganger_question *question,
                    int32_t mode, struct starts starts, struct choice *choice)
{
    starts.first = ganger_bits_next(starts.set, starts.first, starts.last + 1);
    starts.last = ganger_bits_last(starts.set, starts.first, starts.last + 1);
    if (island->outlook) {
        starts.sum = ganger_prospects_look(island, mode).sum;
    } else {
        starts.sum = ganger_estimate_starts(island, mode, starts.first, starts.last);
    }
    add_km(island, mode, &starts);
    consider(island, question, mode, starts, choice);
}

/* True if what is remembered says that no start of the mode is better. */
static bool is_hopeless(const struct ganger_island *island, const struct ganger_question *question,
                        int32_t mode, const struct choice *choice)
{
    struct ganger_prospect seen;
    return island->outlook && choice->found && !question->early &&
           ganger_prospects_recall(island, mode, &seen) &&
           seen.most + ganger_estimate_km(island, question->work, 0) <= choice->gain;
}

bool ganger_estimate_best(struct ganger_island *island, struct ganger_question question,
                          struct ganger_placement *best, double *gain)
{
    const struct ganger_problem *p = island->model->problem;
    struct ganger_estimator *e = island->estimator;
    struct choice choice = {.found = false};
    e->prepared = false;
    for (int32_t m = p->works.first_mode[question.work]; m < p->works.first_mode[question.work + 1];
         m++) {
        struct starts starts = {e->starts, question.first, question.last, NULL, 0};
        island->ticks += p->time.periods / 4;
        if ((question.mode != GANGER_NONE && m != question.mode) || m == question.not_mode ||
            is_hopeless(island, &question, m, &choice)) {
            continue;
        }
        if (question.early && choice.found) {
            int32_t last = latest(island, m, choice.finish);
            starts.last = last < starts.last ? last : starts.last;
        }
        int32_t count = starts.first <= starts.last
                            ? ganger_schedule_starts_between(island->schedule, m, starts.first,
                                                             starts.last, e->starts)
                            : 0;
        e->placements += count;
        if (count > 0) {
            look_at(island, &question, m, starts, &choice);
        }
    }
    if (choice.found) {
        *best = choice.best;
        *gain = choice.gain;
    }
    return choice.found;
}
