#include "check/discount.h"

#include "base/fixed.h"

#include <mpfr.h>

/* Far finer than the integers that come out. */
enum { PRECISION = 192 };

/* One end of an interval: `toward` this side, `away` to the other. */
struct side {
    mpfr_rnd_t toward, away;
    mpfr_t rate; /* ln(1 + rho), rounded away: the faster money loses, the less is left */
    mpfr_t other_rate, x, y;
};

static void open_side(struct side *side, double rho, mpfr_rnd_t toward)
{
    side->toward = toward;
    side->away = toward == MPFR_RNDD ? MPFR_RNDU : MPFR_RNDD;
    mpfr_inits2(PRECISION, side->rate, side->other_rate, side->x, side->y, (mpfr_ptr)NULL);
    mpfr_set_d(side->x, rho, MPFR_RNDN); /* exact */
    mpfr_log1p(side->rate, side->x, side->away);
    mpfr_log1p(side->other_rate, side->x, side->toward);
}

static void close_side(struct side *side)
{
    mpfr_clears(side->rate, side->other_rate, side->x, side->y, (mpfr_ptr)NULL);
}

/* x * 2^bits as an integer. */
static int64_t whole(struct side *side, int bits)
{
    mpfr_mul_2si(side->y, side->x, bits, side->toward); /* exact */
    return mpfr_get_si(side->y, side->toward);
}

/* x = disc(t) = exp(-rate * years) */
static void discount_at(struct side *side, const struct ganger_time *time, int32_t t)
{
    mpfr_mul_si(side->x, side->rate, 4L * time->period_days * t, side->away);
    mpfr_div_si(side->x, side->x, GANGER_YEAR_QUARTER_DAYS, side->away);
    mpfr_neg(side->x, side->x, side->toward);
    mpfr_exp(side->x, side->x, side->toward);
}

/* x = disc(T) * (1 - exp(-rate * H)) / rate. The fraction falls as the rate rises; with its two rates rounded
 * apart it is on the right side whatever the function. */
static void terminal(struct side *side, const struct ganger_time *time)
{
    discount_at(side, time, time->periods);
    if (time->discount_rate == 0) {
        mpfr_mul_d(side->x, side->x, time->terminal_years, side->toward);
        return;
    }
    mpfr_mul_d(side->y, side->other_rate, time->terminal_years, side->toward);
    mpfr_neg(side->y, side->y, side->away);
    mpfr_expm1(side->y, side->y, side->away);
    mpfr_neg(side->y, side->y, side->toward);
    mpfr_div(side->y, side->y, side->rate, side->toward);
    mpfr_mul(side->x, side->x, side->y, side->toward);
}

static void fill(const struct ganger_time *time, mpfr_rnd_t toward, int64_t *disc, int64_t *weight)
{
    struct side side;
    open_side(&side, time->discount_rate, toward);
    for (int32_t t = 0; t <= time->periods; t++) {
        discount_at(&side, time, t);
        disc[t] = whole(&side, GANGER_RATIO_BITS);
        mpfr_mul_si(side.x, side.x, 4L * time->period_days, toward);
        mpfr_div_si(side.x, side.x, GANGER_YEAR_QUARTER_DAYS, toward);
        weight[t] = whole(&side, GANGER_WEIGHT_BITS);
    }
    terminal(&side, time);
    weight[time->periods] = whole(&side, GANGER_WEIGHT_BITS);
    close_side(&side);
}

void ganger_discount_fill(const struct ganger_time *time, struct ganger_discount discount)
{
    fill(time, MPFR_RNDD, discount.low, discount.weight_low);
    fill(time, MPFR_RNDU, discount.high, discount.weight_high);
    mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE);
}
