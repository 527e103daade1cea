#include "throughput/sampler.h"

#include <math.h>
#include <stdlib.h>

struct ganger_sampler *ganger_sampler_create(const struct ganger_line_up *line_up)
{
    struct ganger_sampler *sampler = calloc(1, sizeof *sampler);
    const struct ganger_problem *p = line_up->problem;
    size_t most = 0;
    for (int32_t w = 0; w < p->works.count; w++) {
        size_t modes = (size_t)(p->works.first_mode[w + 1] - p->works.first_mode[w]);
        size_t choices = modes * (size_t)(line_up->to[w] - line_up->from[w] + 1);
        most = choices > most ? choices : most;
    }
    if (!sampler) {
        return NULL;
    }
    bool ready = ganger_flow_scratch_init(&sampler->flow, &line_up->network);
    sampler->before = malloc(((size_t)p->time.periods + 2) * sizeof(double));
    sampler->worth = malloc((most + 1) * sizeof(double));
    sampler->start = malloc((most + 1) * sizeof(int32_t));
    sampler->mode = malloc((most + 1) * sizeof(int32_t));
    sampler->order = malloc(((size_t)p->works.count + 1) * sizeof(int32_t));
    if (!ready || !sampler->before || !sampler->worth || !sampler->start || !sampler->mode ||
        !sampler->order) {
        ganger_sampler_destroy(sampler);
        return NULL;
    }
    return sampler;
}

void ganger_sampler_destroy(struct ganger_sampler *sampler)
{
    if (sampler) {
        ganger_flow_scratch_clear(&sampler->flow);
        free(sampler->before);
        free(sampler->worth);
        free(sampler->start);
        free(sampler->mode);
        free(sampler->order);
        free(sampler);
    }
}

/* All starts of a mode within [from, to), with their worth. */
static void list_choices(struct ganger_sampler *sampler, struct ganger_flow_state *state,
                         int32_t mode, int32_t from, int32_t to, const double *toll)
{
    const struct ganger_line_up *u = state->line_up;
    int32_t w = u->problem->modes.work[mode];
    from = u->from[w] > from ? u->from[w] : from;
    to = u->to[w] < to ? u->to[w] : to;
    ganger_flow_state_learn(state, &sampler->flow, mode, from, to);
    int64_t row = u->cell[mode] - u->from[w];
    const double *loss = state->loss + row;
    sampler->before[from] = 0;
    for (int32_t t = from; t < to; t++) {
        sampler->before[t + 1] = sampler->before[t] + loss[t];
    }
    for (int32_t s = from; s < to; s++) {
        int32_t finish = ganger_line_up_finish(u->problem, mode, s);
        if (finish == GANGER_NONE || finish > to) {
            continue;
        }
        int32_t i = sampler->choices++;
        sampler->start[i] = s;
        sampler->mode[i] = mode;
        sampler->worth[i] =
            sampler->before[s] - sampler->before[finish] - ganger_search_cost(u->model, mode, s) -
            ganger_search_tardiness(u->model, w, finish) - (toll ? toll[row + s] : 0);
    }
    sampler->flow.ticks += (to - from) / 2;
}

static double best_worth(const struct ganger_sampler *sampler)
{
    double best = sampler->worth[0];
    for (int32_t i = 1; i < sampler->choices; i++) {
        best = sampler->worth[i] > best ? sampler->worth[i] : best;
    }
    return best;
}

static void note_spread(struct ganger_sampler *sampler)
{
    double sum = 0, squares = 0, count = sampler->choices;
    for (int32_t i = 0; i < sampler->choices; i++) {
        double less = sampler->worth[i] - sampler->worth[0];
        sum += less;
        squares += less * less;
    }
    double variance = fmax(0, squares / count - (sum / count) * (sum / count));
    sampler->squares += variance;
    sampler->spread += sqrt(variance);
}

/* A choice by its chance; the worths become running sums of chances. */
static int32_t choose(struct ganger_sampler *sampler, double temperature)
{
    double best = best_worth(sampler), sum = 0;
    for (int32_t i = 0; i < sampler->choices; i++) {
        double less = sampler->worth[i] - best;
        sum += temperature > 0 ? exp(less / temperature) : less >= -1e-9 * fabs(best);
        sampler->worth[i] = sum;
    }
    double throw = sum * ganger_rng_unit(&sampler->rng);
    int32_t i = 0;
    while (i + 1 < sampler->choices && sampler->worth[i] <= throw) {
        i++;
    }
    return i;
}

void ganger_sampler_draw(struct ganger_sampler *sampler, struct ganger_flow_state *state,
                         int32_t work, int32_t from, int32_t to,
                         const struct ganger_sampler_bath *bath)
{
    const struct ganger_line_up *u = state->line_up;
    const struct ganger_problem *p = u->problem;
    sampler->choices = 0;
    for (int32_t m = p->works.first_mode[work]; m < p->works.first_mode[work + 1]; m++) {
        if (u->cell[m] >= 0) {
            list_choices(sampler, state, m, from, to, bath->toll);
        }
    }
    if (sampler->choices < 2) {
        return;
    }
    note_spread(sampler);
    int32_t i = choose(sampler, bath->temperature);
    if (sampler->start[i] != state->start[work] || sampler->mode[i] != state->mode[work]) {
        ganger_flow_state_move(state, &sampler->flow, work, sampler->mode[i], sampler->start[i]);
    }
}
