/* The given parts of a problem from what a classic file says. */
#include "instance/classic.h"

#include "base/date.h"
#include "base/file.h"
#include "instance/schema.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The file's name without folder and last extension; what is not UTF-8 or a control character becomes '?'. */
static char *name_of(const char *path)
{
    char *name = strdup(ganger_file_name(path));
    char *dot = name != NULL ? strrchr(name, '.') : NULL;
    if (dot != NULL && dot > name) {
        *dot = '\0';
    }
    size_t where = 0;
    while (name != NULL && !ganger_text_is_utf8(name, strlen(name), &where)) {
        name[where] = '?';
    }
    for (char *c = name; c != NULL && *c != '\0'; c++) {
        *c = (unsigned char)*c < 0x20 || *c == 0x7f ? '?' : *c;
    }
    return name;
}

static char *title_of(const struct ganger_classic *c)
{
    char projects[32] = "", *title = NULL;
    if (c->many) {
        snprintf(projects, sizeof projects, "%d project%s, ", c->project_count,
                 c->project_count == 1 ? "" : "s");
    }
    if (asprintf(&title, "%s%d job%s (%s)", projects, c->job_count, c->job_count == 1 ? "" : "s",
                 c->format) < 0) {
        return NULL;
    }
    return title;
}

static bool put_settings(const struct ganger_classic *c, int32_t periods, struct ganger_problem *p)
{
    p->objective = GANGER_OBJECTIVE_MAKESPAN;
    p->time.periods = periods;
    p->time.period_days = 1;
    ganger_date_parse("2000-01-01", &p->time.start_day);
    p->name = name_of(c->path);
    p->title = title_of(c);
    p->currency = strdup("USD");
    return p->name != NULL && p->title != NULL && p->currency != NULL;
}

static bool allocate(struct ganger_problem *p, enum ganger_table_index table, int32_t rows)
{
    ganger_table_release(p, table);
    return ganger_table_allocate(p, table, rows);
}

static bool put_works(const struct ganger_classic *c, struct ganger_problem *p)
{
    struct ganger_works *w = &p->works;
    char id[GANGER_CLASSIC_NAME], project[GANGER_CLASSIC_NAME] = "";
    if (!allocate(p, GANGER_TABLE_WORK, c->job_count)) {
        return false;
    }
    for (int32_t job = 0; job < c->job_count; job++) {
        int32_t of = c->jobs[job].project;
        ganger_classic_job_name(c, job, id);
        if (c->many) {
            snprintf(project, sizeof project, "%d", of + 1);
        }
        w->id[job] = strdup(id);
        w->name[job] = strdup("");
        w->project[job] = strdup(project);
        if (w->id[job] == NULL || w->name[job] == NULL || w->project[job] == NULL) {
            return false;
        }
        w->kind[job] = GANGER_WORK_FACILITY;
        w->mandatory[job] = true;
        w->earliest[job] = c->projects[of].release;
        w->deadline[job] = p->time.periods;
        w->segment[job] = w->due[job] = w->calendar[job] = GANGER_NONE;
        w->fixed_start[job] = w->fixed_mode[job] = GANGER_NONE;
    }
    return true;
}

static bool put_modes(const struct ganger_classic *c, struct ganger_problem *p)
{
    struct ganger_modes *m = &p->modes;
    char id[GANGER_CLASSIC_NAME];
    if (!allocate(p, GANGER_TABLE_MODE, c->mode_count)) {
        return false;
    }
    for (int32_t job = 0; job < c->job_count; job++) {
        for (int32_t i = 0; i < c->jobs[job].modes; i++) {
            int32_t mode = c->jobs[job].first_mode + i;
            snprintf(id, sizeof id, "%d", i + 1);
            m->id[mode] = strdup(id);
            if (m->id[mode] == NULL) {
                return false;
            }
            m->work[mode] = job;
            m->duration[mode] = c->modes[mode].duration;
            m->factor[mode] = 1;
        }
    }
    return true;
}

static bool put_uses(const struct ganger_classic *c, struct ganger_problem *p)
{
    int32_t resources = c->renewables + c->consumables, uses = 0;
    for (int32_t i = 0; i < c->demand_count; i++) {
        uses += c->demands[i].value > 0 ? 1 : 0;
    }
    if (!allocate(p, GANGER_TABLE_USAGE, uses)) {
        return false;
    }
    uses = 0;
    for (int32_t i = 0; i < c->demand_count; i++) {
        if (c->demands[i].value > 0) {
            p->modes.use_mode[uses] = i / resources;
            p->modes.use_resource[uses] = i % resources;
            p->modes.use_amount[uses++] = c->demands[i].value;
        }
    }
    return true;
}

static bool put_resources(const struct ganger_classic *c, struct ganger_problem *p)
{
    struct ganger_resources *r = &p->resources;
    int32_t resources = c->renewables + c->consumables;
    char id[GANGER_CLASSIC_NAME];
    if (!allocate(p, GANGER_TABLE_RESOURCE, resources) ||
        !allocate(p, GANGER_TABLE_CAPACITY, resources)) {
        return false;
    }
    for (int32_t i = 0; i < resources; i++) {
        ganger_classic_resource_name(c, i, id);
        r->id[i] = strdup(id);
        r->name[i] = strdup("");
        r->unit[i] = strdup("");
        if (r->id[i] == NULL || r->name[i] == NULL || r->unit[i] == NULL) {
            return false;
        }
        r->kind[i] = i < c->renewables ? GANGER_RESOURCE_RENEWABLE : GANGER_RESOURCE_CONSUMABLE;
        r->row_resource[i] = i;
        r->row_to[i] = p->time.periods;
        r->row_limit[i] = c->limits[i].value;
    }
    return true;
}

static bool put_precedences(const struct ganger_classic *c, struct ganger_problem *p)
{
    if (!allocate(p, GANGER_TABLE_PRECEDENCE, c->arc_count)) {
        return false;
    }
    for (int32_t i = 0; i < c->arc_count; i++) {
        p->precedences.predecessor[i] = c->arcs[i].job;
        p->precedences.successor[i] = c->arcs[i].successor;
        p->precedences.type[i] = GANGER_PRECEDENCE_FS;
    }
    return true;
}

bool ganger_classic_build(const struct ganger_classic *c, int32_t periods,
                          struct ganger_problem *problem)
{
    return put_settings(c, periods, problem) && put_works(c, problem) && put_modes(c, problem) &&
           put_uses(c, problem) && put_resources(c, problem) && put_precedences(c, problem);
}
