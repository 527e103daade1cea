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

/* The first work, counted from a random one, that some change of mode makes better; false if none does. */
static bool improve(const struct ganger_makespan_model *m, int32_t *mode, int64_t *used,
                    struct ganger_rng *rng)
{
    int64_t now = excess_of(m, used);
    int32_t first = ganger_rng_below(rng, m->works);
    for (int32_t k = 0; k < m->works; k++) {
        int32_t w = first + k < m->works ? first + k : first + k - m->works;
        int32_t best = GANGER_NONE;
        int64_t least = now;
        for (int32_t i = m->first_mode[w]; i < m->first_mode[w + 1]; i++) {
            int64_t then = after_change(m, used, mode[w], i);
            if (then < least) {
                least = then;
                best = i;
            }
        }
        if (best != GANGER_NONE) {
            change(m, mode, used, best);
            return true;
        }
    }
    return false;
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
