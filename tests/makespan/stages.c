/* The stages of the search: what has cooled is polished, if that pays, then warmed up again; the same on any threads. */
#include "makespan/evolution.h"
#include "makespan/shop.h"
#include "support/test.h"

#include <string.h>

enum { WORKS = 24, MOST = 32 };
static const int64_t pace = 150000000;

struct ending {
    int32_t start[MOST], mode[MOST], makespan;
    int64_t polish_ticks, schedules, rounds;
    int polished, warmed;
};

static void play_rounds(struct ganger_evolution *e, int64_t now, int rounds)
{
    for (int i = 0; i < rounds; i++) {
        CU_ASSERT_TRUE_FATAL(ganger_evolution_round(e, now, pace));
    }
}

static struct ending play(const struct ganger_makespan_model *m, int threads, bool counted)
{
    struct ganger_evolution *e = ganger_evolution_create(m, 5, threads);
    struct ending end = {0};
    CU_ASSERT_PTR_NOT_NULL_FATAL(e);
    e->counted = counted;
    play_rounds(e, 0, 2);
    play_rounds(e, ganger_evolution_warm_up(pace), 2);
    play_rounds(e, pace / 100 * 86, 3);
    play_rounds(e, pace / 100 * 95, 3);
    end.polished = e->stage == GANGER_EVOLUTION_POLISHING;
    play_rounds(e, pace, 2);
    end.warmed = e->stage == GANGER_EVOLUTION_COOLING;
    end.makespan = e->makespan;
    end.polish_ticks = e->polish ? e->polish->ticks : 0;
    end.schedules = e->schedules;
    end.rounds = e->rounds;
    memcpy(end.start, e->start, WORKS * sizeof *e->start);
    memcpy(end.mode, e->mode, WORKS * sizeof *e->mode);
    ganger_evolution_destroy(e);
    return end;
}

static struct ganger_makespan_model *draw(enum shop_kind kind, uint32_t stream)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 77, stream, 0);
    struct ganger_problem *p = shop_large(&rng, kind, WORKS);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    struct ganger_makespan_model *m = ganger_makespan_model_create(p);
    CU_ASSERT_PTR_NOT_NULL_FATAL(m);
    return m;
}

static void discard(struct ganger_makespan_model *m)
{
    struct ganger_problem *p = (struct ganger_problem *)m->problem;
    ganger_makespan_model_destroy(m);
    ganger_problem_destroy(p);
}

static void cooled_is_polished(void)
{
    static const int threads[] = {2, 3, 5};
    int feasible = 0;
    for (uint32_t stream = 0; stream < 3; stream++) {
        struct ganger_makespan_model *m = draw(SHOP_MODES, stream);
        struct ending first = play(m, 1, false);
        CU_ASSERT_TRUE(first.polished);
        CU_ASSERT_TRUE(first.warmed);
        CU_ASSERT_EQUAL(first.polish_ticks > 0, first.makespan < INT32_MAX);
        feasible += first.makespan < INT32_MAX;
        for (int i = 0; i < 3; i++) {
            struct ending other = play(m, threads[i], false);
            CU_ASSERT_EQUAL(memcmp(&first, &other, sizeof first), 0);
        }
        discard(m);
    }
    CU_ASSERT_TRUE(feasible > 0);
}

/* A long pace is for laps: each anneals a new population, and polishes it. */
static void laps_follow_breeding(void)
{
    static const int64_t far = 400000000;
    for (int counted = 0; counted < 2; counted++) {
        struct ganger_makespan_model *m = draw(SHOP_MODES, 0);
        struct ganger_evolution *e = ganger_evolution_create(m, 5, 2);
        CU_ASSERT_PTR_NOT_NULL_FATAL(e);
        e->counted = counted;
        CU_ASSERT_TRUE(ganger_evolution_round(e, 0, far));
        CU_ASSERT_TRUE(ganger_evolution_round(e, ganger_evolution_warm_up(far), far));
        CU_ASSERT_EQUAL(e->stage, GANGER_EVOLUTION_BREEDING);
        CU_ASSERT_TRUE(ganger_evolution_round(e, far / 2, far));
        CU_ASSERT_EQUAL(e->laps, !counted);
        for (int lap = 0; lap < 3 && !counted; lap++) {
            CU_ASSERT_EQUAL(e->stage, GANGER_EVOLUTION_COOLING);
            CU_ASSERT_EQUAL(e->annealing.alone, lap > 0);
            CU_ASSERT_TRUE(e->annealing.end > e->annealing.began);
            e->annealing.end = 0; /* no need to wait for it */
            CU_ASSERT_TRUE(ganger_evolution_round(e, far / 2, far));
            CU_ASSERT_EQUAL(e->stage, GANGER_EVOLUTION_POLISHING);
            e->polish_end = 0;
            CU_ASSERT_TRUE(ganger_evolution_round(e, far / 2, far));
        }
        ganger_evolution_destroy(e);
        discard(m);
    }
}

/* Where schedules are what is counted, nothing else finds any. */
static void unpolished_stays_so(void)
{
    struct ganger_makespan_model *m = draw(SHOP_MODES, 0);
    struct ending end = play(m, 1, true);
    CU_ASSERT_FALSE(end.polished);
    CU_ASSERT_EQUAL(end.polish_ticks, 0);
    discard(m);
}

/* Little work is warmed up for longer, so that its speed is seen, but not where schedules are counted. */
static void counted_hardly_warm_up(void)
{
    static const int64_t little = 1000000;
    struct ganger_makespan_model *m = draw(SHOP_PLAIN, 0);
    for (int counted = 0; counted < 2; counted++) {
        struct ganger_evolution *e = ganger_evolution_create(m, 5, 1);
        CU_ASSERT_PTR_NOT_NULL_FATAL(e);
        e->counted = counted;
        CU_ASSERT_TRUE(ganger_evolution_round(e, 0, little));
        CU_ASSERT_TRUE(ganger_evolution_round(e, little / GANGER_EVOLUTION_WARM_UP, little));
        CU_ASSERT_EQUAL(e->stage != GANGER_EVOLUTION_OPENING, counted);
        ganger_evolution_destroy(e);
    }
    discard(m);
}

/* With several modes only, not before the search is stuck, and not for less than a round. */
static void polishing_pays_late(void)
{
    struct ganger_makespan_model *m = draw(SHOP_MODES, 0), *plain = draw(SHOP_PLAIN, 0);
    int64_t stuck = (int64_t)(WORKS + 1) * WORKS * WORKS * WORKS + 100;
    CU_ASSERT_TRUE(ganger_polish_pays(m, stuck, INT64_C(1000000000), 16));
    CU_ASSERT_FALSE(ganger_polish_pays(m, stuck / 2, INT64_C(1000000000), 16));
    CU_ASSERT_FALSE(ganger_polish_pays(m, stuck, 1000, 16));
    CU_ASSERT_FALSE(ganger_polish_pays(plain, stuck, INT64_C(1000000000), 16));
    discard(m);
    discard(plain);
}

/* With 120 works a pace of 100,000 schedules is bred and one of 200,000 annealed; with few works, sooner, and where
 * renewables make schedules much longer than the critical path, too, unless works are many. */
static void short_paces_are_bred(void)
{
    struct ganger_makespan_model m = {.works = 120, .critical_path = 100}, many = m;
    struct ganger_makespan_model few = {.works = 30}, modes = few;
    many.works = 300;
    modes.several = true;
    struct ganger_evolution e = {.model = &m, .makespan = 100};
    struct ganger_evolution crowded = {.model = &m, .makespan = 200};
    struct ganger_evolution large = {.model = &many, .makespan = 200};
    struct ganger_evolution small = {.model = &few}, chooses = {.model = &modes};
    int64_t middling = 100000;
    CU_ASSERT_TRUE(ganger_evolution_breeds(&e, middling * (m.works + 1)));
    CU_ASSERT_FALSE(ganger_evolution_breeds(&e, 2 * middling * (m.works + 1)));
    CU_ASSERT_FALSE(ganger_evolution_breeds(&crowded, middling * (m.works + 1)));
    CU_ASSERT_TRUE(ganger_evolution_breeds(&crowded, middling / 2 * (m.works + 1)));
    CU_ASSERT_TRUE(ganger_evolution_breeds(&large, middling * (many.works + 1)));
    CU_ASSERT_FALSE(ganger_evolution_breeds(&small, middling * (few.works + 1)));
    CU_ASSERT_TRUE(ganger_evolution_breeds(&small, middling / 50 * (few.works + 1)));
    CU_ASSERT_TRUE(ganger_evolution_breeds(&chooses, middling * (few.works + 1)));
}

static int64_t least_cost(const struct ganger_population *p)
{
    int64_t least = INT64_MAX;
    for (int32_t i = 0; i < p->size; i++) {
        least = p->cost[i] < least ? p->cost[i] : least;
    }
    return least;
}

static void add_cost(struct ganger_population *p, int64_t more)
{
    for (int32_t i = 0; i < p->size; i++) {
        p->cost[i] += more;
    }
}

/* Pilots stop to grow; the best of each is an elder then, of the long cycle only, and the best of all is kept
 * when there is no room. */
static void pilots_are_gathered(void)
{
    enum { PILOTS = 70, ROOM = 64 };
    struct ganger_makespan_model *m = draw(SHOP_PLAIN, 1);
    struct ganger_evolution *e = ganger_evolution_create(m, 5, 2);
    int64_t length = 15000001, least = INT64_MAX;
    int64_t far = 1000 * length;
    CU_ASSERT_PTR_NOT_NULL_FATAL(e);
    const struct ganger_annealing *a = &e->annealing;
    for (int round = 0; round < 30; round++) {
        CU_ASSERT_TRUE_FATAL(ganger_evolution_round(e, length * 9 / 10, 20 * far));
    }
    CU_ASSERT_EQUAL(e->stage, GANGER_EVOLUTION_PILOTS);
    CU_ASSERT_FALSE(a->gathered || a->alone);
    for (int pilot = 1; pilot <= PILOTS; pilot++) {
        int64_t now = (2 + pilot) * length;
        CU_ASSERT_TRUE_FATAL(ganger_evolution_round(e, now, 20 * far));
        CU_ASSERT_TRUE_FATAL(ganger_evolution_round(e, now + length / 2, 20 * far));
        CU_ASSERT_TRUE(a->alone);
        add_cost(a->members, pilot); /* so that later ones are worse */
        CU_ASSERT_EQUAL_FATAL(a->gathered ? a->elders->size : 0, pilot < ROOM ? pilot : ROOM);
        CU_ASSERT_TRUE(least_cost(a->elders) <= least);
        least = least_cost(a->elders);
    }
    CU_ASSERT_TRUE_FATAL(ganger_evolution_round(e, far, far));
    CU_ASSERT_EQUAL(e->stage, GANGER_EVOLUTION_COOLING);
    CU_ASSERT_FALSE(a->alone);
    CU_ASSERT_EQUAL(a->elders->size, ROOM);
    CU_ASSERT_EQUAL(least_cost(a->elders), least);
    ganger_evolution_destroy(e);
    discard(m);
}

static const struct ganger_test tests[] = {{"what has cooled is polished", cooled_is_polished},
                                           {"laps follow breeding", laps_follow_breeding},
                                           {"unpolished stays so", unpolished_stays_so},
                                           {"counted hardly warm up", counted_hardly_warm_up},
                                           {"polishing pays late", polishing_pays_late},
                                           {"pilots are gathered", pilots_are_gathered},
                                           {"short paces are bred", short_paces_are_bred},
                                           {NULL, NULL}};

const struct ganger_suite stages_suite = {"stages", "determinism", tests};
