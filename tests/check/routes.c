/* The referee's distances against Bellman and Ford, in whole units. */
#include "check/route.h"
#include "check/suites.h"
#include "support/tiny.h"

#include <string.h>

enum { NODES = 9, LINKS = 18, DEMANDS = 8, ROWS = 3, NETWORKS = 120 };

static int pick(struct ganger_rng *rng, int count)
{
    return (int)ganger_rng_below(rng, count);
}

/* A line with chords; few origins and many destinations in every other one, and the other way round. */
static struct ganger_problem *draw(struct ganger_rng *rng, bool few_origins)
{
    struct tiny t;
    tiny_init(&t, 2);
    for (int v = 0; v < NODES; v++) {
        tiny_add(&t, TINY_NODE, "n%d,false", v);
    }
    for (int l = 0; l < LINKS; l++) {
        int from = l < NODES - 1 ? l : pick(rng, NODES), to = l < NODES - 1 ? l + 1 : from;
        to = to == from ? (from + 1 + pick(rng, NODES - 1)) % NODES : to;
        tiny_add(&t, TINY_LINK, "l%d,n%d,n%d,%s,0.1", l, from, to,
                 l < NODES - 1 || pick(rng, 3) ? "false" : "true");
        tiny_add(&t, TINY_SEGMENT, "q%d,l%d,n%d,0,5,5,,", l, l, from);
    }
    for (int k = 0; k < DEMANDS; k++) {
        int hub = pick(rng, 2), other = 2 + pick(rng, NODES - 2);
        tiny_add(&t, TINY_DEMAND, "d%d,n%d,n%d,9", k, few_origins ? hub : other,
                 few_origins ? other : hub);
    }
    tiny_add(&t, TINY_PROFILE, "d0,0,1");
    tiny_add(&t, TINY_WORK, "w,repair,q0,5,0,false,,,,,false,,,");
    tiny_add(&t, TINY_MODE, "w,m,1,1,1");
    struct ganger_problem *problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    return problem;
}

static int64_t bellman_ford(const struct ganger_problem *p, const int64_t *length, int32_t k)
{
    int64_t distance[NODES];
    for (int v = 0; v < NODES; v++) {
        distance[v] = v == p->demands.origin[k] ? 0 : GANGER_ROUTE_FAR;
    }
    for (int pass = 0; pass < NODES; pass++) {
        for (int a = 0; a < 2 * LINKS; a++) {
            bool back = a % 2 != 0;
            int32_t from = back ? p->links.to[a / 2] : p->links.from[a / 2];
            int32_t to = back ? p->links.from[a / 2] : p->links.to[a / 2];
            bool passable = !back || !p->links.directed[a / 2];
            if (passable && distance[from] + length[a] < distance[to]) {
                distance[to] = distance[from] + length[a];
            }
        }
    }
    return distance[p->demands.destination[k]];
}

static void compare(struct ganger_rng *rng, struct ganger_problem *p, int *near, int *far)
{
    int64_t length[ROWS * 2 * LINKS], value[DEMANDS], reached[ROWS * DEMANDS], least[2 * LINKS];
    struct ganger_routes routes;
    for (int i = 0; i < ROWS * 2 * LINKS; i++) {
        int kind = pick(rng, 12);
        length[i] = kind == 0   ? GANGER_ROUTE_FAR
                    : kind == 1 ? 0
                                : pick(rng, 100) * (pick(rng, 2) ? 1 : INT64_C(1) << 40);
        if (i >= 2 * LINKS && pick(rng, 2)) { /* rows have much in common */
            length[i] = length[i - 2 * LINKS];
        }
    }
    for (int k = 0; k < DEMANDS; k++) {
        value[k] = pick(rng, 4) ? pick(rng, 200) * (INT64_C(1) << 40) - 3 : pick(rng, 100) - 5;
    }
    CU_ASSERT_FATAL(ganger_routes_open(&routes, p));
    for (int again = 0; again < 2; again++) { /* the scratch is used again */
        memset(reached, 0, sizeof reached);
        ganger_routes_measure(&routes,
                              (struct ganger_route_request){ROWS, length, value, reached, least});
        for (int i = 0; i < ROWS * DEMANDS; i++) {
            int k = i % DEMANDS;
            const int64_t *row = length + i / DEMANDS * 2 * LINKS;
            int64_t distance = bellman_ford(p, row, k);
            CU_ASSERT_EQUAL(reached[i], distance < value[k] ? distance : GANGER_ROUTE_FAR);
            CU_ASSERT_EQUAL(ganger_routes_measure_one(&routes, k, row, value[k]), reached[i]);
            *near += distance < value[k];
            *far += distance >= value[k];
        }
    }
    ganger_routes_close(&routes);
}

static void distances_are_exact(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 33, 0, 0);
    int near = 0, far = 0;
    for (int i = 0; i < NETWORKS; i++) {
        struct ganger_problem *problem = draw(&rng, i % 2 == 0);
        compare(&rng, problem, &near, &far);
        ganger_problem_destroy(problem);
    }
    CU_ASSERT(near > NETWORKS && far > NETWORKS); /* the draw must not degenerate */
}

static const struct ganger_test tests[] = {{"distances are exact", distances_are_exact},
                                           {NULL, NULL}};
const struct ganger_suite routes_suite = {"routes", "property", tests};
