#include "export/project.h"

#include "base/file.h"
#include "plan/report.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

int64_t ganger_project_task_uid(int32_t work)
{
    return (int64_t)work + 1;
}

int64_t ganger_project_resource_uid(int32_t resource)
{
    return (int64_t)resource + 1;
}

void ganger_project_time(struct ganger_project *project, const char *name, int64_t day, bool end)
{
    char date[GANGER_DATE_SIZE], text[GANGER_DATE_SIZE + 16];
    snprintf(text, sizeof text, "%s%s", ganger_date_format(day, date),
             end ? "T17:00:00" : "T08:00:00");
    ganger_xml_text(&project->xml, name, text);
}

void ganger_project_hours(struct ganger_project *project, const char *name, int64_t hours)
{
    char text[64];
    snprintf(text, sizeof text, "PT%" PRId64 "H0M0S", hours);
    ganger_xml_text(&project->xml, name, text);
}

static bool is_milestone(const struct ganger_project *project, int32_t w)
{
    return project->x->plan->start[w] == project->x->plan->finish[w];
}

void ganger_project_finish(struct ganger_project *project, const char *name, int32_t work)
{
    bool at_once = project->x->plan->finish[work] == 0;
    ganger_project_time(project, name, ganger_export_last_day(project->x, work) + at_once,
                        !at_once);
}

void ganger_project_start(struct ganger_project *project, const char *name, int32_t work)
{
    if (is_milestone(project, work)) {
        ganger_project_finish(project, name, work);
    } else {
        ganger_project_time(project, name, ganger_export_first_day(project->x, work), false);
    }
}

int64_t ganger_project_work_hours(const struct ganger_project *project, int32_t work)
{
    const struct ganger_plan *plan = project->x->plan;
    return ((int64_t)plan->finish[work] - plan->start[work]) *
           project->x->problem->time.period_days * GANGER_PROJECT_HOURS;
}

bool ganger_project_has_resource(const struct ganger_project *project, int32_t resource)
{
    return resource != project->x->problem->resources.budget;
}

static void put_working_time(struct ganger_project *project, const char *from, const char *to)
{
    ganger_xml_begin(&project->xml, "WorkingTime");
    ganger_xml_text(&project->xml, "FromTime", from);
    ganger_xml_text(&project->xml, "ToTime", to);
    ganger_xml_end(&project->xml);
}

void ganger_project_calendars(struct ganger_project *project)
{
    struct ganger_xml *xml = &project->xml;
    ganger_xml_begin(xml, "Calendars");
    ganger_xml_begin(xml, "Calendar");
    ganger_xml_integer(xml, "UID", GANGER_PROJECT_CALENDAR);
    ganger_xml_text(xml, "Name", "Standard");
    ganger_xml_integer(xml, "IsBaseCalendar", 1);
    ganger_xml_integer(xml, "BaseCalendarUID", -1);
    ganger_xml_begin(xml, "WeekDays");
    for (int day = 1; day <= 7; day++) {
        ganger_xml_begin(xml, "WeekDay");
        ganger_xml_integer(xml, "DayType", day);
        ganger_xml_integer(xml, "DayWorking", 1);
        ganger_xml_begin(xml, "WorkingTimes");
        put_working_time(project, "08:00:00", "12:00:00");
        put_working_time(project, "13:00:00", "17:00:00");
        ganger_xml_end(xml);
        ganger_xml_end(xml);
    }
    ganger_xml_end(xml);
    ganger_xml_end(xml);
    ganger_xml_end(xml);
}

/* Fields of one's own have numbers of their own in Project. */
static const struct {
    const char *id, *field, *name;
} fields[] = {{"188743731", "Text1", "Work"},
              {"188743734", "Text2", "Mode"},
              {"188743737", "Text3", "Kind"},
              {"188743767", "Number1", "km"}};

static void put_fields(struct ganger_project *project)
{
    ganger_xml_begin(&project->xml, "ExtendedAttributes");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        ganger_xml_begin(&project->xml, "ExtendedAttribute");
        ganger_xml_text(&project->xml, "FieldID", fields[i].id);
        ganger_xml_text(&project->xml, "FieldName", fields[i].field);
        ganger_xml_text(&project->xml, "Alias", fields[i].name);
        ganger_xml_end(&project->xml);
    }
    ganger_xml_end(&project->xml);
}

static void put_head(struct ganger_project *project)
{
    const struct ganger_problem *p = project->x->problem;
    struct ganger_xml *xml = &project->xml;
    ganger_xml_integer(xml, "SaveVersion", 14); /* Project 2010 */
    ganger_xml_text(xml, "Name", p->name);
    ganger_xml_text(xml, "Title", p->title && p->title[0] ? p->title : p->name);
    ganger_xml_integer(xml, "ScheduleFromStart", 1);
    ganger_project_time(project, "StartDate", p->time.start_day, false);
    ganger_project_time(project, "FinishDate", ganger_report_last_day(p, p->time.periods), true);
    ganger_xml_text(xml, "CurrencyCode", p->currency && p->currency[0] ? p->currency : "USD");
    ganger_xml_integer(xml, "CalendarUID", GANGER_PROJECT_CALENDAR);
    ganger_xml_text(xml, "DefaultStartTime", "08:00:00");
    ganger_xml_text(xml, "DefaultFinishTime", "17:00:00");
    ganger_xml_integer(xml, "MinutesPerDay", 60 * GANGER_PROJECT_HOURS);
    ganger_xml_integer(xml, "MinutesPerWeek", 7 * 60 * GANGER_PROJECT_HOURS);
    ganger_xml_integer(xml, "DaysPerMonth", 30);
    ganger_xml_integer(xml, "DefaultTaskType", 1);
    ganger_xml_integer(xml, "DurationFormat", 7);
    ganger_xml_integer(xml, "NewTasksEstimated", 0);
}

/* False, with errno. */
static bool write_project(struct ganger_project *project, const char *path)
{
    ganger_xml_open(&project->xml, path, "Project", "http://schemas.microsoft.com/project");
    put_head(project);
    put_fields(project);
    ganger_project_calendars(project);
    ganger_project_tasks(project);
    ganger_project_resources(project);
    ganger_project_assignments(project);
    return ganger_xml_close(&project->xml);
}

ganger_status ganger_export_project(const struct ganger_exporting *x, const char *path,
                                    struct ganger_findings *findings)
{
    struct ganger_project project = {.x = x};
    ganger_status status = GANGER_STATUS_OK;
    char *aside = ganger_file_aside(path);
    if (!aside || !ganger_outline_init(&project.outline, x)) {
        status = ganger_findings_out_of_memory(findings);
    } else if (write_project(&project, aside)) {
        status = ganger_file_commit(aside, path, findings);
    } else {
        status = ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, path, 0, NULL,
                                     "cannot be written: %s", strerror(errno));
        ganger_file_discard(aside);
    }
    ganger_outline_clear(&project.outline);
    free(aside);
    return status;
}
