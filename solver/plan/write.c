/* The plan file: HDF5 that is also netCDF-4 with CF conventions (MODEL section 9). */
#include "base/date.h"
#include "base/file.h"
#include "plan/layout.h"
#include "plan/netcdf.h"
#include "plan/quiet.h"
#include "plan/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct writer {
    const struct ganger_plan *plan;
    const struct ganger_problem *problem;
    struct ganger_netcdf netcdf;
    size_t sizes[GANGER_DIMS];
    int dim[GANGER_DIMS]; /* numbers given by netcdf */
    hid_t group[GANGER_PLAN_GROUPS];
    bool varying;      /* what differs from run to run is written too */
    const char *epoch; /* SOURCE_DATE_EPOCH or NULL */
    char since[48];    /* CF units of times */
    bool out_of_memory;
};

static const char *const directions[] = {"forward", "backward"};

static void put_time(struct writer *w, enum ganger_plan_dim dim, const char *long_name)
{
    size_t count = w->sizes[dim];
    int32_t *days = malloc(count * sizeof *days);
    if (!days) {
        w->out_of_memory = true;
        return;
    }
    for (size_t t = 0; t < count; t++) {
        days[t] = (int32_t)t * w->problem->time.period_days;
    }
    struct ganger_netcdf_variable variable = {.name = ganger_plan_dim_row[dim].name,
                                              .type = GANGER_NETCDF_INT32,
                                              .units = w->since,
                                              .long_name = long_name};
    struct ganger_netcdf_place place = {w->group[GANGER_PLAN_ROOT], variable.name};
    w->dim[dim] = ganger_netcdf_coordinate(&w->netcdf, place.group, variable, count, days);
    ganger_netcdf_text(&w->netcdf, place, "calendar", "proleptic_gregorian");
    ganger_netcdf_text(&w->netcdf, place, "standard_name", "time");
    free(days);
}

static void put_ids(struct writer *w, enum ganger_plan_dim dim, const char *const *ids,
                    const char *long_name)
{
    struct ganger_netcdf_variable variable = {
        .name = ganger_plan_dim_row[dim].name, .type = GANGER_NETCDF_TEXT, .long_name = long_name};
    hid_t group = w->group[ganger_plan_dim_row[dim].group];
    w->dim[dim] = ganger_netcdf_coordinate(&w->netcdf, group, variable, w->sizes[dim], ids);
}

static void put_renewable_ids(struct writer *w)
{
    const struct ganger_resources *resources = &w->problem->resources;
    size_t count = w->sizes[GANGER_DIM_RENEWABLE];
    const char **ids = calloc(count + 1, sizeof *ids);
    if (!ids) {
        w->out_of_memory = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        ids[i] = resources->id[resources->renewable_resource[i]];
    }
    put_ids(w, GANGER_DIM_RENEWABLE, ids, "renewable resource");
    free(ids);
}

static void put_coordinates(struct writer *w)
{
    const struct ganger_problem *p = w->problem;
    put_time(w, GANGER_DIM_PERIOD, "first day of the period");
    put_time(w, GANGER_DIM_BOUNDARY, "day on which the next period begins");
    put_ids(w, GANGER_DIM_WORK, (const char *const *)p->works.id, "work");
    put_ids(w, GANGER_DIM_LINK, (const char *const *)p->links.id, "link");
    put_ids(w, GANGER_DIM_SEGMENT, (const char *const *)p->segments.id, "segment");
    put_ids(w, GANGER_DIM_DEMAND, (const char *const *)p->demands.id, "demand");
    put_ids(w, GANGER_DIM_RESOURCE, (const char *const *)p->resources.id, "resource");
    put_ids(w, GANGER_DIM_DIRECTION, directions,
            "forward: from the link's from-node to its to-node");
    put_renewable_ids(w);
    put_ids(w, GANGER_DIM_TARGET, (const char *const *)p->targets.id, "target");
    const enum ganger_plan_dim bare[] = {
        GANGER_DIM_WINDOW,   GANGER_DIM_PRECEDENCE, GANGER_DIM_PATH, GANGER_DIM_PATH_OFFSET,
        GANGER_DIM_PATH_ARC, GANGER_DIM_FLOW_ROW,   GANGER_DIM_STEP};
    for (size_t i = 0; i < sizeof bare / sizeof *bare; i++) {
        const struct ganger_plan_dim_row *row = &ganger_plan_dim_row[bare[i]];
        w->dim[bare[i]] =
            ganger_netcdf_dim(&w->netcdf, w->group[row->group], row->name, w->sizes[bare[i]]);
    }
}

/* One variable on one or no dimension; `type` as netcdf.h has it. */
static void put(struct writer *w, enum ganger_plan_group group,
                struct ganger_netcdf_variable variable, enum ganger_plan_dim dim, const void *data)
{
    variable.dims[0] = w->dim[dim];
    variable.dims[1] = -1;
    ganger_netcdf_variable(&w->netcdf, w->group[group], &variable, data);
}

static void put_fields(struct writer *w)
{
    static const int32_t no_paths[1] = {0};
    for (int i = 0; i < ganger_plan_fields; i++) {
        const struct ganger_plan_field *field = &ganger_plan_field[i];
        struct ganger_netcdf_variable variable = {.name = field->name,
                                                  .type = field->type,
                                                  .units = field->units,
                                                  .long_name = field->long_name};
        for (int axis = 0; axis < GANGER_NETCDF_RANK; axis++) {
            int dim = field->dims[axis];
            variable.dims[axis] = dim == GANGER_DIM_END ? -1 : w->dim[dim];
        }
        const void *data = *ganger_plan_slot((struct ganger_plan *)(uintptr_t)w->plan, field);
        if (!data && field->dims[0] == GANGER_DIM_PATH_OFFSET) {
            data = no_paths;
        }
        ganger_netcdf_variable(&w->netcdf, w->group[field->group], &variable, data);
    }
}

/* A boundary or period of each work as a date; NaN, which xarray shows as NaT, where there is none. */
static void put_dates(struct writer *w, const char *name, const int32_t *at, const char *long_name)
{
    size_t count = w->sizes[GANGER_DIM_WORK];
    double *days = malloc((count + 1) * sizeof *days);
    if (!days) {
        w->out_of_memory = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        days[i] = at[i] < 0 ? (double)NAN : (double)at[i] * w->problem->time.period_days;
    }
    struct ganger_netcdf_variable variable = {
        .name = name, .type = GANGER_NETCDF_DOUBLE, .units = w->since, .long_name = long_name};
    put(w, GANGER_PLAN_ROOT, variable, GANGER_DIM_WORK, days);
    struct ganger_netcdf_place place = {w->group[GANGER_PLAN_ROOT], name};
    ganger_netcdf_text(&w->netcdf, place, "calendar", "proleptic_gregorian");
    ganger_netcdf_double(&w->netcdf, place, "_FillValue", (double)NAN);
    free(days);
}

/* What makes the file useful without the instance. */
static void put_labels(struct writer *w)
{
    static const int8_t kinds[] = {GANGER_WORK_REPAIR, GANGER_WORK_BUILD, GANGER_WORK_UPGRADE,
                                   GANGER_WORK_FACILITY};
    const struct ganger_problem *p = w->problem;
    struct ganger_netcdf_variable text = {.type = GANGER_NETCDF_TEXT};
    put_dates(w, "start_date", w->plan->start, "day on which the work starts");
    put_dates(w, "finish_date", w->plan->finish, "first day on which the work is over");
    text.name = "work_name";
    put(w, GANGER_PLAN_ROOT, text, GANGER_DIM_WORK, p->works.name);
    text.name = "work_project";
    put(w, GANGER_PLAN_ROOT, text, GANGER_DIM_WORK, p->works.project);
    put(w, GANGER_PLAN_ROOT,
        (struct ganger_netcdf_variable){.name = "work_kind", .type = GANGER_NETCDF_INT8},
        GANGER_DIM_WORK, p->works.kind);
    struct ganger_netcdf_place kind = {w->group[GANGER_PLAN_ROOT], "work_kind"};
    ganger_netcdf_int8s(&w->netcdf, kind, "flag_values", kinds, sizeof kinds);
    ganger_netcdf_text(&w->netcdf, kind, "flag_meanings", "repair build upgrade facility");
    put(w, GANGER_PLAN_ROOT,
        (struct ganger_netcdf_variable){.name = "work_segment",
                                        .type = GANGER_NETCDF_INT32,
                                        .long_name = "position in segment, -1: none"},
        GANGER_DIM_WORK, p->works.segment);
    put(w, GANGER_PLAN_ROOT,
        (struct ganger_netcdf_variable){
            .name = "work_km", .type = GANGER_NETCDF_DOUBLE, .units = "km"},
        GANGER_DIM_WORK, p->works.km);
    text.name = "link_name";
    put(w, GANGER_PLAN_ROOT, text, GANGER_DIM_LINK, p->links.name);
    put(w, GANGER_PLAN_ROOT,
        (struct ganger_netcdf_variable){
            .name = "link_km", .type = GANGER_NETCDF_DOUBLE, .units = "km"},
        GANGER_DIM_LINK, p->links.length_km);
    put(w, GANGER_PLAN_ROOT,
        (struct ganger_netcdf_variable){
            .name = "segment_link", .type = GANGER_NETCDF_INT32, .long_name = "position in link"},
        GANGER_DIM_SEGMENT, p->segments.link);
    text.name = "resource_name";
    put(w, GANGER_PLAN_ROOT, text, GANGER_DIM_RESOURCE, p->resources.name);
    text.name = "resource_unit";
    put(w, GANGER_PLAN_ROOT, text, GANGER_DIM_RESOURCE, p->resources.unit);
}

static void put_trace(struct writer *w)
{
    size_t count = w->sizes[GANGER_DIM_STEP];
    double *real = calloc(3 * count + 1, sizeof *real);
    int64_t *whole = calloc(2 * count + 1, sizeof *whole);
    if (!real || !whole) {
        w->out_of_memory = true;
        goto out;
    }
    for (size_t i = 0; i < count; i++) {
        const struct ganger_trace_row *row = &w->plan->trace[i];
        real[i] = w->varying ? row->time_s : 0.0;
        real[count + i] = row->value;
        real[2 * count + i] = row->bound;
        whole[i] = row->rounds;
        whole[count + i] = row->ticks;
    }
    put(w, GANGER_PLAN_TRACE,
        (struct ganger_netcdf_variable){.name = "time",
                                        .type = GANGER_NETCDF_DOUBLE,
                                        .units = "s",
                                        .long_name = "wall time since the solve began"},
        GANGER_DIM_STEP, real);
    put(w, GANGER_PLAN_TRACE,
        (struct ganger_netcdf_variable){
            .name = "iterations", .type = GANGER_NETCDF_INT64, .long_name = "rounds of the search"},
        GANGER_DIM_STEP, whole);
    put(w, GANGER_PLAN_TRACE,
        (struct ganger_netcdf_variable){.name = "ticks",
                                        .type = GANGER_NETCDF_INT64,
                                        .long_name = "work done, the same on every machine"},
        GANGER_DIM_STEP, whole + count);
    put(w, GANGER_PLAN_TRACE,
        (struct ganger_netcdf_variable){.name = "value",
                                        .type = GANGER_NETCDF_DOUBLE,
                                        .long_name = "objective of the best plan so far"},
        GANGER_DIM_STEP, real + count);
    put(w, GANGER_PLAN_TRACE,
        (struct ganger_netcdf_variable){
            .name = "bound", .type = GANGER_NETCDF_DOUBLE, .long_name = "dual bound so far"},
        GANGER_DIM_STEP, real + 2 * count);
out:
    free(real);
    free(whole);
}

static void put_figures(struct writer *w, struct ganger_netcdf_place root)
{
    const char *summary = (const char *)&w->plan->summary;
    for (int i = 0; i < ganger_plan_figures; i++) {
        const struct ganger_plan_figure *figure = &ganger_plan_figure[i];
        const void *at = summary + figure->offset;
        if (figure->varies && !w->varying) {
            continue;
        }
        if (figure->type == GANGER_NETCDF_DOUBLE) {
            ganger_netcdf_double(&w->netcdf, root, figure->name, *(const double *)at);
        } else if (figure->type == GANGER_NETCDF_INT64) {
            ganger_netcdf_int64(&w->netcdf, root, figure->name, *(const int64_t *)at);
        } else {
            ganger_netcdf_int64(&w->netcdf, root, figure->name, *(const int32_t *)at);
        }
    }
}

/* When the file was made: now, SOURCE_DATE_EPOCH, or left out of a plan that anyone can make again. */
static void put_created(struct writer *w, struct ganger_netcdf_place root)
{
    char text[40];
    struct tm calendar;
    time_t when = w->epoch ? (time_t)strtoll(w->epoch, NULL, 10) : time(NULL);
    if ((w->epoch || w->varying) && gmtime_r(&when, &calendar) &&
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &calendar) > 0) {
        ganger_netcdf_text(&w->netcdf, root, "created", text);
    }
}

static void put_attributes(struct writer *w)
{
    const struct ganger_problem *p = w->problem;
    struct ganger_netcdf_place root = {w->group[GANGER_PLAN_ROOT], NULL};
    char start[GANGER_DATE_SIZE];
    ganger_netcdf_text(&w->netcdf, root, "Conventions", "CF-1.8");
    ganger_netcdf_text(&w->netcdf, root, "title", p->title && p->title[0] ? p->title : p->name);
    ganger_netcdf_text(&w->netcdf, root, "source", "ganger " GANGER_VERSION_STRING);
    ganger_netcdf_int64(&w->netcdf, root, "format_version", GANGER_PLAN_FORMAT);
    ganger_netcdf_text(&w->netcdf, root, "groups", "certificate paths trace");
    ganger_netcdf_text(&w->netcdf, root, "instance_name", p->name);
    ganger_netcdf_text(&w->netcdf, root, "instance_sha256", p->sha256);
    ganger_netcdf_text(&w->netcdf, root, "currency", p->currency ? p->currency : "");
    ganger_netcdf_text(&w->netcdf, root, "start_date_of_programme",
                       ganger_date_format(p->time.start_day, start));
    ganger_netcdf_int64(&w->netcdf, root, "period_days", p->time.period_days);
    ganger_netcdf_text(&w->netcdf, root, "objective",
                       p->objective == GANGER_OBJECTIVE_NPV ? "npv" : "makespan");
    ganger_netcdf_text(&w->netcdf, root, "status", ganger_outcome_name(w->plan->summary.outcome));
    put_figures(w, root);
    put_created(w, root);
}

static void fill(struct writer *w)
{
    for (int i = 0; i < GANGER_PLAN_GROUPS; i++) {
        w->group[i] = ganger_netcdf_group(&w->netcdf, ganger_plan_group_name[i]);
    }
    put_attributes(w);
    put_coordinates(w);
    if (!w->out_of_memory) {
        put_fields(w);
        put_labels(w);
        put_trace(w);
    }
    for (int i = 0; i < GANGER_PLAN_GROUPS; i++) {
        ganger_netcdf_close_group(&w->netcdf, w->group[i]);
    }
}

/* 0 or an errno. */
static int write_all(int file, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t done = write(file, bytes, size);
        if (done < 0 && errno != EINTR) {
            return errno;
        }
        if (done > 0) {
            bytes += done;
            size -= (size_t)done;
        }
    }
    return 0;
}

/* Writes the bytes and their seal to a new file; 0 or an errno. */
static int write_file(const char *path, const char *bytes, size_t size)
{
    char seal[GANGER_SEAL_SIZE + 1];
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0) {
        return errno;
    }
    ganger_seal_write(bytes, size, seal);
    int result = write_all(file, bytes, size);
    if (result == 0) {
        result = write_all(file, seal, GANGER_SEAL_SIZE);
    }
    if (close(file) != 0 && result == 0) {
        result = errno; /* network file systems report a full disk only here */
    }
    return result;
}

static ganger_status save(const char *path, const void *bytes, size_t size,
                          struct ganger_findings *findings)
{
    char *aside = ganger_file_aside(path);
    if (!aside) {
        return ganger_findings_out_of_memory(findings);
    }
    ganger_status status = GANGER_STATUS_OK;
    int problem = write_file(aside, bytes, size);
    if (problem != 0) {
        ganger_file_discard(aside);
        status = ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, path, 0, NULL,
                                     "cannot be written: %s", strerror(problem));
    } else {
        status = ganger_file_commit(aside, path, findings);
    }
    free(aside);
    return status;
}

ganger_status ganger_plan_write(const struct ganger_plan *plan,
                                const struct ganger_problem *problem, const char *path,
                                struct ganger_findings *findings)
{
    void *bytes = NULL;
    size_t size = 0;
    char start[GANGER_DATE_SIZE];
    struct ganger_hdf5_quiet quiet;
    struct writer *w = calloc(1, sizeof *w);
    if (!w) {
        return ganger_findings_out_of_memory(findings);
    }
    w->plan = plan;
    w->problem = problem;
    w->epoch = getenv("SOURCE_DATE_EPOCH");
    w->varying = !w->epoch && !plan->reproducible;
    snprintf(w->since, sizeof w->since, "days since %s",
             ganger_date_format(problem->time.start_day, start));
    ganger_plan_sizes(problem, plan, w->sizes);
    ganger_hdf5_quiet_begin(&quiet);
    ganger_netcdf_open(&w->netcdf);
    fill(w);
    bool made = ganger_netcdf_close(&w->netcdf, &bytes, &size) && !w->out_of_memory;
    ganger_hdf5_quiet_end(&quiet);
    free(w);
    /* All of it happened in memory: what can fail there is memory. */
    ganger_status status =
        made ? save(path, bytes, size, findings) : ganger_findings_out_of_memory(findings);
    free(bytes);
    return status;
}
