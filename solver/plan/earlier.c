#include "plan/earlier.h"

#include "base/date.h"
#include "plan/quiet.h"
#include "plan/reader.h"

#include <stdlib.h>

static ganger_status read_time(struct ganger_plan_reader *r, struct ganger_earlier *e)
{
    char date[GANGER_DATE_SIZE];
    if (!ganger_reader_word(r, "start_date_of_programme", date, sizeof date) ||
        !ganger_date_parse(date, &e->start_day)) {
        return ganger_reader_refuse(r, "start_date_of_programme", "is missing or no date");
    }
    if (!ganger_reader_number(r, "/", "period_days", H5T_NATIVE_INT32, &e->period_days) ||
        e->period_days < 1 || e->period_days > 36525) {
        return ganger_reader_refuse(r, "period_days", "is missing or no number of days");
    }
    return GANGER_STATUS_OK;
}

static ganger_status read_works(struct ganger_plan_reader *r, struct ganger_earlier *e)
{
    static const int dims[] = {GANGER_DIM_WORK, GANGER_DIM_END, GANGER_DIM_END};
    size_t count = 0;
    void *start = NULL, *mode = NULL;
    ganger_status status = ganger_reader_copy_texts(r, "work", &e->id, &count);
    e->works = (int32_t)count;
    if (status != GANGER_STATUS_OK) {
        return status;
    }
    r->sizes[GANGER_DIM_WORK] = count;
    r->known[GANGER_DIM_WORK] = true;
    status = ganger_reader_array(r, "start", GANGER_NETCDF_INT32, dims, &start);
    e->start = start;
    if (status == GANGER_STATUS_OK) {
        status = ganger_reader_array(r, "mode", GANGER_NETCDF_INT32, dims, &mode);
    }
    e->mode = mode;
    for (int32_t w = 0; status == GANGER_STATUS_OK && w < e->works; w++) {
        if (e->start[w] < -1 || e->mode[w] < -1 || (e->start[w] < 0) != (e->mode[w] < 0)) {
            status = ganger_reader_refuse(r, "start", "and mode are not those of a plan");
        }
    }
    return status;
}

ganger_status ganger_earlier_read(const char *path, struct ganger_earlier *earlier,
                                  struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    struct ganger_hdf5_quiet quiet;
    struct ganger_plan_reader r = {.path = path, .findings = findings, .file = -1};
    *earlier = (struct ganger_earlier){0};
    ganger_hdf5_quiet_begin(&quiet);
    GANGER_TRY(ganger_reader_open(&r));
    GANGER_TRY(ganger_reader_version(&r));
    GANGER_TRY(read_time(&r, earlier));
    GANGER_TRY(read_works(&r, earlier));
out:
    ganger_reader_close(&r);
    ganger_hdf5_quiet_end(&quiet);
    if (status != GANGER_STATUS_OK) {
        ganger_earlier_clear(earlier);
    }
    return status;
}

void ganger_earlier_clear(struct ganger_earlier *earlier)
{
    for (int32_t w = 0; earlier->id && w < earlier->works; w++) {
        free(earlier->id[w]);
    }
    free(earlier->id);
    free(earlier->start);
    free(earlier->mode);
    *earlier = (struct ganger_earlier){0};
}
