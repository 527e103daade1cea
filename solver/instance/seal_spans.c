/* Finish boundaries: one row for each (calendar, duration) that some mode has. */
#include "instance/seal.h"

#include <stdlib.h>

void ganger_span_finishes(const uint8_t *productivity, const int32_t *cumulative, int32_t periods,
                          int32_t duration, int32_t *finish)
{
    int64_t work = 100 * (int64_t)duration;
    int32_t boundary = 0;
    for (int32_t start = 0; start < periods; start++) {
        if (duration == 0) {
            finish[start] = start;
            continue;
        }
        /* The least boundary never moves back as the start moves on. */
        while (boundary <= periods && cumulative[boundary] - cumulative[start] < work) {
            boundary++;
        }
        finish[start] = productivity[start] > 0 ? boundary : periods + 1;
    }
}

struct wish {
    int32_t row, duration, mode;
};

static int compare(const void *left, const void *right)
{
    const struct wish *a = left, *b = right;
    if (a->row != b->row) {
        return a->row < b->row ? -1 : 1;
    }
    if (a->duration != b->duration) {
        return a->duration < b->duration ? -1 : 1;
    }
    return a->mode < b->mode ? -1 : a->mode > b->mode;
}

/* Sorted by calendar and duration, equal ones share a row. */
static int32_t number_spans(struct ganger_problem *p, struct wish *wishes)
{
    for (int32_t m = 0; m < p->modes.count; m++) {
        wishes[m] = (struct wish){p->works.calendar[p->modes.work[m]] + 1, p->modes.duration[m], m};
    }
    qsort(wishes, (size_t)p->modes.count, sizeof *wishes, compare);
    int32_t spans = 0;
    for (int32_t i = 0; i < p->modes.count; i++) {
        bool same = i > 0 && wishes[i].row == wishes[i - 1].row &&
                    wishes[i].duration == wishes[i - 1].duration;
        spans += same ? 0 : 1;
        p->modes.span[wishes[i].mode] = spans - 1;
    }
    return spans;
}

bool ganger_seal_spans(struct ganger_problem *p)
{
    struct ganger_spans *spans = &p->spans;
    int64_t periods = p->time.periods;
    struct wish *wishes = ganger_seal_array(p->modes.count, sizeof *wishes);
    p->modes.span = ganger_seal_array(p->modes.count, sizeof *p->modes.span);
    if (wishes == NULL || p->modes.span == NULL) {
        free(wishes);
        return false;
    }
    spans->count = number_spans(p, wishes);
    free(wishes);
    spans->calendar_row = ganger_seal_array(spans->count, sizeof *spans->calendar_row);
    spans->duration = ganger_seal_array(spans->count, sizeof *spans->duration);
    spans->finish = ganger_seal_array(spans->count * periods, sizeof *spans->finish);
    if (spans->calendar_row == NULL || spans->duration == NULL || spans->finish == NULL) {
        return false;
    }
    for (int32_t m = 0; m < p->modes.count; m++) {
        int32_t span = p->modes.span[m];
        spans->calendar_row[span] = p->works.calendar[p->modes.work[m]] + 1;
        spans->duration[span] = p->modes.duration[m];
    }
    for (int32_t span = 0; span < spans->count; span++) {
        int64_t row = spans->calendar_row[span];
        ganger_span_finishes(p->calendars.productivity + row * periods,
                             p->calendars.cumulative + row * (periods + 1), p->time.periods,
                             spans->duration[span], spans->finish + span * periods);
    }
    return true;
}
