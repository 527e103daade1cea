#include "kernels/measure.h"

#include "base/clock.h"
#include "cli/message.h"
#include "kernels/allocations.h"

#include <string.h>
#include <time.h>

enum { WARM_UP = 1 };

static double processor_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

__attribute__((noinline)) bool kernel_measured(const struct kernel *kernel, void *state,
                                               struct kernel_tally *tally)
{
    bool good = kernel->run(state, tally);
    __asm__ volatile("" ::: "memory"); /* no tail call: the function ends when the kernel has */
    return good;
}

typedef bool runner(const struct kernel *kernel, void *state, struct kernel_tally *tally);

static bool unmeasured(const struct kernel *kernel, void *state, struct kernel_tally *tally)
{
    return kernel->run(state, tally);
}

static bool run_once(struct kernel_series *series, runner *run)
{
    struct kernel_tally tally = {0};
    if (!run(series->kernel, series->state, &tally)) {
        return false;
    }
    if (series->tally.items == 0) {
        series->tally = tally;
    } else if (memcmp(&tally, &series->tally, sizeof tally) != 0) {
        ganger_cli_error("%s: does not do the same in each iteration", series->kernel->name);
        return false;
    }
    return true;
}

/* Nothing is measured before all is in the caches; then one iteration for its allocations. */
static bool warm_up(struct kernel_series *series)
{
    for (int i = 0; i < WARM_UP; i++) {
        if (!run_once(series, unmeasured)) {
            return false;
        }
    }
    int64_t before = kernel_allocations();
    bool good = run_once(series, unmeasured);
    series->allocations = before >= 0 ? kernel_allocations() - before : -1;
    return good;
}

static bool repeat(struct kernel_series *series, int repetition, const struct kernel_limits *limits)
{
    struct kernel_sample *sample = &series->sample[repetition];
    double wall = ganger_clock_now_s(), cpu = processor_s(), first = cpu, last = cpu;
    bool more = true;
    while (more) {
        if (!run_once(series, kernel_measured)) {
            return false;
        }
        double now = processor_s(), took = 1e9 * (now - last);
        sample->least_ns =
            sample->iterations == 0 || took < sample->least_ns ? took : sample->least_ns;
        last = now;
        sample->iterations++;
        more = limits->iterations > 0 ? sample->iterations < limits->iterations
                                      : now - first < limits->seconds;
    }
    sample->cpu_ns = 1e9 * (last - first) / (double)sample->iterations;
    sample->wall_ns = 1e9 * (ganger_clock_now_s() - wall) / (double)sample->iterations;
    return true;
}

bool kernel_measure(struct kernel_series *series, int count, const struct kernel_limits *limits)
{
    bool good = true;
    for (int i = 0; good && i < count; i++) {
        good = warm_up(&series[i]);
    }
    for (int k = 0; k < limits->repetitions; k++) {
        for (int i = 0; good && i < count; i++) {
            good = repeat(&series[i], k, limits);
        }
    }
    return good;
}
