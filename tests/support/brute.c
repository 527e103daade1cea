#include "support/brute.h"

#include "support/rules.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of a work in a period: nothing, under way in mode 0 or 1, done. */
enum { STATES_OF_WORK = 4, STATES = 256 };

bool brute_open(struct brute *brute, const struct ganger_problem *problem)
{
    size_t links = (size_t)problem->links.count + 1;
    size_t cells = (size_t)(problem->time.periods + 1) * STATES;
    memset(brute, 0, sizeof *brute);
    brute->problem = problem;
    if (problem->works.count > BRUTE_WORKS) {
        return false;
    }
    brute->graph = ganger_graph_create(problem);
    brute->capacity = malloc(links * sizeof(double));
    brute->known = malloc(cells * sizeof(double));
    brute->traffic.flow = malloc(2 * links * sizeof(double));
    brute->traffic.price = malloc(2 * links * sizeof(double));
    bool ready = brute->graph && brute->capacity && brute->known && brute->traffic.flow &&
                 brute->traffic.price && ganger_path_pool_init(&brute->paths, brute->graph) &&
                 ganger_traffic_open(&brute->solver, brute->graph, &brute->paths);
    for (size_t i = 0; ready && i < cells; i++) {
        brute->known[i] = NAN;
    }
    return ready;
}

void brute_close(struct brute *brute)
{
    ganger_traffic_close(&brute->solver);
    ganger_path_pool_clear(&brute->paths);
    ganger_graph_destroy(brute->graph);
    free(brute->capacity);
    free(brute->known);
    free(brute->traffic.flow);
    free(brute->traffic.price);
}

static int32_t state_of(const struct ganger_problem *p, const int32_t *start, const int32_t *mode,
                        int32_t t)
{
    int32_t state = 0;
    for (int32_t w = 0; w < p->works.count; w++) {
        int32_t own = 0;
        if (mode[w] != GANGER_NONE && rules_finish(p, mode[w], start[w]) <= t) {
            own = 3;
        } else if (mode[w] != GANGER_NONE && start[w] <= t &&
                   ganger_problem_productivity(p, w, t) > 0) {
            own = 1 + mode[w] - p->works.first_mode[w];
        }
        state = STATES_OF_WORK * state + own;
    }
    return state;
}

static double traffic_at(struct brute *brute, const int32_t *start, const int32_t *mode, int32_t t)
{
    const struct ganger_problem *p = brute->problem;
    double *known = brute->known + (int64_t)t * STATES + state_of(p, start, mode, t);
    if (!isnan(*known)) {
        return *known;
    }
    double volume[16];
    for (int32_t l = 0; l < p->links.count; l++) {
        brute->capacity[l] = INFINITY;
    }
    for (int32_t q = 0; q < p->segments.count; q++) {
        double *link = brute->capacity + p->segments.link[q];
        *link = fmin(*link, rules_capacity(p, start, mode, q, t));
    }
    for (int32_t k = 0; k < p->demands.count; k++) {
        volume[k] = ganger_problem_volume(p, k, t);
    }
    bool solved = ganger_traffic_solve(&brute->solver, volume, brute->capacity, &brute->traffic);
    *known = solved ? brute->traffic.value : INFINITY; /* no test passes with that */
    return *known;
}

double brute_value(struct brute *brute, const int32_t *start, const int32_t *mode)
{
    const struct ganger_problem *p = brute->problem;
    double value = -rules_outlay(p, start, mode);
    for (int32_t t = 0; t <= p->time.periods; t++) {
        value += p->time.weight[t] * traffic_at(brute, start, mode, t);
    }
    return value;
}

static void judge(struct brute *brute, bool generous, const int32_t *start, const int32_t *mode)
{
    enum rules_verdict verdict = rules_judge(brute->problem, start, mode);
    brute->plans++;
    if (verdict == RULES_BROKEN || (verdict == RULES_UNCLEAR && !generous) ||
        !rules_complete(brute->problem, start, mode)) {
        return;
    }
    double value = brute_value(brute, start, mode);
    if (value > brute->best) {
        size_t works = (size_t)brute->problem->works.count;
        brute->best = value;
        memcpy(brute->start, start, works * sizeof *start);
        memcpy(brute->mode, mode, works * sizeof *mode);
    }
}

static void try_work(struct brute *brute, bool generous, int32_t *start, int32_t *mode, int32_t w)
{
    const struct ganger_problem *p = brute->problem;
    if (w == p->works.count) {
        judge(brute, generous, start, mode);
        return;
    }
    start[w] = mode[w] = GANGER_NONE;
    try_work(brute, generous, start, mode, w + 1);
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        for (int32_t s = 0; s < p->time.periods; s++) {
            if (rules_finish(p, m, s) != GANGER_NONE) {
                mode[w] = m;
                start[w] = s;
                try_work(brute, generous, start, mode, w + 1);
            }
        }
    }
    start[w] = mode[w] = GANGER_NONE;
}

void brute_search(struct brute *brute, bool generous)
{
    int32_t start[BRUTE_WORKS] = {0}, mode[BRUTE_WORKS] = {0};
    brute->best = -INFINITY;
    brute->plans = 0;
    try_work(brute, generous, start, mode, 0);
}
