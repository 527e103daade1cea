/* Gangs and machines: who serves which region. */
#include "generate/works.h"

static const struct gang {
    const char *id, *name, *unit;
    int32_t regions;    /* served by the same gangs */
    int32_t productive; /* percent of the periods, winters taken off */
} gangs[GANGER_GANG_TYPES] = {
    [GANGER_GANG_RENEWAL] = {"renewal", "renewal gangs", "gang", 1, 62},
    [GANGER_GANG_MEDIUM] = {"medium", "medium-repair gangs", "gang", 3, 62},
    [GANGER_GANG_TAMPING] = {"tamping", "tamping gangs", "gang", 2, 62},
    [GANGER_GANG_FRONT] = {"front", "construction fronts", "front", 1, 72},
    [GANGER_GANG_SIGNALLING] = {"signalling", "signalling gangs", "gang", 2, 72},
    [GANGER_GANG_BUILDERS] = {"builders", "terminal and checkpoint builders", "gang", 2, 100},
    [GANGER_GANG_RELIEF] = {"relief", "relief crews for round-the-clock work", "crew", 1, 62},
    [GANGER_GANG_TRACKLAYER] = {"tracklayer", "track-laying machines", "machine", 3, 72},
};

int32_t ganger_gang_productive(enum ganger_gang_type type)
{
    return gangs[type].productive;
}

/* Some city of the region that stands for it: the greatest. */
static const char *capital_of(const struct ganger_country *c, int32_t region)
{
    int32_t place = 0;
    while (c->place[place].region != region) {
        place++;
    }
    return c->place[place].name;
}

int32_t ganger_gang_row(struct ganger_country *country, enum ganger_gang_type type, int32_t region)
{
    const struct gang *gang = &gangs[type];
    struct ganger_problem *p = country->draft.problem;
    int32_t area = region / gang->regions;
    int32_t *row = &country->gang_row[(int32_t)type * country->regions + area];
    if (*row == GANGER_NONE) {
        int32_t added = ganger_draft_row(&country->draft, GANGER_TABLE_RESOURCE);
        ganger_draft_text(&country->draft, &p->resources.id[added], "%s-%02d", gang->id, area + 1);
        ganger_draft_text(&country->draft, &p->resources.name[added], "%s, %s", gang->name,
                          capital_of(country, area * gang->regions));
        ganger_draft_text(&country->draft, &p->resources.unit[added], "%s", gang->unit);
        p->resources.kind[added] = GANGER_RESOURCE_RENEWABLE;
        country->need[added].type = (int32_t)type;
        *row = added;
    }
    return *row;
}

int32_t ganger_supply_row(struct ganger_country *country, enum ganger_gang_type type)
{
    static const char *const about[][3] = {{"budget", "programme budget", "M USD"},
                                           {"rail", "new rail", "t"},
                                           {"sleepers", "concrete sleepers", "piece"}};
    struct ganger_problem *p = country->draft.problem;
    int32_t first = GANGER_GANG_BUDGET;
    /* All three come first among the resources. */
    while (p->resources.count < 3 && !country->draft.failed) {
        int32_t row = ganger_draft_row(&country->draft, GANGER_TABLE_RESOURCE);
        ganger_draft_text(&country->draft, &p->resources.id[row], "%s", about[row][0]);
        ganger_draft_text(&country->draft, &p->resources.name[row], "%s", about[row][1]);
        ganger_draft_text(&country->draft, &p->resources.unit[row], "%s", about[row][2]);
        p->resources.kind[row] = GANGER_RESOURCE_CONSUMABLE;
        country->need[row].type = first + row;
    }
    return (int32_t)type - first;
}
