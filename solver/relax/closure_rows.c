/* Rows of closure that freight breaks: in a step's solution, what each demand sends over each link, and for how much of
 * each block the gates of that link are open. */
#include "relax/internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A row is wanted if what breaks it earns this share of the bound. */
static const double worth_adding = 5e-6;

/* Larger networks do without: shortest paths around links by the ends of demands, times links. */
static const int64_t most_work = 30000000;

/* What works do, all [.. * width], shares of each block. */
struct shares {
    double *finished; /* [works] */
    double *active;   /* [modes] at work */
    double *
        gang; /* [places of the series * renewables] amounts in use by what closes the link, by capacity */
    bool *used; /* [places of the series * renewables] any */
};

/* What a demand sends over an arc. */
struct sent {
    int32_t demand, arc;
};

struct search {
    struct ganger_relaxation *relaxation;
    struct ganger_primal_dual_view view;
    struct shares shares;
    double *margin;     /* [demands] USD that a tonne earns on the cheapest path known */
    int32_t sent_count; /* by demand; the same arc is there once */
    struct sent *sent;
    double *flow;           /* [sent * width] */
    int32_t *first_on, *on; /* CSR by arc: of `sent` */
    double *through;        /* [width] scratch */
    int32_t added;
};

/* Adds periods at work of column i, times `amount`. */
static void add_active(const struct search *s, int32_t i, double amount, double *row)
{
    const struct ganger_columns *c = s->view.columns;
    int64_t calendar = ganger_columns_calendar(c->problem, c->problem->modes.work[c->mode[i]]);
    const double *on = s->view.blocks->on + calendar * s->view.blocks->width;
    for (int32_t b = c->begin[i]; b <= c->end[i]; b++) {
        double periods = b == c->begin[i] ? c->on_begin[i] : on[b];
        periods = b == c->end[i] ? c->on_end[i] + (b == c->begin[i] ? periods : 0) : periods;
        int32_t all = s->view.blocks->first[b + 1] - s->view.blocks->first[b];
        row[b] += amount * periods / all;
    }
}

static void add_finished(const struct search *s, int32_t i, double x, double *row)
{
    const struct ganger_columns *c = s->view.columns;
    const int32_t *first = s->view.blocks->first;
    int32_t end = c->end[i];
    row[end] += x * (first[end + 1] - c->finish[i]) / (first[end + 1] - first[end]);
    for (int32_t b = end + 1; b < s->view.blocks->count; b++) {
        row[b] += x;
    }
}

static void add_column(struct search *s, int32_t i)
{
    const struct ganger_relaxation *r = s->relaxation;
    const struct ganger_problem *p = r->problem;
    int32_t mode = s->view.columns->mode[i], work = p->modes.work[mode];
    int32_t q = p->works.segment[work];
    int64_t width = s->view.blocks->width, renewables = p->resources.renewables;
    double x = s->view.x[i];
    if (x <= 0 || q == GANGER_NONE) {
        return;
    }
    add_finished(s, i, x, s->shares.finished + work * width);
    add_active(s, i, x, s->shares.active + mode * width);
    if (!ganger_series_closes(p, mode)) {
        return;
    }
    int64_t place = r->closures.series.place[p->segments.link[q]];
    for (int32_t u = p->modes.first_use[mode]; u < p->modes.first_use[mode + 1]; u++) {
        int32_t renewable = p->resources.renewable_index[p->modes.use_resource[u]];
        if (renewable != GANGER_NONE) {
            int64_t row = place * renewables + renewable;
            s->shares.used[row] = true;
            add_active(s, i, x * p->modes.use_amount[u], s->shares.gang + row * width);
        }
    }
}

static void measure_shares(struct search *s)
{
    const struct ganger_relaxation *r = s->relaxation;
    int64_t width = s->view.blocks->width, renewables = r->problem->resources.renewables;
    for (int32_t i = 0; i < s->view.columns->count; i++) {
        add_column(s, i);
    }
    for (int32_t k = 0; k < renewables; k++) {
        for (int32_t b = 0; b < s->view.blocks->count; b++) {
            double capacity = ganger_blocks_capacity(s->view.blocks, r->problem, (int32_t)k, b);
            for (int64_t place = 0; place < r->closures.series.count; place++) {
                s->shares.gang[(place * renewables + k) * width + b] *=
                    capacity > 0 ? 1 / capacity : 0;
            }
        }
    }
}

/* ---- freight ---------------------------------------------------------------------------------- */

static bool flows(const struct search *s, int32_t path)
{
    const double *flow = s->view.flow + (int64_t)path * s->view.blocks->width;
    bool any = false;
    for (int32_t b = 0; b < s->view.blocks->count; b++) {
        any = any || flow[b] > 0;
    }
    return any;
}

/* Adds the paths of a demand that carry freight; last[arcs] is what was sent last over each arc. */
static void measure_demand(struct search *s, int32_t demand, int32_t *last)
{
    const struct ganger_relaxation *r = s->relaxation;
    const struct ganger_flows *f = s->view.flows;
    int64_t width = s->view.blocks->width;
    for (int32_t i = f->first[demand]; i < f->first[demand + 1]; i++) {
        int32_t path = f->list[i];
        s->margin[demand] =
            fmax(s->margin[demand], r->problem->demands.value[demand] - r->paths.cost[path]);
        int32_t first = flows(s, path) ? r->paths.first_arc[path] : r->paths.first_arc[path + 1];
        for (int32_t k = first; k < r->paths.first_arc[path + 1]; k++) {
            int32_t arc = r->paths.arcs[k];
            if (last[arc] == GANGER_NONE || s->sent[last[arc]].demand != demand) {
                last[arc] = s->sent_count++;
                s->sent[last[arc]] = (struct sent){demand, arc};
            }
            double *row = s->flow + last[arc] * width;
            for (int32_t b = 0; b < s->view.blocks->count; b++) {
                row[b] += s->view.flow[path * width + b];
            }
        }
    }
}

/* Arcs of all paths that carry freight: so many are sent at most. */
static size_t count_arcs(const struct search *s)
{
    const struct ganger_path_pool *paths = &s->relaxation->paths;
    size_t count = 0;
    for (int32_t path = 0; path < s->view.flows->count; path++) {
        count += flows(s, path) ? (size_t)(paths->first_arc[path + 1] - paths->first_arc[path]) : 0;
    }
    return count;
}

static bool measure_freight(struct search *s)
{
    const struct ganger_relaxation *r = s->relaxation;
    int32_t arcs = r->graph->arcs, demands = r->problem->demands.count;
    size_t most = count_arcs(s) + 1;
    int32_t *last = malloc(((size_t)arcs + 1) * sizeof *last);
    s->margin = calloc((size_t)demands + 1, sizeof *s->margin);
    s->sent = calloc(most, sizeof *s->sent);
    s->flow = calloc(most * (size_t)s->view.blocks->width, sizeof *s->flow);
    s->first_on = calloc((size_t)arcs + 2, sizeof *s->first_on);
    s->on = calloc(most, sizeof *s->on);
    bool ready = last && s->margin && s->sent && s->flow && s->first_on && s->on;
    for (int32_t a = 0; ready && a < arcs; a++) {
        last[a] = GANGER_NONE;
    }
    for (int32_t k = 0; ready && k < demands; k++) {
        measure_demand(s, k, last);
    }
    for (int32_t i = 0; ready && i < s->sent_count; i++) {
        s->first_on[s->sent[i].arc + 2]++;
    }
    for (int32_t a = 0; ready && a < arcs; a++) {
        s->first_on[a + 2] += s->first_on[a + 1];
    }
    for (int32_t i = 0; ready && i < s->sent_count; i++) {
        s->on[s->first_on[s->sent[i].arc + 1]++] = i;
    }
    free(last);
    return ready;
}

/* ---- rows of gangs ---------------------------------------------------------------------------- */

/* What of a demand's freight on an arc is beyond what a gang leaves, earns at most, M USD. */
static double beyond(const struct search *s, const struct sent *sent, const double *closed)
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

static void consider(struct search *s, const struct sent *sent, int32_t renewable,
                     struct candidate *best)
{
    struct ganger_relaxation *r = s->relaxation;
    struct ganger_closures_gate spec = {GANGER_NONE, renewable, sent->demand, sent->arc / 2};
    double worth = beyond(s, sent, s->through);
    if (worth <= best->worth) {
        return;
    }
    int32_t gate = ganger_closures_add_gate(&r->closures, spec, &r->failed);
    struct ganger_closures_row row = {sent->arc, gate, 1, &sent->demand};
    if (gate != GANGER_NONE && ganger_closures_find(&r->closures, row) == GANGER_NONE) {
        *best = (struct candidate){worth, sent->arc, gate};
    }
}

static struct candidate best_of_gangs(struct search *s, const struct sent *sent)
{
    const struct ganger_relaxation *r = s->relaxation;
    const struct ganger_series *series = &r->closures.series;
    int64_t width = s->view.blocks->width, renewables = r->problem->resources.renewables;
    struct candidate best = {worth_adding * fabs(r->bound), sent->arc, GANGER_NONE};
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
static void search_gangs(struct search *s, int32_t from, int32_t to, struct candidate *found)
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
        struct ganger_closures_row row = {found[i].arc, found[i].gate, 1, &s->sent[from].demand};
        r->failed = !ganger_closures_add(&r->closures, row);
        s->added++;
    }
}

/* ---- rows of segments ------------------------------------------------------------------------- */

/* Works of a segment, in one block. */
struct state {
    double worn;
    int32_t count; /* of changes: shares, and what is done to capacity when they are 1 */
    struct {
        double share, factor, more; /* more: finished; else what all others add at most */
        bool active;
    } * change;
};

static void read_state(const struct search *s, int32_t segment, int32_t b, struct state *state)
{
    const struct ganger_problem *p = s->relaxation->problem;
    int64_t width = s->view.blocks->width;
    const double *lift = s->view.columns->lift;
    double all = 0;
    state->worn = s->view.worn[segment * width + b];
    state->count = 0;
    for (int32_t i = p->segments.first_work[segment]; i < p->segments.first_work[segment + 1];
         i++) {
        all += lift[p->segments.work_list[i] * width + b];
    }
    for (int32_t i = p->segments.first_work[segment]; i < p->segments.first_work[segment + 1];
         i++) {
        int32_t w = p->segments.work_list[i];
        double own = lift[w * width + b], finished = s->shares.finished[w * width + b];
        if (finished > 0 && own > 0) {
            state->change[state->count].active = false;
            state->change[state->count].share = finished;
            state->change[state->count++].more = own;
        }
        for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
            double active = s->shares.active[m * width + b];
            if (active > 0 && p->modes.factor[m] < 1) {
                state->change[state->count].active = true;
                state->change[state->count].share = active;
                state->change[state->count].factor = p->modes.factor[m];
                state->change[state->count++].more = all - own;
            }
        }
    }
}

/* What lets pass of a volume. */
static double limit_of(const struct state *state, double volume)
{
    double least = fmin(volume, state->worn), limit = least;
    for (int32_t i = 0; i < state->count; i++) {
        if (state->change[i].active) {
            double left = state->change[i].factor * (state->worn + state->change[i].more);
            limit -= state->change[i].share * fmax(0, least - fmin(volume, left));
        } else {
            limit += state->change[i].share *
                     (fmin(volume, state->worn + state->change[i].more) - least);
        }
    }
    return limit;
}

/* Sets of the demands on an arc. */
struct sets {
    int32_t count;       /* of demands */
    int32_t *order;      /* [count] by share of the volume sent in a block, the greatest first */
    double *share;       /* [count] */
    struct state *state; /* [blocks] of the segment at hand */
    bool *in, *best;     /* [count] the set at hand, and the one that is broken most */
    double worth;
    int32_t segment;
};

/* The demands that a block's freight breaks a row of most; the set is in->in. False if it breaks none. */
static bool choose_set(const struct search *s, int32_t arc, int32_t b, struct sets *sets)
{
    int64_t width = s->view.blocks->width;
    const int32_t *on = s->on + s->first_on[arc];
    double volume = 0, flow = 0, most = 1e-9;
    int32_t taken = 0, sorted = 0;
    for (int32_t i = 0; i < sets->count; i++) {
        double sent = s->flow[on[i] * width + b];
        double there = s->view.blocks->demand[s->sent[on[i]].demand * width + b];
        sets->share[i] = there > 0 ? sent / there : 0;
        int32_t at = sorted;
        for (; at > 0 && sets->share[sets->order[at - 1]] < sets->share[i]; at--) {
            sets->order[at] = sets->order[at - 1];
        }
        sets->order[at] = i;
        sorted++;
    }
    for (int32_t i = 0; i < sets->count && sets->share[sets->order[i]] > 0; i++) {
        int32_t at = on[sets->order[i]];
        volume += s->view.blocks->demand[s->sent[at].demand * width + b];
        flow += s->flow[at * width + b];
        double broken = flow - limit_of(&sets->state[b], volume);
        if (broken > most) {
            most = broken;
            taken = i + 1;
        }
    }
    memset(sets->in, 0, (size_t)sets->count * sizeof *sets->in);
    for (int32_t i = 0; i < taken; i++) {
        sets->in[sets->order[i]] = true;
    }
    return taken > 0;
}

/* What freight of the set beyond its limits earns, M USD. */
static double worth_of(const struct search *s, int32_t arc, const struct sets *sets)
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
        double broken = flow - limit_of(&sets->state[b], volume);
        sum += broken > 0 ? blocks->weight[b] * broken * earned / flow : 0;
    }
    return sum;
}

static void search_segment(const struct search *s, int32_t arc, int32_t segment, struct sets *sets)
{
    const struct ganger_problem *p = s->relaxation->problem;
    if (p->segments.first_work[segment] == p->segments.first_work[segment + 1]) {
        return;
    }
    for (int32_t b = 0; b < s->view.blocks->count; b++) {
        read_state(s, segment, b, &sets->state[b]);
    }
    for (int32_t b = 0; b < s->view.blocks->count; b++) {
        double worth = choose_set(s, arc, b, sets) ? worth_of(s, arc, sets) : 0;
        if (worth > sets->worth) {
            sets->worth = worth;
            sets->segment = segment;
            memcpy(sets->best, sets->in, (size_t)sets->count * sizeof *sets->in);
        }
    }
}

/* The most broken set of all segments of an arc. `list` is scratch for demands. */
static void search_arc(struct search *s, int32_t arc, struct sets *sets, int32_t *list)
{
    struct ganger_relaxation *r = s->relaxation;
    const struct ganger_links *links = &r->problem->links;
    sets->count = s->first_on[arc + 1] - s->first_on[arc];
    sets->worth = worth_adding * fabs(r->bound);
    sets->segment = GANGER_NONE;
    for (int32_t i = links->first_segment[arc / 2]; i < links->first_segment[arc / 2 + 1]; i++) {
        search_segment(s, arc, links->segment_list[i], sets);
    }
    if (sets->segment == GANGER_NONE) {
        return;
    }
    struct ganger_closures_gate spec = {sets->segment, GANGER_NONE, GANGER_NONE, GANGER_NONE};
    struct ganger_closures_row row = {arc, ganger_closures_add_gate(&r->closures, spec, &r->failed),
                                      0, list};
    for (int32_t i = 0; i < sets->count; i++) {
        if (sets->best[i]) {
            list[row.demands++] = s->sent[s->on[s->first_on[arc] + i]].demand;
        }
    }
    if (row.gate != GANGER_NONE && ganger_closures_find(&r->closures, row) == GANGER_NONE) {
        r->failed = r->failed || !ganger_closures_add(&r->closures, row);
        s->added++;
    }
}

static bool sets_init(struct sets *sets, const struct search *s)
{
    const struct ganger_problem *p = s->relaxation->problem;
    size_t demands = (size_t)p->demands.count + 1, blocks = (size_t)s->view.blocks->count;
    *sets = (struct sets){.order = calloc(demands, sizeof *sets->order),
                          .share = calloc(demands, sizeof *sets->share),
                          .state = calloc(blocks, sizeof *sets->state),
                          .in = calloc(demands, sizeof *sets->in),
                          .best = calloc(demands, sizeof *sets->best)};
    bool ready = sets->order && sets->share && sets->state && sets->in && sets->best;
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
    free(sets->best);
}

static bool search_arcs(struct search *s)
{
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

/* ---- all -------------------------------------------------------------------------------------- */

static bool open_search(struct search *s)
{
    const struct ganger_problem *p = s->relaxation->problem;
    size_t width = (size_t)s->view.blocks->width;
    size_t gangs =
        (size_t)s->relaxation->closures.series.count * (size_t)p->resources.renewables + 1;
    s->shares.finished = calloc(((size_t)p->works.count + 1) * width, sizeof(double));
    s->shares.active = calloc(((size_t)p->modes.count + 1) * width, sizeof(double));
    s->shares.gang = calloc(gangs * width, sizeof *s->shares.gang);
    s->shares.used = calloc(gangs, sizeof *s->shares.used);
    s->through = calloc(width, sizeof *s->through);
    return s->shares.finished && s->shares.active && s->shares.gang && s->shares.used &&
           s->through && measure_freight(s);
}

static void close_search(struct search *s)
{
    void *owned[] = {s->shares.finished,
                     s->shares.active,
                     s->shares.gang,
                     s->shares.used,
                     s->margin,
                     s->sent,
                     s->flow,
                     s->first_on,
                     s->on,
                     s->through};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
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
    struct search s = {.relaxation = r, .view = ganger_primal_dual_view(r->solver)};
    int32_t demands = r->problem->demands.count, links = r->problem->links.count;
    int64_t ticks = (int64_t)demands * links;
    if (too_large(r)) {
        return 0;
    }
    if (!r->closed) {
        r->closed = ganger_closures_init(&r->closures, r->graph, threads, &ticks);
        r->failed = r->failed || !r->closed;
    }
    r->failed = r->failed || !open_search(&s);
    struct candidate *found = calloc((size_t)s.sent_count + 1, sizeof *found);
    r->failed = r->failed || !found;
    if (!r->failed) {
        measure_shares(&s);
        r->failed = !search_arcs(&s);
    }
    for (int32_t from = 0, to; !r->failed && from < s.sent_count; from = to) {
        for (to = from; to < s.sent_count && s.sent[to].demand == s.sent[from].demand;) {
            to++;
        }
        search_gangs(&s, from, to, found);
    }
    if (!r->failed && s.added > 0) {
        r->failed = !ganger_closures_index(&r->closures) || !ganger_relax_widen_closures(r);
        ganger_primal_dual_close(r->solver, &r->closures);
        r->failed = r->failed || !ganger_primal_dual_extend(r->solver);
    }
    close_search(&s);
    free(found);
    return ticks;
}
