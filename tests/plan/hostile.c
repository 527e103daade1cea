/* Files that were cut, changed or made up are refused without a crash. */
#include "base/rng.h"
#include "plan/sample.h"

#include <stdlib.h>
#include <string.h>

enum { CUTS = 60, CHANGES = 400 };

static struct sample s;

/* Status of reading these bytes as a plan; a plan comes with OK and findings come without. */
static ganger_status status_of(const char *bytes, size_t size)
{
    struct ganger_findings findings;
    struct ganger_plan *read = NULL;
    ganger_findings_init(&findings);
    sample_put(s.path, bytes, size);
    ganger_status status = ganger_plan_read(s.problem, s.path, &read, &findings);
    CU_ASSERT_EQUAL(status == GANGER_STATUS_OK, read != NULL);
    CU_ASSERT_EQUAL(status == GANGER_STATUS_OK, findings.count == 0);
    ganger_findings_clear(&findings);
    ganger_plan_destroy(read);
    return status;
}

static char *good_bytes(size_t *size)
{
    CU_ASSERT_EQUAL(ganger_plan_write(s.plan, s.problem, s.path, NULL), GANGER_STATUS_OK);
    return sample_bytes(s.path, size);
}

static void cut_short(void)
{
    size_t size;
    sample_open(&s);
    char *bytes = good_bytes(&size);
    CU_ASSERT_EQUAL(status_of(bytes, size), GANGER_STATUS_OK);
    for (size_t i = 0; i < CUTS; i++) {
        CU_ASSERT_EQUAL(status_of(bytes, size * i / CUTS), GANGER_STATUS_INPUT_INVALID);
    }
    free(bytes);
    sample_close(&s);
}

static void made_up(void)
{
    static const char text[] = "work_id,start\nw1,3\n";
    sample_open(&s);
    CU_ASSERT_EQUAL(status_of(text, sizeof text), GANGER_STATUS_INPUT_INVALID);
    CU_ASSERT_EQUAL(status_of("\211HDF\r\n\032\n", 8), GANGER_STATUS_INPUT_INVALID);
    sample_close(&s);
}

static void bytes_changed(void)
{
    size_t size;
    struct ganger_rng rng;
    int refused = 0;
    sample_open(&s);
    char *bytes = good_bytes(&size);
    char *changed = malloc(size);
    CU_ASSERT_PTR_NOT_NULL_FATAL(changed);
    ganger_rng_init(&rng, 3, 0, 0);
    for (int i = 0; i < CHANGES; i++) {
        memcpy(changed, bytes, size);
        for (int32_t n = 1 + ganger_rng_below(&rng, 8); n > 0; n--) {
            changed[ganger_rng_below(&rng, (int32_t)size)] = (char)ganger_rng_word(&rng);
        }
        refused += status_of(changed, size) != GANGER_STATUS_OK;
    }
    CU_ASSERT_TRUE(refused > CHANGES * 9 / 10);
    free(changed);
    free(bytes);
    sample_close(&s);
}

/* Numbers that a writer can write but a reader must not believe. */
static void indices_out_of_range(void)
{
    size_t size;
    sample_open(&s);
    struct ganger_plan *plan = s.plan;
    struct {
        int32_t *cell, value;
    } lies[] = {
        {&plan->start[1], 26},
        {&plan->start[1], -2},
        {&plan->finish[1], 27},
        {&plan->finish[1], INT32_MIN},
        {&plan->mode[1], 9},
        {&plan->mode[1], -5},
        {&plan->paths.demand[0], 3},
        {&plan->paths.demand[0], -1},
        {&plan->paths.arc[0], 14},
        {&plan->paths.arc[0], -1},
        {&plan->paths.first_arc[1], 6},
        {&plan->paths.first_arc[1], -1},
        {&plan->paths.first_arc[0], 1},
        {&plan->prices.far_first_opener[0], 1},
        {&plan->prices.far_first_opener[1], 4},
        {&plan->prices.far_first_opener[1], -1},
        {&plan->prices.closure_first_demand[0], 1},
        {&plan->prices.closure_first_demand[1], 4},
        {&plan->prices.closure_first_demand[1], -1},
        {&plan->prices.closure_first_beside[0], 1},
        {&plan->prices.closure_first_beside[1], 3},
        {&plan->prices.closure_first_beside[1], -1},
        {&plan->prices.state_first_arc[0], 1},
        {&plan->prices.state_first_arc[1], 4},
        {&plan->prices.state_first_arc[1], -1},
        {&plan->paths.flow_path[2], 2},
        {&plan->paths.flow_path[2], -1},
        {&plan->paths.flow_boundary[2], 27},
        {&plan->paths.flow_boundary[2], -1},
    };
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        int32_t old = *lies[i].cell;
        *lies[i].cell = lies[i].value;
        char *bytes = good_bytes(&size);
        CU_ASSERT_EQUAL(status_of(bytes, size), GANGER_STATUS_INPUT_INVALID);
        free(bytes);
        *lies[i].cell = old;
    }
    plan->cash[0] = 1 / (plan->cash[0] - plan->cash[0]); /* not finite */
    char *bytes = good_bytes(&size);
    CU_ASSERT_EQUAL(status_of(bytes, size), GANGER_STATUS_INPUT_INVALID);
    free(bytes);
    sample_close(&s);
}

static const struct ganger_test tests[] = {
    {"cut short", cut_short},
    {"made up", made_up},
    {"bytes changed", bytes_changed},
    {"indices out of range", indices_out_of_range},
    {NULL, NULL},
};
const struct ganger_suite hostile_suite = {"hostile", "property", tests};
