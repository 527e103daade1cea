#include "check/gates.h"

#include "check/around.h"
#include "check/discount.h"

#include <stdlib.h>

static void *make(int64_t count, size_t size)
{
    return calloc(count > 0 ? (size_t)count : 1, size);
}

static bool opens(const struct ganger_gates *g, int32_t row)
{
    int32_t q = g->prices->closure_segment[row];
    return q != GANGER_NONE && !(g->facts->problem->segments.capacity[q] > 0);
}

int32_t ganger_gates_bad(const struct ganger_problem *problem, const struct ganger_prices *prices)
{
    for (int32_t row = 0; row < prices->closures; row++) {
        int32_t k = prices->closure_demand[row], l = prices->closure_link[row];
        int32_t q = prices->closure_segment[row], r = prices->closure_renewable[row];
        bool places = k >= 0 && k < problem->demands.count && l >= 0 && l < problem->links.count;
        bool by_segment = r == GANGER_NONE && q >= 0 && q < problem->segments.count &&
                          problem->segments.link[q] == l;
        bool by_gang = q == GANGER_NONE && r >= 0 && r < problem->resources.renewables;
        if (!places || (!by_segment && !by_gang)) {
            return row;
        }
    }
    return -1;
}

static void price_row(struct ganger_gates *g, int32_t row, const ganger_wide *low,
                      const ganger_wide *high)
{
    const struct ganger_facts *f = g->facts;
    const int shift = GANGER_WEIGHT_BITS + GANGER_GRID_BITS - GANGER_UNIT_BITS;
    int64_t boundaries = (int64_t)f->periods + 1;
    for (int64_t t = 0; t < boundaries; t++) {
        ganger_wide price = ganger_grid_floor(g->prices->closure[row * boundaries + t]);
        ganger_wide least = ganger_wide_shift(f->weight_low[t] * price, shift, GANGER_DOWN);
        ganger_wide most = ganger_wide_shift(f->weight_high[t] * price, shift, GANGER_UP);
        least = ganger_wide_scale(least, low[t], GANGER_UNIT_BITS, GANGER_DOWN, &g->lost);
        most = ganger_wide_scale(most, high[t], GANGER_UNIT_BITS, GANGER_UP, &g->lost);
        g->worth[row * boundaries + t] = opens(g, row) ? most : least;
        if (!opens(g, row)) {
            g->constant = ganger_wide_add(g->constant, most, &g->lost);
        }
    }
}

/* volume[t * demands + k] of all boundaries. */
static ganger_wide *volumes(const struct ganger_facts *f, const ganger_wide *rows)
{
    int64_t demands = f->problem->demands.count;
    ganger_wide *volume = make((f->periods + 1) * demands, sizeof *volume);
    ganger_wide *now = make(demands, sizeof *now);
    int32_t next = 0;
    for (int64_t t = 0; volume && now && t <= f->periods; t++) {
        ganger_facts_volume(f, rows, (int32_t)t, &next, now);
        for (int64_t k = 0; k < demands; k++) {
            volume[t * demands + k] = now[k];
        }
    }
    bool ready = volume && now;
    free(now);
    if (!ready) {
        free(volume);
        return NULL;
    }
    return volume;
}

static bool price_rows(struct ganger_gates *g)
{
    const struct ganger_facts *f = g->facts;
    int64_t boundaries = (int64_t)f->periods + 1, demands = f->problem->demands.count;
    ganger_wide *low = volumes(f, f->volume_low), *high = volumes(f, f->volume_high);
    ganger_wide *of = make(2 * boundaries, sizeof *of);
    bool ready = low && high && of;
    for (int32_t row = 0; ready && row < g->prices->closures; row++) {
        int32_t k = g->prices->closure_demand[row];
        for (int64_t t = 0; t < boundaries; t++) {
            of[t] = low[t * demands + k];
            of[boundaries + t] = high[t * demands + k];
        }
        price_row(g, row, of, of + boundaries);
    }
    free(low);
    free(high);
    free(of);
    return ready;
}

static bool is_part(const struct ganger_gates *g, int32_t row, int32_t work, const bool *needed)
{
    const struct ganger_problem *p = g->facts->problem;
    int32_t q = p->works.segment[work];
    if (q == GANGER_NONE) {
        return false;
    }
    if (g->prices->closure_segment[row] == GANGER_NONE) {
        return needed[(int64_t)row * p->links.count + p->segments.link[q]];
    }
    return q == g->prices->closure_segment[row] && (!opens(g, row) || p->works.gain[work] > 0);
}

/* Counts the rows of each work (row_at NULL), or lists them. */
static void go_through_rows(struct ganger_gates *g, const bool *needed, int32_t *at)
{
    for (int32_t row = 0; row < g->prices->closures; row++) {
        for (int32_t w = 0; w < g->facts->problem->works.count; w++) {
            if (is_part(g, row, w, needed)) {
                if (g->row_at) {
                    g->row_at[at[w]] = row;
                }
                at[w]++;
            }
        }
    }
}

static bool list_rows(struct ganger_gates *g, const bool *needed)
{
    int32_t works = g->facts->problem->works.count;
    g->first_at = make((int64_t)works + 2, sizeof *g->first_at);
    if (!g->first_at) {
        return false;
    }
    go_through_rows(g, needed, g->first_at + 2);
    for (int32_t w = 0; w < works; w++) {
        g->first_at[w + 2] += g->first_at[w + 1];
    }
    g->row_at = make(g->first_at[works + 1], sizeof *g->row_at);
    if (g->row_at) {
        go_through_rows(g, needed, g->first_at + 1);
    }
    return g->row_at != NULL;
}

bool ganger_gates_open(struct ganger_gates *gates, const struct ganger_facts *facts,
                       const struct ganger_prices *prices)
{
    struct ganger_gates *g = gates;
    int32_t rows = prices->closures;
    *g = (struct ganger_gates){.facts = facts, .prices = prices};
    g->worth = make(rows * ((int64_t)facts->periods + 1), sizeof *g->worth);
    struct ganger_around *around = make(rows, sizeof *around);
    bool *needed = make((int64_t)rows * facts->problem->links.count, sizeof *needed);
    bool ready = g->worth && around && needed;
    for (int32_t row = 0; ready && row < rows; row++) {
        around[row] =
            (struct ganger_around){prices->closure_demand[row], prices->closure_link[row]};
    }
    ready = ready && ganger_around_find(facts, around, rows, needed, &g->lost) && price_rows(g) &&
            list_rows(g, needed);
    free(around);
    free(needed);
    return ready;
}

void ganger_gates_close(struct ganger_gates *gates)
{
    free(gates->worth);
    free(gates->first_at);
    free(gates->row_at);
    *gates = (struct ganger_gates){0};
}

/* What a mode uses of a row's renewable; 1 of a segment. */
static int64_t amount_of(const struct ganger_gates *g, int32_t row, int32_t mode)
{
    const struct ganger_modes *modes = &g->facts->problem->modes;
    int32_t renewable = g->prices->closure_renewable[row];
    int64_t amount = renewable == GANGER_NONE;
    for (int32_t i = modes->first_use[mode]; i < modes->first_use[mode + 1]; i++) {
        if (renewable != GANGER_NONE &&
            g->facts->renewable_of[modes->use_resource[i]] == renewable) {
            amount += modes->use_amount[i];
        }
    }
    return amount;
}

void ganger_gates_burden(struct ganger_gates *gates, int32_t mode, ganger_wide *burden)
{
    struct ganger_gates *g = gates;
    const struct ganger_facts *f = g->facts;
    int32_t w = f->problem->modes.work[mode];
    bool closes = f->problem->modes.factor[mode] <= 0;
    for (int32_t i = g->first_at[w]; closes && i < g->first_at[w + 1]; i++) {
        int32_t row = g->row_at[i], renewable = g->prices->closure_renewable[row];
        int64_t amount = opens(g, row) ? 0 : amount_of(g, row, mode);
        const ganger_wide *worth = g->worth + (int64_t)row * (f->periods + 1);
        for (int32_t t = 0; amount > 0 && t < f->periods; t++) {
            int64_t limit =
                renewable == GANGER_NONE ? 1 : f->limit[(int64_t)renewable * f->periods + t];
            if (limit > 0 && worth[t] > 0) { /* without gangs nothing is at work */
                ganger_wide part = ganger_wide_multiply(worth[t], amount, &g->lost);
                burden[t + 1] = ganger_wide_add(
                    burden[t + 1], ganger_wide_divide(part, limit, GANGER_DOWN), &g->lost);
            }
        }
    }
}

void ganger_gates_after(struct ganger_gates *gates, int32_t work, ganger_wide *after)
{
    struct ganger_gates *g = gates;
    int64_t boundaries = (int64_t)g->facts->periods + 1;
    for (int32_t i = g->first_at[work]; i < g->first_at[work + 1]; i++) {
        int32_t row = g->row_at[i];
        ganger_wide later = 0;
        for (int64_t t = boundaries - 1; opens(g, row) && t >= 0; t--) {
            later = ganger_wide_add(later, g->worth[row * boundaries + t], &g->lost);
            after[t] = ganger_wide_add(after[t], later, &g->lost);
        }
    }
}
