#include "plan/labels.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const directions[] = {"forward", "backward"};

static void add(struct ganger_plan_labels *labels, struct ganger_plan_label label)
{
    assert(labels->count < GANGER_PLAN_LABELS);
    if (label.coordinate) {
        label.name = ganger_plan_dim_row[label.dim].name;
    }
    labels->label[labels->count++] = label;
}

static void add_ids(struct ganger_plan_labels *labels, enum ganger_plan_dim dim, const void *ids,
                    const char *long_name)
{
    add(labels, (struct ganger_plan_label){.dim = dim,
                                           .coordinate = true,
                                           .type = GANGER_NETCDF_TEXT,
                                           .data = ids,
                                           .long_name = long_name});
}

static void add_times(struct ganger_plan_labels *labels, enum ganger_plan_dim dim,
                      const char *long_name)
{
    add(labels, (struct ganger_plan_label){.dim = dim,
                                           .coordinate = true,
                                           .times = true,
                                           .type = GANGER_NETCDF_INT32,
                                           .data = labels->boundary_day,
                                           .units = labels->since,
                                           .long_name = long_name});
}

static void add_coordinates(struct ganger_plan_labels *labels, const struct ganger_problem *p)
{
    add_times(labels, GANGER_DIM_PERIOD, "first day of the period");
    add_times(labels, GANGER_DIM_BOUNDARY, "day on which the next period begins");
    add_ids(labels, GANGER_DIM_WORK, p->works.id, "work");
    add_ids(labels, GANGER_DIM_LINK, p->links.id, "link");
    add_ids(labels, GANGER_DIM_SEGMENT, p->segments.id, "segment");
    add_ids(labels, GANGER_DIM_DEMAND, p->demands.id, "demand");
    add_ids(labels, GANGER_DIM_RESOURCE, p->resources.id, "resource");
    add_ids(labels, GANGER_DIM_DIRECTION, directions,
            "forward: from the link's from-node to its to-node");
    add_ids(labels, GANGER_DIM_RENEWABLE, labels->renewable, "renewable resource");
    add_ids(labels, GANGER_DIM_TARGET, p->targets.id, "target");
}

static void add_text(struct ganger_plan_labels *labels, enum ganger_plan_dim dim, const char *name,
                     const void *texts)
{
    add(labels, (struct ganger_plan_label){
                    .name = name, .dim = dim, .type = GANGER_NETCDF_TEXT, .data = texts});
}

static void add_km(struct ganger_plan_labels *labels, enum ganger_plan_dim dim, const char *name,
                   const double *km)
{
    add(labels,
        (struct ganger_plan_label){
            .name = name, .dim = dim, .type = GANGER_NETCDF_DOUBLE, .data = km, .units = "km"});
}

static void add_positions(struct ganger_plan_labels *labels, enum ganger_plan_dim dim,
                          const char *name, const int32_t *positions, const char *long_name)
{
    add(labels, (struct ganger_plan_label){.name = name,
                                           .dim = dim,
                                           .type = GANGER_NETCDF_INT32,
                                           .data = positions,
                                           .long_name = long_name});
}

static void add_dates(struct ganger_plan_labels *labels, const char *name, const double *days,
                      const char *long_name)
{
    add(labels, (struct ganger_plan_label){.name = name,
                                           .dim = GANGER_DIM_WORK,
                                           .times = true,
                                           .type = GANGER_NETCDF_DOUBLE,
                                           .data = days,
                                           .units = labels->since,
                                           .long_name = long_name});
}

static void add_labels(struct ganger_plan_labels *labels, const struct ganger_problem *p)
{
    add_dates(labels, "start_date", labels->start_day, "day on which the work starts");
    add_dates(labels, "finish_date", labels->finish_day, "first day on which the work is over");
    add_text(labels, GANGER_DIM_WORK, "work_name", p->works.name);
    add_text(labels, GANGER_DIM_WORK, "work_project", p->works.project);
    add(labels, (struct ganger_plan_label){.name = "work_kind",
                                           .dim = GANGER_DIM_WORK,
                                           .type = GANGER_NETCDF_INT8,
                                           .data = p->works.kind});
    add_positions(labels, GANGER_DIM_WORK, "work_segment", p->works.segment,
                  "position in segment, -1: none");
    add_km(labels, GANGER_DIM_WORK, "work_km", p->works.km);
    add_text(labels, GANGER_DIM_LINK, "link_name", p->links.name);
    add_km(labels, GANGER_DIM_LINK, "link_km", p->links.length_km);
    add_positions(labels, GANGER_DIM_SEGMENT, "segment_link", p->segments.link, "position in link");
    add_text(labels, GANGER_DIM_RESOURCE, "resource_name", p->resources.name);
    add_text(labels, GANGER_DIM_RESOURCE, "resource_unit", p->resources.unit);
}

static void add_words(struct ganger_plan_labels *labels, const struct ganger_problem *p,
                      const struct ganger_plan *plan)
{
    bool replan = ganger_plan_has(plan, GANGER_PLAN_REPLAN);
    const struct ganger_plan_word words[] = {
        {"Conventions", "CF-1.8"},
        {"title", p->title && p->title[0] ? p->title : p->name},
        {"groups", replan ? "certificate paths trace replan" : "certificate paths trace"},
        {"instance_name", p->name},
        {"instance_sha256", p->sha256},
        {"currency", p->currency ? p->currency : ""},
        {"start_date_of_programme", labels->start},
        {"objective", p->objective == GANGER_OBJECTIVE_NPV ? "npv" : "makespan"},
    };
    labels->words = sizeof words / sizeof *words;
    static_assert(sizeof words / sizeof *words <= GANGER_PLAN_WORDS, "room for all");
    for (int i = 0; i < labels->words; i++) {
        labels->word[i] = words[i];
    }
}

static double day_of(int32_t at, int32_t period_days)
{
    return at < 0 ? (double)NAN : (double)at * period_days;
}

bool ganger_plan_labels_init(struct ganger_plan_labels *labels,
                             const struct ganger_problem *problem, const struct ganger_plan *plan)
{
    const struct ganger_problem *p = problem;
    size_t works = (size_t)p->works.count + 1, boundaries = (size_t)p->time.periods + 1;
    size_t renewables = (size_t)p->resources.renewables;
    *labels = (struct ganger_plan_labels){
        .boundary_day = calloc(boundaries, sizeof *labels->boundary_day),
        .start_day = calloc(works, sizeof *labels->start_day),
        .finish_day = calloc(works, sizeof *labels->finish_day),
        .renewable = calloc(renewables + 1, sizeof *labels->renewable),
    };
    if (!labels->boundary_day || !labels->start_day || !labels->finish_day || !labels->renewable) {
        return false;
    }
    for (int32_t t = 0; t <= p->time.periods; t++) {
        labels->boundary_day[t] = t * p->time.period_days;
    }
    for (int32_t w = 0; w < p->works.count; w++) {
        labels->start_day[w] = day_of(plan->start[w], p->time.period_days);
        labels->finish_day[w] = day_of(plan->finish[w], p->time.period_days);
    }
    for (size_t i = 0; i < renewables; i++) {
        labels->renewable[i] = p->resources.id[p->resources.renewable_resource[i]];
    }
    snprintf(labels->since, sizeof labels->since, "days since %s",
             ganger_date_format(p->time.start_day, labels->start));
    add_coordinates(labels, p);
    add_labels(labels, p);
    add_words(labels, p, plan);
    return true;
}

void ganger_plan_labels_clear(struct ganger_plan_labels *labels)
{
    free(labels->boundary_day);
    free(labels->start_day);
    free(labels->finish_day);
    free(labels->renewable);
}
