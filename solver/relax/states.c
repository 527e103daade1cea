#include "relax/states.h"

#include "relax/internal.h"
#include "relax/primal_dual_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { lanes = GANGER_BLOCKS_LANES };
_Static_assert((int)GANGER_STATES == (int)GANGER_BLOCKS_LANES, "a state is a lane");

/* The toll of a closed link: more than any tonne can pay, USD. */
static const double closed = 1e6;

/* Paths that carry less than this share of their demand in all lanes are not in use. */
static const double least_share = 0.02;

/* Iterations from one question whether to break off to the next. */
enum { ask_every = 8 };

struct ganger_states {
    const struct ganger_relaxation *relaxation;
    struct ganger_blocks blocks; /* a block is a state */
    double weight[lanes];
    int32_t *no_crossing;      /* [paths + 1] */
    struct ganger_flows flows; /* the relaxation's lists, over these blocks */
    int32_t *first, *list;     /* shorter lists of its own, or NULL */
    int32_t listed;            /* paths in the lists */
    int64_t cells;             /* arcs of the paths listed */
    double *flow, *next;       /* [paths * lanes] */
    double *carried, *carries; /* [arcs * lanes] of flow, of next */
    double *price;         /* [arcs * lanes] M USD per Mt/yr, over the block that the state is of */
    double *segment_price; /* [segments * 2 * lanes] the same on the first segment of each link */
    double *toll;          /* [arcs * lanes] price by weight */
    double *capacity, *length; /* [links * lanes] */
    double *scratch;
    double step, balance;      /* step length; prices against flows */
    int64_t begin, iterations; /* counted on from the relaxation's */
};

/* The relaxation's paths as it has them now. Rows of closure are the bound's alone: no path crosses one here. */
static bool take_flows(struct ganger_states *s)
{
    s->flows = s->relaxation->solver->flows;
    s->flows.blocks = &s->blocks;
    s->listed = s->flows.first[s->relaxation->problem->demands.count];
    s->cells = s->relaxation->paths.first_arc[s->flows.count];
    free(s->no_crossing);
    s->no_crossing = calloc((size_t)s->flows.count + 1, sizeof *s->no_crossing);
    s->flows.first_crossing = s->no_crossing;
    s->flows.crossings = 0;
    return s->no_crossing != NULL;
}

struct ganger_states *ganger_states_create(const struct ganger_relaxation *relaxation)
{
    const struct ganger_problem *p = relaxation->problem;
    struct ganger_states *s = calloc(1, sizeof *s);
    if (!s) {
        return NULL;
    }
    size_t paths = (size_t)relaxation->paths.count * lanes;
    size_t arcs = (size_t)relaxation->graph->arcs * lanes;
    size_t links = (size_t)p->links.count * lanes;
    s->relaxation = relaxation;
    s->blocks = (struct ganger_blocks){.count = lanes, .width = lanes, .weight = s->weight};
    bool ready = take_flows(s) &&
                 ganger_pd_make(&s->blocks.demand, (size_t)p->demands.count * lanes) &&
                 ganger_pd_make(&s->flow, paths) && ganger_pd_make(&s->next, paths) &&
                 ganger_pd_make(&s->carried, arcs) && ganger_pd_make(&s->carries, arcs) &&
                 ganger_pd_make(&s->price, arcs) && ganger_pd_make(&s->toll, arcs) &&
                 ganger_pd_make(&s->segment_price, 2 * (size_t)p->segments.count * lanes) &&
                 ganger_pd_make(&s->capacity, links) && ganger_pd_make(&s->length, links) &&
                 ganger_pd_make(&s->scratch, ganger_flows_scratch(&s->flows));
    if (!ready) {
        ganger_states_destroy(s);
        return NULL;
    }
    return s;
}

void ganger_states_destroy(struct ganger_states *states)
{
    if (states) {
        free(states->no_crossing);
        free(states->blocks.demand);
        free(states->flow);
        free(states->next);
        free(states->carried);
        free(states->carries);
        free(states->price);
        free(states->toll);
        free(states->segment_price);
        free(states->capacity);
        free(states->length);
        free(states->scratch);
        free(states->first);
        free(states->list);
        free(states);
    }
}

bool ganger_states_extend(struct ganger_states *states)
{
    struct ganger_states *s = states;
    size_t before = (size_t)s->flows.count * lanes;
    if (!take_flows(s)) {
        return false;
    }
    size_t paths = (size_t)s->flows.count * lanes;
    double **grown[] = {&s->flow, &s->next};
    for (size_t i = 0; i < sizeof grown / sizeof *grown; i++) {
        double *flow = realloc(*grown[i], (paths + 1) * sizeof *flow);
        if (!flow) {
            return false;
        }
        memset(flow + before, 0, (paths + 1 - before) * sizeof *flow);
        *grown[i] = flow;
    }
    free(s->scratch);
    return ganger_pd_make(&s->scratch, ganger_flows_scratch(&s->flows));
}

static bool in_use(const struct ganger_states *s, int64_t path)
{
    const double *volume = s->blocks.demand + s->flows.paths->demand[path] * (int64_t)lanes;
    bool used = false;
    for (int lane = 0; lane < lanes; lane++) {
        used = used || s->flow[path * lanes + lane] > least_share * volume[lane];
    }
    return used;
}

void ganger_states_mark(const struct ganger_states *states, uint8_t *keep)
{
    for (int32_t path = 0; path < states->flows.count; path++) {
        keep[path] = keep[path] || in_use(states, path);
    }
}

/* profit[paths of the demand * lanes] of a tonne at the prices, USD; `most` becomes the best of each lane, 0 at least. */
static void price_demand(const struct ganger_states *s, int32_t demand, double *profit,
                         double most[lanes])
{
    const struct ganger_path_pool *paths = s->flows.paths;
    double value = s->relaxation->problem->demands.value[demand];
    for (int lane = 0; lane < lanes; lane++) {
        most[lane] = 0;
    }
    for (int32_t i = s->flows.first[demand]; i < s->flows.first[demand + 1]; i++, profit += lanes) {
        int32_t path = s->flows.list[i];
        for (int lane = 0; lane < lanes; lane++) {
            profit[lane] = value - paths->cost[path];
        }
        for (int32_t k = paths->first_arc[path]; k < paths->first_arc[path + 1]; k++) {
            const double *price = s->price + (int64_t)paths->arcs[k] * lanes;
            for (int lane = 0; lane < lanes; lane++) {
                profit[lane] -= price[lane] / s->weight[lane];
            }
        }
        for (int lane = 0; lane < lanes; lane++) {
            most[lane] = fmax(most[lane], profit[lane]);
        }
    }
}

static bool pays(const double *profit, const double most[lanes], double slack)
{
    bool any = false;
    for (int lane = 0; lane < lanes; lane++) {
        any = any || profit[lane] > most[lane] - slack;
    }
    return any;
}

/* From all paths again. */
static void list_all(struct ganger_states *s)
{
    s->flows.first = s->relaxation->solver->flows.first;
    s->flows.list = s->relaxation->solver->flows.list;
}

bool ganger_states_narrow(struct ganger_states *states, double slack)
{
    struct ganger_states *s = states;
    const struct ganger_path_pool *paths = &s->relaxation->paths;
    int32_t demands = s->relaxation->problem->demands.count, count = 0;
    double most[lanes] = {0}, *profit = s->scratch;
    list_all(s);
    free(s->first);
    free(s->list);
    s->first = malloc(((size_t)demands + 1) * sizeof *s->first);
    s->list = malloc(((size_t)s->flows.count + 1) * sizeof *s->list);
    if (!s->first || !s->list) {
        return false;
    }
    s->cells = 0;
    for (int32_t k = 0; k < demands; k++) {
        s->first[k] = count;
        if (slack > 0) {
            price_demand(s, k, profit, most);
        }
        for (int32_t i = s->flows.first[k]; i < s->flows.first[k + 1]; i++) {
            int32_t path = s->flows.list[i];
            const double *own = profit + (int64_t)(i - s->flows.first[k]) * lanes;
            if (in_use(s, path) || (slack > 0 && pays(own, most, slack))) {
                s->list[count++] = path;
                s->cells += paths->first_arc[path + 1] - paths->first_arc[path];
            }
        }
    }
    s->first[demands] = s->listed = count;
    s->flows.first = s->first;
    s->flows.list = s->list;
    return true;
}

bool ganger_states_renumber(struct ganger_states *states, const int32_t *number)
{
    struct ganger_states *s = states;
    ganger_pd_renumber(s->flow, lanes, number, s->flows.count);
    ganger_pd_renumber(s->next, lanes, number, s->flows.count);
    int32_t kept = 0;
    for (int32_t path = 0; path < s->flows.count; path++) {
        kept += number[path] != GANGER_NONE;
    }
    s->flows.count = kept;
    return ganger_states_extend(s);
}

/* Flows and prices of the block that boundary t lies in become those of a lane. */
static void open_lane(struct ganger_states *s, int lane, int32_t t)
{
    const struct ganger_problem *p = s->relaxation->problem;
    const struct ganger_primal_dual *solver = s->relaxation->solver;
    const struct ganger_pd_point *shown = solver->shown;
    int64_t width = solver->blocks.width, b = solver->blocks.of[t];
    double weight = solver->blocks.weight[b];
    for (int64_t path = 0; path < s->flows.count; path++) {
        s->flow[path * lanes + lane] = shown->flow[path * width + b];
    }
    for (int64_t l = 0; l < p->links.count; l++) {
        double there = 0, back = 0;
        for (int32_t i = p->links.first_segment[l]; i < p->links.first_segment[l + 1]; i++) {
            int64_t q = p->links.segment_list[i];
            there += shown->y.segment[2 * q * width + b];
            back += shown->y.segment[(2 * q + 1) * width + b];
        }
        s->toll[2 * l * lanes + lane] = there / weight;
        s->toll[(2 * l + 1) * lanes + lane] = back / weight;
    }
}

void ganger_states_open(struct ganger_states *states, const int32_t *t)
{
    for (int lane = 0; lane < lanes; lane++) {
        open_lane(states, lane, t[lane]);
    }
}

void ganger_states_copy(struct ganger_states *states, int lane, const struct ganger_states *from,
                        int from_lane)
{
    for (int64_t path = 0; path < states->flows.count; path++) {
        states->flow[path * lanes + lane] = from->flow[path * lanes + from_lane];
    }
    for (int64_t arc = 0; arc < states->relaxation->graph->arcs; arc++) {
        states->toll[arc * lanes + lane] = from->toll[arc * lanes + from_lane];
    }
}

void ganger_states_empty(struct ganger_states *states, int lane, const float *toll)
{
    for (int64_t path = 0; path < states->flows.count; path++) {
        states->flow[path * lanes + lane] = 0;
    }
    for (int64_t arc = 0; arc < states->relaxation->graph->arcs; arc++) {
        states->toll[arc * lanes + lane] = toll[arc];
    }
}

void ganger_states_put(struct ganger_states *states, int lane, int32_t path, double mtpa)
{
    states->flow[(int64_t)path * lanes + lane] = mtpa;
}

void ganger_states_set(struct ganger_states *states, int lane, struct ganger_states_at at)
{
    int32_t t = at.t;
    struct ganger_states *s = states;
    const struct ganger_problem *p = s->relaxation->problem;
    const struct ganger_primal_dual *solver = s->relaxation->solver;
    const double *volume = p->demands.volume + (int64_t)p->demands.step_at[t] * p->demands.count;
    int64_t width = solver->blocks.width, b = solver->blocks.of[t];
    s->weight[lane] = solver->blocks.weight[b];
    for (int64_t k = 0; k < p->demands.count; k++) {
        s->blocks.demand[k * lanes + lane] = volume[k];
    }
    for (int64_t l = 0; l < p->links.count; l++) {
        double length = 0, there = at.capacity[l * s->relaxation->boundaries + t];
        bool shut = at.closes && there <= 0;
        for (int32_t i = p->links.first_segment[l]; i < p->links.first_segment[l + 1]; i++) {
            length = fmax(length, solver->segment_length[p->links.segment_list[i] * width + b]);
        }
        for (int64_t i = 2 * l * lanes + lane; i < (2 * l + 2) * lanes; i += lanes) {
            double toll = s->toll[i] < closed ? s->toll[i] : 0; /* it may have been closed before */
            s->price[i] = (shut ? closed : toll) * s->weight[lane];
        }
        s->length[l * lanes + lane] = shut ? 0 : length; /* 0: its price stays */
        s->capacity[l * lanes + lane] = there;
    }
}

/* The price of a link is that of its first segment, for ganger_flows_step. */
static void show_prices(struct ganger_states *s)
{
    const struct ganger_problem *p = s->relaxation->problem;
    for (int64_t l = 0; l < p->links.count; l++) {
        int64_t q = p->links.segment_list[p->links.first_segment[l]];
        memcpy(s->segment_price + 2 * q * lanes, s->price + 2 * l * lanes,
               2 * lanes * sizeof *s->price);
    }
}

/* Moves the prices along what the links carry; adds up how far, and how that goes with the change of what they carry. */
static void move_prices(struct ganger_states *s, double step, double *price, double *moved,
                        double *interplay)
{
    for (int64_t arc = 0; arc < s->relaxation->graph->arcs; arc++) {
        for (int lane = 0; lane < lanes; lane++) {
            int64_t i = arc * lanes + lane, link = arc / 2 * lanes + lane;
            double change = s->carries[i] - s->carried[i];
            double next =
                s->price[i] + step * s->length[link] * (s->carries[i] + change - s->capacity[link]);
            next = next > 0 ? next : 0;
            double by = next - s->price[i];
            price[i] = next;
            *moved += s->length[link] > 0 ? by * by / s->length[link] : 0;
            *interplay += by * change;
        }
    }
}

static void swap(double **a, double **b)
{
    double *c = *a;
    *a = *b;
    *b = c;
}

/* Large networks have no rows of closure, so that there are no crossings. */
static struct ganger_flow_prices prices_of(const struct ganger_states *s)
{
    return (struct ganger_flow_prices){s->segment_price, NULL};
}

/* One step whose length is chosen as in primal_dual.c. */
static void iterate(struct ganger_states *s)
{
    const double *length = s->relaxation->solver->demand_length;
    for (;;) {
        double go = s->step, k = (double)++s->iterations;
        double moved_y = 0, interplay = 0;
        struct ganger_flow_sums sums =
            ganger_flows_step(&s->flows, prices_of(s), go / s->balance, length, 0, s->flow, s->next,
                              (struct ganger_flow_use){s->carries, NULL}, s->scratch);
        move_prices(s, go * s->balance, s->toll, &moved_y, &interplay);
        double moved = s->balance * sums.moved + moved_y / s->balance;
        double most = interplay != 0 ? 0.5 * moved / fabs(interplay) : INFINITY;
        s->step = fmin((1 - pow(k + 1, -0.3)) * most, (1 + pow(k + 1, -0.6)) * go);
        if (go <= most) {
            swap(&s->flow, &s->next);
            swap(&s->carried, &s->carries);
            swap(&s->price, &s->toll);
            show_prices(s);
            return;
        }
    }
}

int64_t ganger_states_run(struct ganger_states *states, struct ganger_states_run run)
{
    struct ganger_states *s = states;
    s->step = run.longer * s->relaxation->solver->step;
    s->balance = s->relaxation->solver->weight;
    s->begin = s->iterations = s->relaxation->solver->iterations;
    show_prices(s);
    ganger_flows_step(&s->flows, prices_of(s), 0, s->relaxation->solver->demand_length, 0, s->flow,
                      s->flow, (struct ganger_flow_use){s->carried, NULL}, s->scratch);
    for (int32_t i = 0; i < run.iterations; i++) {
        if (i % ask_every == 0 && run.interrupted && run.interrupted(run.context)) {
            return -1;
        }
        iterate(s);
    }
    for (int64_t i = 0; i < s->relaxation->graph->arcs * (int64_t)lanes; i++) {
        s->toll[i] = s->price[i] / s->weight[i % lanes];
    }
    int64_t cells =
        s->cells + 2 * s->relaxation->graph->arcs + s->relaxation->problem->segments.count + 64;
    return (s->iterations - s->begin + 1) * cells / 2;
}

struct ganger_states_view ganger_states_view(const struct ganger_states *states)
{
    /* The lists may be the relaxation's, and it may have others by now: whoever reads them has states extended. */
    return (struct ganger_states_view){states->flow, states->toll, states->flows.list,
                                       states->listed};
}
