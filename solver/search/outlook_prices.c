#include "search/outlook_prices.h"

#include "parallel/parallel.h"
#include "search/spare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { lanes = GANGER_STATES, vectors = GANGER_MOMENT_VECTORS };
/* Prices below this are none, USD per tonne; flows likewise, Mt/yr. */
static const double least_price = 1e-6, least_flow = 1e-9;

/* Arcs looked at for room. */
enum { looked_a_tick = 4 };

/* What tonnes of one demand lose or gain on an arc, as long as there is room on other links. */
struct entry {
    int32_t arc, first,
        path;           /* first: of the demand's paths in the list; path: its best over the arc */
    double each, worth; /* USD per tonne; worth: more than at home */
    double volume;      /* Mt/yr */
};

struct entries {
    struct entry *entry;
    int32_t count, room;
    int32_t *first; /* [arcs+1] once sorted */
};

struct bench {
    const struct ganger_graph *graph;
    const struct ganger_path_pool *paths;
    struct ganger_states_view view;
    int lane;
    int32_t *chain;                    /* paths of a demand, the best first */
    int32_t *arcs;                     /* [arcs] of these paths */
    int32_t *loose;                    /* [arcs] of the best path, without another way yet */
    int32_t *stamp;                    /* [arcs] demand + 1 that was last seen there */
    int32_t *mark;                     /* [arcs] path + 1 likewise */
    double *profit;                    /* [paths] of a tonne at the prices */
    double *through, *around, *amount; /* [arcs] best profit over it, and past it; flow over it */
    int32_t *over;                     /* [arcs] the best path over it */
    struct entries losses, gains;
    struct ganger_spare spare;
};

struct job {
    struct ganger_outlook *outlook;
    struct ganger_outlook_prices prices;
    bool failed[vectors];
    int64_t ticks[vectors];
};

static bool add(struct entries *e, struct entry entry)
{
    if (e->count == e->room) {
        int32_t room = 2 * e->room + 4096;
        struct entry *grown = realloc(e->entry, (size_t)room * sizeof *grown);
        if (!grown) {
            return false;
        }
        e->entry = grown;
        e->room = room;
    }
    e->entry[e->count++] = entry;
    return true;
}

static bool bench_init(struct bench *b, const struct ganger_path_pool *paths,
                       struct ganger_states_view view)
{
    size_t arcs = (size_t)paths->graph->arcs + 2, count = (size_t)paths->count + 1;
    b->graph = paths->graph;
    b->paths = paths;
    b->view = view;
    b->chain = malloc(count * sizeof *b->chain);
    b->arcs = malloc(arcs * sizeof *b->arcs);
    b->loose = malloc(arcs * sizeof *b->loose);
    b->stamp = malloc(arcs * sizeof *b->stamp);
    b->mark = malloc(arcs * sizeof *b->mark);
    b->profit = malloc(count * sizeof *b->profit);
    b->through = malloc(arcs * sizeof *b->through);
    b->around = malloc(arcs * sizeof *b->around);
    b->amount = malloc(arcs * sizeof *b->amount);
    b->over = malloc(arcs * sizeof *b->over);
    b->losses.first = malloc(arcs * sizeof *b->losses.first);
    b->gains.first = malloc(arcs * sizeof *b->gains.first);
    return b->chain && b->arcs && b->loose && b->stamp && b->mark && b->profit && b->through &&
           b->around && b->amount && b->over && b->losses.first && b->gains.first &&
           ganger_spare_init(&b->spare, paths, view, b->profit);
}

static void bench_clear(struct bench *b)
{
    void *owned[] = {b->chain,       b->arcs,         b->loose,       b->stamp,  b->mark,
                     b->profit,      b->through,      b->around,      b->amount, b->losses.first,
                     b->gains.first, b->losses.entry, b->gains.entry, b->over};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
    ganger_spare_clear(&b->spare);
}

/* ---- what tonnes lose and gain ---------------------------------------------------------------- */

static double toll_of(const struct bench *b, int32_t arc)
{
    return b->view.toll[(int64_t)arc * lanes + b->lane];
}

/* Fills profit, and chain with the paths from `first` on, the best first; ties by number. */
static void rank_paths(struct bench *b, int32_t first, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        int32_t path = b->view.listed[first + i], place = i;
        double profit =
            b->graph->problem->demands.value[b->paths->demand[path]] - b->paths->cost[path];
        for (int32_t k = b->paths->first_arc[path]; k < b->paths->first_arc[path + 1]; k++) {
            profit -= toll_of(b, b->paths->arcs[k]);
        }
        b->profit[path] = profit;
        while (place > 0 && profit > b->profit[b->chain[place - 1]]) {
            b->chain[place] = b->chain[place - 1];
            place--;
        }
        b->chain[place] = path;
    }
}

/* Fills through and amount; returns the number of arcs listed. */
static int32_t list_arcs(struct bench *b, int32_t count)
{
    int32_t arcs = 0, demand = b->paths->demand[b->chain[0]];
    for (int32_t i = 0; i < count; i++) {
        int32_t path = b->chain[i];
        double flow = b->view.flow[(int64_t)path * lanes + b->lane];
        for (int32_t k = b->paths->first_arc[path]; k < b->paths->first_arc[path + 1]; k++) {
            int32_t arc = b->paths->arcs[k];
            if (b->stamp[arc] != demand + 1) {
                b->stamp[arc] = demand + 1;
                b->arcs[arcs++] = arc;
                b->through[arc] = b->profit[path]; /* the best comes first */
                b->over[arc] = path;
                b->around[arc] = b->profit[b->chain[0]];
                b->amount[arc] = 0;
            }
            b->amount[arc] += flow;
        }
    }
    return arcs;
}

/* The arcs of the best path are passed by others only, or by staying at home. */
static void find_ways_around(struct bench *b, int32_t count)
{
    int32_t best = b->chain[0], loose = 0;
    for (int32_t k = b->paths->first_arc[best]; k < b->paths->first_arc[best + 1]; k++) {
        b->loose[loose++] = b->paths->arcs[k];
    }
    for (int32_t i = 1; i < count && loose > 0 && b->profit[b->chain[i]] > 0; i++) {
        int32_t path = b->chain[i], kept = 0;
        for (int32_t k = b->paths->first_arc[path]; k < b->paths->first_arc[path + 1]; k++) {
            b->mark[b->paths->arcs[k]] = path + 1;
        }
        for (int32_t k = 0; k < loose; k++) {
            if (b->mark[b->loose[k]] == path + 1) {
                b->loose[kept++] = b->loose[k];
            } else {
                b->around[b->loose[k]] = b->profit[path];
            }
        }
        loose = kept;
    }
    for (int32_t k = 0; k < loose; k++) {
        b->around[b->loose[k]] = 0;
    }
}

/* One demand's paths lie side by side in the list. */
static bool look_at_demand(struct bench *b, int32_t first, int32_t count, double volume)
{
    rank_paths(b, first, count);
    int32_t arcs = list_arcs(b, count);
    double best = fmax(0, b->profit[b->chain[0]]);
    find_ways_around(b, count);
    for (int32_t i = 0; i < arcs; i++) {
        int32_t arc = b->arcs[i];
        double toll = toll_of(b, arc), over = b->through[arc];
        double loss = toll + over - fmax(0, b->around[arc]), gain = toll + over - best;
        struct entry entry = {arc, first, b->over[arc], fmax(0, loss), toll + over, b->amount[arc]};
        if (b->amount[arc] > least_flow && !add(&b->losses, entry)) {
            return false;
        }
        entry.each = gain;
        entry.volume = volume - b->amount[arc];
        if (toll > least_price && gain > least_price && entry.volume > least_flow &&
            !add(&b->gains, entry)) {
            return false;
        }
    }
    return true;
}

static int rising(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    if (a->arc != b->arc) {
        return a->arc < b->arc ? -1 : 1;
    }
    if (a->each != b->each) {
        return a->each < b->each ? -1 : 1;
    }
    return a->first < b->first ? -1 : a->first > b->first;
}

/* By arc, the least first. */
static void sort_entries(struct entries *e, int32_t arcs)
{
    if (e->count > 0) {
        qsort(e->entry, (size_t)e->count, sizeof *e->entry, rising);
    }
    int32_t next = 0;
    for (int32_t arc = 0; arc <= arcs; arc++) {
        while (next < e->count && e->entry[next].arc < arc) {
            next++;
        }
        e->first[arc] = next;
    }
}

static bool look_at_lane(struct bench *b, const double *volume)
{
    memset(b->stamp, 0, (size_t)b->graph->arcs * sizeof *b->stamp);
    memset(b->mark, 0, (size_t)b->graph->arcs * sizeof *b->mark);
    b->losses.count = b->gains.count = 0;
    for (int32_t i = 0; i < b->view.count;) {
        int32_t k = b->paths->demand[b->view.listed[i]], count = 1;
        while (i + count < b->view.count && b->paths->demand[b->view.listed[i + count]] == k) {
            count++;
        }
        if (!look_at_demand(b, i, count, volume[k])) {
            return false;
        }
        i += count;
    }
    sort_entries(&b->losses, b->graph->arcs);
    sort_entries(&b->gains, b->graph->arcs);
    return true;
}

/* ---- curves ----------------------------------------------------------------------------------- */

/* What `volume` Mt/yr of an arc's freight lose, those first that lose least; the arc's flows stretched by a factor. */
static double lose(struct bench *b, int32_t arc, double stretch, double volume)
{
    const struct entries *e = &b->losses;
    double sum = 0;
    for (int32_t i = e->first[arc]; volume > 0 && i < e->first[arc + 1]; i++) {
        const struct entry *entry = &e->entry[i];
        struct ganger_spare_freight freight = {arc / 2, entry->first, entry->worth};
        double part = fmin(volume, stretch * entry->volume);
        sum += ganger_spare_leave(&b->spare, freight, part);
        volume -= part;
    }
    return sum;
}

/* What so much more freight gains at most. */
static double gain(struct bench *b, int32_t arc, double volume)
{
    const struct entries *e = &b->gains;
    double sum = 0;
    for (int32_t i = e->first[arc + 1] - 1; volume > 0 && i >= e->first[arc]; i--) {
        const struct entry *entry = &e->entry[i];
        double part = ganger_spare_join(&b->spare, entry->path, fmin(volume, entry->volume));
        sum += part * entry->each;
        volume -= part;
    }
    return sum;
}

static double sum_of(const struct entries *e, int32_t arc)
{
    double sum = 0;
    for (int32_t i = e->first[arc]; i < e->first[arc + 1]; i++) {
        sum += e->entry[i].volume;
    }
    return sum;
}

/* Change of V when the link has less than what it carries. */
static double below(struct bench *b, int32_t link, double carried, double capacity, double price)
{
    double sum = 0;
    for (int32_t arc = 2 * link; arc < 2 * link + 2; arc++) {
        double flow = sum_of(&b->losses, arc);
        double stretch = toll_of(b, arc) > least_price && flow > 0 ? carried / flow : 1;
        sum += lose(b, arc, stretch, fmin(flow * stretch, carried) - capacity);
    }
    ganger_spare_forget(&b->spare);
    return -fmax(sum, price * (carried - capacity));
}

/* Where curves are looked at: shares of what is carried, and of what may be added. */
static const double below_at[] = {0, 0.4, 0.7, 0.9}, above_at[] = {0.15, 0.5, 1};
enum { belows = sizeof below_at / sizeof *below_at, aboves = sizeof above_at / sizeof *above_at };

/* A link's capacity now, and with all its works. */
struct range {
    double usual, most;
};

static void draw_link(struct bench *b, int32_t link, struct range range, double trust,
                      struct ganger_outlook_curve *curve)
{
    double usual = range.usual, most = range.most;
    struct ganger_outlook_point point[belows + 2 + aboves];
    int32_t count = 0;
    double price = toll_of(b, 2 * link) + toll_of(b, 2 * link + 1);
    double flow = fmax(sum_of(&b->losses, 2 * link), sum_of(&b->losses, 2 * link + 1));
    double carried = price > least_price ? usual : fmin(flow, usual);
    for (int32_t i = 0; carried > least_flow && i < belows; i++) {
        double at = below_at[i] * carried;
        point[count++] = (struct ganger_outlook_point){at, below(b, link, carried, at, price)};
    }
    point[count++] = (struct ganger_outlook_point){carried, 0};
    point[count++] = (struct ganger_outlook_point){usual, 0};
    for (int32_t i = 0; price > least_price && most > usual * (1 + 1e-9) && i < aboves; i++) {
        double more = above_at[i] * (most - usual);
        double value = gain(b, 2 * link, more) + gain(b, 2 * link + 1, more);
        ganger_spare_forget(&b->spare);
        point[count++] = (struct ganger_outlook_point){usual + more, trust * value};
    }
    ganger_outlook_draw(point, count, 0, curve);
}

static void draw_lane(struct bench *b, const struct job *job, int32_t sample, int32_t t)
{
    struct ganger_outlook *o = job->outlook;
    const struct ganger_search_model *model = job->prices.moments->model;
    for (int32_t l = 0; l < o->links; l++) {
        struct range range = {job->prices.capacity[(int64_t)l * model->boundaries + t],
                              ganger_outlook_strongest(model->problem, l)};
        if (range.most > 0) {
            draw_link(b, l, range, job->prices.trust, &o->curve[(int64_t)sample * o->links + l]);
        }
    }
}

static void run_vector(int32_t vector, void *context)
{
    struct job *job = context;
    const struct ganger_moments *m = job->prices.moments;
    const struct ganger_problem *p = m->model->problem;
    struct bench b = {0};
    bool ready = bench_init(&b, ganger_relaxation_paths(m->relaxation),
                            ganger_states_view(m->states[vector]));
    for (int lane = 0; ready && vector * lanes + lane < m->count && lane < lanes; lane++) {
        int32_t t = m->t[vector * lanes + lane];
        const double *volume =
            p->demands.volume + (int64_t)p->demands.step_at[t] * p->demands.count;
        b.lane = lane;
        ganger_spare_measure(&b.spare, lane, job->prices.capacity + t, m->model->boundaries);
        ready = look_at_lane(&b, volume);
        if (ready) {
            draw_lane(&b, job, vector * lanes + lane, t);
        }
        job->ticks[vector] += b.paths->first_arc[b.paths->count] / 2;
    }
    job->ticks[vector] += b.spare.looked / looked_a_tick;
    job->failed[vector] = !ready;
    bench_clear(&b);
}

bool ganger_outlook_of_nothing(struct ganger_outlook *outlook, const struct ganger_moments *moments)
{
    struct ganger_outlook *o = outlook;
    *o = (struct ganger_outlook){.samples = moments->count,
                                 .links = moments->model->problem->links.count};
    if (!ganger_outlook_allocate(o)) {
        ganger_outlook_clear(o);
        return false;
    }
    memcpy(o->first, moments->first, ((size_t)o->samples + 1) * sizeof *o->first);
    return true;
}

bool ganger_outlook_of_prices(struct ganger_outlook *outlook, struct ganger_outlook_prices prices,
                              int64_t *ticks)
{
    struct job job = {outlook, prices, {false}, {0}};
    if (!ganger_outlook_of_nothing(outlook, prices.moments)) {
        return false;
    }
    ganger_parallel_for(prices.threads, vectors, run_vector, &job);
    bool ready = true;
    for (int32_t v = 0; v < vectors; v++) {
        ready = ready && !job.failed[v];
        *ticks += job.ticks[v];
    }
    if (!ready) {
        ganger_outlook_clear(outlook);
    }
    return ready;
}
