/* Resources, their capacities and windows, what modes use of them, calendars. */
#include "instance/validate.h"

#include <math.h>
#include <stdlib.h>

/* Capacities of renewables are 32-bit integers, with room to add them up over works. */
static const double most_renewable = 1e9;

static void check_limits(const struct ganger_validation *v)
{
    const struct ganger_resources *r = &v->problem->resources;
    for (int32_t row = 0; row < r->capacity_rows; row++) {
        double limit = r->row_limit[row];
        if (r->kind[r->row_resource[row]] == GANGER_RESOURCE_RENEWABLE &&
            (limit != floor(limit) || limit > most_renewable)) {
            ganger_validation_refuse(v, "capacity.csv", row, "limit",
                                     "expected an integer >= 0, since the resource is renewable, "
                                     "found %.15g",
                                     limit);
        }
    }
}

/* The windows of a consumable may overlap: each is a limit of its own. */
static bool check_overlaps(const struct ganger_validation *v)
{
    const struct ganger_resources *r = &v->problem->resources;
    const struct ganger_calendars *c = &v->problem->calendars;
    bool *skip = calloc((size_t)r->capacity_rows + 1, sizeof *skip);
    if (skip == NULL) {
        return false;
    }
    for (int32_t row = 0; row < r->capacity_rows; row++) {
        skip[row] = r->kind[r->row_resource[row]] != GANGER_RESOURCE_RENEWABLE;
    }
    const struct ganger_keyed_rows capacities = {.table = "capacity.csv",
                                                 .column = "from",
                                                 .rows = r->capacity_rows,
                                                 .keys = {r->row_resource},
                                                 .from = r->row_from,
                                                 .to = r->row_to,
                                                 .skip = skip};
    const struct ganger_keyed_rows calendars = {.table = "calendar.csv",
                                                .column = "from",
                                                .rows = c->rows,
                                                .keys = {c->row_calendar},
                                                .from = c->row_from,
                                                .to = c->row_to};
    bool done = ganger_validate_disjoint(v, &capacities) && ganger_validate_disjoint(v, &calendars);
    free(skip);
    return done;
}

bool ganger_validate_resources(const struct ganger_validation *v)
{
    const struct ganger_problem *p = v->problem;
    int32_t budget = p->resources.budget;
    if (budget != GANGER_NONE && p->resources.kind[budget] != GANGER_RESOURCE_CONSUMABLE) {
        ganger_validation_refuse(v, "resource.csv", budget, "kind",
                                 "expected consumable: the resource \"budget\" is money");
    }
    for (int32_t use = 0; budget != GANGER_NONE && use < p->modes.uses; use++) {
        if (p->modes.use_resource[use] == budget) {
            ganger_validation_refuse(v, "usage.csv", use, "resource_id",
                                     "what a mode takes of \"budget\" is its cost in mode.csv");
        }
    }
    check_limits(v);
    const struct ganger_keyed_rows uses = {.table = "usage.csv",
                                           .column = "resource_id",
                                           .rows = p->modes.uses,
                                           .keys = {p->modes.use_mode, p->modes.use_resource}};
    return check_overlaps(v) &&
           ganger_validate_unique(v, &uses, "the mode's use of this resource already stands in");
}
