#include "plan/report.h"

#include "base/date.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *ganger_report_number(char text[GANGER_REPORT_NUMBER], double value, int decimals)
{
    char plain[GANGER_REPORT_NUMBER];
    if (!isfinite(value) || fabs(value) >= 1e15) {
        snprintf(text, GANGER_REPORT_NUMBER, "%g", value);
        return text;
    }
    snprintf(plain, sizeof plain, "%.*f", decimals, value);
    if (strspn(plain, "-0.") == strlen(plain)) {
        snprintf(plain, sizeof plain, "%.*f", decimals, 0.0); /* never "-0" */
    }
    size_t whole = strcspn(plain, ".");
    size_t out = 0;
    for (size_t i = 0; plain[i]; i++) {
        text[out++] = plain[i];
        size_t left = i < whole ? whole - i - 1 : 0;
        if (left > 0 && left % 3 == 0 && plain[i] != '-') {
            text[out++] = ',';
        }
    }
    text[out] = '\0';
    return text;
}

void ganger_report_line(struct ganger_text *out, const char *label, double value)
{
    char text[GANGER_REPORT_NUMBER];
    ganger_text_format(out, "%-34s %12s M USD\n", label, ganger_report_number(text, value, 1));
}

int64_t ganger_report_last_day(const struct ganger_problem *problem, int32_t boundary)
{
    return problem->time.start_day + (int64_t)boundary * problem->time.period_days - 1;
}

int32_t ganger_report_year(int64_t day)
{
    char text[GANGER_DATE_SIZE];
    return (int32_t)strtol(ganger_date_format(day, text), NULL, 10);
}

int32_t ganger_report_year_finished(const struct ganger_problem *problem, int32_t finish)
{
    return ganger_report_year(ganger_report_last_day(problem, finish > 0 ? finish : 1));
}

struct year {
    double km[GANGER_WORK_KINDS];
    double money, freight;
};

static void gather_years(const struct ganger_plan *plan, const struct ganger_problem *p,
                         int32_t first, int32_t step, struct year *years)
{
    for (int32_t w = 0; w < p->works.count; w++) {
        if (plan->start[w] >= 0) {
            int32_t row = (ganger_report_year_finished(p, plan->finish[w]) - first) / step;
            years[row].km[p->works.kind[w]] += p->works.km[w];
        }
    }
    double share = p->time.period_days / 365.25;
    for (int32_t t = 0; t < p->time.periods; t++) {
        int64_t day = p->time.start_day + (int64_t)t * p->time.period_days;
        struct year *year = &years[(ganger_report_year(day) - first) / step];
        year->money += plan->cash[t];
        for (int32_t k = 0; k < p->demands.count; k++) {
            year->freight += share * plan->delivered[(int64_t)t * p->demands.count + k];
        }
    }
}

bool ganger_report_years(struct ganger_text *out, const struct ganger_plan *plan,
                         const struct ganger_problem *problem)
{
    int32_t first = ganger_report_year(problem->time.start_day);
    int32_t count =
        ganger_report_year(ganger_report_last_day(problem, problem->time.periods)) - first + 1;
    int32_t step = (count + GANGER_REPORT_YEARS - 1) / GANGER_REPORT_YEARS;
    if (problem->objective == GANGER_OBJECTIVE_MAKESPAN) {
        return true;
    }
    struct year *years = calloc((size_t)count + 1, sizeof *years);
    if (!years) {
        return false;
    }
    gather_years(plan, problem, first, step, years);
    ganger_text_format(out, "\n%-12s %11s %11s %11s %11s %13s\n", step == 1 ? "year" : "years from",
                       "km repaired", "km built", "km upgraded", "M USD paid", "Mt delivered");
    for (int32_t i = 0; i * step < count; i++) {
        char text[5][GANGER_REPORT_NUMBER];
        ganger_text_format(out, "%-12d %11s %11s %11s %11s %13s\n", first + i * step,
                           ganger_report_number(text[0], years[i].km[GANGER_WORK_REPAIR], 0),
                           ganger_report_number(text[1], years[i].km[GANGER_WORK_BUILD], 0),
                           ganger_report_number(text[2], years[i].km[GANGER_WORK_UPGRADE], 0),
                           ganger_report_number(text[3], years[i].money, 0),
                           ganger_report_number(text[4], years[i].freight, 1));
    }
    free(years);
    return true;
}

/* Something with a weight by which it is listed; ties in file order. */
struct item {
    double weight, share;
    int32_t index, done, count, finish;
};

static int by_weight(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    if (x->weight != y->weight) {
        return x->weight > y->weight ? -1 : 1;
    }
    return x->index < y->index ? -1 : x->index > y->index;
}

struct member {
    const char *project;
    int32_t work;
};

static int by_project(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    int order = strcmp(x->project, y->project);
    return order != 0 ? order : x->work < y->work ? -1 : x->work > y->work;
}

/* One item a project, its index that of the project's first work. */
static int32_t gather_projects(const struct ganger_plan *plan, const struct ganger_problem *p,
                               struct member *members, struct item *items)
{
    int32_t works = p->works.count, count = 0;
    for (int32_t w = 0; w < works; w++) {
        members[w] = (struct member){p->works.project[w], w};
    }
    qsort(members, (size_t)works, sizeof *members, by_project);
    for (int32_t i = 0; i < works; i++) {
        int32_t w = members[i].work;
        if (members[i].project[0] == '\0') {
            continue;
        }
        if (count == 0 ||
            strcmp(p->works.project[items[count - 1].index], members[i].project) != 0) {
            items[count++].index = w;
        }
        struct item *project = &items[count - 1];
        bool done = plan->start[w] >= 0;
        project->weight += p->modes.cost[p->works.first_mode[w] + (done ? plan->mode[w] : 0)];
        project->count++;
        project->done += done;
        project->finish = plan->finish[w] > project->finish ? plan->finish[w] : project->finish;
    }
    return count;
}

bool ganger_report_projects(struct ganger_text *out, const struct ganger_plan *plan,
                            const struct ganger_problem *problem)
{
    size_t room = (size_t)problem->works.count + 1;
    struct item *items = calloc(room, sizeof *items);
    struct member *members = calloc(room, sizeof *members);
    bool ready = items && members;
    int32_t count = ready ? gather_projects(plan, problem, members, items) : 0;
    if (count > 0) {
        qsort(items, (size_t)count, sizeof *items, by_weight);
        ganger_text_format(out, "\n%-34s %7s %9s %12s\n", "largest projects", "works", "done",
                           "finished");
    }
    for (int32_t i = 0; i < count && i < 2 * GANGER_REPORT_ROWS; i++) {
        char date[GANGER_DATE_SIZE];
        bool complete = items[i].done == items[i].count;
        int64_t day = ganger_report_last_day(problem, items[i].finish);
        ganger_text_pad(out, problem->works.project[items[i].index], 34);
        ganger_text_format(out, " %7d %9d %12s\n", items[i].count, items[i].done,
                           complete            ? ganger_date_format(day, date)
                           : items[i].done > 0 ? "in part"
                                               : "left out");
    }
    free(items);
    free(members);
    return ready;
}

bool ganger_report_resources(struct ganger_text *out, const struct ganger_plan *plan,
                             const struct ganger_problem *problem)
{
    const struct ganger_resources *r = &problem->resources;
    struct item *items = calloc((size_t)r->count + 1, sizeof *items);
    if (!items) {
        return false;
    }
    for (int32_t i = 0; i < r->count; i++) {
        double used = 0, there = 0;
        int64_t row = r->renewable_index[i];
        items[i].index = i;
        for (int32_t t = 0; row != GANGER_NONE && t < problem->time.periods; t++) {
            used += plan->usage[(int64_t)t * r->count + i];
            there += r->capacity[row * problem->time.periods + t];
        }
        items[i].weight = there > 0 ? used / there : 0;
    }
    qsort(items, (size_t)r->count, sizeof *items, by_weight);
    for (int32_t i = 0; i < r->count && i < GANGER_REPORT_ROWS && items[i].weight > 0; i++) {
        if (i == 0) {
            ganger_text_format(out, "\n%-34s %12s\n", "busiest gangs and machines", "in use");
        }
        const char *name = r->name[items[i].index];
        ganger_text_pad(out, name[0] ? name : r->id[items[i].index], 34);
        ganger_text_format(out, " %10.0f %%\n", 100 * items[i].weight);
    }
    free(items);
    return true;
}

bool ganger_report_links(struct ganger_text *out, const struct ganger_plan *plan,
                         const struct ganger_problem *problem)
{
    int32_t links = problem->links.count, boundaries = problem->time.periods + 1;
    struct item *items = calloc((size_t)links + 1, sizeof *items);
    if (!items) {
        return false;
    }
    for (int32_t l = 0; l < links; l++) {
        items[l].index = l;
        for (int32_t t = 0; t < boundaries; t++) {
            int64_t at = (int64_t)t * links + l;
            double flow = fmax(plan->flow[2 * at], plan->flow[2 * at + 1]);
            items[l].weight += flow / boundaries;
            if (plan->capacity[at] > 0 && flow > 0) {
                items[l].share += flow / plan->capacity[at] / boundaries;
            }
        }
    }
    qsort(items, (size_t)links, sizeof *items, by_weight);
    for (int32_t i = 0; i < links && i < GANGER_REPORT_ROWS && items[i].weight > 0; i++) {
        if (i == 0) {
            ganger_text_format(out, "\n%-42s %12s %9s\n", "busiest corridors (one direction)",
                               "Mt/year", "loaded");
        }
        const char *name = problem->links.name[items[i].index];
        char text[GANGER_REPORT_NUMBER];
        ganger_text_pad(out, name[0] ? name : problem->links.id[items[i].index], 42);
        ganger_text_format(out, " %12s %7.0f %%\n", ganger_report_number(text, items[i].weight, 1),
                           100 * items[i].share);
    }
    free(items);
    return true;
}
