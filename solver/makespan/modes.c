#include "makespan/modes.h"

static int64_t over(const struct ganger_makespan_model *m, int32_t c, int64_t used)
{
    int64_t more = used - m->limit[c];
    return more <= 0 ? 0 : 1 + more * 10000 / (m->limit[c] > 0 ? m->limit[c] : 1);
}

static int64_t excess_of(const struct ganger_makespan_model *m, const int64_t *used)
{
    int64_t sum = 0;
    for (int32_t c = 0; c < m->consumables; c++) {
        sum += over(m, c, used[c]);
    }
    return sum;
}

int64_t ganger_modes_excess(const struct ganger_makespan_model *model, const int32_t *mode)
{
    int64_t sum = 0;
    for (int32_t c = 0; c < model->consumables; c++) {
        int64_t used = 0;
        for (int32_t w = 0; w < model->works; w++) {
            used += model->need[(int64_t)mode[w] * model->consumables + c];
        }
        sum += over(model, c, used);
    }
    return sum;
}

/* The excess if a work changed from one mode to another. */
static int64_t after_change(const struct ganger_makespan_model *m, const int64_t *used,
                            int32_t from, int32_t to)
{
    const int64_t *less = m->need + (int64_t)from * m->consumables;
    const int64_t *more = m->need + (int64_t)to * m->consumables;
    int64_t sum = 0;
    for (int32_t c = 0; c < m->consumables; c++) {
        sum += over(m, c, used[c] - less[c] + more[c]);
    }
    return sum;
}

static void change(const struct ganger_makespan_model *m, int32_t *mode, int64_t *used, int32_t to)
{
    int32_t *now = mode + m->mode_work[to];
    for (int32_t c = 0; c < m->consumables; c++) {
        used[c] +=
            m->need[(int64_t)to * m->consumables + c] - m->need[(int64_t)*now * m->consumables + c];
    }
    *now = to;
}

/* Works looked at among those that can make the modes better. */
enum { helpful = 4 };

/* What a change of mode adds to what the renewables have to give, over all periods. */
static int64_t growth(const struct ganger_makespan_model *m, int32_t from, int32_t to)
{
    return m->duration[to] * m->rate[to] - m->duration[from] * m->rate[from];
}

/* A change of mode that lessens the excess. From a random work on, those of the first few that can help are
 * compared: what ends the excess comes first, then what costs the renewables least. False if none helps. */
static bool improve(const struct ganger_makespan_model *m, int32_t *mode, int64_t *used,
                    struct ganger_rng *rng)
{
    int64_t now = excess_of(m, used), least = INT64_MAX;
    int32_t first = ganger_rng_below(rng, m->works), best = GANGER_NONE, left = helpful;
    bool ends = false; /* the excess, by the best change so far */
    for (int32_t k = 0; k < m->works && left > 0; k++) {
        int32_t w = first + k < m->works ? first + k : first + k - m->works;
        bool helps = false;
        for (int32_t i = m->first_mode[w]; i < m->first_mode[w + 1]; i++) {
            int64_t then = after_change(m, used, mode[w], i), grown = growth(m, mode[w], i);
            if (then >= now) {
                continue;
            }
            helps = true;
            if ((then == 0 && !ends) || ((then == 0) == ends && grown < least)) {
                ends = then == 0;
                least = grown;
                best = i;
            }
        }
        left -= helps;
    }
    if (best != GANGER_NONE) {
        change(m, mode, used, best);
    }
    return best != GANGER_NONE;
}

void ganger_modes_repair(const struct ganger_makespan_model *model, int32_t *mode, int64_t *used,
                         struct ganger_rng *rng)
{
    for (int32_t c = 0; c < model->consumables; c++) {
        used[c] = 0;
        for (int32_t w = 0; w < model->works; w++) {
            used[c] += model->need[(int64_t)mode[w] * model->consumables + c];
        }
    }
    while (excess_of(model, used) > 0 && improve(model, mode, used, rng)) {
    }
}
