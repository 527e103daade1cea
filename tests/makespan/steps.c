/* Steps of annealing: members are schedules that generation from their own order brings back, and none too late. */
#include "makespan/steps.h"

#include "makespan/shop.h"
#include "support/test.h"

#include <string.h>

enum { SHOPS = 60, WORKS = 60, ROUNDS = 12, CHILDREN = 50 };

struct stage {
    struct ganger_problem *problem;
    struct ganger_makespan_model *model;
    struct ganger_breeder *breeder;
    struct ganger_population *members, *frozen;
    struct ganger_steps_member state[GANGER_SERIAL_GROUP];
};

static void open_stage(struct stage *s, uint32_t number)
{
    static const enum shop_kind kinds[] = {SHOP_PLAIN, SHOP_PLAIN, SHOP_PROJECTS, SHOP_MODES};
    struct ganger_rng rng;
    ganger_rng_init(&rng, 71, number, 0);
    s->problem = shop_large(&rng, kinds[number % 4], WORKS);
    CU_ASSERT_PTR_NOT_NULL_FATAL(s->problem);
    s->model = ganger_makespan_model_create(s->problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(s->model);
    s->breeder = ganger_breeder_create(s->model);
    s->members = ganger_population_create(s->model, GANGER_SERIAL_GROUP);
    s->frozen = ganger_population_create(s->model, GANGER_SERIAL_GROUP);
    CU_ASSERT_TRUE_FATAL(s->breeder && s->members && s->frozen);
    ganger_rng_init(&s->breeder->rng, 72, number, 0);
    s->breeder->manner =
        (struct ganger_manner){.shortest = 0.05, .longest = 0.3, .stirred = 3, .reach = 0.25};
    ganger_breeder_sample(s->breeder, s->members, 0, GANGER_SERIAL_GROUP);
    for (int32_t q = 0; q < GANGER_SERIAL_GROUP; q++) {
        ganger_population_copy(s->frozen, q, s->members, q);
        s->state[q] = (struct ganger_steps_member){
            (uint8_t)ganger_breeder_target(s->model, GANGER_FORWARD), GANGER_FORWARD};
    }
}

static void close_stage(struct stage *s)
{
    ganger_population_destroy(s->members);
    ganger_population_destroy(s->frozen);
    ganger_breeder_destroy(s->breeder);
    ganger_makespan_model_destroy(s->model);
    ganger_problem_destroy(s->problem);
}

/* Works by their starts, equals in the direction's order. */
static void list_by(const struct ganger_makespan_model *m, const int32_t *start,
                    const int32_t *mode, enum ganger_direction direction, int32_t *list)
{
    for (int32_t k = 0; k < m->works; k++) {
        int32_t w = direction == GANGER_FORWARD ? k : m->works - 1 - k, at = k;
        for (; at > 0 && start[m->mode_work[list[at - 1]]] > start[w]; at--) {
            list[at] = list[at - 1];
        }
        list[at] = mode[w];
    }
}

/* Whether a member, turned to the direction it was generated in, comes out of its own order again. */
static bool comes_back(struct stage *s, int32_t q)
{
    const struct ganger_makespan_model *m = s->model;
    struct ganger_breeder *b = s->breeder;
    enum ganger_direction direction = (enum ganger_direction)s->state[q].generated;
    ganger_population_copy(b->litter, 0, s->members, q);
    if (direction == GANGER_BACKWARD) {
        ganger_population_turn(b->litter, m, 0);
    }
    int32_t start[WORKS + 2];
    memcpy(start, b->litter->start, (size_t)m->works * sizeof *start);
    list_by(m, start, ganger_population_modes(b->litter, m, 0), direction, b->list[0]);
    b->jobs[0].list = b->list[0];
    b->jobs[0].start = b->litter->start;
    ganger_serial_generate(&m->line_up[direction], b->jobs, 1);
    return b->jobs[0].makespan == s->members->makespan[q] &&
           memcmp(start, b->litter->start, (size_t)m->works * sizeof *start) == 0;
}

static void members_come_back(void)
{
    int32_t wrong = 0, changed = 0, backward = 0;
    for (uint32_t i = 0; i < SHOPS; i++) {
        struct stage s;
        open_stage(&s, i);
        CU_ASSERT_TRUE_FATAL(s.model->works <= WORKS + 2);
        struct ganger_steps steps = {.model = s.model,
                                     .members = s.members,
                                     .state = s.state,
                                     .frozen = s.frozen,
                                     .father = 0.2};
        for (int32_t round = 0; round < ROUNDS; round++) {
            int32_t before = s.members->start[0] + s.members->makespan[0];
            steps.temperature = round % 2 == 0 ? 2.0 : 0.1;
            ganger_steps_make(&steps, s.breeder, 0, CHILDREN);
            for (int32_t q = 0; q < GANGER_SERIAL_GROUP; q++) {
                wrong += !comes_back(&s, q);
                backward += s.state[q].generated == GANGER_BACKWARD;
            }
            changed += s.members->start[0] + s.members->makespan[0] != before;
        }
        close_stage(&s);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_TRUE(changed > SHOPS);
    CU_ASSERT_TRUE(backward > SHOPS);
}

/* Without warmth no member ever gets longer, and the best that a breeder keeps is no longer than any. */
static void cold_members_never_get_longer(void)
{
    int32_t wrong = 0;
    for (uint32_t i = 0; i < SHOPS; i++) {
        struct stage s;
        open_stage(&s, i);
        struct ganger_steps steps = {
            .model = s.model, .members = s.members, .state = s.state, .frozen = s.frozen};
        for (int32_t round = 0; round < ROUNDS; round++) {
            int64_t cost[GANGER_SERIAL_GROUP];
            memcpy(cost, s.members->cost, sizeof cost);
            ganger_steps_make(&steps, s.breeder, 0, CHILDREN);
            for (int32_t q = 0; q < GANGER_SERIAL_GROUP; q++) {
                wrong += s.members->cost[q] > cost[q];
                bool shorter =
                    s.members->cost[q] < cost[q] && ganger_population_sound(s.members, q);
                wrong += shorter && s.breeder->best->makespan[0] > s.members->makespan[q];
            }
        }
        CU_ASSERT_EQUAL(s.breeder->schedules, GANGER_SERIAL_GROUP + ROUNDS * CHILDREN);
        close_stage(&s);
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

static const struct ganger_test tests[] = {
    {"members come back", members_come_back},
    {"cold members never get longer", cold_members_never_get_longer},
    {NULL, NULL}};

const struct ganger_suite steps_suite = {"steps", "property", tests};
