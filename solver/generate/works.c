/* What works, modes and uses of all kinds have in common. */
#include "generate/works.h"

#include <stdlib.h>

int32_t ganger_segment_length(const struct ganger_country *country, int32_t segment)
{
    const struct ganger_problem *p = country->draft.problem;
    const struct ganger_line *line = &country->line[p->segments.link[segment]];
    int64_t at = segment - line->first_segment;
    return (int32_t)(line->length * (at + 1) / line->segments - line->length * at / line->segments);
}

int32_t ganger_add_work(struct ganger_country *country, enum ganger_work_kind kind, int32_t segment,
                        enum ganger_season season)
{
    struct ganger_problem *p = country->draft.problem;
    int32_t work = ganger_draft_row(&country->draft, GANGER_TABLE_WORK);
    p->works.kind[work] = (uint8_t)kind;
    p->works.segment[work] = segment;
    if (segment == GANGER_NONE) {
        return work;
    }
    const struct ganger_line *line = &country->line[p->segments.link[segment]];
    int32_t middle = (country->place[line->from].y + country->place[line->to].y) / 2;
    bool north = middle > country->height / 2;
    if (season != GANGER_SEASON_NONE) {
        p->works.calendar[work] = (season == GANGER_SEASON_EARTHWORKS ? 2 : 0) + (north ? 0 : 1);
    }
    return work;
}

/* Only the first mode of a work counts for what is needed of gangs that every mode takes. */
static bool is_first_mode(const struct ganger_problem *p, int32_t mode)
{
    return mode == 0 || p->modes.work[mode - 1] != p->modes.work[mode];
}

int32_t ganger_add_mode(struct ganger_country *country, int32_t work,
                        const struct ganger_new_mode *mode)
{
    struct ganger_problem *p = country->draft.problem;
    int32_t row = ganger_draft_row(&country->draft, GANGER_TABLE_MODE);
    ganger_draft_text(&country->draft, &p->modes.id[row], "%s", mode->id);
    p->modes.work[row] = work;
    p->modes.duration[row] = mode->duration;
    p->modes.cost[row] = (double)mode->cost / 1000.0;
    p->modes.factor[row] = (double)mode->factor / 100.0;
    struct ganger_need *need = &country->need[ganger_supply_row(country, GANGER_GANG_BUDGET)];
    need->most = mode->cost > need->most ? (int32_t)mode->cost : need->most;
    need->periods += is_first_mode(p, row) ? mode->cost : 0;
    return row;
}

void ganger_add_use(struct ganger_country *country, int32_t mode, int32_t resource, int32_t amount)
{
    struct ganger_problem *p = country->draft.problem;
    int32_t row = ganger_draft_row(&country->draft, GANGER_TABLE_USAGE);
    struct ganger_need *need = &country->need[resource];
    bool consumable = p->resources.kind[resource] == GANGER_RESOURCE_CONSUMABLE;
    bool always = need->type == GANGER_GANG_RELIEF || need->type == GANGER_GANG_TRACKLAYER;
    p->modes.use_mode[row] = mode;
    p->modes.use_resource[row] = resource;
    p->modes.use_amount[row] = amount;
    need->most = amount > need->most ? amount : need->most;
    if (always || is_first_mode(p, mode)) {
        need->periods += consumable ? amount : (int64_t)amount * p->modes.duration[mode];
    }
}

void ganger_add_supplies(struct ganger_country *country, int32_t mode, int32_t length)
{
    /* 135 t of rail and 1,914 sleepers a km, as in instances/kazakhstan-2030. */
    ganger_add_use(country, mode, ganger_supply_row(country, GANGER_GANG_RAIL), length * 27 / 2);
    ganger_add_use(country, mode, ganger_supply_row(country, GANGER_GANG_SLEEPERS),
                   length * 957 / 5);
}

void ganger_add_precedence(struct ganger_country *country, int32_t before, int32_t after,
                           enum ganger_precedence_type type, int32_t lag)
{
    struct ganger_problem *p = country->draft.problem;
    int32_t row = ganger_draft_row(&country->draft, GANGER_TABLE_PRECEDENCE);
    p->precedences.predecessor[row] = before;
    p->precedences.successor[row] = after;
    p->precedences.type[row] = (uint8_t)type;
    p->precedences.lag[row] = lag;
}

int32_t ganger_weeks_for(int32_t length, int32_t rate)
{
    return (length + rate - 1) / rate > 1 ? (length + rate - 1) / rate : 1;
}

static int compare_worth(const void *left, const void *right)
{
    const struct ganger_line_rank *a = left, *b = right;
    if (a->worth != b->worth) {
        return a->worth > b->worth ? -1 : 1;
    }
    return a->line < b->line ? -1 : a->line > b->line;
}

struct ganger_line_rank *ganger_rank_lines(const struct ganger_country *country, int32_t *count)
{
    struct ganger_line_rank *list = calloc((size_t)country->core_lines + 1, sizeof *list);
    *count = 0;
    for (int32_t i = 0; list != NULL && i < country->core_lines; i++) {
        const struct ganger_line *line = &country->line[i];
        if (line->kind == GANGER_LINE_OPEN) {
            list[(*count)++] = (struct ganger_line_rank){i, line->load * 1000 / line->pairs};
        }
    }
    if (list != NULL) {
        qsort(list, (size_t)*count, sizeof *list, compare_worth);
    }
    return list;
}
