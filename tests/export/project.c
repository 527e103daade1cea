/*
 * Microsoft Project XML: elements in the order of the published schema, and a plan that is known by hand.
 *
 * The lists are those of mspdi_pj12.xsd as far as they are used here and between; Active and the Manual ones are where
 * Project 2010 puts them.
 */
#include "export/parts.h"
#include "export/suites.h"
#include "support/scratch.h"
#include "support/tiny.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Parent, then its children in order; "+" before one that may come several times. */
static const char *const orders[][64] = {
    {"Project",
     "SaveVersion",
     "UID",
     "Name",
     "Title",
     "Subject",
     "Category",
     "Company",
     "Manager",
     "Author",
     "CreationDate",
     "Revision",
     "LastSaved",
     "ScheduleFromStart",
     "StartDate",
     "FinishDate",
     "FYStartDate",
     "CriticalSlackLimit",
     "CurrencyDigits",
     "CurrencySymbol",
     "CurrencyCode",
     "CurrencySymbolPosition",
     "CalendarUID",
     "DefaultStartTime",
     "DefaultFinishTime",
     "MinutesPerDay",
     "MinutesPerWeek",
     "DaysPerMonth",
     "DefaultTaskType",
     "DefaultFixedCostAccrual",
     "DefaultStandardRate",
     "DefaultOvertimeRate",
     "DurationFormat",
     "WorkFormat",
     "EditableActualCosts",
     "HonorConstraints",
     "EarnedValueMethod",
     "InsertedProjectsLikeSummary",
     "MultipleCriticalPaths",
     "NewTasksEffortDriven",
     "NewTasksEstimated",
     "SplitsInProgressTasks",
     "OutlineCodes",
     "WBSMasks",
     "ExtendedAttributes",
     "Calendars",
     "Tasks",
     "Resources",
     "Assignments"},
    {"ExtendedAttributes", "+ExtendedAttribute"},
    {"ExtendedAttribute", "FieldID", "FieldName", "CFType", "Guid", "Alias", "Value"},
    {"Calendars", "+Calendar"},
    {"Calendar", "UID", "Name", "IsBaseCalendar", "BaseCalendarUID", "WeekDays", "Exceptions"},
    {"WeekDays", "+WeekDay"},
    {"WeekDay", "DayType", "DayWorking", "TimePeriod", "WorkingTimes"},
    {"WorkingTimes", "+WorkingTime"},
    {"WorkingTime", "FromTime", "ToTime"},
    {"Tasks", "+Task"},
    {"Task",
     "UID",
     "ID",
     "Name",
     "Active",
     "Manual",
     "Type",
     "IsNull",
     "CreateDate",
     "Contact",
     "WBS",
     "WBSLevel",
     "OutlineNumber",
     "OutlineLevel",
     "Priority",
     "Start",
     "Finish",
     "Duration",
     "ManualStart",
     "ManualFinish",
     "ManualDuration",
     "DurationFormat",
     "Work",
     "Stop",
     "Resume",
     "ResumeValid",
     "EffortDriven",
     "Recurring",
     "OverAllocated",
     "Estimated",
     "Milestone",
     "Summary",
     "Critical",
     "IsSubproject",
     "EarlyStart",
     "LateFinish",
     "FreeSlack",
     "TotalSlack",
     "FixedCost",
     "FixedCostAccrual",
     "PercentComplete",
     "PercentWorkComplete",
     "Cost",
     "ConstraintType",
     "CalendarUID",
     "ConstraintDate",
     "Deadline",
     "LevelAssignments",
     "LevelingCanSplit",
     "IgnoreResourceCalendar",
     "Notes",
     "HideBar",
     "Rollup",
     "PhysicalPercentComplete",
     "EarnedValueMethod",
     "+PredecessorLink",
     "ActualWorkProtected",
     "+ExtendedAttribute",
     "+Baseline"},
    {"PredecessorLink", "PredecessorUID", "Type", "CrossProject", "CrossProjectName", "LinkLag",
     "LagFormat"},
    {"Baseline", "Number", "Interim", "Start", "Finish", "Duration", "DurationFormat",
     "EstimatedDuration", "Work", "Cost", "BCWS", "BCWP"},
    {"Resources", "+Resource"},
    {"Resource",      "UID",           "ID",       "Name",
     "Type",          "IsNull",        "Initials", "Phonetics",
     "NTAccount",     "MaterialLabel", "Code",     "Group",
     "WorkGroup",     "EmailAddress",  "MaxUnits", "PeakUnits",
     "OverAllocated", "CanLevel",      "AccrueAt", "StandardRate",
     "CalendarUID",   "Notes",         "IsBudget", "AvailabilityPeriods",
     "Rates"},
    {"AvailabilityPeriods", "+AvailabilityPeriod"},
    {"AvailabilityPeriod", "AvailableFrom", "AvailableTo", "AvailableUnits"},
    {"Assignments", "+Assignment"},
    {"Assignment",    "UID",           "TaskUID",       "ResourceUID",    "PercentWorkComplete",
     "Cost",          "Delay",         "Finish",        "FinishVariance", "HasFixedRateUnits",
     "FixedMaterial", "LevelingDelay", "Milestone",     "Overallocated",  "Start",
     "Stop",          "Resume",        "StartVariance", "Units",          "Work",
     "WorkContour"},
};

static const char *const *order_of(const char *parent)
{
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        if (strcmp(orders[i][0], parent) == 0) {
            return orders[i] + 1;
        }
    }
    return NULL;
}

/* Goes along the list with the children; false, with a line, at the first that is not in its place. */
static bool in_order(const xmlNode *parent)
{
    const char *const *order = order_of((const char *)parent->name);
    bool good = true;
    for (const xmlNode *child = xmlFirstElementChild((xmlNode *)parent); child && good;
         child = xmlNextElementSibling((xmlNode *)child)) {
        const char *name = (const char *)child->name;
        while (order && *order && strcmp(*order + (**order == '+'), name) != 0) {
            order++;
        }
        good = order && *order && in_order(child);
        if (!order || !*order) {
            fprintf(stderr, "%s is not in its place in %s\n", name, (const char *)parent->name);
        } else if (**order != '+') {
            order++;
        }
    }
    return good;
}

static const xmlNode *child(const xmlNode *parent, const char *name)
{
    const xmlNode *found = parent ? xmlFirstElementChild((xmlNode *)parent) : NULL;
    while (found && strcmp((const char *)found->name, name) != 0) {
        found = xmlNextElementSibling((xmlNode *)found);
    }
    return found;
}

/* The text of a child, "" if there is none; borrowed. */
static const char *text_of(const xmlNode *parent, const char *name)
{
    const xmlNode *found = child(parent, name);
    return found && found->children ? (const char *)found->children->content : "";
}

/* The child of a section whose element `key` says `value`. */
static const xmlNode *row(const xmlNode *root, const char *section, const char *key,
                          const char *value)
{
    const xmlNode *list = child(root, section);
    const xmlNode *found = list ? xmlFirstElementChild((xmlNode *)list) : NULL;
    while (found && strcmp(text_of(found, key), value) != 0) {
        found = xmlNextElementSibling((xmlNode *)found);
    }
    CU_ASSERT_PTR_NOT_NULL_FATAL(found);
    return found;
}

/* Weeks from 2025-01-01. "build" of two weeks, "open" a milestone a week or more after it, "late" begins two weeks or
 * more after the start of "build", "out" is left out. */
static struct ganger_problem *make_problem(void)
{
    struct tiny t;
    tiny_init(&t, 10);
    t.period_days = 7;
    tiny_add(&t, TINY_NODE, "n0,true");
    tiny_add(&t, TINY_NODE, "n1,true");
    tiny_add(&t, TINY_DEMAND, "d0,n0,n1,10");
    tiny_add(&t, TINY_PROFILE, "d0,0,5");
    tiny_add(&t, TINY_LINK, "l0,n0,n1,false,0");
    tiny_add(&t, TINY_SEGMENT, "q0,l0,n0,0,10,10,,");
    tiny_add(&t, TINY_WORK, "build,upgrade,q0,10,5,false,,7,,,false,,,");
    tiny_add(&t, TINY_WORK, "open,facility,,0,0,false,,,,,false,,,");
    tiny_add(&t, TINY_WORK, "late,repair,q0,2.5,0,true,,,,,false,,,");
    tiny_add(&t, TINY_WORK, "out,repair,q0,1,0,true,,,,,false,,,");
    tiny_add(&t, TINY_MODE, "build,slow,3,9,1\nbuild,fast,2,1.25,0.5\nopen,only,0,0,1");
    tiny_add(&t, TINY_MODE, "late,only,1,3,1\nout,only,1,3,1");
    tiny_add(&t, TINY_RESOURCE, "gang,renewable\nbudget,consumable\nrails,consumable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,4,1\ngang,4,10,3\nbudget,0,10,50\nrails,0,10,40");
    tiny_add(&t, TINY_USAGE, "build,fast,gang,2\nbuild,fast,rails,7\nlate,only,gang,1");
    tiny_add(&t, TINY_PRECEDENCE, "build,open,FS,1\nbuild,late,SS,2");
    struct ganger_problem *problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    return problem;
}

static void place(struct ganger_plan *plan, int32_t work, int32_t start, int32_t finish,
                  int32_t mode)
{
    plan->start[work] = start;
    plan->finish[work] = finish;
    plan->mode[work] = mode;
}

/* Writes the plan and parses the file. */
static xmlDoc *write_and_parse(const struct ganger_problem *problem, const struct ganger_plan *plan)
{
    struct ganger_exporting x;
    char path[SCRATCH_PATH];
    scratch_file(path);
    CU_ASSERT_FATAL(ganger_exporting_init(&x, problem, plan));
    CU_ASSERT_EQUAL_FATAL(ganger_export_project(&x, path, NULL), GANGER_STATUS_OK);
    xmlDoc *document = xmlReadFile(path, NULL, XML_PARSE_NONET);
    CU_ASSERT_PTR_NOT_NULL_FATAL(document);
    unlink(path);
    ganger_exporting_clear(&x);
    return document;
}

static void check_tasks(const xmlNode *root)
{
    const xmlNode *build = row(root, "Tasks", "UID", "1"), *open = row(root, "Tasks", "UID", "2");
    const xmlNode *late = row(root, "Tasks", "UID", "3");
    CU_ASSERT_EQUAL(xmlChildElementCount((xmlNode *)child(root, "Tasks")), 1 + 2 + 3);
    CU_ASSERT_STRING_EQUAL(text_of(build, "Name"), "build");
    CU_ASSERT_STRING_EQUAL(text_of(build, "Start"), "2025-01-08T08:00:00");
    CU_ASSERT_STRING_EQUAL(text_of(build, "Finish"), "2025-01-21T17:00:00");
    CU_ASSERT_STRING_EQUAL(text_of(build, "ManualFinish"), "2025-01-21T17:00:00");
    CU_ASSERT_STRING_EQUAL(text_of(build, "Duration"), "PT112H0M0S");
    CU_ASSERT_STRING_EQUAL(text_of(build, "FixedCost"), "125000000");
    CU_ASSERT_STRING_EQUAL(text_of(build, "Cost"), "125000000");
    CU_ASSERT_STRING_EQUAL(text_of(build, "Deadline"), "2025-02-18T17:00:00");
    CU_ASSERT_STRING_EQUAL(text_of(build, "OutlineNumber"), "1.1");
    CU_ASSERT_STRING_EQUAL(text_of(child(build, "Baseline"), "Start"), "2025-01-08T08:00:00");
    CU_ASSERT_PTR_NULL(child(build, "PredecessorLink"));
    CU_ASSERT_STRING_EQUAL(text_of(open, "Milestone"), "1");
    CU_ASSERT_STRING_EQUAL(text_of(open, "Start"), "2025-01-28T17:00:00");
    CU_ASSERT_STRING_EQUAL(text_of(open, "Finish"), "2025-01-28T17:00:00");
    CU_ASSERT_STRING_EQUAL(text_of(open, "OutlineNumber"), "2.1");
    CU_ASSERT_STRING_EQUAL(text_of(child(open, "PredecessorLink"), "PredecessorUID"), "1");
    CU_ASSERT_STRING_EQUAL(text_of(child(open, "PredecessorLink"), "Type"), "1");
    /* A week of seven days of eight hours, in tenths of a minute. */
    CU_ASSERT_STRING_EQUAL(text_of(child(open, "PredecessorLink"), "LinkLag"), "33600");
    CU_ASSERT_STRING_EQUAL(text_of(child(late, "PredecessorLink"), "Type"), "3");
    CU_ASSERT_STRING_EQUAL(text_of(child(late, "PredecessorLink"), "LinkLag"), "67200");
    CU_ASSERT_PTR_NULL(child(late, "Deadline"));
    const xmlNode *link = row(root, "Tasks", "Name", "l0"), *other = row(root, "Tasks", "UID", "6");
    CU_ASSERT_STRING_EQUAL(text_of(link, "Summary"), "1");
    CU_ASSERT_STRING_EQUAL(text_of(link, "Start"), "2025-01-08T08:00:00");
    CU_ASSERT_STRING_EQUAL(text_of(link, "Finish"), "2025-01-28T17:00:00");
    CU_ASSERT_STRING_EQUAL(text_of(other, "Name"), "Other works");
    CU_ASSERT_STRING_EQUAL(text_of(other, "Start"), "2025-01-28T17:00:00");
}

static void check_resources(const xmlNode *root)
{
    const xmlNode *gang = row(root, "Resources", "Code", "gang");
    const xmlNode *rails = row(root, "Resources", "Code", "rails");
    CU_ASSERT_EQUAL(xmlChildElementCount((xmlNode *)child(root, "Resources")), 2);
    CU_ASSERT_STRING_EQUAL(text_of(gang, "Type"), "1");
    CU_ASSERT_STRING_EQUAL(text_of(gang, "MaxUnits"), "3");
    const xmlNode *periods = child(gang, "AvailabilityPeriods");
    const xmlNode *first = child(periods, "AvailabilityPeriod");
    CU_ASSERT_EQUAL(xmlChildElementCount((xmlNode *)periods), 2);
    CU_ASSERT_STRING_EQUAL(text_of(first, "AvailableFrom"), "2025-01-01T00:00:00");
    CU_ASSERT_STRING_EQUAL(text_of(first, "AvailableTo"), "2025-01-28T23:59:00");
    CU_ASSERT_STRING_EQUAL(text_of(first, "AvailableUnits"), "1");
    CU_ASSERT_STRING_EQUAL(text_of(rails, "Type"), "0");
    const xmlNode *of_gang = row(root, "Assignments", "ResourceUID", "1");
    const xmlNode *of_rails = row(root, "Assignments", "ResourceUID", "3");
    const xmlNode *nobody = row(root, "Assignments", "ResourceUID", "-65535");
    CU_ASSERT_EQUAL(xmlChildElementCount((xmlNode *)child(root, "Assignments")), 4);
    CU_ASSERT_STRING_EQUAL(text_of(of_gang, "TaskUID"), "1");
    CU_ASSERT_STRING_EQUAL(text_of(of_gang, "Units"), "2");
    CU_ASSERT_STRING_EQUAL(text_of(of_gang, "Work"), "PT224H0M0S");
    CU_ASSERT_STRING_EQUAL(text_of(of_rails, "TaskUID"), "1");
    CU_ASSERT_STRING_EQUAL(text_of(of_rails, "Units"), "7");
    CU_ASSERT_STRING_EQUAL(text_of(nobody, "TaskUID"), "2");
}

static void known_plan(void)
{
    struct ganger_problem *problem = make_problem();
    struct ganger_plan *plan = ganger_plan_create(problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    place(plan, 0, 1, 3, 1);
    place(plan, 1, 4, 4, 0);
    place(plan, 2, 3, 4, 0);
    xmlDoc *document = write_and_parse(problem, plan);
    const xmlNode *root = xmlDocGetRootElement(document);
    CU_ASSERT_STRING_EQUAL(root->name, "Project");
    CU_ASSERT_STRING_EQUAL(root->ns->href, "http://schemas.microsoft.com/project");
    CU_ASSERT(in_order(root));
    check_tasks(root);
    check_resources(root);
    xmlFreeDoc(document);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(problem);
}

/* Nothing done, and a milestone that is reached from the start. */
static void borders(void)
{
    struct ganger_problem *problem = make_problem();
    struct ganger_plan *plan = ganger_plan_create(problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    xmlDoc *document = write_and_parse(problem, plan);
    const xmlNode *root = xmlDocGetRootElement(document);
    CU_ASSERT(in_order(root));
    CU_ASSERT_EQUAL(xmlChildElementCount((xmlNode *)child(root, "Tasks")), 1);
    xmlFreeDoc(document);
    place(plan, 1, 0, 0, 0);
    document = write_and_parse(problem, plan);
    root = xmlDocGetRootElement(document);
    for (int uid = 0; uid < 6; uid += uid == 0 ? 2 : 3) { /* all, the milestone, its heading */
        char text[8];
        snprintf(text, sizeof text, "%d", uid);
        const xmlNode *task = row(root, "Tasks", "UID", text);
        CU_ASSERT_STRING_EQUAL(text_of(task, "Start"), "2025-01-01T08:00:00");
        CU_ASSERT_STRING_EQUAL(text_of(task, "Finish"), "2025-01-01T08:00:00");
    }
    xmlFreeDoc(document);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(problem);
}

/* The check of the order can fail. */
static void order_is_checked(void)
{
    static const char *const wrong[] = {"<Task><ID/><UID/></Task>", "<Task><UID/><UID/></Task>",
                                        "<Task><Nonsense/></Task>",
                                        "<Tasks><Task><Name/><ID/></Task></Tasks>"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        xmlDoc *document = xmlReadDoc(BAD_CAST wrong[i], NULL, NULL, XML_PARSE_NONET);
        CU_ASSERT_PTR_NOT_NULL_FATAL(document);
        CU_ASSERT_FALSE(in_order(xmlDocGetRootElement(document)));
        xmlFreeDoc(document);
    }
}

static const struct ganger_test tests[] = {{"known_plan", known_plan},
                                           {"borders", borders},
                                           {"order_is_checked", order_is_checked},
                                           {NULL, NULL}};
const struct ganger_suite project_suite = {"project", "unit", tests};
