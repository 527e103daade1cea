/*
 * Keys that order the works of a child in its list, made of its parents' schedules. All fill breeder->key, and
 * return what no key is above.
 */
#ifndef GANGER_MAKESPAN_KEYS_H
#define GANGER_MAKESPAN_KEYS_H

#include "makespan/breeder.h"

/* The father's order within an interval where he uses the renewables better, the mother's before and after it;
 * his modes there, hers elsewhere, if child_mode is not NULL. Precedences are yet to be respected. */
int32_t ganger_keys_cross(struct ganger_breeder *breeder, const struct ganger_parent *father,
                          const struct ganger_parent *mother, int32_t *child_mode);
/* The mother's order with a few neighbouring works moved. Respects precedences without lag. */
int32_t ganger_keys_stir(struct ganger_breeder *breeder, const struct ganger_parent *mother,
                         enum ganger_direction target, int32_t *child_mode);
/* The order of the parent as it is. */
int32_t ganger_keys_keep(struct ganger_breeder *breeder, const struct ganger_parent *parent,
                         int32_t *child_mode);
/* Raises keys so that no work comes before its predecessors. */
void ganger_keys_respect(struct ganger_breeder *breeder, enum ganger_direction target);

#endif
