/* Serial generation: every kernel against the definition, on random line-ups in both directions. */
#include "schedule/yard.h"
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

enum { LINE_UPS = 400, GROUP = 9, ROUNDS = 3 };

struct bay {
    int32_t list[YARD_WORKS], start[YARD_WORKS], finish[YARD_WORKS + 1];
    uint32_t *cells;
};

/* Jobs of one kernel; their cells live on from round to round. */
struct bench {
    struct bay bay[GROUP];
    struct ganger_serial_job job[GROUP];
};

static void bench_open(struct bench *bench, const struct yard *y)
{
    size_t size = (size_t)y->lanes->planes * (size_t)y->lanes->stride * sizeof(uint32_t);
    for (int q = 0; q < GROUP; q++) {
        struct bay *bay = &bench->bay[q];
        bay->cells = malloc(size);
        CU_ASSERT_PTR_NOT_NULL_FATAL(bay->cells);
        memcpy(bay->cells, y->lanes->empty, size);
        bench->job[q] = (struct ganger_serial_job){
            .list = bay->list, .start = bay->start, .finish = bay->finish, .cells = bay->cells};
    }
}

static void bench_close(struct bench *bench)
{
    for (int q = 0; q < GROUP; q++) {
        free(bench->bay[q].cells);
    }
}

static int64_t use_at(const struct yard *y, const struct bay *bay, int32_t r, int32_t t)
{
    int64_t use = 0;
    for (int32_t i = 0; i < y->works; i++) {
        int32_t w = y->mode_work[bay->list[i]];
        bool runs = bay->start[w] <= t && t < bay->finish[w];
        use += runs ? y->amount[bay->list[i]][r] : 0;
    }
    return use;
}

static bool cells_tell_use(const struct yard *y, const struct bay *bay)
{
    for (int32_t r = 0; r < y->renewables; r++) {
        for (int32_t t = 0; t < y->periods; t++) {
            if (ganger_lanes_use(y->lanes, bay->cells, r, t) != use_at(y, bay, r, t)) {
                return false;
            }
        }
    }
    return true;
}

/* Turned round, a mirrored schedule of a steady yard keeps the rules. */
static bool turns_round(const struct yard *y, const struct bay *bay, int32_t makespan)
{
    int32_t start[YARD_WORKS], mode[YARD_WORKS];
    for (int32_t i = 0; i < y->works; i++) {
        int32_t m = bay->list[i], w = y->mode_work[m];
        mode[w] = m;
        start[w] = makespan - bay->start[w] - y->duration[m];
    }
    return yard_holds(y, start, mode);
}

static bool as_defined(const struct yard *y, int direction, const struct ganger_serial_job *job,
                       const struct bay *bay)
{
    int32_t start[YARD_WORKS];
    int32_t makespan = yard_generate(y, direction, bay->list, start);
    if (makespan != job->makespan) {
        return false;
    }
    if (makespan == INT32_MAX) {
        return true;
    }
    bool same = memcmp(start, bay->start, (size_t)y->works * sizeof *start) == 0;
    bool tells = cells_tell_use(y, bay);
    bool turns = direction == 0 || !y->steady || turns_round(y, bay, makespan);
    return same && tells && turns;
}

struct tally {
    int wrong, failed, stopped, long_works, planes;
};

static void try_round(const struct yard *y, struct ganger_rng *rng,
                      const struct ganger_serial_kernel *kernel, struct bench *bench,
                      struct tally *tally)
{
    int direction = ganger_rng_below(rng, 2), count = 1 + ganger_rng_below(rng, GROUP);
    for (int q = 0; q < count; q++) {
        yard_list(y, rng, direction, bench->bay[q].list);
    }
    kernel->run(&y->line_up[direction], bench->job, count);
    for (int q = 0; q < count; q++) {
        tally->wrong += !as_defined(y, direction, &bench->job[q], &bench->bay[q]);
        tally->failed += bench->job[q].makespan == INT32_MAX;
    }
}

static void try_kernels(uint32_t number, int wide, struct tally *tally)
{
    static struct yard y;
    static struct bench bench;
    struct ganger_serial_kernel kernels[3];
    struct ganger_rng rng;
    ganger_rng_init(&rng, 21, number, 0);
    yard_draw(&y, &rng, wide);
    CU_ASSERT_TRUE_FATAL(yard_seal(&y));
    tally->planes = y.lanes->planes > tally->planes ? y.lanes->planes : tally->planes;
    for (int32_t m = 0; m < y.modes; m++) {
        tally->long_works += y.duration[m] > 32;
    }
    int32_t count = ganger_serial_kernels(kernels);
    for (int32_t k = 0; k < count; k++) {
        ganger_rng_init(&rng, 22, number, 0); /* the same lists for all */
        bench_open(&bench, &y);
        for (int round = 0; round < ROUNDS; round++) {
            try_round(&y, &rng, &kernels[k], &bench, tally);
        }
        bench_close(&bench);
    }
    yard_close(&y);
}

static void kernels_do_as_defined(void)
{
    struct tally tally = {0};
    for (uint32_t i = 0; i < LINE_UPS; i++) {
        try_kernels(i, (int)(i % 3), &tally);
    }
    CU_ASSERT_EQUAL(tally.wrong, 0);
    /* The draw has what it should: horizons too short, works longer than a vector, several planes. */
    CU_ASSERT_TRUE(tally.failed > LINE_UPS);
    CU_ASSERT_TRUE(tally.long_works > LINE_UPS);
    CU_ASSERT_TRUE(tally.planes > 3);
}

/* Begins a lane behind the first works of its list, at the starts they have by definition, with a limit that its makespan
 * may or may not keep. Returns that makespan. */
static int32_t begin_lane(const struct yard *y, struct ganger_rng *rng,
                          const struct ganger_serial_kernel *kernel,
                          struct ganger_serial_lane *lane, struct bay *bay)
{
    int direction = ganger_rng_below(rng, 2);
    yard_list(y, rng, direction, bay->list);
    int32_t makespan = yard_generate(y, direction, bay->list, bay->start);
    for (int32_t i = 0; i < y->works; i++) {
        int32_t w = y->mode_work[bay->list[i]];
        bay->finish[w] = bay->start[w] + y->duration[bay->list[i]];
    }
    lane->line_up = &y->line_up[direction];
    lane->to = ganger_rng_below(rng, y->works + 1);
    lane->limit = makespan < INT32_MAX ? makespan - ganger_rng_below(rng, 3) : y->periods;
    bool begun = makespan < INT32_MAX && ganger_rng_below(rng, 2) == 0;
    kernel->begin(lane, begun ? ganger_rng_below(rng, lane->to + 1) : 0);
    return makespan;
}

/* Lanes that stop on their way end as if they had not, unless their limit forbids that. */
static void try_lanes(const struct yard *y, struct ganger_rng *rng,
                      const struct ganger_serial_kernel *kernel, struct bench *bench,
                      struct tally *tally)
{
    struct ganger_serial_lane lane[GANGER_SERIAL_GROUP] = {0};
    int32_t makespan[GANGER_SERIAL_GROUP], start[YARD_WORKS], busy = GANGER_SERIAL_GROUP;
    for (int q = 0; q < GANGER_SERIAL_GROUP; q++) {
        lane[q].job = &bench->job[q];
        makespan[q] = begin_lane(y, rng, kernel, &lane[q], &bench->bay[q]);
    }
    while (busy > 0) {
        kernel->advance(lane);
        for (int q = 0; q < GANGER_SERIAL_GROUP; q++) {
            if (lane[q].to < 0 || (lane[q].at < lane[q].to && lane[q].least <= lane[q].limit)) {
                continue;
            }
            bool over = lane[q].least > lane[q].limit, whole = lane[q].at == y->works;
            if (over) {
                tally->wrong += makespan[q] <= lane[q].limit;
            } else if (whole) {
                yard_generate(y, lane[q].line_up == &y->line_up[1], bench->bay[q].list, start);
                tally->wrong +=
                    bench->job[q].makespan != makespan[q] ||
                    memcmp(start, bench->bay[q].start, (size_t)y->works * sizeof *start) != 0 ||
                    !cells_tell_use(y, &bench->bay[q]);
            }
            tally->stopped += over;
            busy -= over || whole;
            lane[q].to = over || whole ? -1 : y->works;
        }
    }
}

static void lanes_do_as_defined(void)
{
    static struct yard y;
    static struct bench bench;
    struct tally tally = {0};
    for (uint32_t i = 0; i < LINE_UPS; i++) {
        struct ganger_serial_kernel kernels[3];
        struct ganger_rng rng;
        ganger_rng_init(&rng, 23, i, 0);
        yard_draw(&y, &rng, (int)(i % 3));
        CU_ASSERT_TRUE_FATAL(yard_seal(&y));
        int32_t count = ganger_serial_kernels(kernels);
        for (int32_t k = 0; k < count; k++) {
            ganger_rng_init(&rng, 24, i, 0);
            bench_open(&bench, &y);
            for (int round = 0; round < ROUNDS; round++) {
                try_lanes(&y, &rng, &kernels[k], &bench, &tally);
            }
            bench_close(&bench);
        }
        yard_close(&y);
    }
    CU_ASSERT_EQUAL(tally.wrong, 0);
    CU_ASSERT_TRUE(tally.stopped > LINE_UPS);
}

static void portable_is_always_there(void)
{
    struct ganger_serial_kernel kernels[3];
    int32_t count = ganger_serial_kernels(kernels);
    CU_ASSERT_TRUE_FATAL(count >= 1 && count <= 3);
    CU_ASSERT_STRING_EQUAL(kernels[count - 1].name, "portable");
}

/* By hand: a of 2 periods, b of 1, one gang; the longest way round by lists. */
static void by_hand(void)
{
    static struct yard y;
    static struct bench bench;
    memset(&y, 0, sizeof y);
    y.works = 2;
    y.modes = 4;
    y.renewables = 1;
    y.periods = 5;
    for (int32_t m = 0; m < 4; m++) {
        y.mode_work[m] = m % 2;
        y.duration[m] = m % 2 == 0 ? 2 : 1;
        y.amount[m][0] = 1;
    }
    for (int32_t t = 0; t < y.periods; t++) {
        y.capacity[0][t] = t == 1 ? 0 : 1;
    }
    CU_ASSERT_TRUE_FATAL(yard_seal(&y));
    bench_open(&bench, &y);
    memcpy(bench.bay[0].list, (int32_t[]){0, 1}, 2 * sizeof(int32_t));
    ganger_serial_generate(&y.line_up[0], bench.job, 1);
    CU_ASSERT_EQUAL(bench.job[0].makespan, 4);
    CU_ASSERT_EQUAL(bench.bay[0].start[0], 2);
    CU_ASSERT_EQUAL(bench.bay[0].start[1], 0);
    bench_close(&bench);
    yard_close(&y);
}

/* A milestone has no place at the end of the horizon: no period begins there. */
static void milestones_start_in_a_period(void)
{
    static struct yard y;
    static struct bench bench;
    for (int32_t periods = 3; periods < 5; periods++) {
        memset(&y, 0, sizeof y);
        y.works = 2;
        y.modes = 4;
        y.periods = periods;
        y.arcs = 1;
        y.arc[0] = (struct yard_arc){.from = 0, .to = 1};
        for (int32_t m = 0; m < 4; m++) {
            y.mode_work[m] = m % 2;
            y.duration[m] = m % 2 == 0 ? 3 : 0;
        }
        CU_ASSERT_TRUE_FATAL(yard_seal(&y));
        bench_open(&bench, &y);
        memcpy(bench.bay[0].list, (int32_t[]){0, 1}, 2 * sizeof(int32_t));
        ganger_serial_generate(&y.line_up[0], bench.job, 1);
        CU_ASSERT_EQUAL(bench.job[0].makespan, periods == 3 ? INT32_MAX : 3);
        bench_close(&bench);
        yard_close(&y);
    }
}

static const struct ganger_test tests[] = {
    {"kernels do as defined", kernels_do_as_defined},
    {"lanes do as defined", lanes_do_as_defined},
    {"portable is always there", portable_is_always_there},
    {"by hand", by_hand},
    {"milestones start in a period", milestones_start_in_a_period},
    {NULL, NULL}};

const struct ganger_suite serial_suite = {"serial", "property", tests};
