/* What all works together would take of each resource, in their least demanding modes. */
#include "instance/describe.h"

#include "base/date.h"
#include <stdlib.h>

/* Sums over works, by resource: of each work what its least demanding mode takes. */
struct load {
    double *all, *mandatory;
    double *least;   /* of the work at hand */
    int32_t *modes;  /* of the work at hand that take of the resource */
    int32_t *listed; /* resources that they take of */
};

static bool load_init(struct load *load, int32_t resources)
{
    size_t room = (size_t)resources + 1;
    *load = (struct load){.all = calloc(room, sizeof *load->all),
                          .mandatory = calloc(room, sizeof *load->mandatory),
                          .least = calloc(room, sizeof *load->least),
                          .modes = calloc(room, sizeof *load->modes),
                          .listed = calloc(room, sizeof *load->listed)};
    return load->all != NULL && load->mandatory != NULL && load->least != NULL &&
           load->modes != NULL && load->listed != NULL;
}

static void load_clear(struct load *load)
{
    free(load->all);
    free(load->mandatory);
    free(load->least);
    free(load->modes);
    free(load->listed);
}

/* Notes that one more mode takes so much; returns how many resources are listed. */
static int32_t note(struct load *load, int32_t resource, double need, int32_t count)
{
    if (load->modes[resource]++ == 0) {
        load->least[resource] = need;
        load->listed[count++] = resource;
    } else if (need < load->least[resource]) {
        load->least[resource] = need;
    }
    return count;
}

static int32_t note_mode(struct load *load, const struct ganger_problem *p, int32_t mode,
                         int32_t count)
{
    int32_t budget = p->resources.budget;
    if (budget != GANGER_NONE) {
        count = note(load, budget, p->modes.cost[mode], count);
    }
    for (int32_t i = p->modes.first_use[mode]; i < p->modes.first_use[mode + 1]; i++) {
        int32_t resource = p->modes.use_resource[i];
        bool renewable = p->resources.renewable_index[resource] != GANGER_NONE;
        double times = renewable ? p->modes.duration[mode] : 1;
        if (resource != budget) {
            count = note(load, resource, times * p->modes.use_amount[i], count);
        }
    }
    return count;
}

static void load_sum(struct load *load, const struct ganger_problem *p)
{
    for (int32_t w = 0; w < p->works.count; w++) {
        int32_t first = p->works.first_mode[w], end = p->works.first_mode[w + 1], count = 0;
        for (int32_t m = first; m < end; m++) {
            count = note_mode(load, p, m, count);
        }
        for (int32_t i = 0; i < count; i++) {
            int32_t resource = load->listed[i];
            /* What some mode does without is not needed. */
            double least = load->modes[resource] == end - first ? load->least[resource] : 0;
            load->all[resource] += least;
            load->mandatory[resource] += p->works.mandatory[w] ? least : 0;
            load->modes[resource] = 0;
        }
    }
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
                               const struct load *load, int32_t resource)
{
    const int32_t *capacity =
        p->resources.capacity + (int64_t)p->resources.renewable_index[resource] * p->time.periods;
    double need = load->all[resource], mandatory = load->mandatory[resource], there = 0;
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
                             const struct load *load, int32_t resource)
{
    char from[GANGER_DATE_SIZE], to[GANGER_DATE_SIZE];
    const struct ganger_resources *r = &p->resources;
    const char *unit = *r->unit[resource] != '\0' ? r->unit[resource] : "units";
    ganger_text_format(text, "\n%s: all works take at least %.1f %s, the mandatory ones %.1f\n",
                       r->id[resource], load->all[resource], unit, load->mandatory[resource]);
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
    struct load load;
    if (!load_init(&load, p->resources.count)) {
        text->failed = true;
        load_clear(&load);
        return;
    }
    load_sum(&load, p);
    if (p->resources.renewables > 0) {
        ganger_text_format(text, "\n%-30s %8s %12s %12s %12s %7s\n", "renewable, work-periods",
                           "at most", "there are", "all works", "mandatory",
                           p->objective == GANGER_OBJECTIVE_MAKESPAN ? "end >=" : "load");
    }
    for (int32_t i = 0; i < p->resources.renewables; i++) {
        describe_renewable(text, p, &load, p->resources.renewable_resource[i]);
    }
    for (int32_t resource = 0; resource < p->resources.count; resource++) {
        if (p->resources.kind[resource] == GANGER_RESOURCE_CONSUMABLE) {
            describe_windows(text, p, &load, resource);
        }
    }
    load_clear(&load);
}
