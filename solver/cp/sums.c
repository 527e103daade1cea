/* Sums of sides that are at most a limit: precedences, the makespan, consumables. */
#include "cp/engine.h"

bool ganger_cp_sum_propagate(struct ganger_cp_solver *s, int32_t sum)
{
    int32_t first = s->sum_first[sum], end = s->sum_first[sum + 1];
    int64_t slack = s->sum_limit[sum];
    for (int32_t k = first; k < end; k++) {
        slack -= s->bound[s->sum_side[k]];
    }
    s->counts.ticks += (uint64_t)(end - first);
    for (int32_t k = first; k < end; k++) {
        int32_t side = s->sum_side[k];
        int64_t most = s->bound[side] + slack;
        if (-(int64_t)s->bound[side ^ 1] <= most) {
            continue;
        }
        /* Far below every bound is as false as just below it. */
        most = most < -2 * GANGER_CP_MOST ? -2 * GANGER_CP_MOST : most;
        struct ganger_cp_literal literal = {side ^ 1, (int32_t)-most};
        if (!ganger_cp_set(s, literal, (struct ganger_cp_reason){GANGER_CP_SUM, sum, 0})) {
            return false;
        }
    }
    return true;
}

/* The other terms add up to more than the literal needs: what they have over is taken off them, terms
 * that can be left out whole first. */
void ganger_cp_sum_explain(struct ganger_cp_solver *s, int32_t sum,
                           struct ganger_cp_literal literal, int32_t before)
{
    int32_t first = s->sum_first[sum], end = s->sum_first[sum + 1], term = literal.side ^ 1;
    int64_t slack = -(literal.bound + s->sum_limit[sum]);
    for (int32_t k = first; k < end; k++) {
        if (s->sum_side[k] != term) {
            slack += ganger_cp_bound_at(s, s->sum_side[k], before);
        }
    }
    s->counts.ticks += 2 * (uint64_t)(end - first);
    int32_t kept = s->why.count;
    for (int32_t k = first; k < end; k++) {
        int32_t side = s->sum_side[k];
        int32_t bound = ganger_cp_bound_at(s, side, before), over = bound - s->root[side];
        if (side == term || over == 0) {
            continue;
        }
        if (over <= slack) {
            slack -= over;
        } else {
            ganger_cp_push(s, &s->why, (struct ganger_cp_literal){side, bound});
        }
    }
    if (slack > 0 && s->why.count > kept) {
        s->why.at[kept].bound -= (int32_t)slack;
    }
}
