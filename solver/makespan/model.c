#include "makespan/model.h"

#include "makespan/arcs.h"

#include <stdlib.h>
#include <string.h>

static bool whole_horizon(const struct ganger_problem *p)
{
    const struct ganger_resources *r = &p->resources;
    for (int32_t i = 0; i < r->windows; i++) {
        if (r->window_from[i] > 0 || r->window_to[i] < p->time.periods) {
            return false;
        }
    }
    return true;
}

const char *ganger_makespan_model_refusal(const struct ganger_problem *problem)
{
    const struct ganger_works *works = &problem->works;
    if (problem->links.count > 0) {
        return "a network";
    }
    if (!whole_horizon(problem)) {
        return "a consumable limited over a part of the horizon";
    }
    if (problem->targets.count > 0) {
        return "a target";
    }
    if (problem->resources.budget != GANGER_NONE) {
        return "a budget";
    }
    for (int32_t w = 0; w < works->count; w++) {
        if (!works->mandatory[w]) {
            return "an optional work";
        }
        if (works->segment[w] != GANGER_NONE) {
            return "a work on a segment";
        }
        if (works->calendar[w] != GANGER_NONE) {
            return "a work with a calendar";
        }
        if (works->fixed_start[w] != GANGER_NONE) {
            return "a work whose start is fixed";
        }
        if (works->deadline[w] < problem->time.periods) {
            return "a deadline";
        }
    }
    return NULL;
}

/* What a mode asks of a consumable; the budget is paid by costs. Whole horizon: the plain amount. */
static void fill_needs(struct ganger_makespan_model *m, int32_t mode, const int32_t *row_of)
{
    const struct ganger_problem *p = m->problem;
    int32_t from = m->problem_mode[mode];
    int64_t *need = m->need + (int64_t)mode * m->consumables;
    for (int32_t i = p->modes.first_use[from]; i < p->modes.first_use[from + 1]; i++) {
        int32_t row = row_of[p->modes.use_resource[i]];
        if (row != GANGER_NONE) {
            need[row] += p->modes.use_amount[i];
        }
    }
}

static void fill_rate(struct ganger_makespan_model *m, int32_t mode)
{
    const struct ganger_problem *p = m->problem;
    int32_t from = m->problem_mode[mode];
    double share = 0;
    for (int32_t i = p->modes.first_use[from]; i < p->modes.first_use[from + 1]; i++) {
        int32_t r = p->resources.renewable_index[p->modes.use_resource[i]];
        if (r != GANGER_NONE) {
            int32_t capacity = p->resources.capacity[(int64_t)r * p->time.periods];
            int32_t amount = p->modes.use_amount[i], whole = capacity > amount ? capacity : amount;
            m->energy[(int64_t)mode * p->resources.renewables + r] +=
                (int64_t)m->duration[mode] * amount * GANGER_MAKESPAN_ENERGY /
                (whole > 0 ? whole : 1);
            share += amount / (double)(capacity > 0 ? capacity : 1);
        }
    }
    m->rate[mode] = (int64_t)(share * 1000);
}

static bool possible(const struct ganger_makespan_model *m, int32_t work, int32_t mode)
{
    const struct ganger_problem *p = m->problem;
    int32_t fixed = p->works.fixed_mode[work];
    return (fixed == GANGER_NONE || p->works.first_mode[work] + fixed == mode) &&
           !m->lanes->hopeless[mode] && p->modes.duration[mode] <= p->time.periods;
}

static int32_t amount_of(const struct ganger_problem *p, int32_t mode, int32_t resource)
{
    for (int32_t i = p->modes.first_use[mode]; i < p->modes.first_use[mode + 1]; i++) {
        if (p->modes.use_resource[i] == resource) {
            return p->modes.use_amount[i];
        }
    }
    return 0;
}

/* Does mode a ask for no more of anything, time included, than b? */
static bool no_worse(const struct ganger_problem *p, int32_t a, int32_t b)
{
    bool good = p->modes.duration[a] <= p->modes.duration[b];
    for (int32_t i = p->modes.first_use[a]; good && i < p->modes.first_use[a + 1]; i++) {
        good = p->modes.use_amount[i] <= amount_of(p, b, p->modes.use_resource[i]);
    }
    return good;
}

/* A mode is left out if no period has room for it, or another of the work asks for no more of anything: of
 * equals the first stays. */
static bool usable(const struct ganger_makespan_model *m, int32_t work, int32_t mode)
{
    const struct ganger_problem *p = m->problem;
    if (!possible(m, work, mode)) {
        return false;
    }
    for (int32_t i = p->works.first_mode[work]; i < p->works.first_mode[work + 1]; i++) {
        if (i != mode && possible(m, work, i) && no_worse(p, i, mode) &&
            (i < mode || !no_worse(p, mode, i))) {
            return false;
        }
    }
    return true;
}

static void add_mode(struct ganger_makespan_model *m, int32_t w, int32_t mode)
{
    int32_t planes = m->lanes->planes;
    int32_t at = m->modes++;
    m->problem_mode[at] = mode;
    m->mode_work[at] = w;
    m->duration[at] = m->problem->modes.duration[mode];
    memcpy(m->demand + (int64_t)at * planes, m->lanes->demand + (int64_t)mode * planes,
           (size_t)planes * sizeof *m->demand);
    fill_rate(m, at);
}

static void fill_modes(struct ganger_makespan_model *m)
{
    const struct ganger_works *works = &m->problem->works;
    for (int32_t w = 0; w < m->works; w++) {
        int32_t from = m->problem_work[w];
        m->first_mode[w] = m->modes;
        for (int32_t i = works->first_mode[from]; i < works->first_mode[from + 1]; i++) {
            if (usable(m, from, i)) {
                add_mode(m, w, i);
            }
        }
        m->several = m->several || m->modes - m->first_mode[w] > 1;
    }
    m->first_mode[m->works] = m->modes;
}

/* Limits of consumables that have one (the tightest row); the others bind nothing. */
static bool fill_consumables(struct ganger_makespan_model *m)
{
    const struct ganger_resources *r = &m->problem->resources;
    int32_t *row_of = malloc(((size_t)r->count + 1) * sizeof *row_of);
    m->limit = calloc((size_t)r->windows + 1, sizeof *m->limit);
    if (!row_of || !m->limit) {
        free(row_of);
        return false;
    }
    for (int32_t i = 0; i < r->count; i++) {
        row_of[i] = GANGER_NONE;
    }
    for (int32_t i = 0; i < r->windows; i++) {
        int32_t *row = row_of + r->window_resource[i];
        int64_t limit = (int64_t)r->window_limit[i]; /* amounts are whole: so is what binds */
        if (*row == GANGER_NONE) {
            *row = m->consumables++;
            m->limit[*row] = limit;
        }
        m->limit[*row] = limit < m->limit[*row] ? limit : m->limit[*row];
    }
    m->need = calloc((size_t)m->modes * (size_t)m->consumables + 1, sizeof *m->need);
    for (int32_t i = 0; m->need && i < m->modes; i++) {
        fill_needs(m, i, row_of);
    }
    free(row_of);
    return m->need != NULL;
}

static bool constant_capacity(const struct ganger_problem *p)
{
    for (int64_t r = 0; r < p->resources.renewables; r++) {
        const int32_t *capacity = p->resources.capacity + r * p->time.periods;
        for (int32_t t = 1; t < p->time.periods; t++) {
            if (capacity[t] != capacity[0]) {
                return false;
            }
        }
    }
    return true;
}

/* Generation never runs into the end of the horizon: even one work after another is done before it. */
static bool ample_horizon(const struct ganger_makespan_model *m)
{
    int64_t sum = 0;
    for (int32_t w = 0; w < m->works; w++) {
        int32_t longest = 0;
        for (int32_t i = m->first_mode[w]; i < m->first_mode[w + 1]; i++) {
            longest = m->duration[i] > longest ? m->duration[i] : longest;
        }
        sum += longest;
    }
    for (int32_t i = 0; i < m->problem->precedences.count; i++) {
        sum += m->problem->precedences.lag[i];
    }
    return sum < m->problem->time.periods;
}

static bool view(struct ganger_makespan_model *m, enum ganger_direction direction)
{
    const struct ganger_arcs *arcs = &m->arcs[direction];
    m->line_up[direction] = (struct ganger_line_up){
        .works = m->works,
        .periods = m->problem->time.periods,
        .planes = m->lanes->planes,
        .stride = m->lanes->stride,
        .empty = m->lanes->empty,
        .guard = m->lanes->guard,
        .demand = m->demand,
        .duration = m->duration,
        .mode_work = m->mode_work,
        .release = direction == GANGER_FORWARD ? m->release : m->no_release,
        .tail = direction == GANGER_FORWARD ? m->tail : m->head,
        .first_before = arcs->first_before,
        .before = arcs->before,
        .first_arc = arcs->first_arc,
        .arc_other = arcs->arc_other,
        .arc_lag = arcs->arc_lag,
        .arc_kind = arcs->arc_kind,
    };
    m->steps[direction] = ganger_serial_steps_create(&m->line_up[direction], m->modes);
    m->line_up[direction].steps = m->steps[direction];
    return m->steps[direction] != NULL;
}

static bool allocate(struct ganger_makespan_model *m)
{
    const struct ganger_problem *p = m->problem;
    size_t works = (size_t)p->works.count + 1, modes = (size_t)p->modes.count + 1;
    m->lanes = ganger_lanes_create(p);
    m->problem_work = calloc(works, sizeof *m->problem_work);
    m->first_mode = calloc(works, sizeof *m->first_mode);
    m->problem_mode = calloc(modes, sizeof *m->problem_mode);
    m->mode_work = calloc(modes, sizeof *m->mode_work);
    m->duration = calloc(modes, sizeof *m->duration);
    m->rate = calloc(modes, sizeof *m->rate);
    m->energy = calloc(modes * ((size_t)p->resources.renewables + 1), sizeof *m->energy);
    m->release = calloc(works, sizeof *m->release);
    m->no_release = calloc(works, sizeof *m->no_release);
    m->head = calloc(works, sizeof *m->head);
    m->tail = calloc(works, sizeof *m->tail);
    m->demand = m->lanes ? calloc(modes * (size_t)m->lanes->planes, sizeof *m->demand) : NULL;
    return m->lanes && m->problem_work && m->first_mode && m->problem_mode && m->mode_work &&
           m->duration && m->rate && m->energy && m->release && m->no_release && m->head &&
           m->tail && m->demand;
}

static void fill_works(struct ganger_makespan_model *m)
{
    const struct ganger_problem *p = m->problem;
    m->works = p->works.count;
    m->mirrors = constant_capacity(p);
    for (int32_t w = 0; w < m->works; w++) {
        m->problem_work[w] = p->precedences.topological[w];
        m->release[w] = p->works.earliest[m->problem_work[w]];
        m->mirrors = m->mirrors && m->release[w] == 0;
    }
}

struct ganger_makespan_model *ganger_makespan_model_create(const struct ganger_problem *problem)
{
    struct ganger_makespan_model *m = calloc(1, sizeof *m);
    if (!m) {
        return NULL;
    }
    m->problem = problem;
    bool ready = allocate(m);
    if (ready) {
        fill_works(m);
        fill_modes(m);
        m->mirrors = m->mirrors && ample_horizon(m);
    }
    ready = ready && fill_consumables(m) && ganger_makespan_arcs_fill(m);
    if (ready) { /* first: the views have the chains */
        ganger_makespan_chains_fill(m);
    }
    if (!ready || !view(m, GANGER_FORWARD) || !view(m, GANGER_BACKWARD)) {
        ganger_makespan_model_destroy(m);
        return NULL;
    }
    return m;
}

void ganger_makespan_model_destroy(struct ganger_makespan_model *model)
{
    if (!model) {
        return;
    }
    for (int d = 0; d < 2; d++) {
        free(model->arcs[d].first_before);
        free(model->arcs[d].before);
        free(model->arcs[d].first_arc);
        free(model->arcs[d].arc_other);
        free(model->arcs[d].arc_lag);
        free(model->arcs[d].arc_kind);
        free(model->steps[d]);
    }
    ganger_lanes_destroy(model->lanes);
    free(model->problem_work);
    free(model->first_mode);
    free(model->problem_mode);
    free(model->mode_work);
    free(model->duration);
    free(model->demand);
    free(model->rate);
    free(model->energy);
    free(model->need);
    free(model->limit);
    free(model->release);
    free(model->no_release);
    free(model->head);
    free(model->tail);
    free(model);
}

double ganger_makespan_mean_duration(const struct ganger_makespan_model *model)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < model->modes; i++) {
        sum += model->duration[i];
    }
    return (double)sum / (model->modes > 0 ? model->modes : 1);
}
