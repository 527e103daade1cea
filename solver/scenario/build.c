#include "scenario/build.h"

#include "instance/copy.h"
#include "instance/read.h"

#include <stdio.h>
#include <stdlib.h>

static bool name_after(struct ganger_problem *p, const char *scenario)
{
    char *name = NULL, *title = NULL;
    const char *was = p->title[0] ? p->title : p->name;
    bool named = asprintf(&name, "%s.%s", p->name, scenario) >= 0;
    if (!named || asprintf(&title, "%s: %s", was, scenario) < 0) {
        free(named ? name : NULL);
        return false;
    }
    free(p->name);
    free(p->title);
    p->name = name;
    p->title = title;
    return true;
}

/* What the instance's own checks find is told at the scenario, with the table that they speak of. */
static ganger_status blame(const struct ganger_scenarios *s, int32_t scenario,
                           struct ganger_findings *own, struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_INPUT_INVALID;
    for (int i = 0; i < own->count; i++) {
        const struct ganger_finding *f = &own->list[i];
        status = ganger_findings_add(findings, f->status, s->path, s->row[s->first[scenario]].line,
                                     "scenario", "%s does not make an instance: %s: %s: %s",
                                     ganger_scenarios_name(s, scenario), f->file,
                                     f->column ? f->column : "", f->message);
    }
    ganger_findings_clear(own);
    return status;
}

static ganger_status finish(struct ganger_problem *p, struct ganger_findings *findings)
{
    ganger_status status = ganger_problem_validate(p, NULL, findings);
    if (status == GANGER_STATUS_OK) {
        p->resources.budget = ganger_problem_find_budget(p);
        status = ganger_problem_seal(p, findings);
    }
    return status == GANGER_STATUS_OK ? ganger_problem_validate_fits(p, NULL, findings) : status;
}

ganger_status ganger_scenario_build(const struct ganger_problem *base,
                                    const struct ganger_scenarios *scenarios, int32_t scenario,
                                    struct ganger_problem **problem,
                                    struct ganger_findings *findings)
{
    const struct ganger_change_place place = {scenarios->path, findings};
    struct ganger_problem *p = ganger_problem_copy(base);
    struct ganger_findings own;
    ganger_status status = GANGER_STATUS_OK;
    *problem = NULL;
    ganger_findings_init(&own);
    if (!p || !name_after(p, ganger_scenarios_name(scenarios, scenario))) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    for (int32_t i = 0; i < scenarios->csv.rows; i++) {
        if (scenarios->of[i] == scenario) {
            GANGER_TRY(ganger_change_apply(&place, p, &scenarios->row[i]));
        }
    }
    if (finish(p, &own) != GANGER_STATUS_OK) {
        status = blame(scenarios, scenario, &own, findings);
        goto out;
    }
    *problem = p;
    p = NULL;
out:
    ganger_findings_clear(&own);
    ganger_problem_destroy(p);
    return status;
}
