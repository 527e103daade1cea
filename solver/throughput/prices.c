#include "base/block.h"
#include "base/fixed.h"
#include "freight/capacity.h"
#include "throughput/prices_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Steps before the first restart; each time it takes half as long again. */
enum { first_restart = 100 };
/* The prices are settled when the bound fell by less than this share since the last restart. */
static const double little = 1e-5;
/* Passes over the network that cost as much as one that counts ticks. */
enum { cells_a_tick = 5 };

/* --- layout --- */

static void list_arcs(struct ganger_flow_prices *r)
{
    const struct ganger_flow_network *n = &r->line_up->network;
    for (int32_t l = 0; l < n->links; l++) {
        int32_t there = n->place[l], back = n->twin[there];
        r->first_arc[l] = r->arcs;
        r->tail[r->arcs] = n->head[back];
        r->head[r->arcs++] = n->head[there];
        if (!n->directed[l]) {
            r->tail[r->arcs] = n->head[there];
            r->head[r->arcs++] = n->head[back];
        }
    }
    r->first_arc[n->links] = r->arcs;
}

/* Counts the choices of all works, and lists them if there is where. */
static int32_t list_choices(const struct ganger_line_up *u, struct ganger_flow_prices *r)
{
    const struct ganger_problem *p = u->problem;
    int32_t count = 0;
    for (int32_t w = 0; w < u->works; w++) {
        if (r) {
            r->first[w] = count;
        }
        for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
            for (int32_t s = u->from[w]; u->cell[m] >= 0 && s < u->periods && s <= u->to[w]; s++) {
                int32_t finish = ganger_line_up_finish(p, m, s);
                if (finish == GANGER_NONE) {
                    continue;
                }
                if (r) {
                    r->start[count] = s;
                    r->finish[count] = finish;
                    r->mode[count] = m;
                    r->cost[count] = ganger_search_cost(u->model, m, s) +
                                     ganger_search_tardiness(u->model, w, finish);
                }
                count++;
            }
        }
    }
    if (r) {
        r->first[u->works] = count;
    }
    return count;
}

static struct ganger_block_piece piece(void *pointer, int64_t count, size_t size)
{
    return (struct ganger_block_piece){pointer, (size_t)(count + 1) * size};
}

static bool allocate(struct ganger_flow_prices *r)
{
    const struct ganger_line_up *u = r->line_up;
    int64_t arcs = (int64_t)r->boundaries * 2 * r->links, links = (int64_t)r->boundaries * r->links;
    int64_t nodes = (int64_t)r->boundaries * r->nodes;
    struct ganger_block_piece pieces[] = {
        piece(&r->first_arc, r->links + 1, sizeof(int32_t)),
        piece(&r->tail, 2 * (int64_t)r->links, sizeof(int32_t)),
        piece(&r->head, 2 * (int64_t)r->links, sizeof(int32_t)),
        piece(&r->capacity, arcs, sizeof(double)),
        piece(&r->owner, links, sizeof(int32_t)),
        piece(&r->drop, u->cells, sizeof(double)),
        piece(&r->first, u->works + 1, sizeof(int32_t)),
        piece(&r->start, r->choices, sizeof(int32_t)),
        piece(&r->finish, r->choices, sizeof(int32_t)),
        piece(&r->mode, r->choices, sizeof(int32_t)),
        piece(&r->cost, r->choices, sizeof(double)),
        piece(&r->share_step, r->choices, sizeof(double)),
        piece(&r->price_step, arcs, sizeof(double)),
        piece(&r->potential_step, r->nodes, sizeof(double)),
        piece(&r->now.flow, arcs, sizeof(double)),
        piece(&r->now.price, arcs, sizeof(double)),
        piece(&r->now.potential, nodes, sizeof(double)),
        piece(&r->now.share, r->choices, sizeof(double)),
        piece(&r->sum.flow, arcs, sizeof(double)),
        piece(&r->sum.price, arcs, sizeof(double)),
        piece(&r->sum.potential, nodes, sizeof(double)),
        piece(&r->sum.share, r->choices, sizeof(double)),
        piece(&r->taken, links, sizeof(double)),
        piece(&r->best, nodes, sizeof(double)),
        piece(&r->next, nodes, sizeof(double)),
        piece(&r->before, r->boundaries + 1, sizeof(double)),
        piece(&r->worth, r->choices, sizeof(double)),
        piece(&r->scratch, r->choices, sizeof(double)),
        piece(&r->balance, r->nodes, sizeof(double)),
        piece(&r->trial_price, arcs, sizeof(double)),
    };
    r->block = ganger_block_create(pieces, sizeof pieces / sizeof *pieces);
    return r->block != NULL;
}

/* Capacity of a segment that its work leaves on average, if its start were anywhere. */
static double usual_capacity(const struct ganger_line_up *u, int32_t w)
{
    const struct ganger_problem *p = u->problem;
    int32_t m = p->works.first_mode[w], range = u->to[w] - u->from[w];
    double closed = range > 0 ? (1 - p->modes.factor[m]) * p->modes.duration[m] / range : 0;
    return p->segments.capacity[p->works.segment[w]] * (1 - fmin(closed, 1));
}

/* A link's price is for its weakest segment, or for one whose work may be under way if that is weaker on average. */
static void own_link(struct ganger_flow_prices *r, int32_t link)
{
    const struct ganger_line_up *u = r->line_up;
    const struct ganger_problem *p = u->problem;
    const int32_t *list = p->links.segment_list;
    int32_t first = p->links.first_segment[link], last = p->links.first_segment[link + 1];
    int32_t weakest = list[first];
    for (int32_t i = first; i < last; i++) {
        weakest = p->segments.capacity[list[i]] < p->segments.capacity[weakest] ? list[i] : weakest;
    }
    for (int64_t t = 0; t < r->boundaries; t++) {
        double least = p->segments.capacity[weakest];
        r->owner[t * r->links + link] = weakest;
        for (int32_t i = first; i < last; i++) {
            int32_t j = p->segments.first_work[list[i]];
            bool has = j < p->segments.first_work[list[i] + 1];
            int32_t w = has ? p->segments.work_list[j] : 0;
            if (has && u->from[w] <= t && t < u->to[w] && usual_capacity(u, w) < least) {
                least = usual_capacity(u, w);
                r->owner[t * r->links + link] = list[i];
            }
        }
    }
}

/* M USD that the line of a segment is worth at a boundary if all its capacity is used. */
static double line_worth(const struct ganger_flow_prices *r, int32_t segment, int32_t t)
{
    const struct ganger_problem *p = r->line_up->problem;
    return p->segments.capacity[segment] * ganger_capacity_worn_health(p, segment, t) *
           p->time.weight[t] * r->line_up->value;
}

static void measure_links(struct ganger_flow_prices *r)
{
    const struct ganger_line_up *u = r->line_up;
    int32_t beyond = r->links - 1; /* carries what the demands ask for */
    double sum = 0;
    for (int32_t t = 0; t < r->boundaries; t++) {
        for (int32_t l = 0; l < r->links; l++) {
            double worth = l == beyond ? u->standing[(int64_t)l * r->boundaries + t] *
                                             u->problem->time.weight[t] * u->value
                                       : line_worth(r, r->owner[(int64_t)t * r->links + l], t);
            for (int32_t a = r->first_arc[l]; a < r->first_arc[l + 1]; a++) {
                r->capacity[(int64_t)t * r->arcs + a] = worth;
            }
            sum += l == beyond ? 0 : worth;
        }
    }
    r->unit = sum > 0 ? sum / ((double)r->boundaries * beyond) : 1;
    for (int64_t i = 0; i < (int64_t)r->boundaries * r->arcs; i++) {
        r->capacity[i] /= r->unit;
    }
    for (int32_t c = 0; c < r->choices; c++) {
        r->cost[c] /= r->unit;
    }
}

static void measure_drops(struct ganger_flow_prices *r)
{
    const struct ganger_line_up *u = r->line_up;
    const struct ganger_problem *p = u->problem;
    for (int32_t m = 0; m < p->modes.count; m++) {
        int32_t w = p->modes.work[m], q = p->works.segment[w];
        for (int32_t t = u->from[w]; u->cell[m] >= 0 && t < u->to[w]; t++) {
            bool priced = ganger_problem_productivity(p, w, t) > 0 &&
                          r->owner[(int64_t)t * r->links + u->link[w]] == q;
            r->drop[u->cell[m] + t - u->from[w]] =
                priced ? line_worth(r, q, t) * (1 - p->modes.factor[m]) / r->unit : 0;
        }
    }
}

/* One over the sum of coefficients of a row or column (Pock and Chambolle, 2011). */
static void measure_steps(struct ganger_flow_prices *r)
{
    const struct ganger_line_up *u = r->line_up;
    double *row = r->taken;
    for (int32_t w = 0; w < u->works; w++) {
        for (int32_t c = r->first[w]; c < r->first[w + 1]; c++) {
            const double *drop = r->drop + u->cell[r->mode[c]] - u->from[w];
            double sum = 0;
            for (int64_t t = r->start[c]; t < r->finish[c]; t++) {
                sum += drop[t];
                row[t * r->links + u->link[w]] += drop[t];
            }
            r->share_step[c] = sum > 0 ? 1 / sum : 1;
            r->now.share[c] = 1.0 / (r->first[w + 1] - r->first[w]);
        }
    }
    for (int32_t l = 0; l < r->links; l++) {
        for (int32_t a = r->first_arc[l]; a < r->first_arc[l + 1]; a++) {
            r->potential_step[r->tail[a]]++;
            r->potential_step[r->head[a]]++;
            for (int64_t t = 0; t < r->boundaries; t++) {
                r->price_step[t * r->arcs + a] = 1 / (1 + row[t * r->links + l]);
            }
        }
    }
    for (int32_t v = 0; v < r->nodes; v++) {
        r->potential_step[v] = 1 / fmax(1, r->potential_step[v]);
    }
}

struct ganger_flow_prices *ganger_flow_prices_create(const struct ganger_line_up *line_up)
{
    struct ganger_flow_prices *r = calloc(1, sizeof *r);
    if (!r) {
        return NULL;
    }
    r->line_up = line_up;
    r->nodes = line_up->network.nodes;
    r->links = line_up->network.links;
    r->boundaries = line_up->model->boundaries;
    r->choices = list_choices(line_up, NULL);
    r->bound = r->new_bound = r->restart_bound = INFINITY;
    r->restart_after = first_restart;
    if (!allocate(r)) {
        free(r);
        return NULL;
    }
    list_arcs(r);
    list_choices(line_up, r);
    for (int32_t l = 0; l < r->links - 1; l++) {
        own_link(r, l);
    }
    measure_links(r);
    measure_drops(r);
    measure_steps(r);
    return r;
}

void ganger_flow_prices_destroy(struct ganger_flow_prices *prices)
{
    if (prices) {
        free(prices->block);
        free(prices);
    }
}

/* --- bounds --- */

static double price_of(const struct ganger_flow_prices *r, const double *potential, int64_t t,
                       int32_t arc)
{
    double gain = potential[t * r->nodes + r->head[arc]] - potential[t * r->nodes + r->tail[arc]];
    return gain > 0 ? gain : 0;
}

/* What potentials, each times `scale`, prove, M USD; kept as the new bound if it is the best. */
static double prove(struct ganger_flow_prices *r, const double *potential, double scale)
{
    double bound = 0;
    for (int64_t t = 0; t < r->boundaries; t++) {
        for (int32_t a = 0; a < r->arcs; a++) {
            double price = scale * price_of(r, potential, t, a);
            r->trial_price[t * r->arcs + a] = price;
            bound += price * r->capacity[t * r->arcs + a];
        }
    }
    for (int32_t w = 0; w < r->line_up->works; w++) {
        ganger_flow_prices_rate(r, r->trial_price, w);
        double least = r->worth[0];
        for (int32_t i = 1; i < r->first[w + 1] - r->first[w]; i++) {
            least = r->worth[i] < least ? r->worth[i] : least;
        }
        bound -= least;
    }
    bound *= r->unit;
    if (bound < r->new_bound) {
        r->new_bound = bound;
        for (int64_t i = 0; i < (int64_t)r->boundaries * r->nodes; i++) {
            r->next[i] = scale * potential[i];
        }
    }
    return bound;
}

static void move_to_mean(double *now, double *sum, int64_t count, double scale)
{
    for (int64_t i = 0; i < count; i++) {
        now[i] = scale > 0 ? scale * sum[i] : now[i];
        sum[i] = 0;
    }
}

/* Begins a new average: from the last one if that proves more. */
static void restart(struct ganger_flow_prices *r, bool from_mean)
{
    int64_t boundaries = r->boundaries;
    double scale = from_mean ? 1.0 / (double)r->summed : 0;
    move_to_mean(r->now.flow, r->sum.flow, boundaries * r->arcs, scale);
    move_to_mean(r->now.price, r->sum.price, boundaries * r->arcs, scale);
    move_to_mean(r->now.potential, r->sum.potential, boundaries * r->nodes, scale);
    move_to_mean(r->now.share, r->sum.share, r->choices, scale);
    r->summed = 0;
    r->restart_after += r->restart_after / 2;
    double best = fmin(r->bound, r->new_bound);
    r->settled = r->restart_bound - best <= little * fabs(best);
    r->restart_bound = best;
}

int64_t ganger_flow_prices_step(struct ganger_flow_prices *prices, int32_t steps,
                                bool (*interrupted)(void *context), void *context)
{
    struct ganger_flow_prices *r = prices;
    for (int32_t i = 0; i < steps; i++) {
        if (interrupted && interrupted(context)) {
            return 0;
        }
        ganger_flow_prices_iterate(r);
    }
    double now = prove(r, r->now.potential, 1);
    double mean = prove(r, r->sum.potential, 1.0 / (double)r->summed);
    if (r->summed >= r->restart_after) {
        restart(r, mean < now);
    }
    int64_t cells = (int64_t)r->boundaries * r->arcs + r->choices;
    return (steps + 2) * cells / cells_a_tick;
}

bool ganger_flow_prices_take(struct ganger_flow_prices *prices)
{
    if (!(prices->new_bound < prices->bound)) {
        return false;
    }
    double *swap = prices->best;
    prices->best = prices->next;
    prices->next = swap;
    prices->bound = prices->new_bound;
    return true;
}

bool ganger_flow_prices_settled(const struct ganger_flow_prices *prices)
{
    return prices->settled;
}

int32_t ganger_flow_prices_starts(const struct ganger_flow_prices *prices)
{
    return prices->choices;
}

double ganger_flow_prices_bound(const struct ganger_flow_prices *prices)
{
    return prices->bound;
}

/* Potentials are rounded rather than prices, and upward: their differences along a way then add up to what freight is
 * worth, whole steps of the plan's grid though they are. */
static double step_above(double usd)
{
    return ldexp(ceil(ldexp(usd, GANGER_GRID_BITS)), -GANGER_GRID_BITS);
}

void ganger_flow_prices_fill(const struct ganger_flow_prices *prices, double *segment)
{
    const struct ganger_flow_prices *r = prices;
    int64_t segments = r->line_up->problem->segments.count;
    for (int64_t t = 0; t < r->boundaries; t++) {
        const double *potential = r->best + t * r->nodes;
        for (int32_t l = 0; l < r->links - 1; l++) {
            double *cell = segment + 2 * (t * segments + r->owner[t * r->links + l]);
            for (int32_t a = r->first_arc[l]; a < r->first_arc[l + 1]; a++) {
                double gain = step_above(r->line_up->value * potential[r->head[a]]) -
                              step_above(r->line_up->value * potential[r->tail[a]]);
                cell[a - r->first_arc[l]] = fmax(0, gain);
            }
        }
    }
}
