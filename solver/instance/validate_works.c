/* Works and their modes, as far as each can be judged alone. */
#include "instance/csr.h"
#include "instance/validate.h"

#include <stdlib.h>

static void check_work(const struct ganger_validation *v, int32_t work, int32_t modes)
{
    const struct ganger_works *w = &v->problem->works;
    char quoted[GANGER_TEXT_QUOTED];
    if (modes == 0) {
        ganger_validation_refuse(v, "work.csv", work, "work_id", "work %s has no mode in mode.csv",
                                 ganger_text_quote(w->id[work], quoted));
    }
    if (w->deadline[work] < w->earliest[work]) {
        ganger_validation_refuse(
            v, "work.csv", work, "deadline",
            "expected boundary %d or later, since the work may start in period "
            "%d at the earliest, found boundary %d",
            w->earliest[work], w->earliest[work], w->deadline[work]);
    }
    if (w->segment[work] == GANGER_NONE && w->gain[work] > 0) {
        ganger_validation_refuse(v, "work.csv", work, "gain",
                                 "a work without a segment cannot add capacity");
    }
    if (w->segment[work] == GANGER_NONE && w->renews[work]) {
        ganger_validation_refuse(v, "work.csv", work, "renews",
                                 "a work without a segment has nothing to renew");
    }
    if (w->fixed_mode[work] != GANGER_NONE && w->fixed_mode[work] >= modes) {
        ganger_validation_refuse(v, "work.csv", work, "fixed_mode",
                                 "the work has %d modes: there is none of number %d", modes,
                                 w->fixed_mode[work]);
    }
    if (w->fixed_start[work] != GANGER_NONE && w->fixed_start[work] < w->earliest[work]) {
        ganger_validation_refuse(v, "work.csv", work, "fixed_start",
                                 "expected period %d or later, the work's earliest, found %d",
                                 w->earliest[work], w->fixed_start[work]);
    }
}

bool ganger_validate_works(const struct ganger_validation *v)
{
    const struct ganger_problem *p = v->problem;
    int32_t *first = NULL;
    if (!ganger_csr_build(p->modes.work, p->modes.count, p->works.count, &first, NULL)) {
        return false;
    }
    if (p->works.count == 0) {
        ganger_validation_refuse(v, "work.csv", 0, NULL, "there are no works to plan");
    }
    for (int32_t work = 0; work < p->works.count; work++) {
        check_work(v, work, first[work + 1] - first[work]);
    }
    free(first);
    return true;
}
