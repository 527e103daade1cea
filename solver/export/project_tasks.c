/* Tasks: the programme, under it a summary task for each project or link, under these the works. */
#include "export/project.h"

#include "explain/words.h"
#include "instance/schema.h"
#include "plan/report.h"

#include <math.h>
#include <stdlib.h>

/* Where a task stands among the others. */
struct place {
    int32_t id, group, item; /* ID; numbers from 1 in the outline, 0 above that level */
};

static void put_place(struct ganger_project *project, struct place place)
{
    char number[32];
    int level = (place.group > 0) + (place.item > 0);
    snprintf(number, sizeof number, level == 2 ? "%d.%d" : "%d", place.group, place.item);
    ganger_xml_text(&project->xml, "WBS", number);
    ganger_xml_text(&project->xml, "OutlineNumber", number);
    ganger_xml_integer(&project->xml, "OutlineLevel", level);
    ganger_xml_integer(&project->xml, "Priority", 500);
}

static void begin_task(struct ganger_project *project, struct place place, int64_t uid,
                       const char *name)
{
    struct ganger_xml *xml = &project->xml;
    bool summary = place.item == 0;
    ganger_xml_begin(xml, "Task");
    ganger_xml_integer(xml, "UID", uid);
    ganger_xml_integer(xml, "ID", place.id);
    ganger_xml_text(xml, "Name", name);
    ganger_xml_integer(xml, "Active", 1);
    ganger_xml_integer(xml, "Manual", !summary); /* Project moves nothing by itself */
    ganger_xml_integer(xml, "Type", 1);          /* of fixed duration */
    ganger_xml_integer(xml, "IsNull", 0);
    put_place(project, place);
}

static double cost_of(const struct ganger_project *project, int32_t w)
{
    return project->x->problem->modes.cost[ganger_export_mode(project->x, w)];
}

/* Money is in hundredths. */
static void put_money(struct ganger_project *project, const char *name, double millions)
{
    ganger_xml_real(&project->xml, name, round(millions * 1e8));
}

/* A summary task over works first .. end of the outline. */
static void put_summary(struct ganger_project *project, struct place place, int64_t uid,
                        int32_t first, int32_t end)
{
    const struct ganger_exporting *x = project->x;
    const struct ganger_problem *p = x->problem;
    struct ganger_xml *xml = &project->xml;
    int32_t start = first < end ? p->time.periods : 0, finish = 0;
    double cost = 0;
    bool early = false; /* it begins with a milestone, at the end of the day before */
    for (int32_t i = first; i < end; i++) {
        int32_t w = project->outline.work[i];
        bool milestone = ganger_project_work_hours(project, w) == 0 && x->plan->start[w] > 0;
        early = x->plan->start[w] < start ? milestone
                                          : early || (x->plan->start[w] == start && milestone);
        start = x->plan->start[w] < start ? x->plan->start[w] : start;
        finish = x->plan->finish[w] > finish ? x->plan->finish[w] : finish;
        cost += cost_of(project, w);
    }
    int64_t hours = ((int64_t)finish - start) * p->time.period_days * GANGER_PROJECT_HOURS;
    int64_t last = ganger_report_last_day(p, finish);
    begin_task(project, place, uid,
               place.group > 0 ? ganger_outline_name(&project->outline, x, place.group - 1)
                               : (p->title && p->title[0] ? p->title : p->name));
    ganger_project_time(project, "Start", ganger_report_last_day(p, start) + !early, early);
    ganger_project_time(project, "Finish", last + (finish == 0), finish > 0);
    ganger_project_hours(project, "Duration", hours);
    ganger_xml_integer(xml, "DurationFormat", 7);
    ganger_xml_integer(xml, "Estimated", 0);
    ganger_xml_integer(xml, "Milestone", 0);
    ganger_xml_integer(xml, "Summary", 1);
    put_money(project, "Cost", cost);
    ganger_xml_integer(xml, "ConstraintType", 0);
    ganger_xml_integer(xml, "CalendarUID", -1);
    ganger_xml_end(xml);
}

static void put_predecessors(struct ganger_project *project, int32_t w)
{
    const struct ganger_problem *p = project->x->problem;
    const struct ganger_precedences *rows = &p->precedences;
    struct ganger_xml *xml = &project->xml;
    for (int32_t i = rows->first_in[w]; i < rows->first_in[w + 1]; i++) {
        int32_t row = rows->in_list[i];
        int64_t days = (int64_t)rows->lag[row] * p->time.period_days;
        ganger_xml_begin(xml, "PredecessorLink");
        ganger_xml_integer(xml, "PredecessorUID", ganger_project_task_uid(rows->predecessor[row]));
        ganger_xml_integer(xml, "Type", rows->type[row] == GANGER_PRECEDENCE_FS ? 1 : 3);
        ganger_xml_integer(xml, "LinkLag", days * GANGER_PROJECT_HOURS * 60 * 10);
        ganger_xml_integer(xml, "LagFormat", 7);
        ganger_xml_end(xml);
    }
}

static void begin_field(struct ganger_project *project, const char *id)
{
    ganger_xml_begin(&project->xml, "ExtendedAttribute");
    ganger_xml_text(&project->xml, "FieldID", id);
}

static void put_fields(struct ganger_project *project, int32_t w)
{
    const struct ganger_problem *p = project->x->problem;
    const char *const values[][2] = {{"188743731", p->works.id[w]},
                                     {"188743734", p->modes.id[ganger_export_mode(project->x, w)]},
                                     {"188743737", ganger_work_kind_names[p->works.kind[w]]}};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        begin_field(project, values[i][0]);
        ganger_xml_text(&project->xml, "Value", values[i][1]);
        ganger_xml_end(&project->xml);
    }
    begin_field(project, "188743767");
    ganger_xml_real(&project->xml, "Value", p->works.km[w]);
    ganger_xml_end(&project->xml);
}

/* What was planned stays in the file when someone moves the work. */
static void put_baseline(struct ganger_project *project, int32_t w)
{
    struct ganger_xml *xml = &project->xml;
    ganger_xml_begin(xml, "Baseline");
    ganger_xml_integer(xml, "Number", 0);
    ganger_project_start(project, "Start", w);
    ganger_project_finish(project, "Finish", w);
    ganger_project_hours(project, "Duration", ganger_project_work_hours(project, w));
    ganger_xml_integer(xml, "DurationFormat", 7);
    put_money(project, "Cost", cost_of(project, w));
    ganger_xml_end(xml);
}

static void put_times(struct ganger_project *project, int32_t w)
{
    int64_t hours = ganger_project_work_hours(project, w);
    ganger_project_start(project, "Start", w);
    ganger_project_finish(project, "Finish", w);
    ganger_project_hours(project, "Duration", hours);
    ganger_project_start(project, "ManualStart", w);
    ganger_project_finish(project, "ManualFinish", w);
    ganger_project_hours(project, "ManualDuration", hours);
    ganger_xml_integer(&project->xml, "DurationFormat", 7);
}

static void put_work(struct ganger_project *project, struct place place, int32_t w)
{
    const struct ganger_problem *p = project->x->problem;
    struct ganger_xml *xml = &project->xml;
    begin_task(project, place, ganger_project_task_uid(w), ganger_words_work(p, w));
    put_times(project, w);
    ganger_xml_integer(xml, "Estimated", 0);
    ganger_xml_integer(xml, "Milestone", ganger_project_work_hours(project, w) == 0);
    ganger_xml_integer(xml, "Summary", 0);
    put_money(project, "FixedCost", cost_of(project, w));
    ganger_xml_integer(xml, "FixedCostAccrual", 2);  /* spread over the work */
    put_money(project, "Cost", cost_of(project, w)); /* for programs that add nothing up */
    ganger_xml_integer(xml, "ConstraintType", 4);    /* not before: for programs without Manual */
    ganger_xml_integer(xml, "CalendarUID", -1);
    ganger_project_start(project, "ConstraintDate", w);
    if (p->works.deadline[w] < p->time.periods) {
        ganger_project_time(project, "Deadline", ganger_report_last_day(p, p->works.deadline[w]),
                            true);
    }
    put_predecessors(project, w);
    put_fields(project, w);
    put_baseline(project, w);
    ganger_xml_end(xml);
}

void ganger_project_tasks(struct ganger_project *project)
{
    const struct ganger_outline *outline = &project->outline;
    int32_t id = 0, works = project->x->problem->works.count;
    ganger_xml_begin(&project->xml, "Tasks");
    put_summary(project, (struct place){id++, 0, 0}, 0, 0, outline->works);
    for (int32_t g = 0; g < outline->groups; g++) {
        int32_t first = outline->first[g], end = outline->first[g + 1];
        put_summary(project, (struct place){id++, g + 1, 0}, (int64_t)works + 1 + g, first, end);
        for (int32_t i = first; i < end; i++) {
            put_work(project, (struct place){id++, g + 1, i - first + 1}, outline->work[i]);
        }
    }
    ganger_xml_end(&project->xml);
}
