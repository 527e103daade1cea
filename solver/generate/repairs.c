/* Repairs: the busiest and most worn kilometres get the heaviest ones. */
#include "generate/works.h"

#include <stdlib.h>

enum { POSSESSIONS = 4 };
enum possession { BLOCKADE, ONE_TRACK, DAY_WINDOW, NIGHT_WINDOW };

static const char *const possession_names[POSSESSIONS] = {"blockade", "one_track", "day_window",
                                                          "night_window"};
/* Percent of the capacity left on single and on double track; GANGER_NONE: there is no such mode. */
static const int32_t left_over[2][POSSESSIONS] = {{0, GANGER_NONE, 65, 82}, {0, 45, 85, 92}};

/* Rates, costs and shares as in instances/kazakhstan-2030. */
static const struct repair {
    const char *name;
    enum ganger_gang_type gang;
    int32_t share;             /* of the km, percent */
    int32_t cost;              /* thousand USD a km */
    int32_t rate[POSSESSIONS]; /* hm a week; 0: no such mode */
    int32_t dearer[POSSESSIONS];
} repairs[] = {
    {"capital repair", GANGER_GANG_RENEWAL, 40, 500, {50, 42, 33, 0}, {100, 108, 115, 0}},
    {"component repair", GANGER_GANG_MEDIUM, 15, 180, {75, 60, 49, 30}, {100, 106, 112, 125}},
    {"preventive repair", GANGER_GANG_TAMPING, 45, 50, {0, 150, 116, 80}, {0, 100, 110, 120}},
};
enum { REPAIRS = sizeof repairs / sizeof *repairs };
/* Of so much wear, a repair comes soon or is too late. */
enum { MUST_SOON = 805 };

struct candidate {
    int32_t segment;
    int64_t worth;
};

static int compare_worth(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    if (a->worth != b->worth) {
        return a->worth > b->worth ? -1 : 1;
    }
    return a->segment < b->segment ? -1 : a->segment > b->segment;
}

static int32_t list_candidates(const struct ganger_country *c, struct candidate *list)
{
    const struct ganger_problem *p = c->draft.problem;
    int32_t count = 0;
    for (int32_t q = 0; q < p->segments.count; q++) {
        const struct ganger_line *line = &c->line[p->segments.link[q]];
        if (line->kind == GANGER_LINE_OPEN) {
            int64_t wear2 = (int64_t)c->wear[q] * c->wear[q] / 1000;
            list[count++] = (struct candidate){q, (1000 + line->load) * wear2 * wear2 / 1000};
        }
    }
    qsort(list, (size_t)count, sizeof *list, compare_worth);
    return count;
}

/* kind[segment] of each candidate: which repair. */
static void choose(const struct ganger_country *c, const struct candidate *list, int32_t count,
                   int8_t *kind)
{
    int64_t all = 0, done = 0;
    for (int32_t i = 0; i < count; i++) {
        all += ganger_segment_length(c, list[i].segment);
    }
    for (int32_t i = 0; i < count; i++) {
        int8_t heavy = 0;
        int64_t limit = all * repairs[0].share;
        while (heavy < REPAIRS - 1 && done * 100 >= limit) {
            limit += all * repairs[++heavy].share;
        }
        kind[list[i].segment] = heavy;
        done += ganger_segment_length(c, list[i].segment);
    }
}

static void add_modes(struct ganger_country *c, int32_t work, const struct repair *repair)
{
    int32_t segment = c->draft.problem->works.segment[work];
    const struct ganger_line *line = &c->line[c->draft.problem->segments.link[segment]];
    int32_t length = ganger_segment_length(c, segment);
    int32_t region = c->place[line->from].region;
    for (int32_t i = 0; i < POSSESSIONS; i++) {
        int32_t factor = left_over[line->tracks > 1][i];
        if (repair->rate[i] == 0 || factor == GANGER_NONE) {
            continue;
        }
        const struct ganger_new_mode new_mode = {
            .id = possession_names[i],
            .duration = ganger_weeks_for(length, repair->rate[i]),
            .cost = (int64_t)length * repair->cost * repair->dearer[i] / 1000,
            .factor = factor};
        int32_t mode = ganger_add_mode(c, work, &new_mode);
        ganger_add_use(c, mode, ganger_gang_row(c, repair->gang, region), 1);
        if (i == BLOCKADE) {
            ganger_add_use(c, mode, ganger_gang_row(c, GANGER_GANG_RELIEF, region), 1);
        }
        if (i == BLOCKADE && line->rule != GANGER_NONE) {
            ganger_add_use(c, mode, line->rule, 1);
        }
        if (repair->gang == GANGER_GANG_RENEWAL) {
            ganger_add_supplies(c, mode, length);
        }
    }
}

static void add_repair(struct ganger_country *c, int32_t segment, const struct repair *repair)
{
    struct ganger_problem *p = c->draft.problem;
    int32_t link = p->segments.link[segment];
    int32_t number = segment - c->line[link].first_segment + 1;
    int32_t work = ganger_add_work(c, GANGER_WORK_REPAIR, segment, GANGER_SEASON_TRACK);
    ganger_draft_text(&c->draft, &p->works.id[work], "R-L%05d-%02d", link + 1, number);
    ganger_draft_text(&c->draft, &p->works.name[work], "%s %d: %s", p->links.name[link], number,
                      repair->name);
    p->works.km[work] = (double)ganger_segment_length(c, segment) / 10.0;
    p->works.renews[work] = true;
    if (c->wear[segment] >= MUST_SOON) {
        p->works.deadline[work] = c->options.periods * 2 / 3;
    }
    add_modes(c, work, repair);
}

static bool add_all(struct ganger_country *c, const int8_t *kind)
{
    bool *closed = calloc((size_t)c->lines, sizeof *closed);
    bool done = closed != NULL;
    int32_t segments = c->draft.problem->segments.count;
    for (int32_t q = 0; done && q < segments; q++) {
        if (kind[q] >= 0 && repairs[kind[q]].rate[BLOCKADE] > 0) {
            closed[c->draft.problem->segments.link[q]] = true;
        }
    }
    done = done && ganger_generate_rules(c, closed);
    for (int32_t q = 0; done && q < segments; q++) {
        if (kind[q] >= 0) {
            add_repair(c, q, &repairs[kind[q]]);
        }
    }
    free(closed);
    return done;
}

bool ganger_generate_repairs(struct ganger_country *country, const struct ganger_quota *quota)
{
    int32_t segments = country->draft.problem->segments.count;
    struct candidate *list = calloc((size_t)segments, sizeof *list);
    int8_t *kind = calloc((size_t)segments, sizeof *kind);
    bool done = list != NULL && kind != NULL;
    if (done) {
        for (int32_t q = 0; q < segments; q++) {
            kind[q] = GANGER_NONE;
        }
        int32_t count = list_candidates(country, list);
        choose(country, list, quota->repairs < count ? quota->repairs : count, kind);
        done = add_all(country, kind);
    }
    free(list);
    free(kind);
    return done;
}
