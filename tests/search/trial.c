/* Estimates by hand, and trials that leave no trace. */
#include "search/trial.h"

#include "search/estimate.h"
#include "search/workshop.h"
#include "support/scatter.h"
#include "support/test.h"
#include "support/tiny.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- estimates --- */

/* One line of 6 Mt for 4 Mt of freight worth 20 USD, later 7 Mt; one repair that leaves half
 * the line while it works, and adds 2 Mt. */
static struct ganger_problem *one_work(void)
{
    struct tiny t;
    tiny_init(&t, 5);
    t.discount_rate = 0.08;
    t.terminal_years = 3;
    tiny_add(&t, TINY_NODE, "n0,false");
    tiny_add(&t, TINY_NODE, "n1,false");
    tiny_add(&t, TINY_LINK, "l0,n0,n1,false,0.1");
    tiny_add(&t, TINY_SEGMENT, "q0,l0,n0,0,10,6,0.3,0.5");
    tiny_add(&t, TINY_DEMAND, "d0,n0,n1,20");
    tiny_add(&t, TINY_PROFILE, "d0,0,4\nd0,3,7");
    tiny_add(&t, TINY_WORK, "w,repair,q0,10,2,true,,,2,1.5,false,c,,");
    tiny_add(&t, TINY_MODE, "w,m,2,3,0.5");
    tiny_add(&t, TINY_CALENDAR, "c,2,3,0");
    tiny_add(&t, TINY_TARGET, "some,repair,4,15,0.7,false");
    return tiny_read(&t);
}

/* What a trial makes of the work started in `start`, relative to leaving it out. */
static double true_gain(struct ganger_island *island, int32_t start)
{
    double before = island->value.total;
    ganger_trial_begin(island);
    ganger_trial_place(island, (struct ganger_placement){0, 0, start});
    ganger_trial_judge(island, -INFINITY);
    double gain = island->value.total - before;
    ganger_trial_rollback(island);
    return gain;
}

static void a_single_work_is_estimated_exactly(void)
{
    struct workshop w;
    workshop_open(&w, one_work(), 1);
    int compared = 0;
    double best = -INFINITY;
    for (int32_t s = 0; s < 5; s++) {
        if (ganger_problem_finish(w.problem, 0, s) <= 5) {
            true_gain(w.island, s); /* leaves the cuts that these states need */
        }
    }
    for (int32_t s = 0; s < 5; s++) {
        struct ganger_question question = {
            .work = 0, .first = s, .last = s, .mode = GANGER_NONE, .not_mode = GANGER_NONE};
        struct ganger_placement found;
        double gain = NAN;
        bool possible = ganger_problem_finish(w.problem, 0, s) <= 5;
        CU_ASSERT_EQUAL(ganger_estimate_best(w.island, question, &found, &gain), possible);
        if (possible) {
            double truth = true_gain(w.island, s);
            CU_ASSERT_DOUBLE_EQUAL(gain, truth, 1e-9);
            CU_ASSERT_EQUAL(found.start, s);
            best = fmax(best, truth);
            compared++;
        }
    }
    CU_ASSERT_EQUAL(compared, 3);
    struct ganger_question any = {.last = 4, .mode = GANGER_NONE, .not_mode = GANGER_NONE};
    struct ganger_placement found;
    double gain = NAN;
    CU_ASSERT(ganger_estimate_best(w.island, any, &found, &gain));
    CU_ASSERT_DOUBLE_EQUAL(gain, best, 1e-9);
    any.not_mode = 0;
    CU_ASSERT_FALSE(ganger_estimate_best(w.island, any, &found, &gain));
    workshop_close(&w);
}

/* --- rollback --- */

/* Copies of what a rollback must restore. */
struct snapshot {
    struct ganger_schedule *schedule;
    double *segment, *link, *traffic, *flow, *price, *km, *cut;
    int32_t cuts;
    struct ganger_value value;
};

struct sizes {
    size_t segment, link, traffic, flow, price, km, cut;
};

static struct sizes sizes_of(const struct ganger_island *island)
{
    const struct ganger_problem *p = island->model->problem;
    size_t row = (size_t)island->model->boundaries * sizeof(double);
    size_t links = (size_t)p->links.count;
    return (struct sizes){row * (size_t)p->segments.count,
                          row * links,
                          row,
                          row * 2 * links,
                          row * links,
                          (size_t)p->targets.count * sizeof(double),
                          row * (size_t)island->cuts.room};
}

static double *copy(const double *from, size_t size)
{
    double *to = malloc(size + 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(to);
    memcpy(to, from, size);
    return to;
}

static struct snapshot take(const struct ganger_island *island)
{
    struct sizes n = sizes_of(island);
    struct snapshot s = {
        .schedule = ganger_schedule_create(island->model->frame),
        .segment = copy(island->segment_capacity, n.segment),
        .link = copy(island->link_capacity, n.link),
        .traffic = copy(island->traffic, n.traffic),
        .flow = copy(island->flow, n.flow),
        .price = copy(island->price, n.price),
        .km = copy(island->target_km, n.km),
        .cut = copy(island->cut_value, n.cut),
        .cuts = island->cuts.count,
        .value = island->value,
    };
    CU_ASSERT_PTR_NOT_NULL_FATAL(s.schedule);
    ganger_schedule_copy(s.schedule, island->schedule);
    return s;
}

/* Compares and frees. Cuts learnt since then may have filled further places. */
static bool restored(const struct ganger_island *island, struct snapshot s)
{
    struct sizes n = sizes_of(island);
    bool same = same_schedule(island->schedule, s.schedule) &&
                memcmp(s.segment, island->segment_capacity, n.segment) == 0 &&
                memcmp(s.link, island->link_capacity, n.link) == 0 &&
                memcmp(s.traffic, island->traffic, n.traffic) == 0 &&
                memcmp(s.flow, island->flow, n.flow) == 0 &&
                memcmp(s.price, island->price, n.price) == 0 &&
                memcmp(s.km, island->target_km, n.km) == 0 &&
                memcmp(&s.value, &island->value, sizeof s.value) == 0;
    for (int32_t t = 0; t < island->model->boundaries; t++) {
        same = same && memcmp(s.cut + (int64_t)t * island->cuts.room,
                              island->cut_value + (int64_t)t * island->cuts.room,
                              (size_t)s.cuts * sizeof(double)) == 0;
    }
    ganger_schedule_destroy(s.schedule);
    free(s.segment);
    free(s.link);
    free(s.traffic);
    free(s.flow);
    free(s.price);
    free(s.km);
    free(s.cut);
    return same;
}

static int32_t some_works(const struct ganger_island *island, struct ganger_rng *rng,
                          int32_t *works)
{
    int32_t count = 0;
    for (int32_t w = 0; w < island->model->problem->works.count; w++) {
        if (ganger_rng_below(rng, 3) == 0) {
            works[count++] = w;
        }
    }
    return count;
}

static void place_some(struct ganger_island *island, struct ganger_rng *rng)
{
    const struct ganger_problem *p = island->model->problem;
    for (int32_t w = 0; w < p->works.count; w++) {
        struct ganger_question question = {.work = w,
                                           .last = p->time.periods - 1,
                                           .mode = GANGER_NONE,
                                           .not_mode = GANGER_NONE,
                                           .blink = 0.5};
        struct ganger_placement found;
        double gain;
        if (island->schedule->start[w] == GANGER_NONE && ganger_rng_below(rng, 2) &&
            ganger_estimate_best(island, question, &found, &gain)) {
            ganger_trial_place(island, found);
        }
    }
}

static void rollback_restores_everything(void)
{
    static const struct tiny_shape shape = {.periods = 14, .works = 6, .longest = 3, .rails = true};
    struct ganger_rng rng;
    ganger_rng_init(&rng, 81, 0, 0);
    for (int i = 0; i < 60; i++) {
        struct workshop w;
        workshop_open(&w, tiny_random(&rng, shape), 1);
        scatter(w.island->schedule, &rng, 4);
        workshop_refresh(&w);
        for (int j = 0; j < 12; j++) {
            int32_t works[8];
            int32_t count = some_works(w.island, &rng, works);
            struct snapshot before = take(w.island);
            ganger_trial_begin(w.island);
            if (j % 4 == 3 && count > 0 && w.island->schedule->start[works[0]] != GANGER_NONE) {
                ganger_trial_lift(w.island, works[0]);
            } else {
                ganger_trial_remove(w.island, works, count);
            }
            place_some(w.island, &rng);
            if (j % 2) {
                ganger_trial_judge(w.island, j % 3 ? -INFINITY : w.island->value.total);
            }
            ganger_trial_rollback(w.island);
            CU_ASSERT(restored(w.island, before));
        }
        workshop_close(&w);
    }
}

static void commit_keeps_the_change(void)
{
    struct workshop w;
    workshop_open(&w, one_work(), 1);
    double empty = w.island->value.total;
    ganger_trial_begin(w.island);
    ganger_trial_place(w.island, (struct ganger_placement){0, 0, 0});
    ganger_trial_judge(w.island, -INFINITY);
    ganger_trial_commit(w.island);
    CU_ASSERT_EQUAL(w.island->schedule->start[0], 0);
    CU_ASSERT_DOUBLE_EQUAL(w.island->value.total, workshop_value(&w), 1e-9);
    CU_ASSERT(fabs(w.island->value.total - empty) > 1e-3);
    CU_ASSERT_DOUBLE_EQUAL(w.island->target_km[0], 10, 0);
    /* A threshold above what it is worth refuses. */
    ganger_trial_begin(w.island);
    ganger_trial_remove(w.island, (int32_t[]){0}, 1);
    CU_ASSERT_FALSE(ganger_trial_judge(w.island, empty + 1));
    ganger_trial_rollback(w.island);
    ganger_trial_begin(w.island);
    ganger_trial_remove(w.island, (int32_t[]){0}, 1);
    CU_ASSERT(ganger_trial_judge(w.island, empty - 1e-6));
    ganger_trial_commit(w.island);
    CU_ASSERT_DOUBLE_EQUAL(w.island->value.total, empty, 1e-9);
    workshop_close(&w);
}

static const struct ganger_test tests[] = {
    {"a single work is estimated exactly", a_single_work_is_estimated_exactly},
    {"rollback restores everything", rollback_restores_everything},
    {"commit keeps the change", commit_keeps_the_change},
    {NULL, NULL}};

const struct ganger_suite trial_suite = {"trial", "unit", tests};
