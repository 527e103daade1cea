/*
 * Making new schedules out of others: lists by priority rules, by crossover or by stirring, generated in
 * groups.
 *
 * A breeder is the scratch of one logical worker. Its random numbers are the caller's stream.
 *
 * Crossover by intervals (after Debels and Vanhoucke, INFORMS J. Computing 2007): the child does what the
 * father does within an interval of time, one where he uses the renewables better than the mother does;
 * everything else it takes in the mother's order, as far as precedences leave it. Stirring moves a few
 * neighbouring works of one schedule far forward or back in its list. Parents are schedules of one
 * direction, the child is generated in the other: each generation also justifies.
 */
#ifndef GANGER_MAKESPAN_BREEDER_H
#define GANGER_MAKESPAN_BREEDER_H

#include "base/rng.h"
#include "makespan/population.h"

/* How children are made. */
struct ganger_manner {
    double shortest, longest; /* of the interval taken from the father, as shares of his makespan */
    int32_t stirred;          /* works, about, that a stir looks at */
    double reach;             /* how far it moves them at most, as a share of the makespan */
};

struct ganger_breeder {
    const struct ganger_makespan_model *model;
    struct ganger_rng rng;
    struct ganger_manner manner; /* the caller's */
    struct ganger_serial_job jobs[GANGER_SERIAL_GROUP];
    int32_t *list[GANGER_SERIAL_GROUP]; /* [works] each */
    int32_t *key;                       /* [works + 1] */
    int32_t *near;                      /* [2 * (works + 1)] scratch of a stir */
    int32_t *count;                     /* [4 * (periods + 2) + 2] of the sort */
    int32_t first_key, last_key;        /* of a stir: what it changed lies between these keys */
    int32_t *moment[2];                 /* [works + 1] of father and mother */
    int64_t *energy[2];                 /* [periods + 2] of father and mother before each time */
    struct ganger_population *litter;   /* room for one group of children */
    struct ganger_population *group;    /* room for one more group: the caller's */
    struct ganger_population *best;     /* one member: the best the caller kept here */
    enum ganger_direction best_direction;
    int64_t *used;       /* [consumables] */
    void *block, *cells; /* what the arrays above and the jobs' lie in */
    int64_t schedules;
};

struct ganger_breeder *ganger_breeder_create(const struct ganger_makespan_model *model);
void ganger_breeder_destroy(struct ganger_breeder *breeder);

/* The direction in which the children of schedules of `direction` are generated. */
enum ganger_direction ganger_breeder_target(const struct ganger_makespan_model *model,
                                            enum ganger_direction direction);

/* Fills members first .. last-1 of `young` with forward schedules from sampled priority lists. */
void ganger_breeder_sample(struct ganger_breeder *breeder, struct ganger_population *young,
                           int32_t first, int32_t last);

/* Fills members first .. last-1 of `young`, generated in the target of the parents' direction; the mother of
 * a child is the member of the same number; the share `stirred` has no other parent, the fathers of the rest win
 * tournaments. */
void ganger_breeder_cross(struct ganger_breeder *breeder, const struct ganger_population *parents,
                          enum ganger_direction direction, double stirred,
                          struct ganger_population *young, int32_t first, int32_t last);

/* A schedule as a parent; `mirrored` has it seen from the other end of time. */
struct ganger_parent {
    const int32_t *start, *mode;
    int32_t makespan;
    bool mirrored;
};
struct ganger_parent ganger_breeder_parent(const struct ganger_breeder *breeder,
                                           const struct ganger_population *population,
                                           int32_t member);
/* Winner of a tournament. */
int32_t ganger_breeder_choose(struct ganger_breeder *breeder,
                              const struct ganger_population *population);
/* Places in a list, `to` exclusive. */
struct ganger_span {
    int32_t first, to;
};
/* Makes list number q of the group for a child in the litter: of two parents, or of a mother alone
 * (father NULL: stirred). No parent may have failed to find a place. Returns where it may differ from the list of the
 * mother's own order. */
struct ganger_span ganger_breeder_conceive(struct ganger_breeder *breeder,
                                           const struct ganger_parent *father,
                                           const struct ganger_parent *mother,
                                           enum ganger_direction target, int32_t q);
/* Pushes a forward schedule to the left, into row `at` of `early`, and to the right, likewise of `late`, until both
 * have one makespan; both in forward time. Where time has no mirror there is no right, and `late` is `early`. */
void ganger_breeder_push(struct ganger_breeder *breeder, const struct ganger_parent *parent,
                         struct ganger_population *early, struct ganger_population *late,
                         int32_t at);
/* List number q of the group was generated into the litter: rates it, and keeps the best ever as `best`. */
void ganger_breeder_deliver(struct ganger_breeder *breeder, enum ganger_direction target,
                            int32_t q);

#endif
