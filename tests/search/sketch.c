/* The outlook against the network solved anew, and plans sketched on it. */
#include "search/sketch.h"
#include "freight/traffic.h"
#include "search/outlook.h"
#include "search/workshop.h"
#include "support/rules.h"
#include "support/scatter.h"
#include "support/test.h"
#include "support/tiny.h"

#include <math.h>
#include <stdlib.h>

static const struct tiny_shape shape = {.periods = 6, .works = 4, .longest = 3, .rails = true};

/* Weighted change of V at boundary t if one link has another capacity than the plan leaves it. */
static double true_change(struct workshop *w, int32_t link, int32_t t, double capacity)
{
    struct ganger_island *island = w->island;
    double *cell = island->link_capacity + (int64_t)link * w->model->boundaries + t;
    double usual = *cell, value = NAN;
    struct ganger_traffic_row row = {&value, island->trial->flow, island->trial->price};
    *cell = capacity;
    CU_ASSERT_FATAL(ganger_island_solve(island, t, row));
    *cell = usual;
    return w->problem->time.weight[t] * (value - island->traffic[t]);
}

static bool has_works(const struct ganger_problem *p, int32_t link)
{
    for (int32_t w = 0; w < p->works.count; w++) {
        int32_t q = p->works.segment[w];
        if (q != GANGER_NONE && p->segments.link[q] == link) {
            return true;
        }
    }
    return false;
}

/* Never above the truth, equal to it where the link is closed or as expected, and never falling as capacity rises. */
static int32_t check_link(struct workshop *w, const struct ganger_outlook *o, int32_t link,
                          int32_t t)
{
    const struct ganger_time *time = &w->problem->time;
    size_t boundaries = (size_t)w->model->boundaries;
    double *capacity = calloc(boundaries, sizeof *capacity);
    double *change = calloc(boundaries, sizeof *change);
    CU_ASSERT_FATAL(capacity && change);
    double usual = w->island->link_capacity[(int64_t)link * w->model->boundaries + t];
    double last = -INFINITY;
    for (int step = 0; step <= 10; step++) {
        capacity[t] = usual * step / 10;
        ganger_outlook_changes(o, time, link, t, t + 1, capacity, change);
        double truth = true_change(w, link, t, capacity[t]), slack = 1e-7 * (1 + fabs(truth));
        CU_ASSERT(change[t] <= truth + slack);
        CU_ASSERT(change[t] >= last - slack);
        if (step == 0 || step == 10) {
            CU_ASSERT_DOUBLE_EQUAL(change[t], truth, slack);
        }
        last = change[t];
    }
    free(capacity);
    free(change);
    return last - true_change(w, link, t, 0) > 1e-6;
}

static void curves_tell_what_a_link_is_worth(void)
{
    struct ganger_rng rng;
    int32_t matter = 0;
    ganger_rng_init(&rng, 111, 0, 0);
    for (int i = 0; i < 25; i++) {
        struct workshop w;
        struct ganger_outlook outlook;
        int64_t ticks = 0;
        workshop_open(&w, tiny_random(&rng, shape), (uint64_t)i);
        struct ganger_outlook_request request = {w.island->link_capacity, &w.island->paths, 1, NULL,
                                                 NULL};
        CU_ASSERT_FATAL(ganger_outlook_init(&outlook, w.model, request, &ticks));
        /* So few periods that each has a sample of its own. */
        CU_ASSERT_EQUAL(outlook.samples, w.model->boundaries);
        for (int32_t l = 0; l < w.problem->links.count; l++) {
            for (int32_t t = 0; has_works(w.problem, l) && t < w.model->boundaries; t++) {
                matter += check_link(&w, &outlook, l, t);
            }
        }
        CU_ASSERT(ticks > 0);
        ganger_outlook_clear(&outlook);
        workshop_close(&w);
    }
    CU_ASSERT(matter > 20); /* or else the curves might be flat */
}

/* Sketched plans keep the rules, and their value is that of their traffic, solved anew. */
static void sketched_plans_are_sound(void)
{
    struct ganger_rng rng;
    int better = 0;
    ganger_rng_init(&rng, 112, 0, 0);
    for (int i = 0; i < 12; i++) {
        struct ganger_problem *p = tiny_random(&rng, shape);
        struct ganger_search_model *model = ganger_search_model_create(p);
        CU_ASSERT_FATAL(model != NULL);
        struct ganger_archipelago *a = ganger_archipelago_create(model, 3, 2);
        struct ganger_outlook outlook;
        int64_t ticks = 0;
        CU_ASSERT_FATAL(a != NULL);
        CU_ASSERT_EQUAL_FATAL(ganger_archipelago_found(a, &ticks), GANGER_ROUND_DONE);
        double before = a->island[0]->value.total;
        struct ganger_outlook_request request = {a->island[0]->link_capacity, &a->island[0]->paths,
                                                 2, NULL, NULL};
        CU_ASSERT_FATAL(ganger_outlook_init(&outlook, model, request, &ticks));
        int lines = i % 4; /* 0: all */
        struct ganger_sketch_style style = {
            .outlook = &outlook, .ticks = 40000, .hot = 0.05, .lines = lines};
        CU_ASSERT_EQUAL_FATAL(ganger_sketch_run(a, style, &ticks), GANGER_ROUND_DONE);
        for (int k = 0; k < GANGER_ISLANDS; k++) {
            struct ganger_island *island = a->island[k];
            const struct ganger_schedule *s = island->schedule;
            CU_ASSERT_PTR_NULL(ganger_schedule_diagnose(s));
            CU_ASSERT(rules_judge(p, s->start, s->mode) != RULES_BROKEN);
            CU_ASSERT_PTR_NULL(island->outlook);
            double total = island->value.total;
            ganger_island_add_up(island);
            CU_ASSERT_DOUBLE_EQUAL(island->value.total, total, 1e-9 * (1 + fabs(total)));
            better += total > before + 1e-6;
            CU_ASSERT(lines == 0 || same_schedule(s, a->island[k % lines]->schedule));
        }
        ganger_archipelago_gather(a);
        for (int k = 1; k < GANGER_ISLANDS; k++) {
            CU_ASSERT(a->island[k]->value.total == a->island[0]->value.total);
        }
        ganger_outlook_clear(&outlook);
        ganger_archipelago_destroy(a);
        ganger_search_model_destroy(model);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(better > 5);
}

static const struct ganger_test tests[] = {
    {"curves tell what a link is worth", curves_tell_what_a_link_is_worth},
    {"sketched plans are sound", sketched_plans_are_sound},
    {NULL, NULL}};

const struct ganger_suite sketch_suite = {"sketch", "property", tests};
