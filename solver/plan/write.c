/* The plan file: HDF5 that is also netCDF-4 with CF conventions (MODEL section 9). */
#include "base/file.h"
#include "instance/credit.h"
#include "plan/labels.h"
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
    struct ganger_plan_labels labels;
    bool out_of_memory;
};

static void put_times(struct writer *w, hid_t group, const struct ganger_plan_label *label)
{
    struct ganger_netcdf_place place = {group, label->name};
    ganger_netcdf_text(&w->netcdf, place, "calendar", "proleptic_gregorian");
    if (label->coordinate) {
        ganger_netcdf_text(&w->netcdf, place, "standard_name", "time");
    } else {
        ganger_netcdf_double(&w->netcdf, place, "_FillValue", (double)NAN);
    }
}

static void put_coordinates(struct writer *w)
{
    for (int i = 0; i < w->labels.count; i++) {
        const struct ganger_plan_label *label = &w->labels.label[i];
        hid_t group = w->group[ganger_plan_dim_row[label->dim].group];
        if (label->coordinate) {
            struct ganger_netcdf_variable variable = {.name = label->name,
                                                      .type = label->type,
                                                      .units = label->units,
                                                      .long_name = label->long_name};
            w->dim[label->dim] = ganger_netcdf_coordinate(&w->netcdf, group, variable,
                                                          w->sizes[label->dim], label->data);
            if (label->times) {
                put_times(w, group, label);
            }
        }
    }
    const enum ganger_plan_dim bare[] = {GANGER_DIM_WINDOW,
                                         GANGER_DIM_PRECEDENCE,
                                         GANGER_DIM_RAILS,
                                         GANGER_DIM_PATH,
                                         GANGER_DIM_PATH_OFFSET,
                                         GANGER_DIM_PATH_ARC,
                                         GANGER_DIM_FLOW_ROW,
                                         GANGER_DIM_CLOSURE,
                                         GANGER_DIM_CLOSURE_OFFSET,
                                         GANGER_DIM_CLOSURE_DEMAND,
                                         GANGER_DIM_CLOSURE_BESIDE,
                                         GANGER_DIM_PAY,
                                         GANGER_DIM_STATE,
                                         GANGER_DIM_STATE_OFFSET,
                                         GANGER_DIM_STATE_ARC,
                                         GANGER_DIM_ENERGY,
                                         GANGER_DIM_FAR,
                                         GANGER_DIM_FAR_OFFSET,
                                         GANGER_DIM_FAR_OPENER,
                                         GANGER_DIM_STEP};
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

/* The array as whole steps of its grid, for the caller to free; NULL if memory is short. */
static int64_t *steps_of(const double *array, size_t count, int bits)
{
    int64_t *steps = malloc((count + 1) * sizeof *steps);
    const double in_all = ldexp(1, bits); /* steps to 1: a power of two, so products are exact */
    for (size_t i = 0; steps && i < count; i++) {
        steps[i] = (int64_t)floor(array[i] * in_all);
    }
    return steps;
}

static void put_array(struct writer *w, const struct ganger_plan_field *field,
                      const struct ganger_netcdf_variable *variable, const void *data)
{
    hid_t group = w->group[field->group];
    struct ganger_netcdf_place place = {group, variable->name};
    size_t count = ganger_plan_entries(field, w->sizes);
    size_t width = variable->type == GANGER_NETCDF_INT32 ? 4 : 8;
    char digest[GANGER_DIGEST_SIZE];
    ganger_netcdf_variable(&w->netcdf, group, variable, data);
    ganger_seal_digest(data, count, width, digest);
    ganger_netcdf_text(&w->netcdf, place, "sha256", digest);
}

/* Integers, and what makes them reals: by the name that netCDF readers know, and by that of MODEL. */
static void put_gridded(struct writer *w, const struct ganger_plan_field *field,
                        struct ganger_netcdf_variable variable, const double *array)
{
    size_t count = ganger_plan_entries(field, w->sizes);
    int bits = ganger_plan_grid(field, array, count);
    int64_t *steps = steps_of(array, count, bits);
    if (!steps) {
        w->out_of_memory = true;
        return;
    }
    variable.type = GANGER_NETCDF_INT64;
    put_array(w, field, &variable, steps);
    struct ganger_netcdf_place place = {w->group[field->group], field->name};
    ganger_netcdf_double(&w->netcdf, place, "scale_factor", ldexp(1, -bits));
    ganger_netcdf_double(&w->netcdf, place, "scale", ldexp(1, -bits));
    free(steps);
}

static void put_fields(struct writer *w)
{
    static const int64_t none[1] = {0};
    for (int i = 0; i < ganger_plan_fields; i++) {
        const struct ganger_plan_field *field = &ganger_plan_field[i];
        if (!ganger_plan_has(w->plan, field->group)) {
            continue;
        }
        struct ganger_netcdf_variable variable = {.name = field->name,
                                                  .type = field->type,
                                                  .units = field->units,
                                                  .long_name = field->long_name};
        for (int axis = 0; axis < GANGER_NETCDF_RANK; axis++) {
            int dim = field->dims[axis];
            variable.dims[axis] = dim == GANGER_DIM_END ? -1 : w->dim[dim];
        }
        const void *data = *ganger_plan_slot((struct ganger_plan *)(uintptr_t)w->plan, field);
        if (!data) {
            data = none; /* a plan without paths: one offset, 0, and nothing of the rest */
        }
        if (field->grid == GANGER_PLAN_REAL) {
            put_array(w, field, &variable, data);
        } else {
            put_gridded(w, field, variable, data);
        }
    }
}

static void put_labels(struct writer *w)
{
    static const int8_t kinds[] = {GANGER_WORK_REPAIR, GANGER_WORK_BUILD, GANGER_WORK_UPGRADE,
                                   GANGER_WORK_FACILITY};
    for (int i = 0; i < w->labels.count; i++) {
        const struct ganger_plan_label *label = &w->labels.label[i];
        if (!label->coordinate) {
            put(w, GANGER_PLAN_ROOT,
                (struct ganger_netcdf_variable){.name = label->name,
                                                .type = label->type,
                                                .units = label->units,
                                                .long_name = label->long_name},
                label->dim, label->data);
            if (label->times) {
                put_times(w, w->group[GANGER_PLAN_ROOT], label);
            }
        }
    }
    struct ganger_netcdf_place kind = {w->group[GANGER_PLAN_ROOT], "work_kind"};
    ganger_netcdf_int8s(&w->netcdf, kind, "flag_values", kinds, sizeof kinds);
    ganger_netcdf_text(&w->netcdf, kind, "flag_meanings", "repair build upgrade facility");
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

/* Does this file have that figure? */
static bool is_due(const struct writer *w, const struct ganger_plan_figure *figure)
{
    const char *at = (const char *)&w->plan->summary + figure->offset;
    if (figure->rare && *(const int32_t *)at == 0) {
        return false;
    }
    return (!figure->varies || w->varying) &&
           (!figure->replan || ganger_plan_has(w->plan, GANGER_PLAN_REPLAN));
}

static void put_figures(struct writer *w, struct ganger_netcdf_place root)
{
    const char *summary = (const char *)&w->plan->summary;
    for (int i = 0; i < ganger_plan_figures; i++) {
        const struct ganger_plan_figure *figure = &ganger_plan_figure[i];
        const void *at = summary + figure->offset;
        if (!is_due(w, figure)) {
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
    struct ganger_netcdf_place root = {w->group[GANGER_PLAN_ROOT], NULL};
    for (int i = 0; i < w->labels.words; i++) {
        ganger_netcdf_text(&w->netcdf, root, w->labels.word[i].name, w->labels.word[i].text);
    }
    if (ganger_credit_text(w->problem, GANGER_CREDIT_ATTRIBUTION)[0] != '\0') {
        ganger_netcdf_text(&w->netcdf, root, "attribution",
                           w->problem->credit[GANGER_CREDIT_ATTRIBUTION]);
    }
    ganger_netcdf_text(&w->netcdf, root, "source", "ganger " GANGER_VERSION_STRING);
    ganger_netcdf_int64(&w->netcdf, root, "format_version", GANGER_PLAN_FORMAT);
    ganger_netcdf_int64(&w->netcdf, root, "period_days", w->problem->time.period_days);
    ganger_netcdf_text(&w->netcdf, root, "status", ganger_outcome_name(w->plan->summary.outcome));
    put_figures(w, root);
    put_created(w, root);
}

static void fill(struct writer *w)
{
    int groups =
        ganger_plan_has(w->plan, GANGER_PLAN_REPLAN) ? GANGER_PLAN_GROUPS : GANGER_PLAN_REPLAN;
    for (int i = 0; i < groups; i++) {
        w->group[i] = ganger_netcdf_group(&w->netcdf, ganger_plan_group_name[i]);
    }
    if (!w->out_of_memory) {
        put_attributes(w);
        put_coordinates(w);
        put_fields(w);
        put_labels(w);
        put_trace(w);
    }
    for (int i = 0; i < groups; i++) {
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
    struct ganger_hdf5_quiet quiet;
    struct writer *w = calloc(1, sizeof *w);
    if (!w) {
        return ganger_findings_out_of_memory(findings);
    }
    w->plan = plan;
    w->problem = problem;
    w->epoch = getenv("SOURCE_DATE_EPOCH");
    w->varying = !w->epoch && !plan->reproducible;
    ganger_plan_sizes(problem, plan, w->sizes);
    w->out_of_memory = !ganger_plan_labels_init(&w->labels, problem, plan);
    ganger_hdf5_quiet_begin(&quiet);
    ganger_netcdf_open(&w->netcdf);
    fill(w);
    bool made = ganger_netcdf_close(&w->netcdf, &bytes, &size) && !w->out_of_memory;
    ganger_hdf5_quiet_end(&quiet);
    ganger_plan_labels_clear(&w->labels);
    free(w);
    /* All of it happened in memory: what can fail there is memory. */
    ganger_status status =
        made ? save(path, bytes, size, findings) : ganger_findings_out_of_memory(findings);
    free(bytes);
    return status;
}
