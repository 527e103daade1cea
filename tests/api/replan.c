/* Plans made from earlier ones, against the best of all plans under the same conditions. */
#include "base/date.h"
#include "plan/plan.h"
#include "support/brute.h"
#include "support/rules.h"
#include "support/scratch.h"
#include "support/test.h"
#include "support/tiny.h"

#include <ganger/ganger.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PROBLEMS = 25, TICKS = 3000000 };

/* A file for a plan, in a folder of its own. */
struct place {
    char folder[SCRATCH_PATH], path[SCRATCH_INSIDE];
};

static void place_open(struct place *place)
{
    scratch_folder(place->folder);
    snprintf(place->path, sizeof place->path, "%s/old.h5", place->folder);
}

static void place_close(const struct place *place)
{
    unlink(place->path);
    rmdir(place->folder);
}

static struct ganger_plan *solve(const struct ganger_problem *p, const struct ganger_replan *replan,
                                 struct ganger_findings *findings)
{
    struct ganger_options options;
    struct ganger_summary summary;
    struct ganger_plan *plan = NULL;
    ganger_options_init(&options);
    options.tick_limit = TICKS;
    options.threads = 1;
    options.replan = replan;
    CU_ASSERT_EQUAL_FATAL(ganger_solve(p, &options, &plan, &summary, findings), GANGER_STATUS_OK);
    return plan;
}

static void date_of(const struct ganger_problem *p, int32_t period, char date[GANGER_DATE_SIZE])
{
    ganger_date_format(p->time.start_day + (int64_t)period * p->time.period_days, date);
}

/* Modes of a plan as indices, as brute.h has them. */
static void modes_of(const struct ganger_problem *p, const struct ganger_plan *plan, int32_t *mode)
{
    for (int32_t w = 0; w < p->works.count; w++) {
        mode[w] = plan->mode[w] < 0 ? GANGER_NONE : p->works.first_mode[w] + plan->mode[w];
    }
}

struct tally {
    int replanned, held, changed;
};

/* Whatever was planned before the date is as it was, and nothing else is there. */
static void check_frozen(const struct ganger_problem *p, const struct ganger_plan *old,
                         const struct ganger_plan *new, int32_t before)
{
    for (int32_t w = 0; w < p->works.count; w++) {
        bool was = old->start[w] >= 0 && old->start[w] < before;
        if (was) {
            CU_ASSERT_EQUAL(new->start[w], old->start[w]);
            CU_ASSERT_EQUAL(new->mode[w], old->mode[w]);
        } else {
            CU_ASSERT(new->start[w] == GANGER_NONE || new->start[w] >= before ||
                      p->works.fixed_start[w] != GANGER_NONE);
        }
    }
}

static void check_best(const struct ganger_problem *p, const struct ganger_plan *old,
                       const struct ganger_plan *new, struct tally *tally)
{
    const struct ganger_summary *s = &new->summary;
    struct brute brute;
    int32_t mode[BRUTE_WORKS];
    CU_ASSERT_PTR_NOT_NULL_FATAL(new->held);
    CU_ASSERT_FATAL(brute_open(&brute, new->held));
    brute_search(&brute, true);
    double slack = 1e-6 * (1 + fabs(brute.best));
    modes_of(p, old, mode);
    double was = brute_value(&brute, old->start, mode);
    CU_ASSERT_DOUBLE_EQUAL(s->first_value, was, slack);
    CU_ASSERT(s->value >= was - slack);
    CU_ASSERT(s->value <= brute.best + slack);
    CU_ASSERT(s->bound >= brute.best - slack);
    modes_of(p, new, mode);
    CU_ASSERT_DOUBLE_EQUAL(s->value, brute_value(&brute, new->start, mode), slack);
    tally->replanned++;
    tally->held += s->replan.held;
    tally->changed += s->replan.moved + s->replan.mode_changed + s->replan.dropped;
    brute_close(&brute);
}

static struct ganger_plan *first_plan(const struct ganger_problem *p)
{
    struct ganger_options options;
    struct ganger_summary summary;
    struct ganger_plan *plan = NULL;
    ganger_options_init(&options);
    options.tick_limit = 1;
    options.threads = 1;
    CU_ASSERT_EQUAL_FATAL(ganger_solve(p, &options, &plan, &summary, NULL), GANGER_STATUS_OK);
    return plan;
}

/* Does some works otherwise, so that there is something to mend: all that is read of an earlier plan are starts and
 * modes. */
static void spoil(struct ganger_rng *rng, const struct ganger_problem *p, struct ganger_plan *plan)
{
    int32_t start[BRUTE_WORKS], mode[BRUTE_WORKS];
    for (int tries = 0; tries < 40; tries++) {
        int32_t w = ganger_rng_below(rng, p->works.count);
        int32_t modes = p->works.first_mode[w + 1] - p->works.first_mode[w];
        memcpy(start, plan->start, (size_t)p->works.count * sizeof *start);
        modes_of(p, plan, mode);
        start[w] = ganger_rng_below(rng, p->time.periods + 1) - 1;
        mode[w] =
            start[w] < 0 ? GANGER_NONE : p->works.first_mode[w] + ganger_rng_below(rng, modes);
        if (rules_judge(p, start, mode) == RULES_KEPT && rules_complete(p, start, mode)) {
            plan->start[w] = start[w];
            plan->mode[w] = start[w] < 0 ? GANGER_NONE : mode[w] - p->works.first_mode[w];
            plan->finish[w] = start[w] < 0 ? GANGER_NONE : rules_finish(p, mode[w], start[w]);
        }
    }
}

static void try_problem(struct ganger_rng *rng, const struct place *place, struct tally *tally)
{
    static const struct tiny_shape shape = {.periods = 7, .works = 4, .longest = 3, .rails = true};
    static const double costs[] = {0, 2, 1e5};
    struct ganger_problem *p = tiny_random(rng, shape);
    struct ganger_plan *old = first_plan(p);
    int32_t before = ganger_rng_below(rng, 3);
    char date[GANGER_DATE_SIZE];
    date_of(p, before, date);
    if (old) {
        spoil(rng, p, old);
        CU_ASSERT_EQUAL_FATAL(ganger_plan_write(old, p, place->path, NULL), GANGER_STATUS_OK);
    }
    for (int i = 0; old && i < 3; i++) {
        struct ganger_replan replan = {place->path, before > 0 ? date : NULL, costs[i]};
        struct ganger_plan *new = solve(p, &replan, NULL);
        CU_ASSERT_PTR_NOT_NULL_FATAL(new);
        CU_ASSERT_EQUAL(new->summary.replan.misfits + new->summary.replan.unknown, 0);
        CU_ASSERT(costs[i] < 1e5 || new->summary.terms.changes <= 0);
        check_frozen(p, old, new, before);
        check_best(p, old, new, tally);
        ganger_plan_destroy(new);
    }
    ganger_plan_destroy(old);
    ganger_problem_destroy(p);
}

static void new_plans_are_as_good_as_the_old_one_allows(void)
{
    struct ganger_rng rng;
    struct place place;
    struct tally tally = {0};
    place_open(&place);
    ganger_rng_init(&rng, 77, 0, 0);
    for (int i = 0; i < PROBLEMS; i++) {
        try_problem(&rng, &place, &tally);
    }
    CU_ASSERT(tally.replanned >= 2 * PROBLEMS);
    CU_ASSERT(tally.held >= 10);
    CU_ASSERT(tally.changed >= 15);
    place_close(&place);
}

/* Two repairs of one gang on a line, in periods of so many days from so many days after 2025-01-01. */
static struct ganger_problem *line(int periods, int days, const char *gang_until,
                                   const char *second)
{
    struct tiny t;
    tiny_init(&t, periods);
    t.period_days = days;
    tiny_add(&t, TINY_NODE, "n0,false");
    tiny_add(&t, TINY_NODE, "n1,false");
    tiny_add(&t, TINY_LINK, "l0,n0,n1,false,0");
    tiny_add(&t, TINY_SEGMENT, "q0,l0,n0,0,10,5,0.2,0.5\nq1,l0,n0,10,20,5,0.2,0.5");
    tiny_add(&t, TINY_DEMAND, "d0,n0,n1,100");
    tiny_add(&t, TINY_PROFILE, "d0,0,5");
    tiny_add(&t, TINY_WORK, "v,repair,q0,10,0,true,,,,,false,,,");
    tiny_add(&t, TINY_WORK, "%s,repair,q1,10,0,true,,,,,false,,,", second);
    tiny_add(&t, TINY_MODE, "v,m,1,1,1\n%s,m,1,1,1", second);
    tiny_add(&t, TINY_RESOURCE, "gang,renewable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,%s,1", gang_until);
    tiny_add(&t, TINY_USAGE, "v,m,gang,1\n%s,m,gang,1", second);
    struct ganger_problem *problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    return problem;
}

static bool is_said(const struct ganger_findings *findings, const char *text)
{
    for (int i = 0; i < findings->count; i++) {
        if (strstr(findings->list[i].message, text)) {
            return findings->list[i].status == GANGER_STATUS_OK;
        }
    }
    return false;
}

/* An old plan of one version of the instance, a new one of another. */
static struct ganger_plan *over(const struct ganger_problem *from, const struct ganger_problem *to,
                                struct ganger_findings *findings)
{
    struct place place;
    struct ganger_plan *old = solve(from, NULL, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(old);
    place_open(&place);
    CU_ASSERT_EQUAL_FATAL(ganger_plan_write(old, from, place.path, NULL), GANGER_STATUS_OK);
    struct ganger_plan *new = solve(to, &(struct ganger_replan){place.path, NULL, 3}, findings);
    place_close(&place);
    ganger_plan_destroy(old);
    return new;
}

static void starts_are_mapped_by_date(void)
{
    struct ganger_problem *long_periods = line(4, 90, "4", "w");
    struct ganger_problem *short_periods = line(12, 30, "12", "w");
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    struct ganger_plan *new = over(long_periods, short_periods, &findings);
    CU_ASSERT_EQUAL(new->summary.replan.works, 2);
    CU_ASSERT_EQUAL(findings.total, 0);
    /* One in the first 90 days, one in the next: in the first and the fourth 30. */
    CU_ASSERT_EQUAL(new->hold.start[0] + new->hold.start[1], 3);
    ganger_plan_destroy(new);
    ganger_findings_clear(&findings);
    ganger_problem_destroy(long_periods);
    ganger_problem_destroy(short_periods);
}

static void what_no_longer_fits_is_mended_and_named(void)
{
    struct ganger_problem *before = line(4, 90, "4", "w");
    struct ganger_problem *after = line(4, 90, "1", "w"); /* the gang leaves after one period */
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    struct ganger_plan *new = over(before, after, &findings);
    CU_ASSERT_EQUAL(new->summary.replan.misfits, 1);
    CU_ASSERT_EQUAL(new->summary.works_done, 1);
    CU_ASSERT_EQUAL(new->summary.replan.dropped, 1);
    CU_ASSERT_DOUBLE_EQUAL(new->summary.terms.changes, 3, 1e-9);
    CU_ASSERT(is_said(&findings, "no longer fits"));
    ganger_plan_destroy(new);
    ganger_findings_clear(&findings);
    ganger_problem_destroy(before);
    ganger_problem_destroy(after);
}

static void works_of_another_version_are_named(void)
{
    struct ganger_problem *before = line(4, 90, "4", "gone");
    struct ganger_problem *after = line(4, 90, "4", "new");
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    struct ganger_plan *new = over(before, after, &findings);
    CU_ASSERT_EQUAL(new->summary.replan.works, 1);
    CU_ASSERT_EQUAL(new->summary.replan.unknown, 1);
    CU_ASSERT_EQUAL(new->summary.works_done, 2);
    CU_ASSERT(is_said(&findings, "work gone, started"));
    ganger_plan_destroy(new);
    ganger_findings_clear(&findings);
    ganger_problem_destroy(before);
    ganger_problem_destroy(after);
}

static const struct ganger_test tests[] = {
    {"new plans are as good as the old one allows", new_plans_are_as_good_as_the_old_one_allows},
    {"starts are mapped by date", starts_are_mapped_by_date},
    {"what no longer fits is mended and named", what_no_longer_fits_is_mended_and_named},
    {"works of another version are named", works_of_another_version_are_named},
    {NULL, NULL}};

const struct ganger_suite replan_suite = {"replan", "property", tests};
