#include "micro/workload.h"

#include "base/file.h"
#include "cli/message.h"
#include "quality/instances.h"
#include "quality/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_folder(const char *path)
{
    struct stat entry;
    return stat(path, &entry) == 0 && S_ISDIR(entry.st_mode);
}

static struct ganger_problem *read_problem(const char *path)
{
    struct ganger_problem *problem = NULL;
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    ganger_status status = ganger_problem_read(path, &problem, &findings);
    if (status != GANGER_STATUS_OK) {
        ganger_cli_fail(status, &findings);
    }
    ganger_findings_clear(&findings);
    return problem;
}

/* Takes the problem. */
static bool fill(struct micro_instance *instance, const char *name, struct ganger_problem *problem,
                 const struct micro_options *options)
{
    if (problem == NULL) {
        return false;
    }
    instance->problem = problem;
    instance->name = quality_copy(name);
    const char *refusal = ganger_makespan_model_refusal(problem);
    if (refusal != NULL) {
        ganger_cli_error("%s: expected a makespan problem, found %s", name, refusal);
        return false;
    }
    instance->model = ganger_makespan_model_create(problem);
    if (instance->model == NULL) {
        quality_out_of_memory();
    }
    for (int32_t w = 0; w < instance->model->works; w++) {
        if (instance->model->first_mode[w] == instance->model->first_mode[w + 1]) {
            ganger_cli_error("%s: a work has no mode for which there is room", name);
            return false;
        }
    }
    struct ganger_rng rng;
    ganger_rng_init(&rng, options->seed, 1, 0);
    micro_scalar_init(&instance->scalar, instance->model);
    micro_lists_make(instance, (int)options->lists, &rng);
    return true;
}

static void start_set(struct micro_set *set, const char *name, int count,
                      const struct micro_options *options)
{
    *set = (struct micro_set){.name = quality_copy(name), .lists = (int)options->lists};
    set->instances = quality_allocate((size_t)count + 1, sizeof *set->instances);
}

static bool read_folder(struct micro_set *set, const char *path,
                        const struct micro_options *options)
{
    struct quality_instances found = {0};
    struct quality_choice choice = {.every = options->every};
    char *folder = quality_copy(path);
    bool blame, good = quality_instances_find(&found, &folder, 1, &choice, &blame);
    free(folder);
    if (!good) {
        return false;
    }
    start_set(set, found.list[0].set, found.count, options);
    for (int i = 0; good && i < found.count; i++) {
        struct micro_instance *instance = &set->instances[set->count++];
        good = fill(instance, found.list[i].name, read_problem(found.list[i].path), options);
    }
    quality_instances_clear(&found);
    return good;
}

bool micro_set_read(struct micro_set *set, const char *path, const struct micro_options *options)
{
    char *package = quality_format("%s/datapackage.json", path);
    struct stat entry;
    bool folder = is_folder(path) && stat(package, &entry) != 0;
    free(package);
    if (folder) {
        return read_folder(set, path, options);
    }
    start_set(set, ganger_file_name(path), 1, options);
    set->count = 1;
    return fill(&set->instances[0], set->name, read_problem(path), options);
}

bool micro_set_generate(struct micro_set *set, const struct micro_options *options)
{
    char *name = quality_format("generated-%d", (int)options->generated);
    start_set(set, name, 1, options);
    set->count = 1;
    bool good = fill(&set->instances[0], name,
                     micro_problem_generate((int32_t)options->generated, options->seed), options);
    free(name);
    return good;
}

void micro_set_clear(struct micro_set *set)
{
    for (int i = 0; i < set->count; i++) {
        struct micro_instance *instance = &set->instances[i];
        free(instance->lists[GANGER_FORWARD]);
        free(instance->lists[GANGER_BACKWARD]);
        micro_scalar_clear(&instance->scalar);
        ganger_makespan_model_destroy(instance->model);
        ganger_problem_destroy(instance->problem);
        free(instance->name);
    }
    free(set->instances);
    free(set->name);
}
