/* Random LPs of the kind that the period LP is: max c x, A x <= b, x >= 0, A of zeros and ones. */
#ifndef GANGER_TESTS_LP_RANDOM_LP_H
#define GANGER_TESTS_LP_RANDOM_LP_H

#include "base/rng.h"
#include "lp/lp.h"

enum { RANDOM_ROWS = 6, RANDOM_COLUMNS = 9 };

struct random_lp {
    double upper[RANDOM_ROWS];
    double objective[RANDOM_COLUMNS];
    int32_t count[RANDOM_COLUMNS], rows[RANDOM_COLUMNS][RANDOM_ROWS];
};

/* Every column has a row, so the optimum is finite. */
struct random_lp random_lp_draw(struct ganger_rng *rng);
/* New right-hand sides; some are 0. */
void random_lp_move(struct random_lp *lp, struct ganger_rng *rng);
struct ganger_lp *random_lp_load(const struct random_lp *lp);
/* The solved LP is optimal: primal and dual feasible, and both of the same value. */
bool random_lp_optimal(const struct random_lp *lp, const struct ganger_lp *solved);

#endif
