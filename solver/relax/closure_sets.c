/* Sets of demands that break rows of closure; and rows of one arc, about a segment of its link. */
#include "relax/closure_search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- what a gate lets pass in a block --------------------------------------------------------- */

static void add_change(struct ganger_closure_state *state, int32_t work, double share, double left)
{
    state->change[state->count++] = (struct ganger_closure_change){
        .share = share, .left = left, .work = work, .active = left < 1};
}

static void read_work(const struct ganger_closure_search *s, int32_t i, int32_t w, int32_t b,
                      struct ganger_closure_state *state)
{
    const struct ganger_problem *p = s->relaxation->problem;
    int64_t width = s->view.blocks->width;
    double finished = s->shares.finished[w * width + b];
    if (finished > 0 && s->view.columns->lift[w * width + b] > 0) {
        add_change(state, i, finished, 1);
    }
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        double active = s->shares.active[m * width + b];
        if (active > 0 && p->modes.factor[m] < 1) {
            add_change(state, i, active, p->modes.factor[m]);
        }
    }
}

static void read_state(const struct ganger_closure_search *s, struct ganger_closure_gate gate,
                       int32_t b, struct ganger_closure_state *state)
{
    const struct ganger_problem *p = s->relaxation->problem;
    struct ganger_passing_parts of = {
        gate.parts, gate.segment, {0}, gate.fixed ? gate.fixed[b] : 0};
    int32_t i = 0;
    for (int32_t part = 0; part < gate.parts; part++) {
        of.worn[part] = s->view.worn[(int64_t)gate.segment[part] * s->view.blocks->width + b];
    }
    state->passing = ganger_passing_of(p, &of);
    state->count = 0;
    for (int32_t part = 0; part < gate.parts; part++) {
        int32_t q = gate.segment[part];
        for (int32_t k = p->segments.first_work[q]; k < p->segments.first_work[q + 1]; k++) {
            read_work(s, i++, p->segments.work_list[k], b, state);
        }
    }
}

/* What passes of a volume by a plane. */
static double limit_of(const struct ganger_closure_state *state, struct ganger_plane plane)
{
    const struct ganger_passing *passing = &state->passing;
    double limit = ganger_passing_untouched(passing, plane);
    for (int32_t i = 0; i < state->count; i++) {
        int32_t work = state->change[i].work;
        double share = state->change[i].share;
        limit += state->change[i].active
                     ? -share * ganger_passing_less(passing, plane, work, state->change[i].left)
                     : share * ganger_passing_more(passing, plane, work);
    }
    return limit;
}

/* ---- sets ------------------------------------------------------------------------------------- */

/* From the order of the block before, which is about the same. */
static void sort_demands(const struct ganger_closure_search *s, int32_t b,
                         struct ganger_closure_sets *sets)
{
    int64_t width = s->view.blocks->width;
    for (int32_t i = 0; i < sets->count; i++) {
        double there = s->view.blocks->demand[sets->demand[i] * width + b];
        sets->share[i] = there > 0 ? sets->flow[i][b] / there : 0;
    }
    for (int32_t i = 1; i < sets->count; i++) {
        int32_t moved = sets->order[i], at = i;
        for (; at > 0 && sets->share[sets->order[at - 1]] < sets->share[moved]; at--) {
            sets->order[at] = sets->order[at - 1];
        }
        sets->order[at] = moved;
    }
}

/* The demands that a block's freight breaks a row of most; the set is sets->in. False if it breaks none. */
static bool choose_set(const struct ganger_closure_search *s, int32_t b,
                       struct ganger_closure_sets *sets)
{
    int64_t width = s->view.blocks->width;
    double volume = 0, flow = 0, most = 1e-9;
    int32_t taken = 0;
    sort_demands(s, b, sets);
    for (int32_t i = 0; i < sets->count && sets->share[sets->order[i]] > 0; i++) {
        int32_t at = sets->order[i];
        volume += s->view.blocks->demand[sets->demand[at] * width + b];
        flow += sets->flow[at][b];
        double broken = flow - limit_of(&sets->state[b], (struct ganger_plane){volume, sets->from});
        if (broken > most) {
            most = broken;
            taken = i + 1;
        }
    }
    for (int32_t i = 0; i < sets->count; i++) {
        sets->in[sets->order[i]] = i < taken;
    }
    return taken > 0;
}

/* What freight of the set beyond its limits earns, M USD. */
static double worth_of(const struct ganger_closure_search *s,
                       const struct ganger_closure_sets *sets)
{
    const struct ganger_blocks *blocks = s->view.blocks;
    int64_t width = blocks->width;
    double sum = 0;
    for (int32_t b = 0; b < blocks->count; b++) {
        double volume = 0, flow = 0, earned = 0;
        for (int32_t i = 0; i < sets->count; i++) {
            if (sets->in[i]) {
                int32_t k = sets->demand[i];
                volume += blocks->demand[k * width + b];
                flow += sets->flow[i][b];
                earned += sets->flow[i][b] * s->margin[k];
            }
        }
        double broken = flow - limit_of(&sets->state[b], (struct ganger_plane){volume, sets->from});
        sum += broken > 0 ? blocks->weight[b] * broken * earned / flow : 0;
    }
    return sum;
}

/* By one plane. */
static void search_plane(const struct ganger_closure_search *s, struct ganger_closure_gate gate,
                         struct ganger_closure_sets *sets)
{
    memset(sets->before, 0, (size_t)sets->count * sizeof *sets->before);
    for (int32_t b = gate.from; b < gate.to; b++) {
        bool broken = choose_set(s, b, sets);
        if (!broken || memcmp(sets->in, sets->before, (size_t)sets->count) == 0) {
            continue;
        }
        double worth = worth_of(s, sets);
        if (worth > sets->best.worth) {
            sets->best.worth = worth;
            sets->best.better = true;
            sets->best.from = sets->from;
            memcpy(sets->best.in, sets->in, (size_t)sets->count * sizeof *sets->in);
        }
        memcpy(sets->before, sets->in, (size_t)sets->count * sizeof *sets->in);
    }
}

/* Adds sets of works to draw planes from, and returns how many there are: those that are finished most in a block, one after
 * another. With one work, and with all but one of two, the planes are those from none and from all. */
static int32_t list_planes(const struct ganger_closure_search *s, struct ganger_closure_gate gate,
                           int32_t b, uint32_t *from, int32_t planes)
{
    const struct ganger_problem *p = s->relaxation->problem;
    int64_t width = s->view.blocks->width;
    double finished[GANGER_PASSING_WORKS];
    int32_t works = 0;
    for (int32_t part = 0; part < gate.parts; part++) {
        int32_t q = gate.segment[part];
        for (int32_t k = p->segments.first_work[q]; k < p->segments.first_work[q + 1]; k++) {
            finished[works++] = s->shares.finished[p->segments.work_list[k] * width + b];
        }
    }
    uint32_t set = 0;
    for (int32_t count = 1; count <= works; count++) {
        int32_t next = GANGER_NONE;
        for (int32_t i = 0; i < works; i++) {
            if (!(set >> i & 1) && (next == GANGER_NONE || finished[i] > finished[next])) {
                next = i;
            }
        }
        set |= 1U << next;
        bool told = works == 1 || (works == 2 && count == 1);
        for (int32_t i = 0; i < planes; i++) {
            told = told || from[i] == set;
        }
        if (!told) {
            from[planes++] = set;
        }
    }
    return planes;
}

void ganger_closure_sets_begin(struct ganger_closure_sets *sets, double worth)
{
    sets->best.worth = worth;
    sets->best.better = false;
    for (int32_t i = 0; i < sets->count; i++) {
        sets->order[i] = i;
    }
}

void ganger_closure_sets_search(const struct ganger_closure_search *search,
                                struct ganger_closure_sets *sets, struct ganger_closure_gate gate)
{
    const struct ganger_problem *p = search->relaxation->problem;
    sets->best.better = false;
    for (int32_t b = 0; b < search->view.blocks->count; b++) {
        read_state(search, gate, b, &sets->state[b]);
    }
    uint32_t from[1 + 2 * GANGER_PASSING_WORKS] = {0};
    int32_t planes = 1;
    if (ganger_passing_count(p, gate.parts, gate.segment) <= GANGER_PASSING_WORKS) {
        planes = list_planes(search, gate, gate.to - 1, from, planes);
        planes = list_planes(search, gate, (gate.from + gate.to) / 2, from, planes);
    }
    for (int32_t i = 0; i < planes; i++) {
        sets->from = from[i];
        search_plane(search, gate, sets);
    }
}

int32_t ganger_closure_sets_best(const struct ganger_closure_sets *sets, int32_t *list)
{
    int32_t count = 0;
    for (int32_t i = 0; i < sets->count; i++) {
        if (sets->best.in[i]) {
            list[count++] = sets->demand[i];
        }
    }
    return count;
}

bool ganger_closure_sets_init(struct ganger_closure_sets *sets,
                              const struct ganger_closure_search *search)
{
    const struct ganger_problem *p = search->relaxation->problem;
    size_t demands = (size_t)p->demands.count + 1, blocks = (size_t)search->view.blocks->count;
    *sets = (struct ganger_closure_sets){.demand = calloc(demands, sizeof *sets->demand),
                                         .flow = calloc(demands, sizeof *sets->flow),
                                         .order = calloc(demands, sizeof *sets->order),
                                         .share = calloc(demands, sizeof *sets->share),
                                         .state = calloc(blocks, sizeof *sets->state),
                                         .in = calloc(demands, sizeof *sets->in),
                                         .before = calloc(demands, sizeof *sets->before),
                                         .best.in = calloc(demands, sizeof *sets->best.in)};
    bool ready = sets->demand && sets->flow && sets->order && sets->share && sets->state &&
                 sets->in && sets->before && sets->best.in;
    size_t most = 0;
    for (int32_t q = 0; q < p->segments.count; q++) {
        size_t changes = 0;
        for (int32_t i = p->segments.first_work[q]; i < p->segments.first_work[q + 1]; i++) {
            int32_t w = p->segments.work_list[i];
            changes += 1 + (size_t)(p->works.first_mode[w + 1] - p->works.first_mode[w]);
        }
        most = changes > most ? changes : most;
    }
    for (size_t b = 0; ready && b < blocks; b++) {
        sets->state[b].change =
            calloc(GANGER_PASSING_PARTS * most + 1, sizeof *sets->state[b].change);
        ready = sets->state[b].change != NULL;
    }
    return ready;
}

void ganger_closure_sets_clear(struct ganger_closure_sets *sets, int32_t blocks)
{
    for (int32_t b = 0; sets->state && b < blocks; b++) {
        free(sets->state[b].change);
    }
    free(sets->demand);
    free(sets->flow);
    free(sets->order);
    free(sets->share);
    free(sets->state);
    free(sets->in);
    free(sets->before);
    free(sets->best.in);
}

/* ---- rows of one arc -------------------------------------------------------------------------- */

/* The most broken set of all segments of an arc. `list` is scratch for demands. */
static void search_arc(struct ganger_closure_search *s, int32_t arc,
                       struct ganger_closure_sets *sets, int32_t *list)
{
    struct ganger_relaxation *r = s->relaxation;
    const struct ganger_problem *p = r->problem;
    const struct ganger_links *links = &p->links;
    int32_t best = GANGER_NONE;
    sets->count = 0;
    for (int32_t i = s->first_on[arc]; i < s->first_on[arc + 1]; i++) {
        sets->demand[sets->count] = s->sent[s->on[i]].demand;
        sets->flow[sets->count++] = s->flow + (int64_t)s->on[i] * s->view.blocks->width;
    }
    ganger_closure_sets_begin(sets, ganger_closure_worth_adding * fabs(r->bound));
    for (int32_t i = links->first_segment[arc / 2]; i < links->first_segment[arc / 2 + 1]; i++) {
        int32_t q = links->segment_list[i];
        if (p->segments.first_work[q] < p->segments.first_work[q + 1]) {
            struct ganger_closure_gate gate = {1, &q, NULL, 0, s->view.blocks->count};
            ganger_closure_sets_search(s, sets, gate);
            best = sets->best.better ? q : best;
        }
    }
    if (best == GANGER_NONE) {
        return;
    }
    struct ganger_closures_gate spec = {1, &best, GANGER_NONE, GANGER_NONE, GANGER_NONE};
    struct ganger_closures_row row = {.arc = arc, .demand = list, .from = (int32_t)sets->best.from};
    row.gate = ganger_closures_add_gate(&r->closures, spec, &r->failed);
    row.demands = ganger_closure_sets_best(sets, list);
    if (row.gate != GANGER_NONE && ganger_closures_find(&r->closures, row) == GANGER_NONE) {
        r->failed = r->failed || !ganger_closures_add(&r->closures, row);
        s->added++;
    }
}

bool ganger_closure_search_sets(struct ganger_closure_search *search)
{
    struct ganger_closure_search *s = search;
    struct ganger_relaxation *r = s->relaxation;
    struct ganger_closure_sets sets;
    int32_t *list = calloc((size_t)r->problem->demands.count + 1, sizeof *list);
    bool ready = ganger_closure_sets_init(&sets, s) && list;
    for (int32_t arc = 0; ready && !r->failed && arc < r->graph->arcs; arc++) {
        if (s->first_on[arc] < s->first_on[arc + 1]) {
            search_arc(s, arc, &sets, list);
        }
    }
    ganger_closure_sets_clear(&sets, s->view.blocks->count);
    free(list);
    return ready;
}
