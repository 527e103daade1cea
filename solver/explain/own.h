/* The work that is being explained, and the places that it could have; used by work.c. */
#ifndef GANGER_EXPLAIN_OWN_H
#define GANGER_EXPLAIN_OWN_H

#include "explain/obstacles.h"
#include "explain/parts.h"

enum { GANGER_OWN_STOPS_MAX = 128 };

/* What stood in the way, how often, and of which starts. */
struct ganger_own_stop {
    struct ganger_obstacle obstacle;
    int32_t starts, first, last;
};

struct ganger_own_tally {
    struct ganger_own_stop row[GANGER_OWN_STOPS_MAX];
    int32_t rows;
    int32_t tried, allowed;
    int32_t best_mode, best_start; /* of the allowed ones */
    struct ganger_change best;
    int32_t wish_mode, wish_start; /* of all that the work's own dates allow */
    struct ganger_change wish;
};

/* The work at hand; what_if has chosen it. */
struct ganger_own {
    struct ganger_explaining *x;
    int32_t work;
    json_t *row;
    struct ganger_change now; /* as it stands in the plan, against being left out */
};

bool ganger_own_is_makespan(const struct ganger_own *own);
/* "change" and its terms, into a row. */
void ganger_own_put_change(struct ganger_own *own, json_t *row, struct ganger_change change);

/* A place that the work could have, against the one it has (or none), at the end of an array. */
void ganger_own_put_place(struct ganger_own *own, json_t *array, const char *label, int32_t mode,
                          int32_t start);
void ganger_own_print_places(struct ganger_own *own, json_t *array, const char *heading);

/* An empty tally; then any number of starts are tried: what stops them, and the best that is left. */
struct ganger_own_tally ganger_own_tally_empty(void);
void ganger_own_try(struct ganger_own *own, struct ganger_own_tally *tally, int32_t mode,
                    int32_t start);
/* The tally as an array of the work's row, and that array as a table. */
void ganger_own_put_tally(struct ganger_own *own, struct ganger_own_tally *tally, const char *key);
void ganger_own_print_tally(struct ganger_own *own, const char *key);

#endif
