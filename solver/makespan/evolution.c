#include "makespan/evolution.h"

#include "parallel/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The opening: generations at most, and without any slot improved, before annealing takes over. */
enum { generations = 24, patience = 12 };
/* Ticks within which the speed is not yet seen well. */
static const int64_t little = 1500000;
/* Breeding finds more than annealing does within so many schedules by the cube of the works, but no more than
 * `most`, nor than so many a work where the renewables make schedules longer than `crowded` critical paths; and
 * whatever the pace where works have several modes. The rest of the pace, after `bred_share` of it, is left to
 * annealing. */
static const struct {
    double by_cube, most, crowded, a_work_if_crowded;
} bred = {0.1, 140000, 1.3, 500};
static const double bred_share = 0.85;

/* Schedules of the longest pilot, by the cube of the works, and the ticks that it may have in any case. Some problems
 * have best schedules that a cycle comes to seldom, however long it is; so where there is time, many short ones are
 * tried, each on its own. */
static const double pilot_by_cube = 1.5, pilot_least = 15000000;

/* Where works have several modes, breeding gets stuck. It ends after so many schedules by the cube of the works if the
 * rest of the pace is at least as long as so many laps: annealing of a new population, as long as the longest pilot, and
 * polishing for so many times as long. */
static const struct {
    double bred, least, polished;
} lap = {13, 4, 2};

/* What is left of a cycle of annealing to polish its members. */
static const double polished_share = 0.5;

struct ganger_evolution *ganger_evolution_create(const struct ganger_makespan_model *model,
                                                 uint64_t seed, int threads)
{
    size_t works = (size_t)model->works + 1;
    struct ganger_evolution *e = calloc(1, sizeof *e);
    if (!e) {
        return NULL;
    }
    e->model = model;
    e->seed = seed;
    e->threads = threads;
    ganger_annealing_init(&e->annealing, model);
    e->makespan = INT32_MAX;
    e->start = calloc(works, sizeof *e->start);
    e->mode = calloc(works, sizeof *e->mode);
    bool ready = ganger_breeding_init(&e->breeding, model) && e->start && e->mode;
    for (int i = 0; ready && i < GANGER_EVOLUTION_WORKERS; i++) {
        e->breeder[i] = ganger_breeder_create(model);
        ready = e->breeder[i] != NULL;
    }
    if (!ready) {
        ganger_evolution_destroy(e);
        return NULL;
    }
    return e;
}

void ganger_evolution_destroy(struct ganger_evolution *evolution)
{
    if (!evolution) {
        return;
    }
    for (int i = 0; i < GANGER_EVOLUTION_WORKERS; i++) {
        ganger_breeder_destroy(evolution->breeder[i]);
    }
    ganger_breeding_clear(&evolution->breeding);
    ganger_annealing_clear(&evolution->annealing);
    ganger_polish_destroy(evolution->polish);
    free(evolution->start);
    free(evolution->mode);
    free(evolution);
}

bool ganger_evolution_anneals(const struct ganger_evolution *evolution)
{
    return evolution->stage == GANGER_EVOLUTION_PILOTS ||
           evolution->stage == GANGER_EVOLUTION_COOLING;
}

/* The share of a logical worker. */
static void work(int32_t index, void *context)
{
    struct ganger_evolution *e = context;
    struct ganger_breeder *b = e->breeder[index];
    ganger_rng_init(&b->rng, e->seed, (uint32_t)index, (uint64_t)e->rounds);
    if (e->stage == GANGER_EVOLUTION_POLISHING) {
        ganger_polish_work(e->polish, b, e->annealing.members, index);
    } else if (ganger_evolution_anneals(e)) {
        ganger_annealing_work(&e->annealing, b, index, GANGER_EVOLUTION_WORKERS);
    } else {
        ganger_breeding_work(&e->breeding, b, index, GANGER_EVOLUTION_WORKERS);
    }
}

/* A member that beats the best is kept forward: mirrored schedules are turned round. */
static void keep_best(struct ganger_evolution *e, const struct ganger_population *from,
                      enum ganger_direction direction)
{
    const struct ganger_makespan_model *m = e->model;
    int32_t best = GANGER_NONE;
    for (int32_t i = 0; i < from->size; i++) {
        bool first = best == GANGER_NONE;
        if (ganger_population_sound(from, i) &&
            (first || from->makespan[i] < from->makespan[best])) {
            best = i;
        }
    }
    if (best == GANGER_NONE || from->makespan[best] >= e->makespan) {
        return;
    }
    const int32_t *start = from->start + (int64_t)best * m->works;
    const int32_t *mode = ganger_population_modes(from, m, best);
    bool mirrored = m->mirrors && direction == GANGER_BACKWARD;
    e->makespan = from->makespan[best];
    for (int32_t w = 0; w < m->works; w++) {
        e->start[w] = mirrored ? e->makespan - start[w] - m->duration[mode[w]] : start[w];
        e->mode[w] = mode[w];
    }
}

static void count_schedules(struct ganger_evolution *e)
{
    e->schedules = 0;
    for (int i = 0; i < GANGER_EVOLUTION_WORKERS; i++) {
        e->schedules += e->breeder[i]->schedules;
    }
}

int64_t ganger_evolution_warm_up(int64_t pace)
{
    int64_t least = pace / GANGER_EVOLUTION_WARM_UP, most = pace / GANGER_EVOLUTION_SHORT_WARM_UP;
    return least > little ? least : most < little ? most : little;
}

int64_t ganger_evolution_least_pace(int64_t now)
{
    return (now + 1) * (now < little ? GANGER_EVOLUTION_SHORT_WARM_UP : GANGER_EVOLUTION_WARM_UP);
}

bool ganger_evolution_breeds(const struct ganger_evolution *evolution, int64_t pace)
{
    const struct ganger_makespan_model *m = evolution->model;
    bool crowded = evolution->makespan > bred.crowded * m->critical_path;
    double n = m->works;
    double most = fmin(bred.by_cube * n * n * n, bred.most);
    most = crowded ? fmin(most, bred.a_work_if_crowded * n) : most;
    return m->several || (double)pace / (n + 1) <= most;
}

static bool breed(struct ganger_evolution *e)
{
    struct ganger_breeding *b = &e->breeding;
    struct ganger_rng rng;
    ganger_rng_init(&rng, e->seed, GANGER_EVOLUTION_WORKERS, (uint64_t)e->rounds);
    ganger_parallel_for(e->threads, GANGER_EVOLUTION_WORKERS, work, e);
    e->rounds++;
    keep_best(e, b->young, ganger_breeding_target(b));
    return ganger_breeding_settle(b, &rng);
}

static bool anneal(struct ganger_evolution *e, int64_t now)
{
    e->annealing.counted = e->counted;
    ganger_annealing_prepare(&e->annealing, now);
    ganger_parallel_for(e->threads, GANGER_EVOLUTION_WORKERS, work, e);
    e->annealing.fresh = false;
    e->rounds++;
    keep_best(e, e->annealing.members, GANGER_FORWARD);
    for (int i = 0; i < GANGER_EVOLUTION_WORKERS; i++) {
        keep_best(e, e->breeder[i]->best, e->breeder[i]->best_direction);
    }
    return true;
}

static bool polish(struct ganger_evolution *e)
{
    ganger_parallel_for(e->threads, GANGER_EVOLUTION_WORKERS, work, e);
    e->rounds++;
    bool sound = ganger_polish_settle(e->polish, e->annealing.members);
    keep_best(e, e->annealing.members, GANGER_FORWARD);
    return sound;
}

/* What the next stage can learn from: the members of this one. */
static bool remember(struct ganger_evolution *e)
{
    const struct ganger_breeding *b = &e->breeding;
    if (ganger_evolution_anneals(e)) {
        return ganger_annealing_remember(&e->annealing, e->annealing.members, GANGER_FORWARD);
    }
    return ganger_annealing_remember(&e->annealing, b->parents[b->direction], b->direction);
}

/* Breeding goes on for as long as the pace may turn out short enough for it. */
static bool opening_over(const struct ganger_evolution *e, int64_t now)
{
    bool long_pace = !ganger_evolution_breeds(e, ganger_evolution_least_pace(now));
    return e->breeding.idle_rounds >= patience || (e->rounds >= generations && long_pace);
}

static double cubed(const struct ganger_evolution *e)
{
    double n = e->model->works;
    return n * n * n * (n + 1);
}

static double longest_pilot(const struct ganger_evolution *e)
{
    return fmax(pilot_by_cube * cubed(e), pilot_least);
}

/* Cycles as long as all that was before; and, when that is long enough, of one length, without elders. */
static bool begin_pilot(struct ganger_evolution *e, int64_t now)
{
    struct ganger_annealing *a = &e->annealing;
    double longest = longest_pilot(e);
    bool longer = (double)now < longest;
    bool gathers = e->stage == GANGER_EVOLUTION_PILOTS && !longer;
    bool ready = (gathers ? ganger_annealing_gather(a) : remember(e)) &&
                 ganger_annealing_begin(a, now, longer ? 2 * now : now + (int64_t)longest);
    a->alone = !longer;
    e->stage = GANGER_EVOLUTION_PILOTS;
    return ready;
}

/* When the annealing ends of a cycle that ends, polished, at `end`. */
static int64_t cooling_end(struct ganger_evolution *e, int64_t now, int64_t end)
{
    int64_t ticks = (int64_t)(polished_share * (double)(end - now));
    bool pays = ganger_polish_pays(e->model, end, ticks, GANGER_EVOLUTION_WORKERS);
    e->polish_end = end;
    return pays && !e->counted ? end - ticks : end;
}

/* Where speed is not measured there is nothing to wait for but a first generation or two. */
static bool warmed_up(const struct ganger_evolution *e, int64_t now, int64_t pace)
{
    int64_t warm_up = e->counted ? pace / GANGER_EVOLUTION_WARM_UP : ganger_evolution_warm_up(pace);
    return e->rounds > 0 && pace > 0 && now >= warm_up;
}

static bool laps_pay(const struct ganger_evolution *e, int64_t pace)
{
    double rest = (double)pace - lap.bred * cubed(e);
    return e->model->several && !e->counted &&
           rest >= lap.least * (1 + lap.polished) * longest_pilot(e);
}

/* The warm-up is over and the pace is known. */
static bool begin_main(struct ganger_evolution *e, int64_t now, int64_t pace)
{
    if (ganger_evolution_breeds(e, pace)) {
        double end = laps_pay(e, pace) ? lap.bred * cubed(e) : bred_share * (double)pace;
        e->bred_from = now;
        e->bred_to = (int64_t)end;
        e->stage = GANGER_EVOLUTION_BREEDING;
        return ganger_breeding_enlarge(&e->breeding, (double)(pace - now) / (e->model->works + 1));
    }
    bool ready = (e->annealing.gathered || remember(e)) &&
                 ganger_annealing_begin(&e->annealing, now, cooling_end(e, now, pace));
    e->stage = GANGER_EVOLUTION_COOLING;
    return ready;
}

/* Ticks of the search without those of proof, of which a phase may be longer than a lap. */
static int64_t own_ticks(const struct ganger_evolution *e)
{
    return e->schedules * e->model->works + (e->polish ? e->polish->ticks : 0);
}

/* Returns when the annealing of a lap that begins now ends. */
static int64_t plan_lap(struct ganger_evolution *e, int64_t now)
{
    int64_t end = now + (int64_t)longest_pilot(e);
    e->polish_end = end + (int64_t)(lap.polished * longest_pilot(e));
    e->laps = true;
    e->stage = GANGER_EVOLUTION_COOLING;
    return end;
}

static bool begin_laps(struct ganger_evolution *e)
{
    const struct ganger_breeding *b = &e->breeding;
    int64_t now = own_ticks(e);
    return remember(e) && ganger_annealing_begin_from(&e->annealing, now, plan_lap(e, now),
                                                      b->parents[b->direction], b->direction);
}

static bool next_lap(struct ganger_evolution *e, int64_t now)
{
    struct ganger_annealing *a = &e->annealing;
    bool ready = ganger_annealing_gather(a) && ganger_annealing_begin(a, now, plan_lap(e, now));
    a->alone = true;
    return ready;
}

/* Polishes what has cooled; or, when that is over, warms it up again. */
static bool end_cycle(struct ganger_evolution *e, int64_t now)
{
    if (e->laps && now >= e->polish_end) {
        return next_lap(e, now);
    }
    if (now >= e->polish_end) {
        ganger_annealing_reheat(&e->annealing, now, cooling_end(e, now, now + now / 4));
        e->stage = GANGER_EVOLUTION_COOLING;
        return true;
    }
    if (!e->polish) {
        e->polish = ganger_polish_create(e->model, GANGER_EVOLUTION_WORKERS);
    }
    e->stage = GANGER_EVOLUTION_POLISHING;
    return e->polish != NULL;
}

static bool next_stage(struct ganger_evolution *e, int64_t now, int64_t pace)
{
    struct ganger_annealing *a = &e->annealing;
    const struct ganger_breeding *b = &e->breeding;
    bool main = e->stage == GANGER_EVOLUTION_OPENING || e->stage == GANGER_EVOLUTION_PILOTS;
    if (main && warmed_up(e, now, pace)) {
        return begin_main(e, now, pace);
    }
    switch (e->stage) {
    case GANGER_EVOLUTION_OPENING:
        return !opening_over(e, now) || begin_pilot(e, now);
    case GANGER_EVOLUTION_PILOTS:
        return now < a->end || begin_pilot(e, now);
    case GANGER_EVOLUTION_BREEDING:
        if (now < e->bred_to) {
            double done = (double)(now - e->bred_from) / (double)(e->bred_to - e->bred_from);
            ganger_breeding_cool(&e->breeding, done);
            return true;
        }
        if (laps_pay(e, pace)) {
            return begin_laps(e);
        }
        if (!remember(e) || !ganger_annealing_begin_from(a, now, cooling_end(e, now, pace),
                                                         b->parents[b->direction], b->direction)) {
            return false;
        }
        e->stage = GANGER_EVOLUTION_COOLING;
        return true;
    case GANGER_EVOLUTION_COOLING:
        return now < a->end || end_cycle(e, now);
    case GANGER_EVOLUTION_POLISHING:
        return end_cycle(e, now);
    }
    return true;
}

static bool run_stage(struct ganger_evolution *e, int64_t now)
{
    return e->stage == GANGER_EVOLUTION_POLISHING ? polish(e)
           : ganger_evolution_anneals(e)          ? anneal(e, now)
                                                  : breed(e);
}

bool ganger_evolution_round(struct ganger_evolution *evolution, int64_t now, int64_t pace)
{
    struct ganger_evolution *e = evolution;
    bool ready = next_stage(e, e->laps ? own_ticks(e) : now, pace);
    now = e->laps ? own_ticks(e) : now;
    ready = ready && run_stage(e, now);
    count_schedules(e);
    return ready;
}

void ganger_evolution_adopt(struct ganger_evolution *evolution, const int32_t *start,
                            const int32_t *mode, int32_t makespan)
{
    if (makespan < evolution->makespan) {
        size_t row = (size_t)evolution->model->works * sizeof *start;
        memcpy(evolution->start, start, row);
        memcpy(evolution->mode, mode, row);
        evolution->makespan = makespan;
    }
}
