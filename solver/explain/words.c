#include "explain/words.h"

#include "plan/report.h"

#include <stdio.h>
#include <string.h>

static const char *or_else(const char *name, const char *id)
{
    return name && name[0] ? name : id;
}

const char *ganger_words_work(const struct ganger_problem *problem, int32_t work)
{
    return or_else(problem->works.name[work], problem->works.id[work]);
}

const char *ganger_words_resource(const struct ganger_problem *problem, int32_t resource)
{
    return or_else(problem->resources.name[resource], problem->resources.id[resource]);
}

const char *ganger_words_link(const struct ganger_problem *problem, int32_t link)
{
    return or_else(problem->links.name[link], problem->links.id[link]);
}

const char *ganger_words_unit(const struct ganger_problem *problem, int32_t resource)
{
    return or_else(problem->resources.unit[resource], "unit");
}

const char *ganger_words_mode(const struct ganger_problem *problem, int32_t mode)
{
    return problem->modes.id[mode];
}

static int64_t first_day(const struct ganger_problem *p, int32_t period)
{
    return p->time.start_day + (int64_t)period * p->time.period_days;
}

const char *ganger_words_first_day(const struct ganger_problem *problem, int32_t period,
                                   char text[GANGER_DATE_SIZE])
{
    return ganger_date_format(first_day(problem, period), text);
}

const char *ganger_words_last_day(const struct ganger_problem *problem, int32_t boundary,
                                  char text[GANGER_DATE_SIZE])
{
    return ganger_date_format(ganger_report_last_day(problem, boundary), text);
}

const char *ganger_words_span(const struct ganger_problem *problem, int32_t from, int32_t to,
                              char text[GANGER_SPAN_SIZE])
{
    char first[GANGER_DATE_SIZE], last[GANGER_DATE_SIZE];
    if (from == to) { /* a milestone */
        return ganger_words_last_day(problem, to, text);
    }
    snprintf(text, GANGER_SPAN_SIZE, "%s - %s", ganger_words_first_day(problem, from, first),
             ganger_words_last_day(problem, to, last));
    return text;
}

const char *ganger_words_period(const struct ganger_problem *problem, bool several,
                                char text[GANGER_DATE_SIZE])
{
    int32_t days = problem->time.period_days;
    if (days == 1 || days == 7) {
        snprintf(text, GANGER_DATE_SIZE, "%s%s", days == 1 ? "day" : "week", several ? "s" : "");
    } else {
        snprintf(text, GANGER_DATE_SIZE, "period%s of %d days", several ? "s" : "", days);
    }
    return text;
}

const char *ganger_words_signed(double value, int decimals, char text[GANGER_SIGNED_SIZE])
{
    char number[GANGER_REPORT_NUMBER];
    ganger_report_number(number, value, decimals);
    bool zero = strspn(number, "0.") == strlen(number);
    snprintf(text, GANGER_SIGNED_SIZE, "%s%s", value > 0 && !zero ? "+" : "", number);
    return text;
}

void ganger_years_of(const struct ganger_problem *problem, struct ganger_years *years)
{
    int32_t first = ganger_report_year(first_day(problem, 0));
    int32_t last = ganger_report_year(ganger_report_last_day(problem, problem->time.periods));
    int32_t step = (last - first) / GANGER_YEARS_MAX + 1;
    *years = (struct ganger_years){first, step, (last - first) / step + 1, {{0}}};
    for (int32_t i = 0; i < years->count; i++) {
        snprintf(years->name[i], sizeof years->name[i], "%d", first + i * step);
    }
}

int32_t ganger_years_at(const struct ganger_years *years, const struct ganger_problem *problem,
                        int32_t period)
{
    return (ganger_report_year(first_day(problem, period)) - years->first) / years->step;
}
