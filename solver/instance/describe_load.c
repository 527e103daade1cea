/* What all works together would take of each resource, in their least demanding modes. */
#include "instance/describe.h"

#include "base/date.h"

static double need_of(const struct ganger_problem *p, int32_t mode, int32_t resource)
{
    if (resource == p->resources.budget) {
        return p->modes.cost[mode];
    }
    for (int32_t i = p->modes.first_use[mode]; i < p->modes.first_use[mode + 1]; i++) {
        if (p->modes.use_resource[i] == resource) {
            bool renewable = p->resources.renewable_index[resource] != GANGER_NONE;
            double times = renewable ? p->modes.duration[mode] : 1;
            return times * p->modes.use_amount[i];
        }
    }
    return 0;
}

/* Least need over the modes, summed over the works; `mandatory` for those that must be done. */
static double least_need(const struct ganger_problem *p, int32_t resource, double *mandatory)
{
    double sum = 0;
    *mandatory = 0;
    for (int32_t w = 0; w < p->works.count; w++) {
        double least = 0;
        for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
            double need = need_of(p, m, resource);
            least = m == p->works.first_mode[w] || need < least ? need : least;
        }
        sum += least;
        *mandatory += p->works.mandatory[w] ? least : 0;
    }
    return sum;
}

/* The first boundary by which there have been `need` work-periods, or GANGER_NONE. */
static int32_t boundary_for(const struct ganger_problem *p, const int32_t *capacity, double need)
{
    double there = 0;
    for (int32_t t = 0; t < p->time.periods; t++) {
        if (there >= need) {
            return t;
        }
        there += capacity[t];
    }
    return there >= need ? p->time.periods : GANGER_NONE;
}

static void describe_renewable(struct ganger_text *text, const struct ganger_problem *p,
                               int32_t resource)
{
    const int32_t *capacity =
        p->resources.capacity + (int64_t)p->resources.renewable_index[resource] * p->time.periods;
    double mandatory = 0, there = 0;
    double need = least_need(p, resource, &mandatory);
    int32_t most = 0;
    for (int32_t t = 0; t < p->time.periods; t++) {
        there += capacity[t];
        most = capacity[t] > most ? capacity[t] : most;
    }
    ganger_text_format(text, "%-30s %8d %12.0f %12.0f %12.0f", p->resources.id[resource], most,
                       there, need, mandatory);
    if (p->objective == GANGER_OBJECTIVE_MAKESPAN) {
        int32_t end = boundary_for(p, capacity, mandatory);
        if (end == GANGER_NONE) {
            ganger_text_add(text, "   never");
        } else {
            ganger_text_format(text, " %7d", end);
        }
    } else if (there > 0) {
        ganger_text_format(text, " %5.0f %%", 100 * need / there);
    }
    ganger_text_add(text, "\n");
}

static void describe_windows(struct ganger_text *text, const struct ganger_problem *p,
                             int32_t resource)
{
    char from[GANGER_DATE_SIZE], to[GANGER_DATE_SIZE];
    const struct ganger_resources *r = &p->resources;
    double mandatory = 0;
    double need = least_need(p, resource, &mandatory);
    const char *unit = *r->unit[resource] != '\0' ? r->unit[resource] : "units";
    ganger_text_format(text, "\n%s: all works take at least %.1f %s, the mandatory ones %.1f\n",
                       r->id[resource], need, unit, mandatory);
    for (int32_t i = r->first_window[resource]; i < r->first_window[resource + 1]; i++) {
        int32_t window = r->window_list[i];
        int64_t days = p->time.period_days;
        ganger_text_format(
            text, "    %s to %s: %.15g\n",
            ganger_date_format(p->time.start_day + days * r->window_from[window], from),
            ganger_date_format(p->time.start_day + days * r->window_to[window] - 1, to),
            r->window_limit[window]);
    }
}

void ganger_describe_load(struct ganger_text *text, const struct ganger_problem *p)
{
    if (p->resources.renewables > 0) {
        ganger_text_format(text, "\n%-30s %8s %12s %12s %12s %7s\n", "renewable, work-periods",
                           "at most", "there are", "all works", "mandatory",
                           p->objective == GANGER_OBJECTIVE_MAKESPAN ? "end >=" : "load");
    }
    for (int32_t i = 0; i < p->resources.renewables; i++) {
        describe_renewable(text, p, p->resources.renewable_resource[i]);
    }
    for (int32_t resource = 0; resource < p->resources.count; resource++) {
        if (p->resources.kind[resource] == GANGER_RESOURCE_CONSUMABLE) {
            describe_windows(text, p, resource);
        }
    }
}
