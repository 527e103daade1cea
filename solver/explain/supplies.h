/*
 * What there is of gangs, money and line over stretches of time, and the least that a work takes of it wherever its dates
 * let it start: supplies that a set of conditions limits.
 */
#ifndef GANGER_EXPLAIN_SUPPLIES_H
#define GANGER_EXPLAIN_SUPPLIES_H

#include "explain/dates.h"

struct ganger_supply {
    enum ganger_condition_kind kind; /* GANG, WINDOW or SEGMENT */
    int32_t index;                   /* renewable, resource or segment */
    int32_t from, to;                /* periods */
    double limit; /* with the referee's tolerance: no plan that it passes uses more */
    int32_t first_window,
        windows; /* of a consumable: windows next to each other, in supplies.window */
};

struct ganger_supplies {
    const struct ganger_problem *problem;
    int32_t count;
    struct ganger_supply *list;
    int32_t *window;   /* windows of the supplies */
    int32_t *working;  /* [(calendars + 1) * (periods + 1)] working periods before a boundary */
    int32_t *first_of; /* CSR by owner into `of`: renewables, then resources, then segments */
    int32_t *of;
};

/* Stretches begin and end at multiples of `block` periods, and those of a gang at powers of two of it; the whole horizon
 * is always among them. Windows are taken alone and in chains. */
bool ganger_supplies_init(struct ganger_supplies *supplies, const struct ganger_problem *problem,
                          int32_t block);
void ganger_supplies_clear(struct ganger_supplies *supplies);

/* True if all conditions that limit it hold. */
bool ganger_supply_holds(const struct ganger_supplies *supplies, int32_t supply,
                         const struct ganger_conditions *conditions);

/* Starts of one mode, first to last. */
struct ganger_starts {
    int32_t mode, first, last;
};

/* The least that the mode takes of the supply over those starts that its dates allow; INFINITY if they allow none. */
double ganger_supply_least(const struct ganger_supplies *supplies, int32_t supply,
                           const struct ganger_dates *dates, struct ganger_starts starts);

/* Lists the supplies that a mode takes something of (room for all of them); returns their number. */
int32_t ganger_supplies_of(const struct ganger_supplies *supplies, int32_t mode, int32_t *list);

#endif
