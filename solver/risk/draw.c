#include "risk/draw.h"

#include "base/rng.h"

#include <math.h>
#include <string.h>

/* Streams: one for each work, each group and each year. */
enum { STREAM_GROUP = 1 << 29, STREAM_YEAR = 1 << 30 };

/* No work takes more than ten times its duration: what is beyond is another project. */
static const double largest_factor = 10;

/* Standard normal (Box and Muller, 1958). */
static double normal(const struct ganger_risk_world *world, int32_t stream, int32_t sample)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, world->options->seed, (uint32_t)stream, (uint64_t)sample);
    double radius = sqrt(-2 * log1p(-ganger_rng_unit(&rng)));
    return radius * cos(2 * M_PI * ganger_rng_unit(&rng));
}

int32_t ganger_risk_duration(const struct ganger_risk_world *world, int32_t work, int32_t sample)
{
    const struct ganger_problem *p = world->problem;
    int32_t duration = p->modes.duration[world->mode[work]];
    double mu = world->mu[p->works.kind[work]], sigma = world->sigma[p->works.kind[work]];
    double common = world->options->correlation_percent / 100;
    if (duration == 0 || (mu == 0 && sigma == 0)) {
        return duration;
    }
    double luck = sqrt(common) * normal(world, STREAM_GROUP + world->group[work], sample) +
                  sqrt(1 - common) * normal(world, work, sample);
    double factor = fmin(exp(mu + sigma * luck), largest_factor);
    int64_t drawn = llround(duration * factor);
    return drawn < 1 ? 1 : drawn < INT32_MAX / 200 ? (int32_t)drawn : INT32_MAX / 200;
}

static void fill(uint8_t *productivity, int32_t from, int32_t to, uint8_t value)
{
    for (int32_t t = from; t < to; t++) {
        productivity[t] = value;
    }
}

/* Moves one end of a winter outward by so many periods (inward if negative). Weather does not end at the ends of what
 * is looked at. */
static void move_start(uint8_t *productivity, const struct ganger_risk_winter *winter, int32_t by)
{
    if (winter->from > 0 && by > 0) {
        fill(productivity, by < winter->from ? winter->from - by : 0, winter->from,
             productivity[winter->from]);
    } else if (winter->from > 0) {
        fill(productivity, winter->from, winter->from - by, productivity[winter->from - 1]);
    }
}

static void move_end(uint8_t *productivity, const struct ganger_risk_winter *winter,
                     int32_t horizon, int32_t by)
{
    if (winter->to < horizon && by > 0) {
        fill(productivity, winter->to, by < horizon - winter->to ? winter->to + by : horizon,
             productivity[winter->to - 1]);
    } else if (winter->to < horizon) {
        fill(productivity, winter->to + by, winter->to, productivity[winter->to]);
    }
}

void ganger_risk_productivity(const struct ganger_risk_world *world, int32_t sample,
                              uint8_t *productivity)
{
    int32_t horizon = world->horizon;
    memcpy(productivity, world->productivity,
           ((size_t)world->problem->calendars.count + 1) * (size_t)horizon);
    if (!(world->options->winter_percent > 0)) {
        return;
    }
    for (int32_t i = 0; i < world->winters; i++) {
        const struct ganger_risk_winter *winter = &world->winter[i];
        int32_t length = winter->to - winter->from;
        double luck = normal(world, STREAM_YEAR + winter->year, sample);
        double change = length * world->options->winter_percent / 100 * luck;
        int32_t by = (int32_t)lround(fmax(-length, fmin(change, length)));
        uint8_t *row = productivity + (int64_t)winter->calendar_row * horizon;
        move_end(row, winter, horizon, by - by / 2);
        move_start(row, winter, by / 2);
    }
}
