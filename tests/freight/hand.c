/* The period LP on a network small enough for paper: a short dear way and a long cheap one. */
#include "freight/network.h"
#include "support/test.h"

static const double tolerance = 1e-9;

/* n0 to n1 directly for 2 USD, or over n2 for 3 + 2 = 5 USD. Demand a: 6 Mt of 10 USD there;
 * demand b: 4 Mt of 4 USD from n2 to n1. */
static void open_triangle(struct network *n)
{
    struct tiny t;
    tiny_init(&t, 2);
    tiny_add(&t, TINY_NODE, "n0,false");
    tiny_add(&t, TINY_NODE, "n1,false");
    tiny_add(&t, TINY_NODE, "n2,false");
    tiny_add(&t, TINY_LINK, "l0,n0,n1,false,0.2\nl1,n0,n2,false,0.3\nl2,n2,n1,false,0.2");
    tiny_add(&t, TINY_SEGMENT, "q0,l0,n0,0,10,5,,\nq1,l1,n0,0,10,5,,\nq2,l2,n2,0,10,5,,");
    tiny_add(&t, TINY_DEMAND, "a,n0,n1,10\nb,n2,n1,4");
    tiny_add(&t, TINY_PROFILE, "a,0,6\nb,0,4");
    tiny_add(&t, TINY_WORK, "w,repair,q0,10,0,false,,,,,false,,,");
    tiny_add(&t, TINY_MODE, "w,m,1,1,1");
    struct ganger_problem *problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    network_open(n, problem);
}

static void room_for_all(void)
{
    struct network n;
    open_triangle(&n);
    /* 6 * (10 - 2) + 4 * (4 - 2); nothing is short, so the demands have all the value. */
    CU_ASSERT_DOUBLE_EQUAL(network_solve(&n, 0, (double[]){9, 9, 9}), 56, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(n.traffic.constant, 56, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(n.worth[0], 8, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(n.worth[1], 2, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(n.flow[0], 6, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(n.flow[4], 4, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(n.flow[5], 0, tolerance);
    network_close(&n);
}

static void the_short_way_is_full(void)
{
    struct network n;
    open_triangle(&n);
    /* 4 Mt directly for 8, 2 Mt over n2 for 5, 4 Mt of b for 2. A further Mt directly saves 3. */
    CU_ASSERT_DOUBLE_EQUAL(network_solve(&n, 0, (double[]){4, 9, 9}), 50, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(n.price[0], 3, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(n.flow[2], 2, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(n.flow[4], 6, tolerance);
    network_close(&n);
}

static void the_dearer_freight_wins(void)
{
    struct network n;
    open_triangle(&n);
    /* 2 Mt directly; of the 3 Mt from n2 on, a takes all, for 5 each against b's 2. */
    CU_ASSERT_DOUBLE_EQUAL(network_solve(&n, 0, (double[]){2, 9, 3}), 31, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(n.price[4], 5, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(n.price[0], 8, tolerance);
    network_close(&n);
}

static void closed(void)
{
    struct network n;
    open_triangle(&n);
    CU_ASSERT_DOUBLE_EQUAL(network_solve(&n, 0, (double[]){0, 0, 0}), 0, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(network_solve(&n, 0, (double[]){0, 9, 0}), 0, tolerance);
    CU_ASSERT_DOUBLE_EQUAL(network_solve(&n, 0, (double[]){9, 9, 9}), 56, tolerance);
    network_close(&n);
}

static const struct ganger_test tests[] = {{"room for all", room_for_all},
                                           {"the short way is full", the_short_way_is_full},
                                           {"the dearer freight wins", the_dearer_freight_wins},
                                           {"closed", closed},
                                           {NULL, NULL}};

const struct ganger_suite hand_suite = {"hand", "unit", tests};
