#include "plan/sample.h"

#include "plan/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int32_t *copy(const int32_t *values, size_t count)
{
    int32_t *list = malloc(count * sizeof *list);
    CU_ASSERT_PTR_NOT_NULL_FATAL(list);
    memcpy(list, values, count * sizeof *list);
    return list;
}

static void fill_paths(struct ganger_paths *paths)
{
    paths->count = 2;
    paths->demand = copy((int32_t[]){1, 0}, 2);
    paths->first_arc = copy((int32_t[]){0, 3, 5}, 3);
    paths->arc = copy((int32_t[]){1, 3, 4, 7, 2}, 5);
    paths->flows = 4;
    paths->flow_boundary = copy((int32_t[]){0, 0, 3, 26}, 4);
    paths->flow_path = copy((int32_t[]){0, 1, 1, 0}, 4);
    paths->flow_mtpa = malloc(4 * sizeof *paths->flow_mtpa);
    CU_ASSERT_PTR_NOT_NULL_FATAL(paths->flow_mtpa);
    for (int i = 0; i < 4; i++) {
        paths->flow_mtpa[i] = 0.1 * i + 0.3;
    }
}

static void fill_far(struct ganger_prices *prices, int32_t periods)
{
    prices->fars = 2;
    free(prices->far_first_opener); /* of a plan without rows */
    prices->far_work = copy((int32_t[]){1, 3}, 2);
    prices->far_first_opener = copy((int32_t[]){0, 2, 3}, 3);
    prices->far_opener = copy((int32_t[]){0, 2, 1}, 3);
    prices->far = calloc(2 * (size_t)periods, sizeof *prices->far);
    CU_ASSERT_FATAL(prices->far != NULL);
}

/* One row of two demands, a segment and two arcs besides, one of one demand and a renewable. */
static void fill_closures(struct ganger_prices *prices, int32_t boundaries)
{
    prices->closures = 2;
    free(prices->closure_first_demand); /* of a plan without rows */
    prices->closure_first_demand = copy((int32_t[]){0, 2, 3}, 3);
    prices->closure_demand = copy((int32_t[]){0, 1, 1}, 3);
    prices->closure_arc = copy((int32_t[]){1, 4}, 2);
    prices->closure_segment = copy((int32_t[]){0, GANGER_NONE}, 2);
    prices->closure_renewable = copy((int32_t[]){GANGER_NONE, 0}, 2);
    prices->closure_from = copy((int32_t[]){1, 0}, 2);
    free(prices->closure_first_beside);
    prices->closure_first_beside = copy((int32_t[]){0, 2, 2}, 3);
    prices->closure_beside_arc = copy((int32_t[]){2, 5}, 2);
    prices->closure_beside_segment = copy((int32_t[]){1, GANGER_NONE}, 2);
    prices->closure = calloc(2 * (size_t)boundaries, sizeof *prices->closure);
    CU_ASSERT_PTR_NOT_NULL_FATAL(prices->closure);
}

/* A tree of one branch and two leaves, and a work that pays. */
static void fill_states(struct ganger_prices *prices)
{
    prices->pays = 1;
    prices->pay_work = copy((int32_t[]){1}, 1);
    prices->pay_period = copy((int32_t[]){2}, 1);
    prices->work = calloc(1, sizeof *prices->work);
    prices->states = 3;
    free(prices->state_first_arc); /* of a plan without states */
    prices->state_period = copy((int32_t[]){2, 2, 2}, 3);
    prices->state_work = copy((int32_t[]){1, GANGER_NONE, GANGER_NONE}, 3);
    prices->state_first_arc = copy((int32_t[]){0, 0, 2, 3}, 4);
    prices->state_arc = copy((int32_t[]){0, 3, 1}, 3);
    prices->passage = calloc(3, sizeof *prices->passage);
    CU_ASSERT_FATAL(prices->work && prices->passage);
}

static void fill_energies(struct ganger_prices *prices, int32_t periods)
{
    prices->energies = 2;
    prices->energy_work = copy((int32_t[]){1, 3}, 2);
    prices->energy_renewable = copy((int32_t[]){0, 1}, 2);
    prices->energy = calloc(2 * (size_t)periods, sizeof *prices->energy);
    CU_ASSERT_FATAL(prices->energy != NULL);
}

static void fill_reals(struct ganger_plan *plan, const struct ganger_problem *problem)
{
    size_t sizes[GANGER_DIMS];
    ganger_plan_sizes(problem, plan, sizes);
    for (int i = 0; i < ganger_plan_fields; i++) {
        const struct ganger_plan_field *field = &ganger_plan_field[i];
        size_t count = 1;
        for (int d = 0; d < GANGER_NETCDF_RANK && field->dims[d] != GANGER_DIM_END; d++) {
            count *= sizes[field->dims[d]];
        }
        double *array = *ganger_plan_slot(plan, field);
        for (size_t j = 0; j < count && field->type == GANGER_NETCDF_DOUBLE; j++) {
            array[j] = (double)((j * 37 + (size_t)i) % 101) / 8;
        }
    }
}

static void fill_summary(struct ganger_plan *plan)
{
    plan->summary = (struct ganger_summary){.outcome = GANGER_OUTCOME_FEASIBLE,
                                            .value = 1234567.125,
                                            .bound = 1234600.5,
                                            .gap_percent = 0.25,
                                            .terms = {1, 2, 3, 4, 5, 6},
                                            .first_value = -6,
                                            .first_time_s = 0.5,
                                            .km_repaired = 70,
                                            .km_built = 30,
                                            .km_upgraded = 8,
                                            .works_done = 9,
                                            .works = 10,
                                            .ticks = INT64_C(1) << 40,
                                            .rounds = 12,
                                            .wall_s = 3.25,
                                            .threads = 5,
                                            .seed = UINT64_MAX - 1};
    plan->trace_rows = 3;
    plan->trace = calloc(3, sizeof *plan->trace);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan->trace);
    for (int i = 0; i < 3; i++) {
        plan->trace[i] = (struct ganger_trace_row){0.5 * i, i, 10 - i, 100 * i, i};
    }
}

void sample_open(struct sample *sample)
{
    scratch_folder(sample->folder);
    snprintf(sample->path, sizeof sample->path, "%s/plan.h5", sample->folder);
    ganger_status status =
        ganger_problem_read(GANGER_SOURCE "/instances/steppe", &sample->problem, NULL);
    CU_ASSERT_EQUAL_FATAL(status, GANGER_STATUS_OK);
    sample->plan = ganger_plan_create(sample->problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(sample->plan);
    for (int32_t w = 0; w + 1 < sample->problem->works.count; w++) {
        sample->plan->start[w] = w + 1;
        sample->plan->finish[w] = 2 * w + 3;
        sample->plan->mode[w] = 0;
    }
    CU_ASSERT_FATAL(ganger_hold_init(&sample->plan->hold, sample->problem->works.count));
    sample->plan->hold.start[0] = 1;
    sample->plan->hold.mode[0] = 0;
    fill_paths(&sample->plan->paths);
    fill_closures(&sample->plan->prices, sample->problem->time.periods + 1);
    fill_states(&sample->plan->prices);
    fill_far(&sample->plan->prices, sample->problem->time.periods);
    fill_energies(&sample->plan->prices, sample->problem->time.periods);
    fill_reals(sample->plan, sample->problem);
    fill_summary(sample->plan);
    ganger_plan_round(sample->problem, sample->plan);
    unsetenv("SOURCE_DATE_EPOCH");
}

void sample_close(struct sample *sample)
{
    unlink(sample->path);
    CU_ASSERT_EQUAL(rmdir(sample->folder), 0); /* nothing else was left there */
    ganger_plan_destroy(sample->plan);
    ganger_problem_destroy(sample->problem);
}

char *sample_bytes(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*size + 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
    CU_ASSERT_EQUAL(fread(bytes, 1, *size, file), *size);
    fclose(file);
    return bytes;
}

void sample_put(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    CU_ASSERT_EQUAL(fwrite(bytes, 1, size, file), size);
    fclose(file);
}
