/* Reading a data package from start to finish. */
#include "instance/package.h"

#include "base/file.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static long line_of(void *context, const char *table, int32_t row)
{
    const struct ganger_package *package = context;
    for (int i = 0; i < GANGER_TABLES; i++) {
        const struct ganger_package_table *state = &package->tables[i];
        size_t length = strlen(ganger_tables[i].name);
        if (strncmp(table, ganger_tables[i].name, length) == 0 &&
            strcmp(table + length, ".csv") == 0) {
            bool known = state->csv.lines != NULL && row >= 0 &&
                         row < ganger_table_count(package->problem, (enum ganger_table_index)i);
            return known ? state->csv.lines[row] : 0;
        }
    }
    return 0;
}

static const char *file_of(void *context, const char *table)
{
    const struct ganger_package *package = context;
    for (int i = 0; i < GANGER_TABLES; i++) {
        size_t length = strlen(ganger_tables[i].name);
        if (strncmp(table, ganger_tables[i].name, length) == 0 &&
            strcmp(table + length, ".csv") == 0 && package->tables[i].shown != NULL) {
            return package->tables[i].shown;
        }
    }
    return table;
}

static void clear(struct ganger_package *package)
{
    for (int i = 0; i < GANGER_TABLES; i++) {
        free(package->tables[i].shown);
        free(package->tables[i].path);
        ganger_csv_clear(&package->tables[i].csv);
        ganger_lookup_clear(&package->tables[i].ids);
    }
    if (package->c_locale != (locale_t)0) {
        freelocale(package->c_locale);
    }
    ganger_problem_destroy(package->problem);
}

/* Reading, meaning, derivation: each only if the one before found nothing, so that no finding is the mere
 * echo of another. */
static ganger_status read_all(struct ganger_package *package, const char *json_path)
{
    ganger_status status = GANGER_STATUS_OK;
    const struct ganger_locator locator = {.line = line_of, .file = file_of, .context = package};
    GANGER_TRY(ganger_package_read_json(package, json_path));
    GANGER_TRY(ganger_package_read_tables(package));
    if (package->findings->total > 0) {
        return GANGER_STATUS_INPUT_INVALID;
    }
    package->problem->resources.budget = ganger_problem_find_budget(package->problem);
    GANGER_TRY(ganger_problem_validate(package->problem, &locator, package->findings));
    GANGER_TRY(ganger_problem_seal(package->problem, package->findings));
    GANGER_TRY(ganger_problem_validate_fits(package->problem, &locator, package->findings));
out:
    return status;
}

/* The folder and the path of datapackage.json for what the user named, which may be either. */
static bool split_path(const char *path, char **folder, char **json_path)
{
    struct stat about;
    *folder = NULL;
    *json_path = NULL;
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
        *folder = strdup(path);
        return *folder != NULL && asprintf(json_path, "%s/datapackage.json", path) >= 0;
    }
    *json_path = strdup(path);
    size_t length = (size_t)(ganger_file_name(path) - path);
    *folder = length > 0 ? strndup(path, length) : strdup(".");
    return *folder != NULL && *json_path != NULL;
}

ganger_status ganger_problem_read_package(const char *path, struct ganger_problem **problem,
                                          struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    struct ganger_findings own;
    struct ganger_package *package = calloc(1, sizeof *package);
    char *folder = NULL, *json_path = NULL;
    *problem = NULL;
    ganger_findings_init(&own);
    if (package == NULL || !split_path(path, &folder, &json_path)) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    /* The reader counts findings, so it needs a record even if the caller has none; and what the caller's
     * holds already is not its business. */
    package->findings = &own;
    package->folder = folder;
    package->problem = ganger_problem_create();
    package->c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (package->problem == NULL || package->c_locale == (locale_t)0) {
        status = ganger_findings_out_of_memory(&own);
        goto out;
    }
    status = read_all(package, json_path);
    if (status == GANGER_STATUS_OK) {
        *problem = package->problem;
        package->problem = NULL;
    }
out:
    if (package != NULL) {
        clear(package);
    }
    free(package);
    free(folder);
    free(json_path);
    ganger_findings_move(&own, findings);
    return status;
}
