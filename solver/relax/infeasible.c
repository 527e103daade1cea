#include "relax/infeasible.h"

#include <math.h>
#include <stdlib.h>

/* What must be done, and the earliest that it can be finished when only precedence binds. */
struct facts {
    bool *needed;    /* [works] mandatory, or a predecessor of what is */
    int32_t *finish; /* [works] earliest finish; periods + 1 if it cannot be done in time */
    int32_t *start;  /* [works] earliest start */
};

static bool mode_allowed(const struct ganger_problem *p, int32_t w, int32_t mode)
{
    return p->works.fixed_mode[w] == GANGER_NONE ||
           mode == p->works.first_mode[w] + p->works.fixed_mode[w];
}

/* Earliest start and finish of one work from `ready` on, over its modes. */
static void place_early(const struct ganger_problem *p, int32_t w, int32_t ready,
                        struct facts *facts)
{
    int32_t never = p->time.periods + 1;
    int32_t deadline = p->works.deadline[w];
    bool fixed = p->works.fixed_start[w] != GANGER_NONE;
    int32_t last = fixed ? p->works.fixed_start[w] : p->time.periods - 1;
    facts->start[w] = facts->finish[w] = never;
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        for (int32_t s = fixed && last > ready ? last : ready; mode_allowed(p, w, m) && s <= last;
             s++) {
            int32_t f = ganger_problem_finish(p, m, s);
            if (f <= deadline && f < never) {
                facts->start[w] = s < facts->start[w] ? s : facts->start[w];
                facts->finish[w] = f < facts->finish[w] ? f : facts->finish[w];
                break;
            }
        }
    }
}

static void follow_precedence(const struct ganger_problem *p, struct facts *facts)
{
    const struct ganger_precedences *rows = &p->precedences;
    for (int32_t i = 0; i < p->works.count; i++) {
        int32_t w = rows->topological[i];
        int64_t ready = p->works.earliest[w];
        for (int32_t j = rows->first_in[w]; j < rows->first_in[w + 1]; j++) {
            int32_t row = rows->in_list[j];
            int32_t other = rows->predecessor[row];
            int64_t from =
                (int64_t)(rows->type[row] == GANGER_PRECEDENCE_FS ? facts->finish[other]
                                                                  : facts->start[other]) +
                rows->lag[row];
            ready = from > ready ? from : ready;
        }
        int32_t bounded = ready > p->time.periods ? p->time.periods : (int32_t)ready;
        place_early(p, w, bounded, facts);
    }
    for (int32_t i = p->works.count - 1; i >= 0; i--) {
        int32_t w = rows->topological[i];
        facts->needed[w] = facts->needed[w] || p->works.mandatory[w];
        for (int32_t j = rows->first_in[w]; facts->needed[w] && j < rows->first_in[w + 1]; j++) {
            facts->needed[rows->predecessor[rows->in_list[j]]] = true;
        }
    }
}

static bool prove_by_time(const struct ganger_problem *p, const struct facts *facts,
                          struct ganger_findings *findings)
{
    bool proven = false;
    for (int32_t w = 0; w < p->works.count; w++) {
        if (facts->needed[w] && facts->finish[w] > p->time.periods) {
            ganger_findings_add(findings, GANGER_STATUS_OK, "work.csv", 0, NULL,
                                "infeasible: work \"%s\" must be done, but cannot be finished by "
                                "its deadline after the works that it waits for",
                                p->works.id[w]);
            proven = true;
        }
    }
    return proven;
}

static bool prove_by_targets(const struct ganger_problem *p, const struct facts *facts,
                             struct ganger_findings *findings)
{
    bool proven = false;
    for (int32_t g = 0; g < p->targets.count; g++) {
        double most = 0;
        for (int32_t w = 0; w < p->works.count; w++) {
            if ((p->targets.kinds[g] >> p->works.kind[w] & 1U) &&
                facts->finish[w] <= p->targets.by[g]) {
                most += p->works.km[w];
            }
        }
        if (p->targets.hard[g] && most < p->targets.km[g] * (1 - 1e-9)) {
            ganger_findings_add(findings, GANGER_STATUS_OK, "target.csv", 0, NULL,
                                "infeasible: target \"%s\" asks for %g km, but all works that can "
                                "count add up to %g km",
                                p->targets.id[g], p->targets.km[g], most);
            proven = true;
        }
    }
    return proven;
}

static double amount_of(const struct ganger_problem *p, int32_t mode, int32_t resource)
{
    double amount = resource == p->resources.budget ? p->modes.cost[mode] : 0;
    for (int32_t i = p->modes.first_use[mode]; i < p->modes.first_use[mode + 1]; i++) {
        amount += p->modes.use_resource[i] == resource ? p->modes.use_amount[i] : 0;
    }
    return amount;
}

/* The least that the needed works together take of a resource over the whole horizon. */
static double least_need(const struct ganger_problem *p, const struct facts *facts,
                         int32_t resource, bool renewable)
{
    double total = 0;
    for (int32_t w = 0; w < p->works.count; w++) {
        double least = INFINITY;
        for (int32_t m = p->works.first_mode[w]; facts->needed[w] && m < p->works.first_mode[w + 1];
             m++) {
            if (mode_allowed(p, w, m)) {
                /* A renewable is held for at least `duration` periods, since none yields over 100 %. */
                double length = renewable ? p->modes.duration[m] : 1;
                least = fmin(least, amount_of(p, m, resource) * length);
            }
        }
        total += isfinite(least) ? least : 0;
    }
    return total;
}

static double supply_of(const struct ganger_problem *p, int32_t resource, bool renewable)
{
    double supply = 0;
    if (renewable) {
        const int32_t *capacity = p->resources.capacity +
                                  (int64_t)p->resources.renewable_index[resource] * p->time.periods;
        for (int32_t t = 0; t < p->time.periods; t++) {
            supply += capacity[t];
        }
        return supply;
    }
    /* Only if windows tile the horizon do they limit the total; find the least cover by one row, or the
     * sum of disjoint rows that cover all periods. */
    double best = INFINITY;
    int32_t reached = 0;
    double chain = 0;
    for (int32_t i = p->resources.first_window[resource];
         i < p->resources.first_window[resource + 1]; i++) {
        int32_t j = p->resources.window_list[i];
        if (p->resources.window_from[j] == 0 && p->resources.window_to[j] == p->time.periods) {
            best = fmin(best, p->resources.window_limit[j]);
        }
        if (p->resources.window_from[j] == reached) {
            chain += p->resources.window_limit[j];
            reached = p->resources.window_to[j];
        }
    }
    return reached == p->time.periods ? fmin(best, chain) : best;
}

static bool prove_by_resources(const struct ganger_problem *p, const struct facts *facts,
                               struct ganger_findings *findings)
{
    bool proven = false;
    for (int32_t r = 0; r < p->resources.count; r++) {
        bool renewable = p->resources.kind[r] == GANGER_RESOURCE_RENEWABLE;
        double need = least_need(p, facts, r, renewable);
        double supply = supply_of(p, r, renewable);
        if (need > supply * (1 + 1e-9) + 1e-6) {
            ganger_findings_add(findings, GANGER_STATUS_OK, "capacity.csv", 0, NULL,
                                "infeasible: the mandatory works need at least %g of \"%s\"%s, but "
                                "there are %g",
                                need, p->resources.id[r], renewable ? " (unit-periods)" : "",
                                supply);
            proven = true;
        }
    }
    return proven;
}

bool ganger_infeasible_prove(const struct ganger_problem *problem, struct ganger_findings *findings)
{
    size_t works = (size_t)problem->works.count + 1;
    struct facts facts = {calloc(works, sizeof(bool)), malloc(works * sizeof(int32_t)),
                          malloc(works * sizeof(int32_t))};
    bool proven = false;
    if (facts.needed && facts.finish && facts.start) {
        follow_precedence(problem, &facts);
        bool by_time = prove_by_time(problem, &facts, findings);
        bool by_targets = prove_by_targets(problem, &facts, findings);
        bool by_resources = prove_by_resources(problem, &facts, findings);
        proven = by_time || by_targets || by_resources;
    }
    free(facts.needed);
    free(facts.finish);
    free(facts.start);
    return proven;
}
