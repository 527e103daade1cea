#include "check/package.h"

#include "instance/read.h"
#include "support/scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool write_file(const char *folder, const char *name, const char *suffix, const char *text)
{
    char path[SCRATCH_INSIDE];
    snprintf(path, sizeof path, "%s/%s%s", folder, name, suffix);
    FILE *file = fopen(path, "w");
    if (!file) {
        return false;
    }
    bool good = fputs(text, file) >= 0;
    return fclose(file) == 0 && good;
}

static void remove_file(const char *folder, const char *name, const char *suffix)
{
    char path[SCRATCH_INSIDE];
    snprintf(path, sizeof path, "%s/%s%s", folder, name, suffix);
    unlink(path);
}

static void print_findings(struct ganger_findings *findings)
{
    for (int i = 0; i < findings->count; i++) {
        char text[300];
        ganger_finding_format(&findings->list[i], text, sizeof text);
        fprintf(stderr, "%s\n", text);
    }
}

struct ganger_problem *package_problem(const char *settings, const struct package_table *tables)
{
    char folder[SCRATCH_PATH];
    char json[4096];
    struct ganger_problem *problem = NULL;
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    scratch_folder(folder);
    int length = snprintf(json, sizeof json,
                          "{\"name\": \"tiny\", \"ganger\": {%s}, \"resources\": [", settings);
    bool written = true;
    for (int i = 0; tables[i].name; i++) {
        length += snprintf(json + length, sizeof json - (size_t)length,
                           "%s{\"name\": \"%s\", \"path\": \"%s.csv\"}", i > 0 ? ", " : "",
                           tables[i].name, tables[i].name);
        written &= write_file(folder, tables[i].name, ".csv", tables[i].text);
    }
    snprintf(json + length, sizeof json - (size_t)length, "]}");
    written &= write_file(folder, "datapackage", ".json", json);
    if (!written || ganger_problem_read_package(folder, &problem, &findings) != GANGER_STATUS_OK) {
        print_findings(&findings);
    }
    for (int i = 0; tables[i].name; i++) {
        remove_file(folder, tables[i].name, ".csv");
    }
    remove_file(folder, "datapackage", ".json");
    rmdir(folder);
    ganger_findings_clear(&findings);
    return problem;
}
