#include "export/parts.h"

#include "plan/report.h"

#include <math.h>
#include <stdlib.h>

static int64_t day_of(const struct ganger_problem *p, int32_t period)
{
    return p->time.start_day + (int64_t)period * p->time.period_days;
}

bool ganger_exporting_init(struct ganger_exporting *x, const struct ganger_problem *problem,
                           const struct ganger_plan *plan)
{
    *x = (struct ganger_exporting){.problem = problem, .plan = plan};
    struct ganger_export_years *years = &x->years;
    int32_t last = ganger_report_year(ganger_report_last_day(problem, problem->time.periods));
    years->first = ganger_report_year(problem->time.start_day);
    years->count = last - years->first + 1;
    years->begin = malloc(((size_t)years->count + 1) * sizeof *years->begin);
    if (!years->begin) {
        return false;
    }
    int32_t period = 0;
    for (int32_t i = 0; i <= years->count; i++) {
        while (period < problem->time.periods &&
               ganger_report_year(day_of(problem, period)) < years->first + i) {
            period++;
        }
        years->begin[i] = period;
    }
    return true;
}

void ganger_exporting_clear(struct ganger_exporting *x)
{
    free(x->years.begin);
    *x = (struct ganger_exporting){0};
}

int32_t ganger_export_mode(const struct ganger_exporting *x, int32_t work)
{
    return x->plan->start[work] < 0 ? GANGER_NONE
                                    : x->problem->works.first_mode[work] + x->plan->mode[work];
}

int64_t ganger_export_first_day(const struct ganger_exporting *x, int32_t work)
{
    int32_t start = x->plan->start[work];
    return day_of(x->problem, start) - (start == x->plan->finish[work] ? 1 : 0);
}

int64_t ganger_export_last_day(const struct ganger_exporting *x, int32_t work)
{
    return ganger_report_last_day(x->problem, x->plan->finish[work]);
}

int64_t ganger_export_year_first_day(const struct ganger_exporting *x, int32_t year)
{
    return day_of(x->problem, x->years.begin[year]);
}

int64_t ganger_export_year_last_day(const struct ganger_exporting *x, int32_t year)
{
    return ganger_report_last_day(x->problem, x->years.begin[year + 1]);
}

struct ganger_export_link_year ganger_export_link_year(const struct ganger_exporting *x,
                                                       int32_t link, int32_t year)
{
    int32_t from = x->years.begin[year], to = x->years.begin[year + 1];
    int64_t links = x->problem->links.count;
    struct ganger_export_link_year is = {.end = x->plan->capacity[to * links + link]};
    for (int32_t t = from; t < to; t++) {
        int64_t at = t * links + link;
        is.capacity += x->plan->capacity[at] / (to - from);
        is.there += x->plan->flow[2 * at] / (to - from);
        is.back += x->plan->flow[2 * at + 1] / (to - from);
    }
    is.use_percent = is.capacity > 0 ? 100 * fmax(is.there, is.back) / is.capacity : NAN;
    return is;
}

double ganger_export_share_of_year(const struct ganger_problem *problem)
{
    return problem->time.period_days / 365.25;
}

static void add_works(const struct ganger_exporting *x, int32_t year, struct ganger_export_year *is)
{
    const struct ganger_problem *p = x->problem;
    for (int32_t w = 0; w < p->works.count; w++) {
        if (x->plan->start[w] >= 0 &&
            ganger_report_year_finished(p, x->plan->finish[w]) == x->years.first + year) {
            is->km[p->works.kind[w]] += p->works.km[w];
            is->finished++;
        }
    }
}

struct ganger_export_year ganger_export_year(const struct ganger_exporting *x, int32_t year)
{
    int64_t demands = x->problem->demands.count;
    double share = ganger_export_share_of_year(x->problem);
    struct ganger_export_year is = {0};
    add_works(x, year, &is);
    for (int32_t t = x->years.begin[year]; t < x->years.begin[year + 1]; t++) {
        is.paid += x->plan->cash[t];
        is.traffic += share * x->plan->traffic_value[t];
        for (int32_t k = 0; k < demands; k++) {
            is.delivered += share * x->plan->delivered[t * demands + k];
        }
    }
    return is;
}
