/* What the jobs of a classic file mean together, told by line and column. */
#include "instance/classic.h"

static void resolve(struct ganger_classic *c, struct ganger_classic_arc *arc)
{
    const struct ganger_classic_project *project = &c->projects[arc->project - 1];
    if (arc->number > project->jobs) {
        ganger_classic_refuse(c, arc->line, arc->column,
                              "expected a successor from 1 to %d, the jobs of project %d, found %d",
                              project->jobs, arc->project, arc->number);
        return;
    }
    arc->successor = project->first_job + arc->number - 1;
}

/* The first resource of which a mode needs more than there is, or GANGER_NONE. A renewable is used only in
 * the periods that a work lasts. */
static int32_t obstacle(const struct ganger_classic *c, int32_t mode)
{
    int32_t resources = c->renewables + c->consumables;
    for (int32_t r = 0; r < resources; r++) {
        bool used = r >= c->renewables || c->modes[mode].duration > 0;
        if (used && c->demands[(int64_t)mode * resources + r].value > c->limits[r].value) {
            return r;
        }
    }
    return GANGER_NONE;
}

static void check_job(struct ganger_classic *c, int32_t job)
{
    const struct ganger_classic_job *j = &c->jobs[job];
    char name[GANGER_CLASSIC_NAME], resource[GANGER_CLASSIC_NAME];
    for (int32_t mode = j->first_mode; mode < j->first_mode + j->modes; mode++) {
        if (obstacle(c, mode) == GANGER_NONE) {
            return;
        }
    }
    int32_t first = obstacle(c, j->first_mode);
    const struct ganger_classic_number *demand =
        &c->demands[(int64_t)j->first_mode * (c->renewables + c->consumables) + first];
    ganger_classic_job_name(c, job, name);
    ganger_classic_resource_name(c, first, resource);
    ganger_classic_refuse(c, demand->line, demand->column,
                          "job %s can never be done: it needs %d of %s, of which there are %d%s",
                          name, demand->value, resource, c->limits[first].value,
                          j->modes > 1 ? ", and no other mode fits either" : "");
}

void ganger_classic_check(struct ganger_classic *c)
{
    for (int32_t i = 0; i < c->arc_count; i++) {
        resolve(c, &c->arcs[i]);
    }
    for (int32_t job = 0; job < c->job_count; job++) {
        check_job(c, job);
    }
}
