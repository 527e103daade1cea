/* Reading the packed form: the file, its settings, and what the tables mean together. */
#include "instance/unpack.h"
#include "base/date.h"
#include "base/file.h"
#include "base/text.h"
#include "instance/credit.h"
#include "instance/packed.h"
#include "instance/read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- attributes ------------------------------------------------------------------------------- */

/* Opens a scalar attribute of the root of the wanted class, or adds a finding and returns -1. */
static hid_t open_attribute(struct ganger_unpack *u, const char *name, H5T_class_t class)
{
    hid_t attribute = H5Aopen(u->file, name, H5P_DEFAULT);
    if (attribute < 0) {
        GANGER_UNPACK_REFUSE(u, name, "the attribute is missing");
        return -1;
    }
    hid_t space = H5Aget_space(attribute);
    hid_t type = H5Aget_type(attribute);
    bool good = H5Sget_simple_extent_type(space) == H5S_SCALAR && H5Tget_class(type) == class &&
                H5Tis_variable_str(type) <= 0 && H5Tget_size(type) <= 1 << 20;
    H5Tclose(type);
    H5Sclose(space);
    if (!good) {
        GANGER_UNPACK_REFUSE(u, name, "the attribute is not of the expected type");
        H5Aclose(attribute);
        return -1;
    }
    return attribute;
}

/* A text attribute, which the caller frees; NULL with a finding. */
static char *get_text(struct ganger_unpack *u, const char *name)
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
        GANGER_UNPACK_REFUSE(u, name, "the attribute is not text");
        free(text);
        text = NULL;
    }
    H5Tclose(type);
    H5Aclose(attribute);
    return text;
}

static int32_t get_integer(struct ganger_unpack *u, const char *name, int32_t least, int32_t most)
{
    int64_t value = least;
    hid_t attribute = open_attribute(u, name, H5T_INTEGER);
    if (attribute < 0) {
        return least;
    }
    if (H5Aread(attribute, H5T_NATIVE_INT64, &value) < 0 || value < least || value > most) {
        GANGER_UNPACK_REFUSE(u, name, "expected an integer from %d to %d", least, most);
        value = least;
    }
    H5Aclose(attribute);
    return (int32_t)value;
}

static double get_real(struct ganger_unpack *u, const char *name, double most)
{
    double value = 0;
    hid_t attribute = open_attribute(u, name, H5T_FLOAT);
    if (attribute < 0) {
        return 0;
    }
    if (H5Aread(attribute, H5T_NATIVE_DOUBLE, &value) < 0 || !(value >= 0 && value <= most)) {
        GANGER_UNPACK_REFUSE(u, name, "expected a number from 0 to %g", most);
        value = 0;
    }
    H5Aclose(attribute);
    return value;
}

static void get_objective(struct ganger_unpack *u)
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
        GANGER_UNPACK_REFUSE(u, "objective", "expected npv or makespan");
    }
    free(text);
}

static void get_credit(struct ganger_unpack *u)
{
    for (int i = 0; i < GANGER_CREDIT_PARTS; i++) {
        if (H5Aexists(u->file, ganger_credit_names[i]) > 0) {
            u->problem->credit[i] = get_text(u, ganger_credit_names[i]);
        }
    }
}

static void get_settings(struct ganger_unpack *u)
{
    struct ganger_problem *p = u->problem;
    get_integer(u, "format_version", GANGER_PACKED_VERSION, GANGER_PACKED_VERSION);
    p->name = get_text(u, "name");
    p->title = get_text(u, "title");
    p->currency = get_text(u, "currency");
    get_credit(u);
    get_objective(u);
    char *date = get_text(u, "start_date");
    if (date != NULL && !ganger_date_parse(date, &p->time.start_day)) {
        GANGER_UNPACK_REFUSE(u, "start_date", "expected a date");
    }
    free(date);
    p->time.period_days = get_integer(u, "period_days", 1, 3660);
    p->time.periods = get_integer(u, "periods", 1, 100000);
    p->time.discount_rate = get_real(u, "discount_rate", 1);
    p->time.terminal_years = get_real(u, "terminal_years", 1000);
    p->railhead = get_integer(u, "railhead", 0, 1) != 0;
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

static void check_order(struct ganger_unpack *u)
{
    const struct ganger_problem *p = u->problem;
    if (!grouped(p->modes.work, p->modes.count)) {
        GANGER_UNPACK_REFUSE(u, "mode/work", "the modes are not grouped by work");
    } else if (!mode_ids_differ(&p->modes)) {
        GANGER_UNPACK_REFUSE(u, "mode/mode_id", "a work has two modes of one id");
    }
    if (!grouped(p->modes.use_mode, p->modes.uses)) {
        GANGER_UNPACK_REFUSE(u, "usage/mode", "the uses are not grouped by mode");
    }
    for (int32_t use = 0; use < p->modes.uses; use++) {
        if (p->modes.use_amount[use] == 0) {
            GANGER_UNPACK_REFUSE(u, "usage/amount", "row %d: expected more than 0", use);
            break;
        }
    }
    if (!ranges_in_order(p->resources.row_from, p->resources.row_to, p->resources.capacity_rows)) {
        GANGER_UNPACK_REFUSE(u, "capacity/to", "a row ends before it begins");
    }
    if (!ranges_in_order(p->calendars.row_from, p->calendars.row_to, p->calendars.rows)) {
        GANGER_UNPACK_REFUSE(u, "calendar/to", "a row ends before it begins");
    }
}

/* ---- the whole -------------------------------------------------------------------------------- */

/* The bytes of HDF5 behind a header that vouches for them; NULL, with a finding, if it does not. */
static char *checked_image(struct ganger_unpack *u, char *data, size_t size, size_t *image_size)
{
    char header[GANGER_PACKED_HEADER];
    size_t magic = strlen(ganger_packed_magic);
    if (size < GANGER_PACKED_HEADER || strncmp(data, ganger_packed_magic, magic) != 0) {
        GANGER_UNPACK_REFUSE(u, NULL, "is not an instance packed by this program");
        return NULL;
    }
    *image_size = size - GANGER_PACKED_HEADER;
    ganger_packed_header(data + GANGER_PACKED_HEADER, *image_size, header);
    if (memcmp(header, data, sizeof header) != 0) {
        size_t first_line = strcspn(header, "\n");
        GANGER_UNPACK_REFUSE(
            u, NULL, "%s",
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

static ganger_status read_problem(struct ganger_unpack *u)
{
    ganger_status status = GANGER_STATUS_OK;
    struct ganger_problem *p = u->problem;
    get_settings(u);
    GANGER_TRY(ganger_unpack_tables(u));
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
        status = GANGER_UNPACK_REFUSE(u, "sha256",
                                      "is not that of the instance: pack the instance again");
    }
    free(sha256);
out:
    return status;
}

static ganger_status read_image(struct ganger_unpack *u, char *data, size_t size)
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
        GANGER_UNPACK_REFUSE(u, NULL, "cannot be read: HDF5 says %s",
                             ganger_packed_error(reason, sizeof reason));
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
    struct ganger_unpack u = {.shown = path, .findings = &own, .file = -1};
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
