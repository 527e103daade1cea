/* An instance in a planner's words: time, network, works, targets, freight. */
#include "instance/describe.h"

#include "base/date.h"
#include "instance/schema.h"
#include <stdlib.h>
#include <string.h>

/* First day of the period that begins at a boundary. */
static const char *date_at(const struct ganger_problem *p, int32_t boundary,
                           char text[GANGER_DATE_SIZE])
{
    return ganger_date_format(p->time.start_day + (int64_t)boundary * p->time.period_days, text);
}

static void describe_head(struct ganger_text *text, const struct ganger_problem *p)
{
    char start[GANGER_DATE_SIZE], end[GANGER_DATE_SIZE];
    const struct ganger_time *time = &p->time;
    int64_t last = time->start_day + (int64_t)time->periods * time->period_days - 1;
    ganger_text_format(text, "%s%s%s\n", p->name, *p->title != '\0' ? ": " : "", p->title);
    ganger_text_format(text, "sha256 %s\n\n", p->sha256);
    ganger_text_format(text, "%s to %s: %d periods of %d %s\n",
                       ganger_date_format(time->start_day, start), ganger_date_format(last, end),
                       time->periods, time->period_days, time->period_days == 1 ? "day" : "days");
    if (p->objective == GANGER_OBJECTIVE_MAKESPAN) {
        ganger_text_add(text, "objective: the earliest end of all works\n");
    } else {
        ganger_text_format(text,
                           "objective: net present value in M %s, %g %% a year, %g years of "
                           "traffic after the end\n",
                           p->currency, 100 * time->discount_rate, time->terminal_years);
    }
    if (p->objective == GANGER_OBJECTIVE_NPV) {
        ganger_text_format(text, "building needs rails that lead to the site: %s\n",
                           p->railhead ? "yes" : "no");
    }
}

/* The classic problems of scheduling have none. */
static bool has_network(const struct ganger_problem *p)
{
    return p->objective == GANGER_OBJECTIVE_NPV || p->nodes.count > 0 || p->demands.count > 0;
}

static void describe_sizes(struct ganger_text *text, const struct ganger_problem *p)
{
    ganger_text_add(text, "\n");
    if (has_network(p)) {
        ganger_text_format(text, "%d nodes, %d links, %d segments, %d demands\n", p->nodes.count,
                           p->links.count, p->segments.count, p->demands.count);
    }
    ganger_text_format(text, "%d works, %d modes, %d uses of %d resources (%d renewable)\n",
                       p->works.count, p->modes.count, p->modes.uses, p->resources.count,
                       p->resources.renewables);
    ganger_text_format(text, "%d precedences, %d calendar%s, %d windows, %d targets\n",
                       p->precedences.count, p->calendars.count, p->calendars.count == 1 ? "" : "s",
                       p->resources.windows, p->targets.count);
}

static void describe_network(struct ganger_text *text, const struct ganger_problem *p)
{
    double built = 0, planned = 0;
    for (int32_t q = 0; q < p->segments.count; q++) {
        double km = p->segments.end_km[q] - p->segments.start_km[q];
        *(p->segments.capacity[q] > 0 ? &built : &planned) += km;
    }
    if (p->links.count > 0) {
        ganger_text_format(text, "\nnetwork: %.0f km in use, %.0f km not yet built\n", built,
                           planned);
    }
}

/* The cheapest (sign 1) or dearest (sign -1) mode of a work. */
static double extreme_cost(const struct ganger_problem *p, int32_t work, double sign)
{
    double best = 0;
    for (int32_t m = p->works.first_mode[work]; m < p->works.first_mode[work + 1]; m++) {
        double cost = p->modes.cost[m];
        best = m == p->works.first_mode[work] || sign * cost < sign * best ? cost : best;
    }
    return best;
}

/* Whether km, money or kinds tell works apart. */
static bool has_kinds(const struct ganger_problem *p)
{
    bool kinds = p->objective == GANGER_OBJECTIVE_NPV;
    for (int32_t w = 0; w < p->works.count; w++) {
        kinds = kinds || p->works.kind[w] != p->works.kind[0] || p->works.km[w] > 0;
    }
    for (int32_t m = 0; m < p->modes.count; m++) {
        kinds = kinds || p->modes.cost[m] > 0;
    }
    return kinds;
}

static void describe_works(struct ganger_text *text, const struct ganger_problem *p)
{
    double all_least = 0, all_most = 0;
    ganger_text_format(text, "\n%-10s %7s %10s %10s %12s %12s\n", "works", "number", "mandatory",
                       "km", "M least", "M most");
    for (int kind = 0; kind < GANGER_WORK_KINDS; kind++) {
        int32_t number = 0, mandatory = 0;
        double km = 0, least = 0, most = 0;
        for (int32_t w = 0; w < p->works.count; w++) {
            if (p->works.kind[w] != kind) {
                continue;
            }
            number++;
            mandatory += p->works.mandatory[w] ? 1 : 0;
            km += p->works.km[w];
            least += extreme_cost(p, w, 1);
            most += extreme_cost(p, w, -1);
        }
        all_least += least;
        all_most += most;
        if (number > 0) {
            ganger_text_format(text, "%-10s %7d %10d %10.0f %12.1f %12.1f\n",
                               ganger_work_kind_names[kind], number, mandatory, km, least, most);
        }
    }
    ganger_text_format(text, "%-10s %7d %10s %10s %12.1f %12.1f\n", "all", p->works.count, "", "",
                       all_least, all_most);
}

static void describe_targets(struct ganger_text *text, const struct ganger_problem *p)
{
    char date[GANGER_DATE_SIZE];
    for (int32_t g = 0; g < p->targets.count; g++) {
        double offered = 0;
        for (int32_t w = 0; w < p->works.count; w++) {
            bool counts = (p->targets.kinds[g] >> p->works.kind[w] & 1) != 0;
            offered += counts ? p->works.km[w] : 0;
        }
        ganger_text_format(text,
                           "%starget %s: %.0f km finished before %s (boundary %d), %.0f km "
                           "offered, ",
                           g == 0 ? "\n" : "", p->targets.id[g], p->targets.km[g],
                           date_at(p, p->targets.by[g], date), p->targets.by[g], offered);
        if (p->targets.hard[g]) {
            ganger_text_add(text, "must be met\n");
        } else {
            ganger_text_format(text, "%g M %s a missing km\n", p->targets.shortfall_cost[g],
                               p->currency);
        }
    }
}

struct commodity {
    const char *name;
    double first, last;
};

static int by_name(const void *left, const void *right)
{
    const struct commodity *a = left, *b = right;
    return strcmp(a->name, b->name);
}

static int by_volume(const void *left, const void *right)
{
    const struct commodity *a = left, *b = right;
    if (a->last != b->last) {
        return a->last > b->last ? -1 : 1;
    }
    return strcmp(a->name, b->name);
}

/* Demands of one commodity added up in place; the number of commodities. */
static int32_t add_up(struct commodity *list, int32_t count)
{
    int32_t names = 0;
    qsort(list, (size_t)count, sizeof *list, by_name);
    for (int32_t i = 0; i < count; i++) {
        if (names > 0 && strcmp(list[names - 1].name, list[i].name) == 0) {
            list[names - 1].first += list[i].first;
            list[names - 1].last += list[i].last;
        } else {
            list[names++] = list[i];
        }
    }
    qsort(list, (size_t)names, sizeof *list, by_volume);
    return names;
}

static bool describe_demands(struct ganger_text *text, const struct ganger_problem *p)
{
    enum { SHOWN = 12 };
    struct commodity *list = calloc((size_t)p->demands.count + 1, sizeof *list);
    struct commodity all = {"all", 0, 0};
    if (list == NULL) {
        return false;
    }
    for (int32_t k = 0; k < p->demands.count; k++) {
        list[k] = (struct commodity){p->demands.commodity[k], ganger_problem_volume(p, k, 0),
                                     ganger_problem_volume(p, k, p->time.periods)};
        all.first += list[k].first;
        all.last += list[k].last;
    }
    int32_t names = add_up(list, p->demands.count);
    if (p->demands.count > 0) {
        ganger_text_format(text, "\n%-30s %12s %12s\n", "demand, Mt a year", "at the start",
                           "at the end");
        for (int32_t i = 0; i < names && i < SHOWN; i++) {
            ganger_text_format(text, "%-30s %12.2f %12.2f\n",
                               *list[i].name != '\0' ? list[i].name : "(no commodity)",
                               list[i].first, list[i].last);
        }
        if (names > SHOWN) {
            ganger_text_format(text, "and %d more commodities\n", names - SHOWN);
        }
        ganger_text_format(text, "%-30s %12.2f %12.2f\n", all.name, all.first, all.last);
    }
    free(list);
    return true;
}

ganger_status ganger_problem_describe(const struct ganger_problem *problem, char **result)
{
    struct ganger_text text;
    ganger_text_init(&text);
    *result = NULL;
    describe_head(&text, problem);
    describe_sizes(&text, problem);
    describe_network(&text, problem);
    if (has_kinds(problem)) {
        describe_works(&text, problem);
    }
    describe_targets(&text, problem);
    bool done =
        problem->objective == GANGER_OBJECTIVE_NPV || ganger_describe_makespan(&text, problem);
    ganger_describe_load(&text, problem);
    if (!done || !describe_demands(&text, problem) || !ganger_describe_oddities(&text, problem)) {
        ganger_text_clear(&text);
        return GANGER_STATUS_OUT_OF_MEMORY;
    }
    *result = ganger_text_take_shown(&text);
    return *result != NULL ? GANGER_STATUS_OK : GANGER_STATUS_OUT_OF_MEMORY;
}
