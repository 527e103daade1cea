/* Passes over the periods: each asks for the best sets of all of them, and proves a bound. */
#include "throughput/hull_parts.h"

#include <math.h>
#include <string.h>

/* Cells of a step that cost as much as one that counts ticks. */
enum { cells_a_tick = 20 };
/* Steps between two passes over the periods: few while there are few columns. */
static const double first_steps = 20, more_steps = 1.2, most_steps = 150;
/* Passes that there should be time for: by that trees have more leaves or less. */
enum { passes_wanted = 24, least_leaves = 2, most_leaves = 16 };
/* Share of the budget that a whole pass may take, how far ahead of its share a period may be, and the share of the budget
 * after which there is one in any case; before, where trees lose so many times more than the prices gain. */
static const double whole_share = 0.2, late_from = 0.75, much_more = 10;
enum { rush = 2 };
/* The prices are settled when the bound fell by less than this share in so many passes, after the first, which go astray. */
enum { passes_to_settle = 12, least_passes = 24 };
static const double little = 1e-6;

/* --- columns --- */

static bool same_set(const struct ganger_hull *h, int64_t column, const bool *closed, int32_t count)
{
    const uint64_t *set = h->set + column * h->words;
    for (int32_t i = 0; i < count; i++) {
        if ((set[i / 64] >> (i % 64) & 1) != closed[i]) {
            return false;
        }
    }
    return true;
}

/* Where a new column of the period goes: behind the others, or instead of the least used. */
static int64_t place_for(struct ganger_hull *h, int32_t t)
{
    int64_t first = (int64_t)t * GANGER_HULL_COLUMNS;
    int32_t found = 0;
    if (h->columns[t] < GANGER_HULL_COLUMNS) {
        return first + h->columns[t]++;
    }
    for (int32_t k = 1; k < GANGER_HULL_COLUMNS; k++) {
        found = h->now.part[first + k] <= h->now.part[first + found] ? k : found;
    }
    return first + found;
}

static void add_column(struct ganger_hull *h, int32_t t, const bool *closed, double flow)
{
    int32_t count = h->first_pair[t + 1] - h->first_pair[t];
    for (int32_t k = 0; k < h->columns[t]; k++) {
        if (same_set(h, (int64_t)t * GANGER_HULL_COLUMNS + k, closed, count)) {
            return;
        }
    }
    int64_t column = place_for(h, t);
    uint64_t *set = h->set + column * h->words;
    memset(set, 0, (size_t)h->words * sizeof *set);
    for (int32_t i = 0; i < count; i++) {
        set[i / 64] |= (uint64_t)closed[i] << (i % 64);
    }
    h->flow[column] = flow;
    h->now.part[column] = h->columns[t] == 1 ? 1 : 0;
}

/* --- passes over the periods --- */

/* What a column is worth at prices of the period's pairs. */
static double worth_of_column(const struct ganger_hull *h, int32_t t, int64_t column,
                              const double *price)
{
    const uint64_t *set = h->set + column * h->words;
    double worth = h->weight[t] * h->flow[column];
    for (int32_t i = 0; i < h->words; i++) {
        for (uint64_t bits = set[i]; bits; bits &= bits - 1) {
            worth += price[64 * i + __builtin_ctzll(bits)];
        }
    }
    return worth;
}

/* Leaves and ticks that a period may have in a whole pass: more than its share of what is left, since few periods take theirs,
 * but each has one leaf. */
static int32_t leaves_left(const struct ganger_hull *h, int32_t t)
{
    int32_t later = h->periods - t - 1;
    int64_t room = (int64_t)h->periods * GANGER_HULL_LEAVES - h->pass_leaves - later;
    int64_t most = later > rush ? rush * room / later : room;
    return (int32_t)(most < GANGER_PERIOD_LEAVES ? most : GANGER_PERIOD_LEAVES);
}

static int64_t ticks_left(const struct ganger_hull *h, int32_t t)
{
    int64_t left = (int64_t)(whole_share * (double)h->budget) - h->pass_ticks;
    return left > 0 ? rush * left / (h->periods - t) : 0;
}

static struct ganger_period_request request_of(struct ganger_hull *h, int32_t t)
{
    int32_t first = h->first_pair[t], count = h->first_pair[t + 1] - first;
    const double *price = h->asked + first;
    double known = 0;
    for (int32_t i = 0; i < count; i++) {
        h->reward[i] = price[i] / h->weight[t];
    }
    for (int32_t k = 0; k < h->columns[t]; k++) {
        int64_t column = (int64_t)t * GANGER_HULL_COLUMNS + k;
        known = fmax(known, worth_of_column(h, t, column, price) / h->weight[t]);
    }
    int32_t leaves = h->whole ? leaves_left(h, t) : h->leaves;
    int64_t ticks = h->whole ? ticks_left(h, t) : INT64_MAX;
    return (struct ganger_period_request){h->capacity + (int64_t)t * h->links,
                                          count,
                                          h->pair_link + first,
                                          h->reward,
                                          leaves,
                                          ticks,
                                          known};
}

static void keep_tree(struct ganger_hull *h, int32_t t, const struct ganger_period_answer *answer)
{
    int32_t nodes = h->prices->nodes;
    int32_t *work = h->next.node_work + h->pass_nodes;
    h->next.nodes[t] = answer->nodes;
    h->pass_nodes += answer->nodes;
    for (int32_t i = 0; i < answer->nodes; i++) {
        work[i] = answer->work[i] < 0 ? -1 : h->pair_work[h->first_pair[t] + answer->work[i]];
        if (work[i] < 0) {
            int64_t *potential = h->next.potential + h->pass_leaves++ * nodes;
            memcpy(potential, answer->potential[i], (size_t)nodes * sizeof *potential);
        }
    }
}

/* The sets that a period begins with: everything, with which any shares of starts can be met, the plan's, and nothing. */
static void begin_columns(struct ganger_hull *h, int32_t t, const int32_t *start,
                          const int32_t *mode, int64_t *ticks)
{
    struct ganger_period_request request = request_of(h, t);
    for (int which = 0; which < 3; which++) {
        for (int32_t i = 0; i < request.works; i++) {
            int32_t w = h->pair_work[h->first_pair[t] + i];
            bool planned =
                start[w] <= t && t < ganger_problem_finish(h->line_up->problem, mode[w], start[w]);
            h->closed[i] = which == 0 || (which == 1 && planned);
        }
        double flow = ganger_period_flow(h->period, &request, h->closed, ticks);
        add_column(h, t, h->closed, flow);
    }
}

static void pass_period(struct ganger_hull *h, int32_t t, const int32_t *start, const int32_t *mode,
                        int64_t *ticks)
{
    struct ganger_period_answer answer;
    if (h->passes == 0) {
        begin_columns(h, t, start, mode, ticks);
    }
    struct ganger_period_request request = request_of(h, t);
    ganger_period_solve(h->period, &request, &answer, ticks);
    h->next.worth[t] = h->weight[t] * answer.bound;
    h->passed += h->next.worth[t];
    h->lacking += h->weight[t] * (answer.bound - answer.found);
    keep_tree(h, t, &answer);
    for (int32_t i = 0; i < answer.sets; i++) {
        add_column(h, t, answer.closed[i], answer.flow[i]);
    }
}

/* What the potentials of prices.h prove of the boundary at the end. */
static double end_worth(const struct ganger_hull *h)
{
    const struct ganger_flow_prices *r = h->prices;
    int64_t t = h->periods;
    double sum = 0;
    for (int32_t a = 0; a < r->arcs; a++) {
        double gain = r->best[t * r->nodes + r->head[a]] - r->best[t * r->nodes + r->tail[a]];
        sum += gain > 0 ? gain * r->capacity[t * r->arcs + a] : 0;
    }
    return sum;
}

static void prove(struct ganger_hull *h)
{
    const double *price = h->asked;
    double bound = h->passed + end_worth(h);
    for (int32_t w = 0; w < h->line_up->works; w++) {
        ganger_hull_rate(h, price, w);
        double least = h->worth[0];
        for (int32_t i = 1; i < h->prices->first[w + 1] - h->prices->first[w]; i++) {
            least = fmin(least, h->worth[i]);
        }
        bound -= least;
    }
    if (!h->whole && bound - h->lacking < h->promise) {
        h->promise = bound - h->lacking;
        memcpy(h->promising, price, (size_t)h->pairs * sizeof *price);
    }
    h->next.bound = bound * h->prices->unit;
    memcpy(h->next.price, price, (size_t)h->pairs * sizeof *price);
    h->proven = h->next.bound < h->best.bound;
    if (h->next.bound < h->settle_bound - little * fabs(h->next.bound)) {
        h->settle_bound = h->next.bound;
        h->settle_pass = h->passes;
    }
}

/* Leaves that a tree may have, and steps until the next pass. */
static void set_lengths(struct ganger_hull *h)
{
    double steps = first_steps * pow(more_steps, (double)h->passes);
    h->steps = (int64_t)fmin(steps, most_steps);
    double fits = (double)h->budget / passes_wanted / (double)(h->pass_ticks + 1);
    double leaves = fmin(fmax(h->leaves * fits, least_leaves), most_leaves);
    h->leaves = (int32_t)leaves;
}

static void move_to_mean(double *now, double *sum, int64_t count, int64_t summed)
{
    for (int64_t i = 0; i < count; i++) {
        now[i] = summed > 0 ? sum[i] / (double)summed : now[i];
        sum[i] = 0;
    }
}

static void restart(struct ganger_hull *h)
{
    move_to_mean(h->now.price, h->sum.price, h->pairs, h->summed);
    move_to_mean(h->now.part, h->sum.part, (int64_t)h->periods * GANGER_HULL_COLUMNS, h->summed);
    move_to_mean(h->now.share, h->sum.share, h->prices->choices, h->summed);
    h->summed = 0;
}

static void begin_pass(struct ganger_hull *h, bool whole)
{
    memcpy(h->asked, whole ? h->promising : h->now.price, (size_t)h->pairs * sizeof *h->asked);
    h->whole = whole;
    h->at = 0;
    h->pass_nodes = h->pass_leaves = h->pass_ticks = 0;
    h->passed = h->lacking = 0;
}

/* A pass is over. A whole one follows it at once where trees lose much more than the prices still gain, and at last. */
static void end_pass(struct ganger_hull *h)
{
    double before = h->promise;
    prove(h);
    h->passes++;
    ganger_hull_measure_steps(h);
    if (h->whole) {
        h->whole_after = h->spent + h->spent / 2;
        h->whole = false;
        return;
    }
    double gained = before - h->promise;
    bool late = (double)h->spent > late_from * (double)h->budget;
    set_lengths(h);
    h->want_whole = h->spent >= h->whole_after &&
                    h->promise * h->prices->unit < fmin(h->best.bound, h->next.bound) &&
                    (late || (gained > 0 && h->lacking > much_more * gained));
}

int64_t ganger_hull_step(struct ganger_hull *hull, const int32_t *start, const int32_t *mode,
                         int64_t ticks)
{
    struct ganger_hull *h = hull;
    int64_t spent = 0;
    h->proven = false;
    while (spent < ticks && !h->proven) {
        int64_t before = spent;
        if (h->at < h->periods) {
            pass_period(h, h->at++, start, mode, &spent);
            h->pass_ticks += spent - before;
        } else if (h->want_whole) {
            h->want_whole = false;
            begin_pass(h, true);
        } else if (h->summed < h->steps) {
            spent += 1 + ganger_hull_iterate(h) / cells_a_tick;
        } else {
            restart(h);
            begin_pass(h, false);
        }
        h->spent += spent - before;
        if (h->at == h->periods && h->pass_nodes > 0) {
            end_pass(h);
            h->pass_nodes = 0;
        }
    }
    return spent;
}

bool ganger_hull_take(struct ganger_hull *hull)
{
    if (!hull->proven) {
        return false;
    }
    struct ganger_hull_proof swap = hull->best;
    hull->best = hull->next;
    hull->next = swap;
    hull->proven = false;
    return true;
}

bool ganger_hull_settled(const struct ganger_hull *hull)
{
    return hull->passes > least_passes && hull->passes - hull->settle_pass > passes_to_settle;
}

double ganger_hull_bound(const struct ganger_hull *hull)
{
    return hull->best.bound;
}
