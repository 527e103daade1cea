#include "arcmaint/arcmaint.h"

#include "cli/message.h"
#include "quality/memory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct package {
    const struct arcmaint_network *network;
    const struct arcmaint_jobs *jobs;
    const char *path;
    int32_t *first; /* [arcs + 1] jobs of an arc */
};

/* An arc is a link of one segment a job, so that each work has a line of its own; at least one. */
static int32_t pieces(const struct package *package, int32_t arc)
{
    int32_t jobs = package->first[arc + 1] - package->first[arc];
    return jobs > 0 ? jobs : 1;
}

static void write_nodes(const struct package *package, FILE *file)
{
    fputs("node_id,x_coord,y_coord\n", file);
    for (int32_t i = 0; i < package->network->nodes; i++) {
        fprintf(file, "%d,%d,0\n", i, i % 180);
    }
}

static void write_links(const struct package *package, FILE *file)
{
    fputs("link_id,from_node_id,to_node_id,directed,cost_per_tkm\n", file);
    for (int32_t a = 0; a < package->network->arcs; a++) {
        const struct arcmaint_arc *arc = &package->network->arc[a];
        fprintf(file, "%d,%d,%d,true,0\n", arc->id, arc->tail, arc->head);
    }
}

static void write_segments(const struct package *package, FILE *file)
{
    fputs("segment_id,link_id,ref_node_id,start_lr,end_lr,capacity\n", file);
    for (int32_t a = 0; a < package->network->arcs; a++) {
        const struct arcmaint_arc *arc = &package->network->arc[a];
        for (int32_t i = 0; i < pieces(package, a); i++) {
            fprintf(file, "%d-%d,%d,%d,%d,%d,%.15g\n", arc->id, i, arc->id, arc->tail, i, i + 1,
                    arc->capacity);
        }
    }
}

/* A period of 1461 days is four years, to the day, so that a quarter of a dollar a tonne makes the programme's value
 * the sum over periods of what flows. */
static void write_demand(const struct package *package, FILE *file)
{
    fprintf(file, "demand_id,origin,destination,value\nflow,%d,%d,0.25\n", package->network->source,
            package->network->target);
}

/* More than can leave the source is as good as unlimited. */
static void write_profile(const struct package *package, FILE *file)
{
    double most = 0;
    for (int32_t a = 0; a < package->network->arcs; a++) {
        const struct arcmaint_arc *arc = &package->network->arc[a];
        most += arc->tail == package->network->source ? arc->capacity : 0;
    }
    fprintf(file, "demand_id,from,mt_per_year\nflow,0,%.15g\n", most);
}

static void write_works(const struct package *package, FILE *file)
{
    fputs("work_id,kind,segment_id,km,earliest,deadline,mandatory\n", file);
    for (int32_t a = 0; a < package->network->arcs; a++) {
        for (int32_t j = package->first[a]; j < package->first[a + 1]; j++) {
            const struct arcmaint_job *job = &package->jobs->job[j];
            fprintf(file, "%d,repair,%d-%d,1,%d,%d,true\n", job->id, package->network->arc[a].id,
                    j - package->first[a], job->earliest - 1, job->latest - 1 + job->duration);
        }
    }
}

static void write_modes(const struct package *package, FILE *file)
{
    fputs("work_id,mode_id,duration,factor\n", file);
    for (int32_t j = 0; j < package->jobs->count; j++) {
        fprintf(file, "%d,closed,%d,0\n", package->jobs->job[j].id, package->jobs->job[j].duration);
    }
}

static const struct {
    const char *name;
    void (*write)(const struct package *package, FILE *file);
} tables[] = {{"node", write_nodes},
              {"link", write_links},
              {"segment", write_segments},
              {"demand", write_demand},
              {"demand_profile", write_profile},
              {"work", write_works},
              {"mode", write_modes}};
enum { TABLES = sizeof tables / sizeof *tables };

static void write_descriptor(const struct package *package, FILE *file)
{
    const char *slash = strrchr(package->path, '/');
    fprintf(file,
            "{\n \"name\": \"%s\",\n \"title\": \"Arc maintenance\",\n \"ganger\": {\n"
            "  \"start_date\": \"2000-01-01\",\n  \"period_days\": 1461,\n  \"periods\": %d,\n"
            "  \"discount_rate\": 0,\n  \"terminal_years\": 0,\n  \"objective\": \"npv\",\n"
            "  \"railhead\": false,\n  \"currency\": \"USD\"\n },\n \"resources\": [\n",
            slash != NULL ? slash + 1 : package->path, ARCMAINT_PERIODS);
    for (int i = 0; i < TABLES; i++) {
        fprintf(file, "  {\"name\": \"%s\", \"path\": \"%s.csv\"}%s\n", tables[i].name,
                tables[i].name, i + 1 < TABLES ? "," : "");
    }
    fputs(" ]\n}\n", file);
}

static bool write_file(const struct package *package, const char *name, const char *ending,
                       void (*write)(const struct package *package, FILE *file))
{
    char *path = quality_format("%s/%s.%s", package->path, name, ending);
    FILE *file = fopen(path, "wx");
    bool good = file != NULL;
    if (good) {
        write(package, file);
        good = !ferror(file);
        good = fclose(file) == 0 && good;
    }
    if (!good) {
        ganger_cli_error("%s: could not be written: %s", path, strerror(errno));
    }
    free(path);
    return good;
}

static void remove_all(const struct package *package)
{
    for (int i = 0; i < TABLES; i++) {
        char *path = quality_format("%s/%s.csv", package->path, tables[i].name);
        unlink(path);
        free(path);
    }
    rmdir(package->path);
}

bool arcmaint_package_write(const struct arcmaint_network *network,
                            const struct arcmaint_jobs *jobs, const char *path)
{
    struct package package = {network, jobs, path, NULL};
    if (mkdir(path, 0777) != 0) {
        ganger_cli_error("%s: could not be made: %s", path, strerror(errno));
        return false;
    }
    package.first = quality_allocate((size_t)network->arcs + 1, sizeof *package.first);
    for (int32_t j = 0; j < jobs->count; j++) {
        package.first[jobs->job[j].arc + 1]++;
    }
    for (int32_t a = 0; a < network->arcs; a++) {
        package.first[a + 1] += package.first[a];
    }
    bool good = true;
    for (int i = 0; good && i < TABLES; i++) {
        good = write_file(&package, tables[i].name, "csv", tables[i].write);
    }
    /* Last: a folder without it is no instance. */
    good = good && write_file(&package, "datapackage", "json", write_descriptor);
    if (!good) {
        remove_all(&package);
    }
    free(package.first);
    return good;
}
