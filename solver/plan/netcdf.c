#include "plan/netcdf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Elements in a chunk: large enough to compress well, small enough to be read in part. */
static const hsize_t chunk_elements = 65536;
/* Below this many elements a variable is stored as it is. */
static const hsize_t small_elements = 1024;

static bool check(struct ganger_netcdf *netcdf, bool good)
{
    if (!good) {
        netcdf->failed = true;
    }
    return good;
}

static hid_t creation_list(hid_t class)
{
    hid_t list = H5Pcreate(class);
    if (list >= 0 && class != H5P_DATASET_CREATE) {
        H5Pset_link_creation_order(list, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    }
    if (list >= 0) {
        H5Pset_attr_creation_order(list, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
        H5Pset_obj_track_times(list, false); /* else no two files are equal */
    }
    return list;
}

void ganger_netcdf_open(struct ganger_netcdf *netcdf)
{
    memset(netcdf, 0, sizeof *netcdf);
    netcdf->file = -1;
    hid_t creation = creation_list(H5P_FILE_CREATE);
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    if (creation >= 0 && access >= 0 && H5Pset_fapl_core(access, 1 << 20, false) >= 0) {
        /* The name is that of a file never made: the core driver keeps all in memory. */
        netcdf->file = H5Fcreate("plan", H5F_ACC_TRUNC, creation, access);
    }
    check(netcdf, netcdf->file >= 0);
    H5Pclose(creation);
    H5Pclose(access);
}

hid_t ganger_netcdf_group(struct ganger_netcdf *netcdf, const char *name)
{
    hid_t group = -1;
    if (netcdf->failed) {
        return -1;
    }
    if (name[0] == '\0') {
        group = H5Gopen2(netcdf->file, "/", H5P_DEFAULT);
    } else {
        hid_t list = creation_list(H5P_GROUP_CREATE);
        group = H5Gcreate2(netcdf->file, name, H5P_DEFAULT, list, H5P_DEFAULT);
        H5Pclose(list);
    }
    check(netcdf, group >= 0);
    return group;
}

void ganger_netcdf_close_group(struct ganger_netcdf *netcdf, hid_t group)
{
    if (group >= 0) {
        check(netcdf, H5Gclose(group) >= 0);
    }
}

/* The HDF5 type of memory and file; closed by the caller. Files are little-endian everywhere. */
static hid_t type_of(enum ganger_netcdf_type type, bool in_file)
{
    hid_t text;
    switch (type) {
    case GANGER_NETCDF_INT8:
        return H5Tcopy(in_file ? H5T_STD_I8LE : H5T_NATIVE_INT8);
    case GANGER_NETCDF_INT32:
        return H5Tcopy(in_file ? H5T_STD_I32LE : H5T_NATIVE_INT32);
    case GANGER_NETCDF_INT64:
        return H5Tcopy(in_file ? H5T_STD_I64LE : H5T_NATIVE_INT64);
    case GANGER_NETCDF_DOUBLE:
        return H5Tcopy(in_file ? H5T_IEEE_F64LE : H5T_NATIVE_DOUBLE);
    case GANGER_NETCDF_TEXT:
        text = H5Tcopy(H5T_C_S1);
        if (text >= 0) {
            H5Tset_size(text, H5T_VARIABLE);
            H5Tset_cset(text, H5T_CSET_UTF8);
        }
        return text;
    }
    return -1;
}

/* Writes one attribute; closes type and space. */
static void put_attribute(struct ganger_netcdf *netcdf, hid_t object, const char *name, hid_t type,
                          hid_t space, const void *data)
{
    hid_t attribute = -1;
    if (type >= 0 && space >= 0) {
        attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    }
    check(netcdf, attribute >= 0 && H5Awrite(attribute, type, data) >= 0);
    if (attribute >= 0) {
        H5Aclose(attribute);
    }
    H5Tclose(type);
    H5Sclose(space);
}

/* CLASS and NAME of a scale are NUL-terminated, as the dimension scale convention has them. */
static void put_label(struct ganger_netcdf *netcdf, hid_t object, const char *name,
                      const char *text)
{
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, strlen(text) + 1);
    put_attribute(netcdf, object, name, type, H5Screate(H5S_SCALAR), text);
}

static hid_t text_type(const char *text)
{
    hid_t type = H5Tcopy(H5T_C_S1);
    size_t length = strlen(text);
    H5Tset_size(type, length > 0 ? length : 1);
    H5Tset_strpad(type, H5T_STR_NULLPAD);
    H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}

static void put_text(struct ganger_netcdf *netcdf, hid_t object, const char *name, const char *text)
{
    put_attribute(netcdf, object, name, text_type(text), H5Screate(H5S_SCALAR), text);
}

/* Chunks of whole rows where they fit, so that a period or boundary is read at once. */
static void choose_storage(hid_t list, int rank, const hsize_t *size, bool packable)
{
    hsize_t chunk[GANGER_NETCDF_RANK];
    hsize_t elements = 1, room = chunk_elements;
    for (int i = rank - 1; i >= 0; i--) {
        elements *= size[i];
        chunk[i] = size[i] < room ? size[i] : room;
        room = chunk[i] > 0 && room / chunk[i] > 0 ? room / chunk[i] : 1;
    }
    if (packable && elements >= small_elements) {
        H5Pset_chunk(list, rank, chunk);
        H5Pset_shuffle(list);
        H5Pset_deflate(list, 4);
    }
}

static hobj_ref_t reference_to(struct ganger_netcdf *netcdf, hid_t object)
{
    hobj_ref_t reference = 0;
    check(netcdf, H5Rcreate(&reference, object, ".", H5R_OBJECT, -1) >= 0);
    return reference;
}

/* Creates a dataset and writes `data` unless it is NULL; -1 on failure. */
static hid_t put_dataset(struct ganger_netcdf *netcdf, hid_t group,
                         const struct ganger_netcdf_variable *variable, int rank,
                         const hsize_t *size, const void *data)
{
    hid_t dataset = -1;
    hsize_t elements = 1;
    for (int i = 0; i < rank; i++) {
        elements *= size[i];
    }
    hid_t list = creation_list(H5P_DATASET_CREATE);
    hid_t in_file = type_of(variable->type, true);
    hid_t in_memory = type_of(variable->type, false);
    hid_t space = H5Screate_simple(rank, size, NULL);
    if (list >= 0 && in_file >= 0 && in_memory >= 0 && space >= 0) {
        choose_storage(list, rank, size, variable->type != GANGER_NETCDF_TEXT && data != NULL);
        dataset = H5Dcreate2(group, variable->name, in_file, space, H5P_DEFAULT, list, H5P_DEFAULT);
    }
    bool good = dataset >= 0;
    if (good && data != NULL && elements > 0) {
        good = H5Dwrite(dataset, in_memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) >= 0;
    }
    check(netcdf, good);
    H5Sclose(space);
    H5Tclose(in_memory);
    H5Tclose(in_file);
    H5Pclose(list);
    if (good && variable->long_name) {
        put_text(netcdf, dataset, "long_name", variable->long_name);
    }
    if (good && variable->units) {
        put_text(netcdf, dataset, "units", variable->units);
    }
    return dataset;
}

static int add_dim(struct ganger_netcdf *netcdf, hid_t dataset, const char *label, hsize_t size)
{
    struct ganger_netcdf_dim *dim = &netcdf->dim[netcdf->dims];
    if (!check(netcdf, dataset >= 0 && netcdf->dims < GANGER_NETCDF_DIMS)) {
        return 0;
    }
    put_label(netcdf, dataset, "CLASS", "DIMENSION_SCALE");
    put_label(netcdf, dataset, "NAME", label);
    dim->size = size;
    dim->dataset = dataset;
    dim->scale = reference_to(netcdf, dataset);
    return netcdf->dims++;
}

int ganger_netcdf_dim(struct ganger_netcdf *netcdf, hid_t group, const char *name, size_t size)
{
    /* The words by which the netCDF library tells a bare dimension; never written, it takes no room. */
    char label[80];
    snprintf(label, sizeof label, "This is a netCDF dimension but not a netCDF variable.%10zu",
             size);
    struct ganger_netcdf_variable variable = {.name = name, .type = GANGER_NETCDF_INT32};
    hsize_t extent = size;
    if (netcdf->failed) {
        return 0;
    }
    return add_dim(netcdf, put_dataset(netcdf, group, &variable, 1, &extent, NULL), label, extent);
}

int ganger_netcdf_coordinate(struct ganger_netcdf *netcdf, hid_t group,
                             struct ganger_netcdf_variable variable, size_t size, const void *data)
{
    hsize_t extent = size;
    if (netcdf->failed) {
        return 0;
    }
    return add_dim(netcdf, put_dataset(netcdf, group, &variable, 1, &extent, data), variable.name,
                   extent);
}

/* DIMENSION_LIST: for each axis the list (of one) of its scales. */
static void attach_scales(struct ganger_netcdf *netcdf, hid_t dataset,
                          const struct ganger_netcdf_variable *variable, int rank)
{
    hvl_t lists[GANGER_NETCDF_RANK];
    hsize_t extent = (hsize_t)rank;
    hobj_ref_t self = reference_to(netcdf, dataset);
    for (int i = 0; i < rank; i++) {
        struct ganger_netcdf_dim *dim = &netcdf->dim[variable->dims[i]];
        lists[i] = (hvl_t){.len = 1, .p = &dim->scale};
        if (check(netcdf, dim->uses < GANGER_NETCDF_USES)) {
            dim->used_by[dim->uses] = self;
            dim->used_axis[dim->uses] = i;
            dim->uses++;
        }
    }
    put_attribute(netcdf, dataset, "DIMENSION_LIST", H5Tvlen_create(H5T_STD_REF_OBJ),
                  H5Screate_simple(1, &extent, NULL), lists);
}

void ganger_netcdf_variable(struct ganger_netcdf *netcdf, hid_t group,
                            const struct ganger_netcdf_variable *variable, const void *data)
{
    hsize_t size[GANGER_NETCDF_RANK];
    int rank = 0;
    if (netcdf->failed) {
        return;
    }
    while (rank < GANGER_NETCDF_RANK && variable->dims[rank] >= 0) {
        size[rank] = netcdf->dim[variable->dims[rank]].size;
        rank++;
    }
    hid_t dataset = put_dataset(netcdf, group, variable, rank, size, data);
    if (dataset >= 0) {
        attach_scales(netcdf, dataset, variable, rank);
        check(netcdf, H5Dclose(dataset) >= 0);
    }
}

/* Writes an attribute of a group or of a variable in it. */
static void put_at(struct ganger_netcdf *netcdf, struct ganger_netcdf_place place, const char *name,
                   hid_t type, hid_t space, const void *data)
{
    hid_t dataset = -1;
    if (place.variable && !netcdf->failed) {
        dataset = H5Dopen2(place.group, place.variable, H5P_DEFAULT);
        check(netcdf, dataset >= 0);
    }
    if (netcdf->failed) {
        H5Tclose(type);
        H5Sclose(space);
    } else {
        put_attribute(netcdf, place.variable ? dataset : place.group, name, type, space, data);
    }
    if (dataset >= 0) {
        H5Dclose(dataset);
    }
}

void ganger_netcdf_text(struct ganger_netcdf *netcdf, struct ganger_netcdf_place place,
                        const char *name, const char *text)
{
    put_at(netcdf, place, name, text_type(text), H5Screate(H5S_SCALAR), text);
}

void ganger_netcdf_double(struct ganger_netcdf *netcdf, struct ganger_netcdf_place place,
                          const char *name, double value)
{
    put_at(netcdf, place, name, type_of(GANGER_NETCDF_DOUBLE, false), H5Screate(H5S_SCALAR),
           &value);
}

void ganger_netcdf_int64(struct ganger_netcdf *netcdf, struct ganger_netcdf_place place,
                         const char *name, int64_t value)
{
    put_at(netcdf, place, name, type_of(GANGER_NETCDF_INT64, false), H5Screate(H5S_SCALAR), &value);
}

void ganger_netcdf_int8s(struct ganger_netcdf *netcdf, struct ganger_netcdf_place place,
                         const char *name, const int8_t *values, size_t count)
{
    hsize_t extent = count;
    put_at(netcdf, place, name, type_of(GANGER_NETCDF_INT8, false),
           H5Screate_simple(1, &extent, NULL), values);
}

/* REFERENCE_LIST, the way back from a scale to its variables: packed {reference, axis} pairs, written from
 * a zeroed buffer so that no stray bytes of a C struct get into the file. */
static void list_uses(struct ganger_netcdf *netcdf, const struct ganger_netcdf_dim *dim)
{
    enum { SIZE = sizeof(hobj_ref_t) + sizeof(int32_t) };
    unsigned char rows[GANGER_NETCDF_USES * SIZE];
    hsize_t extent = (hsize_t)dim->uses;
    if (dim->uses == 0) {
        return;
    }
    hid_t type = H5Tcreate(H5T_COMPOUND, SIZE);
    H5Tinsert(type, "dataset", 0, H5T_STD_REF_OBJ);
    H5Tinsert(type, "dimension", sizeof(hobj_ref_t), H5T_NATIVE_INT32);
    for (int i = 0; i < dim->uses; i++) {
        memcpy(rows + i * SIZE, &dim->used_by[i], sizeof(hobj_ref_t));
        memcpy(rows + i * SIZE + sizeof(hobj_ref_t), &dim->used_axis[i], sizeof(int32_t));
    }
    put_attribute(netcdf, dim->dataset, "REFERENCE_LIST", type, H5Screate_simple(1, &extent, NULL),
                  rows);
}

bool ganger_netcdf_close(struct ganger_netcdf *netcdf, void **bytes, size_t *size)
{
    *bytes = NULL;
    for (int i = 0; i < netcdf->dims; i++) {
        if (!netcdf->failed) {
            list_uses(netcdf, &netcdf->dim[i]);
        }
        check(netcdf, H5Dclose(netcdf->dim[i].dataset) >= 0);
    }
    ssize_t length = -1;
    if (!netcdf->failed && H5Fflush(netcdf->file, H5F_SCOPE_GLOBAL) >= 0) {
        length = H5Fget_file_image(netcdf->file, NULL, 0);
    }
    if (length > 0) {
        *bytes = malloc((size_t)length);
    }
    if (*bytes && H5Fget_file_image(netcdf->file, *bytes, (size_t)length) != length) {
        free(*bytes);
        *bytes = NULL;
    }
    *size = *bytes ? (size_t)length : 0;
    if (netcdf->file >= 0) {
        check(netcdf, H5Fclose(netcdf->file) >= 0);
    }
    return *bytes != NULL;
}
