/* ganger-arcmaint: from the files of the arc maintenance benchmark to data packages. */
#include "arcmaint/arcmaint.h"
#include "cli/exit.h"
#include "cli/message.h"
#include "cli/output.h"
#include "quality/memory.h"

#include <argp.h>
#include <dirent.h>
#include <errno.h>
#include <ganger/version.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct arguments {
    const char *from, *to;
    int count;
};

static error_t take(int key, char *text, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        if (arguments->count++ == 0) {
            arguments->from = text;
        } else {
            arguments->to = text;
        }
        return arguments->count > 2 ? ARGP_ERR_UNKNOWN : 0;
    case ARGP_KEY_END:
        if (arguments->count != 2) {
            argp_error(state, "expected two folders");
        }
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static enum ganger_cli_exit convert_jobs(const struct arcmaint_network *network,
                                         const char *jobs_path, const char *to)
{
    struct arcmaint_jobs jobs;
    enum ganger_cli_exit code = GANGER_CLI_EXIT_INPUT;
    if (arcmaint_jobs_read(&jobs, network, jobs_path)) {
        code = arcmaint_package_write(network, &jobs, to) ? GANGER_CLI_EXIT_OK
                                                          : GANGER_CLI_EXIT_OUTPUT;
    }
    arcmaint_jobs_clear(&jobs);
    return code;
}

static int is_job_list(const struct dirent *entry)
{
    return strncmp(entry->d_name, "Jobmax_flow", 11) == 0 && strstr(entry->d_name, ".dat") != NULL;
}

/* One network with its job lists: dataN/Jobmax_flowN.datK becomes dataN-K. */
static enum ganger_cli_exit convert_network(const struct arguments *arguments, const char *name)
{
    struct arcmaint_network network;
    struct dirent **lists = NULL;
    char *folder = quality_format("%s/%s", arguments->from, name);
    char *path = quality_format("%s/Outmax_flow%s.dat", folder, name + 4);
    enum ganger_cli_exit code =
        arcmaint_network_read(&network, path) ? GANGER_CLI_EXIT_OK : GANGER_CLI_EXIT_INPUT;
    int count = code == GANGER_CLI_EXIT_OK ? scandir(folder, &lists, is_job_list, versionsort) : 0;
    if (count == 0 && code == GANGER_CLI_EXIT_OK) {
        ganger_cli_error("%s: no job list Jobmax_flow%s.dat* in this folder", folder, name + 4);
        code = GANGER_CLI_EXIT_INPUT;
    }
    for (int i = 0; i < count; i++) {
        char *jobs = quality_format("%s/%s", folder, lists[i]->d_name);
        char *to =
            quality_format("%s/%s-%s", arguments->to, name, strstr(lists[i]->d_name, ".dat") + 4);
        code = code == GANGER_CLI_EXIT_OK ? convert_jobs(&network, jobs, to) : code;
        free(jobs);
        free(to);
        free(lists[i]);
    }
    free(lists);
    free(path);
    free(folder);
    arcmaint_network_clear(&network);
    return code;
}

static int is_network(const struct dirent *entry)
{
    const char *number = entry->d_name + 4;
    return strncmp(entry->d_name, "data", 4) == 0 && number[0] != '\0' &&
           number[strspn(number, "0123456789")] == '\0';
}

static enum ganger_cli_exit convert(const struct arguments *arguments)
{
    struct dirent **networks = NULL;
    enum ganger_cli_exit code = GANGER_CLI_EXIT_OK;
    int count = scandir(arguments->from, &networks, is_network, versionsort);
    if (count <= 0) {
        ganger_cli_error("%s: expected a folder with folders data1, data2, ...%s%s",
                         arguments->from, count < 0 ? ": " : "", count < 0 ? strerror(errno) : "");
        code = GANGER_CLI_EXIT_INPUT;
    } else if (mkdir(arguments->to, 0777) != 0 && errno != EEXIST) {
        ganger_cli_error("%s: could not be made: %s", arguments->to, strerror(errno));
        code = GANGER_CLI_EXIT_OUTPUT;
    }
    for (int i = 0; i < count; i++) {
        code = code == GANGER_CLI_EXIT_OK ? convert_network(arguments, networks[i]->d_name) : code;
        free(networks[i]);
    }
    free(networks);
    return code;
}

int main(int argc, char **argv)
{
    static char name[] = "ganger-arcmaint";
    struct argp argp = {.parser = take,
                        .args_doc = "FOLDER OUTPUT",
                        .doc = "Turns the networks and job lists of FOLDER (dataN/Outmax_flowN.dat "
                               "and dataN/Jobmax_flowN.datK) into data packages OUTPUT/dataN-K."};
    struct arguments arguments = {0};
    ganger_cli_streams_guard();
    argp_err_exit_status = GANGER_CLI_EXIT_USAGE;
    argp_program_version = "ganger-arcmaint " GANGER_VERSION_STRING;
    if (argc > 0) {
        argv[0] = name;
    }
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    return (int)convert(&arguments);
}
