#include "throughput/state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void lay_flows(struct ganger_flow_state *state)
{
    const struct ganger_flow_network *n = &state->line_up->network;
    for (int64_t t = 0; t <= state->line_up->periods; t++) {
        state->flow[t].left = state->left + t * n->places;
        state->flow[t].capacity = state->capacity + t * n->links;
        state->flow[t].side = state->side + t * n->nodes;
    }
}

struct ganger_flow_state *ganger_flow_state_create(const struct ganger_line_up *line_up)
{
    struct ganger_flow_state *state = calloc(1, sizeof *state);
    if (!state) {
        return NULL;
    }
    const struct ganger_flow_network *n = &line_up->network;
    size_t works = (size_t)line_up->works, periods = (size_t)line_up->model->boundaries;
    state->line_up = line_up;
    state->start = malloc((works + 1) * sizeof(int32_t));
    state->mode = malloc((works + 1) * sizeof(int32_t));
    state->span = malloc((works + 1) * sizeof(int32_t));
    state->span_at = malloc(((size_t)line_up->model->boundaries + 1) * sizeof(int32_t));
    state->flow = calloc(periods, sizeof *state->flow);
    state->version = calloc(periods, sizeof(uint32_t));
    state->loss = calloc((size_t)line_up->cells + 1, sizeof(double));
    state->known = calloc((size_t)line_up->cells + 1, sizeof(uint32_t));
    state->left = malloc(periods * (size_t)n->places * sizeof(double));
    state->capacity = malloc(periods * (size_t)n->links * sizeof(double));
    state->side = malloc(periods * (size_t)n->nodes);
    if (!state->start || !state->mode || !state->span || !state->span_at || !state->flow ||
        !state->version || !state->loss || !state->known || !state->left || !state->capacity ||
        !state->side) {
        ganger_flow_state_destroy(state);
        return NULL;
    }
    lay_flows(state);
    for (int32_t w = 0; w < line_up->works; w++) {
        state->start[w] = state->mode[w] = GANGER_NONE;
    }
    ganger_flow_state_join(state);
    return state;
}

void ganger_flow_state_destroy(struct ganger_flow_state *state)
{
    if (state) {
        free(state->start);
        free(state->mode);
        free(state->span);
        free(state->span_at);
        free(state->flow);
        free(state->version);
        free(state->loss);
        free(state->known);
        free(state->left);
        free(state->capacity);
        free(state->side);
        free(state);
    }
}

void ganger_flow_state_join(struct ganger_flow_state *state)
{
    for (int32_t w = 0; w < state->line_up->works; w++) {
        state->span[w] = GANGER_NONE;
    }
    for (int32_t t = 0; t < state->line_up->model->boundaries; t++) {
        state->span_at[t] = GANGER_NONE;
    }
}

static bool under_way(const struct ganger_flow_state *state, int32_t w, int32_t t)
{
    if (state->span[w] != GANGER_NONE && state->span[w] != state->span_at[t]) {
        return false;
    }
    const struct ganger_problem *p = state->line_up->problem;
    return state->start[w] != GANGER_NONE && state->start[w] <= t &&
           t < ganger_problem_finish(p, state->mode[w], state->start[w]) &&
           ganger_problem_productivity(p, w, t) > 0;
}

/* Capacity of a link in period t without one of its works (GANGER_NONE: with all). */
static double open_level(const struct ganger_flow_state *state, int32_t link, int32_t without,
                         int32_t t)
{
    const struct ganger_line_up *u = state->line_up;
    const struct ganger_problem *p = u->problem;
    double level = u->standing[(int64_t)link * u->model->boundaries + t];
    if (without != GANGER_NONE && u->alone[without]) {
        return level;
    }
    for (int32_t i = p->links.first_segment[link]; i < p->links.first_segment[link + 1]; i++) {
        int32_t q = p->links.segment_list[i];
        for (int32_t j = p->segments.first_work[q]; j < p->segments.first_work[q + 1]; j++) {
            int32_t w = p->segments.work_list[j];
            if (w != without && under_way(state, w, t)) {
                level = fmin(level, ganger_line_up_closed(u, state->mode[w], t));
            }
        }
    }
    return level;
}

void ganger_flow_state_solve(struct ganger_flow_state *state, struct ganger_flow_scratch *scratch,
                             int32_t t)
{
    const struct ganger_line_up *u = state->line_up;
    struct ganger_flow *flow = &state->flow[t];
    for (int32_t l = 0; l < u->problem->links.count; l++) {
        flow->capacity[l] = open_level(state, l, GANGER_NONE, t);
    }
    flow->capacity[u->network.links - 1] =
        u->standing[(int64_t)(u->network.links - 1) * u->model->boundaries + t];
    ganger_flow_solve(&u->network, scratch, flow);
    state->version[t]++;
}

void ganger_flow_state_learn(struct ganger_flow_state *state, struct ganger_flow_scratch *scratch,
                             int32_t mode, int32_t from, int32_t to)
{
    const struct ganger_line_up *u = state->line_up;
    const struct ganger_problem *p = u->problem;
    int32_t w = p->modes.work[mode], link = u->link[w];
    int64_t cell = u->cell[mode] - u->from[w];
    for (int32_t t = from; t < to; t++) {
        if (state->known[cell + t] == state->version[t]) {
            continue;
        }
        struct ganger_flow *flow = &state->flow[t];
        double loss = 0;
        if (ganger_problem_productivity(p, w, t) > 0) {
            double open = open_level(state, link, w, t);
            double closed = fmin(open, ganger_line_up_closed(u, mode, t));
            loss = ganger_flow_try(&u->network, scratch, flow, link, open) -
                   ganger_flow_try(&u->network, scratch, flow, link, closed);
        }
        state->loss[cell + t] = loss * u->value * p->time.weight[t];
        state->known[cell + t] = state->version[t];
    }
}

/* The work's own moves do not change what it loses. */
static void keep_known(struct ganger_flow_state *state, int32_t w, int32_t t)
{
    const struct ganger_line_up *u = state->line_up;
    const struct ganger_problem *p = u->problem;
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        if (u->cell[m] >= 0) {
            uint32_t *known = &state->known[u->cell[m] - u->from[w] + t];
            *known = *known == state->version[t] ? *known + 1 : *known;
        }
    }
}

void ganger_flow_state_move(struct ganger_flow_state *state, struct ganger_flow_scratch *scratch,
                            int32_t work, int32_t mode, int32_t start)
{
    const struct ganger_line_up *u = state->line_up;
    const struct ganger_problem *p = u->problem;
    int32_t link = u->link[work], old = state->start[work];
    int32_t old_finish = ganger_problem_finish(p, state->mode[work], old);
    int32_t finish = ganger_problem_finish(p, mode, start);
    int32_t from = start < old ? start : old, to = finish > old_finish ? finish : old_finish;
    state->start[work] = start;
    state->mode[work] = mode;
    for (int32_t t = from; t < to; t++) {
        struct ganger_flow *flow = &state->flow[t];
        double level = open_level(state, link, work, t);
        if (under_way(state, work, t)) {
            level = fmin(level, ganger_line_up_closed(u, mode, t));
        }
        bool changes = level != flow->capacity[link];
        if (changes) {
            ganger_flow_change(&u->network, scratch, flow, link, level);
        }
        /* What another work of the link would lose may change behind a capacity that does not. */
        if (changes || !u->alone[work]) {
            keep_known(state, work, t);
            state->version[t]++;
        }
    }
}

double ganger_flow_state_usual_loss(const struct ganger_flow_state *state)
{
    double sum = 0;
    int64_t count = 0;
    for (int64_t i = 0; i < state->line_up->cells; i++) {
        if (state->loss[i] > 0) {
            sum += state->loss[i];
            count++;
        }
    }
    return count > 0 ? sum / (double)count : 0;
}
