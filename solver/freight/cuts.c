#include "freight/cuts.h"

#include "base/wide.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

/* Higher than any traffic value: a cut that never binds. */
static const double slack = 1e300;

bool ganger_cuts_init(struct ganger_cuts *cuts, const struct ganger_problem *problem, int32_t room)
{
    *cuts = (struct ganger_cuts){
        .links = problem->links.count, .steps = problem->demands.steps, .room = (room + 7) / 8 * 8};
    size_t wide = (size_t)cuts->room;
    cuts->slope = calloc((size_t)(cuts->links + 1) * wide, sizeof *cuts->slope);
    cuts->constant = calloc((size_t)(cuts->steps + 1) * wide, sizeof *cuts->constant);
    cuts->used = calloc(wide, sizeof *cuts->used);
    if (!cuts->slope || !cuts->constant || !cuts->used) {
        ganger_cuts_clear(cuts);
        return false;
    }
    for (size_t i = 0; i < (size_t)cuts->steps * wide; i++) {
        cuts->constant[i] = slack;
    }
    return true;
}

void ganger_cuts_clear(struct ganger_cuts *cuts)
{
    free(cuts->slope);
    free(cuts->constant);
    free(cuts->used);
    *cuts = (struct ganger_cuts){0};
}

void ganger_cuts_copy(struct ganger_cuts *to, const struct ganger_cuts *from)
{
    size_t wide = (size_t)from->room;
    memcpy(to->slope, from->slope, (size_t)from->links * wide * sizeof *to->slope);
    memcpy(to->constant, from->constant, (size_t)from->steps * wide * sizeof *to->constant);
    memcpy(to->used, from->used, wide * sizeof *to->used);
    to->count = from->count;
}

static int32_t place_for_new(struct ganger_cuts *cuts)
{
    if (cuts->count < cuts->room) {
        return cuts->count++;
    }
    int32_t oldest = 0;
    for (int32_t i = 1; i < cuts->count; i++) {
        oldest = cuts->used[i] < cuts->used[oldest] ? i : oldest;
    }
    return oldest;
}

int32_t ganger_cuts_add(struct ganger_cuts *cuts, const struct ganger_problem *problem,
                        const double *price, const double *worth, int64_t round)
{
    int32_t place = place_for_new(cuts);
    cuts->used[place] = round;
    for (int32_t l = 0; l < cuts->links; l++) {
        cuts->slope[(int64_t)l * cuts->room + place] = price[2 * l] + price[2 * l + 1];
    }
    const double *volume = problem->demands.volume;
    for (int32_t step = 0; step < cuts->steps; step++) {
        double sum = 0;
        for (int32_t k = 0; k < problem->demands.count; k++) {
            sum += volume[(int64_t)step * problem->demands.count + k] * worth[k];
        }
        cuts->constant[(int64_t)step * cuts->room + place] = sum;
    }
    return place;
}

static bool same(const struct ganger_cuts *a, int32_t i, const struct ganger_cuts *b, int32_t j)
{
    for (int32_t step = 0; step < a->steps; step++) {
        if (a->constant[(int64_t)step * a->room + i] != b->constant[(int64_t)step * b->room + j]) {
            return false;
        }
    }
    for (int32_t l = 0; l < a->links; l++) {
        if (a->slope[(int64_t)l * a->room + i] != b->slope[(int64_t)l * b->room + j]) {
            return false;
        }
    }
    return true;
}

int32_t ganger_cuts_take(struct ganger_cuts *cuts, const struct ganger_cuts *from,
                         int32_t from_place, int64_t round)
{
    for (int32_t i = 0; i < cuts->count; i++) {
        if (same(cuts, i, from, from_place)) {
            return GANGER_NONE;
        }
    }
    int32_t place = place_for_new(cuts);
    cuts->used[place] = round;
    for (int32_t l = 0; l < cuts->links; l++) {
        cuts->slope[(int64_t)l * cuts->room + place] =
            from->slope[(int64_t)l * from->room + from_place];
    }
    for (int32_t step = 0; step < cuts->steps; step++) {
        cuts->constant[(int64_t)step * cuts->room + place] =
            from->constant[(int64_t)step * from->room + from_place];
    }
    return place;
}

GANGER_WIDE static void add_scaled(double *restrict value, const double *restrict slope,
                                   double change, int32_t room)
{
    for (int32_t i = 0; i < room; i++) {
        value[i] += slope[i] * change;
    }
}

GANGER_WIDE static double least_of(const double *restrict value, const double *restrict slope,
                                   double change, int32_t room)
{
    /* Eight running minima: the order of comparison does not matter for a minimum. */
    double least[8];
    for (int j = 0; j < 8; j++) {
        least[j] = DBL_MAX;
    }
    for (int32_t i = 0; i < room; i += 8) {
        for (int j = 0; j < 8; j++) {
            double moved = value[i + j] + slope[i + j] * change;
            least[j] = moved < least[j] ? moved : least[j];
        }
    }
    for (int j = 1; j < 8; j++) {
        least[0] = least[j] < least[0] ? least[j] : least[0];
    }
    return least[0];
}

void ganger_cuts_evaluate(const struct ganger_cuts *cuts, int32_t step, const double *capacity,
                          int64_t stride, double *value)
{
    memcpy(value, cuts->constant + (int64_t)step * cuts->room, (size_t)cuts->room * sizeof *value);
    for (int32_t l = 0; l < cuts->links; l++) {
        add_scaled(value, cuts->slope + (int64_t)l * cuts->room, capacity[l * stride], cuts->room);
    }
}

void ganger_cuts_shift(const struct ganger_cuts *cuts, int32_t link, double change, double *value)
{
    add_scaled(value, cuts->slope + (int64_t)link * cuts->room, change, cuts->room);
}

double ganger_cuts_least(const struct ganger_cuts *cuts, int32_t link, double change,
                         const double *value)
{
    return least_of(value, cuts->slope + (int64_t)link * cuts->room, change, cuts->room);
}

int32_t ganger_cuts_tight(const struct ganger_cuts *cuts, const double *value)
{
    int32_t tight = 0;
    for (int32_t i = 1; i < cuts->count; i++) {
        tight = value[i] < value[tight] ? i : tight;
    }
    return tight;
}
