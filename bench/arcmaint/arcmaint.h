/*
 * Instances of the arc maintenance benchmark (Boland, Kalinowski, Waterer and Zheng, Discrete Applied Mathematics
 * 163, 2014, 34-52): which arc is closed when, so that most flows from source to target. Read from its two files,
 * written as a data package.
 */
#ifndef GANGER_BENCH_ARCMAINT_ARCMAINT_H
#define GANGER_BENCH_ARCMAINT_ARCMAINT_H

#include <stdbool.h>
#include <stdint.h>

enum { ARCMAINT_PERIODS = 1000 };

struct arcmaint_arc {
    int32_t id, tail, head;
    double capacity;
};

/* A job that starts in period s occupies s .. s + duration - 1; periods count from 1. */
struct arcmaint_job {
    int32_t id, arc; /* arc: its place in the list, not its id */
    int32_t duration, earliest, latest;
};

struct arcmaint_network {
    int32_t nodes, arcs, source, target;
    struct arcmaint_arc *arc; /* without the one that leads from the target back to the source */
};

struct arcmaint_jobs {
    int32_t count;
    struct arcmaint_job *job; /* sorted by arc and earliest start */
};

/* False, with a message that names the line, if a file cannot be read or is wrong. Clear in either case. */
bool arcmaint_network_read(struct arcmaint_network *network, const char *path);
void arcmaint_network_clear(struct arcmaint_network *network);
bool arcmaint_jobs_read(struct arcmaint_jobs *jobs, const struct arcmaint_network *network,
                        const char *path);
void arcmaint_jobs_clear(struct arcmaint_jobs *jobs);

/* Writes the data package into a new folder `path`, whose last part is its name. False, with a message, if it cannot;
 * what was written is then removed. */
bool arcmaint_package_write(const struct arcmaint_network *network,
                            const struct arcmaint_jobs *jobs, const char *path);

#endif
