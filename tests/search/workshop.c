#include "search/workshop.h"

#include "support/test.h"

#include <ganger/ganger.h>

void workshop_refresh(struct workshop *w)
{
    struct ganger_island *island = w->island;
    ganger_island_measure_capacity(island);
    ganger_island_measure_cuts(island);
    CU_ASSERT_FATAL(ganger_island_solve_range(island, 0, w->model->boundaries));
    ganger_island_add_up(island);
    ganger_anchor_drop(island);
}

void workshop_open(struct workshop *w, struct ganger_problem *problem, uint64_t seed)
{
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    w->problem = problem;
    w->model = ganger_search_model_create(problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(w->model);
    w->island = ganger_island_create(w->model, WORKSHOP_CUTS);
    w->moves = ganger_moves_create(w->model);
    CU_ASSERT_FATAL(w->island && w->moves && ganger_island_begin(w->island, seed, 0, 0));
    workshop_refresh(w);
}

void workshop_close(struct workshop *w)
{
    ganger_island_end(w->island);
    ganger_moves_destroy(w->moves);
    ganger_island_destroy(w->island);
    ganger_search_model_destroy(w->model);
    ganger_problem_destroy(w->problem);
}

double workshop_value(const struct workshop *w)
{
    struct workshop fresh = *w;
    fresh.island = ganger_island_create(w->model, WORKSHOP_CUTS);
    CU_ASSERT_FATAL(fresh.island && ganger_island_begin(fresh.island, 0, 0, 0));
    ganger_schedule_copy(fresh.island->schedule, w->island->schedule);
    workshop_refresh(&fresh);
    double total = fresh.island->value.total;
    ganger_island_end(fresh.island);
    ganger_island_destroy(fresh.island);
    return total;
}
