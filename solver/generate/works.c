/* Calendars, and what works, modes and uses of all kinds have in common. */
#include "generate/works.h"

#include <stdlib.h>

static const char *const calendar_names[] = {"season-north", "season-south", "earthworks-north",
                                             "earthworks-south"};

/* Rows of one calendar: the months off of each winter, from the first winter on, which has begun already. */
static void add_winters(struct ganger_country *c, int32_t calendar)
{
    struct ganger_problem *p = c->draft.problem;
    bool north = calendar % 2 == 0;
    int32_t name = ganger_draft_row(&c->draft, GANGER_TABLE_CALENDAR_NAME);
    ganger_draft_text(&c->draft, &p->calendars.id[name], "%s", calendar_names[calendar]);
    for (int32_t year = -1; year < ganger_country_years(c); year++) {
        int32_t from = year < 0 ? 0 : ganger_country_boundary(c, year, north ? 11 : 12);
        int32_t to = ganger_country_boundary(c, year + 1, north ? 4 : 3);
        if (from < to) {
            int32_t row = ganger_draft_row(&c->draft, GANGER_TABLE_CALENDAR);
            p->calendars.row_calendar[row] = name;
            p->calendars.row_from[row] = from;
            p->calendars.row_to[row] = to;
            p->calendars.row_productivity[row] = calendar < 2 ? 0 : 30;
        }
    }
}

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

/* Segments of lines that are open, of those with a single track, and of lines not built yet. */
static void count_segments(const struct ganger_country *c, int32_t *open, int32_t *single,
                           int32_t *unbuilt)
{
    *open = *single = *unbuilt = 0;
    for (int32_t i = 0; i < c->core_lines; i++) {
        const struct ganger_line *line = &c->line[i];
        *(line->kind == GANGER_LINE_OPEN ? open : unbuilt) += line->segments;
        *single += line->kind == GANGER_LINE_OPEN && line->tracks == 1 ? line->segments : 0;
    }
}

/* Moves what is more than `most` from one number to the next. */
static void hand_on(int32_t *from, int32_t most, int32_t *to)
{
    int32_t more = *from > most ? *from - most : 0;
    *from -= more;
    *to += more;
}

/* Shares as in instances/kazakhstan-2030, as far as the network has room for them: a segment is repaired, doubled and
 * modernised once at most, while a gate can always have another stage. */
static struct ganger_quota divide(const struct ganger_country *c)
{
    int32_t works = c->options.works, gates = c->lines - c->core_lines;
    int32_t open = 0, single = 0, unbuilt = 0;
    count_segments(c, &open, &single, &unbuilt);
    struct ganger_quota quota = {.builds = works * 28 / 100,
                                 .upgrades = works * 8 / 100,
                                 .facilities = works * 8 / 100,
                                 .milestones = works / 120 > 1 ? works / 120 : 1};
    quota.builds = quota.builds > unbuilt ? quota.builds : unbuilt;
    quota.repairs = works - quota.builds - quota.upgrades - quota.facilities - quota.milestones;
    hand_on(&quota.builds, unbuilt + single, &quota.repairs);
    hand_on(&quota.facilities, 3 * gates, &quota.repairs);
    hand_on(&quota.repairs, open, &quota.upgrades);
    hand_on(&quota.upgrades, open, &quota.facilities);
    return quota;
}

bool ganger_generate_works(struct ganger_country *country)
{
    struct ganger_quota quota = divide(country);
    size_t gangs = (size_t)GANGER_GANG_TYPES * (size_t)country->regions;
    country->gang_row = calloc(gangs, sizeof *country->gang_row);
    country->need = calloc(gangs + (size_t)country->lines + 4, sizeof *country->need);
    if (country->gang_row == NULL || country->need == NULL) {
        return false;
    }
    for (size_t i = 0; i < gangs; i++) {
        country->gang_row[i] = GANGER_NONE;
    }
    for (int32_t calendar = 0; calendar < 4; calendar++) {
        add_winters(country, calendar);
    }
    return !country->draft.failed && ganger_generate_builds(country, &quota) &&
           ganger_generate_upgrades(country, &quota) &&
           ganger_generate_facilities(country, &quota) &&
           ganger_generate_repairs(country, &quota) && !country->draft.failed;
}
