/* Works and projects in or out, and targets. */
#include "scenario/change.h"

#include <string.h>

static bool is_milestone(const struct ganger_problem *p, int32_t w)
{
    for (int32_t m = 0; m < p->modes.count; m++) {
        if (p->modes.work[m] == w && p->modes.duration[m] > 0) {
            return false;
        }
    }
    return true;
}

/* Out is a deadline that nothing can meet. What must wait for the work cannot be done either. */
static void put(struct ganger_problem *p, int32_t w, bool in)
{
    struct ganger_works *works = &p->works;
    works->mandatory[w] = in;
    if (!in) {
        works->earliest[w] = works->deadline[w] = 0;
        works->fixed_start[w] = works->fixed_mode[w] = GANGER_NONE;
    }
}

static ganger_status change_in_out(const struct ganger_change_place *place,
                                   struct ganger_problem *p, const struct ganger_change_row *row)
{
    struct ganger_works *works = &p->works;
    bool project = row->change == GANGER_CHANGE_PROJECT;
    char **names = project ? works->project : works->id;
    int32_t found = 0;
    for (int32_t w = 0; w < works->count; w++) {
        if (strcmp(names[w], row->id) != 0) {
            continue;
        }
        found++;
        if (!row->in && is_milestone(p, w)) {
            works->mandatory[w] = false; /* it may be reached, or not if it waits for what is out */
            continue;
        }
        put(p, w, row->in);
    }
    return found > 0 ? GANGER_STATUS_OK : ganger_change_unknown(place, row, names, works->count);
}

static int32_t find_target(const struct ganger_targets *targets, const char *id)
{
    for (int32_t g = 0; g < targets->count; g++) {
        if (strcmp(targets->id[g], id) == 0) {
            return g;
        }
    }
    return GANGER_NONE;
}

static ganger_status change_target(const struct ganger_change_place *place,
                                   struct ganger_problem *p, const struct ganger_change_row *row)
{
    struct ganger_targets *targets = &p->targets;
    int32_t g = find_target(targets, row->id);
    if (g == GANGER_NONE) {
        return ganger_change_unknown(place, row, targets->id, targets->count);
    }
    if (row->change == GANGER_CHANGE_TARGET_KM) {
        targets->km[g] = ganger_amount_apply(row->amount, targets->km[g]);
        return targets->km[g] >= 0
                   ? GANGER_STATUS_OK
                   : ganger_change_refuse(place, row, "value",
                                          "expected what leaves 0 or more, found %g",
                                          targets->km[g]);
    }
    ganger_status status = ganger_change_day_of(place, p, row, &targets->by[g]);
    if (status == GANGER_STATUS_OK && targets->by[g] > p->time.periods) {
        return ganger_change_refuse(place, row, "value",
                                    "%s lies after the programme ends: put a "
                                    "change of the horizon before it",
                                    row->value);
    }
    return status;
}

ganger_status ganger_change_works(const struct ganger_change_place *place,
                                  struct ganger_problem *problem,
                                  const struct ganger_change_row *row)
{
    bool in_out = row->change == GANGER_CHANGE_WORK || row->change == GANGER_CHANGE_PROJECT;
    return in_out ? change_in_out(place, problem, row) : change_target(place, problem, row);
}
