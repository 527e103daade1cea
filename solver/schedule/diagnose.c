/* The schedule's checker: recomputes every sum and looks at every rule. */
#include "schedule/schedule.h"

#include <stdlib.h>
#include <string.h>

static const char *diagnose_work(const struct ganger_schedule *s, int32_t w)
{
    const struct ganger_problem *p = s->problem;
    int32_t start = s->start[w];
    if (start < p->works.earliest[w] || start >= p->time.periods) {
        return "a start lies before the earliest or beyond the horizon";
    }
    if (p->modes.work[s->mode[w]] != w) {
        return "a mode belongs to another work";
    }
    if (s->finish[w] != ganger_problem_finish(p, s->mode[w], start) ||
        s->finish[w] > p->time.periods || s->finish[w] > p->works.deadline[w]) {
        return "a finish is wrong, late or beyond the horizon";
    }
    if ((p->works.fixed_start[w] != GANGER_NONE && start != p->works.fixed_start[w]) ||
        (p->works.fixed_mode[w] != GANGER_NONE &&
         s->mode[w] != p->works.first_mode[w] + p->works.fixed_mode[w])) {
        return "a fixed work stands elsewhere or in another mode";
    }
    int32_t q = p->works.segment[w];
    for (int32_t other = 0; q != GANGER_NONE && other < p->works.count; other++) {
        if (other != w && p->works.segment[other] == q && start < s->finish[w] &&
            s->start[other] < s->finish[other] && start < s->finish[other] &&
            s->start[other] < s->finish[w]) {
            return "two works overlap on a segment";
        }
    }
    if (p->railhead && p->works.kind[w] == GANGER_WORK_BUILD &&
        ganger_schedule_rails_at(s, q) > start) {
        return "a build work starts before rails reach it";
    }
    return NULL;
}

static const char *diagnose_precedence(const struct ganger_schedule *s)
{
    const struct ganger_precedences *rows = &s->problem->precedences;
    for (int32_t i = 0; i < rows->count; i++) {
        int32_t a = rows->predecessor[i];
        int32_t b = rows->successor[i];
        if (s->start[b] == GANGER_NONE) {
            continue;
        }
        if (s->start[a] == GANGER_NONE) {
            return "a work is done without its predecessor";
        }
        int32_t from = rows->type[i] == GANGER_PRECEDENCE_FS ? s->finish[a] : s->start[a];
        if (s->start[b] < from + rows->lag[i]) {
            return "a work starts before its predecessor allows";
        }
    }
    return NULL;
}

/* What the placed works use of a renewable, added up in plain integers. */
static void add_up(const struct ganger_schedule *s, int32_t renewable, int64_t *use)
{
    const struct ganger_problem *p = s->problem;
    for (int32_t t = 0; t < p->time.periods; t++) {
        use[t] = 0;
    }
    for (int32_t i = 0; i < p->modes.uses; i++) {
        int32_t w = p->modes.work[p->modes.use_mode[i]];
        if (p->resources.renewable_index[p->modes.use_resource[i]] != renewable ||
            s->mode[w] != p->modes.use_mode[i]) {
            continue;
        }
        for (int32_t t = s->start[w]; t < s->finish[w]; t++) {
            use[t] += ganger_problem_productivity(p, w, t) > 0 ? p->modes.use_amount[i] : 0;
        }
    }
}

static const char *diagnose_renewables(const struct ganger_schedule *s)
{
    const struct ganger_problem *p = s->problem;
    int64_t *use = malloc(((size_t)p->time.periods + 1) * sizeof *use);
    const char *wrong = use ? NULL : "no memory for the check";
    for (int32_t r = 0; !wrong && r < p->resources.renewables; r++) {
        const int32_t *capacity = p->resources.capacity + (int64_t)r * p->time.periods;
        add_up(s, r, use);
        for (int32_t t = 0; !wrong && t < p->time.periods; t++) {
            if (use[t] > capacity[t]) {
                wrong = "a renewable is used beyond its capacity";
            } else if (use[t] != ganger_lanes_use(s->frame->lanes, s->cells, r, t)) {
                wrong = "the sums are not those of the placed works";
            }
        }
    }
    free(use);
    return wrong;
}

static const char *diagnose_sums(const struct ganger_schedule *s)
{
    const struct ganger_problem *p = s->problem;
    const struct ganger_lanes *lanes = s->frame->lanes;
    size_t cells = (size_t)lanes->planes * (size_t)lanes->stride;
    for (int32_t j = 0; j < p->resources.windows; j++) {
        if (s->consumed[j] < 0 || s->consumed[j] > s->limit[j]) {
            return "a window is used beyond its limit";
        }
    }
    struct ganger_schedule *fresh = ganger_schedule_create(s->frame);
    if (!fresh) {
        return "no memory for the check";
    }
    for (int32_t w = 0; w < p->works.count; w++) {
        if (s->start[w] != GANGER_NONE) {
            ganger_schedule_place(fresh, (struct ganger_placement){w, s->mode[w], s->start[w]});
        }
    }
    const char *wrong = NULL;
    if (memcmp(fresh->cells, s->cells, cells * sizeof *s->cells) != 0 ||
        memcmp(fresh->consumed, s->consumed, (size_t)p->resources.windows * sizeof *s->consumed) !=
            0) {
        wrong = "the sums are not those of the placed works";
    }
    if (memcmp(fresh->open_unbuilt, s->open_unbuilt,
               (size_t)s->frame->unbuilt_count * sizeof *s->open_unbuilt) != 0 ||
        memcmp(fresh->open_link, s->open_link,
               (size_t)s->frame->unbuilt_links * sizeof *s->open_link) != 0 ||
        fresh->placed != s->placed) {
        wrong = "the railhead or the count is not that of the placed works";
    }
    ganger_schedule_destroy(fresh);
    return wrong;
}

const char *ganger_schedule_diagnose(const struct ganger_schedule *schedule)
{
    for (int32_t w = 0; w < schedule->problem->works.count; w++) {
        const char *wrong = schedule->start[w] == GANGER_NONE ? NULL : diagnose_work(schedule, w);
        if (wrong) {
            return wrong;
        }
    }
    const char *wrong = diagnose_precedence(schedule);
    wrong = wrong ? wrong : diagnose_renewables(schedule);
    return wrong ? wrong : diagnose_sums(schedule);
}
