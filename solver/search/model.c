#include "search/model.h"

#include <stdlib.h>

/* Demands by links: kazakhstan-2030 has 30,806, with LPs of some milliseconds; 2,800,000 take seconds. */
static const int64_t large_at = 100000;

/* One span. `sum`: scratch [periods + 1]. */
static void fill_span(struct ganger_search_model *model, int64_t span, double *sum)
{
    const struct ganger_problem *p = model->problem;
    int32_t periods = p->time.periods;
    int64_t row = p->spans.calendar_row[span];
    const uint8_t *productivity = p->calendars.productivity + row * periods;
    const int32_t *cumulative = p->calendars.cumulative + row * (periods + 1);
    sum[0] = 0;
    for (int32_t t = 0; t < periods; t++) {
        sum[t + 1] = sum[t] + productivity[t] * p->time.discount[t];
    }
    for (int32_t s = 0; s < periods; s++) {
        int32_t finish = p->spans.finish[span * periods + s];
        bool possible = finish <= periods, lasts = possible && finish > s;
        double *share = model->share + span * periods + s;
        *share = lasts      ? (sum[finish] - sum[s]) / (cumulative[finish] - cumulative[s])
                 : possible ? p->time.discount[s]
                            : 0;
    }
}

static bool fill_spans(struct ganger_search_model *model)
{
    double *sum = malloc((size_t)model->boundaries * sizeof *sum);
    for (int64_t span = 0; sum && span < model->problem->spans.count; span++) {
        fill_span(model, span, sum);
    }
    free(sum);
    return sum != NULL;
}

static void mark_needed(struct ganger_search_model *model)
{
    const struct ganger_problem *p = model->problem;
    for (int32_t i = p->works.count - 1; i >= 0; i--) {
        int32_t w = p->precedences.topological[i];
        model->needed[w] = model->needed[w] || p->works.mandatory[w];
        for (int32_t j = p->precedences.first_in[w];
             model->needed[w] && j < p->precedences.first_in[w + 1]; j++) {
            model->needed[p->precedences.predecessor[p->precedences.in_list[j]]] = true;
        }
    }
}

struct ganger_search_model *ganger_search_model_create(const struct ganger_problem *problem)
{
    struct ganger_search_model *model = calloc(1, sizeof *model);
    if (!model) {
        return NULL;
    }
    size_t cells = (size_t)(problem->spans.count + 1) * (size_t)problem->time.periods;
    model->problem = problem;
    model->boundaries = problem->time.periods + 1;
    model->islands = GANGER_ISLANDS;
    model->frame = ganger_schedule_frame_create(problem);
    model->graph = ganger_graph_create(problem);
    model->share = malloc(cells * sizeof *model->share);
    model->needed = calloc((size_t)problem->works.count + 1, sizeof *model->needed);
    bool large = ganger_search_is_large(problem);
    if (!model->frame || !model->graph || !model->share || !model->needed || !fill_spans(model) ||
        !ganger_groups_init(&model->groups, problem, large) ||
        (!large && !ganger_graph_measure_free(model->graph))) {
        ganger_search_model_destroy(model);
        return NULL;
    }
    mark_needed(model);
    return model;
}

bool ganger_search_is_large(const struct ganger_problem *problem)
{
    return (int64_t)problem->demands.count * problem->links.count > large_at;
}

void ganger_search_model_destroy(struct ganger_search_model *model)
{
    if (!model) {
        return;
    }
    ganger_schedule_frame_destroy(model->frame);
    ganger_graph_destroy(model->graph);
    free(model->share);
    free(model->needed);
    ganger_groups_clear(&model->groups);
    free(model);
}

double ganger_search_tardiness(const struct ganger_search_model *model, int32_t work,
                               int32_t finish)
{
    const struct ganger_works *works = &model->problem->works;
    if (works->due[work] == GANGER_NONE || finish <= works->due[work]) {
        return 0;
    }
    return works->tardiness_cost[work] * (double)(finish - works->due[work]);
}

double ganger_search_km_worth(const struct ganger_problem *problem, int32_t target)
{
    return problem->targets.hard[target] ? GANGER_PENALTY_KM
                                         : problem->targets.shortfall_cost[target];
}
