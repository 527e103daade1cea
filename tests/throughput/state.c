/* Flows and losses that are kept, against those from scratch. */
#include "throughput/state.h"

#include "support/rules.h"
#include "support/test.h"
#include "throughput/closures.h"
#include "throughput/sampler.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PROBLEMS = 25, PERIODS = 10, WORKS = 12, MOVES = 60 };

struct bench {
    struct ganger_problem *problem;
    struct ganger_search_model *model;
    struct ganger_line_up *line_up;
    struct ganger_flow_state *state;
    struct ganger_sampler *sampler;
};

static void put_somewhere(struct bench *b, struct ganger_rng *rng, int32_t w, int32_t *mode,
                          int32_t *start)
{
    const struct ganger_problem *p = b->problem;
    int32_t modes = p->works.first_mode[w + 1] - p->works.first_mode[w];
    do {
        *mode = p->works.first_mode[w] + ganger_rng_below(rng, modes);
        *start = ganger_rng_below(rng, p->time.periods);
    } while (ganger_line_up_finish(p, *mode, *start) == GANGER_NONE);
}

static void open_bench(struct bench *b, struct ganger_rng *rng)
{
    b->problem = closures_draw(rng, PERIODS, WORKS);
    b->model = ganger_search_model_create(b->problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(b->model);
    b->line_up = ganger_line_up_create(b->model);
    CU_ASSERT_PTR_NOT_NULL_FATAL(b->line_up);
    b->state = ganger_flow_state_create(b->line_up);
    b->sampler = ganger_sampler_create(b->line_up);
    CU_ASSERT_FATAL(b->state && b->sampler);
    for (int32_t w = 0; w < WORKS; w++) {
        put_somewhere(b, rng, w, &b->state->mode[w], &b->state->start[w]);
    }
    for (int32_t t = 0; t <= PERIODS; t++) {
        ganger_flow_state_solve(b->state, &b->sampler->flow, t);
    }
}

static void close_bench(struct bench *b)
{
    ganger_sampler_destroy(b->sampler);
    ganger_flow_state_destroy(b->state);
    ganger_line_up_destroy(b->line_up);
    ganger_search_model_destroy(b->model);
    ganger_problem_destroy(b->problem);
}

/* Capacities by the rules, and the flows of a state solved anew. */
static double check_state(struct bench *b)
{
    const struct ganger_problem *p = b->problem;
    double total = 0;
    struct ganger_flow_state *fresh = ganger_flow_state_create(b->line_up);
    CU_ASSERT_PTR_NOT_NULL_FATAL(fresh);
    memcpy(fresh->start, b->state->start, WORKS * sizeof(int32_t));
    memcpy(fresh->mode, b->state->mode, WORKS * sizeof(int32_t));
    for (int32_t t = 0; t <= PERIODS; t++) {
        ganger_flow_state_solve(fresh, &b->sampler->flow, t);
        CU_ASSERT_DOUBLE_EQUAL(fresh->flow[t].value, b->state->flow[t].value, 1e-7);
        total += p->time.weight[t] * b->line_up->value * fresh->flow[t].value;
        for (int32_t l = 0; l < p->links.count; l++) {
            double least = INFINITY;
            for (int32_t i = p->links.first_segment[l]; i < p->links.first_segment[l + 1]; i++) {
                least = fmin(least, rules_capacity(p, fresh->start, fresh->mode,
                                                   p->links.segment_list[i], t));
            }
            CU_ASSERT_DOUBLE_EQUAL(b->state->flow[t].capacity[l], least, 1e-9);
        }
    }
    ganger_flow_state_destroy(fresh);
    return total;
}

static void moves_keep_flows(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 61, 0, 0);
    for (int i = 0; i < PROBLEMS; i++) {
        struct bench b;
        open_bench(&b, &rng);
        for (int j = 0; j < MOVES; j++) {
            int32_t w = ganger_rng_below(&rng, WORKS), mode, start;
            put_somewhere(&b, &rng, w, &mode, &start);
            ganger_flow_state_move(b.state, &b.sampler->flow, w, mode, start);
            if (j % 10 == 9) {
                check_state(&b);
            }
        }
        close_bench(&b);
    }
}

/* Moving a work changes the traffic by what its losses say, known or not. */
static void losses_tell_what_moves_do(void)
{
    struct ganger_rng rng;
    int felt = 0;
    ganger_rng_init(&rng, 62, 0, 0);
    for (int i = 0; i < PROBLEMS; i++) {
        struct bench b;
        open_bench(&b, &rng);
        for (int j = 0; j < MOVES; j++) {
            int32_t w = ganger_rng_below(&rng, WORKS), mode, start;
            double change = -check_state(&b), expected = 0;
            put_somewhere(&b, &rng, w, &mode, &start);
            int32_t now[2][3] = {{b.state->mode[w], b.state->start[w], 1}, {mode, start, -1}};
            for (int k = 0; k < 2; k++) {
                int32_t finish = ganger_line_up_finish(b.problem, now[k][0], now[k][1]);
                const double *loss =
                    b.state->loss + b.line_up->cell[now[k][0]] - b.line_up->from[w];
                ganger_flow_state_learn(b.state, &b.sampler->flow, now[k][0], now[k][1], finish);
                for (int32_t t = now[k][1]; t < finish; t++) {
                    expected += now[k][2] * loss[t];
                }
            }
            ganger_flow_state_move(b.state, &b.sampler->flow, w, mode, start);
            change += check_state(&b);
            CU_ASSERT_DOUBLE_EQUAL(change, expected, 1e-6);
            felt += fabs(expected) > 1e-6;
        }
        close_bench(&b);
    }
    CU_ASSERT(felt > PROBLEMS);
}

/* Without heat a draw never loses, and it stays within its periods. */
static void cold_draws_do_not_lose(void)
{
    const struct ganger_sampler_bath cold = {0};
    struct ganger_rng rng;
    int gained = 0;
    ganger_rng_init(&rng, 63, 0, 0);
    for (int i = 0; i < PROBLEMS; i++) {
        struct bench b;
        open_bench(&b, &rng);
        ganger_rng_init(&b.sampler->rng, 1, (uint32_t)i, 0);
        double before = check_state(&b) - rules_outlay(b.problem, b.state->start, b.state->mode);
        for (int j = 0; j < MOVES; j++) {
            ganger_sampler_draw(b.sampler, b.state, ganger_rng_below(&rng, WORKS), 0, PERIODS,
                                &cold);
            double after = check_state(&b) - rules_outlay(b.problem, b.state->start, b.state->mode);
            CU_ASSERT(after >= before - 1e-6);
            gained += after > before + 1e-6;
            before = after;
        }
        CU_ASSERT_NOT_EQUAL(rules_judge(b.problem, b.state->start, b.state->mode), RULES_BROKEN);
        close_bench(&b);
    }
    CU_ASSERT(gained > PROBLEMS);
}

/* Where all starts but one have a toll beyond what anything is worth, that one is drawn, cold or hot. */
static void tolls_are_shunned(void)
{
    const double heats[] = {0, 1};
    struct ganger_rng rng;
    int moved = 0;
    ganger_rng_init(&rng, 64, 0, 0);
    for (int i = 0; i < PROBLEMS; i++) {
        struct bench b;
        open_bench(&b, &rng);
        ganger_rng_init(&b.sampler->rng, 2, (uint32_t)i, 0);
        double *toll = malloc((size_t)(b.line_up->cells + 1) * sizeof *toll);
        CU_ASSERT_FATAL(toll != NULL);
        for (int j = 0; j < MOVES; j++) {
            int32_t w = ganger_rng_below(&rng, WORKS), mode, start;
            put_somewhere(&b, &rng, w, &mode, &start);
            for (int64_t c = 0; c < b.line_up->cells; c++) {
                toll[c] = 1e9;
            }
            toll[b.line_up->cell[mode] + start - b.line_up->from[w]] = 0;
            moved += start != b.state->start[w];
            ganger_sampler_draw(b.sampler, b.state, w, 0, PERIODS,
                                &(struct ganger_sampler_bath){heats[j % 2], toll});
            CU_ASSERT_EQUAL(b.state->start[w], start);
            CU_ASSERT_EQUAL(b.state->mode[w], mode);
        }
        free(toll);
        close_bench(&b);
    }
    CU_ASSERT(moved > PROBLEMS);
}

static const struct ganger_test tests[] = {{"moves keep flows", moves_keep_flows},
                                           {"losses tell what moves do", losses_tell_what_moves_do},
                                           {"cold draws do not lose", cold_draws_do_not_lose},
                                           {"tolls are shunned", tolls_are_shunned},
                                           {NULL, NULL}};

const struct ganger_suite state_suite = {"state", "property", tests};
