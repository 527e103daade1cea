/* Modernisation of busy lines - sidings, signals - after their second track if they get one. */
#include "generate/works.h"

#include <stdlib.h>

static const struct upgrade_mode {
    const char *id;
    int32_t rate, dearer, factor;
    bool relief;
} upgrade_modes[] = {
    {"day_window", 35, 100, 85, false},
    {"night_window", 25, 112, 93, false},
    {"double_shift", 55, 108, 70, true},
};

static void add_modes(struct ganger_country *c, int32_t work, int32_t region)
{
    enum { COST = 500 /* thousand USD a km */ };
    int32_t length = ganger_segment_length(c, c->draft.problem->works.segment[work]);
    for (size_t i = 0; i < sizeof upgrade_modes / sizeof *upgrade_modes; i++) {
        const struct upgrade_mode *about = &upgrade_modes[i];
        const struct ganger_new_mode new_mode = {.id = about->id,
                                                 .duration = ganger_weeks_for(length, about->rate),
                                                 .cost =
                                                     (int64_t)length * COST * about->dearer / 1000,
                                                 .factor = about->factor};
        int32_t mode = ganger_add_mode(c, work, &new_mode);
        ganger_add_use(c, mode, ganger_gang_row(c, GANGER_GANG_SIGNALLING, region), 1);
        if (about->relief) {
            ganger_add_use(c, mode, ganger_gang_row(c, GANGER_GANG_RELIEF, region), 1);
        }
    }
}

static void add_upgrade(struct ganger_country *c, int32_t number, int32_t i)
{
    struct ganger_problem *p = c->draft.problem;
    const struct ganger_line *line = &c->line[number];
    int32_t segment = line->first_segment + i, before = c->build_work[segment];
    int32_t work = ganger_add_work(c, GANGER_WORK_UPGRADE, segment, GANGER_SEASON_EARTHWORKS);
    ganger_draft_text(&c->draft, &p->works.id[work], "U-L%05d-%02d", number + 1, i + 1);
    ganger_draft_text(&c->draft, &p->works.name[work], "%s %d: modernisation",
                      p->links.name[number], i + 1);
    p->works.km[work] = (double)ganger_segment_length(c, segment) / 10.0;
    p->works.gain[work] = ganger_pairs_mtpa(line->pairs / 5 > 2 ? line->pairs / 5 : 2);
    add_modes(c, work, c->place[line->from].region);
    if (before != GANGER_NONE) {
        ganger_add_precedence(c, before, work, GANGER_PRECEDENCE_FS, 0);
    }
}

bool ganger_generate_upgrades(struct ganger_country *country, const struct ganger_quota *quota)
{
    int32_t count = 0, left = quota->upgrades;
    struct ganger_line_rank *rank = ganger_rank_lines(country, &count);
    /* Three lines in four in the first round, so that full lines are not all doubled and modernised; then the rest. */
    for (int round = 0; rank != NULL && round < 2; round++) {
        for (int32_t i = 0; i < count; i++) {
            const struct ganger_line *line = &country->line[rank[i].line];
            bool first = line->tracks > 1 || rank[i].line % 4 == 0;
            for (int32_t q = 0; first == (round == 0) && left > 0 && q < line->segments; q++) {
                add_upgrade(country, rank[i].line, q);
                left--;
            }
        }
    }
    free(rank);
    return rank != NULL;
}
