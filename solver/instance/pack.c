/* Writing the packed form. */
#include "base/date.h"
#include "base/exclusive.h"
#include "base/file.h"
#include "instance/credit.h"
#include "instance/packed.h"
#include "instance/packed_hdf5.h"
#include "instance/read.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

const char ganger_packed_magic[] = "ganger instance";

void ganger_packed_header(const void *image, size_t size, char header[GANGER_PACKED_HEADER])
{
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(image, size));
    memset(header, 0, GANGER_PACKED_HEADER);
    int length = sprintf(header, "%s %d\nxxh128 ", ganger_packed_magic, GANGER_PACKED_VERSION);
    for (size_t i = 0; i < sizeof canonical.digest; i++) {
        length += sprintf(header + length, "%02x", canonical.digest[i]);
    }
    sprintf(header + length, "\nlength %zu\n", size);
}

void ganger_packed_quiet(struct ganger_packed_quiet *quiet)
{
    ganger_exclusive_begin();
    H5Eget_auto2(H5E_DEFAULT, &quiet->handler, &quiet->data);
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

void ganger_packed_loud(const struct ganger_packed_quiet *quiet)
{
    H5Eclear2(H5E_DEFAULT);
    H5Eset_auto2(H5E_DEFAULT, quiet->handler, quiet->data);
    ganger_exclusive_end();
}

struct message {
    char *text;
    size_t size;
};

static herr_t take_message(unsigned depth, const H5E_error2_t *error, void *context)
{
    struct message *message = context;
    if (depth == 0) {
        snprintf(message->text, message->size, "%s (in %s)", error->desc, error->func_name);
    }
    return 0;
}

const char *ganger_packed_error(char *text, size_t size)
{
    struct message message = {text, size};
    snprintf(text, size, "no reason given");
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, take_message, &message);
    return text;
}

bool ganger_packed_text(const struct ganger_column *column)
{
    return column->type == GANGER_COLUMN_ID || column->type == GANGER_COLUMN_TEXT;
}

const char *ganger_packed_bytes(const struct ganger_column *column, char name[64])
{
    snprintf(name, 64, "%s.utf8", ganger_column_packed_name(column));
    return name;
}

hid_t ganger_packed_type(enum ganger_column_type type, bool in_file)
{
    switch (type) {
    case GANGER_COLUMN_ID:
    case GANGER_COLUMN_TEXT: {
        hid_t text = H5Tcopy(H5T_C_S1);
        if (text >= 0) {
            H5Tset_size(text, H5T_VARIABLE);
            H5Tset_cset(text, H5T_CSET_UTF8);
        }
        return text;
    }
    case GANGER_COLUMN_REAL:
        return H5Tcopy(in_file ? H5T_IEEE_F64LE : H5T_NATIVE_DOUBLE);
    case GANGER_COLUMN_BOOL:
    case GANGER_COLUMN_CHOICE:
        return H5Tcopy(in_file ? H5T_STD_I8LE : H5T_NATIVE_UINT8);
    case GANGER_COLUMN_CHOICES:
        return H5Tcopy(in_file ? H5T_STD_I32LE : H5T_NATIVE_UINT32);
    case GANGER_COLUMN_INTEGER:
    case GANGER_COLUMN_REFERENCE:
    case GANGER_COLUMN_TIME:
        break;
    }
    return H5Tcopy(in_file ? H5T_STD_I32LE : H5T_NATIVE_INT32);
}

/* ---- writing ---------------------------------------------------------------------------------- */

/* An attribute of one value; takes `type` and closes it. */
static bool put_attribute(hid_t object, const char *name, hid_t type, const void *value)
{
    hid_t space = H5Screate(H5S_SCALAR);
    hid_t attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    bool done = attribute >= 0 && H5Awrite(attribute, type, value) >= 0;
    H5Aclose(attribute);
    H5Sclose(space);
    H5Tclose(type);
    return done;
}

static bool put_text(hid_t object, const char *name, const char *text)
{
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, strlen(text) + 1);
    H5Tset_cset(type, H5T_CSET_UTF8);
    return put_attribute(object, name, type, text);
}

static bool put_integer(hid_t object, const char *name, int32_t value)
{
    return put_attribute(object, name, H5Tcopy(H5T_STD_I32LE), &value);
}

static bool put_real(hid_t object, const char *name, double value)
{
    return put_attribute(object, name, H5Tcopy(H5T_IEEE_F64LE), &value);
}

/* For readers of the bare file: what the numbers of a column stand for. */
static bool put_meaning(hid_t dataset, const struct ganger_column *column)
{
    char text[256] = "";
    if (column->type == GANGER_COLUMN_REFERENCE) {
        const struct ganger_table *table = &ganger_tables[column->refers];
        snprintf(text, sizeof text, "row of /%s, -1: none", table->name);
        return put_text(dataset, "meaning", text);
    }
    if (column->type == GANGER_COLUMN_TIME) {
        return put_text(dataset, "meaning", "period or boundary, -1: none");
    }
    if (column->type == GANGER_COLUMN_BOOL) {
        return put_text(dataset, "flag_meanings", "false true");
    }
    if (column->choices == NULL) {
        return true;
    }
    for (int i = 0; column->choices[i] != NULL; i++) {
        size_t length = strlen(text);
        snprintf(text + length, sizeof text - length, "%s%s", i > 0 ? " " : "", column->choices[i]);
    }
    return put_text(dataset, "flag_meanings", text);
}

static hid_t untimed(hid_t class)
{
    hid_t list = H5Pcreate(class);
    if (list >= 0) {
        /* Else no two files would be equal. */
        H5Pset_obj_track_times(list, false);
    }
    return list;
}

static bool put_column(hid_t group, const struct ganger_problem *problem,
                       const struct ganger_column *column, int32_t rows)
{
    hsize_t extent = (hsize_t)rows;
    hid_t space = H5Screate_simple(1, &extent, NULL);
    hid_t in_file = ganger_packed_type(column->type, true);
    hid_t in_memory = ganger_packed_type(column->type, false);
    hid_t list = untimed(H5P_DATASET_CREATE);
    hid_t dataset = H5Dcreate2(group, ganger_column_packed_name(column), in_file, space,
                               H5P_DEFAULT, list, H5P_DEFAULT);
    bool done = dataset >= 0 && put_meaning(dataset, column);
    if (done && rows > 0) {
        done = H5Dwrite(dataset, in_memory, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                        ganger_column_view(problem, column)) >= 0;
    }
    done = (dataset < 0 || H5Dclose(dataset) >= 0) && done;
    H5Pclose(list);
    H5Tclose(in_file);
    H5Tclose(in_memory);
    H5Sclose(space);
    return done;
}

/* The same texts once more, each ended by a NUL, in a column of bytes: unpack.c reads only this one, because
 * HDF5 trusts the lengths that it stores with texts of variable length, which are there for other tools. */
static bool put_bytes(hid_t group, const struct ganger_problem *problem,
                      const struct ganger_column *column, int32_t rows)
{
    char *const *texts = ganger_column_view(problem, column);
    char name[64];
    size_t size = 0;
    for (int32_t row = 0; row < rows; row++) {
        size += strlen(texts[row]) + 1;
    }
    char *bytes = malloc(size + 1);
    if (bytes == NULL) {
        return false;
    }
    char *end = bytes;
    for (int32_t row = 0; row < rows; row++) {
        end = stpcpy(end, texts[row]) + 1;
    }
    hsize_t extent = size;
    hid_t space = H5Screate_simple(1, &extent, NULL);
    hid_t list = untimed(H5P_DATASET_CREATE);
    hid_t dataset = H5Dcreate2(group, ganger_packed_bytes(column, name), H5T_STD_U8LE, space,
                               H5P_DEFAULT, list, H5P_DEFAULT);
    bool done = dataset >= 0 && (size == 0 || H5Dwrite(dataset, H5T_NATIVE_UINT8, H5S_ALL, H5S_ALL,
                                                       H5P_DEFAULT, bytes) >= 0);
    done = (dataset < 0 || H5Dclose(dataset) >= 0) && done;
    H5Pclose(list);
    H5Sclose(space);
    free(bytes);
    return done;
}

static bool put_table(hid_t file, const struct ganger_problem *problem,
                      enum ganger_table_index index)
{
    const struct ganger_table *table = &ganger_tables[index];
    hid_t list = untimed(H5P_GROUP_CREATE);
    hid_t group = H5Gcreate2(file, table->name, H5P_DEFAULT, list, H5P_DEFAULT);
    bool done = group >= 0;
    for (int c = 0; done && c < table->column_count; c++) {
        const struct ganger_column *column = &table->columns[c];
        int32_t rows = ganger_table_count(problem, index);
        if (ganger_column_kept(column)) {
            done = put_column(group, problem, column, rows) &&
                   (!ganger_packed_text(column) || put_bytes(group, problem, column, rows));
        }
    }
    if (group >= 0) {
        H5Gclose(group);
    }
    H5Pclose(list);
    return done;
}

/* Absent where there is none, as in files of earlier programs. */
static bool put_credit(hid_t file, const struct ganger_problem *p)
{
    bool done = true;
    for (int i = 0; done && i < GANGER_CREDIT_PARTS; i++) {
        done = p->credit[i] == NULL || put_text(file, ganger_credit_names[i], p->credit[i]);
    }
    return done;
}

static bool put_settings(hid_t file, const struct ganger_problem *p)
{
    char date[GANGER_DATE_SIZE];
    return put_text(file, "format", ganger_packed_magic) &&
           put_integer(file, "format_version", GANGER_PACKED_VERSION) &&
           put_text(file, "name", p->name) && put_text(file, "title", p->title) &&
           put_text(file, "currency", p->currency) && put_credit(file, p) &&
           put_text(file, "objective", ganger_objective_names[p->objective]) &&
           put_text(file, "start_date", ganger_date_format(p->time.start_day, date)) &&
           put_integer(file, "period_days", p->time.period_days) &&
           put_integer(file, "periods", p->time.periods) &&
           put_real(file, "discount_rate", p->time.discount_rate) &&
           put_real(file, "terminal_years", p->time.terminal_years) &&
           put_integer(file, "railhead", p->railhead ? 1 : 0) &&
           put_text(file, "sha256", p->sha256);
}

/* The HDF5 part, made in memory: so nothing half written is ever on disk, and its checksum is known before
 * the first byte. NULL on failure. */
static char *make_image(const struct ganger_problem *problem, size_t *size)
{
    char *image = NULL;
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    hid_t create = untimed(H5P_FILE_CREATE);
    hid_t file = -1;
    if (access >= 0 && create >= 0 && H5Pset_fapl_core(access, 1 << 20, false) >= 0) {
        file = H5Fcreate("instance", H5F_ACC_TRUNC, create, access);
    }
    bool done = file >= 0 && put_settings(file, problem);
    for (int table = 0; done && table < GANGER_TABLES; table++) {
        done = put_table(file, problem, (enum ganger_table_index)table);
    }
    if (done && H5Fflush(file, H5F_SCOPE_GLOBAL) >= 0) {
        ssize_t length = H5Fget_file_image(file, NULL, 0);
        image = length > 0 ? malloc((size_t)length) : NULL;
        if (image != NULL && H5Fget_file_image(file, image, (size_t)length) != length) {
            free(image);
            image = NULL;
        }
        *size = (size_t)length;
    }
    if (file >= 0) {
        H5Fclose(file);
    }
    H5Pclose(create);
    H5Pclose(access);
    return image;
}

static bool write_parts(const char *path, const char *header, const char *image, size_t size)
{
    FILE *file = fopen(path, "wbxe");
    if (file == NULL) {
        return false;
    }
    bool done = fwrite(header, 1, GANGER_PACKED_HEADER, file) == GANGER_PACKED_HEADER &&
                fwrite(image, 1, size, file) == size;
    return fclose(file) == 0 && done;
}

ganger_status ganger_problem_pack(const struct ganger_problem *problem, const char *path,
                                  struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    char header[GANGER_PACKED_HEADER], reason[256];
    size_t size = 0;
    struct ganger_packed_quiet quiet;
    ganger_packed_quiet(&quiet);
    char *image = make_image(problem, &size);
    char *aside = ganger_file_aside(path);
    if (aside == NULL) {
        status = ganger_findings_out_of_memory(findings);
    } else if (image == NULL) {
        status = ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, path, 0, NULL,
                                     "cannot be packed: HDF5 says %s",
                                     ganger_packed_error(reason, sizeof reason));
    } else {
        ganger_packed_header(image, size, header);
        if (write_parts(aside, header, image, size)) {
            status = ganger_file_commit(aside, path, findings);
        } else {
            status = ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, path, 0, NULL,
                                         "cannot be written: %s", strerror(errno));
            ganger_file_discard(aside);
        }
    }
    ganger_packed_loud(&quiet);
    free(image);
    free(aside);
    return status;
}
