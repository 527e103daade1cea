/* More room at crossings, ports and terminals, in stages. */
#include "generate/works.h"

#include <stdlib.h>

static const struct facility_mode {
    const char *id;
    int32_t longer, dearer, factor, gangs; /* longer and dearer in percent */
} facility_modes[] = {
    {"with_closures", 100, 100, 75, 1},
    {"in_service", 150, 112, 95, 1},
    {"two_gangs", 60, 108, 85, 2},
};

static void add_modes(struct ganger_country *c, int32_t work, int32_t region,
                      struct ganger_rng *rng)
{
    /* 15 to 40 weeks in a programme of seven years, less in a shorter one; 8 to 40 M USD. */
    int32_t periods = c->options.periods < 365 ? c->options.periods : 365;
    int32_t weeks = (15 + ganger_rng_below(rng, 26)) * periods / 365 + 1;
    int64_t cost = 8000 + ganger_rng_below(rng, 32000);
    for (size_t i = 0; i < sizeof facility_modes / sizeof *facility_modes; i++) {
        const struct facility_mode *about = &facility_modes[i];
        const struct ganger_new_mode new_mode = {.id = about->id,
                                                 .duration = (weeks * about->longer + 99) / 100,
                                                 .cost = cost * about->dearer / 100,
                                                 .factor = about->factor};
        int32_t mode = ganger_add_mode(c, work, &new_mode);
        ganger_add_use(c, mode, ganger_gang_row(c, GANGER_GANG_BUILDERS, region), about->gangs);
    }
}

static int32_t add_stage(struct ganger_country *c, int32_t number, int32_t stage,
                         struct ganger_rng *rng)
{
    struct ganger_problem *p = c->draft.problem;
    const struct ganger_line *line = &c->line[number];
    int32_t gain = line->pairs * (20 + ganger_rng_below(rng, 21)) / 100;
    int32_t work =
        ganger_add_work(c, GANGER_WORK_FACILITY, line->first_segment, GANGER_SEASON_NONE);
    ganger_draft_text(&c->draft, &p->works.id[work], "F-L%05d-%d", number + 1, stage + 1);
    ganger_draft_text(&c->draft, &p->works.name[work], "%s: stage %d", p->links.name[number],
                      stage + 1);
    p->works.gain[work] = ganger_pairs_mtpa(gain > 1 ? gain : 1);
    p->works.earliest[work] = ganger_rng_below(rng, c->options.periods / 4);
    p->works.mandatory[work] = stage == 0 && ganger_rng_below(rng, 100) < 12;
    add_modes(c, work, c->place[line->from].region, rng);
    return work;
}

/* A building project that begins or ends at each place; GANGER_NONE where there is none. */
static void find_builds(const struct ganger_country *c, int32_t *build)
{
    for (int32_t i = 0; i < c->places; i++) {
        build[i] = GANGER_NONE;
    }
    for (int32_t i = 0; i < c->core_lines; i++) {
        int32_t work = c->build_work[c->line[i].first_segment];
        if (work != GANGER_NONE) {
            build[c->line[i].from] = build[c->line[i].to] = work;
        }
    }
}

bool ganger_generate_facilities(struct ganger_country *country, const struct ganger_quota *quota)
{
    struct ganger_rng rng;
    int32_t gates = country->lines - country->core_lines;
    int32_t *last = calloc((size_t)gates + 1, sizeof *last);
    int32_t *build = calloc((size_t)country->places, sizeof *build);
    bool done = last != NULL && build != NULL;
    ganger_country_rng(country, &rng, GANGER_STREAM_FACILITIES, 0);
    if (done) {
        find_builds(country, build);
    }
    for (int32_t i = 0; done && i < quota->facilities; i++) {
        int32_t gate = i % gates, number = country->core_lines + gate;
        int32_t work = add_stage(country, number, i / gates, &rng);
        int32_t before = build[country->line[number].from];
        bool optional = !country->draft.problem->works.mandatory[work];
        if (i >= gates) {
            ganger_add_precedence(country, last[gate], work, GANGER_PRECEDENCE_FS, 4);
        } else if (optional && before != GANGER_NONE && ganger_rng_below(&rng, 100) < 40) {
            /* More room at the gate is of use once the line behind it grows. */
            ganger_add_precedence(country, before, work, GANGER_PRECEDENCE_SS, 8);
        }
        last[gate] = work;
    }
    free(last);
    free(build);
    return done;
}
