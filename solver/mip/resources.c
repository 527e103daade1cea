/* Renewables, period by period, and consumables, window by window. */
#include "mip/programme.h"

static void add_renewable(struct ganger_mip_programme *x, int32_t r, int32_t t)
{
    const struct ganger_problem *p = x->problem;
    int64_t before = x->mip.entries, index = p->resources.renewable_index[r];
    int32_t row = ganger_mip_add_row(
        &x->mip,
        (struct ganger_mip_row){.name = {"gang", {r, t, GANGER_NONE}},
                                .limit = p->resources.capacity[index * p->time.periods + t]});
    for (int32_t i = 0; i < p->modes.uses; i++) {
        int32_t m = p->modes.use_mode[i];
        if (p->modes.use_resource[i] == r && ganger_mip_active(x, m, t)) {
            ganger_mip_add_occupied(x, row, m, t, p->modes.use_amount[i]);
        }
    }
    ganger_mip_drop_empty(&x->mip, before);
}

/* An amount that is spread over the working periods of a mode, and the periods that are looked at. */
struct spread {
    double amount;
    int32_t from, to;
};

static double share_within(const struct ganger_mip_programme *x, int32_t mode, int32_t step,
                           const void *context)
{
    const struct ganger_problem *p = x->problem;
    const struct spread *spread = context;
    int64_t calendar = p->works.calendar[p->modes.work[mode]] + 1;
    const int32_t *worked = p->calendars.cumulative + calendar * (p->time.periods + 1);
    int32_t start = x->start[step], finish = x->finish[step];
    if (start == finish) {
        return spread->from <= start && start < spread->to ? spread->amount : 0;
    }
    int32_t from = spread->from > start ? spread->from : start;
    int32_t to = spread->to < finish ? spread->to : finish;
    return from < to
               ? spread->amount * (worked[to] - worked[from]) / (worked[finish] - worked[start])
               : 0;
}

static void add_window(struct ganger_mip_programme *x, int32_t j)
{
    const struct ganger_problem *p = x->problem;
    int32_t r = p->resources.window_resource[j];
    int64_t before = x->mip.entries;
    struct spread spread = {0, p->resources.window_from[j], p->resources.window_to[j]};
    int32_t row =
        ganger_mip_add_row(&x->mip, (struct ganger_mip_row){.name = {"window", {j, GANGER_NONE, 0}},
                                                            .limit = p->resources.window_limit[j]});
    for (int32_t i = 0; i < p->modes.uses; i++) {
        if (p->modes.use_resource[i] == r) {
            spread.amount = p->modes.use_amount[i];
            ganger_mip_add_by_start(x, row, p->modes.use_mode[i], share_within, &spread);
        }
    }
    for (int32_t m = 0; r == p->resources.budget && m < p->modes.count; m++) {
        spread.amount = p->modes.cost[m];
        ganger_mip_add_by_start(x, row, m, share_within, &spread);
    }
    ganger_mip_drop_empty(&x->mip, before);
}

void ganger_mip_resources(struct ganger_mip_programme *x)
{
    const struct ganger_problem *p = x->problem;
    for (int32_t i = 0; i < p->resources.renewables; i++) {
        for (int32_t t = 0; t < p->time.periods; t++) {
            add_renewable(x, p->resources.renewable_resource[i], t);
        }
    }
    for (int32_t j = 0; j < p->resources.windows; j++) {
        add_window(x, j);
    }
}
