/* Resources and who uses them: gangs and machines as work resources, supplies as material. */
#include "export/project.h"

#include "explain/words.h"
#include "plan/report.h"

static void put_moment(struct ganger_project *project, const char *name, int64_t day,
                       const char *time)
{
    char date[GANGER_DATE_SIZE], text[GANGER_DATE_SIZE + 16];
    snprintf(text, sizeof text, "%s%s", ganger_date_format(day, date), time);
    ganger_xml_text(&project->xml, name, text);
}

static void put_available(struct ganger_project *project, int32_t from, int32_t to, int32_t units)
{
    const struct ganger_problem *p = project->x->problem;
    ganger_xml_begin(&project->xml, "AvailabilityPeriod");
    put_moment(project, "AvailableFrom", ganger_report_last_day(p, from) + 1, "T00:00:00");
    put_moment(project, "AvailableTo", ganger_report_last_day(p, to), "T23:59:00");
    ganger_xml_integer(&project->xml, "AvailableUnits", units);
    ganger_xml_end(&project->xml);
}

static const int32_t *capacity_of(const struct ganger_problem *p, int32_t r)
{
    return p->resources.capacity + (int64_t)p->resources.renewable_index[r] * p->time.periods;
}

static void put_availability(struct ganger_project *project, int32_t r)
{
    const struct ganger_problem *p = project->x->problem;
    const int32_t *capacity = capacity_of(p, r);
    int32_t from = 0;
    ganger_xml_begin(&project->xml, "AvailabilityPeriods");
    for (int32_t t = 1; t <= p->time.periods; t++) {
        if (t == p->time.periods || capacity[t] != capacity[from]) {
            put_available(project, from, t, capacity[from]);
            from = t;
        }
    }
    ganger_xml_end(&project->xml);
}

static int32_t most(const struct ganger_problem *p, int32_t r)
{
    int32_t units = 0;
    for (int32_t t = 0; t < p->time.periods; t++) {
        units = capacity_of(p, r)[t] > units ? capacity_of(p, r)[t] : units;
    }
    return units;
}

static void put_resource(struct ganger_project *project, int32_t r)
{
    const struct ganger_problem *p = project->x->problem;
    struct ganger_xml *xml = &project->xml;
    bool renewable = p->resources.kind[r] == GANGER_RESOURCE_RENEWABLE;
    ganger_xml_begin(xml, "Resource");
    ganger_xml_integer(xml, "UID", ganger_project_resource_uid(r));
    ganger_xml_integer(xml, "ID", ganger_project_resource_uid(r));
    ganger_xml_text(xml, "Name", ganger_words_resource(p, r));
    ganger_xml_integer(xml, "Type", renewable);
    ganger_xml_integer(xml, "IsNull", 0);
    if (!renewable) {
        ganger_xml_text(xml, "MaterialLabel", ganger_words_unit(p, r));
    }
    ganger_xml_text(xml, "Code", p->resources.id[r]);
    if (renewable) {
        ganger_xml_integer(xml, "MaxUnits", most(p, r));
        put_availability(project, r);
    }
    ganger_xml_end(xml);
}

void ganger_project_resources(struct ganger_project *project)
{
    ganger_xml_begin(&project->xml, "Resources");
    for (int32_t r = 0; r < project->x->problem->resources.count; r++) {
        if (ganger_project_has_resource(project, r)) {
            put_resource(project, r);
        }
    }
    ganger_xml_end(&project->xml);
}

/* So many units of a resource for a work: at work all the time, or used up. */
struct use {
    int64_t resource_uid;
    int32_t units;
    bool material;
};

static void put_assignment(struct ganger_project *project, int64_t uid, int32_t w, struct use use)
{
    struct ganger_xml *xml = &project->xml;
    int64_t hours = use.material ? use.units : use.units * ganger_project_work_hours(project, w);
    ganger_xml_begin(xml, "Assignment");
    ganger_xml_integer(xml, "UID", uid);
    ganger_xml_integer(xml, "TaskUID", ganger_project_task_uid(w));
    ganger_xml_integer(xml, "ResourceUID", use.resource_uid);
    ganger_project_finish(project, "Finish", w);
    if (use.material) {
        ganger_xml_integer(xml, "HasFixedRateUnits", 1);
        ganger_xml_integer(xml, "FixedMaterial", 1);
    }
    ganger_project_start(project, "Start", w);
    ganger_xml_integer(xml, "Units", use.units);
    ganger_project_hours(project, "Work", hours);
    ganger_xml_end(xml);
}

/* Returns the number of assignments written. A task that nobody does is assigned to nobody, which readers expect. */
static int32_t put_assignments(struct ganger_project *project, int64_t uid, int32_t w)
{
    const struct ganger_problem *p = project->x->problem;
    int32_t mode = ganger_export_mode(project->x, w), written = 0;
    for (int32_t u = p->modes.first_use[mode]; u < p->modes.first_use[mode + 1]; u++) {
        int32_t r = p->modes.use_resource[u];
        if (ganger_project_has_resource(project, r)) {
            put_assignment(project, uid + written, w,
                           (struct use){ganger_project_resource_uid(r), p->modes.use_amount[u],
                                        p->resources.kind[r] == GANGER_RESOURCE_CONSUMABLE});
            written++;
        }
    }
    if (written == 0) {
        put_assignment(project, uid, w, (struct use){GANGER_PROJECT_NOBODY, 1, false});
        written = 1;
    }
    return written;
}

void ganger_project_assignments(struct ganger_project *project)
{
    int64_t uid = 1;
    ganger_xml_begin(&project->xml, "Assignments");
    for (int32_t i = 0; i < project->outline.works; i++) {
        uid += put_assignments(project, uid, project->outline.work[i]);
    }
    ganger_xml_end(&project->xml);
}
