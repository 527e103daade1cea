#include "throughput/closures.h"

#include "support/test.h"
#include "throughput/line_up.h"

enum { nodes = 5, links = 8, pieces = 4 };

static int pick(struct ganger_rng *rng, int count)
{
    return (int)ganger_rng_below(rng, count);
}

static void add_network(struct tiny *t, struct ganger_rng *rng)
{
    for (int v = 0; v < nodes; v++) {
        tiny_add(t, TINY_NODE, "n%d,false", v);
    }
    for (int l = 0; l < links; l++) {
        int from = l < nodes ? l : pick(rng, nodes);
        int to = l < nodes ? (l + 1) % nodes : (from + 1 + pick(rng, nodes - 1)) % nodes;
        tiny_add(t, TINY_LINK, "l%d,n%d,n%d,%s,0", l, from, to, pick(rng, 2) ? "false" : "true");
        int capacity = 3 + pick(rng, 6);
        for (int i = 0; i < pieces; i++) {
            tiny_add(t, TINY_SEGMENT, "q%d-%d,l%d,n%d,%d,%d,%d.5,%s,0.4", l, i, l, from, i, i + 1,
                     capacity + (pick(rng, 4) == 0), pick(rng, 3) ? "" : "0.3");
        }
    }
    tiny_add(t, TINY_DEMAND, "d,n0,n2,%d", 1 + pick(rng, 4));
    tiny_add(t, TINY_PROFILE, "d,0,%d", 4 + pick(rng, 30));
    tiny_add(t, TINY_PROFILE, "d,%d,%d", 1 + pick(rng, 3), 4 + pick(rng, 30));
    tiny_add(t, TINY_CALENDAR, "pause,%d,%d,0", 2, 3);
}

static void add_work(struct tiny *t, struct ganger_rng *rng, int w)
{
    int duration = 1 + pick(rng, 3), earliest = pick(rng, t->periods - duration);
    int deadline = earliest + duration + 2 + pick(rng, 5);
    bool due = pick(rng, 3) == 0, calendar = pick(rng, 3) == 0;
    deadline = deadline < t->periods ? deadline : t->periods;
    /* Works 2k and 2k + 1 lie on one link, each on a segment of its own. */
    tiny_add(t, TINY_WORK, "w%d,repair,q%d-%d,1,0,false,%d,%d,%s,%s,true,%s,,", w, w / 2 % links,
             w / 2 / links * 2 + w % 2, earliest, deadline, due ? "3" : "", due ? "0.2" : "",
             calendar ? "pause" : "");
    tiny_add(t, TINY_MODE, "w%d,a,%d,0.%d,0", w, duration, pick(rng, 10));
    if (pick(rng, 2)) {
        tiny_add(t, TINY_MODE, "w%d,b,%d,0.%d,0.5", w, duration + 1, pick(rng, 10));
    }
}

struct ganger_problem *closures_draw(struct ganger_rng *rng, int periods, int works)
{
    struct ganger_problem *problem = NULL;
    for (int i = 0; i < 100 && !problem; i++) {
        struct tiny t;
        tiny_init(&t, periods);
        t.discount_rate = 0.07;
        t.terminal_years = 1;
        add_network(&t, rng);
        for (int w = 0; w < works; w++) {
            add_work(&t, rng, w);
        }
        problem = tiny_try(&t);
        if (problem &&
            !ganger_line_up_applies(problem)) { /* a pause can leave a work without a start */
            ganger_problem_destroy(problem);
            problem = NULL;
        }
    }
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    return problem;
}
