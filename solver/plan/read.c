/* Reads a plan file back. */
#include "base/file.h"
#include "base/fixed.h"
#include "plan/quiet.h"
#include "plan/reader.h"
#include "plan/seal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* HDF5 wants a name for a file in memory, of a file that does not exist; below a device none can. */
static const char nowhere[] = "/dev/null/plan";

/* Opens the file's bytes, held in memory: no locks, and a file that changes meanwhile does no harm. */
ganger_status ganger_reader_open(struct ganger_plan_reader *r)
{
    ganger_status status =
        ganger_file_load(r->path, r->path, (char **)&r->bytes, &r->size, r->findings);
    if (status != GANGER_STATUS_OK) {
        return status;
    }
    if (!ganger_seal_holds(r->bytes, r->size)) {
        return ganger_reader_refuse(r, NULL, "is damaged: its content is not what was written");
    }
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    if (r->size > 0 && access >= 0 && H5Pset_fapl_core(access, 1 << 20, false) >= 0 &&
        H5Pset_file_image(access, r->bytes, r->size) >= 0) {
        r->file = H5Fopen(nowhere, H5F_ACC_RDONLY, access);
    }
    H5Pclose(access);
    if (r->file < 0) {
        return ganger_reader_refuse(r, NULL,
                                    "is not a plan file: HDF5 cannot open it, or it is cut short");
    }
    return GANGER_STATUS_OK;
}

void ganger_reader_close(struct ganger_plan_reader *r)
{
    if (r->file >= 0) {
        H5Fclose(r->file);
    }
    r->file = -1;
    free(r->bytes);
    r->bytes = NULL;
}

/* Reals must be finite; what numbers mean is for the referee. */
static ganger_status check_finite(struct ganger_plan_reader *r, const char *path,
                                  const double *array, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(array[i])) {
            return ganger_findings_add(r->findings, GANGER_STATUS_INPUT_INVALID, r->path, 0, path,
                                       "entry %zu is not a finite number", i);
        }
    }
    return GANGER_STATUS_OK;
}

/* What the writer put beside the array: a file changed in place is known by it, whoever changed it. A plan is
 * not proven by this: the referee does that from the numbers. */
static void check_digest(struct ganger_plan_reader *r, const char *path, const void *array,
                         size_t count, size_t width)
{
    char digest[GANGER_DIGEST_SIZE];
    ganger_seal_digest(array, count, width, digest);
    if (!ganger_reader_says(r, path, "sha256", digest)) {
        ganger_reader_doubt(r, path, "is not what was written: its sha256 is another");
    }
}

/* Bits of the grid that a field is on by its attributes; 0 if they do not say one that it may be on. */
static int read_grid(struct ganger_plan_reader *r, const char *path,
                     const struct ganger_plan_field *field)
{
    double factor = 0, scale = 0;
    int exponent = 0;
    bool fine = field->grid == GANGER_PLAN_FINEST;
    if (!ganger_reader_number(r, path, "scale_factor", H5T_NATIVE_DOUBLE, &factor) ||
        !ganger_reader_number(r, path, "scale", H5T_NATIVE_DOUBLE, &scale) || scale != factor ||
        !isfinite(scale) || frexp(scale, &exponent) != 0.5) {
        return 0;
    }
    int bits = 1 - exponent;
    int least = fine ? GANGER_GRID_BITS : field->grid;
    int most = fine ? GANGER_PLAN_FINEST_BITS : field->grid;
    return bits >= least && bits <= most ? bits : 0;
}

/* Integers to reals, in place: both have 8 bytes. */
static ganger_status scale_steps(struct ganger_plan_reader *r, const char *path, void *array,
                                 size_t count, int bits)
{
    const int64_t most = INT64_C(1) << 53;
    const double step = ldexp(1, -bits); /* a power of two: products are exact */
    for (size_t i = 0; i < count; i++) {
        int64_t steps;
        memcpy(&steps, (char *)array + i * sizeof steps, sizeof steps);
        if (steps > most || steps < -most) {
            return ganger_findings_add(r->findings, GANGER_STATUS_INPUT_INVALID, r->path, 0, path,
                                       "entry %zu is too large", i);
        }
        double real = (double)steps * step;
        memcpy((char *)array + i * sizeof real, &real, sizeof real);
    }
    return GANGER_STATUS_OK;
}

static ganger_status read_gridded(struct ganger_plan_reader *r, const char *path,
                                  const struct ganger_plan_field *field, void **slot)
{
    ganger_status status = ganger_reader_array(r, path, GANGER_NETCDF_INT64, field->dims, slot);
    if (status != GANGER_STATUS_OK) {
        return status;
    }
    size_t count = ganger_plan_entries(field, r->sizes);
    int bits = read_grid(r, path, field);
    if (bits == 0) {
        return ganger_reader_refuse(r, path, "has no scale, or another than plan files have");
    }
    check_digest(r, path, *slot, count, sizeof(int64_t));
    return scale_steps(r, path, *slot, count, bits);
}

static ganger_status read_plain(struct ganger_plan_reader *r, const char *path,
                                const struct ganger_plan_field *field, void **slot)
{
    ganger_status status = ganger_reader_array(r, path, field->type, field->dims, slot);
    size_t count = ganger_plan_entries(field, r->sizes);
    /* A link without segments can carry anything: the one number that may be infinite. */
    bool open = field->offset == offsetof(struct ganger_plan, capacity);
    if (status == GANGER_STATUS_OK && field->type == GANGER_NETCDF_DOUBLE && !open) {
        status = check_finite(r, path, *slot, count);
    }
    if (status == GANGER_STATUS_OK) {
        check_digest(r, path, *slot, count, field->type == GANGER_NETCDF_INT32 ? 4 : 8);
    }
    return status;
}

static ganger_status read_fields(struct ganger_plan_reader *r)
{
    char path[GANGER_READER_TEXT];
    for (int i = 0; i < ganger_plan_fields; i++) {
        const struct ganger_plan_field *field = &ganger_plan_field[i];
        void **slot = ganger_plan_slot(r->plan, field);
        if (!ganger_plan_has(r->plan, field->group)) {
            continue;
        }
        ganger_reader_path(path, field->group, field->name);
        free(*slot);
        *slot = NULL;
        ganger_status status = field->grid == GANGER_PLAN_REAL ? read_plain(r, path, field, slot)
                                                               : read_gridded(r, path, field, slot);
        if (field->units && !ganger_reader_says(r, path, "units", field->units)) {
            ganger_reader_doubt(r, path, "has other units than plan files have");
        }
        if (status != GANGER_STATUS_OK) {
            return status;
        }
    }
    return GANGER_STATUS_OK;
}

/* `first` [rows + 1] says where each row's part of `list` [entries] begins. */
static ganger_status check_offsets(struct ganger_plan_reader *r, const char *name,
                                   const int32_t *first, const int dims[3])
{
    size_t rows = r->sizes[dims[0]], entries = r->sizes[dims[2]];
    if (r->sizes[dims[1]] != rows + 1) {
        return ganger_reader_refuse(r, name, "has not one entry more than there are rows");
    }
    if (first[0] != 0 || (size_t)first[rows] != entries) {
        return ganger_reader_refuse(r, name, "does not cover the entries of its rows");
    }
    for (size_t i = 0; i < rows; i++) {
        if (first[i] > first[i + 1]) {
            return ganger_reader_refuse(r, name, "decreases");
        }
    }
    return GANGER_STATUS_OK;
}

/* Rows from afar have their openers, rows of closure their demands, and states their arcs; what they name is for the referee to look at. */
static ganger_status check_lists(struct ganger_plan_reader *r)
{
    struct ganger_prices *prices = &r->plan->prices;
    const int fars[] = {GANGER_DIM_FAR, GANGER_DIM_FAR_OFFSET, GANGER_DIM_FAR_OPENER};
    const int closures[] = {GANGER_DIM_CLOSURE, GANGER_DIM_CLOSURE_OFFSET,
                            GANGER_DIM_CLOSURE_DEMAND};
    const int besides[] = {GANGER_DIM_CLOSURE, GANGER_DIM_CLOSURE_OFFSET,
                           GANGER_DIM_CLOSURE_BESIDE};
    const int states[] = {GANGER_DIM_STATE, GANGER_DIM_STATE_OFFSET, GANGER_DIM_STATE_ARC};
    ganger_status status =
        check_offsets(r, "certificate/far_first_opener", prices->far_first_opener, fars);
    if (status == GANGER_STATUS_OK) {
        status = check_offsets(r, "certificate/closure_first_demand", prices->closure_first_demand,
                               closures);
    }
    if (status == GANGER_STATUS_OK) {
        status = check_offsets(r, "certificate/closure_first_beside", prices->closure_first_beside,
                               besides);
    }
    if (status == GANGER_STATUS_OK) {
        status = check_offsets(r, "certificate/state_first_arc", prices->state_first_arc, states);
    }
    if (status == GANGER_STATUS_OK) {
        prices->fars = (int32_t)r->sizes[GANGER_DIM_FAR];
        prices->closures = (int32_t)r->sizes[GANGER_DIM_CLOSURE];
        prices->states = (int32_t)r->sizes[GANGER_DIM_STATE];
        prices->pays = (int32_t)r->sizes[GANGER_DIM_PAY];
        prices->energies = (int32_t)r->sizes[GANGER_DIM_ENERGY];
    }
    return status;
}

/* Offsets and indices of paths, so that whoever walks them stays inside. */
static ganger_status check_paths(struct ganger_plan_reader *r)
{
    const struct ganger_problem *p = r->problem;
    struct ganger_paths *paths = &r->plan->paths;
    size_t count = r->sizes[GANGER_DIM_PATH], arcs = r->sizes[GANGER_DIM_PATH_ARC];
    if (r->sizes[GANGER_DIM_PATH_OFFSET] != count + 1) {
        return ganger_reader_refuse(r, "paths/path_first_arc",
                                    "has not one entry more than there are paths");
    }
    if (paths->first_arc[0] != 0 || (size_t)paths->first_arc[count] != arcs) {
        return ganger_reader_refuse(r, "paths/path_first_arc", "does not cover path_arc");
    }
    for (size_t i = 0; i < count; i++) {
        if (paths->first_arc[i] > paths->first_arc[i + 1]) {
            return ganger_reader_refuse(r, "paths/path_first_arc", "decreases");
        }
        if (paths->demand[i] < 0 || paths->demand[i] >= p->demands.count) {
            return ganger_reader_refuse(r, "paths/path_demand",
                                        "names a demand that does not exist");
        }
    }
    for (size_t i = 0; i < arcs; i++) {
        if (paths->arc[i] < 0 || paths->arc[i] / 2 >= p->links.count) {
            return ganger_reader_refuse(r, "paths/path_arc", "names a link that does not exist");
        }
    }
    paths->count = (int32_t)count;
    paths->flows = (int64_t)r->sizes[GANGER_DIM_FLOW_ROW];
    for (int64_t i = 0; i < paths->flows; i++) {
        if (paths->flow_boundary[i] < 0 || paths->flow_boundary[i] > p->time.periods) {
            return ganger_reader_refuse(r, "paths/flow_boundary",
                                        "names a boundary that does not exist");
        }
        if (paths->flow_path[i] < 0 || paths->flow_path[i] >= paths->count) {
            return ganger_reader_refuse(r, "paths/flow_path", "names a path that does not exist");
        }
    }
    return GANGER_STATUS_OK;
}

static ganger_status check_works(struct ganger_plan_reader *r)
{
    const struct ganger_works *works = &r->problem->works;
    for (int32_t w = 0; w < works->count; w++) {
        int32_t modes = works->first_mode[w + 1] - works->first_mode[w];
        if (r->plan->start[w] < -1 || r->plan->start[w] >= r->problem->time.periods) {
            return ganger_reader_refuse(r, "start", "has a period that does not exist");
        }
        if (r->plan->finish[w] < -1 || r->plan->finish[w] > r->problem->time.periods) {
            return ganger_reader_refuse(r, "finish", "has a boundary that does not exist");
        }
        if (r->plan->mode[w] < -1 || r->plan->mode[w] >= modes) {
            return ganger_reader_refuse(r, "mode", "has a mode that the work does not have");
        }
    }
    return GANGER_STATUS_OK;
}

static ganger_status read_trace(struct ganger_plan_reader *r)
{
    static const struct {
        const char *name;
        enum ganger_netcdf_type type;
    } columns[] = {{"time", GANGER_NETCDF_DOUBLE},
                   {"value", GANGER_NETCDF_DOUBLE},
                   {"bound", GANGER_NETCDF_DOUBLE},
                   {"ticks", GANGER_NETCDF_INT64},
                   {"iterations", GANGER_NETCDF_INT64}};
    enum { COLUMNS = sizeof columns / sizeof *columns };
    static const int dims[GANGER_NETCDF_RANK] = {GANGER_DIM_STEP, GANGER_DIM_END, GANGER_DIM_END};
    void *column[COLUMNS] = {NULL};
    char path[GANGER_READER_TEXT];
    ganger_status status = GANGER_STATUS_OK;
    for (int i = 0; i < COLUMNS && status == GANGER_STATUS_OK; i++) {
        ganger_reader_path(path, GANGER_PLAN_TRACE, columns[i].name);
        status = ganger_reader_array(r, path, columns[i].type, dims, &column[i]);
    }
    size_t count = r->sizes[GANGER_DIM_STEP];
    if (status == GANGER_STATUS_OK) {
        r->plan->trace = calloc(count + 1, sizeof *r->plan->trace);
        if (!r->plan->trace) {
            status = ganger_findings_out_of_memory(r->findings);
        }
    }
    for (size_t i = 0; status == GANGER_STATUS_OK && i < count; i++) {
        const double *const *real = (const double *const *)(void *)column;
        const int64_t *const *whole = (const int64_t *const *)(void *)column;
        r->plan->trace[i] =
            (struct ganger_trace_row){real[0][i], real[1][i], real[2][i], whole[3][i], whole[4][i]};
        r->plan->trace_rows = (int32_t)count;
    }
    for (int i = 0; i < COLUMNS; i++) {
        free(column[i]);
    }
    return status;
}

static ganger_status read_figures(struct ganger_plan_reader *r)
{
    char *summary = (char *)&r->plan->summary;
    bool varying = true;
    for (int i = 0; i < ganger_plan_figures; i++) {
        const struct ganger_plan_figure *figure = &ganger_plan_figure[i];
        char *at = summary + figure->offset;
        hid_t memory = figure->type == GANGER_NETCDF_DOUBLE  ? H5T_NATIVE_DOUBLE
                       : figure->type == GANGER_NETCDF_INT64 ? H5T_NATIVE_INT64
                                                             : H5T_NATIVE_INT32;
        bool good = ganger_reader_number(r, "/", figure->name, memory, at);
        bool there =
            !figure->rare && (!figure->replan || ganger_plan_has(r->plan, GANGER_PLAN_REPLAN));
        if (!good && there && !figure->varies) {
            return ganger_reader_refuse(r, figure->name, "is missing or not a number");
        }
        varying &= good || !figure->varies;
    }
    r->plan->reproducible = !varying;
    return GANGER_STATUS_OK;
}

static ganger_status read_status(struct ganger_plan_reader *r)
{
    static const ganger_outcome outcomes[] = {GANGER_OUTCOME_OPTIMAL, GANGER_OUTCOME_FEASIBLE};
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
        if (ganger_reader_says(r, "/", "status", ganger_outcome_name(outcomes[i]))) {
            r->plan->summary.outcome = outcomes[i];
            return GANGER_STATUS_OK;
        }
    }
    return ganger_reader_refuse(r, "status", "is neither optimal nor feasible");
}

/* Whether the file is of a plan that was made from an earlier one: then there is room for what that says. */
static ganger_status expect_conditions(struct ganger_plan_reader *r)
{
    const char *name = ganger_plan_group_name[GANGER_PLAN_REPLAN];
    if (H5Lexists(r->file, name, H5P_DEFAULT) > 0 &&
        !ganger_hold_init(&r->plan->hold, r->problem->works.count)) {
        return ganger_findings_out_of_memory(r->findings);
    }
    return GANGER_STATUS_OK;
}

/* The conditions must be such as can be met; whether the plan meets them is for the referee. */
static ganger_status read_conditions(struct ganger_plan_reader *r)
{
    const struct ganger_problem *p = r->problem;
    struct ganger_hold *hold = &r->plan->hold;
    if (!ganger_plan_has(r->plan, GANGER_PLAN_REPLAN)) {
        return GANGER_STATUS_OK;
    }
    for (int32_t w = 0; w < p->works.count; w++) {
        int32_t modes = p->works.first_mode[w + 1] - p->works.first_mode[w];
        bool none = hold->start[w] == GANGER_NONE && hold->mode[w] == GANGER_NONE;
        bool some = hold->start[w] >= 0 && hold->start[w] < p->time.periods && hold->mode[w] >= 0 &&
                    hold->mode[w] < modes;
        bool dated = hold->not_before[w] >= 0 && hold->not_before[w] <= p->time.periods;
        if ((!none && !some) || (none && hold->held[w]) || !dated || !(hold->change_cost[w] >= 0)) {
            return ganger_findings_add(r->findings, GANGER_STATUS_INPUT_INVALID, r->path, 0,
                                       "replan", "has conditions that work %s cannot meet",
                                       p->works.id[w]);
        }
    }
    ganger_status status = ganger_problem_hold(p, hold, &r->plan->held, r->findings);
    if (status == GANGER_STATUS_OK) {
        ganger_plan_count_changes(r->plan);
    }
    return status;
}

ganger_status ganger_plan_read(const struct ganger_problem *problem, const char *path,
                               struct ganger_plan **plan, struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    struct ganger_hdf5_quiet quiet;
    struct ganger_plan_reader r = {
        .problem = problem, .path = path, .findings = findings, .file = -1};
    *plan = NULL;
    ganger_hdf5_quiet_begin(&quiet);
    ganger_plan_sizes(problem, NULL, r.sizes);
    for (int i = 0; i < GANGER_DIM_PATH; i++) {
        r.known[i] = true;
    }
    GANGER_TRY(ganger_reader_open(&r));
    r.plan = ganger_plan_create(problem);
    if (!r.plan) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    GANGER_TRY(expect_conditions(&r));
    GANGER_TRY(ganger_reader_words(&r));
    GANGER_TRY(read_status(&r));
    GANGER_TRY(read_figures(&r));
    GANGER_TRY(read_fields(&r));
    GANGER_TRY(check_works(&r));
    GANGER_TRY(read_conditions(&r));
    GANGER_TRY(check_paths(&r));
    GANGER_TRY(check_lists(&r));
    GANGER_TRY(ganger_reader_labels(&r));
    GANGER_TRY(read_trace(&r));
    *plan = r.plan;
    r.plan = NULL;
out:
    ganger_plan_destroy(r.plan);
    ganger_reader_close(&r);
    ganger_hdf5_quiet_end(&quiet);
    return status;
}
