/* Reading the packed form. Nothing in the file is believed before it was checked. */
#include "base/date.h"
#include "base/file.h"
#include "base/lookup.h"
#include "base/text.h"
#include "instance/packed.h"
#include "instance/packed_hdf5.h"
#include "instance/read.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct unpack {
    const char *shown;
    struct ganger_problem *problem;
    struct ganger_findings *findings;
    hid_t file;
};

#define REFUSE(unpack, place, ...)                                                                 \
    ganger_findings_add((unpack)->findings, GANGER_STATUS_INPUT_INVALID, (unpack)->shown, 0,       \
                        place, __VA_ARGS__)

/* ---- attributes ------------------------------------------------------------------------------- */

/* Opens a scalar attribute of the root of the wanted class, or adds a finding and returns -1. */
static hid_t open_attribute(struct unpack *u, const char *name, H5T_class_t class)
{
    hid_t attribute = H5Aopen(u->file, name, H5P_DEFAULT);
    if (attribute < 0) {
        REFUSE(u, name, "the attribute is missing");
        return -1;
    }
    hid_t space = H5Aget_space(attribute);
    hid_t type = H5Aget_type(attribute);
    bool good = H5Sget_simple_extent_type(space) == H5S_SCALAR && H5Tget_class(type) == class &&
                H5Tis_variable_str(type) <= 0 && H5Tget_size(type) <= 1 << 20;
    H5Tclose(type);
    H5Sclose(space);
    if (!good) {
        REFUSE(u, name, "the attribute is not of the expected type");
        H5Aclose(attribute);
        return -1;
    }
    return attribute;
}

/* A text attribute, which the caller frees; NULL with a finding. */
static char *get_text(struct unpack *u, const char *name)
{
    hid_t attribute = open_attribute(u, name, H5T_STRING);
    if (attribute < 0) {
        return NULL;
    }
    hid_t type = H5Aget_type(attribute);
    size_t size = H5Tget_size(type);
    char *text = calloc(size + 1, 1);
    if (text == NULL) {
        ganger_findings_out_of_memory(u->findings);
    } else if (H5Aread(attribute, type, text) < 0 ||
               !ganger_text_is_utf8(text, strlen(text), NULL)) {
        REFUSE(u, name, "the attribute is not text");
        free(text);
        text = NULL;
    }
    H5Tclose(type);
    H5Aclose(attribute);
    return text;
}

static int32_t get_integer(struct unpack *u, const char *name, int32_t least, int32_t most)
{
    int64_t value = least;
    hid_t attribute = open_attribute(u, name, H5T_INTEGER);
    if (attribute < 0) {
        return least;
    }
    if (H5Aread(attribute, H5T_NATIVE_INT64, &value) < 0 || value < least || value > most) {
        REFUSE(u, name, "expected an integer from %d to %d", least, most);
        value = least;
    }
    H5Aclose(attribute);
    return (int32_t)value;
}

static double get_real(struct unpack *u, const char *name, double most)
{
    double value = 0;
    hid_t attribute = open_attribute(u, name, H5T_FLOAT);
    if (attribute < 0) {
        return 0;
    }
    if (H5Aread(attribute, H5T_NATIVE_DOUBLE, &value) < 0 || !(value >= 0 && value <= most)) {
        REFUSE(u, name, "expected a number from 0 to %g", most);
        value = 0;
    }
    H5Aclose(attribute);
    return value;
}

static void get_objective(struct unpack *u)
{
    char *text = get_text(u, "objective");
    bool found = false;
    for (int i = 0; text != NULL && ganger_objective_names[i] != NULL; i++) {
        if (strcmp(text, ganger_objective_names[i]) == 0) {
            u->problem->objective = (enum ganger_objective)i;
            found = true;
        }
    }
    if (text != NULL && !found) {
        REFUSE(u, "objective", "expected npv or makespan");
    }
    free(text);
}

static void get_settings(struct unpack *u)
{
    struct ganger_problem *p = u->problem;
    get_integer(u, "format_version", GANGER_PACKED_VERSION, GANGER_PACKED_VERSION);
    p->name = get_text(u, "name");
    p->title = get_text(u, "title");
    p->currency = get_text(u, "currency");
    get_objective(u);
    char *date = get_text(u, "start_date");
    if (date != NULL && !ganger_date_parse(date, &p->time.start_day)) {
        REFUSE(u, "start_date", "expected a date");
    }
    free(date);
    p->time.period_days = get_integer(u, "period_days", 1, 3660);
    p->time.periods = get_integer(u, "periods", 1, 100000);
    p->time.discount_rate = get_real(u, "discount_rate", 1);
    p->time.terminal_years = get_real(u, "terminal_years", 1000);
    p->railhead = get_integer(u, "railhead", 0, 1) != 0;
}

/* ---- columns ---------------------------------------------------------------------------------- */

/* Where a column stands in the file, for findings. */
struct column_place {
    enum ganger_table_index table;
    const struct ganger_column *column;
    char name[96]; /* table/column */
};

static bool good_type(hid_t type, const struct ganger_column *column)
{
    bool real = column->type == GANGER_COLUMN_REAL;
    size_t most = ganger_packed_text(column) ? 1 : 8;
    return H5Tget_class(type) == (real ? H5T_FLOAT : H5T_INTEGER) && H5Tget_size(type) <= most;
}

/* Values (for texts: bytes) of a data set of one dimension that is wholly in the file; -1, with a finding, if
 * it is not so. Since stored bytes bound it, no number in the file can ask for more memory than it has. */
static int64_t values_of(struct unpack *u, hid_t dataset, const struct column_place *place)
{
    hid_t space = H5Dget_space(dataset);
    hid_t type = H5Dget_type(dataset);
    hsize_t extent = 0;
    int64_t rows = -1;
    if (H5Sget_simple_extent_type(space) != H5S_SIMPLE || H5Sget_simple_extent_ndims(space) != 1 ||
        H5Sget_simple_extent_dims(space, &extent, NULL) != 1 || !good_type(type, place->column)) {
        REFUSE(u, place->name, "is not a column of the expected type");
    } else if (extent > INT32_MAX / 2 ||
               H5Dget_storage_size(dataset) < extent * H5Tget_size(type)) {
        REFUSE(u, place->name, "has fewer values than rows");
    } else {
        rows = (int64_t)extent;
    }
    H5Tclose(type);
    H5Sclose(space);
    return rows;
}

static bool good_time(const struct unpack *u, const struct ganger_column *column, int64_t value)
{
    int64_t last = u->problem->time.periods - ((column->flags & GANGER_COLUMN_PERIOD) != 0 ? 1 : 0);
    bool may_lack =
        (column->flags & GANGER_COLUMN_REQUIRED) == 0 && (int32_t)column->absent == GANGER_NONE;
    return (column->flags & GANGER_COLUMN_UNBOUNDED) != 0 || (value >= 0 && value <= last) ||
           (may_lack && value == GANGER_NONE);
}

static bool good_integer(const struct unpack *u, const struct ganger_column *column, int64_t value)
{
    bool may_lack = (column->flags & GANGER_COLUMN_REQUIRED) == 0;
    int choices = 0;
    switch (column->type) {
    case GANGER_COLUMN_BOOL:
        return value == 0 || value == 1;
    case GANGER_COLUMN_CHOICE:
    case GANGER_COLUMN_CHOICES:
        while (column->choices[choices] != NULL) {
            choices++;
        }
        return column->type == GANGER_COLUMN_CHOICE ? value >= 0 && value < choices
                                                    : value > 0 && value < (int64_t)1 << choices;
    case GANGER_COLUMN_REFERENCE:
        return (value >= 0 && value < ganger_table_count(u->problem, column->refers)) ||
               (may_lack && value == GANGER_NONE);
    case GANGER_COLUMN_TIME:
        return good_time(u, column, value);
    default:
        return ((double)value >= column->least && (double)value <= column->most) ||
               (may_lack && column->absent < 0 && value == (int64_t)column->absent);
    }
}

static void store_integer(const struct ganger_column *column, void *array, int32_t row,
                          int64_t value)
{
    switch (column->type) {
    case GANGER_COLUMN_BOOL:
        ((bool *)array)[row] = value != 0;
        break;
    case GANGER_COLUMN_CHOICE:
        ((uint8_t *)array)[row] = (uint8_t)value;
        break;
    case GANGER_COLUMN_CHOICES:
        ((uint32_t *)array)[row] = (uint32_t)value;
        break;
    default:
        ((int32_t *)array)[row] = (int32_t)value;
        break;
    }
}

static ganger_status read_integers(struct unpack *u, hid_t dataset,
                                   const struct column_place *place, int32_t rows)
{
    void *array = *ganger_column_array(u->problem, place->column);
    int64_t *values = calloc((size_t)rows + 1, sizeof *values);
    if (values == NULL) {
        return ganger_findings_out_of_memory(u->findings);
    }
    if (H5Dread(dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0) {
        REFUSE(u, place->name, "cannot be read");
        rows = 0;
    }
    for (int32_t row = 0; row < rows; row++) {
        if (!good_integer(u, place->column, values[row])) {
            REFUSE(u, place->name, "row %d: %lld is out of range", row, (long long)values[row]);
            break;
        }
        store_integer(place->column, array, row, values[row]);
    }
    free(values);
    return GANGER_STATUS_OK;
}

static void read_reals(struct unpack *u, hid_t dataset, const struct column_place *place,
                       int32_t rows)
{
    double *values = *ganger_column_array(u->problem, place->column);
    if (H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0) {
        REFUSE(u, place->name, "cannot be read");
        return;
    }
    for (int32_t row = 0; row < rows; row++) {
        if (!(values[row] >= place->column->least && values[row] <= place->column->most)) {
            REFUSE(u, place->name, "row %d: %g is out of range", row, values[row]);
            return;
        }
    }
}

/* Texts in `size` bytes, each ended by a NUL; -1 if the last is not. */
static int64_t count_texts(const char *bytes, int64_t size)
{
    int64_t count = 0;
    for (int64_t at = 0; at < size; at++) {
        count += bytes[at] == '\0' ? 1 : 0;
    }
    return size > 0 && bytes[size - 1] != '\0' ? -1 : count;
}

/* The bytes of a text column, with a NUL added, and how many texts they are; NULL with a finding. */
static char *read_bytes(struct unpack *u, hid_t dataset, const struct column_place *place,
                        int64_t size, int64_t *rows)
{
    char *bytes = calloc((size_t)size + 1, 1);
    if (bytes == NULL) {
        ganger_findings_out_of_memory(u->findings);
        return NULL;
    }
    bool good = H5Dread(dataset, H5T_NATIVE_UINT8, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes) >= 0;
    *rows = good ? count_texts(bytes, size) : -1;
    if (*rows < 0) {
        REFUSE(u, place->name, "is not a list of texts");
        free(bytes);
        return NULL;
    }
    return bytes;
}

static ganger_status store_texts(struct unpack *u, const struct column_place *place,
                                 const char *bytes, int32_t rows)
{
    char **texts = *ganger_column_array(u->problem, place->column);
    bool needed = (place->column->flags & GANGER_COLUMN_REQUIRED) != 0;
    for (int32_t row = 0; row < rows; row++) {
        size_t length = strlen(bytes);
        if (!ganger_text_is_utf8(bytes, length, NULL) || (needed && length == 0)) {
            REFUSE(u, place->name, "row %d: expected %s", row,
                   needed ? "a text that is not empty" : "a text");
            break;
        }
        texts[row] = strdup(bytes);
        if (texts[row] == NULL) {
            return ganger_findings_out_of_memory(u->findings);
        }
        bytes += length + 1;
    }
    return GANGER_STATUS_OK;
}

/* Numbers are read into the column at once, texts by way of their bytes. */
static ganger_status read_values(struct unpack *u, hid_t dataset, const struct column_place *place,
                                 const char *bytes)
{
    int32_t rows = ganger_table_count(u->problem, place->table);
    if (bytes != NULL) {
        return store_texts(u, place, bytes, rows);
    }
    if (place->column->type == GANGER_COLUMN_REAL) {
        read_reals(u, dataset, place, rows);
        return GANGER_STATUS_OK;
    }
    return read_integers(u, dataset, place, rows);
}

/* The first column decides how many rows the table has. */
static ganger_status read_column(struct unpack *u, struct column_place *place, bool *first)
{
    ganger_status status = GANGER_STATUS_OK;
    char *bytes = NULL;
    hid_t dataset = H5Dopen2(u->file, place->name, H5P_DEFAULT);
    int64_t rows = dataset >= 0 ? values_of(u, dataset, place) : -1;
    if (dataset < 0) {
        REFUSE(u, place->name, "the column is missing");
    }
    if (rows >= 0 && ganger_packed_text(place->column)) {
        bytes = read_bytes(u, dataset, place, rows, &rows);
        rows = bytes != NULL ? rows : -1;
    }
    if (rows < 0) {
        goto out;
    }
    if (*first) {
        ganger_table_release(u->problem, place->table);
        if (!ganger_table_allocate(u->problem, place->table, (int32_t)rows)) {
            status = ganger_findings_out_of_memory(u->findings);
            goto out;
        }
        *first = false;
    }
    if (rows == ganger_table_count(u->problem, place->table)) {
        status = read_values(u, dataset, place, bytes);
    } else {
        REFUSE(u, place->name, "has %lld rows where the table has %d", (long long)rows,
               ganger_table_count(u->problem, place->table));
    }
out:
    free(bytes);
    if (dataset >= 0) {
        H5Dclose(dataset);
    }
    return status;
}

static ganger_status check_ids(struct unpack *u, const struct column_place *place)
{
    struct ganger_lookup lookup;
    char **ids = ganger_table_ids(u->problem, place->table);
    int32_t rows = ganger_table_count(u->problem, place->table);
    if (!ganger_lookup_init(&lookup, rows)) {
        return ganger_findings_out_of_memory(u->findings);
    }
    for (int32_t row = 0; row < rows; row++) {
        if (ganger_lookup_add(&lookup, ids, row) >= 0) {
            char quoted[GANGER_TEXT_QUOTED];
            REFUSE(u, place->name, "row %d: %s is there twice", row,
                   ganger_text_quote(ids[row], quoted));
            break;
        }
    }
    ganger_lookup_clear(&lookup);
    return GANGER_STATUS_OK;
}

static ganger_status read_tables(struct unpack *u)
{
    ganger_status status = GANGER_STATUS_OK;
    for (int t = 0; t < GANGER_TABLES; t++) {
        const struct ganger_table *table = &ganger_tables[t];
        bool first = true;
        for (int c = 0; c < table->column_count; c++) {
            struct column_place place = {(enum ganger_table_index)t, &table->columns[c], ""};
            if (!ganger_column_kept(place.column)) {
                continue;
            }
            char bytes[64];
            snprintf(place.name, sizeof place.name, "%s/%s", table->name,
                     ganger_packed_text(place.column) ? ganger_packed_bytes(place.column, bytes)
                                                      : ganger_column_packed_name(place.column));
            long before = u->findings->total;
            GANGER_TRY(read_column(u, &place, &first));
            if (place.column->type == GANGER_COLUMN_ID && u->findings->total == before) {
                GANGER_TRY(check_ids(u, &place));
            }
        }
    }
out:
    return status;
}

/* ---- what the CSV reader sees to by itself ----------------------------------------------------- */

static bool grouped(const int32_t *keys, int32_t rows)
{
    for (int32_t row = 1; row < rows; row++) {
        if (keys[row] < keys[row - 1]) {
            return false;
        }
    }
    return true;
}

static bool ranges_in_order(const int32_t *from, const int32_t *to, int32_t rows)
{
    for (int32_t row = 0; row < rows; row++) {
        if (from[row] > to[row]) {
            return false;
        }
    }
    return true;
}

static bool mode_ids_differ(const struct ganger_modes *modes)
{
    for (int32_t first = 0, m = 1; m < modes->count; m++) {
        first = modes->work[m] == modes->work[first] ? first : m;
        for (int32_t other = first; other < m; other++) {
            if (strcmp(modes->id[other], modes->id[m]) == 0) {
                return false;
            }
        }
    }
    return true;
}

static void check_order(struct unpack *u)
{
    const struct ganger_problem *p = u->problem;
    if (!grouped(p->modes.work, p->modes.count)) {
        REFUSE(u, "mode/work", "the modes are not grouped by work");
    } else if (!mode_ids_differ(&p->modes)) {
        REFUSE(u, "mode/mode_id", "a work has two modes of one id");
    }
    if (!grouped(p->modes.use_mode, p->modes.uses)) {
        REFUSE(u, "usage/mode", "the uses are not grouped by mode");
    }
    for (int32_t use = 0; use < p->modes.uses; use++) {
        if (p->modes.use_amount[use] == 0) {
            REFUSE(u, "usage/amount", "row %d: expected more than 0", use);
            break;
        }
    }
    if (!ranges_in_order(p->resources.row_from, p->resources.row_to, p->resources.capacity_rows)) {
        REFUSE(u, "capacity/to", "a row ends before it begins");
    }
    if (!ranges_in_order(p->calendars.row_from, p->calendars.row_to, p->calendars.rows)) {
        REFUSE(u, "calendar/to", "a row ends before it begins");
    }
}

/* ---- the whole -------------------------------------------------------------------------------- */

/* The bytes of HDF5 behind a header that vouches for them; NULL, with a finding, if it does not. */
static char *checked_image(struct unpack *u, char *data, size_t size, size_t *image_size)
{
    char header[GANGER_PACKED_HEADER];
    size_t magic = strlen(ganger_packed_magic);
    if (size < GANGER_PACKED_HEADER || strncmp(data, ganger_packed_magic, magic) != 0) {
        REFUSE(u, NULL, "is not an instance packed by this program");
        return NULL;
    }
    *image_size = size - GANGER_PACKED_HEADER;
    ganger_packed_header(data + GANGER_PACKED_HEADER, *image_size, header);
    if (memcmp(header, data, sizeof header) != 0) {
        size_t first_line = strcspn(header, "\n");
        REFUSE(u, NULL, "%s",
               strncmp(header, data, first_line + 1) != 0
                   ? "was packed by another version of this program: pack the instance again"
                   : "is damaged or was changed after it was packed: pack the instance again");
        return NULL;
    }
    return data + GANGER_PACKED_HEADER;
}

/* Opened from memory: no locks on shared file systems, and what was checked is what is read. */
static hid_t open_image(char *image, size_t size)
{
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    hid_t file = -1;
    if (access >= 0 && H5Pset_fapl_core(access, 1 << 20, false) >= 0 &&
        H5Pset_file_image(access, image, size) >= 0) {
        file = H5Fopen("instance", H5F_ACC_RDONLY, access);
    }
    H5Pclose(access);
    return file;
}

static ganger_status read_problem(struct unpack *u)
{
    ganger_status status = GANGER_STATUS_OK;
    struct ganger_problem *p = u->problem;
    get_settings(u);
    GANGER_TRY(read_tables(u));
    if (u->findings->total == 0) {
        check_order(u);
    }
    if (u->findings->total > 0) {
        return GANGER_STATUS_INPUT_INVALID;
    }
    p->resources.budget = ganger_problem_find_budget(p);
    GANGER_TRY(ganger_problem_validate(p, NULL, u->findings));
    GANGER_TRY(ganger_problem_seal(p, u->findings));
    GANGER_TRY(ganger_problem_validate_fits(p, NULL, u->findings));
    char *sha256 = get_text(u, "sha256");
    if (sha256 == NULL || strcmp(sha256, p->sha256) != 0) {
        status = REFUSE(u, "sha256", "is not that of the instance: pack the instance again");
    }
    free(sha256);
out:
    return status;
}

static ganger_status read_image(struct unpack *u, char *data, size_t size)
{
    ganger_status status = GANGER_STATUS_INPUT_INVALID;
    struct ganger_packed_quiet quiet;
    char reason[256];
    size_t image_size = 0;
    char *image = checked_image(u, data, size, &image_size);
    if (image == NULL) {
        return status;
    }
    ganger_packed_quiet(&quiet);
    u->file = open_image(image, image_size);
    if (u->file < 0) {
        REFUSE(u, NULL, "cannot be read: HDF5 says %s", ganger_packed_error(reason, sizeof reason));
    } else {
        status = read_problem(u);
    }
    if (u->file >= 0) {
        H5Fclose(u->file);
    }
    ganger_packed_loud(&quiet);
    return status;
}

ganger_status ganger_problem_read_hdf5(const char *path, struct ganger_problem **problem,
                                       struct ganger_findings *findings)
{
    struct ganger_findings own;
    struct unpack u = {.shown = path, .findings = &own, .file = -1};
    char *data = NULL;
    size_t size = 0;
    ganger_findings_init(&own);
    *problem = NULL;
    ganger_status status = ganger_file_load(path, path, &data, &size, &own);
    if (status == GANGER_STATUS_OK) {
        u.problem = ganger_problem_create();
        status =
            u.problem != NULL ? read_image(&u, data, size) : ganger_findings_out_of_memory(&own);
    }
    if (status == GANGER_STATUS_OK) {
        *problem = u.problem;
    } else {
        ganger_problem_destroy(u.problem);
    }
    free(data);
    ganger_findings_move(&own, findings);
    return status;
}
