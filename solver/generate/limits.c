/* What there is of gangs, machines, money and supplies: too little for all works, enough for the targets. */
#include "generate/works.h"

enum { BEGIN_PERCENT = 60 /* of the usual in the first year */ };

static void add_capacity(struct ganger_country *c, int32_t resource, const int32_t range[2],
                         double limit)
{
    struct ganger_problem *p = c->draft.problem;
    if (range[0] < range[1]) {
        int32_t row = ganger_draft_row(&c->draft, GANGER_TABLE_CAPACITY);
        p->resources.row_resource[row] = resource;
        p->resources.row_from[row] = range[0];
        p->resources.row_to[row] = range[1];
        p->resources.row_limit[row] = limit;
    }
}

/* Gangs for most works, but not for all, each type and region with luck of its own; fewer at first. */
static void size_gangs(struct ganger_country *c, int32_t resource, struct ganger_rng *rng)
{
    const struct ganger_need *need = &c->need[resource];
    enum ganger_gang_type type = (enum ganger_gang_type)need->type;
    int32_t periods = c->options.periods, second = ganger_country_boundary(c, 1, 1);
    bool extra = type == GANGER_GANG_RELIEF || type == GANGER_GANG_TRACKLAYER;
    int64_t share = (extra ? 25 : 60) + ganger_rng_below(rng, 25);
    int64_t there = (int64_t)periods * ganger_gang_productive(type);
    int64_t gangs = (need->periods * share + there / 2) / there;
    gangs = gangs > need->most ? gangs : need->most;
    int64_t begin = gangs * BEGIN_PERCENT / 100;
    begin = begin > need->most ? begin : need->most;
    if (begin == gangs) {
        add_capacity(c, resource, (const int32_t[]){0, periods}, (double)gangs);
        return;
    }
    add_capacity(c, resource, (const int32_t[]){0, second}, (double)begin);
    add_capacity(c, resource, (const int32_t[]){second, periods}, (double)gangs);
}

/* A window a year by its length, less in the first, and one over the first half that asks to spread the money. */
static void size_windows(struct ganger_country *c, int32_t resource, int64_t percent)
{
    int32_t periods = c->options.periods, years = ganger_country_years(c);
    bool money = c->need[resource].type == GANGER_GANG_BUDGET;
    int64_t all = c->need[resource].periods * percent / 100 / (money ? 1000 : 1);
    int64_t most = c->need[resource].most / (money ? 1000 : 1) + 1;
    for (int32_t year = 0; year < years; year++) {
        const int32_t range[] = {ganger_country_boundary(c, year, 1),
                                 ganger_country_boundary(c, year + 1, 1)};
        int64_t limit = all * (range[1] - range[0]) / periods * (year == 0 ? 75 : 105) / 100;
        /* In a small programme the largest work must still fit into a year. */
        add_capacity(c, resource, range, (double)(limit > most ? limit : most));
    }
    if (money && years > 2) {
        const int32_t half[] = {0, ganger_country_boundary(c, years / 2, 1)};
        add_capacity(c, resource, half, (double)(all * half[1] / periods * 95 / 100));
    }
}

/* km of all works of a kind. */
static int64_t offered_km(const struct ganger_country *c, enum ganger_work_kind kind)
{
    const struct ganger_problem *p = c->draft.problem;
    int64_t length = 0;
    for (int32_t w = 0; w < p->works.count; w++) {
        length +=
            p->works.kind[w] == (uint8_t)kind ? ganger_segment_length(c, p->works.segment[w]) : 0;
    }
    return length / 10;
}

struct target {
    const char *id;
    enum ganger_work_kind kind;
    int32_t percent; /* of the km offered */
    int32_t by;      /* percent of the programme */
    int32_t cost;    /* of a missing km, tenths of M USD */
};

/* A missing km costs some four times what doing it would. */
static void add_target(struct ganger_country *c, const struct target *about)
{
    struct ganger_problem *p = c->draft.problem;
    int32_t row = ganger_draft_row(&c->draft, GANGER_TABLE_TARGET);
    ganger_draft_text(&c->draft, &p->targets.id[row], "%s", about->id);
    p->targets.kinds[row] = 1u << about->kind;
    p->targets.by[row] = c->options.periods * about->by / 100;
    p->targets.km[row] = (double)(offered_km(c, about->kind) * about->percent / 100);
    p->targets.shortfall_cost[row] = (double)about->cost / 10.0;
}

bool ganger_generate_limits(struct ganger_country *country)
{
    static const struct target targets[] = {
        {"target-repair-half", GANGER_WORK_REPAIR, 22, 50, 10},
        {"target-repair", GANGER_WORK_REPAIR, 56, 100, 20},
        {"target-build", GANGER_WORK_BUILD, 50, 100, 60},
    };
    const struct ganger_resources *r = &country->draft.problem->resources;
    struct ganger_rng rng;
    ganger_country_rng(country, &rng, GANGER_STREAM_GANGS, 0);
    for (int32_t i = 0; i < r->count; i++) {
        if (country->need[i].type == GANGER_GANG_RULE) {
            add_capacity(country, i, (const int32_t[]){0, country->options.periods}, 1);
        } else if (r->kind[i] == GANGER_RESOURCE_CONSUMABLE) {
            size_windows(country, i, country->need[i].type == GANGER_GANG_BUDGET ? 47 : 58);
        } else {
            size_gangs(country, i, &rng);
        }
    }
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        add_target(country, &targets[i]);
    }
    return !country->draft.failed;
}
