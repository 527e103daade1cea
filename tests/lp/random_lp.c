#include "lp/random_lp.h"

#include <math.h>

static const double tolerance = 1e-7;

void random_lp_move(struct random_lp *lp, struct ganger_rng *rng)
{
    for (int32_t i = 0; i < RANDOM_ROWS; i++) {
        lp->upper[i] = ganger_rng_below(rng, 4) == 0 ? 0 : 10 * ganger_rng_unit(rng);
    }
}

struct random_lp random_lp_draw(struct ganger_rng *rng)
{
    struct random_lp lp = {0};
    random_lp_move(&lp, rng);
    for (int32_t j = 0; j < RANDOM_COLUMNS; j++) {
        lp.objective[j] = ganger_rng_below(rng, 12) - 2;
        while (lp.count[j] == 0) {
            for (int32_t i = 0; i < RANDOM_ROWS; i++) {
                if (ganger_rng_below(rng, 3) == 0) {
                    lp.rows[j][lp.count[j]++] = i;
                }
            }
        }
    }
    return lp;
}

struct ganger_lp *random_lp_load(const struct random_lp *lp)
{
    struct ganger_lp *loaded = ganger_lp_create();
    for (int32_t i = 0; loaded && i < RANDOM_ROWS; i++) {
        ganger_lp_add_row(loaded, lp->upper[i]);
    }
    for (int32_t j = 0; loaded && j < RANDOM_COLUMNS; j++) {
        ganger_lp_add_column(loaded, lp->objective[j], lp->rows[j], lp->count[j]);
    }
    return loaded;
}

bool random_lp_optimal(const struct random_lp *lp, const struct ganger_lp *solved)
{
    double load[RANDOM_ROWS] = {0};
    double primal = 0;
    double dual = 0;
    for (int32_t j = 0; j < RANDOM_COLUMNS; j++) {
        double level = ganger_lp_level(solved, j);
        double price = 0;
        primal += lp->objective[j] * level;
        for (int32_t i = 0; i < lp->count[j]; i++) {
            load[lp->rows[j][i]] += level;
            price += ganger_lp_price(solved, lp->rows[j][i]);
        }
        if (level < 0 || price < lp->objective[j] - tolerance) {
            return false;
        }
    }
    for (int32_t i = 0; i < RANDOM_ROWS; i++) {
        double price = ganger_lp_price(solved, i);
        dual += price * lp->upper[i];
        if (price < 0 || load[i] > lp->upper[i] + tolerance) {
            return false;
        }
    }
    double value = ganger_lp_value(solved);
    return fabs(primal - value) < tolerance * (1 + fabs(value)) &&
           fabs(dual - value) < tolerance * (1 + fabs(value));
}
