#include "makespan/steps.h"

/* A group at work. */
struct group {
    const struct ganger_steps *steps;
    struct ganger_breeder *b;
    struct ganger_population *members; /* copies, on lines that no other worker writes */
    int32_t left;                      /* children yet to be begun */
    struct ganger_serial_lane lane[GANGER_SERIAL_GROUP];
    struct member {
        enum ganger_direction looks, target; /* of the row; of the child */
        uint8_t generated;                   /* as in struct ganger_steps_member */
        bool own;                /* the mother was generated in the target's direction */
        struct ganger_span span; /* where the child's list may differ from her own */
        int64_t limit;           /* the greatest cost that takes her place */
    } member[GANGER_SERIAL_GROUP];
};

static void draw_limit(struct group *g, int32_t q)
{
    const struct ganger_steps *s = g->steps;
    int32_t period = s->model->several ? GANGER_POPULATION_SCALE : 1;
    double more = period * s->temperature * ganger_rng_exponential(&g->b->rng);
    int64_t limit = g->members->cost[q] + (int64_t)more;
    g->member[q].limit = limit;
    g->lane[q].limit = (int32_t)(limit / period < INT32_MAX ? limit / period : INT32_MAX - 1);
}

static struct ganger_parent mother_of(const struct group *g, int32_t q)
{
    struct ganger_parent mother = ganger_breeder_parent(g->b, g->members, q);
    mother.mirrored = g->steps->model->mirrors && g->member[q].looks == g->member[q].target;
    return mother;
}

/* The list of a member's next child. */
static void conceive(struct group *g, int32_t q)
{
    const struct ganger_steps *s = g->steps;
    struct ganger_breeder *b = g->b;
    struct member *m = &g->member[q];
    struct ganger_parent mother = mother_of(g, q), father = mother;
    bool paired = ganger_rng_unit(&b->rng) < s->father;
    if (paired) {
        bool elder = s->elders && ganger_rng_below(&b->rng, 2) == 0;
        const struct ganger_population *from = elder ? s->elders : s->frozen;
        father = ganger_breeder_parent(b, from, ganger_breeder_choose(b, from));
        father.mirrored = s->model->mirrors && m->target == GANGER_FORWARD;
        paired = father.makespan < INT32_MAX;
    }
    m->span = ganger_breeder_conceive(b, paired ? &father : NULL, &mother, m->target, q);
}

static int32_t mothers_start(const struct ganger_makespan_model *model,
                             const struct ganger_parent *mother, int32_t w)
{
    bool turned = model->mirrors && !mother->mirrored;
    return turned ? mother->makespan - mother->start[w] - model->duration[mother->mode[w]]
                  : mother->start[w];
}

/* The works before the span are where she has them. Works have one mode each, of their number: loops over arrays only. */
static void copy_start(struct group *g, int32_t q)
{
    const struct ganger_makespan_model *model = g->steps->model;
    struct ganger_parent mother = mother_of(g, q);
    const int32_t *duration = model->duration;
    int32_t *start = g->lane[q].job->start, *finish = g->lane[q].job->finish;
    if (model->mirrors && !mother.mirrored) {
        for (int32_t w = 0; w < model->works; w++) {
            finish[w] = mother.makespan - mother.start[w];
            start[w] = finish[w] - duration[w];
        }
    } else {
        for (int32_t w = 0; w < model->works; w++) {
            start[w] = mother.start[w];
            finish[w] = start[w] + duration[w];
        }
    }
}

/* Whether all works of the span start when the mother has them. */
static bool like_mother(const struct group *g, int32_t q)
{
    const struct ganger_makespan_model *model = g->steps->model;
    struct ganger_parent mother = mother_of(g, q);
    const struct ganger_serial_job *job = g->lane[q].job;
    for (int32_t i = g->member[q].span.first; i < g->member[q].span.to; i++) {
        int32_t w = model->mode_work[job->list[i]];
        if (job->start[w] != mothers_start(model, &mother, w)) {
            return false;
        }
    }
    return true;
}

/* The next child's turn, in the other direction. */
static void pass(struct group *g, int32_t q)
{
    g->member[q].target = ganger_breeder_target(g->steps->model, g->member[q].target);
}

/* Begins a member's next child that is not known beforehand to be as the mother is, if there are any to begin. */
static void begin(struct group *g, int32_t q)
{
    const struct ganger_makespan_model *model = g->steps->model;
    struct ganger_serial_lane *lane = &g->lane[q];
    struct member *m = &g->member[q];
    for (lane->at = lane->to = 0; g->left > 0 && lane->to == 0; g->left--) {
        m->own = m->generated == m->target && !model->several;
        conceive(g, q);
        draw_limit(g, q);
        m->own = m->own && (m->span.first > 0 || m->span.to < model->works);
        lane->line_up = &model->line_up[m->target];
        if (!m->own) {
            ganger_serial_begin(lane, 0);
            lane->to = model->works;
        } else if (m->span.first < m->span.to) {
            copy_start(g, q);
            ganger_serial_begin(lane, m->span.first);
            lane->to = m->span.to;
        } else {
            pass(g, q);
        }
    }
}

/* A whole child takes its mother's place if it may. */
static void end(struct group *g, int32_t q)
{
    struct member *m = &g->member[q];
    ganger_breeder_deliver(g->b, m->target, q);
    if (g->b->litter->cost[q] <= m->limit) {
        ganger_population_copy(g->members, q, g->b->litter, q);
        m->looks = m->target;
        m->generated = (uint8_t)m->target;
    }
}

/* A lane that stopped: at its limit, behind what was moved, or at the end. */
static void settle(struct group *g, int32_t q)
{
    struct ganger_serial_lane *lane = &g->lane[q];
    const struct member *m = &g->member[q];
    int32_t works = g->steps->model->works;
    bool over = lane->least > lane->limit;
    bool same = !over && m->own && lane->at == m->span.to && like_mother(g, q);
    if (!over && !same && lane->at < works) {
        lane->to = works;
        return;
    }
    if (!over && !same) {
        end(g, q);
    }
    pass(g, q);
    begin(g, q);
}

static bool busy(const struct group *g)
{
    bool any = false;
    for (int32_t q = 0; q < GANGER_SERIAL_GROUP; q++) {
        any = any || g->lane[q].at < g->lane[q].to;
    }
    return any;
}

static void make(struct group *g)
{
    while (busy(g)) {
        ganger_serial_advance(g->lane);
        for (int32_t q = 0; q < GANGER_SERIAL_GROUP; q++) {
            const struct ganger_serial_lane *lane = &g->lane[q];
            if (lane->to > 0 && (lane->at == lane->to || lane->least > lane->limit)) {
                settle(g, q);
            }
        }
    }
}

void ganger_steps_make(const struct ganger_steps *steps, struct ganger_breeder *breeder,
                       int32_t first, int32_t count)
{
    struct group g = {.steps = steps, .b = breeder, .members = breeder->group, .left = count};
    breeder->schedules += count;
    for (int32_t q = 0; q < GANGER_SERIAL_GROUP; q++) {
        ganger_population_copy(g.members, q, steps->members, first + q);
        g.member[q].looks = GANGER_FORWARD;
        g.member[q].target = (enum ganger_direction)steps->state[first + q].target;
        g.member[q].generated = steps->state[first + q].generated;
        g.lane[q].job = &breeder->jobs[q];
        begin(&g, q);
    }
    make(&g);
    for (int32_t q = 0; q < GANGER_SERIAL_GROUP; q++) {
        if (g.member[q].looks == GANGER_BACKWARD) {
            ganger_population_turn(g.members, steps->model, q);
        }
        ganger_population_copy(steps->members, first + q, g.members, q);
        steps->state[first + q] =
            (struct ganger_steps_member){(uint8_t)g.member[q].target, g.member[q].generated};
    }
}
