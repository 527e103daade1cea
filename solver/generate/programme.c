/* Calendars, and how many works of each kind there are. */
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
