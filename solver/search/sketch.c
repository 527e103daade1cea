#include "search/sketch.h"

#include "base/clock.h"
#include "parallel/parallel.h"
#include "search/anchor.h"
#include "search/merge.h"
#include "search/prospects.h"
#include "search/trial.h"

#include <math.h>
#include <string.h>

/* Temperature at the end, as a share of the programme's cost. */
static const double usual_cold = 5e-5;
/* An island's ticks in a leg: of all of them, about a tenth of a second of one thread. The fewer works, the more a tick
 * takes. */
static const struct {
    int64_t each_work, least;
} leg_ticks = {400, 50000};
/* A sketch that a limit ends cools down in at most so many legs. */
enum { cooling_legs = 5 };
/* What it costs to solve a boundary, roughly. */
enum { boundary_ticks = 60000 };

/* One island's annealing. */
struct line {
    double value, cost;   /* the best seen, which the anchor's schedule holds; of the programme */
    int64_t begin, spent; /* ticks */
    double hot;           /* temperature, a share of the cost, after `from` ticks */
    double cold;          /* what it comes to */
    int64_t from, length; /* until it is cold */
    int64_t until;        /* ticks spent when the leg ends */
};

struct sketch {
    struct ganger_archipelago *archipelago;
    struct ganger_sketch_style style;
    int64_t leg;                  /* ticks of an island */
    struct ganger_schedule *base; /* what all begin with, if there are regions */
    struct line line[GANGER_ISLANDS_MOST];
};

void ganger_sketch_begin(struct ganger_island *island, const struct ganger_outlook *outlook)
{
    ganger_prospects_begin(island, outlook);
    ganger_island_add_up(island);
}

/* The last island keeps its plan if an earlier one is kept, so that the best plan so far is not lost to the heat. */
static bool keeps_plan(const struct sketch *sketch, int32_t index)
{
    const struct ganger_search_model *model = sketch->archipelago->model;
    return index > 0 && index == model->islands - 1 && !sketch->style.regions &&
           ganger_search_keeps(model);
}

/* How many islands anneal, if one that keeps its plan is not counted. */
static int lines_of(const struct sketch *sketch)
{
    int islands = sketch->archipelago->model->islands, lines = sketch->style.lines;
    return lines > 0 && lines < islands && !sketch->style.regions ? lines : islands;
}

static bool sits_out(const struct sketch *sketch, int32_t index)
{
    return index >= lines_of(sketch) || keeps_plan(sketch, index);
}

static void begin(int32_t index, void *context)
{
    struct sketch *sketch = context;
    const struct ganger_archipelago *a = sketch->archipelago;
    struct ganger_island *island = a->island[index];
    double cold = sketch->style.cold > 0 ? sketch->style.cold : usual_cold;
    island->ticks = 0;
    if (sits_out(sketch, index)) {
        return;
    }
    ganger_rng_init(&island->rng, a->seed, (uint32_t)index, (uint64_t)a->round);
    island->round = a->round;
    if (sketch->style.regions) {
        ganger_regions_view(sketch->style.regions, a->model->islands, index, &island->own,
                            &island->own_count);
    }
    ganger_sketch_begin(island, sketch->style.outlook);
    ganger_schedule_copy(island->anchor->schedule, island->schedule);
    sketch->line[index] = (struct line){.value = island->value.total,
                                        .cost = fabs(island->value.terms.cost),
                                        .begin = island->ticks,
                                        .hot = fmax(sketch->style.hot, cold),
                                        .cold = cold,
                                        .length = sketch->style.ticks};
}

static double heat_of(const struct line *line)
{
    double share = (double)(line->spent - line->from) / (double)line->length;
    return line->hot * pow(line->cold / line->hot, fmin(share, 1));
}

/* Anneals to the end of the leg. */
static void anneal(int32_t index, void *context)
{
    struct sketch *sketch = context;
    struct ganger_island *island = sketch->archipelago->island[index];
    struct line *line = &sketch->line[index];
    double since = ganger_clock_now_s();
    bool idle = sits_out(sketch, index) || (island->own && island->own_count == 0);
    while (!idle && line->spent < line->until) {
        ganger_moves_try(sketch->archipelago->moves[index], island, line->cost * heat_of(line));
        if (island->value.total > line->value) {
            line->value = island->value.total;
            ganger_schedule_copy(island->anchor->schedule, island->schedule);
        }
        line->spent = island->ticks - line->begin;
    }
    island->sketching_s += ganger_clock_now_s() - since;
}

/* The island holds the best plan that it has seen, whose traffic is not known. */
static void take_best(struct ganger_island *island)
{
    ganger_schedule_copy(island->schedule, island->anchor->schedule);
    ganger_island_measure_capacity(island);
    island->outlook = NULL;
    island->stale = true;
}

static void settle(int32_t index, void *context)
{
    struct sketch *sketch = context;
    struct ganger_archipelago *a = sketch->archipelago;
    struct ganger_island *island = a->island[index];
    if (sits_out(sketch, index)) {
        return;
    }
    take_best(island);
    int64_t sketched = island->ticks;
    if (!ganger_island_begin(island, a->seed, (uint32_t)index, a->round)) {
        return;
    }
    memset(island->guessed, 0, (size_t)a->model->boundaries);
    island->guesses = 0;
    ganger_island_solve_range(island, 0, a->model->boundaries);
    ganger_island_add_up(island);
    ganger_island_end(island);
    island->ticks += sketched;
}

/* Each island that anneals learns from the best plan of another one, in turn from all of them. */
static void introduce(struct sketch *sketch, int64_t leg)
{
    const struct ganger_archipelago *a = sketch->archipelago;
    int lines = lines_of(sketch);
    if (sketch->style.regions) {
        return; /* there is nothing to learn elsewhere */
    }
    for (int i = 0; i < lines && lines > 1; i++) {
        int other = (i + 1 + (int)(leg % (lines - 1))) % lines;
        const struct ganger_island *from = a->island[other];
        ganger_schedule_copy(a->island[i]->neighbour,
                             sits_out(sketch, other) ? from->schedule : from->anchor->schedule);
    }
}

/* Legs until the end; false if a limit came first. Either way the ticks of the legs are counted. */
static bool run_legs(struct sketch *sketch, int64_t *ticks)
{
    const struct ganger_archipelago *a = sketch->archipelago;
    const struct ganger_sketch_style *style = &sketch->style;
    int64_t before = *ticks, solving = (int64_t)a->model->boundaries * boundary_ticks;
    /* Threads that idle take as long as if they did the same. */
    int threads = a->threads < a->model->islands ? a->threads : a->model->islands;
    int abreast = lines_of(sketch) > threads ? lines_of(sketch) : threads;
    bool over = false;
    for (int64_t leg = 0; leg < style->ticks && !over; leg += sketch->leg) {
        bool last = style->ticks - leg <= sketch->leg;
        for (int i = 0; i < a->model->islands; i++) {
            sketch->line[i].until = last ? style->ticks : leg + sketch->leg;
        }
        ganger_parallel_for(a->threads, a->model->islands, anneal, sketch);
        introduce(sketch, leg / sketch->leg);
        *ticks = before + ganger_archipelago_spent(a);
        int64_t rest =
            last ? lines_of(sketch) * solving : abreast * cooling_legs * sketch->leg + solving;
        over = style->over && style->over(style->context, rest);
    }
    return !over;
}

/* Cools down in little time, from where the sketch was broken off. */
static void cool_down(struct sketch *sketch)
{
    const struct ganger_archipelago *a = sketch->archipelago;
    int64_t most = cooling_legs * sketch->leg;
    for (int i = 0; i < a->model->islands; i++) {
        struct line *line = &sketch->line[i];
        line->hot = heat_of(line);
        line->cold = fmin(line->cold, usual_cold);
        line->from = line->spent;
        line->length = line->spent < most ? line->spent + 1 : most;
        line->until = line->from + line->length;
    }
    ganger_parallel_for(a->threads, a->model->islands, anneal, sketch);
}

/* The best island's plan by the outlook, on all islands. */
static void spread_best(struct sketch *sketch)
{
    struct ganger_archipelago *a = sketch->archipelago;
    int best = 0;
    for (int i = 1; i < a->model->islands; i++) {
        bool better = sketch->line[i].value > sketch->line[best].value;
        best = better && !sits_out(sketch, i) ? i : best;
    }
    take_best(a->island[best]);
    for (int i = 0; i < a->model->islands; i++) {
        a->island[i]->outlook = NULL;
        if (i != best) {
            ganger_island_copy_plan(a->island[i], a->island[best]);
        }
    }
}

/* What all islands changed, on all islands. False if memory is short. */
static bool merge(struct sketch *sketch)
{
    struct ganger_archipelago *a = sketch->archipelago;
    for (int i = 0; i < a->model->islands; i++) {
        take_best(a->island[i]);
        a->island[i]->own = NULL;
        ganger_sketch_begin(a->island[i], sketch->style.outlook);
    }
    if (!ganger_merge(a, sketch->base)) {
        return false;
    }
    ganger_prospects_end(a->island[0]);
    for (int i = 0; i < a->model->islands; i++) {
        a->island[i]->outlook = NULL;
        a->island[i]->stale = true;
        if (i > 0) {
            ganger_island_copy_plan(a->island[i], a->island[0]);
        }
    }
    return true;
}

/* One plan for all islands, whose traffic they solve together; limits do not count. */
static enum ganger_round_end settle_one(struct sketch *sketch, int64_t *ticks)
{
    struct ganger_archipelago *a = sketch->archipelago;
    bool (*interrupted)(void *context) = a->interrupted;
    if (!sketch->style.regions) {
        spread_best(sketch);
    } else if (!merge(sketch)) {
        return GANGER_ROUND_FAILED;
    }
    *ticks += ganger_archipelago_spent(a);
    a->interrupted = NULL;
    enum ganger_round_end end = ganger_archipelago_solve(a, ticks);
    a->interrupted = interrupted;
    return end;
}

/* Each island's own best plan. */
static enum ganger_round_end settle_each(struct sketch *sketch, int64_t *ticks)
{
    struct ganger_archipelago *a = sketch->archipelago;
    ganger_parallel_for(a->threads, a->model->islands, settle, sketch);
    a->round++;
    *ticks += ganger_archipelago_spent(a);
    int lines = lines_of(sketch);
    for (int i = lines; i < a->model->islands; i++) {
        if (!keeps_plan(sketch, i)) {
            ganger_island_copy_plan(a->island[i], a->island[i % lines]);
        }
    }
    return ganger_archipelago_end_of(a);
}

static enum ganger_round_end run(struct sketch *sketch, int64_t *ticks)
{
    struct ganger_archipelago *a = sketch->archipelago;
    int64_t before = *ticks, uncounted = 0;
    ganger_parallel_for(a->threads, a->model->islands, begin, sketch);
    if (!run_legs(sketch, ticks)) {
        cool_down(sketch);
        enum ganger_round_end end = settle_one(sketch, &uncounted);
        return end == GANGER_ROUND_DONE ? GANGER_ROUND_INTERRUPTED : end;
    }
    *ticks = before;
    return sketch->style.regions ? settle_one(sketch, ticks) : settle_each(sketch, ticks);
}

enum ganger_round_end ganger_sketch_run(struct ganger_archipelago *archipelago,
                                        struct ganger_sketch_style style, int64_t *ticks)
{
    struct sketch sketch = {.archipelago = archipelago, .style = style};
    int64_t leg = leg_ticks.each_work * archipelago->model->problem->works.count;
    enum ganger_round_end end = GANGER_ROUND_FAILED;
    sketch.leg = leg > leg_ticks.least ? leg : leg_ticks.least;
    sketch.base = style.regions ? ganger_schedule_create(archipelago->model->frame) : NULL;
    if (style.regions && !sketch.base) {
        goto out;
    }
    if (style.regions) {
        ganger_schedule_copy(sketch.base, archipelago->island[0]->schedule);
    }
    end = run(&sketch, ticks);
out:
    ganger_schedule_destroy(sketch.base);
    return end;
}
