/* Possession rules: of lines that meet, at most one is closed at a time, so that trains have a way round. */
#include "generate/routes.h"
#include "generate/works.h"

#include <stdlib.h>

enum { RULE_LINES = 3 };

/* Up to three lines at a place that a work may close and that no rule names yet; returns how many. */
static int32_t gather(const struct ganger_country *c, const struct ganger_routes *routes,
                      const bool *closed, int32_t place, int32_t *list)
{
    int32_t count = 0;
    for (int32_t i = routes->first_arm[place]; i < routes->first_arm[place + 1]; i++) {
        int32_t line = routes->arm[i] / 2;
        if (closed[line] && c->line[line].rule == GANGER_NONE && count < RULE_LINES) {
            list[count++] = line;
        }
    }
    return count;
}

static void add_rule(struct ganger_country *c, int32_t number, const int32_t *list, int32_t count)
{
    struct ganger_problem *p = c->draft.problem;
    int32_t row = ganger_draft_row(&c->draft, GANGER_TABLE_RESOURCE);
    ganger_draft_text(&c->draft, &p->resources.id[row], "rule-%03d", number);
    ganger_draft_text(&c->draft, &p->resources.unit[row], "blockade");
    if (count == 2) {
        ganger_draft_text(&c->draft, &p->resources.name[row], "at most one blockade on %s or %s",
                          p->links.id[list[0]], p->links.id[list[1]]);
    } else {
        ganger_draft_text(&c->draft, &p->resources.name[row],
                          "at most one blockade on %s, %s or %s", p->links.id[list[0]],
                          p->links.id[list[1]], p->links.id[list[2]]);
    }
    p->resources.kind[row] = GANGER_RESOURCE_RENEWABLE;
    c->need[row].type = GANGER_GANG_RULE;
    for (int32_t i = 0; i < count; i++) {
        c->line[list[i]].rule = row;
    }
}

bool ganger_generate_rules(struct ganger_country *country, const bool *closed)
{
    struct ganger_routes routes;
    int32_t wanted = country->options.links / 35 > 1 ? country->options.links / 35 : 1, added = 0;
    bool done = ganger_routes_init(&routes, country);
    /* Cities come first among the places. */
    for (int32_t place = 0; done && place < country->core && added < wanted; place++) {
        int32_t list[RULE_LINES];
        int32_t count = gather(country, &routes, closed, place, list);
        if (count >= 2) {
            add_rule(country, ++added, list, count);
        }
    }
    ganger_routes_clear(&routes);
    return done;
}
