/* The loop over jobs: each job once, whatever the number of threads. */
#include "parallel/parallel.h"

#include "support/test.h"

#include <math.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { JOBS = 1000 };

static const int thread_counts[] = {1, 2, 3, 5};
enum { COUNTS = sizeof thread_counts / sizeof *thread_counts };

struct tally {
    atomic_int runs[JOBS];
    double result[JOBS];
};

static void count(int32_t index, void *context)
{
    struct tally *tally = context;
    atomic_fetch_add(&tally->runs[index], 1);
    double x = index;
    for (int i = 0; i < 100; i++) {
        x = sin(x) + index;
    }
    tally->result[index] = x;
}

static void each_job_runs_once(void)
{
    static const int32_t job_counts[] = {0, 1, 2, 7, JOBS};
    struct tally *tally = malloc(sizeof *tally);
    CU_ASSERT_PTR_NOT_NULL_FATAL(tally);
    for (int i = 0; i < COUNTS; i++) {
        for (size_t j = 0; j < sizeof job_counts / sizeof *job_counts; j++) {
            for (int k = 0; k < JOBS; k++) {
                atomic_init(&tally->runs[k], 0);
            }
            ganger_parallel_for(thread_counts[i], job_counts[j], count, tally);
            bool once = true;
            for (int k = 0; k < JOBS; k++) {
                once = once && atomic_load(&tally->runs[k]) == (k < job_counts[j] ? 1 : 0);
            }
            CU_ASSERT(once);
        }
    }
    free(tally);
}

static void results_do_not_depend_on_threads(void)
{
    static struct tally first, other;
    ganger_parallel_for(1, JOBS, count, &first);
    for (int i = 1; i < COUNTS; i++) {
        ganger_parallel_for(thread_counts[i], JOBS, count, &other);
        CU_ASSERT(memcmp(first.result, other.result, sizeof first.result) == 0);
    }
}

static atomic_int released;

static void release(void)
{
    atomic_fetch_add(&released, 1);
}

static void each_thread_releases(void)
{
    for (int i = 0; i < COUNTS; i++) {
        atomic_store(&released, 0);
        ganger_parallel_each_thread(thread_counts[i], release);
        CU_ASSERT_EQUAL(atomic_load(&released), thread_counts[i]);
    }
}

static const struct ganger_test tests[] = {
    {"each job runs once", each_job_runs_once},
    {"results do not depend on threads", results_do_not_depend_on_threads},
    {"each thread releases", each_thread_releases},
    {NULL, NULL}};

const struct ganger_suite loop_suite = {"loop", "determinism", tests};
