/* Making up an instance, stage by stage. */
#include "base/date.h"
#include "generate/country.h"
#include "instance/read.h"

#include <stdlib.h>
#include <string.h>

enum {
    WORKS_LEAST = 20,
    WORKS_MOST = 1000000,
    LINKS_LEAST = 10,
    WORKS_A_LINK = 20, /* at most */
    LINKS_A_WORK = 2,  /* at most */
    PERIODS_LEAST = 52,
    PERIODS_MOST = 2600
};

void ganger_generate_options_init(struct ganger_generate_options *options)
{
    *options = (struct ganger_generate_options){.works = 1000, .periods = 365};
}

static ganger_status refuse(struct ganger_findings *findings, const char *option, const char *what,
                            const int64_t numbers[3])
{
    return ganger_findings_add(findings, GANGER_STATUS_MISUSE, option, 0, NULL,
                               "expected %s from %lld to %lld, found %lld", what,
                               (long long)numbers[0], (long long)numbers[1], (long long)numbers[2]);
}

/* What the names of data packages are made of. */
static bool good_name(const char *name)
{
    size_t length = strlen(name);
    return length > 0 && length <= 100 &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == length;
}

static ganger_status check_options(const struct ganger_generate_options *o,
                                   struct ganger_findings *findings)
{
    int64_t links_least = (o->works + WORKS_A_LINK - 1) / WORKS_A_LINK;
    links_least = links_least > LINKS_LEAST ? links_least : LINKS_LEAST;
    if (o->works < WORKS_LEAST || o->works > WORKS_MOST) {
        return refuse(findings, "works", "a number of works",
                      (const int64_t[]){WORKS_LEAST, WORKS_MOST, o->works});
    }
    if (o->periods < PERIODS_LEAST || o->periods > PERIODS_MOST) {
        return refuse(findings, "periods", "a number of weeks",
                      (const int64_t[]){PERIODS_LEAST, PERIODS_MOST, o->periods});
    }
    if (o->links < links_least || o->links > (int64_t)LINKS_A_WORK * o->works) {
        return refuse(findings, "links", "for so many works a number of links",
                      (const int64_t[]){links_least, (int64_t)LINKS_A_WORK * o->works, o->links});
    }
    if (o->name != NULL && !good_name(o->name)) {
        return ganger_findings_add(findings, GANGER_STATUS_MISUSE, "name", 0, NULL,
                                   "expected 1 to 100 of a-z, 0-9, '.', '_' and '-', found \"%s\"",
                                   o->name);
    }
    return GANGER_STATUS_OK;
}

static bool set_up(struct ganger_country *c)
{
    struct ganger_problem *p = c->draft.problem;
    const struct ganger_generate_options *o = &c->options;
    if (o->name != NULL) {
        ganger_draft_text(&c->draft, &p->name, "%s", o->name);
    } else {
        ganger_draft_text(&c->draft, &p->name, "generated-%d-%llu", o->works,
                          (unsigned long long)o->seed);
    }
    ganger_draft_text(&c->draft, &p->title, "Made-up programme of %d works on %d links, seed %llu",
                      o->works, o->links, (unsigned long long)o->seed);
    ganger_draft_text(&c->draft, &p->currency, "USD");
    p->objective = GANGER_OBJECTIVE_NPV;
    p->railhead = true;
    p->time.periods = o->periods;
    p->time.period_days = 7;
    p->time.discount_rate = 0.08;
    p->time.terminal_years = 10;
    ganger_date_parse("2026-01-01", &p->time.start_day);
    c->regions = (int32_t)ganger_isqrt(o->works) / 7;
    c->regions = c->regions > 1 ? c->regions : 1;
    return !c->draft.failed;
}

static bool run_stages(struct ganger_country *c)
{
    int32_t links = c->options.links;
    int32_t gates = links * 14 / 100 > 2 ? links * 14 / 100 : 2;
    return set_up(c) && ganger_generate_network(c, links - gates) &&
           ganger_generate_gates(c, gates) && ganger_generate_corridors(c) &&
           ganger_generate_freight(c) && ganger_generate_track(c) && ganger_generate_works(c) &&
           ganger_generate_limits(c) && ganger_draft_finish(&c->draft);
}

static void release(struct ganger_country *c)
{
    free(c->place);
    free(c->line);
    free(c->corridor);
    free(c->wear);
    free(c->build_work);
    free(c->gang_row);
    free(c->need);
}

/* The problem is what a reader would make of its tables, and must pass what a reader asks for. */
static ganger_status seal(struct ganger_problem *problem, struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    problem->resources.budget = ganger_problem_find_budget(problem);
    GANGER_TRY(ganger_problem_validate(problem, NULL, findings));
    GANGER_TRY(ganger_problem_seal(problem, findings));
    GANGER_TRY(ganger_problem_validate_fits(problem, NULL, findings));
out:
    return status;
}

ganger_status ganger_problem_generate(const struct ganger_generate_options *options,
                                      struct ganger_problem **problem,
                                      struct ganger_findings *findings)
{
    struct ganger_country country = {.options = *options};
    struct ganger_generate_options *o = &country.options;
    *problem = NULL;
    if (o->links <= 0) {
        o->links = o->works / 5 > LINKS_LEAST ? o->works / 5 : LINKS_LEAST;
    }
    ganger_status status = check_options(o, findings);
    if (status != GANGER_STATUS_OK) {
        return status;
    }
    struct ganger_problem *made = ganger_problem_create();
    if (made == NULL) {
        return ganger_findings_out_of_memory(findings);
    }
    ganger_draft_init(&country.draft, made);
    status = run_stages(&country) ? seal(made, findings) : ganger_findings_out_of_memory(findings);
    release(&country);
    if (status == GANGER_STATUS_OK) {
        *problem = made;
    } else {
        ganger_problem_destroy(made);
    }
    return status;
}
