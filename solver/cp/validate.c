/* Is a model within the ranges that the solver's arithmetic allows? */
#include "cp/engine.h"

static bool in_range(const int32_t *at, int64_t count, int32_t low)
{
    for (int64_t k = 0; k < count; k++) {
        if (at[k] < low || at[k] > GANGER_CP_MOST) {
            return false;
        }
    }
    return true;
}

static bool rows_valid(const int32_t *first, int32_t count)
{
    for (int32_t k = 0; k < count; k++) {
        if (first[k + 1] <= first[k]) {
            return false;
        }
    }
    return first[0] == 0;
}

static bool capacities_valid(const struct ganger_cp_model *m)
{
    if (m->renewables == 0) {
        return true;
    }
    if (!rows_valid(m->step_first, m->renewables)) {
        return false;
    }
    for (int32_t r = 0; r < m->renewables; r++) {
        for (int32_t k = m->step_first[r] + 1; k < m->step_first[r + 1]; k++) {
            if (m->step_from[k] < -GANGER_CP_MOST || m->step_from[k] > GANGER_CP_MOST ||
                (k > m->step_first[r] + 1 && m->step_from[k] <= m->step_from[k - 1])) {
                return false;
            }
        }
    }
    return in_range(m->step_capacity, m->step_first[m->renewables], -GANGER_CP_MOST);
}

static bool orders_valid(const struct ganger_cp_model *m)
{
    for (int32_t k = 0; k < m->orders; k++) {
        if (m->from[k] < 0 || m->from[k] >= m->tasks || m->to[k] < 0 || m->to[k] >= m->tasks) {
            return false;
        }
    }
    return in_range(m->lag, m->orders, -GANGER_CP_MOST);
}

bool ganger_cp_valid(const struct ganger_cp_model *m)
{
    if (m->tasks < 1 || m->renewables < 0 || m->consumables < 0 || m->orders < 0 ||
        !in_range(&m->makespan, 1, -GANGER_CP_MOST) || !rows_valid(m->mode_first, m->tasks)) {
        return false;
    }
    int64_t modes = m->mode_first[m->tasks];
    return in_range(m->earliest, m->tasks, -GANGER_CP_MOST) &&
           in_range(m->latest, m->tasks, -GANGER_CP_MOST) && in_range(m->duration, modes, 0) &&
           in_range(m->demand, modes * m->renewables, 0) && capacities_valid(m) &&
           in_range(m->need, modes * m->consumables, 0) &&
           in_range(m->limit, m->consumables, -GANGER_CP_MOST) && orders_valid(m);
}
