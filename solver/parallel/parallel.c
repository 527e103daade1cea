#include "parallel/parallel.h"

#include <limits.h>
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <string.h>

/* Quota of the innermost group that states one, as whole processors rounded up; INT_MAX if none. */
static int quota_v2(const char *group)
{
    int best = INT_MAX;
    char path[PATH_MAX];
    char prefix[PATH_MAX];
    snprintf(prefix, sizeof prefix, "%s", group);
    for (;;) {
        int written = snprintf(path, sizeof path, "/sys/fs/cgroup%s/cpu.max", prefix);
        FILE *file = written < (int)sizeof path ? fopen(path, "r") : NULL;
        if (file) {
            double quota;
            double period;
            if (fscanf(file, "%lf %lf", &quota, &period) == 2 && quota > 0 && period > 0) {
                int whole = (int)ceil(quota / period);
                best = whole < best ? whole : best;
            }
            fclose(file);
        }
        char *slash = strrchr(prefix, '/');
        if (!slash) {
            return best;
        }
        *slash = '\0';
    }
}

static int quota_v1(void)
{
    double quota = -1;
    double period = 0;
    FILE *file = fopen("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "r");
    if (file) {
        if (fscanf(file, "%lf", &quota) != 1) {
            quota = -1;
        }
        fclose(file);
    }
    file = fopen("/sys/fs/cgroup/cpu/cpu.cfs_period_us", "r");
    if (file) {
        if (fscanf(file, "%lf", &period) != 1) {
            period = 0;
        }
        fclose(file);
    }
    return quota > 0 && period > 0 ? (int)ceil(quota / period) : INT_MAX;
}

/* OpenMP runtimes ignore the quota of a container; a job that ignores it is throttled. */
static int cgroup_quota(void)
{
    int best = quota_v1();
    FILE *file = fopen("/proc/self/cgroup", "r");
    if (!file) {
        return best;
    }
    char line[PATH_MAX];
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "0::", 3) == 0) {
            const char *group = strcmp(line + 3, "/") == 0 ? "" : line + 3;
            int quota = quota_v2(group);
            best = quota < best ? quota : best;
        }
    }
    fclose(file);
    return best;
}

int ganger_parallel_threads(int requested)
{
    if (requested > 0) {
        return requested;
    }
    /* omp_get_max_threads honours OMP_NUM_THREADS, omp_get_num_procs the affinity mask. */
    int threads = omp_get_max_threads();
    int processors = omp_get_num_procs();
    int quota = cgroup_quota();
    threads = processors < threads ? processors : threads;
    threads = quota < threads ? quota : threads;
    return threads < 1 ? 1 : threads;
}

void ganger_parallel_for(int threads, int32_t jobs, void (*job)(int32_t index, void *context),
                         void *context)
{
    if (threads <= 1 || jobs <= 1) {
        for (int32_t i = 0; i < jobs; i++) {
            job(i, context);
        }
        return;
    }
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int32_t i = 0; i < jobs; i++) {
        job(i, context);
    }
}

void ganger_parallel_each_thread(int threads, void (*release)(void))
{
#pragma omp parallel num_threads(threads)
    {
        release();
    }
}
