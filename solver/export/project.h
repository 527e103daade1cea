/*
 * What the files of the project writer share: a plan as Microsoft Project XML (MSPDI), in the order of elements of
 * mspdi_pj12.xsd, and of Project 2010 for Active and Manual.
 *
 * Every day has eight working hours, 08:00-12:00 and 13:00-17:00, so that the days of a plan are those of the project.
 */
#ifndef GANGER_EXPORT_PROJECT_H
#define GANGER_EXPORT_PROJECT_H

#include "export/outline.h"
#include "export/xml.h"

enum {
    GANGER_PROJECT_HOURS = 8,
    GANGER_PROJECT_CALENDAR = 1,   /* UID of the calendar of all */
    GANGER_PROJECT_NOBODY = -65535 /* ResourceUID of a task that needs no resource */
};

struct ganger_project {
    const struct ganger_exporting *x;
    struct ganger_outline outline;
    struct ganger_xml xml;
};

/* UIDs are functions of rows of the instance, so that they are the same in every plan of it. */
int64_t ganger_project_task_uid(int32_t work);
int64_t ganger_project_resource_uid(int32_t resource);

/* Writes a day as the time at which work begins or, at the `end` of the day, ends. */
void ganger_project_time(struct ganger_project *project, const char *name, int64_t day, bool end);
void ganger_project_hours(struct ganger_project *project, const char *name, int64_t hours);
/* Start and Finish of a work under these names. Before the first day there is no end of day: a milestone that is
 * reached from the start is put at its beginning. */
void ganger_project_start(struct ganger_project *project, const char *name, int32_t work);
void ganger_project_finish(struct ganger_project *project, const char *name, int32_t work);
/* Working hours from the first day of a work to its last. */
int64_t ganger_project_work_hours(const struct ganger_project *project, int32_t work);
/* Whether a resource is in the file: money is not, tasks have costs. */
bool ganger_project_has_resource(const struct ganger_project *project, int32_t resource);

/* The sections. */
void ganger_project_calendars(struct ganger_project *project);
void ganger_project_tasks(struct ganger_project *project);
void ganger_project_resources(struct ganger_project *project);
void ganger_project_assignments(struct ganger_project *project);

#endif
