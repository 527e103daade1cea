#include "arcmaint/arcmaint.h"

#include "cli/message.h"
#include "quality/memory.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct lines {
    const char *path;
    FILE *file;
    long number;
    char *text; /* the line at hand, without its end */
    size_t room;
};

static bool open_lines(struct lines *lines, const char *path)
{
    *lines = (struct lines){.path = path, .file = fopen(path, "r")};
    if (lines->file == NULL) {
        ganger_cli_error("%s: %s", path, strerror(errno));
    }
    return lines->file != NULL;
}

static void close_lines(struct lines *lines)
{
    fclose(lines->file);
    free(lines->text);
}

/* The next line that is not blank; false at the end. */
static bool next_line(struct lines *lines)
{
    while (getline(&lines->text, &lines->room, lines->file) >= 0) {
        lines->number++;
        lines->text[strcspn(lines->text, "\r\n")] = '\0';
        if (lines->text[strspn(lines->text, " \t")] != '\0') {
            return true;
        }
    }
    return false;
}

static bool refuse(const struct lines *lines, const char *expected)
{
    ganger_cli_error("%s:%ld: expected %s, found \"%s\"", lines->path, lines->number, expected,
                     lines->text);
    return false;
}

/* "word number" or "word : number" and nothing else; `at` is where the number ended. */
static bool word_is(const char *text, const char *word, int32_t *number, const char **at)
{
    int read = 0;
    char form[32];
    snprintf(form, sizeof form, " %s %%d%%n", word);
    bool is = sscanf(text, form, number, &read) == 1 && read > 0;
    *at = text + read;
    return is;
}

static bool at_end(const char *text)
{
    return text[strspn(text, " \t")] == '\0';
}

static void add_arc(struct arcmaint_network *network, struct arcmaint_arc arc)
{
    network->arc =
        quality_reallocate(network->arc, (size_t)network->arcs + 1, sizeof *network->arc);
    network->arc[network->arcs++] = arc;
}

/* One line of the network; `node` is the tail of the arcs that follow. */
static bool network_line(struct arcmaint_network *network, const struct lines *lines, int32_t *node)
{
    const char *at;
    int32_t number, head;
    double capacity;
    int read = 0;
    if (word_is(lines->text, "node", &number, &at)) {
        *node = network->nodes;
        return (number == network->nodes++ && at_end(at)) ||
               refuse(lines, "nodes numbered from 0, one a line");
    }
    if (word_is(lines->text, "arc", &number, &at)) {
        bool good = sscanf(at, " : %d %lf%n", &head, &capacity, &read) == 2 && at_end(at + read) &&
                    head >= 0 && capacity >= 0 && isfinite(capacity) && *node >= 0;
        if (good) {
            add_arc(network, (struct arcmaint_arc){number, *node, head, capacity});
        }
        return good || refuse(lines, "\"arc ID : HEAD CAPACITY\" below a node");
    }
    if (word_is(lines->text, "source :", &number, &at) && at_end(at)) {
        network->source = number;
        return true;
    }
    if (word_is(lines->text, "target :", &number, &at) && at_end(at)) {
        network->target = number;
        return true;
    }
    /* How the network was made: a frames of b x b nodes. */
    return ((word_is(lines->text, "a :", &number, &at) ||
             word_is(lines->text, "b :", &number, &at)) &&
            at_end(at)) ||
           refuse(lines, "a node, an arc, source, target, a or b");
}

static int by_id(const void *a, const void *b)
{
    const struct arcmaint_arc *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static bool check_network(struct arcmaint_network *network, const char *path)
{
    int32_t kept = 0, nodes = network->nodes;
    if (network->source < 0 || network->source >= nodes || network->target < 0 ||
        network->target >= nodes || network->source == network->target) {
        ganger_cli_error("%s: expected a source and a target, two of the %d nodes", path, nodes);
        return false;
    }
    for (int32_t a = 0; a < network->arcs; a++) {
        struct arcmaint_arc arc = network->arc[a];
        if (arc.head >= nodes) {
            ganger_cli_error("%s: arc %d leads to node %d, which is none of the %d nodes", path,
                             arc.id, arc.head, nodes);
            return false;
        }
        if (arc.tail != network->target || arc.head != network->source) {
            network->arc[kept++] = arc;
        }
    }
    network->arcs = kept;
    qsort(network->arc, (size_t)kept, sizeof *network->arc, by_id);
    for (int32_t a = 1; a < kept; a++) {
        if (network->arc[a].id == network->arc[a - 1].id) {
            ganger_cli_error("%s: arc %d stands there twice", path, network->arc[a].id);
            return false;
        }
    }
    return true;
}

bool arcmaint_network_read(struct arcmaint_network *network, const char *path)
{
    struct lines lines;
    int32_t node = -1;
    *network = (struct arcmaint_network){.source = -1, .target = -1};
    network->arc = quality_allocate(1, sizeof *network->arc);
    if (!open_lines(&lines, path)) {
        return false;
    }
    bool good = true;
    while (good && next_line(&lines)) {
        good = network_line(network, &lines, &node);
    }
    close_lines(&lines);
    return good && check_network(network, path);
}

void arcmaint_network_clear(struct arcmaint_network *network)
{
    free(network->arc);
    *network = (struct arcmaint_network){0};
}

static int by_arc(const void *a, const void *b)
{
    const struct arcmaint_job *x = a, *y = b;
    int order = (x->arc > y->arc) - (x->arc < y->arc);
    order = order != 0 ? order : (x->earliest > y->earliest) - (x->earliest < y->earliest);
    return order != 0 ? order : (x->id > y->id) - (x->id < y->id);
}

static bool job_line(struct arcmaint_jobs *jobs, const struct arcmaint_network *network,
                     const struct lines *lines)
{
    struct arcmaint_job job;
    struct arcmaint_arc key = {0};
    int read = 0;
    if (sscanf(lines->text, " %d %d %d %d %d%n", &job.id, &key.id, &job.duration, &job.earliest,
               &job.latest, &read) != 5 ||
        !at_end(lines->text + read)) {
        return refuse(lines, "id, arc, duration, earliest and latest start");
    }
    const struct arcmaint_arc *arc =
        bsearch(&key, network->arc, (size_t)network->arcs, sizeof *network->arc, by_id);
    if (arc == NULL) {
        return refuse(lines, "an arc of the network");
    }
    if (job.duration < 1 || job.earliest < 1 || job.latest < job.earliest ||
        job.latest > ARCMAINT_PERIODS - job.duration + 1) {
        return refuse(lines, "duration >= 1 and 1 <= earliest <= latest start, finished by period "
                             "1000");
    }
    job.arc = (int32_t)(arc - network->arc);
    jobs->job = quality_reallocate(jobs->job, (size_t)jobs->count + 1, sizeof *jobs->job);
    jobs->job[jobs->count++] = job;
    return true;
}

static int by_job_id(const void *a, const void *b)
{
    const struct arcmaint_job *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

bool arcmaint_jobs_read(struct arcmaint_jobs *jobs, const struct arcmaint_network *network,
                        const char *path)
{
    struct lines lines;
    *jobs = (struct arcmaint_jobs){.job = quality_allocate(1, sizeof *jobs->job)};
    if (!open_lines(&lines, path)) {
        return false;
    }
    bool good = true;
    while (good && next_line(&lines)) {
        good = job_line(jobs, network, &lines);
    }
    close_lines(&lines);
    if (good && jobs->count == 0) {
        ganger_cli_error("%s: no job in this file", path);
        good = false;
    }
    qsort(jobs->job, (size_t)jobs->count, sizeof *jobs->job, by_job_id);
    for (int32_t j = 1; good && j < jobs->count; j++) {
        if (jobs->job[j].id == jobs->job[j - 1].id) {
            ganger_cli_error("%s: job %d stands there twice", path, jobs->job[j].id);
            good = false;
        }
    }
    qsort(jobs->job, (size_t)jobs->count, sizeof *jobs->job, by_arc);
    return good;
}

void arcmaint_jobs_clear(struct arcmaint_jobs *jobs)
{
    free(jobs->job);
    *jobs = (struct arcmaint_jobs){0};
}
