#include "support/new_lines.h"

#include "support/tiny.h"

struct ganger_problem *new_lines(int periods)
{
    struct tiny t;
    tiny_init(&t, 20);
    for (int v = 0; v < 5; v++) {
        tiny_add(&t, TINY_NODE, "n%d,false", v);
    }
    tiny_add(&t, TINY_LINK, "old,n0,n1,false,0.01");
    tiny_add(&t, TINY_LINK, "west,n1,n2,false,0.01");
    tiny_add(&t, TINY_LINK, "east,n2,n3,false,0.01");
    tiny_add(&t, TINY_LINK, "branch,n2,n4,false,0.01");
    tiny_add(&t, TINY_SEGMENT, "o,old,n0,0,10,10,0,1");
    for (int i = 0; i < 3; i++) {
        tiny_add(&t, TINY_SEGMENT, "w%d,west,n1,%d,%d,0,0,1", i, 10 * i, 10 * i + 10);
    }
    tiny_add(&t, TINY_SEGMENT, "e0,east,n2,0,10,0,0,1");
    tiny_add(&t, TINY_SEGMENT, "b0,branch,n2,0,10,0,0,1");
    tiny_add(&t, TINY_DEMAND, "d,n0,n3,5");
    tiny_add(&t, TINY_PROFILE, "d,0,3");
    static const char *const segments[NEW_LINE_WORKS] = {"w0", "w1", "w2", "e0", "b0"};
    for (int i = 0; i < NEW_LINE_WORKS; i++) {
        tiny_add(&t, TINY_WORK, "%s,build,%s,10,5,,,,,,false,,,", segments[i], segments[i]);
        tiny_add(&t, TINY_MODE, "%s,m,%d,0,0", segments[i], periods);
    }
    return tiny_read(&t);
}

struct ganger_problem *new_line_between(struct ganger_rng *rng, int segments, int periods)
{
    struct tiny t;
    bool instant = ganger_rng_below(rng, 8) == 0;
    int rest = 1 + ganger_rng_below(rng, periods - 2);
    tiny_init(&t, periods);
    tiny_add(&t, TINY_NODE, "n0,true");
    tiny_add(&t, TINY_NODE, "n1,true");
    tiny_add(&t, TINY_LINK, "line,n0,n1,false,0.01");
    tiny_add(&t, TINY_CALENDAR, "pause,%d,%d,0", rest, rest + 1);
    for (int i = 0; i < segments; i++) {
        bool pauses = ganger_rng_below(rng, 2) == 0;
        int duration = instant && ganger_rng_below(rng, 3) == 0 ? 0 : 1 + ganger_rng_below(rng, 2);
        double cost = 3 * ganger_rng_unit(rng);
        tiny_add(&t, TINY_SEGMENT, "s%d,line,n0,%d,%d,0,0,1", i, 10 * i, 10 * i + 10);
        tiny_add(&t, TINY_WORK, "w%d,build,s%d,10,5,,,,,,false,%s,,", i, i, pauses ? "pause" : "");
        tiny_add(&t, TINY_MODE, "w%d,short,%d,%g,0", i, duration, 2 * cost);
        if (ganger_rng_below(rng, 2)) {
            tiny_add(&t, TINY_MODE, "w%d,long,%d,%g,0", i, duration + 1, cost);
        }
    }
    double volume = 1 + 3 * ganger_rng_unit(rng);
    tiny_add(&t, TINY_DEMAND, "d,n0,n1,5");
    tiny_add(&t, TINY_PROFILE, "d,0,%g", volume);
    return tiny_read(&t);
}
