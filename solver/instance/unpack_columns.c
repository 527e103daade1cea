/* The columns of a packed instance. Nothing in the file is believed before it was checked. */
#include "base/lookup.h"
#include "base/text.h"
#include "instance/unpack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
static int64_t values_of(struct ganger_unpack *u, hid_t dataset, const struct column_place *place)
{
    hid_t space = H5Dget_space(dataset);
    hid_t type = H5Dget_type(dataset);
    hsize_t extent = 0;
    int64_t rows = -1;
    if (H5Sget_simple_extent_type(space) != H5S_SIMPLE || H5Sget_simple_extent_ndims(space) != 1 ||
        H5Sget_simple_extent_dims(space, &extent, NULL) != 1 || !good_type(type, place->column)) {
        GANGER_UNPACK_REFUSE(u, place->name, "is not a column of the expected type");
    } else if (extent > INT32_MAX / 2 ||
               H5Dget_storage_size(dataset) < extent * H5Tget_size(type)) {
        GANGER_UNPACK_REFUSE(u, place->name, "has fewer values than rows");
    } else {
        rows = (int64_t)extent;
    }
    H5Tclose(type);
    H5Sclose(space);
    return rows;
}

static bool good_time(const struct ganger_unpack *u, const struct ganger_column *column,
                      int64_t value)
{
    int64_t last = u->problem->time.periods - ((column->flags & GANGER_COLUMN_PERIOD) != 0 ? 1 : 0);
    bool may_lack =
        (column->flags & GANGER_COLUMN_REQUIRED) == 0 && (int32_t)column->absent == GANGER_NONE;
    return (column->flags & GANGER_COLUMN_UNBOUNDED) != 0 || (value >= 0 && value <= last) ||
           (may_lack && value == GANGER_NONE);
}

static bool good_integer(const struct ganger_unpack *u, const struct ganger_column *column,
                         int64_t value)
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

static ganger_status read_integers(struct ganger_unpack *u, hid_t dataset,
                                   const struct column_place *place, int32_t rows)
{
    void *array = *ganger_column_array(u->problem, place->column);
    int64_t *values = calloc((size_t)rows + 1, sizeof *values);
    if (values == NULL) {
        return ganger_findings_out_of_memory(u->findings);
    }
    if (H5Dread(dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0) {
        GANGER_UNPACK_REFUSE(u, place->name, "cannot be read");
        rows = 0;
    }
    for (int32_t row = 0; row < rows; row++) {
        if (!good_integer(u, place->column, values[row])) {
            GANGER_UNPACK_REFUSE(u, place->name, "row %d: %lld is out of range", row,
                                 (long long)values[row]);
            break;
        }
        store_integer(place->column, array, row, values[row]);
    }
    free(values);
    return GANGER_STATUS_OK;
}

static void read_reals(struct ganger_unpack *u, hid_t dataset, const struct column_place *place,
                       int32_t rows)
{
    double *values = *ganger_column_array(u->problem, place->column);
    if (H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0) {
        GANGER_UNPACK_REFUSE(u, place->name, "cannot be read");
        return;
    }
    for (int32_t row = 0; row < rows; row++) {
        if (!(values[row] >= place->column->least && values[row] <= place->column->most)) {
            GANGER_UNPACK_REFUSE(u, place->name, "row %d: %g is out of range", row, values[row]);
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
static char *read_bytes(struct ganger_unpack *u, hid_t dataset, const struct column_place *place,
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
        GANGER_UNPACK_REFUSE(u, place->name, "is not a list of texts");
        free(bytes);
        return NULL;
    }
    return bytes;
}

static ganger_status store_texts(struct ganger_unpack *u, const struct column_place *place,
                                 const char *bytes, int32_t rows)
{
    char **texts = *ganger_column_array(u->problem, place->column);
    bool needed = (place->column->flags & GANGER_COLUMN_REQUIRED) != 0;
    for (int32_t row = 0; row < rows; row++) {
        size_t length = strlen(bytes);
        if (!ganger_text_is_utf8(bytes, length, NULL) || (needed && length == 0)) {
            GANGER_UNPACK_REFUSE(u, place->name, "row %d: expected %s", row,
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
static ganger_status read_values(struct ganger_unpack *u, hid_t dataset,
                                 const struct column_place *place, const char *bytes)
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
static ganger_status read_column(struct ganger_unpack *u, struct column_place *place, bool *first)
{
    ganger_status status = GANGER_STATUS_OK;
    char *bytes = NULL;
    hid_t dataset = H5Dopen2(u->file, place->name, H5P_DEFAULT);
    int64_t rows = dataset >= 0 ? values_of(u, dataset, place) : -1;
    if (dataset < 0) {
        GANGER_UNPACK_REFUSE(u, place->name, "the column is missing");
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
        GANGER_UNPACK_REFUSE(u, place->name, "has %lld rows where the table has %d",
                             (long long)rows, ganger_table_count(u->problem, place->table));
    }
out:
    free(bytes);
    if (dataset >= 0) {
        H5Dclose(dataset);
    }
    return status;
}

static ganger_status check_ids(struct ganger_unpack *u, const struct column_place *place)
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
            GANGER_UNPACK_REFUSE(u, place->name, "row %d: %s is there twice", row,
                                 ganger_text_quote(ids[row], quoted));
            break;
        }
    }
    ganger_lookup_clear(&lookup);
    return GANGER_STATUS_OK;
}

ganger_status ganger_unpack_tables(struct ganger_unpack *u)
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
