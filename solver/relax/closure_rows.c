/* Rows of closure that freight breaks: those of gangs, demand by demand, those of segments (closure_sets.c) and of cuts
 * (closure_cuts.c). */
#include "relax/closure_search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Larger networks do without: shortest paths around links by the ends of demands, times links. */
static const int64_t most_work = 30000000;

/* What of a demand's freight on an arc is beyond what a gang leaves, earns at most, M USD. */
static double beyond(const struct ganger_closure_search *s, const struct ganger_closure_sent *sent,
                     const double *closed)
{
    const struct ganger_blocks *blocks = s->view.blocks;
    const double *flow = s->flow + (sent - s->sent) * blocks->width;
    const double *volume = blocks->demand + (int64_t)sent->demand * blocks->width;
    double sum = 0;
    for (int32_t b = 0; b < blocks->count; b++) {
        sum += blocks->weight[b] * fmax(0, flow[b] - (1 - closed[b]) * volume[b]);
    }
    return s->margin[sent->demand] * sum;
}

/* The best row of a demand that is not there yet. */
struct candidate {
    double worth;
    int32_t arc, gate;
};

static void consider(struct ganger_closure_search *s, const struct ganger_closure_sent *sent,
                     int32_t renewable, struct candidate *best)
{
    struct ganger_relaxation *r = s->relaxation;
    struct ganger_closures_gate spec = {0, NULL, renewable, sent->demand, sent->arc / 2};
    double worth = beyond(s, sent, s->through);
    if (worth <= best->worth) {
        return;
    }
    int32_t gate = ganger_closures_add_gate(&r->closures, spec, &r->failed);
    struct ganger_closures_row row = {
        .arc = sent->arc, .gate = gate, .demands = 1, .demand = &sent->demand};
    if (gate != GANGER_NONE && ganger_closures_find(&r->closures, row) == GANGER_NONE) {
        *best = (struct candidate){worth, sent->arc, gate};
    }
}

static struct candidate best_of_gangs(struct ganger_closure_search *s,
                                      const struct ganger_closure_sent *sent)
{
    const struct ganger_relaxation *r = s->relaxation;
    const struct ganger_series *series = &r->closures.series;
    int64_t width = s->view.blocks->width, renewables = r->problem->resources.renewables;
    struct candidate best = {ganger_closure_worth_adding * fabs(r->bound), sent->arc, GANGER_NONE};
    for (int32_t k = 0; k < renewables; k++) {
        bool any = false;
        memset(s->through, 0, (size_t)width * sizeof *s->through);
        for (int64_t place = 0; place < series->count; place++) {
            if (s->shares.used[place * renewables + k] &&
                ganger_series_needs(series, (int32_t)place, sent->demand, sent->arc / 2)) {
                const double *gang = s->shares.gang + (place * renewables + k) * width;
                for (int64_t b = 0; b < width; b++) {
                    s->through[b] += gang[b];
                }
                any = true;
            }
        }
        if (any) {
            consider(s, sent, k, &best);
        }
    }
    return best;
}

/* Of one demand, what is sent from .. to-1. One row a gate: on arcs in series it says the same. `found` has room for as
 * many. */
static void search_gangs(struct ganger_closure_search *s, int32_t from, int32_t to,
                         struct candidate *found)
{
    struct ganger_relaxation *r = s->relaxation;
    int32_t count = 0;
    for (int32_t i = from; i < to; i++) {
        struct candidate best = best_of_gangs(s, &s->sent[i]);
        int32_t same = 0;
        while (same < count && found[same].gate != best.gate) {
            same++;
        }
        if (best.gate != GANGER_NONE && (same == count || best.worth > found[same].worth)) {
            found[same] = best;
            count += same == count;
        }
    }
    for (int32_t i = 0; i < count && !r->failed; i++) {
        struct ganger_closures_row row = {.arc = found[i].arc,
                                          .gate = found[i].gate,
                                          .demands = 1,
                                          .demand = &s->sent[from].demand};
        r->failed = !ganger_closures_add(&r->closures, row);
        s->added++;
    }
}

static bool too_large(const struct ganger_relaxation *r)
{
    int64_t links = r->problem->links.count;
    int64_t ends = (int64_t)r->graph->from.count + r->graph->to.count;
    return r->step_ticks > 0 || links * links * ends > most_work;
}

int64_t ganger_relax_find_closures(struct ganger_relaxation *relaxation, int threads)
{
    struct ganger_relaxation *r = relaxation;
    struct ganger_closure_search s = {.relaxation = r, .view = ganger_primal_dual_view(r->solver)};
    int32_t demands = r->problem->demands.count, links = r->problem->links.count;
    int64_t ticks = (int64_t)demands * links;
    bool first = !r->closed;
    if (too_large(r)) {
        return 0;
    }
    if (!r->closed) {
        r->closed = ganger_closures_init(&r->closures, r->graph, threads, &ticks);
        r->failed = r->failed || !r->closed;
    }
    r->failed = r->failed || !ganger_closure_search_open(&s);
    struct candidate *found = calloc((size_t)s.sent_count + 1, sizeof *found);
    r->failed = r->failed || !found;
    if (!r->failed) {
        r->failed = !ganger_closure_search_sets(&s) || r->failed ||
                    !ganger_closure_search_cuts(&s, &ticks) || r->failed;
        ticks += s.sent_count * (int64_t)s.view.blocks->width;
    }
    for (int32_t from = 0, to; !r->failed && from < s.sent_count; from = to) {
        for (to = from; to < s.sent_count && s.sent[to].demand == s.sent[from].demand;) {
            to++;
        }
        search_gangs(&s, from, to, found);
    }
    if (!r->failed && (s.added > 0 || (first && r->energies.count > 0))) {
        r->failed = !ganger_closures_index(&r->closures) || !ganger_relax_widen_closures(r);
        ganger_primal_dual_close(r->solver, &r->closures);
        r->failed = r->failed || !ganger_primal_dual_extend(r->solver);
    }
    ganger_closure_search_close(&s);
    free(found);
    return ticks;
}
