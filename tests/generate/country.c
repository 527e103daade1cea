/* The network of a made-up country is one that a country could have. */
#include "generate/suites.h"
#include "instance/fits.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct shape {
    int32_t works, links;
} shapes[] = {{20, 10}, {20, 40}, {100, 0}, {100, 200}, {500, 25}, {1000, 0}};
enum { SHAPES = sizeof shapes / sizeof *shapes, SEEDS = 3 };

/* Calls `test` for each shape and a few seeds. */
static void for_all(void (*test)(const struct ganger_problem *))
{
    for (int i = 0; i < SHAPES; i++) {
        for (uint64_t seed = 0; seed < SEEDS; seed++) {
            struct ganger_problem *p = made_up(shapes[i].works, shapes[i].links, seed);
            test(p);
            ganger_problem_destroy(p);
        }
    }
}

static bool open_today(const struct ganger_problem *p, int32_t link)
{
    return p->segments.capacity[p->links.segment_list[p->links.first_segment[link]]] > 0;
}

static void expect_connected(const struct ganger_problem *p)
{
    int32_t *mark = calloc((size_t)p->nodes.count, sizeof *mark), reached = 1;
    CU_ASSERT_PTR_NOT_NULL_FATAL(mark);
    mark[0] = 1;
    for (bool more = true; more;) {
        more = false;
        for (int32_t l = 0; l < p->links.count; l++) {
            int32_t from = p->links.from[l], to = p->links.to[l];
            if (open_today(p, l) && mark[from] != mark[to]) {
                mark[from] = mark[to] = 1;
                reached++;
                more = true;
            }
        }
    }
    CU_ASSERT_EQUAL(reached, p->nodes.count);
    free(mark);
}

static void todays_network_is_connected(void)
{
    for_all(expect_connected);
}

/* Sign of the area that a, b and c span. */
static int turn(const struct ganger_problem *p, int32_t a, int32_t b, int32_t c)
{
    double area = (p->nodes.x[b] - p->nodes.x[a]) * (p->nodes.y[c] - p->nodes.y[a]) -
                  (p->nodes.y[b] - p->nodes.y[a]) * (p->nodes.x[c] - p->nodes.x[a]);
    return (area > 1e-12) - (area < -1e-12);
}

static bool cross(const struct ganger_problem *p, int32_t k, int32_t l)
{
    int32_t a = p->links.from[k], b = p->links.to[k], c = p->links.from[l], d = p->links.to[l];
    return a != c && a != d && b != c && b != d && turn(p, a, b, c) * turn(p, a, b, d) < 0 &&
           turn(p, c, d, a) * turn(p, c, d, b) < 0;
}

static void expect_planar(const struct ganger_problem *p)
{
    int32_t crossings = 0;
    for (int32_t k = 0; k < p->links.count; k++) {
        for (int32_t l = 0; l < k; l++) {
            crossings += cross(p, k, l);
        }
    }
    CU_ASSERT_EQUAL(crossings, 0);
}

static void no_two_lines_cross(void)
{
    for_all(expect_planar);
}

static void expect_kinds(const struct ganger_problem *p)
{
    static const char *const kinds[] = {"rail", "border", "port", "terminal"};
    int32_t count[4] = {0}, unbuilt = 0;
    for (int32_t l = 0; l < p->links.count; l++) {
        for (int i = 0; i < 4; i++) {
            count[i] += strcmp(p->links.facility_type[l], kinds[i]) == 0;
        }
        unbuilt += !open_today(p, l);
        CU_ASSERT_TRUE(p->links.length_km[l] >= 1 - 1e-9);
    }
    CU_ASSERT_EQUAL(count[0] + count[1] + count[2] + count[3], p->links.count);
    CU_ASSERT_TRUE(count[1] > 0);
    CU_ASSERT_TRUE(count[1] + count[2] + count[3] < p->links.count / 3);
    CU_ASSERT_TRUE(unbuilt > 0 && unbuilt < p->links.count / 3);
    CU_ASSERT_TRUE(p->links.count < 100 || (count[2] > 0 && count[3] > 0));
}

static void lines_gates_and_new_lines(void)
{
    for_all(expect_kinds);
}

static void expect_freight(const struct ganger_problem *p)
{
    bool *reachable = calloc((size_t)p->demands.count, sizeof *reachable);
    CU_ASSERT_PTR_NOT_NULL_FATAL(reachable);
    CU_ASSERT_TRUE(ganger_fits_paths(p, false, reachable));
    double first = 0, last = 0;
    for (int32_t k = 0; k < p->demands.count; k++) {
        CU_ASSERT_TRUE(reachable[k]);
        CU_ASSERT_TRUE(p->demands.value[k] > 0);
        first += ganger_problem_volume(p, k, 0);
        last += ganger_problem_volume(p, k, p->time.periods);
    }
    CU_ASSERT_TRUE(first > 0 && last > first);
    free(reachable);
}

static void freight_has_a_way_and_grows(void)
{
    for_all(expect_freight);
}

/* Great enough countries have main lines, worn and less worn track, single and double. */
static void main_lines_and_wear(void)
{
    struct ganger_problem *p = made_up(1000, 0, 3);
    int32_t named = 0, worn = 0;
    double least = INFINITY, most = 0;
    for (int32_t l = 0; l < p->links.count; l++) {
        named += strstr(p->links.name[l], "main line") != NULL;
    }
    for (int32_t q = 0; q < p->segments.count; q++) {
        worn += p->segments.decay[q] > 0 && p->segments.floor[q] < 1;
        if (p->segments.capacity[q] > 0) {
            least = fmin(least, p->segments.capacity[q]);
            most = fmax(most, p->segments.capacity[q]);
        }
    }
    CU_ASSERT_TRUE(named > p->links.count / 10 && named < p->links.count);
    CU_ASSERT_TRUE(worn > p->segments.count / 2);
    CU_ASSERT_TRUE(most > 3 * least);
    ganger_problem_destroy(p);
}

static const struct ganger_test tests[] = {
    {"today's network is connected", todays_network_is_connected},
    {"no two lines cross", no_two_lines_cross},
    {"lines, gates and new lines", lines_gates_and_new_lines},
    {"freight has a way and grows", freight_has_a_way_and_grows},
    {"main lines and wear", main_lines_and_wear},
    {NULL, NULL}};

const struct ganger_suite country_suite = {"country", "property", tests};
