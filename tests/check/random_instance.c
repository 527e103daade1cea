#include "check/random_instance.h"

#include "check/package.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { TEXT = 4096 };

struct draft {
    struct ganger_rng *rng;
    int periods, links, segments, works;
    int base[8]; /* of segments */
    char node[TEXT], link[TEXT], segment[TEXT], demand[TEXT], profile[TEXT], work[TEXT], mode[TEXT];
    char usage[TEXT], capacity[TEXT], precedence[TEXT], target[TEXT], calendar[TEXT];
};

static int pick(struct draft *d, int count)
{
    return (int)ganger_rng_below(d->rng, count);
}

static void add(char text[TEXT], const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add(char text[TEXT], const char *format, ...)
{
    size_t length = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + length, TEXT - length, format, arguments);
    va_end(arguments);
}

static void draft_network(struct draft *d)
{
    static const int bases[] = {0, 4, 6, 9};
    add(d->node, "node_id,x_coord,y_coord,railhead\n");
    add(d->link, "link_id,from_node_id,to_node_id,directed,cost_per_tkm\n");
    add(d->segment, "segment_id,link_id,ref_node_id,start_lr,end_lr,capacity,decay,floor\n");
    for (int i = 0; i <= d->links; i++) {
        add(d->node, "n%d,%d,0,%s\n", i, i, i == 0 ? "true" : "false");
    }
    for (int i = 0; i < d->links; i++) {
        int parts = 1 + pick(d, 2);
        add(d->link, "l%d,n%d,n%d,false,0.%d\n", i, i, i + 1, pick(d, 10));
        for (int j = 0; j < parts; j++) {
            /* Only the first segment may be unbuilt: a work on it is sure to be drawn. */
            d->base[d->segments] = bases[d->segments == 0 ? pick(d, 4) : 1 + pick(d, 3)];
            add(d->segment, "q%d,l%d,n%d,%d,%d,%d,0.%d,0.%d\n", d->segments, i, i, 10 * j,
                10 * (j + 1), d->base[d->segments], pick(d, 6), 4 + pick(d, 6));
            d->segments++;
        }
    }
}

static void draft_demand(struct draft *d, const char *id, int from, int to)
{
    add(d->demand, "%s,n%d,n%d,%d\n", id, from, to, 5 + pick(d, 20));
    add(d->profile, "%s,0,%d\n%s,%d,%d.5\n", id, 1 + pick(d, 8), id, 1 + pick(d, d->periods),
        pick(d, 10));
}

static void draft_demands(struct draft *d)
{
    char id[16];
    add(d->demand, "demand_id,origin,destination,value\n");
    add(d->profile, "demand_id,from,mt_per_year\n");
    for (int i = 0; i < d->links; i++) {
        snprintf(id, sizeof id, "f%d", i);
        draft_demand(d, id, i, i + 1);
        if (pick(d, 2)) {
            snprintf(id, sizeof id, "b%d", i);
            draft_demand(d, id, i + 1, i);
        }
    }
    if (d->links > 1) {
        draft_demand(d, "through", 0, d->links);
    }
}

static void draft_modes(struct draft *d, int w)
{
    static const char *const factors[] = {"0", "0.3", "0.6", "1"};
    int modes = 1 + pick(d, 2);
    for (int m = 0; m < modes; m++) {
        add(d->mode, "w%d,m%d,%d,%d.25,%s\n", w, m, pick(d, 8) ? 1 + pick(d, 2) : 0, pick(d, 12),
            factors[pick(d, 4)]);
        if (pick(d, 2)) {
            add(d->usage, "w%d,m%d,gang,%d\n", w, m, 1 + pick(d, 2));
        }
        if (pick(d, 2)) {
            add(d->usage, "w%d,m%d,rail,%d\n", w, m, 1 + pick(d, 9));
        }
    }
}

/* An optional cell: a number below `count` in one case of four. */
static void add_rare(struct draft *d, char text[TEXT], int first, int count)
{
    if (pick(d, 4) == 0) {
        add(text, "%d", first + pick(d, count));
    }
    add(text, ",");
}

static void draft_works(struct draft *d)
{
    static const char *const kinds[] = {"repair", "upgrade"};
    int common = pick(d, 2) ? pick(d, d->base[0] ? d->segments : 1) : -1;
    add(d->work, "work_id,kind,segment_id,km,gain,renews,earliest,deadline,due,tardiness_cost,"
                 "mandatory,calendar_id,fixed_start\n");
    add(d->mode, "work_id,mode_id,duration,cost,factor\n");
    add(d->usage, "work_id,mode_id,resource_id,amount\n");
    for (int w = 0; w < d->works; w++) {
        int q = common >= 0 ? common : w == 0 && !d->base[0] ? 0 : pick(d, d->segments + 1) - 1;
        if (q < 0) {
            add(d->work, "w%d,facility,,0,0,false,", w);
        } else {
            bool build = d->base[q] == 0;
            add(d->work, "w%d,%s,q%d,10,%d,%s,", w, build ? "build" : kinds[pick(d, 2)], q,
                build ? 5 + pick(d, 4) : pick(d, 3), pick(d, 2) ? "true" : "false");
        }
        add_rare(d, d->work, 0, 2);
        add_rare(d, d->work, d->periods - 1, 2);
        add_rare(d, d->work, 1, 3);
        add(d->work, "%d.5,%s,%s,", pick(d, 3), pick(d, 8) ? "false" : "true",
            pick(d, 2) ? "cal" : "");
        add(d->work, pick(d, 10) ? "\n" : "2\n");
        draft_modes(d, w);
    }
}

static void draft_rules(struct draft *d)
{
    add(d->capacity, "resource_id,from,to,limit\ngang,0,%d,%d\ngang,%d,%d,2\n", d->periods / 2,
        1 + pick(d, 2), d->periods / 2, d->periods);
    add(d->capacity, "budget,0,2,%d\nbudget,0,%d,%d\nrail,1,%d,%d\n", 4 + pick(d, 8), d->periods,
        8 + pick(d, 12), d->periods, 5 + pick(d, 9));
    add(d->calendar, "calendar_id,from,to,productivity\ncal,1,2,%d\ncal,3,4,%d\n", 50 * pick(d, 2),
        25 * pick(d, 4));
    add(d->precedence, "predecessor,successor,type,lag\n");
    if (d->works > 1 && pick(d, 2)) {
        add(d->precedence, "w0,w1,%s,%d\n", pick(d, 2) ? "FS" : "SS", pick(d, 2));
    }
    if (d->works > 2 && pick(d, 3) == 0) {
        add(d->precedence, "w1,w2,%s,%d\n", pick(d, 2) ? "FS" : "SS", pick(d, 2));
    }
    add(d->target, "target_id,kind,by,km,shortfall_cost,hard\n");
    add(d->target, "one,repair,%d,%d,%d,%s\n", 2 + pick(d, d->periods - 1), 5 + pick(d, 20),
        pick(d, 3), pick(d, 12) ? "false" : "true");
    add(d->target, "two,build|upgrade,%d,%d,0.%d,false\n", 2 + pick(d, d->periods - 1),
        5 + pick(d, 20), pick(d, 9));
}

struct ganger_problem *random_instance(struct ganger_rng *rng)
{
    struct draft d;
    char settings[256];
    memset(&d, 0, sizeof d);
    d.rng = rng;
    d.periods = 4 + pick(&d, 2);
    d.links = 1 + pick(&d, 2);
    d.works = 1 + pick(&d, 3);
    draft_network(&d);
    draft_demands(&d);
    draft_works(&d);
    draft_rules(&d);
    snprintf(settings, sizeof settings,
             "\"start_date\": \"2025-01-01\", \"period_days\": 90, \"periods\": %d, "
             "\"discount_rate\": 0.%d, \"terminal_years\": %d, \"objective\": \"npv\", "
             "\"railhead\": %s, \"currency\": \"USD\"",
             d.periods, pick(&d, 2), pick(&d, 4), pick(&d, 2) ? "true" : "false");
    const struct package_table tables[] = {
        {"node", d.node},
        {"link", d.link},
        {"segment", d.segment},
        {"demand", d.demand},
        {"demand_profile", d.profile},
        {"work", d.work},
        {"mode", d.mode},
        {"usage", d.usage},
        {"resource", "resource_id,kind\ngang,renewable\nbudget,consumable\nrail,consumable\n"},
        {"capacity", d.capacity},
        {"precedence", d.precedence},
        {"target", d.target},
        {"calendar", d.calendar},
        {NULL, NULL}};
    return package_problem(settings, tables);
}
