#include "support/crowded.h"

#include "support/tiny.h"

#include <math.h>

enum { PERIODS = 12 };

struct ganger_problem *crowded_random(struct ganger_rng *rng, int most)
{
    struct tiny t;
    int works = 1 + ganger_rng_below(rng, most);
    tiny_init(&t, PERIODS);
    tiny_add(&t, TINY_NODE, "n0,true");
    tiny_add(&t, TINY_NODE, "n1,true");
    tiny_add(&t, TINY_LINK, "l0,n0,n1,false,0.1");
    bool unbuilt = ganger_rng_below(rng, 5) == 0;
    tiny_add(&t, TINY_SEGMENT, "s0,l0,n0,0,10,%g,%g,0.3",
             unbuilt ? 0 : 4 + 8 * ganger_rng_unit(rng),
             ganger_rng_below(rng, 3) == 0 ? 0 : 0.4 * ganger_rng_unit(rng));
    for (int w = 0; w < works; w++) {
        bool renews = ganger_rng_below(rng, 2) == 0;
        double gain = w > 0 && ganger_rng_below(rng, 4) == 0 ? 0 : 5 * ganger_rng_unit(rng);
        tiny_add(&t, TINY_WORK, "w%d,%s,s0,10,%.17g,%s,,,,,false,,,", w,
                 unbuilt  ? "build"
                 : renews ? "repair"
                          : "upgrade",
                 gain, renews ? "true" : "false");
        tiny_add(&t, TINY_MODE, "w%d,blockade,2,1,0", w);
        tiny_add(&t, TINY_MODE, "w%d,window,3,1,%g", w, 0.3 + 0.7 * ganger_rng_unit(rng));
    }
    bool ordered = ganger_rng_below(rng, 2) == 0;
    for (int w = 1; ordered && w < works; w++) {
        if (ganger_rng_below(rng, 2)) {
            tiny_add(&t, TINY_PRECEDENCE, "w%d,w%d,FS,0", ganger_rng_below(rng, w), w);
        }
    }
    for (int k = 0; k < 2; k++) {
        tiny_add(&t, TINY_DEMAND, "d%d,n0,n1,20", k);
        tiny_add(&t, TINY_PROFILE, "d%d,0,%d", k, k == 0 ? 8 : 5);
        tiny_add(&t, TINY_PROFILE, "d%d,6,%g", k, 1 + 9 * ganger_rng_unit(rng));
    }
    return tiny_read(&t);
}

bool crowded_may_be(const struct ganger_problem *problem, uint32_t finished, int32_t mode)
{
    const struct ganger_problem *p = problem;
    uint32_t begun = mode == GANGER_NONE ? finished : finished | 1U << p->modes.work[mode];
    bool may = mode == GANGER_NONE || !(finished >> p->modes.work[mode] & 1);
    for (int32_t i = 0; i < p->precedences.count; i++) {
        may = may && (!(begun >> p->precedences.successor[i] & 1) ||
                      (finished >> p->precedences.predecessor[i] & 1));
    }
    return may;
}

double crowded_capacity(const struct ganger_problem *problem, int32_t t, uint32_t finished,
                        int32_t mode)
{
    const struct ganger_problem *p = problem;
    double health =
        fmax(p->segments.floor[0], 1 - p->segments.decay[0] * t * p->time.years_per_period);
    double gain = 0;
    for (int32_t w = 0; w < p->works.count; w++) {
        if (finished >> w & 1) {
            gain += p->works.gain[w];
            health = p->works.renews[w] ? 1 : health;
        }
    }
    return (p->segments.capacity[0] * health + gain) *
           (mode == GANGER_NONE ? 1 : p->modes.factor[mode]);
}
