/* The steps of the primal-dual method: parts of columns and shares of starts upwards, prices downwards. */
#include "throughput/hull_parts.h"
#include "throughput/simplex.h"

#include <math.h>
#include <string.h>

/* Dual steps are so much longer than primal ones: shorter at first, since with few columns prices would go far astray. */
static const double first_weight = 0.01, growth = 1.5, last_weight = 0.1;
/* Steps between two in which all columns are looked at. */
enum { steps_a_listing = 15 };

static const uint64_t *set_of(const struct ganger_hull *h, int64_t column)
{
    return h->set + column * h->words;
}

void ganger_hull_rate(struct ganger_hull *h, const double *price, int32_t work)
{
    const struct ganger_flow_prices *r = h->prices;
    int32_t from = h->line_up->from[work], to = h->line_up->to[work];
    const int32_t *pair = h->pair_at + h->row[work];
    double *before = h->before;
    before[0] = 0;
    for (int32_t t = 0; t < to - from; t++) {
        before[t + 1] = before[t] + (pair[t] >= 0 ? price[pair[t]] : 0);
    }
    for (int32_t c = r->first[work]; c < r->first[work + 1]; c++) {
        h->worth[c - r->first[work]] =
            r->cost[c] + before[r->finish[c] - from] - before[r->start[c] - from];
    }
}

static double score_of(const struct ganger_hull *h, int32_t t, int64_t column)
{
    const double *price = h->now.price + h->first_pair[t];
    double score = h->weight[t] * h->flow[column];
    for (int32_t i = 0; i < h->words; i++) {
        for (uint64_t bits = set_of(h, column)[i]; bits; bits &= bits - 1) {
            score += price[64 * i + __builtin_ctzll(bits)];
        }
    }
    return score;
}

/* Columns that have no part are left out, but for every so many steps: few come back. */
static void list_columns(struct ganger_hull *h, int32_t t)
{
    int32_t *list = h->in_use + (int64_t)t * GANGER_HULL_COLUMNS;
    if (h->summed % steps_a_listing == 0) {
        h->used[t] = h->columns[t];
        for (int32_t k = 0; k < h->columns[t]; k++) {
            list[k] = k;
        }
    }
}

/* Returns cells. */
static int64_t step_period(struct ganger_hull *h, int32_t t)
{
    list_columns(h, t);
    int64_t first = (int64_t)t * GANGER_HULL_COLUMNS, cells = 0;
    int32_t *list = h->in_use + first, count = h->used[t], kept = 0;
    double *old = h->old, *now = h->worth;
    for (int32_t k = 0; k < count; k++) {
        old[k] = h->now.part[first + list[k]];
        now[k] = old[k] + h->part_step[t] / h->weight_of_steps * score_of(h, t, first + list[k]);
        cells += h->size[first + list[k]];
    }
    ganger_simplex_project(now, count, h->scratch);
    for (int32_t k = 0; k < count; k++) {
        double beyond = 2 * now[k] - old[k];
        h->now.part[first + list[k]] = now[k];
        h->sum.part[first + list[k]] += now[k];
        for (int32_t i = 0; i < h->words && beyond != 0; i++) {
            for (uint64_t bits = set_of(h, first + list[k])[i]; bits; bits &= bits - 1) {
                h->covered[h->first_pair[t] + 64 * i + __builtin_ctzll(bits)] += beyond;
            }
        }
        if (now[k] > 0) {
            list[kept++] = list[k];
        }
    }
    h->used[t] = kept;
    return 2 * cells + count;
}

static void step_work(struct ganger_hull *h, int32_t work)
{
    const struct ganger_flow_prices *r = h->prices;
    int32_t first = r->first[work], count = r->first[work + 1] - first;
    int32_t from = h->line_up->from[work], length = h->line_up->to[work] - from;
    double *x = h->now.share + first, *old = h->worth, *turn = h->before;
    ganger_hull_rate(h, h->now.price, work);
    for (int32_t i = 0; i < count; i++) {
        double was = x[i];
        x[i] -= h->share_step[work] / h->weight_of_steps * h->worth[i];
        old[i] = was;
    }
    ganger_simplex_project(x, count, h->scratch);
    memset(turn, 0, (size_t)(length + 1) * sizeof *turn);
    for (int32_t i = 0; i < count; i++) {
        double beyond = 2 * x[i] - old[i];
        turn[r->start[first + i] - from] += beyond;
        turn[r->finish[first + i] - from] -= beyond;
    }
    const int32_t *pair = h->pair_at + h->row[work];
    double share = 0;
    for (int32_t t = 0; t < length; t++) {
        share += turn[t];
        if (pair[t] >= 0) {
            h->covered[pair[t]] -= share;
        }
    }
}

static void add(double *sum, const double *x, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        sum[i] += x[i];
    }
}

int64_t ganger_hull_iterate(struct ganger_hull *h)
{
    int64_t cells = h->prices->choices + 2 * h->pairs;
    memset(h->covered, 0, (size_t)h->pairs * sizeof *h->covered);
    for (int32_t t = 0; t < h->periods; t++) {
        cells += step_period(h, t);
    }
    for (int32_t w = 0; w < h->line_up->works; w++) {
        step_work(h, w);
    }
    for (int32_t i = 0; i < h->pairs; i++) {
        double price = h->now.price[i] - h->weight_of_steps * h->price_step[i] * h->covered[i];
        price = price > 0 ? price : 0;
        h->now.price[i] = price < h->ceiling[i] ? price : h->ceiling[i];
    }
    add(h->sum.price, h->now.price, h->pairs);
    add(h->sum.share, h->now.share, h->prices->choices);
    h->summed++;
    return cells;
}

void ganger_hull_measure_steps(struct ganger_hull *h)
{
    const struct ganger_flow_prices *r = h->prices;
    h->weight_of_steps = fmin(last_weight, first_weight * pow(growth, (double)(h->passes - 1)));
    for (int32_t i = 0; i < h->pairs; i++) {
        h->price_step[i] = 0;
    }
    for (int32_t t = 0; t < h->periods; t++) {
        double most = 1;
        for (int32_t k = 0; k < h->columns[t]; k++) {
            const uint64_t *set = set_of(h, (int64_t)t * GANGER_HULL_COLUMNS + k);
            double count = 0;
            for (int32_t i = 0; i < h->words; i++) {
                for (uint64_t bits = set[i]; bits; bits &= bits - 1) {
                    h->price_step[h->first_pair[t] + 64 * i + __builtin_ctzll(bits)]++;
                    count++;
                }
            }
            most = fmax(most, count);
            h->size[(int64_t)t * GANGER_HULL_COLUMNS + k] = (int32_t)count + 1;
        }
        h->part_step[t] = 1 / most;
    }
    for (int32_t w = 0; w < h->line_up->works; w++) {
        const int32_t *pair = h->pair_at + h->row[w];
        int32_t from = h->line_up->from[w];
        double most = 1;
        for (int32_t c = r->first[w]; c < r->first[w + 1]; c++) {
            double count = 0;
            for (int32_t t = r->start[c]; t < r->finish[c]; t++) {
                if (pair[t - from] >= 0) {
                    h->price_step[pair[t - from]]++;
                    count++;
                }
            }
            most = fmax(most, count);
        }
        h->share_step[w] = 1 / most;
    }
    for (int32_t i = 0; i < h->pairs; i++) {
        h->price_step[i] = 1 / fmax(1, h->price_step[i]);
    }
}
