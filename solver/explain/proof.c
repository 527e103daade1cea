#include "explain/proof.h"

#include "explain/words.h"
#include "plan/report.h"

#include <math.h>
#include <stdlib.h>

/* Columns of the programme at most, about: blocks are as long as that asks. */
enum { COLUMNS = 3000, BLOCKS_LEAST = 6 };

bool ganger_prover_init(struct ganger_prover *prover, struct ganger_conditions *conditions)
{
    const struct ganger_problem *p = conditions->problem;
    int32_t blocks = COLUMNS / (p->modes.count > 0 ? p->modes.count : 1);
    blocks = blocks < BLOCKS_LEAST ? BLOCKS_LEAST : blocks;
    *prover = (struct ganger_prover){.conditions = conditions};
    prover->block = (p->time.periods + blocks - 1) / blocks;
    prover->block = prover->block < 1 ? 1 : prover->block;
    ganger_text_init(&prover->reason);
    if (!ganger_dates_init(&prover->dates, conditions) ||
        !ganger_supplies_init(&prover->supplies, p, prover->block) ||
        !ganger_openers_init(&prover->openers, prover->dates.frame)) {
        return false;
    }
    size_t supplies = (size_t)prover->supplies.count + 1;
    prover->list = malloc(supplies * sizeof *prover->list);
    prover->need = malloc(supplies * sizeof *prover->need);
    return prover->list && prover->need;
}

void ganger_prover_clear(struct ganger_prover *prover)
{
    ganger_dates_clear(&prover->dates);
    ganger_supplies_clear(&prover->supplies);
    ganger_openers_clear(&prover->openers);
    free(prover->list);
    free(prover->need);
    ganger_text_clear(&prover->reason);
}

static bool prove_dates(struct ganger_prover *prover)
{
    const struct ganger_problem *p = prover->conditions->problem;
    int32_t work = ganger_dates_follow(&prover->dates);
    if (work != GANGER_NONE) {
        char last[GANGER_DATE_SIZE];
        int32_t by = prover->dates.last_finish[work];
        ganger_text_clear(&prover->reason);
        ganger_text_format(&prover->reason,
                           "%s would have to be finished by %s, which its dates and what it waits "
                           "for do not allow",
                           ganger_words_work(p, work), ganger_words_last_day(p, by, last));
    }
    return work != GANGER_NONE;
}

/* Adds the least that a work takes of each supply, over its modes. */
static void add_need(struct ganger_prover *prover, int32_t w)
{
    const struct ganger_problem *p = prover->conditions->problem;
    /* What the first mode leaves alone, a work need not take. */
    int32_t first = p->works.first_mode[w];
    int32_t count = ganger_supplies_of(&prover->supplies, first, prover->list);
    for (int32_t i = 0; i < count; i++) {
        int32_t supply = prover->list[i];
        double least = INFINITY;
        if (!ganger_supply_holds(&prover->supplies, supply, prover->conditions)) {
            continue;
        }
        for (int32_t m = first; m < p->works.first_mode[w + 1] && least > 0; m++) {
            struct ganger_starts starts = {m, prover->dates.start[w], prover->dates.last_start[w]};
            least =
                fmin(least, ganger_supply_least(&prover->supplies, supply, &prover->dates, starts));
        }
        prover->need[supply] += isfinite(least) ? least : 0;
    }
}

static void say_supply(struct ganger_prover *prover, int32_t supply)
{
    const struct ganger_problem *p = prover->conditions->problem;
    const struct ganger_supply *s = &prover->supplies.list[supply];
    char need[GANGER_REPORT_NUMBER], limit[GANGER_REPORT_NUMBER], span[GANGER_SPAN_SIZE];
    char period[GANGER_DATE_SIZE];
    int32_t from = s->from > 0 ? s->from : 0;
    int32_t to = s->to < p->time.periods ? s->to : p->time.periods;
    ganger_report_number(need, prover->need[supply], 1);
    ganger_report_number(limit, s->limit, 1);
    ganger_words_span(p, from, to, span);
    ganger_words_period(p, true, period);
    ganger_text_clear(&prover->reason);
    if (s->kind == GANGER_CONDITION_SEGMENT) {
        ganger_text_format(&prover->reason,
                           "the works on segment %s take at least %s %s of %s, which have %s",
                           p->segments.id[s->index], need, period, span, limit);
        return;
    }
    bool gang = s->kind == GANGER_CONDITION_GANG;
    int32_t resource = gang ? p->resources.renewable_resource[s->index] : s->index;
    ganger_text_format(&prover->reason,
                       "what must be done takes at least %s %s%s%s of %s in %s, and there are %s",
                       need, ganger_words_unit(p, resource), gang ? " x " : "", gang ? period : "",
                       ganger_words_resource(p, resource), span, limit);
}

/* km of all works that could count for a target in time. */
static double most_km(const struct ganger_prover *prover, int32_t g)
{
    const struct ganger_problem *p = prover->conditions->problem;
    double km = 0;
    for (int32_t w = 0; w < p->works.count; w++) {
        if ((p->targets.kinds[g] >> p->works.kind[w] & 1U) &&
            prover->dates.finish[w] <= p->targets.by[g]) {
            km += p->works.km[w];
        }
    }
    return km;
}

static bool prove_totals(struct ganger_prover *prover)
{
    const struct ganger_problem *p = prover->conditions->problem;
    for (int32_t i = 0; i < prover->supplies.count; i++) {
        prover->need[i] = 0;
    }
    for (int32_t w = 0; w < p->works.count; w++) {
        if (prover->dates.needed[w]) {
            add_need(prover, w);
        }
    }
    for (int32_t i = 0; i < prover->supplies.count; i++) {
        if (prover->need[i] > prover->supplies.list[i].limit * (1 + 1e-9) + 1e-6) {
            say_supply(prover, i);
            return true;
        }
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        double most =
            prover->conditions->on[GANGER_CONDITION_TARGET][g] ? most_km(prover, g) : INFINITY;
        if (most < p->targets.km[g] * (1 - 1e-9)) {
            char km[2][GANGER_REPORT_NUMBER];
            ganger_text_clear(&prover->reason);
            ganger_text_format(&prover->reason,
                               "target %s asks for %s km, but all works that can count in time add "
                               "up to %s km",
                               p->targets.id[g], ganger_report_number(km[0], p->targets.km[g], 1),
                               ganger_report_number(km[1], most, 1));
            return true;
        }
    }
    return false;
}

enum ganger_proof ganger_prover_prove(struct ganger_prover *prover, enum ganger_proof last)
{
    if (prove_dates(prover)) {
        return GANGER_PROOF_DATES;
    }
    if (last >= GANGER_PROOF_TOTALS && prove_totals(prover)) {
        return GANGER_PROOF_TOTALS;
    }
    if (last >= GANGER_PROOF_PROGRAMME && ganger_programme_proves(prover)) {
        return GANGER_PROOF_PROGRAMME;
    }
    return GANGER_PROOF_NONE;
}
