/* A large instance: local precedences, and renewables that let some tens of works run at once. */
#include "cli/message.h"
#include "instance/read.h"
#include "micro/workload.h"
#include "quality/memory.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { RENEWABLES = 4, CAPACITY = 100, AMOUNT_MOST = 10, DURATION_MOST = 10, REACH = 4000 };

/* One job in Patterson's form. The first and the last take no time and use nothing. */
static void put_job(FILE *file, int32_t job, int32_t works, struct ganger_rng *rng)
{
    bool real = job > 0 && job < works - 1;
    fprintf(file, "%d", real ? 1 + ganger_rng_below(rng, DURATION_MOST) : 0);
    for (int r = 0; r < RENEWABLES; r++) {
        bool used = real && ganger_rng_below(rng, 2) == 0;
        fprintf(file, " %d", used ? ganger_rng_below(rng, AMOUNT_MOST + 1) : 0);
    }
    int32_t rest = works - 1 - job, reach = rest < REACH ? rest : REACH;
    int32_t first = reach > 0 ? job + 1 + ganger_rng_below(rng, reach) : 0;
    int32_t second = reach > 0 ? job + 1 + ganger_rng_below(rng, reach) : 0;
    if (reach == 0) {
        fprintf(file, " 0\n");
    } else if (first == second) {
        fprintf(file, " 1 %d\n", first + 1);
    } else {
        fprintf(file, " 2 %d %d\n", first + 1, second + 1);
    }
}

static bool put_all(int fd, int32_t works, uint64_t seed)
{
    struct ganger_rng rng;
    FILE *file = fdopen(dup(fd), "w");
    if (file == NULL) {
        return false;
    }
    ganger_rng_init(&rng, seed, 0, 0);
    fprintf(file, "%d %d\n", works, RENEWABLES);
    for (int r = 0; r < RENEWABLES; r++) {
        fprintf(file, "%d%c", CAPACITY, r < RENEWABLES - 1 ? ' ' : '\n');
    }
    for (int32_t job = 0; job < works; job++) {
        put_job(file, job, works, &rng);
    }
    return fclose(file) == 0;
}

/* By way of a file in memory, so that the readers do the rest. */
struct ganger_problem *micro_problem_generate(int32_t works, uint64_t seed)
{
    struct ganger_problem *problem = NULL;
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    int fd = memfd_create("generated", 0);
    if (fd < 0 || !put_all(fd, works, seed)) {
        ganger_cli_error("the generated instance: no memory");
    } else {
        char *path = quality_format("/proc/self/fd/%d", fd);
        ganger_status status = ganger_problem_read_classic(path, &problem, &findings);
        if (status != GANGER_STATUS_OK) {
            ganger_cli_fail(status, &findings);
        }
        free(path);
    }
    if (fd >= 0) {
        close(fd);
    }
    ganger_findings_clear(&findings);
    return problem;
}
