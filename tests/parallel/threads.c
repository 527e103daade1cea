/* How many threads to use. */
#include "parallel/parallel.h"

#include "support/test.h"

#include <sched.h>

static void a_request_is_kept(void)
{
    CU_ASSERT_EQUAL(ganger_parallel_threads(1), 1);
    CU_ASSERT_EQUAL(ganger_parallel_threads(7), 7);
    CU_ASSERT_EQUAL(ganger_parallel_threads(1000), 1000);
}

static void without_a_request_the_processors_decide(void)
{
    cpu_set_t set;
    CU_ASSERT_EQUAL_FATAL(sched_getaffinity(0, sizeof set, &set), 0);
    int threads = ganger_parallel_threads(0);
    CU_ASSERT(threads >= 1);
    CU_ASSERT(threads <= CPU_COUNT(&set));
    CU_ASSERT_EQUAL(ganger_parallel_threads(-3), threads);
}

static const struct ganger_test tests[] = {
    {"a request is kept", a_request_is_kept},
    {"without a request the processors decide", without_a_request_the_processors_decide},
    {NULL, NULL}};

const struct ganger_suite threads_suite = {"threads", "unit", tests};
