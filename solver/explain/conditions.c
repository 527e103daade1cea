#include "explain/conditions.h"

#include <stdlib.h>

/* How many of a kind a problem could have. */
static int32_t room_of(const struct ganger_problem *p, enum ganger_condition_kind kind)
{
    switch (kind) {
    case GANGER_CONDITION_SEGMENT:
        return p->segments.count;
    case GANGER_CONDITION_RAILS:
        return 1;
    case GANGER_CONDITION_PRECEDENCE:
        return p->precedences.count;
    case GANGER_CONDITION_GANG:
        return p->resources.renewables;
    case GANGER_CONDITION_WINDOW:
        return p->resources.windows;
    case GANGER_CONDITION_TARGET:
        return p->targets.count;
    default:
        return p->works.count;
    }
}

static bool exists(const struct ganger_problem *p, enum ganger_condition_kind kind, int32_t i)
{
    switch (kind) {
    case GANGER_CONDITION_SEGMENT:
        return p->segments.first_work[i + 1] - p->segments.first_work[i] > 1;
    case GANGER_CONDITION_RAILS:
        return p->railhead && p->segments.count > 0;
    case GANGER_CONDITION_EARLIEST:
        return p->works.earliest[i] > 0;
    case GANGER_CONDITION_FIXED_MODE:
        return p->works.fixed_mode[i] != GANGER_NONE;
    case GANGER_CONDITION_FIXED_START:
        return p->works.fixed_start[i] != GANGER_NONE;
    case GANGER_CONDITION_DEADLINE:
        return p->works.deadline[i] < p->time.periods;
    case GANGER_CONDITION_TARGET:
        return p->targets.hard[i];
    case GANGER_CONDITION_MANDATORY:
        return p->works.mandatory[i];
    default:
        return true;
    }
}

/* Money and time of the cheapest and of the shortest mode: small works are dropped first, so that few remain. */
static double size_of(const struct ganger_problem *p, int32_t w)
{
    double cost = 0, duration = 0;
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        bool first = m == p->works.first_mode[w];
        cost = first || p->modes.cost[m] < cost ? p->modes.cost[m] : cost;
        duration =
            first || p->modes.duration[m] < duration ? (double)p->modes.duration[m] : duration;
    }
    return cost + 1e-3 * duration;
}

struct sized {
    double size;
    int32_t work;
};

static int by_size(const void *a, const void *b)
{
    const struct sized *x = a, *y = b;
    if (x->size != y->size) {
        return x->size < y->size ? -1 : 1;
    }
    return x->work < y->work ? -1 : x->work > y->work;
}

/* Lists mandatory works by size. */
static bool list_mandatory(struct ganger_conditions *c)
{
    const struct ganger_problem *p = c->problem;
    struct sized *works = malloc(((size_t)p->works.count + 1) * sizeof *works);
    int32_t count = 0;
    if (!works) {
        return false;
    }
    for (int32_t w = 0; w < p->works.count; w++) {
        if (p->works.mandatory[w]) {
            works[count++] = (struct sized){size_of(p, w), w};
        }
    }
    qsort(works, (size_t)count, sizeof *works, by_size);
    for (int32_t i = 0; i < count; i++) {
        c->list[c->count++] = (struct ganger_condition){GANGER_CONDITION_MANDATORY, works[i].work};
    }
    free(works);
    return true;
}

bool ganger_conditions_init(struct ganger_conditions *conditions,
                            const struct ganger_problem *problem)
{
    size_t all = 1;
    bool ready = true;
    *conditions = (struct ganger_conditions){.problem = problem};
    for (enum ganger_condition_kind kind = 0; kind < GANGER_CONDITION_KINDS; kind++) {
        size_t room = (size_t)room_of(problem, kind);
        conditions->on[kind] = calloc(room + 1, sizeof(bool));
        ready = ready && conditions->on[kind];
        all += room;
    }
    conditions->list = malloc(all * sizeof *conditions->list);
    if (!ready || !conditions->list) {
        return false;
    }
    for (enum ganger_condition_kind kind = 0; kind < GANGER_CONDITION_MANDATORY; kind++) {
        for (int32_t i = 0; i < room_of(problem, kind); i++) {
            if (exists(problem, kind, i)) {
                conditions->list[conditions->count++] = (struct ganger_condition){kind, i};
            }
        }
    }
    if (!list_mandatory(conditions)) {
        return false;
    }
    for (int32_t i = 0; i < conditions->count; i++) {
        ganger_conditions_set(conditions, i, true);
    }
    return true;
}

void ganger_conditions_clear(struct ganger_conditions *conditions)
{
    for (enum ganger_condition_kind kind = 0; kind < GANGER_CONDITION_KINDS; kind++) {
        free(conditions->on[kind]);
    }
    free(conditions->list);
    *conditions = (struct ganger_conditions){0};
}

void ganger_conditions_set(struct ganger_conditions *conditions, int32_t place, bool on)
{
    struct ganger_condition condition = conditions->list[place];
    conditions->on[condition.kind][condition.index] = on;
}

void ganger_conditions_keep(struct ganger_conditions *conditions)
{
    int32_t kept = 0;
    for (int32_t i = 0; i < conditions->count; i++) {
        struct ganger_condition condition = conditions->list[i];
        if (conditions->on[condition.kind][condition.index]) {
            conditions->list[kept++] = condition;
        }
    }
    conditions->count = kept;
}
