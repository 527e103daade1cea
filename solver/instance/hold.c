#include "instance/hold.h"

#include "instance/copy.h"
#include "instance/read.h"

#include <stdlib.h>
#include <string.h>

bool ganger_hold_init(struct ganger_hold *hold, int32_t works)
{
    size_t count = (size_t)works + 1;
    *hold = (struct ganger_hold){.start = malloc(count * sizeof *hold->start),
                                 .mode = malloc(count * sizeof *hold->mode),
                                 .held = calloc(count, sizeof *hold->held),
                                 .not_before = calloc(count, sizeof *hold->not_before),
                                 .change_cost = calloc(count, sizeof *hold->change_cost)};
    if (hold->start == NULL || hold->mode == NULL || hold->held == NULL ||
        hold->not_before == NULL || hold->change_cost == NULL) {
        ganger_hold_clear(hold);
        return false;
    }
    for (int32_t w = 0; w < works; w++) {
        hold->start[w] = hold->mode[w] = GANGER_NONE;
    }
    return true;
}

void ganger_hold_clear(struct ganger_hold *hold)
{
    free(hold->start);
    free(hold->mode);
    free(hold->held);
    free(hold->not_before);
    free(hold->change_cost);
    *hold = (struct ganger_hold){0};
}

static void set_conditions(struct ganger_problem *p, const struct ganger_hold *hold)
{
    for (int32_t w = 0; w < p->works.count; w++) {
        p->works.kept_start[w] = hold->start[w];
        p->works.kept_mode[w] = hold->mode[w];
        p->works.change_cost[w] = hold->change_cost[w];
        if (hold->held[w]) {
            p->works.fixed_start[w] = hold->start[w];
            p->works.fixed_mode[w] = hold->mode[w];
            p->works.mandatory[w] = true;
        } else if (p->works.fixed_start[w] == GANGER_NONE &&
                   p->works.earliest[w] < hold->not_before[w]) {
            p->works.earliest[w] = hold->not_before[w];
        }
    }
}

ganger_status ganger_problem_hold(const struct ganger_problem *problem,
                                  const struct ganger_hold *hold, struct ganger_problem **held,
                                  struct ganger_findings *findings)
{
    size_t works = (size_t)problem->works.count + 1;
    struct ganger_problem *p = ganger_problem_copy(problem);
    *held = NULL;
    if (p != NULL) {
        p->works.kept_start = malloc(works * sizeof *p->works.kept_start);
        p->works.kept_mode = malloc(works * sizeof *p->works.kept_mode);
        p->works.change_cost = malloc(works * sizeof *p->works.change_cost);
    }
    if (p == NULL || p->works.kept_start == NULL || p->works.kept_mode == NULL ||
        p->works.change_cost == NULL) {
        ganger_problem_destroy(p);
        return ganger_findings_out_of_memory(findings);
    }
    set_conditions(p, hold);
    ganger_status status = ganger_problem_seal(p, findings);
    if (status != GANGER_STATUS_OK) {
        ganger_problem_destroy(p);
        return status;
    }
    memcpy(p->sha256, problem->sha256, sizeof p->sha256);
    *held = p;
    return GANGER_STATUS_OK;
}
