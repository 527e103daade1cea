/* What a sealed instance asks for that no plan can do. */
#include "instance/fits.h"
#include "instance/validate.h"

#include <stdlib.h>

static void check_demands(const struct ganger_validation *v, const bool *reachable)
{
    const struct ganger_demands *demands = &v->problem->demands;
    char of[GANGER_TEXT_QUOTED], from[GANGER_TEXT_QUOTED], to[GANGER_TEXT_QUOTED];
    for (int32_t k = 0; k < demands->count; k++) {
        if (!reachable[k]) {
            ganger_validation_refuse(
                v, "demand.csv", k, "destination",
                "no path for demand %s from %s to %s, not even with everything built",
                ganger_text_quote(demands->id[k], of),
                ganger_text_quote(v->problem->nodes.id[demands->origin[k]], from),
                ganger_text_quote(v->problem->nodes.id[demands->destination[k]], to));
        }
    }
}

/* An optional work that can never be done is merely left undone; a needed one leaves no plan. A work fixed
 * to a start is under way, so its plan is wrong if it cannot be. */
static void check_works(const struct ganger_validation *v, const struct ganger_fits *fits,
                        const bool *needed)
{
    const struct ganger_problem *p = v->problem;
    char why[512], quoted[GANGER_TEXT_QUOTED];
    for (int32_t work = 0; work < p->works.count; work++) {
        bool fixed = p->works.fixed_start[work] != GANGER_NONE;
        /* Of a chain of works that cannot be done only the first is named. */
        if (fits->start[work] != GANGER_NONE || fits->ready[work] == GANGER_NONE ||
            (!needed[work] && !fixed)) {
            continue;
        }
        ganger_fits_explain(fits, p, work, why, sizeof why);
        ganger_validation_refuse(v, "work.csv", work, fixed ? "fixed_start" : "work_id",
                                 "work %s, which is %s, can never be done: %s",
                                 ganger_text_quote(p->works.id[work], quoted),
                                 p->works.mandatory[work] ? "mandatory"
                                 : needed[work]           ? "needed by a mandatory one"
                                                          : "fixed",
                                 why);
    }
}

ganger_status ganger_problem_validate_fits(const struct ganger_problem *problem,
                                           const struct ganger_locator *locator,
                                           struct ganger_findings *findings)
{
    struct ganger_findings own;
    ganger_findings_init(&own);
    const struct ganger_validation v = {problem, locator, &own};
    ganger_status status = GANGER_STATUS_OK;
    struct ganger_fits fits = {0};
    bool *reachable = calloc((size_t)problem->demands.count + 1, sizeof *reachable);
    bool *needed = calloc((size_t)problem->works.count + 1, sizeof *needed);
    if (reachable == NULL || needed == NULL || !ganger_fits_init(&fits, problem) ||
        !ganger_fits_paths(problem, true, reachable)) {
        status = ganger_findings_out_of_memory(&own);
        goto out;
    }
    ganger_fits_needed(problem, needed);
    check_demands(&v, reachable);
    check_works(&v, &fits, needed);
    if (own.total > 0) {
        status = GANGER_STATUS_INPUT_INVALID;
    }
out:
    free(reachable);
    free(needed);
    ganger_fits_clear(&fits);
    ganger_findings_move(&own, findings);
    return status;
}
