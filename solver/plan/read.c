/* Reads a plan file back. Nothing in it is believed: every rank, size and type is checked before use. */
#include "base/file.h"
#include "plan/heap.h"
#include "plan/layout.h"
#include "plan/quiet.h"
#include "plan/seal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* No array of a sane plan is larger: a few bytes of hostile file can claim any size. */
static const hsize_t most_elements = (hsize_t)1 << 28;
enum { TEXT_SIZE = 256 };

struct reader {
    const struct ganger_problem *problem;
    struct ganger_plan *plan;
    const char *path;
    struct ganger_findings *findings;
    unsigned char *bytes; /* the whole file */
    size_t size;
    hid_t file;
    size_t sizes[GANGER_DIMS];
    bool known[GANGER_DIMS]; /* settled by the problem or by an array read before */
};

static ganger_status refuse(struct reader *r, const char *column, const char *text)
{
    return ganger_findings_add(r->findings, GANGER_STATUS_INPUT_INVALID, r->path, 0, column, "%s",
                               text);
}

/* HDF5 wants a name for a file in memory, of a file that does not exist; below a device none can. */
static const char nowhere[] = "/dev/null/plan";

/* Opens the file's bytes, held in memory: no locks, and a file that changes meanwhile does no harm. */
static ganger_status open_file(struct reader *r)
{
    ganger_status status =
        ganger_file_load(r->path, r->path, (char **)&r->bytes, &r->size, r->findings);
    if (status != GANGER_STATUS_OK) {
        return status;
    }
    if (!ganger_seal_holds(r->bytes, r->size)) {
        return refuse(r, NULL, "is damaged: its content is not what was written");
    }
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    if (r->size > 0 && access >= 0 && H5Pset_fapl_core(access, 1 << 20, false) >= 0 &&
        H5Pset_file_image(access, r->bytes, r->size) >= 0) {
        r->file = H5Fopen(nowhere, H5F_ACC_RDONLY, access);
    }
    H5Pclose(access);
    if (r->file < 0) {
        return refuse(r, NULL, "is not a plan file: HDF5 cannot open it, or it is cut short");
    }
    return GANGER_STATUS_OK;
}

/* The dataset if it is there with this class of type and at most rank 3; else -1 and a finding. */
static hid_t open_dataset(struct reader *r, const char *path, H5T_class_t class, int *rank,
                          hsize_t size[GANGER_NETCDF_RANK])
{
    hid_t space = -1, type = -1;
    hid_t dataset = H5Dopen2(r->file, path, H5P_DEFAULT);
    if (dataset < 0) {
        refuse(r, path, "is missing");
        return -1;
    }
    space = H5Dget_space(dataset);
    type = H5Dget_type(dataset);
    *rank = space >= 0 ? H5Sget_simple_extent_ndims(space) : -1;
    bool good = type >= 0 && H5Tget_class(type) == class && *rank >= 1 &&
                *rank <= GANGER_NETCDF_RANK &&
                H5Sget_simple_extent_dims(space, size, NULL) == *rank;
    if (good && class == H5T_STRING) {
        good = H5Tis_variable_str(type) > 0;
    } else if (good) {
        good = H5Tget_size(type) <= 8;
    }
    H5Tclose(type);
    H5Sclose(space);
    if (!good) {
        refuse(r, path, "has the wrong type or shape");
        H5Dclose(dataset);
        return -1;
    }
    return dataset;
}

/* The references to a dataset's `count` strings, in the file's bytes; NULL if they are not all there. */
static const unsigned char *string_references(struct reader *r, hid_t dataset, size_t count)
{
    size_t address_size = 0, length_size = 0;
    hid_t creation = H5Fget_create_plist(r->file);
    haddr_t at = H5Dget_offset(dataset);
    bool plain = creation >= 0 && H5Pget_sizes(creation, &address_size, &length_size) >= 0 &&
                 address_size == 8 && length_size == 8;
    H5Pclose(creation);
    if (!plain || at == HADDR_UNDEF || at > r->size ||
        (r->size - at) / GANGER_HEAP_REFERENCE < count) {
        return NULL;
    }
    return r->bytes + at;
}

/* Compares the ids of a coordinate with those of the problem. */
static ganger_status check_ids(struct reader *r, const char *path, char *const *ids, size_t count)
{
    int rank;
    hsize_t size[GANGER_NETCDF_RANK];
    ganger_status status = GANGER_STATUS_OK;
    hid_t dataset = open_dataset(r, path, H5T_STRING, &rank, size);
    if (dataset < 0) {
        return GANGER_STATUS_INPUT_INVALID;
    }
    const unsigned char *references = string_references(r, dataset, count);
    H5Dclose(dataset);
    if (rank != 1 || size[0] != count) {
        return refuse(r, path, "has another number of entries than the instance");
    }
    if (count > 0 && !references) {
        return refuse(r, path, "cannot be read: the file is damaged");
    }
    for (size_t i = 0; status == GANGER_STATUS_OK && i < count; i++) {
        const char *text;
        size_t length;
        if (!ganger_heap_string(r->bytes, r->size, references + i * GANGER_HEAP_REFERENCE, &text,
                                &length) ||
            length != strlen(ids[i]) || memcmp(text, ids[i], length) != 0) {
            status = ganger_findings_add(r->findings, GANGER_STATUS_INPUT_INVALID, r->path, 0, path,
                                         "entry %zu is not \"%s\" as in the instance", i, ids[i]);
        }
    }
    return status;
}

static ganger_status check_all_ids(struct reader *r)
{
    const struct ganger_problem *p = r->problem;
    const struct {
        enum ganger_plan_dim dim;
        char *const *ids;
    } lists[] = {
        {GANGER_DIM_WORK, p->works.id},         {GANGER_DIM_LINK, p->links.id},
        {GANGER_DIM_SEGMENT, p->segments.id},   {GANGER_DIM_DEMAND, p->demands.id},
        {GANGER_DIM_RESOURCE, p->resources.id},
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        enum ganger_plan_dim dim = lists[i].dim;
        ganger_status status =
            check_ids(r, ganger_plan_dim_row[dim].name, lists[i].ids, r->sizes[dim]);
        if (status != GANGER_STATUS_OK) {
            return status;
        }
    }
    return GANGER_STATUS_OK;
}

/* True if the dataset's shape is that of the dimensions; learns those that are open. */
static bool fit(struct reader *r, const int *dims, int rank, const hsize_t *size)
{
    int wanted = 0;
    hsize_t elements = 1;
    while (wanted < GANGER_NETCDF_RANK && dims[wanted] != GANGER_DIM_END) {
        wanted++;
    }
    for (int i = 0; i < rank; i++) {
        if (size[i] > most_elements || (elements *= size[i]) > most_elements) {
            return false;
        }
    }
    for (int i = 0; i < rank && rank == wanted; i++) {
        if (r->known[dims[i]] && r->sizes[dims[i]] != size[i]) {
            return false;
        }
        r->sizes[dims[i]] = (size_t)size[i];
        r->known[dims[i]] = true;
    }
    return rank == wanted;
}

static const char *field_path(char *text, size_t size, enum ganger_plan_group group,
                              const char *name)
{
    const char *folder = ganger_plan_group_name[group];
    text[0] = '\0';
    if (strlen(folder) + strlen(name) + 2 <= size) {
        strcpy(text, folder);
        strcat(text, folder[0] ? "/" : "");
        strcat(text, name);
    }
    return text;
}

/* Reads one numeric array into memory that it makes; *array is freed by the caller even on failure. */
static ganger_status read_array(struct reader *r, const char *path, enum ganger_netcdf_type type,
                                const int *dims, void **array)
{
    int rank;
    hsize_t size[GANGER_NETCDF_RANK];
    ganger_status status = GANGER_STATUS_OK;
    bool real = type == GANGER_NETCDF_DOUBLE;
    hid_t dataset = open_dataset(r, path, real ? H5T_FLOAT : H5T_INTEGER, &rank, size);
    if (dataset < 0) {
        return GANGER_STATUS_INPUT_INVALID;
    }
    *array = NULL;
    if (!fit(r, dims, rank, size)) {
        status = refuse(r, path, "has not the shape that the instance asks for");
    } else {
        size_t width = real ? sizeof(double) : type == GANGER_NETCDF_INT64 ? 8 : 4;
        size_t count = 1;
        for (int i = 0; i < rank; i++) {
            count *= (size_t)size[i];
        }
        hid_t memory = real ? H5T_NATIVE_DOUBLE : width == 8 ? H5T_NATIVE_INT64 : H5T_NATIVE_INT32;
        *array = calloc(count + 1, width);
        if (!*array) {
            status = ganger_findings_out_of_memory(r->findings);
        } else if (count > 0 &&
                   H5Dread(dataset, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, *array) < 0) {
            status = refuse(r, path, "cannot be read: the file is damaged");
        }
    }
    H5Dclose(dataset);
    return status;
}

/* Reals must be finite; what numbers mean is for the referee. */
static ganger_status check_finite(struct reader *r, const char *path, const double *array,
                                  size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(array[i])) {
            return ganger_findings_add(r->findings, GANGER_STATUS_INPUT_INVALID, r->path, 0, path,
                                       "entry %zu is not a finite number", i);
        }
    }
    return GANGER_STATUS_OK;
}

static ganger_status read_fields(struct reader *r)
{
    char path[TEXT_SIZE];
    for (int i = 0; i < ganger_plan_fields; i++) {
        const struct ganger_plan_field *field = &ganger_plan_field[i];
        void **slot = ganger_plan_slot(r->plan, field);
        field_path(path, sizeof path, field->group, field->name);
        free(*slot);
        *slot = NULL;
        ganger_status status = read_array(r, path, field->type, field->dims, slot);
        size_t count = 1;
        for (int d = 0; d < GANGER_NETCDF_RANK && field->dims[d] != GANGER_DIM_END; d++) {
            count *= r->sizes[field->dims[d]];
        }
        /* A link without segments can carry anything: the one number that may be infinite. */
        bool open = field->offset == offsetof(struct ganger_plan, capacity);
        if (status == GANGER_STATUS_OK && field->type == GANGER_NETCDF_DOUBLE && !open) {
            status = check_finite(r, path, *slot, count);
        }
        if (status != GANGER_STATUS_OK) {
            return status;
        }
    }
    return GANGER_STATUS_OK;
}

/* Offsets and indices of paths, so that whoever walks them stays inside. */
static ganger_status check_paths(struct reader *r)
{
    const struct ganger_problem *p = r->problem;
    struct ganger_paths *paths = &r->plan->paths;
    size_t count = r->sizes[GANGER_DIM_PATH], arcs = r->sizes[GANGER_DIM_PATH_ARC];
    if (r->sizes[GANGER_DIM_PATH_OFFSET] != count + 1) {
        return refuse(r, "paths/path_first_arc", "has not one entry more than there are paths");
    }
    if (paths->first_arc[0] != 0 || (size_t)paths->first_arc[count] != arcs) {
        return refuse(r, "paths/path_first_arc", "does not cover path_arc");
    }
    for (size_t i = 0; i < count; i++) {
        if (paths->first_arc[i] > paths->first_arc[i + 1]) {
            return refuse(r, "paths/path_first_arc", "decreases");
        }
        if (paths->demand[i] < 0 || paths->demand[i] >= p->demands.count) {
            return refuse(r, "paths/path_demand", "names a demand that does not exist");
        }
    }
    for (size_t i = 0; i < arcs; i++) {
        if (paths->arc[i] < 0 || paths->arc[i] / 2 >= p->links.count) {
            return refuse(r, "paths/path_arc", "names a link that does not exist");
        }
    }
    paths->count = (int32_t)count;
    paths->flows = (int64_t)r->sizes[GANGER_DIM_FLOW_ROW];
    for (int64_t i = 0; i < paths->flows; i++) {
        if (paths->flow_boundary[i] < 0 || paths->flow_boundary[i] > p->time.periods) {
            return refuse(r, "paths/flow_boundary", "names a boundary that does not exist");
        }
        if (paths->flow_path[i] < 0 || paths->flow_path[i] >= paths->count) {
            return refuse(r, "paths/flow_path", "names a path that does not exist");
        }
    }
    return GANGER_STATUS_OK;
}

static ganger_status check_works(struct reader *r)
{
    const struct ganger_works *works = &r->problem->works;
    for (int32_t w = 0; w < works->count; w++) {
        int32_t modes = works->first_mode[w + 1] - works->first_mode[w];
        if (r->plan->start[w] < -1 || r->plan->start[w] >= r->problem->time.periods) {
            return refuse(r, "start", "has a period that does not exist");
        }
        if (r->plan->finish[w] < -1 || r->plan->finish[w] > r->problem->time.periods) {
            return refuse(r, "finish", "has a boundary that does not exist");
        }
        if (r->plan->mode[w] < -1 || r->plan->mode[w] >= modes) {
            return refuse(r, "mode", "has a mode that the work does not have");
        }
    }
    return GANGER_STATUS_OK;
}

static ganger_status read_trace(struct reader *r)
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
    char path[TEXT_SIZE];
    ganger_status status = GANGER_STATUS_OK;
    for (int i = 0; i < COLUMNS && status == GANGER_STATUS_OK; i++) {
        field_path(path, sizeof path, GANGER_PLAN_TRACE, columns[i].name);
        status = read_array(r, path, columns[i].type, dims, &column[i]);
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

/* A scalar attribute of the root, converted to `memory`; false if it is not there or of another class. */
static bool read_number(struct reader *r, const char *name, H5T_class_t class, hid_t memory,
                        void *value)
{
    hid_t attribute = H5Aopen_by_name(r->file, "/", name, H5P_DEFAULT, H5P_DEFAULT);
    if (attribute < 0) {
        return false;
    }
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    bool good = H5Tget_class(type) == class && H5Tget_size(type) <= 8 &&
                H5Sget_simple_extent_npoints(space) == 1 && H5Aread(attribute, memory, value) >= 0;
    H5Tclose(type);
    H5Sclose(space);
    H5Aclose(attribute);
    return good;
}

static bool read_text(struct reader *r, const char *name, char text[TEXT_SIZE])
{
    hid_t attribute = H5Aopen_by_name(r->file, "/", name, H5P_DEFAULT, H5P_DEFAULT);
    if (attribute < 0) {
        return false;
    }
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    memset(text, 0, TEXT_SIZE);
    bool good = H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) == 0 &&
                H5Tget_size(type) < TEXT_SIZE && H5Sget_simple_extent_npoints(space) == 1 &&
                H5Aread(attribute, type, text) >= 0;
    H5Tclose(type);
    H5Sclose(space);
    H5Aclose(attribute);
    return good;
}

static ganger_status read_figures(struct reader *r)
{
    char *summary = (char *)&r->plan->summary;
    bool varying = true;
    for (int i = 0; i < ganger_plan_figures; i++) {
        const struct ganger_plan_figure *figure = &ganger_plan_figure[i];
        char *at = summary + figure->offset;
        bool good;
        if (figure->type == GANGER_NETCDF_DOUBLE) {
            good = read_number(r, figure->name, H5T_FLOAT, H5T_NATIVE_DOUBLE, at);
        } else if (figure->type == GANGER_NETCDF_INT64) {
            good = read_number(r, figure->name, H5T_INTEGER, H5T_NATIVE_INT64, at);
        } else {
            good = read_number(r, figure->name, H5T_INTEGER, H5T_NATIVE_INT32, at);
        }
        if (!good && !figure->varies) {
            return refuse(r, figure->name, "is missing or not a number");
        }
        varying &= good;
    }
    r->plan->reproducible = !varying;
    return GANGER_STATUS_OK;
}

static ganger_status read_attributes(struct reader *r)
{
    char text[TEXT_SIZE];
    int32_t version = 0;
    if (!read_number(r, "format_version", H5T_INTEGER, H5T_NATIVE_INT32, &version) ||
        version != GANGER_PLAN_FORMAT) {
        return refuse(r, "format_version", "is not 1: this is no plan file of this version");
    }
    if (!read_text(r, "instance_sha256", text)) {
        return refuse(r, "instance_sha256", "is missing");
    }
    if (strcmp(text, r->problem->sha256) != 0) {
        return refuse(r, "instance_sha256", "the plan was made for another instance");
    }
    if (!read_text(r, "status", text)) {
        return refuse(r, "status", "is missing");
    }
    static const ganger_outcome outcomes[] = {GANGER_OUTCOME_OPTIMAL, GANGER_OUTCOME_FEASIBLE};
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
        if (strcmp(text, ganger_outcome_name(outcomes[i])) == 0) {
            r->plan->summary.outcome = outcomes[i];
            return read_figures(r);
        }
    }
    return refuse(r, "status", "is neither optimal nor feasible");
}

ganger_status ganger_plan_read(const struct ganger_problem *problem, const char *path,
                               struct ganger_plan **plan, struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    struct ganger_hdf5_quiet quiet;
    struct reader r = {.problem = problem, .path = path, .findings = findings, .file = -1};
    *plan = NULL;
    ganger_hdf5_quiet_begin(&quiet);
    ganger_plan_sizes(problem, NULL, r.sizes);
    for (int i = 0; i < GANGER_DIM_PATH; i++) {
        r.known[i] = true;
    }
    GANGER_TRY(open_file(&r));
    r.plan = ganger_plan_create(problem);
    if (!r.plan) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    GANGER_TRY(read_attributes(&r));
    GANGER_TRY(check_all_ids(&r));
    GANGER_TRY(read_fields(&r));
    GANGER_TRY(check_works(&r));
    GANGER_TRY(check_paths(&r));
    GANGER_TRY(read_trace(&r));
    *plan = r.plan;
    r.plan = NULL;
out:
    ganger_plan_destroy(r.plan);
    if (r.file >= 0) {
        H5Fclose(r.file);
    }
    ganger_hdf5_quiet_end(&quiet);
    free(r.bytes);
    return status;
}
