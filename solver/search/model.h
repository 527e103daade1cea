/* What all islands share and never change: the problem with what is derived from it for the search. */
#ifndef GANGER_SEARCH_MODEL_H
#define GANGER_SEARCH_MODEL_H

#include "freight/graph.h"
#include "schedule/schedule.h"
#include "search/groups.h"

/* A unit of km missed on a hard target, or a mandatory work left out, costs this much more than any plan is
 * worth: the search then first makes the plan feasible. M USD. */
#define GANGER_PENALTY_KM 1e5
#define GANGER_PENALTY_WORK 1e7

/* Logical workers, usually and at most. Their number is the method's, and never follows that of threads. */
enum { GANGER_ISLANDS = 8, GANGER_ISLANDS_MOST = 256 };

struct ganger_search_model {
    const struct ganger_problem *problem;
    struct ganger_schedule_frame *frame;
    struct ganger_graph *graph;
    double *share; /* [spans * periods] of a start: what each unit of cost is, discounted */
    bool *needed;  /* [works] mandatory, or a predecessor of a needed work */
    struct ganger_groups groups; /* on large networks, where moves have regions, projects alone */
    int32_t boundaries;          /* periods + 1 */
    int islands;
    bool large; /* periods are too large to be solved: search/large.h */
};

struct ganger_search_model *ganger_search_model_create(const struct ganger_problem *problem);
/* True if the LP of a period, about demands by links, is too large to be solved for every boundary again and again. */
bool ganger_search_is_large(const struct ganger_problem *problem);
void ganger_search_model_destroy(struct ganger_search_model *model);

/* Discounted cost of a mode started in `start`: its cost spread over the working periods, or paid at once. O(1). */
static inline double ganger_search_cost(const struct ganger_search_model *model, int32_t mode,
                                        int32_t start)
{
    const struct ganger_problem *p = model->problem;
    int64_t at = (int64_t)p->modes.span[mode] * p->time.periods + start;
    return p->modes.cost[mode] * model->share[at];
}
/* Tardiness of a work that finishes at `finish`. */
double ganger_search_tardiness(const struct ganger_search_model *model, int32_t work,
                               int32_t finish);
/* True if the problem keeps an earlier plan. */
static inline bool ganger_search_keeps(const struct ganger_search_model *model)
{
    return model->problem->works.kept_start != NULL;
}
/* Worth of a km done for a target: its shortfall cost, or the penalty of a hard one. */
double ganger_search_km_worth(const struct ganger_problem *problem, int32_t target);

#endif
