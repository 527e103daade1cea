/* Tiny makespan problems at random, and their optimum by trying every schedule. */
#ifndef GANGER_TESTS_MAKESPAN_SHOP_H
#define GANGER_TESTS_MAKESPAN_SHOP_H

#include "support/tiny.h"

enum { SHOP_WORKS = 6 };

/* What a random problem has, besides works, durations, renewables and precedences. */
enum shop_kind {
    SHOP_PLAIN,    /* one mode each, constant capacities */
    SHOP_MODES,    /* several modes, consumables */
    SHOP_PROJECTS, /* chains of their own that wait for a release */
    SHOP_LAGS,     /* start-start arcs, and lags */
    SHOP_VARYING,  /* capacities that change over time */
    SHOP_TIGHT,    /* a last work after all others, and a horizon that may be too short */
    SHOP_FREE,     /* lags and modes, but nothing scarce */
    SHOP_ALL,      /* any of these */
    SHOP_KINDS
};

/* Draws until the reader takes one. */
struct ganger_problem *shop_random(struct ganger_rng *rng, enum shop_kind kind);
/* The same with so many works, too many to try every schedule, and a horizon long enough. */
struct ganger_problem *shop_large(struct ganger_rng *rng, enum shop_kind kind, int works);

/* Adds a mandatory work with one mode m0 of that duration, that uses the resource if it is not NULL. */
void shop_work(struct tiny *tiny, const char *id, int duration, const char *resource, int amount);

/* The least makespan within the horizon, INT32_MAX if there is none. At most SHOP_WORKS works. */
int32_t shop_best(const struct ganger_problem *problem);

/* Is it a complete schedule that keeps all rules? mode[w]: index into modes. */
bool shop_holds(const struct ganger_problem *problem, const int32_t *start, const int32_t *mode);

#endif
