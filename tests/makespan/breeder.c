/* Lists of children: each work once, none before what it must follow, whatever the parents were stirred to. */
#include "makespan/breeder.h"
#include "makespan/shop.h"
#include "support/test.h"

enum { SHOPS = 40, WORKS = 60, STEPS = 60 };

static int32_t place_of(const struct ganger_makespan_model *m, const int32_t *list, int32_t w)
{
    int32_t place = GANGER_NONE, times = 0;
    for (int32_t i = 0; i < m->works; i++) {
        if (m->mode_work[list[i]] == w) {
            place = i;
            times++;
        }
    }
    return times == 1 ? place : GANGER_NONE;
}

static bool in_order(const struct ganger_makespan_model *m, const int32_t *list,
                     enum ganger_direction direction)
{
    const struct ganger_arcs *arcs = &m->arcs[direction];
    for (int32_t w = 0; w < m->works; w++) {
        int32_t place = place_of(m, list, w);
        if (place == GANGER_NONE) {
            return false;
        }
        for (int32_t i = arcs->first_before[w]; i < arcs->first_before[w + 1]; i++) {
            int32_t other = arcs->before[i];
            if (other < m->works && place_of(m, list, other) >= place) {
                return false;
            }
        }
        for (int32_t i = arcs->first_arc[w]; i < arcs->first_arc[w + 1]; i++) {
            if (place_of(m, list, arcs->arc_other[i]) >= place) {
                return false;
            }
        }
    }
    return true;
}

/* A chain of children from child to child, in turns of direction, every third one with a father. */
static int32_t follow(struct ganger_breeder *b, struct ganger_population *line)
{
    enum ganger_direction direction = GANGER_FORWARD;
    int32_t wrong = 0;
    ganger_breeder_sample(b, line, 0, GANGER_SERIAL_GROUP);
    for (int32_t k = 0; k < STEPS; k++) {
        enum ganger_direction target = ganger_breeder_target(b->model, direction);
        for (int32_t q = 0; q < GANGER_SERIAL_GROUP; q++) {
            struct ganger_parent mother = ganger_breeder_parent(b, line, q);
            struct ganger_parent father = ganger_breeder_parent(b, line, 0);
            ganger_breeder_conceive(b, k % 3 == 2 ? &father : NULL, &mother, target, q);
            wrong += !in_order(b->model, b->list[q], target);
        }
        ganger_serial_generate(&b->model->line_up[target], b->jobs, GANGER_SERIAL_GROUP);
        for (int32_t q = 0; q < GANGER_SERIAL_GROUP; q++) {
            ganger_breeder_deliver(b, target, q);
            ganger_population_copy(line, q, b->litter, q);
        }
        direction = target;
    }
    return wrong;
}

static int32_t try_shop(uint32_t number)
{
    static const enum shop_kind kinds[] = {SHOP_PLAIN, SHOP_MODES, SHOP_LAGS, SHOP_PROJECTS};
    struct ganger_rng rng;
    ganger_rng_init(&rng, 61, number, 0);
    struct ganger_problem *p = shop_large(&rng, kinds[number % 4], WORKS);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    struct ganger_makespan_model *m = ganger_makespan_model_create(p);
    CU_ASSERT_PTR_NOT_NULL_FATAL(m);
    struct ganger_breeder *b = ganger_breeder_create(m);
    struct ganger_population *line = ganger_population_create(m, GANGER_SERIAL_GROUP);
    CU_ASSERT_PTR_NOT_NULL_FATAL(b);
    CU_ASSERT_PTR_NOT_NULL_FATAL(line);
    ganger_rng_init(&b->rng, 62, number, 0);
    b->manner =
        (struct ganger_manner){.shortest = 0.05, .longest = 0.3, .stirred = 3, .reach = 0.25};
    int32_t wrong = follow(b, line);
    ganger_population_destroy(line);
    ganger_breeder_destroy(b);
    ganger_makespan_model_destroy(m);
    ganger_problem_destroy(p);
    return wrong;
}

static void children_have_proper_lists(void)
{
    int32_t wrong = 0;
    for (uint32_t i = 0; i < SHOPS; i++) {
        wrong += try_shop(i);
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

static const struct ganger_test tests[] = {
    {"children have proper lists", children_have_proper_lists}, {NULL, NULL}};

const struct ganger_suite breeder_suite = {"breeder", "property", tests};
