/* What is written and read: packed instances, plans, tables; and made-up instances. */
#include "cli/message.h"
#include "kernels/kernel.h"
#include "plan/plan.h"
#include "quality/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { GENERATED = 2000 };

struct state {
    const struct kernel_yard *yard;
    struct ganger_plan *plan;
    char *folder; /* of its own, in TMPDIR */
    char *path;   /* what is written or read, in the folder; a file or a package */
};

static struct state *open_state(const struct kernel_yard *yard, const char *name)
{
    struct state *state = quality_allocate(1, sizeof *state);
    const char *place = getenv("TMPDIR");
    state->yard = yard;
    state->folder = quality_format("%s/ganger-micro.XXXXXX", place != NULL ? place : "/tmp");
    if (mkdtemp(state->folder) == NULL) {
        ganger_cli_error("%s: expected a folder to write to", state->folder);
        free(state->folder);
        free(state);
        return NULL;
    }
    state->path = quality_format("%s/%s", state->folder, name);
    return state;
}

static bool fine(ganger_status status, struct ganger_findings *findings)
{
    if (status != GANGER_STATUS_OK) {
        ganger_cli_fail(status, findings);
    }
    ganger_findings_clear(findings);
    return status == GANGER_STATUS_OK;
}

static bool is_folder(const char *path)
{
    struct stat entry;
    return stat(path, &entry) == 0 && S_ISDIR(entry.st_mode);
}

/* Removes a package: a folder of plain files. */
static void remove_package(const char *path)
{
    static const char *const tables[] = {
        "node.csv",       "link.csv",     "segment.csv",  "demand.csv",      "demand_profile.csv",
        "work.csv",       "mode.csv",     "resource.csv", "capacity.csv",    "usage.csv",
        "precedence.csv", "calendar.csv", "target.csv",   "datapackage.json"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char *file = quality_format("%s/%s", path, tables[i]);
        unlink(file);
        free(file);
    }
    rmdir(path);
}

void kernel_files_destroy(void *opaque)
{
    struct state *state = opaque;
    ganger_plan_destroy(state->plan);
    if (is_folder(state->path)) {
        remove_package(state->path);
    } else {
        unlink(state->path);
    }
    rmdir(state->folder);
    free(state->path);
    free(state->folder);
    free(state);
}

static void *destroyed(struct state *state)
{
    kernel_files_destroy(state);
    return NULL;
}

static void tally_file(const struct state *state, struct kernel_tally *tally)
{
    struct stat entry;
    if (stat(state->path, &entry) == 0) {
        tally->bytes += entry.st_size;
    }
    tally->items = state->yard->problem->works.count;
}

void *kernel_pack_create(const struct kernel_yard *yard)
{
    return open_state(yard, "instance.h5");
}

bool kernel_pack_run(void *opaque, struct kernel_tally *tally)
{
    struct state *state = opaque;
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    bool good = fine(ganger_problem_pack(state->yard->problem, state->path, &findings), &findings);
    tally_file(state, tally);
    return good;
}

static void draw(double *array, size_t count, struct ganger_rng *rng)
{
    for (size_t i = 0; i < count; i++) {
        array[i] = ganger_rng_below(rng, 4) == 0 ? ganger_rng_below(rng, 1 << 20) / 1024.0 : 0.0;
    }
}

/* A plan as full of numbers as one of a solve; nobody looks at what they mean. */
void *kernel_plan_create(const struct kernel_yard *yard)
{
    const struct ganger_problem *p = yard->problem;
    struct state *state = open_state(yard, "plan.h5");
    struct ganger_rng rng;
    ganger_rng_init(&rng, KERNEL_SEED, 4, 0);
    if (state == NULL) {
        return NULL;
    }
    struct ganger_plan *plan = state->plan = ganger_plan_create(p);
    if (plan == NULL) {
        quality_out_of_memory();
    }
    size_t works = (size_t)p->works.count, boundaries = (size_t)p->time.periods + 1;
    memcpy(plan->start, yard->schedule->start, works * sizeof *plan->start);
    memcpy(plan->finish, yard->schedule->finish, works * sizeof *plan->finish);
    memcpy(plan->capacity, yard->capacity,
           boundaries * (size_t)p->links.count * sizeof *plan->capacity);
    for (size_t w = 0; w < works; w++) {
        int32_t mode = yard->schedule->mode[w];
        plan->mode[w] = mode == GANGER_NONE ? GANGER_NONE : mode - p->works.first_mode[w];
    }
    draw(plan->flow, boundaries * (size_t)p->links.count * 2, &rng);
    draw(plan->delivered, boundaries * (size_t)p->demands.count, &rng);
    draw(plan->prices.segment, boundaries * (size_t)p->segments.count * 2, &rng);
    plan->reproducible = true;
    return state;
}

bool kernel_plan_run(void *opaque, struct kernel_tally *tally)
{
    struct state *state = opaque;
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    ganger_status status =
        ganger_plan_write(state->plan, state->yard->problem, state->path, &findings);
    tally_file(state, tally);
    return fine(status, &findings);
}

void *kernel_load_packed_create(const struct kernel_yard *yard)
{
    struct state *state = open_state(yard, "instance.h5");
    struct kernel_tally unused = {0};
    if (state == NULL) {
        return NULL;
    }
    return kernel_pack_run(state, &unused) ? state : destroyed(state);
}

void *kernel_load_tables_create(const struct kernel_yard *yard)
{
    struct state *state = open_state(yard, "package");
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    if (state == NULL) {
        return NULL;
    }
    ganger_status status =
        ganger_problem_write_package(yard->problem, state->path, false, &findings);
    return fine(status, &findings) ? state : destroyed(state);
}

bool kernel_load_run(void *opaque, struct kernel_tally *tally)
{
    struct state *state = opaque;
    struct ganger_problem *problem = NULL;
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    if (!fine(ganger_problem_read(state->path, &problem, &findings), &findings)) {
        return false;
    }
    tally->items = problem->works.count;
    kernel_digest(tally, problem->sha256, sizeof problem->sha256);
    ganger_problem_destroy(problem);
    return true;
}

bool kernel_generate_run(void *opaque, struct kernel_tally *tally)
{
    struct ganger_problem *problem = NULL;
    struct ganger_generate_options options;
    struct ganger_findings findings;
    (void)opaque;
    ganger_generate_options_init(&options);
    ganger_findings_init(&findings);
    options.works = GENERATED;
    options.seed = KERNEL_SEED;
    if (!fine(ganger_problem_generate(&options, &problem, &findings), &findings)) {
        return false;
    }
    tally->items = problem->works.count;
    kernel_digest(tally, problem->sha256, sizeof problem->sha256);
    ganger_problem_destroy(problem);
    return true;
}
