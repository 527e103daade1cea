/* Datasets and attributes of a plan file, one by one. */
#include "plan/heap.h"
#include "plan/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* No array of a sane plan is larger: a few bytes of hostile file can claim any size. */
static const hsize_t most_elements = (hsize_t)1 << 28;

ganger_status ganger_reader_refuse(struct ganger_plan_reader *r, const char *column,
                                   const char *text)
{
    return ganger_findings_add(r->findings, GANGER_STATUS_INPUT_INVALID, r->path, 0, column, "%s",
                               text);
}

void ganger_reader_doubt(struct ganger_plan_reader *r, const char *column, const char *text)
{
    ganger_findings_add(&r->plan->doubts, GANGER_STATUS_REFUSED, r->path, 0, column, "%s", text);
}

const char *ganger_reader_path(char text[GANGER_READER_TEXT], enum ganger_plan_group group,
                               const char *name)
{
    const char *folder = ganger_plan_group_name[group];
    text[0] = '\0';
    if (strlen(folder) + strlen(name) + 2 <= GANGER_READER_TEXT) {
        strcpy(text, folder);
        strcat(text, folder[0] ? "/" : "");
        strcat(text, name);
    }
    return text;
}

/* The dataset if it is there with this class of type and at most rank 3; else -1 and a finding. */
static hid_t open_dataset(struct ganger_plan_reader *r, const char *path, H5T_class_t class,
                          int *rank, hsize_t size[GANGER_NETCDF_RANK])
{
    hid_t space = -1, type = -1;
    hid_t dataset = H5Dopen2(r->file, path, H5P_DEFAULT);
    if (dataset < 0) {
        ganger_reader_refuse(r, path, "is missing");
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
        ganger_reader_refuse(r, path, "has the wrong type or shape");
        H5Dclose(dataset);
        return -1;
    }
    return dataset;
}

/* The references to a dataset's `count` strings, in the file's bytes; NULL if they are not all there. */
static const unsigned char *string_references(struct ganger_plan_reader *r, hid_t dataset,
                                              size_t count)
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

ganger_status ganger_reader_texts(struct ganger_plan_reader *r, const char *path,
                                  const char *const *texts, size_t count)
{
    int rank;
    hsize_t size[GANGER_NETCDF_RANK];
    ganger_status status = GANGER_STATUS_OK;
    hid_t dataset = open_dataset(r, path, H5T_STRING, &rank, size);
    if (dataset < 0) {
        return GANGER_STATUS_INPUT_INVALID;
    }
    const unsigned char *references = string_references(r, dataset, count);
    struct ganger_heap heap = {.image = r->bytes, .size = r->size};
    H5Dclose(dataset);
    if (rank != 1 || size[0] != count) {
        return ganger_reader_refuse(r, path, "has another number of entries than the instance");
    }
    if (count > 0 && !references) {
        return ganger_reader_refuse(r, path, "cannot be read: the file is damaged");
    }
    for (size_t i = 0; status == GANGER_STATUS_OK && i < count; i++) {
        const char *text;
        size_t length;
        if (!ganger_heap_string(&heap, references + i * GANGER_HEAP_REFERENCE, &text, &length) ||
            length != strlen(texts[i]) || memcmp(text, texts[i], length) != 0) {
            status = ganger_findings_add(r->findings, GANGER_STATUS_INPUT_INVALID, r->path, 0, path,
                                         "entry %zu is not \"%s\" as in the instance", i, texts[i]);
        }
    }
    return status;
}

ganger_status ganger_reader_copy_texts(struct ganger_plan_reader *r, const char *path,
                                       char ***texts, size_t *count)
{
    int rank;
    hsize_t size[GANGER_NETCDF_RANK];
    *texts = NULL;
    *count = 0;
    hid_t dataset = open_dataset(r, path, H5T_STRING, &rank, size);
    if (dataset < 0) {
        return GANGER_STATUS_INPUT_INVALID;
    }
    bool sane = rank == 1 && size[0] <= most_elements;
    const unsigned char *references = sane ? string_references(r, dataset, (size_t)size[0]) : NULL;
    struct ganger_heap heap = {.image = r->bytes, .size = r->size};
    H5Dclose(dataset);
    if (!sane || (size[0] > 0 && !references)) {
        return ganger_reader_refuse(r, path, "cannot be read: the file is damaged");
    }
    *texts = calloc((size_t)size[0] + 1, sizeof **texts);
    if (!*texts) {
        return ganger_findings_out_of_memory(r->findings);
    }
    for (*count = 0; *count < size[0]; ++*count) {
        const char *text;
        size_t length;
        if (!ganger_heap_string(&heap, references + *count * GANGER_HEAP_REFERENCE, &text,
                                &length)) {
            return ganger_reader_refuse(r, path, "cannot be read: the file is damaged");
        }
        (*texts)[*count] = strndup(text, length);
        if (!(*texts)[*count]) {
            return ganger_findings_out_of_memory(r->findings);
        }
    }
    return GANGER_STATUS_OK;
}

bool ganger_reader_word(struct ganger_plan_reader *r, const char *name, char *text, size_t size)
{
    hid_t attribute = H5Aopen_by_name(r->file, "/", name, H5P_DEFAULT, H5P_DEFAULT);
    if (attribute < 0) {
        return false;
    }
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    size_t stored = H5Tget_size(type);
    char *read = calloc(stored + 1, 1);
    bool good = read && H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) == 0 &&
                H5Sget_simple_extent_npoints(space) == 1 && H5Aread(attribute, type, read) >= 0;
    if (good) {
        snprintf(text, size, "%s", read);
    }
    free(read);
    H5Tclose(type);
    H5Sclose(space);
    H5Aclose(attribute);
    return good;
}

/* True if the dataset's shape is that of the dimensions; learns those that are open. */
static bool fit(struct ganger_plan_reader *r, const int *dims, int rank, const hsize_t *size)
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

ganger_status ganger_reader_array(struct ganger_plan_reader *r, const char *path,
                                  enum ganger_netcdf_type type, const int *dims, void **array)
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
        status = ganger_reader_refuse(r, path, "has not the shape that the instance asks for");
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
            status = ganger_reader_refuse(r, path, "cannot be read: the file is damaged");
        }
    }
    H5Dclose(dataset);
    return status;
}

bool ganger_reader_number(struct ganger_plan_reader *r, const char *object, const char *name,
                          hid_t memory, void *value)
{
    hid_t attribute = H5Aopen_by_name(r->file, object, name, H5P_DEFAULT, H5P_DEFAULT);
    if (attribute < 0) {
        return false;
    }
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    bool good = H5Tget_class(type) == H5Tget_class(memory) && H5Tget_size(type) <= 8 &&
                H5Sget_simple_extent_npoints(space) == 1 && H5Aread(attribute, memory, value) >= 0;
    H5Tclose(type);
    H5Sclose(space);
    H5Aclose(attribute);
    return good;
}

bool ganger_reader_says(struct ganger_plan_reader *r, const char *object, const char *name,
                        const char *text)
{
    hid_t attribute = H5Aopen_by_name(r->file, object, name, H5P_DEFAULT, H5P_DEFAULT);
    if (attribute < 0) {
        return false;
    }
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    size_t length = strlen(text), stored = H5Tget_size(type);
    char *read = calloc(length + 2, 1);
    /* The writer keeps an empty text as one NUL. */
    bool good = read && H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) == 0 &&
                stored == (length > 0 ? length : 1) && H5Sget_simple_extent_npoints(space) == 1 &&
                H5Aread(attribute, type, read) >= 0 && memcmp(read, text, length + 1) == 0;
    free(read);
    H5Tclose(type);
    H5Sclose(space);
    H5Aclose(attribute);
    return good;
}
