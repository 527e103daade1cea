/* What a plan file says of its instance must be what the instance says. */
#include "plan/labels.h"
#include "plan/reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool same_number(const struct ganger_plan_label *label, const void *read, size_t i)
{
    if (label->type == GANGER_NETCDF_INT8) {
        return ((const int32_t *)read)[i] == ((const int8_t *)label->data)[i];
    }
    if (label->type == GANGER_NETCDF_INT32) {
        return ((const int32_t *)read)[i] == ((const int32_t *)label->data)[i];
    }
    double a = ((const double *)read)[i], b = ((const double *)label->data)[i];
    return a == b || (isnan(a) && isnan(b));
}

static ganger_status check_numbers(struct ganger_plan_reader *r, const char *path,
                                   const struct ganger_plan_label *label)
{
    const int dims[GANGER_NETCDF_RANK] = {(int)label->dim, GANGER_DIM_END, GANGER_DIM_END};
    void *read = NULL;
    ganger_status status = ganger_reader_array(r, path, label->type, dims, &read);
    for (size_t i = 0; status == GANGER_STATUS_OK && i < r->sizes[label->dim]; i++) {
        if (!same_number(label, read, i)) {
            ganger_reader_doubt(r, path, "is not what follows from the instance and the schedule");
            break;
        }
    }
    free(read);
    return status;
}

static ganger_status check_label(struct ganger_plan_reader *r,
                                 const struct ganger_plan_label *label)
{
    char path[GANGER_READER_TEXT];
    enum ganger_plan_group group =
        label->coordinate ? ganger_plan_dim_row[label->dim].group : GANGER_PLAN_ROOT;
    ganger_reader_path(path, group, label->name);
    ganger_status status = label->type == GANGER_NETCDF_TEXT
                               ? ganger_reader_texts(r, path, label->data, r->sizes[label->dim])
                               : check_numbers(r, path, label);
    if (label->units && !ganger_reader_says(r, path, "units", label->units)) {
        ganger_reader_doubt(r, path, "has other units than plan files have");
    }
    return status;
}

ganger_status ganger_reader_labels(struct ganger_plan_reader *r)
{
    struct ganger_plan_labels labels;
    ganger_status status = GANGER_STATUS_OK;
    if (!ganger_plan_labels_init(&labels, r->problem, r->plan)) {
        status = ganger_findings_out_of_memory(r->findings);
        goto out;
    }
    for (int i = 0; i < labels.count; i++) {
        GANGER_TRY(check_label(r, &labels.label[i]));
    }
out:
    ganger_plan_labels_clear(&labels);
    return status;
}

static ganger_status check_words(struct ganger_plan_reader *r,
                                 const struct ganger_plan_labels *labels)
{
    int32_t days = 0;
    if (!ganger_reader_says(r, "/", "instance_sha256", r->problem->sha256)) {
        return ganger_reader_refuse(r, "instance_sha256", "the plan was made for another instance");
    }
    for (int i = 0; i < labels->words; i++) {
        const struct ganger_plan_word *word = &labels->word[i];
        if (!ganger_reader_says(r, "/", word->name, word->text)) {
            ganger_reader_doubt(r, word->name, "is not that of the instance");
        }
    }
    if (!ganger_reader_number(r, "/", "period_days", H5T_NATIVE_INT32, &days) ||
        days != r->problem->time.period_days) {
        ganger_reader_doubt(r, "period_days", "is not that of the instance");
    }
    return GANGER_STATUS_OK;
}

ganger_status ganger_reader_version(struct ganger_plan_reader *r)
{
    int32_t version = 0;
    if (!ganger_reader_number(r, "/", "format_version", H5T_NATIVE_INT32, &version)) {
        return ganger_reader_refuse(r, "format_version", "is missing: this is no plan file");
    }
    if (version != GANGER_PLAN_FORMAT) {
        return ganger_findings_add(r->findings, GANGER_STATUS_INPUT_INVALID, r->path, 0,
                                   "format_version",
                                   "is %d, and this program reads %d: solve the instance again",
                                   version, GANGER_PLAN_FORMAT);
    }
    return GANGER_STATUS_OK;
}

ganger_status ganger_reader_words(struct ganger_plan_reader *r)
{
    struct ganger_plan_labels labels;
    ganger_status status = ganger_reader_version(r);
    if (status != GANGER_STATUS_OK) {
        return status;
    }
    if (ganger_plan_labels_init(&labels, r->problem, r->plan)) {
        status = check_words(r, &labels);
    } else {
        status = ganger_findings_out_of_memory(r->findings);
    }
    ganger_plan_labels_clear(&labels);
    return status;
}
