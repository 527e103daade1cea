/*
 * The classic formats of project scheduling - PSPLIB, Patterson, MPLIB - on their way to a problem; private
 * to instance/.
 *
 * classic.c loads the text, tells the formats apart and has one reader (psplib.c, patterson.c, mplib.c) fill
 * a struct ganger_classic; classic_check.c says what cannot be; classic_horizon.c and classic_build.c make
 * the problem of it.
 *
 * What comes out: objective makespan, no network, no money, periods of one day from 2000-01-01. Each job is
 * a mandatory work of kind facility, the jobs of no duration at both ends too; its id is its number, "p:j"
 * in a file of several projects, and works.project is "p" there. Modes are "1", "2", ...; resources "R1"...
 * (renewable) and "N1"... (consumable, one window over all periods). The horizon leaves room for all works one
 * after the other, or, if that were too many periods, for a simple schedule of them.
 *
 * Lists only grow by what stands in the file, never by what it announces, so that a wrong number cannot make
 * the reader ask for much memory. Readers stop at the first step that returns false: memory is short, the
 * text is at its end, or what follows has lost its meaning; the findings say which.
 */
#ifndef GANGER_INSTANCE_CLASSIC_H
#define GANGER_INSTANCE_CLASSIC_H

#include "base/text.h"
#include "instance/read.h"
#include "instance/words.h"

/* Least and most of what a problem can hold. */
enum {
    GANGER_CLASSIC_DURATION_MOST = 1000000,
    GANGER_CLASSIC_LIMIT_MOST = 1000000000,
    GANGER_CLASSIC_RESOURCES_MOST = 1000000,
    GANGER_CLASSIC_PERIODS_MOST = 100000
};

/* A number of the file. `good` is false after a finding; value is then the least that was expected. */
struct ganger_classic_number {
    int32_t value, line, column;
    bool good;
};

/* What a number is, for the finding when it is not: "a duration", 0 .. 1000000. */
struct ganger_classic_kind {
    const char *what;
    int32_t least, most;
};
extern const struct ganger_classic_kind ganger_classic_duration, ganger_classic_demand,
    ganger_classic_limit, ganger_classic_resources, ganger_classic_release;

struct ganger_classic_project {
    int32_t first_job, jobs, release;
};

struct ganger_classic_job {
    int32_t project, line;
    int32_t first_mode, modes;
    int32_t announced; /* modes that there must be: psplib.c only */
};

struct ganger_classic_mode {
    int32_t duration, line;
};

struct ganger_classic_arc {
    int32_t job;
    int32_t project, number; /* of the successor, both from 1, as written */
    int32_t line, column;
    int32_t successor; /* set by ganger_classic_check() */
};

struct ganger_classic {
    const char *path;
    struct ganger_findings *findings; /* never NULL */
    struct ganger_words words;
    bool out_of_memory;
    const char *format; /* "PSPLIB" */
    bool many;          /* a file of several projects, even if it has one */
    int32_t renewables, consumables;
    struct ganger_classic_number
        *limits; /* [renewables + consumables], as is each mode's demands */
    struct ganger_classic_project *projects;
    struct ganger_classic_job *jobs; /* grouped by project */
    struct ganger_classic_mode *modes;
    struct ganger_classic_number *demands;
    struct ganger_classic_arc *arcs;
    int32_t limit_count, project_count, job_count, mode_count, demand_count, arc_count;
    int32_t limit_room, project_room, job_room, mode_room, demand_room, arc_room;
};

/* A finding at a place in the file; line or column 0 leaves it out. Returns false. */
bool ganger_classic_refuse(struct ganger_classic *classic, int32_t line, int32_t column,
                           const char *format, ...) __attribute__((format(printf, 4, 5)));

/* A word in double quotes, for a finding. */
const char *ganger_classic_quote(const struct ganger_word *word, char quoted[GANGER_TEXT_QUOTED]);

/* A word as a number. A finding, and number->good false, if it is none or out of range. */
void ganger_classic_parse(struct ganger_classic *classic, const struct ganger_word *word,
                          const struct ganger_classic_kind *kind,
                          struct ganger_classic_number *number);

/* The next word of the file as a number. False, with a finding, at the end of the file; false also when no
 * further finding would be kept. */
bool ganger_classic_take(struct ganger_classic *classic, const struct ganger_classic_kind *kind,
                         struct ganger_classic_number *number);
/* The same for a number that says how much follows: false if it is not good. */
bool ganger_classic_take_count(struct ganger_classic *classic,
                               const struct ganger_classic_kind *kind, int32_t *count);
/* So many capacities of renewables. */
bool ganger_classic_take_limits(struct ganger_classic *classic, int32_t renewables);
/* Duration and demands of a job's only mode. */
bool ganger_classic_take_mode(struct ganger_classic *classic);
/* False, with a finding, if any word is left. */
bool ganger_classic_take_end(struct ganger_classic *classic);

/* Each adds one entry and returns false if memory is short. Jobs belong to the last project;
 * modes are added job by job, the demands of a mode after it. */
bool ganger_classic_add_limit(struct ganger_classic *classic, struct ganger_classic_number limit);
bool ganger_classic_add_project(struct ganger_classic *classic, int32_t release);
bool ganger_classic_add_job(struct ganger_classic *classic, int32_t line);
bool ganger_classic_add_mode(struct ganger_classic *classic, int32_t job, int32_t duration,
                             int32_t line);
bool ganger_classic_add_demand(struct ganger_classic *classic, struct ganger_classic_number demand);
bool ganger_classic_add_arc(struct ganger_classic *classic, int32_t job, int32_t project,
                            struct ganger_classic_number successor);

/* Name of a job in messages and as id; of a resource likewise. */
#define GANGER_CLASSIC_NAME 24
void ganger_classic_job_name(const struct ganger_classic *classic, int32_t job,
                             char name[GANGER_CLASSIC_NAME]);
void ganger_classic_resource_name(const struct ganger_classic *classic, int32_t resource,
                                  char name[GANGER_CLASSIC_NAME]);

/* The readers. What was wrong is in classic->findings. */
void ganger_classic_read_psplib(struct ganger_classic *classic);
void ganger_classic_read_patterson(struct ganger_classic *classic);
void ganger_classic_read_mplib(struct ganger_classic *classic);

/* Resolves successors; findings for those that do not exist and for jobs that no mode lets be done. */
void ganger_classic_check(struct ganger_classic *classic);

/* Periods enough for every choice of modes, or a finding if that would be too many. False if memory is
 * short. */
bool ganger_classic_horizon(struct ganger_classic *classic, int32_t *periods);

/* The given parts of an empty problem. False if memory is short. */
bool ganger_classic_build(const struct ganger_classic *classic, int32_t periods,
                          struct ganger_problem *problem);

#endif
