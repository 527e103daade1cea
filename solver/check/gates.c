#include "check/gates.h"

#include "check/around.h"
#include "check/discount.h"
#include "check/planes.h"

#include <stdlib.h>
#include <string.h>

static void *make(int64_t count, size_t size)
{
    return calloc(count > 0 ? (size_t)count : 1, size);
}

/* ---- which rows are rows ---------------------------------------------------------------------- */

/* Demands of a row, at least one, in rising order; the first place where they are not, else -1. */
static int64_t bad_demand(const struct ganger_problem *p, const struct ganger_prices *prices,
                          int32_t row)
{
    int64_t from = prices->closure_first_demand[row], to = prices->closure_first_demand[row + 1];
    for (int64_t i = from; i < to; i++) {
        int32_t k = prices->closure_demand[i];
        if (k < 0 || k >= p->demands.count || (i > from && k <= prices->closure_demand[i - 1])) {
            return i;
        }
    }
    return -1;
}

/* The row's segments into segment[GANGER_PLANES_SEGMENTS + 1], not more of them than that; how many. */
static int32_t segments_of(const struct ganger_prices *prices, int32_t row, int32_t *segment)
{
    int32_t count = 0;
    if (prices->closure_segment[row] != GANGER_NONE) {
        segment[count++] = prices->closure_segment[row];
    }
    for (int32_t i = prices->closure_first_beside[row];
         i < prices->closure_first_beside[row + 1] && count <= GANGER_PLANES_SEGMENTS; i++) {
        if (prices->closure_beside_segment[i] != GANGER_NONE) {
            segment[count++] = prices->closure_beside_segment[i];
        }
    }
    return count;
}

static bool is_arc(const struct ganger_problem *p, int32_t arc)
{
    return arc >= 0 && arc / 2 < p->links.count && (arc % 2 == 0 || !p->links.directed[arc / 2]);
}

/* The first place besides that is none, else -1; `name` is its table's. */
static int64_t bad_beside(const struct ganger_problem *p, const struct ganger_prices *prices,
                          int32_t row, const char **name)
{
    for (int32_t i = prices->closure_first_beside[row]; i < prices->closure_first_beside[row + 1];
         i++) {
        int32_t arc = prices->closure_beside_arc[i], q = prices->closure_beside_segment[i];
        *name = "closure_beside_arc";
        if (!is_arc(p, arc)) {
            return i;
        }
        *name = "closure_beside_segment";
        if (q != GANGER_NONE &&
            (q < 0 || q >= p->segments.count || p->segments.link[q] != arc / 2)) {
            return i;
        }
    }
    return -1;
}

static const char *bad_row(const struct ganger_problem *p, const struct ganger_prices *prices,
                           int32_t row, int64_t *index)
{
    int32_t q = prices->closure_segment[row], r = prices->closure_renewable[row];
    int32_t arc = prices->closure_arc[row];
    const int32_t *first = prices->closure_first_demand;
    *index = row;
    if (first[0] != 0 || first[row + 1] <= first[row]) {
        return "closure_first_demand";
    }
    if (!is_arc(p, arc)) {
        return "closure_arc";
    }
    if (q != GANGER_NONE && (q < 0 || q >= p->segments.count || p->segments.link[q] != arc / 2)) {
        return "closure_segment";
    }
    bool gang = r >= 0 && r < p->resources.renewables;
    if ((r != GANGER_NONE && !gang) || (q == GANGER_NONE) != gang) {
        return "closure_renewable";
    }
    const char *name = "closure_first_beside";
    int32_t from = prices->closure_from[row], segment[GANGER_PLANES_SEGMENTS + 1];
    if (prices->closure_first_beside[0] != 0 || (gang && ganger_gates_cut(prices, row))) {
        return name;
    }
    *index = bad_beside(p, prices, row, &name);
    if (*index >= 0) {
        return name;
    }
    *index = row;
    int32_t segments = segments_of(prices, row, segment);
    if (!gang && !ganger_planes_may(p, segment, segments)) {
        return "closure_segment";
    }
    int32_t works = gang ? 0 : ganger_planes_works(p, segment, segments);
    if (from < 0 || from >> works != 0) {
        return "closure_from";
    }
    if (gang && first[row + 1] != first[row] + 1) {
        return "closure_first_demand";
    }
    *index = bad_demand(p, prices, row);
    return *index >= 0 ? "closure_demand" : NULL;
}

/* What stands where a row is bad. */
static double found_in(const struct ganger_prices *prices, const char *name, int32_t row,
                       int64_t index)
{
    const struct {
        const char *name;
        const int32_t *list;
        int64_t at;
    } tables[] = {{"closure_first_demand", prices->closure_first_demand, row + 1},
                  {"closure_demand", prices->closure_demand, index},
                  {"closure_arc", prices->closure_arc, row},
                  {"closure_segment", prices->closure_segment, row},
                  {"closure_renewable", prices->closure_renewable, row},
                  {"closure_from", prices->closure_from, row},
                  {"closure_first_beside", prices->closure_first_beside, row + 1},
                  {"closure_beside_arc", prices->closure_beside_arc, index},
                  {"closure_beside_segment", prices->closure_beside_segment, index}};
    size_t i = 0;
    while (strcmp(tables[i].name, name) != 0) {
        i++;
    }
    return tables[i].list[tables[i].at];
}

const char *ganger_gates_bad(const struct ganger_problem *problem,
                             const struct ganger_prices *prices, int64_t *index, double *found)
{
    for (int32_t row = 0; row < prices->closures; row++) {
        const char *name = bad_row(problem, prices, row, index);
        if (name) {
            *found = found_in(prices, name, row, *index);
            return name;
        }
    }
    return NULL;
}

/* ---- what they ask ---------------------------------------------------------------------------- */

static struct ganger_plane_of plane_of(const struct ganger_gates *g, int32_t row)
{
    int32_t segment[GANGER_PLANES_SEGMENTS + 1];
    int32_t segments = segments_of(g->prices, row, segment);
    return ganger_planes_open(g->facts, segment, segments, g->prices->closure_from[row]);
}

static void plane_at(struct ganger_gates *g, struct ganger_plane_of *plane, int64_t at)
{
    ganger_planes_at(plane, (int32_t)(at % (g->facts->periods + 1)), g->volume_high[at],
                     g->besides[at]);
}

/* What links of a cut without a segment let pass. */
static void sum_besides(struct ganger_gates *g, int32_t row)
{
    const struct ganger_prices *prices = g->prices;
    for (int32_t i = prices->closure_first_beside[row]; i < prices->closure_first_beside[row + 1];
         i++) {
        for (int32_t t = 0;
             prices->closure_beside_segment[i] == GANGER_NONE && t <= g->facts->periods; t++) {
            int64_t at = (int64_t)row * (g->facts->periods + 1) + t;
            ganger_wide passes =
                ganger_planes_most(g->facts, prices->closure_beside_arc[i] / 2, t, &g->lost);
            g->besides[at] = ganger_wide_add(g->besides[at], passes, &g->lost);
        }
    }
}

static void add_constant(struct ganger_gates *g, int32_t row)
{
    const struct ganger_facts *f = g->facts;
    int32_t q = g->prices->closure_segment[row];
    struct ganger_plane_of plane =
        q == GANGER_NONE ? (struct ganger_plane_of){0} : plane_of(g, row);
    for (int32_t t = 0; t <= f->periods; t++) {
        int64_t at = (int64_t)row * (f->periods + 1) + t;
        ganger_wide passes = g->volume_high[at];
        if (g->high[at] > 0) {
            if (q != GANGER_NONE) {
                plane_at(g, &plane, at);
                passes = ganger_planes_untouched(&plane);
            }
            g->constant = ganger_wide_add(
                g->constant,
                ganger_wide_scale(g->high[at], passes, GANGER_UNIT_BITS, GANGER_UP, &g->lost),
                &g->lost);
        }
    }
    g->lost = g->lost || plane.lost;
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

static void sum_volumes(struct ganger_gates *g, int32_t row, const ganger_wide *of,
                        ganger_wide *sum)
{
    int64_t boundaries = (int64_t)g->facts->periods + 1;
    int64_t demands = g->facts->problem->demands.count;
    const int32_t *first = g->prices->closure_first_demand;
    for (int64_t t = 0; t < boundaries; t++) {
        for (int32_t i = first[row]; i < first[row + 1]; i++) {
            sum[row * boundaries + t] =
                ganger_wide_add(sum[row * boundaries + t],
                                of[t * demands + g->prices->closure_demand[i]], &g->lost);
        }
    }
}

static bool price_rows(struct ganger_gates *g)
{
    const struct ganger_facts *f = g->facts;
    const int shift = GANGER_WEIGHT_BITS + GANGER_GRID_BITS - GANGER_UNIT_BITS;
    int64_t boundaries = (int64_t)f->periods + 1;
    ganger_wide *low = volumes(f, f->volume_low), *high = volumes(f, f->volume_high);
    bool ready = low && high;
    for (int32_t row = 0; ready && row < g->prices->closures; row++) {
        sum_volumes(g, row, low, g->volume_low);
        sum_volumes(g, row, high, g->volume_high);
        sum_besides(g, row);
        for (int64_t t = 0; t < boundaries; t++) {
            int64_t at = row * boundaries + t;
            ganger_wide price = ganger_grid_floor(g->prices->closure[at]);
            g->low[at] = ganger_wide_shift(f->weight_low[t] * price, shift, GANGER_DOWN);
            g->high[at] = ganger_wide_shift(f->weight_high[t] * price, shift, GANGER_UP);
        }
        add_constant(g, row);
    }
    free(low);
    free(high);
    return ready;
}

/* ---- works of rows ---------------------------------------------------------------------------- */

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
    int32_t segment[GANGER_PLANES_SEGMENTS + 1];
    int32_t segments = segments_of(g->prices, row, segment), i = 0;
    while (i < segments && segment[i] != q) {
        i++;
    }
    return i < segments;
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
    int64_t cells = rows * ((int64_t)facts->periods + 1);
    *g = (struct ganger_gates){.facts = facts, .prices = prices};
    g->volume_low = make(cells, sizeof *g->volume_low);
    g->volume_high = make(cells, sizeof *g->volume_high);
    g->besides = make(cells, sizeof *g->besides);
    g->low = make(cells, sizeof *g->low);
    g->high = make(cells, sizeof *g->high);
    struct ganger_around *around = make(rows, sizeof *around);
    bool *needed = make((int64_t)rows * facts->problem->links.count, sizeof *needed);
    bool ready =
        g->volume_low && g->volume_high && g->besides && g->low && g->high && around && needed;
    for (int32_t row = 0; ready && row < rows; row++) {
        bool gang = prices->closure_segment[row] == GANGER_NONE;
        around[row] = (struct ganger_around){
            gang ? prices->closure_demand[prices->closure_first_demand[row]] : GANGER_NONE,
            prices->closure_arc[row] / 2};
    }
    ready = ready && ganger_around_find(facts, around, rows, needed, &g->lost) && price_rows(g) &&
            list_rows(g, needed);
    free(around);
    free(needed);
    return ready;
}

void ganger_gates_close(struct ganger_gates *gates)
{
    free(gates->volume_low);
    free(gates->volume_high);
    free(gates->besides);
    free(gates->low);
    free(gates->high);
    free(gates->first_at);
    free(gates->row_at);
    *gates = (struct ganger_gates){0};
}

/* What a mode uses of a row's renewable. */
static int64_t amount_of(const struct ganger_gates *g, int32_t row, int32_t mode)
{
    const struct ganger_modes *modes = &g->facts->problem->modes;
    int32_t renewable = g->prices->closure_renewable[row];
    int64_t amount = 0;
    for (int32_t i = modes->first_use[mode]; i < modes->first_use[mode + 1]; i++) {
        if (g->facts->renewable_of[modes->use_resource[i]] == renewable) {
            amount += modes->use_amount[i];
        }
    }
    return amount;
}

static void burden_of_gang(struct ganger_gates *g, int32_t row, int32_t mode, ganger_wide *burden)
{
    const struct ganger_facts *f = g->facts;
    int64_t amount = f->problem->modes.factor[mode] <= 0 ? amount_of(g, row, mode) : 0;
    const int64_t *limit = f->limit + (int64_t)g->prices->closure_renewable[row] * f->periods;
    for (int32_t t = 0; amount > 0 && t < f->periods; t++) {
        int64_t at = (int64_t)row * (f->periods + 1) + t;
        if (limit[t] > 0 && g->low[at] > 0) { /* without gangs nothing is at work */
            ganger_wide whole = ganger_wide_scale(g->low[at], g->volume_low[at], GANGER_UNIT_BITS,
                                                  GANGER_DOWN, &g->lost);
            ganger_wide part = ganger_wide_multiply(whole, amount, &g->lost);
            burden[t + 1] = ganger_wide_add(
                burden[t + 1], ganger_wide_divide(part, limit[t], GANGER_DOWN), &g->lost);
        }
    }
}

static void burden_of_segment(struct ganger_gates *g, int32_t row, int32_t mode,
                              ganger_wide *burden)
{
    struct ganger_plane_of plane = plane_of(g, row);
    for (int32_t t = 0; t < g->facts->periods; t++) {
        int64_t at = (int64_t)row * (g->facts->periods + 1) + t;
        if (g->low[at] > 0) {
            plane_at(g, &plane, at);
            ganger_wide less = ganger_planes_less(&plane, mode);
            burden[t + 1] = ganger_wide_add(
                burden[t + 1],
                ganger_wide_scale(g->low[at], less, GANGER_UNIT_BITS, GANGER_DOWN, &g->lost),
                &g->lost);
        }
    }
    g->lost = g->lost || plane.lost;
}

void ganger_gates_burden(struct ganger_gates *gates, int32_t mode, ganger_wide *burden)
{
    struct ganger_gates *g = gates;
    int32_t w = g->facts->problem->modes.work[mode];
    for (int32_t i = g->first_at[w]; i < g->first_at[w + 1]; i++) {
        int32_t row = g->row_at[i];
        if (g->prices->closure_segment[row] == GANGER_NONE) {
            burden_of_gang(g, row, mode, burden);
        } else {
            burden_of_segment(g, row, mode, burden);
        }
    }
}

void ganger_gates_after(struct ganger_gates *gates, int32_t work, ganger_wide *after)
{
    struct ganger_gates *g = gates;
    const struct ganger_works *works = &g->facts->problem->works;
    if (!works->renews[work] && !(works->gain[work] > 0)) {
        return;
    }
    for (int32_t i = g->first_at[work]; i < g->first_at[work + 1]; i++) {
        int32_t row = g->row_at[i];
        ganger_wide later = 0;
        if (g->prices->closure_segment[row] == GANGER_NONE) {
            continue;
        }
        struct ganger_plane_of plane = plane_of(g, row);
        for (int32_t t = g->facts->periods; t >= 0; t--) {
            int64_t at = (int64_t)row * (g->facts->periods + 1) + t;
            if (g->high[at] > 0) {
                plane_at(g, &plane, at);
                later =
                    ganger_wide_add(later,
                                    ganger_wide_scale(g->high[at], ganger_planes_more(&plane, work),
                                                      GANGER_UNIT_BITS, GANGER_UP, &g->lost),
                                    &g->lost);
            }
            after[t] = ganger_wide_add(after[t], later, &g->lost);
        }
        g->lost = g->lost || plane.lost;
    }
}
