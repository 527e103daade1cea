#include "support/tiny.h"
#include "support/scratch.h"

#include <ganger/ganger.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *name, *header;
} tables[TINY_TABLES] = {
    [TINY_NODE] = {"node", "node_id,railhead,x_coord,y_coord"},
    [TINY_LINK] = {"link", "link_id,from_node_id,to_node_id,directed,cost_per_tkm"},
    [TINY_SEGMENT] = {"segment",
                      "segment_id,link_id,ref_node_id,start_lr,end_lr,capacity,decay,floor"},
    [TINY_DEMAND] = {"demand", "demand_id,origin,destination,value"},
    [TINY_PROFILE] = {"demand_profile", "demand_id,from,mt_per_year"},
    [TINY_WORK] = {"work", "work_id,kind,segment_id,km,gain,renews,earliest,deadline,due,"
                           "tardiness_cost,mandatory,calendar_id,fixed_start,fixed_mode"},
    [TINY_MODE] = {"mode", "work_id,mode_id,duration,cost,factor"},
    [TINY_USAGE] = {"usage", "work_id,mode_id,resource_id,amount"},
    [TINY_RESOURCE] = {"resource", "resource_id,kind"},
    [TINY_CAPACITY] = {"capacity", "resource_id,from,to,limit"},
    [TINY_PRECEDENCE] = {"precedence", "predecessor,successor,type,lag"},
    [TINY_CALENDAR] = {"calendar", "calendar_id,from,to,productivity"},
    [TINY_TARGET] = {"target", "target_id,kind,by,km,shortfall_cost,hard"},
};

void tiny_init(struct tiny *tiny, int periods)
{
    memset(tiny, 0, sizeof *tiny);
    tiny->periods = periods;
    tiny->period_days = 90;
    tiny->railhead = true;
}

void tiny_add(struct tiny *tiny, enum tiny_table table, const char *format, ...)
{
    char *text = tiny->text[table];
    size_t length = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + length, TINY_TEXT - length - 8, format, arguments);
    va_end(arguments);
    strcat(text, table == TINY_NODE ? ",0,0\n" : "\n");
}

/* Writes one file of the folder, or removes it if `head` is NULL. */
static bool put_file(const char *folder, const char *name, const char *head, const char *body)
{
    char path[SCRATCH_INSIDE];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (head == NULL) {
        return unlink(path) == 0;
    }
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        return false;
    }
    bool written = fprintf(file, "%s\n%s", head, body) > 0;
    return fclose(file) == 0 && written;
}

static void write_settings(const struct tiny *tiny, char *text, size_t size)
{
    size_t length = (size_t)snprintf(
        text, size,
        "{\"name\": \"tiny\", \"ganger\": {\"start_date\": \"2025-01-01\", \"period_days\": %d, "
        "\"periods\": %d, \"discount_rate\": %.9g, \"terminal_years\": %.9g, \"objective\": "
        "\"%s\", \"railhead\": %s, \"currency\": \"USD\"}, \"resources\": [",
        tiny->period_days, tiny->periods, tiny->discount_rate, tiny->terminal_years,
        tiny->makespan ? "makespan" : "npv", tiny->railhead ? "true" : "false");
    const char *comma = "";
    for (int i = 0; i < TINY_TABLES; i++) {
        if (tiny->text[i][0] != '\0') {
            length += (size_t)snprintf(text + length, size - length,
                                       "%s{\"name\": \"%s\", \"path\": \"%s.csv\"}", comma,
                                       tables[i].name, tables[i].name);
            comma = ", ";
        }
    }
    snprintf(text + length, size - length, "]}");
}

static struct ganger_problem *read_quietly(const struct tiny *tiny,
                                           struct ganger_findings *findings)
{
    char folder[SCRATCH_PATH];
    char settings[4096];
    char name[64];
    struct ganger_problem *problem = NULL;
    scratch_folder(folder);
    write_settings(tiny, settings, sizeof settings);
    bool written = put_file(folder, "datapackage.json", settings, "");
    for (int i = 0; i < TINY_TABLES; i++) {
        snprintf(name, sizeof name, "%s.csv", tables[i].name);
        written = written && (tiny->text[i][0] == '\0' ||
                              put_file(folder, name, tables[i].header, tiny->text[i]));
    }
    if (written && ganger_problem_read(folder, &problem, findings) != GANGER_STATUS_OK) {
        problem = NULL;
    }
    for (int i = 0; i < TINY_TABLES; i++) {
        snprintf(name, sizeof name, "%s.csv", tables[i].name);
        put_file(folder, name, NULL, NULL);
    }
    put_file(folder, "datapackage.json", NULL, NULL);
    rmdir(folder);
    return problem;
}

struct ganger_problem *tiny_read(const struct tiny *tiny)
{
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    struct ganger_problem *problem = read_quietly(tiny, &findings);
    for (int i = 0; i < findings.count; i++) {
        char text[300];
        ganger_finding_format(&findings.list[i], text, sizeof text);
        fprintf(stderr, "%s\n", text);
    }
    ganger_findings_clear(&findings);
    return problem;
}

struct ganger_problem *tiny_try(const struct tiny *tiny)
{
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    struct ganger_problem *problem = read_quietly(tiny, &findings);
    ganger_findings_clear(&findings);
    return problem;
}

/* --- random problems --- */

struct draft {
    struct tiny tiny;
    struct ganger_rng *rng;
    struct tiny_shape shape;
    int links, segments, works;
    int crowd;        /* segment of all works if they are crowded, GANGER_NONE before the first */
    bool unbuilt[24]; /* by segment */
    int stage;        /* segment of the first work, for shape.stages */
};

static int pick(struct draft *d, int count)
{
    return (int)ganger_rng_below(d->rng, count);
}

static void draft_link(struct draft *d, int from, int to, int parts, bool built)
{
    int link = d->links++;
    bool directed = built && pick(d, 5) == 0;
    tiny_add(&d->tiny, TINY_LINK, "l%d,n%d,n%d,%s,0.%02d", link, from, to,
             directed ? "true" : "false", pick(d, 30));
    for (int i = 0; i < parts; i++) {
        int q = d->segments++;
        d->unbuilt[q] = !built;
        tiny_add(&d->tiny, TINY_SEGMENT, "q%d,l%d,n%d,%d,%d,%d,0.%02d,0.%d", q, link, from, 10 * i,
                 10 * (i + 1), built ? 2 + pick(d, 8) : 0, built ? pick(d, 40) : 0, 3 + pick(d, 7));
    }
}

static void draft_network(struct draft *d)
{
    for (int v = 0; v < 4; v++) {
        tiny_add(&d->tiny, TINY_NODE, "n%d,%s", v, pick(d, 8) ? "false" : "true");
    }
    draft_link(d, 0, 1, 1 + pick(d, 2), true);
    draft_link(d, 1, 2, 1 + pick(d, 2), true);
    if (d->shape.rails) {
        draft_link(d, 2, 3, 2 + pick(d, 2), false);
    }
    if (pick(d, 2)) {
        draft_link(d, 2, 0, 1, true);
    }
    if (pick(d, 3) || !d->shape.rails) {
        draft_link(d, 3, pick(d, 2), 1 + pick(d, 2), !d->shape.rails || pick(d, 2));
    }
    if (pick(d, 3) == 0) {
        draft_link(d, 0, 1, 1, true);
    }
}

static void draft_demands(struct draft *d)
{
    int demands = 2 + pick(d, 2);
    for (int k = 0; k < demands; k++) {
        int from = pick(d, 4);
        int to = (from + 1 + pick(d, 3)) % 4;
        tiny_add(&d->tiny, TINY_DEMAND, "d%d,n%d,n%d,%d", k, from, to, 5 + pick(d, 25));
        tiny_add(&d->tiny, TINY_PROFILE, "d%d,0,%d", k, pick(d, 9));
        tiny_add(&d->tiny, TINY_PROFILE, "d%d,%d,%d.5", k, 1 + pick(d, d->tiny.periods),
                 1 + pick(d, 8));
    }
}

static void draft_modes(struct draft *d, int w)
{
    static const char *const factors[] = {"0", "0.3", "0.6", "1"};
    static const char *const resources[] = {"gang", "crew", "rails"};
    int modes = 1 + pick(d, 2);
    for (int m = 0; m < modes; m++) {
        tiny_add(&d->tiny, TINY_MODE, "w%d,m%d,%d,%d.25,%s", w, m,
                 pick(d, 8) ? 1 + pick(d, d->shape.longest) : 0, pick(d, 12), factors[pick(d, 4)]);
        for (int r = 0; r < 3; r++) {
            if (pick(d, 2)) {
                tiny_add(&d->tiny, TINY_USAGE, "w%d,m%d,%s,%d", w, m, resources[r],
                         1 + pick(d, r == 2 ? 9 : 2));
            }
        }
    }
}

/* An optional cell: `first` or a few more, in one case of `rare`. */
static const char *cell(struct draft *d, char text[16], int rare, int first, int count)
{
    text[0] = '\0';
    if (pick(d, rare) == 0) {
        snprintf(text, 16, "%d", first + pick(d, count));
    }
    return text;
}

static int draft_segment(struct draft *d)
{
    if (d->shape.crowded && d->crowd != GANGER_NONE) {
        return d->crowd;
    }
    bool build = d->shape.rails && pick(d, 2);
    for (int tries = 0; tries < 50; tries++) {
        int q = pick(d, d->segments);
        if (d->unbuilt[q] == build) {
            d->crowd = q;
            return q;
        }
    }
    return GANGER_NONE;
}

static void draft_works(struct draft *d)
{
    char earliest[16], deadline[16], due[16], fixed[16], segment[16];
    int periods = d->tiny.periods;
    for (int w = 0; w < d->works; w++) {
        bool stage = d->shape.stages && w > 0 && pick(d, 4) > 0;
        int q = stage ? d->stage : pick(d, 8) ? draft_segment(d) : GANGER_NONE;
        d->stage = w == 0 ? q : d->stage;
        bool build = q != GANGER_NONE && d->unbuilt[q];
        const char *kind = q == GANGER_NONE ? "facility"
                           : build          ? "build"
                           : pick(d, 2)     ? "repair"
                                            : "upgrade";
        segment[0] = '\0';
        if (q != GANGER_NONE) {
            snprintf(segment, sizeof segment, "q%d", q);
        }
        tiny_add(
            &d->tiny, TINY_WORK, "w%d,%s,%s,10,%d,%s,%s,%s,%s,%d.5,%s,%s,%s,", w, kind, segment,
            build              ? 2 + pick(d, 6)
            : q == GANGER_NONE ? 0
                               : pick(d, 4),
            q != GANGER_NONE && pick(d, 2) ? "true" : "false", cell(d, earliest, 4, 0, 3),
            cell(d, deadline, 5, periods - 2, 2), cell(d, due, 4, 2, periods - 2), pick(d, 3),
            pick(d, 10) ? "false" : "true", pick(d, 2) ? "pauses" : "", cell(d, fixed, 16, 2, 2));
        draft_modes(d, w);
    }
}

static void draft_resources(struct draft *d)
{
    struct tiny *t = &d->tiny;
    int periods = t->periods;
    int half = periods / 2;
    tiny_add(t, TINY_RESOURCE,
             "gang,renewable\ncrew,renewable\nrails,consumable\nbudget,consumable");
    tiny_add(t, TINY_CAPACITY, "gang,0,%d,%d", half, 1 + pick(d, 2));
    tiny_add(t, TINY_CAPACITY, "gang,%d,%d,2", half, periods);
    tiny_add(t, TINY_CAPACITY, "crew,%d,%d,%d", pick(d, 2), periods, 2 + pick(d, 2));
    /* Limits that no sum of shares meets exactly, so that rounding decides nothing. */
    tiny_add(t, TINY_CAPACITY, "rails,1,%d,%d.37", periods - 1, 5 + pick(d, 12));
    tiny_add(t, TINY_CAPACITY, "budget,0,%d,%d.37", half, 4 + pick(d, 12));
    tiny_add(t, TINY_CAPACITY, "budget,0,%d,%d.37", periods, 10 + pick(d, 20));
}

static void draft_order(struct draft *d)
{
    struct tiny *t = &d->tiny;
    for (int w = 1; w < d->works; w++) {
        if (pick(d, d->shape.stages ? 1 : 3) == 0) {
            tiny_add(t, TINY_PRECEDENCE, "w%d,w%d,%s,%d", pick(d, w), w, pick(d, 2) ? "FS" : "SS",
                     pick(d, 3));
        }
    }
    int rest = 1 + pick(d, t->periods - 2);
    tiny_add(t, TINY_CALENDAR, "pauses,%d,%d,0", rest, rest + 1);
    tiny_add(t, TINY_CALENDAR, "pauses,%d,%d,%d", rest + 1, rest + 2, 25 * pick(d, 5));
    if (rest > 1) {
        tiny_add(t, TINY_CALENDAR, "pauses,0,1,50");
    }
    tiny_add(t, TINY_TARGET, "some,repair,%d,%d,%d.5,%s", 2 + pick(d, t->periods - 1),
             5 + pick(d, 20), pick(d, 3), pick(d, 12) ? "false" : "true");
    tiny_add(t, TINY_TARGET, "more,build|upgrade,%d,%d,0.%d,false", 2 + pick(d, t->periods - 1),
             5 + pick(d, 20), pick(d, 9));
}

static int between(struct draft *d, int most, int least)
{
    int low = (most + 1) / 2 > least ? (most + 1) / 2 : least;
    return low + pick(d, most - low + 1);
}

struct ganger_problem *tiny_random(struct ganger_rng *rng, struct tiny_shape shape)
{
    struct draft *d = malloc(sizeof *d);
    struct ganger_problem *problem = NULL;
    for (int tries = 0; d != NULL && problem == NULL && tries < 100; tries++) {
        struct ganger_findings findings;
        ganger_findings_init(&findings);
        *d = (struct draft){.rng = rng, .shape = shape, .crowd = GANGER_NONE};
        tiny_init(&d->tiny, between(d, shape.periods, 4));
        d->works = between(d, shape.works, 1);
        d->tiny.railhead = pick(d, 5) > 0;
        d->tiny.discount_rate = 0.05 * pick(d, 3);
        d->tiny.terminal_years = pick(d, 3);
        draft_network(d);
        draft_demands(d);
        draft_works(d);
        draft_resources(d);
        draft_order(d);
        problem = read_quietly(&d->tiny, &findings);
        ganger_findings_clear(&findings);
    }
    free(d);
    return problem;
}
