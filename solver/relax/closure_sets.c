/* Rows of closure of sets of demands on an arc, about a segment of its link. */
#include "relax/closure_search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Works of a segment, in one block. */
struct state {
    struct ganger_passing passing;
    int32_t count; /* of changes */
    struct {
        double share, left; /* for a share of the time the work is finished, or leaves so much */
        int32_t work;       /* of the segment */
        bool active;
    } * change;
};

static void add_change(struct state *state, int32_t work, double share, double left)
{
    state->change[state->count].work = work;
    state->change[state->count].share = share;
    state->change[state->count].left = left;
    state->change[state->count++].active = left < 1;
}

static void read_state(const struct ganger_closure_search *s, int32_t segment, int32_t b,
                       struct state *state)
{
    const struct ganger_problem *p = s->relaxation->problem;
    int64_t width = s->view.blocks->width;
    int32_t first = p->segments.first_work[segment];
    state->passing = ganger_passing_of(p, segment, s->view.worn[segment * width + b]);
    state->count = 0;
    for (int32_t i = 0; i < state->passing.works; i++) {
        int32_t w = p->segments.work_list[first + i];
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
}

/* What passes of a volume by a plane. */
static double limit_of(const struct state *state, struct ganger_plane plane)
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

/* Sets of the demands on an arc. */
struct sets {
    int32_t count;       /* of demands */
    int32_t *order;      /* [count] by share of the volume sent in a block, the greatest first */
    double *share;       /* [count] */
    struct state *state; /* [blocks] of the segment at hand */
    bool *in, *before;   /* [count] the set at hand, and that of the last block that breaks one */
    bool finished;       /* the plane at hand */
    struct {
        bool *in; /* [count] the set that is broken most */
        double worth;
        int32_t segment;
        bool finished;
    } best;
};

/* From the order of the block before, which is about the same. */
static void sort_demands(const struct ganger_closure_search *s, int32_t arc, int32_t b,
                         struct sets *sets)
{
    int64_t width = s->view.blocks->width;
    const int32_t *on = s->on + s->first_on[arc];
    for (int32_t i = 0; i < sets->count; i++) {
        double there = s->view.blocks->demand[s->sent[on[i]].demand * width + b];
        sets->share[i] = there > 0 ? s->flow[on[i] * width + b] / there : 0;
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
static bool choose_set(const struct ganger_closure_search *s, int32_t arc, int32_t b,
                       struct sets *sets)
{
    int64_t width = s->view.blocks->width;
    const int32_t *on = s->on + s->first_on[arc];
    double volume = 0, flow = 0, most = 1e-9;
    int32_t taken = 0;
    sort_demands(s, arc, b, sets);
    for (int32_t i = 0; i < sets->count && sets->share[sets->order[i]] > 0; i++) {
        int32_t at = on[sets->order[i]];
        volume += s->view.blocks->demand[s->sent[at].demand * width + b];
        flow += s->flow[at * width + b];
        double broken =
            flow - limit_of(&sets->state[b], (struct ganger_plane){volume, sets->finished});
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
static double worth_of(const struct ganger_closure_search *s, int32_t arc, const struct sets *sets)
{
    const struct ganger_blocks *blocks = s->view.blocks;
    int64_t width = blocks->width;
    const int32_t *on = s->on + s->first_on[arc];
    double sum = 0;
    for (int32_t b = 0; b < blocks->count; b++) {
        double volume = 0, flow = 0, earned = 0;
        for (int32_t i = 0; i < sets->count; i++) {
            if (sets->in[i]) {
                int32_t k = s->sent[on[i]].demand;
                volume += blocks->demand[k * width + b];
                flow += s->flow[on[i] * width + b];
                earned += s->flow[on[i] * width + b] * s->margin[k];
            }
        }
        double broken =
            flow - limit_of(&sets->state[b], (struct ganger_plane){volume, sets->finished});
        sum += broken > 0 ? blocks->weight[b] * broken * earned / flow : 0;
    }
    return sum;
}

/* By one plane of a segment. */
static void search_plane(const struct ganger_closure_search *s, int32_t arc, int32_t segment,
                         struct sets *sets)
{
    memset(sets->before, 0, (size_t)sets->count * sizeof *sets->before);
    for (int32_t b = 0; b < s->view.blocks->count; b++) {
        bool broken = choose_set(s, arc, b, sets);
        if (!broken || memcmp(sets->in, sets->before, (size_t)sets->count) == 0) {
            continue;
        }
        double worth = worth_of(s, arc, sets);
        if (worth > sets->best.worth) {
            sets->best.worth = worth;
            sets->best.segment = segment;
            sets->best.finished = sets->finished;
            memcpy(sets->best.in, sets->in, (size_t)sets->count * sizeof *sets->in);
        }
        memcpy(sets->before, sets->in, (size_t)sets->count * sizeof *sets->in);
    }
}

static void search_segment(const struct ganger_closure_search *s, int32_t arc, int32_t segment,
                           struct sets *sets)
{
    const struct ganger_problem *p = s->relaxation->problem;
    if (p->segments.first_work[segment] == p->segments.first_work[segment + 1]) {
        return;
    }
    for (int32_t b = 0; b < s->view.blocks->count; b++) {
        read_state(s, segment, b, &sets->state[b]);
    }
    sets->finished = false;
    search_plane(s, arc, segment, sets);
    if (ganger_passing_has_two(p, segment)) {
        sets->finished = true;
        search_plane(s, arc, segment, sets);
    }
}

/* The most broken set of all segments of an arc. `list` is scratch for demands. */
static void search_arc(struct ganger_closure_search *s, int32_t arc, struct sets *sets,
                       int32_t *list)
{
    struct ganger_relaxation *r = s->relaxation;
    const struct ganger_links *links = &r->problem->links;
    sets->count = s->first_on[arc + 1] - s->first_on[arc];
    sets->best.worth = ganger_closure_worth_adding * fabs(r->bound);
    sets->best.segment = GANGER_NONE;
    for (int32_t i = 0; i < sets->count; i++) {
        sets->order[i] = i;
    }
    for (int32_t i = links->first_segment[arc / 2]; i < links->first_segment[arc / 2 + 1]; i++) {
        search_segment(s, arc, links->segment_list[i], sets);
    }
    if (sets->best.segment == GANGER_NONE) {
        return;
    }
    struct ganger_closures_gate spec = {sets->best.segment, GANGER_NONE, GANGER_NONE, GANGER_NONE};
    struct ganger_closures_row row = {arc, ganger_closures_add_gate(&r->closures, spec, &r->failed),
                                      0, list, sets->best.finished};
    for (int32_t i = 0; i < sets->count; i++) {
        if (sets->best.in[i]) {
            list[row.demands++] = s->sent[s->on[s->first_on[arc] + i]].demand;
        }
    }
    if (row.gate != GANGER_NONE && ganger_closures_find(&r->closures, row) == GANGER_NONE) {
        r->failed = r->failed || !ganger_closures_add(&r->closures, row);
        s->added++;
    }
}

static bool sets_init(struct sets *sets, const struct ganger_closure_search *s)
{
    const struct ganger_problem *p = s->relaxation->problem;
    size_t demands = (size_t)p->demands.count + 1, blocks = (size_t)s->view.blocks->count;
    *sets = (struct sets){.order = calloc(demands, sizeof *sets->order),
                          .share = calloc(demands, sizeof *sets->share),
                          .state = calloc(blocks, sizeof *sets->state),
                          .in = calloc(demands, sizeof *sets->in),
                          .before = calloc(demands, sizeof *sets->before),
                          .best.in = calloc(demands, sizeof *sets->best.in)};
    bool ready =
        sets->order && sets->share && sets->state && sets->in && sets->before && sets->best.in;
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
        sets->state[b].change = calloc(most + 1, sizeof *sets->state[b].change);
        ready = sets->state[b].change != NULL;
    }
    return ready;
}

static void sets_clear(struct sets *sets, int32_t blocks)
{
    for (int32_t b = 0; sets->state && b < blocks; b++) {
        free(sets->state[b].change);
    }
    free(sets->order);
    free(sets->share);
    free(sets->state);
    free(sets->in);
    free(sets->before);
    free(sets->best.in);
}

bool ganger_closure_search_sets(struct ganger_closure_search *search)
{
    struct ganger_closure_search *s = search;
    struct ganger_relaxation *r = s->relaxation;
    struct sets sets;
    int32_t *list = calloc((size_t)r->problem->demands.count + 1, sizeof *list);
    bool ready = sets_init(&sets, s) && list;
    for (int32_t arc = 0; ready && !r->failed && arc < r->graph->arcs; arc++) {
        if (s->first_on[arc] < s->first_on[arc + 1]) {
            search_arc(s, arc, &sets, list);
        }
    }
    sets_clear(&sets, s->view.blocks->count);
    free(list);
    return ready;
}
