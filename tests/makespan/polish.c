/* Rounds of polishing: members only get better, by schedules that hold, in whatever order workers do their shares. */
#include "makespan/polish.h"
#include "makespan/shop.h"
#include "support/test.h"

#include <string.h>

enum { SHOPS = 16, WORKS = 24, MEMBERS = 12, WORKERS = 5, ROUNDS = 12, MOST = 32 };

static bool member_holds(const struct ganger_makespan_model *m, const struct ganger_population *p,
                         int32_t member)
{
    int32_t start[MOST], mode[MOST], makespan = 0;
    const int32_t *starts = p->start + (int64_t)member * p->works;
    const int32_t *modes = ganger_population_modes(p, m, member);
    for (int32_t w = 0; w < m->works; w++) {
        int32_t finish = starts[w] + m->duration[modes[w]];
        start[m->problem_work[w]] = starts[w];
        mode[m->problem_work[w]] = m->problem_mode[modes[w]];
        makespan = finish > makespan ? finish : makespan;
    }
    return makespan == p->makespan[member] && shop_holds(m->problem, start, mode);
}

static void play(struct ganger_polish *polish, struct ganger_breeder *breeder,
                 struct ganger_population *members, bool backward, int round)
{
    for (int32_t k = 0; k < WORKERS; k++) {
        int32_t worker = backward ? WORKERS - 1 - k : k;
        ganger_rng_init(&breeder->rng, 7, (uint32_t)worker, (uint64_t)round);
        ganger_polish_work(polish, breeder, members, worker);
    }
    CU_ASSERT_TRUE_FATAL(ganger_polish_settle(polish, members));
}

/* Returns how many members got better. */
static int32_t compare(const struct ganger_makespan_model *m, const struct ganger_population *now,
                       const int64_t *before)
{
    int32_t better = 0;
    for (int32_t i = 0; i < now->size; i++) {
        CU_ASSERT_TRUE(now->cost[i] <= before[i]);
        if (now->cost[i] < before[i]) {
            better++;
            CU_ASSERT_TRUE(member_holds(m, now, i));
        }
    }
    return better;
}

static bool alike(const struct ganger_population *a, const struct ganger_population *b)
{
    size_t row = (size_t)a->size * (size_t)a->works * sizeof *a->start;
    return memcmp(a->start, b->start, row) == 0 && (!a->mode || !memcmp(a->mode, b->mode, row)) &&
           memcmp(a->cost, b->cost, (size_t)a->size * sizeof *a->cost) == 0;
}

/* Two populations that begin alike, the workers in order in one and backward in the other. */
static int32_t polish_both(const struct ganger_makespan_model *m, struct ganger_rng rng)
{
    struct ganger_breeder *breeder = ganger_breeder_create(m);
    struct ganger_population *members[2];
    struct ganger_polish *polish[2];
    int64_t before[MEMBERS];
    int32_t better = 0;
    CU_ASSERT_PTR_NOT_NULL_FATAL(breeder);
    for (int k = 0; k < 2; k++) {
        members[k] = ganger_population_create(m, MEMBERS);
        polish[k] = ganger_polish_create(m, WORKERS);
        CU_ASSERT_TRUE_FATAL(members[k] && polish[k]);
        breeder->rng = rng;
        ganger_breeder_sample(breeder, members[k], 0, MEMBERS);
    }
    for (int round = 0; round < ROUNDS; round++) {
        memcpy(before, members[0]->cost, sizeof before);
        play(polish[0], breeder, members[0], false, round);
        play(polish[1], breeder, members[1], true, round);
        better += compare(m, members[0], before);
        CU_ASSERT_TRUE(alike(members[0], members[1]));
        CU_ASSERT_EQUAL(polish[0]->ticks, polish[1]->ticks);
    }
    for (int k = 0; k < 2; k++) {
        ganger_population_destroy(members[k]);
        ganger_polish_destroy(polish[k]);
    }
    ganger_breeder_destroy(breeder);
    return better;
}

static void members_only_get_better(void)
{
    int32_t better = 0;
    for (uint32_t i = 0; i < SHOPS; i++) {
        struct ganger_rng rng;
        ganger_rng_init(&rng, 75, i, 0);
        struct ganger_problem *p = shop_large(&rng, (enum shop_kind)(i % SHOP_KINDS), WORKS);
        CU_ASSERT_PTR_NOT_NULL_FATAL(p);
        struct ganger_makespan_model *m = ganger_makespan_model_create(p);
        CU_ASSERT_PTR_NOT_NULL_FATAL(m);
        better += polish_both(m, rng);
        ganger_makespan_model_destroy(m);
        ganger_problem_destroy(p);
    }
    CU_ASSERT_TRUE(better > 2 * SHOPS);
}

static const struct ganger_test tests[] = {{"members only get better", members_only_get_better},
                                           {NULL, NULL}};

const struct ganger_suite polish_suite = {"polish", "property", tests};
