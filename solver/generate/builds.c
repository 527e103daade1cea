/* Second tracks where lines are full, and new lines. */
#include "generate/works.h"

#include <stdlib.h>

/* Rates and costs as in instances/kazakhstan-2030. */
struct build_mode {
    const char *id;
    int32_t rate, dearer, fronts, factor;
};
static const struct build {
    const char *name;
    int32_t cost; /* thousand USD a km */
    struct build_mode modes[3];
} builds[2] = {
    {"second track",
     1300,
     {{"day_window", 15, 100, 1, 90},
      {"night_window", 11, 112, 1, 95},
      {"two_fronts", 26, 106, 2, 85}}},
    {"new line",
     2140,
     {{"one_front", 11, 100, 1, 100}, {"two_fronts", 20, 106, 2, 100}, {NULL, 0, 0, 0, 0}}},
};

struct project {
    int32_t line, number, segments;
    int32_t gain; /* pairs of trains a day */
    int32_t earliest;
    bool mandatory;
    const struct build *build;
};

static void add_build_modes(struct ganger_country *c, int32_t work, const struct project *project)
{
    int32_t length = ganger_segment_length(c, c->draft.problem->works.segment[work]);
    int32_t region = c->place[c->line[project->line].from].region;
    for (int i = 0; i < 3 && project->build->modes[i].id != NULL; i++) {
        const struct build_mode *about = &project->build->modes[i];
        const struct ganger_new_mode new_mode = {.id = about->id,
                                                 .duration = ganger_weeks_for(length, about->rate),
                                                 .cost = (int64_t)length * project->build->cost *
                                                         about->dearer / 1000,
                                                 .factor = about->factor};
        int32_t mode = ganger_add_mode(c, work, &new_mode);
        ganger_add_use(c, mode, ganger_gang_row(c, GANGER_GANG_FRONT, region), about->fronts);
        if (about->fronts > 1) {
            ganger_add_use(c, mode, ganger_gang_row(c, GANGER_GANG_TRACKLAYER, region), 1);
        }
        ganger_add_supplies(c, mode, length);
    }
}

static int32_t add_build(struct ganger_country *c, const struct project *project, int32_t i)
{
    struct ganger_problem *p = c->draft.problem;
    int32_t segment = c->line[project->line].first_segment + i;
    int32_t work = ganger_add_work(c, GANGER_WORK_BUILD, segment, GANGER_SEASON_EARTHWORKS);
    ganger_draft_text(&c->draft, &p->works.id[work], "B-P%04d-L%05d-%02d", project->number,
                      project->line + 1, i + 1);
    ganger_draft_text(&c->draft, &p->works.name[work], "%s %d: %s", p->links.name[project->line],
                      i + 1, project->build->name);
    ganger_draft_text(&c->draft, &p->works.project[work], "P%04d", project->number);
    p->works.km[work] = (double)ganger_segment_length(c, segment) / 10.0;
    p->works.gain[work] = ganger_pairs_mtpa(project->gain);
    p->works.earliest[work] = project->earliest;
    p->works.mandatory[work] = project->mandatory;
    c->build_work[segment] = work;
    add_build_modes(c, work, project);
    return work;
}

/* Of some projects each segment begins a month after the one before. */
static void add_project(struct ganger_country *c, const struct project *project)
{
    int32_t before = GANGER_NONE;
    bool in_turn = project->build == &builds[0] && project->number % 3 == 0;
    for (int32_t i = 0; i < project->segments; i++) {
        int32_t work = add_build(c, project, i);
        if (in_turn && before != GANGER_NONE) {
            ganger_add_precedence(c, before, work, GANGER_PRECEDENCE_SS, 4);
        }
        before = work;
    }
    c->line[project->line].project = project->number;
}

/* A mandatory project ends with its opening, which has a date. */
static void add_opening(struct ganger_country *c, const struct project *project, int32_t due)
{
    struct ganger_problem *p = c->draft.problem;
    int32_t first = c->line[project->line].first_segment;
    int32_t work = ganger_add_work(c, GANGER_WORK_FACILITY, GANGER_NONE, GANGER_SEASON_NONE);
    ganger_draft_text(&c->draft, &p->works.id[work], "M-P%04d", project->number);
    ganger_draft_text(&c->draft, &p->works.name[work], "%s: opening", p->links.name[project->line]);
    ganger_draft_text(&c->draft, &p->works.project[work], "P%04d", project->number);
    p->works.mandatory[work] = true;
    p->works.due[work] = due;
    p->works.tardiness_cost[work] = (double)(2 + project->number % 7) / 10.0;
    const struct ganger_new_mode reached = {"reached", 0, 0, 100};
    ganger_add_mode(c, work, &reached);
    for (int32_t i = 0; i < project->segments; i++) {
        ganger_add_precedence(c, c->build_work[first + i], work, GANGER_PRECEDENCE_FS, 0);
    }
}

static int32_t add_new_lines(struct ganger_country *c, struct ganger_rng *rng)
{
    int32_t number = 0;
    for (int32_t i = 0; i < c->core_lines; i++) {
        if (c->line[i].kind == GANGER_LINE_NEW) {
            const struct project project = {.line = i,
                                            .number = ++number,
                                            .segments = c->line[i].segments,
                                            .gain = 20 + ganger_rng_below(rng, 20),
                                            .earliest =
                                                ganger_rng_below(rng, c->options.periods / 3),
                                            .build = &builds[1]};
            add_project(c, &project);
        }
    }
    return number;
}

bool ganger_generate_builds(struct ganger_country *country, struct ganger_quota *quota)
{
    struct ganger_rng rng;
    int32_t count = 0, opened = 0, periods = country->options.periods;
    struct ganger_line_rank *rank = ganger_rank_lines(country, &count);
    ganger_country_rng(country, &rng, GANGER_STREAM_BUILDS, 0);
    int32_t number = add_new_lines(country, &rng);
    int32_t left = quota->builds - country->draft.problem->works.count;
    for (int32_t i = 0; rank != NULL && i < count && left > 0; i++) {
        const struct ganger_line *line = &country->line[rank[i].line];
        if (line->tracks > 1) {
            continue;
        }
        struct project project = {.line = rank[i].line,
                                  .number = ++number,
                                  .segments = line->segments < left ? line->segments : left,
                                  .gain = line->pairs * 8 / 5,
                                  .mandatory = opened < quota->milestones,
                                  .build = &builds[0]};
        project.earliest = ganger_rng_below(&rng, project.mandatory ? periods / 8 : periods / 3);
        add_project(country, &project);
        left -= project.segments;
        if (project.mandatory) {
            add_opening(country, &project, periods * (45 + ganger_rng_below(&rng, 31)) / 100);
            opened++;
        }
    }
    quota->facilities += quota->milestones - opened;
    free(rank);
    return rank != NULL;
}
