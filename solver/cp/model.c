/* From a model to variables, sums and tables. */
#include "cp/engine.h"

enum { SUPPLY_CLAUSES = 4096 };

static int32_t add_variable(struct ganger_cp_solver *s, int32_t low, int32_t high)
{
    int32_t v = s->variables++;
    s->bound[2 * v] = low;
    s->bound[2 * v + 1] = -high;
    s->owner[v] = GANGER_CP_NONE;
    return v;
}

struct range {
    int32_t low, high;
};

/* Least and greatest entry of a column over the modes of a task. */
static struct range range_of(const struct ganger_cp_model *m, int32_t task, const int32_t *column,
                             int32_t stride)
{
    struct range range = {INT32_MAX, INT32_MIN};
    for (int32_t k = m->mode_first[task]; k < m->mode_first[task + 1]; k++) {
        int32_t value = column[(int64_t)k * stride];
        range.low = value < range.low ? value : range.low;
        range.high = value > range.high ? value : range.high;
    }
    return range;
}

static int64_t most_variables(const struct ganger_cp_model *m)
{
    return 2 * (int64_t)m->tasks + 1 + m->mode_first[m->tasks] +
           (int64_t)m->tasks * (2 * (int64_t)m->renewables + m->consumables) + m->renewables;
}

static void take_variables(struct ganger_cp_solver *s, const struct ganger_cp_model *m)
{
    int64_t most = most_variables(m);
    s->tasks = m->tasks;
    s->modes = m->mode_first[m->tasks];
    s->renewables = m->renewables;
    s->mode_first = ganger_cp_take(s, m->tasks + 1, sizeof(int32_t));
    s->mode_task = ganger_cp_take(s, s->modes, sizeof(int32_t));
    s->mode_var = ganger_cp_take(s, s->modes, sizeof(int32_t));
    s->mode_duration = ganger_cp_take(s, s->modes, sizeof(int32_t));
    s->mode_demand = ganger_cp_take(s, (int64_t)s->modes * m->renewables, sizeof(int32_t));
    s->mode_energy = ganger_cp_take(s, (int64_t)s->modes * m->renewables, sizeof(int32_t));
    s->bound = ganger_cp_take(s, 2 * most, sizeof(int32_t));
    s->root = ganger_cp_take(s, 2 * most, sizeof(int32_t));
    s->last = ganger_cp_take(s, 2 * most, sizeof(int32_t));
    s->owner = ganger_cp_take(s, most, sizeof(int32_t));
    s->cover = ganger_cp_take(s, m->tasks, sizeof(int32_t));
    s->cover_use = ganger_cp_take(s, m->tasks, sizeof(int32_t));
    s->best_start = ganger_cp_take(s, m->tasks, sizeof(int32_t));
    s->best_mode = ganger_cp_take(s, m->tasks, sizeof(int32_t));
}

static void add_modes(struct ganger_cp_solver *s, const struct ganger_cp_model *m)
{
    for (int32_t i = 0; i <= m->tasks; i++) {
        s->mode_first[i] = m->mode_first[i];
    }
    for (int32_t i = 0; i < m->tasks; i++) {
        bool alone = m->mode_first[i + 1] - m->mode_first[i] == 1;
        for (int32_t k = m->mode_first[i]; k < m->mode_first[i + 1]; k++) {
            s->mode_task[k] = i;
            s->mode_duration[k] = m->duration[k];
            s->mode_var[k] = GANGER_CP_NONE;
            if (!alone) {
                s->mode_var[k] = add_variable(s, 0, 1);
                s->owner[s->mode_var[k]] = k;
            }
        }
    }
    for (int64_t k = 0; k < (int64_t)s->modes * m->renewables; k++) {
        s->mode_demand[k] = m->demand[k];
        int64_t energy = (int64_t)m->demand[k] * m->duration[k / m->renewables];
        s->mode_energy[k] = energy > GANGER_CP_MOST ? GANGER_CP_MOST : (int32_t)energy;
    }
}

/* The order of variables that engine.h promises. */
static void add_times(struct ganger_cp_solver *s, const struct ganger_cp_model *m)
{
    int32_t first = INT32_MAX;
    for (int32_t i = 0; i < m->tasks; i++) {
        add_variable(s, m->earliest[i], m->latest[i]);
        s->refuted = s->refuted || m->earliest[i] > m->latest[i];
        first = m->earliest[i] < first ? m->earliest[i] : first;
    }
    for (int32_t i = 0; i < m->tasks; i++) {
        struct range duration = range_of(m, i, m->duration, 1);
        add_variable(s, duration.low, duration.high);
    }
    add_variable(s, first, m->makespan);
    s->refuted = s->refuted || first > m->makespan;
    s->cut = m->makespan;
    s->lower = first;
}

static void take_sums(struct ganger_cp_solver *s, const struct ganger_cp_model *m)
{
    int64_t sums = (int64_t)m->orders + m->tasks + m->consumables + m->renewables;
    int64_t terms = 3 * ((int64_t)m->orders + m->tasks) +
                    ((int64_t)m->consumables + m->renewables) * m->tasks + m->renewables;
    s->sum_first = ganger_cp_take(s, sums + 1, sizeof(int32_t));
    s->sum_limit = ganger_cp_take(s, sums, sizeof *s->sum_limit);
    s->sum_side = ganger_cp_take(s, terms, sizeof(int32_t));
}

static void begin_sum(struct ganger_cp_solver *s, int64_t limit)
{
    s->sum_limit[s->sums] = limit;
    s->sum_first[s->sums + 1] = s->sum_first[s->sums];
    s->sums++;
}

static void add_term(struct ganger_cp_solver *s, int32_t side)
{
    if (s->bound[side] == -s->bound[side ^ 1]) {
        s->sum_limit[s->sums - 1] -= s->bound[side];
    } else {
        s->sum_side[s->sum_first[s->sums]++] = side;
    }
}

/* A sum of constants only would never be looked at. */
static void end_sum(struct ganger_cp_solver *s)
{
    if (s->sum_first[s->sums] == s->sum_first[s->sums - 1]) {
        s->refuted = s->refuted || s->sum_limit[s->sums - 1] < 0;
        s->sums--;
    }
}

static void add_orders(struct ganger_cp_solver *s, const struct ganger_cp_model *m)
{
    for (int32_t k = 0; k < m->orders; k++) {
        begin_sum(s, -(int64_t)m->lag[k]);
        add_term(s, 2 * m->from[k]);
        if (!m->relation || m->relation[k] == GANGER_CP_FINISH_START) {
            add_term(s, 2 * (m->tasks + m->from[k]));
        }
        add_term(s, 2 * m->to[k] + 1);
        end_sum(s);
    }
    for (int32_t i = 0; i < m->tasks; i++) {
        begin_sum(s, 0);
        add_term(s, 2 * i);
        add_term(s, 2 * (m->tasks + i));
        add_term(s, 2 * 2 * m->tasks + 1);
        end_sum(s);
    }
}

static void add_consumables(struct ganger_cp_solver *s, const struct ganger_cp_model *m)
{
    s->first_need = s->variables;
    for (int32_t c = 0; c < m->consumables; c++) {
        begin_sum(s, m->limit[c]);
        for (int32_t i = 0; i < m->tasks; i++) {
            struct range need = range_of(m, i, m->need + c, m->consumables);
            add_term(s, 2 * add_variable(s, need.low, need.high));
        }
        end_sum(s);
    }
}

static void index_sums(struct ganger_cp_solver *s)
{
    int32_t terms = s->sum_first[s->sums], sides = 2 * s->variables;
    s->sums_first = ganger_cp_take(s, sides + 1, sizeof(int32_t));
    s->sums_of = ganger_cp_take(s, terms, sizeof(int32_t));
    if (s->failed) {
        return;
    }
    for (int32_t k = 0; k < terms; k++) {
        s->sums_first[s->sum_side[k]]++;
    }
    for (int32_t side = 0; side < sides; side++) {
        s->sums_first[side + 1] += s->sums_first[side];
    }
    /* Filled from the back: sums_first[side] ends up as the first of the side. */
    for (int32_t sum = s->sums - 1; sum >= 0; sum--) {
        for (int32_t k = s->sum_first[sum + 1] - 1; k >= s->sum_first[sum]; k--) {
            s->sums_of[--s->sums_first[s->sum_side[k]]] = sum;
        }
    }
}

static void take_table(struct ganger_cp_solver *s, struct ganger_cp_table *t, int32_t count)
{
    t->task = ganger_cp_take(s, count, sizeof(int32_t));
    t->demand = ganger_cp_take(s, count, sizeof(int32_t));
    t->energy = ganger_cp_take(s, count, sizeof(int32_t));
    t->from = ganger_cp_take(s, t->steps, sizeof(int32_t));
    t->capacity = ganger_cp_take(s, t->steps, sizeof(int32_t));
    t->by_latest = ganger_cp_take(s, count, sizeof(int32_t));
    t->by_end = ganger_cp_take(s, count, sizeof(int32_t));
    t->begin = ganger_cp_take(s, 2 * (int64_t)count + t->steps, sizeof(int32_t));
    t->free = ganger_cp_take(s, 2 * (int64_t)count + t->steps, sizeof(int32_t));
    t->hint = ganger_cp_take(s, 2 * (int64_t)count, sizeof(int32_t));
    t->area = ganger_cp_take(s, 2 * (int64_t)count + t->steps, sizeof *t->area);
    t->loose = ganger_cp_take(s, count, sizeof *t->loose);
    t->edge_time = ganger_cp_take(s, 2 * (int64_t)count, sizeof(int32_t));
    t->edge_use = ganger_cp_take(s, 2 * (int64_t)count, sizeof(int32_t));
}

/* Duration times demand, mode by mode; too much for a variable is as good as more than that. */
static struct range energy_of(const struct ganger_cp_model *m, int32_t task, int32_t r)
{
    struct range range = {INT32_MAX, INT32_MIN};
    for (int32_t k = m->mode_first[task]; k < m->mode_first[task + 1]; k++) {
        int64_t energy = (int64_t)m->duration[k] * m->demand[(int64_t)k * m->renewables + r];
        int32_t value = energy > GANGER_CP_MOST ? GANGER_CP_MOST + 1 : (int32_t)energy;
        range.low = value < range.low ? value : range.low;
        range.high = value > range.high ? value : range.high;
    }
    return range;
}

static int32_t add_energy(struct ganger_cp_solver *s, const struct ganger_cp_model *m, int32_t task,
                          int32_t r)
{
    struct range energy = energy_of(m, task, r);
    bool several = m->mode_first[task + 1] - m->mode_first[task] > 1;
    return several && energy.high <= GANGER_CP_MOST ? add_variable(s, energy.low, energy.high)
                                                    : GANGER_CP_NONE;
}

/* All tasks together use no more than there is until the makespan: that binds modes. What there is, a variable, follows
 * the makespan where there is room for a clause for each of its values. */
static void limit_energy(struct ganger_cp_solver *s, struct ganger_cp_table *t)
{
    int64_t most = ganger_cp_capacity_between(t, s->lower, s->cut);
    t->first = s->lower;
    begin_sum(s, most);
    if (most <= GANGER_CP_MOST && s->cut - s->lower <= SUPPLY_CLAUSES) {
        t->supply = add_variable(s, 0, (int32_t)most);
        s->sum_limit[s->sums - 1] = 0;
        add_term(s, 2 * t->supply + 1);
    }
    for (int32_t k = 0; k < t->count; k++) {
        if (t->energy[k] != GANGER_CP_NONE) {
            add_term(s, 2 * t->energy[k]);
        } else {
            s->sum_limit[s->sums - 1] -=
                (int64_t)s->bound[2 * (s->tasks + t->task[k])] * s->bound[2 * t->demand[k]];
        }
    }
    end_sum(s);
}

static void add_table(struct ganger_cp_solver *s, const struct ganger_cp_model *m, int32_t r)
{
    struct ganger_cp_table *t = &s->table[s->tables];
    *t = (struct ganger_cp_table){
        .renewable = r, .supply = GANGER_CP_NONE, .steps = m->step_first[r + 1] - m->step_first[r]};
    take_table(s, t, m->tasks);
    if (s->failed) {
        return;
    }
    int64_t most = 0;
    int32_t least = INT32_MAX;
    for (int32_t k = 0; k < t->steps; k++) {
        t->from[k] = m->step_from ? m->step_from[m->step_first[r] + k] : 0;
        t->capacity[k] = m->step_capacity[m->step_first[r] + k];
        t->capacity[k] = t->capacity[k] < 0 ? 0 : t->capacity[k];
        least = t->capacity[k] < least ? t->capacity[k] : least;
    }
    t->from[0] = INT32_MIN;
    for (int32_t i = 0; i < m->tasks; i++) {
        struct range demand = range_of(m, i, m->demand + r, m->renewables);
        if (demand.high > 0 && s->bound[2 * (m->tasks + i) + 1] < 0) {
            t->by_latest[t->count] = t->by_end[t->count] = t->count;
            t->task[t->count] = i;
            t->demand[t->count] = add_variable(s, demand.low, demand.high);
            t->energy[t->count++] = add_energy(s, m, i, r);
            most += demand.high;
        }
    }
    if (most > least) {
        s->tables++;
        if (s->modes > s->tasks) {
            limit_energy(s, t);
        }
    }
}

static void add_tables(struct ganger_cp_solver *s, const struct ganger_cp_model *m)
{
    s->table = ganger_cp_take(s, m->renewables, sizeof *s->table);
    s->table_dirty = ganger_cp_take(s, m->renewables, 1);
    for (int32_t r = 0; r < m->renewables && !s->failed; r++) {
        add_table(s, m, r);
    }
}

/* Calls visit(s, variable, table) for every variable that matters to a table. */
static void each_of_tables(struct ganger_cp_solver *s,
                           void (*visit)(struct ganger_cp_solver *, int32_t, int32_t))
{
    for (int32_t k = s->tables - 1; k >= 0; k--) {
        for (int32_t at = s->table[k].count - 1; at >= 0; at--) {
            visit(s, s->table[k].task[at], k);
            visit(s, s->tasks + s->table[k].task[at], k);
            visit(s, s->table[k].demand[at], k);
            if (s->table[k].energy[at] != GANGER_CP_NONE) {
                visit(s, s->table[k].energy[at], k);
            }
        }
    }
}

static void count_table(struct ganger_cp_solver *s, int32_t variable, int32_t table)
{
    (void)table;
    s->tables_first[variable]++;
}

static void enter_table(struct ganger_cp_solver *s, int32_t variable, int32_t table)
{
    s->tables_of[--s->tables_first[variable]] = table;
}

static void index_tables(struct ganger_cp_solver *s)
{
    s->tables_first = ganger_cp_take(s, s->variables + 1, sizeof(int32_t));
    int64_t entries = 0;
    for (int32_t k = 0; k < s->tables; k++) {
        entries += 4 * (int64_t)s->table[k].count;
        s->table_dirty[k] = 1;
    }
    s->tables_of = ganger_cp_take(s, entries, sizeof(int32_t));
    if (s->failed) {
        return;
    }
    each_of_tables(s, count_table);
    for (int32_t v = 0; v < s->variables; v++) {
        s->tables_first[v + 1] += s->tables_first[v];
    }
    each_of_tables(s, enter_table);
}

/* Tightens the windows before tables are made by their size. */
static void propagate_sums(struct ganger_cp_solver *s)
{
    for (int32_t k = 0; k < s->sums && !s->refuted; k++) {
        s->refuted = !ganger_cp_sum_propagate(s, k);
    }
    while (s->head < s->events && !s->refuted) {
        int32_t side = s->event[s->head++].side;
        for (int32_t k = s->sums_first[side]; k < s->sums_first[side + 1] && !s->refuted; k++) {
            s->refuted = !ganger_cp_sum_propagate(s, s->sums_of[k]);
        }
    }
}

void ganger_cp_build(struct ganger_cp_solver *s, const struct ganger_cp_model *m)
{
    take_variables(s, m);
    take_sums(s, m);
    if (s->failed) {
        return;
    }
    add_times(s, m);
    add_modes(s, m);
    add_orders(s, m);
    add_consumables(s, m);
    add_tables(s, m);
    if (s->failed) {
        return;
    }
    for (int32_t side = 0; side < 2 * s->variables; side++) {
        s->root[side] = s->bound[side];
        s->last[side] = GANGER_CP_NONE;
    }
    index_sums(s);
    index_tables(s);
    if (s->failed || s->refuted) {
        return;
    }
    propagate_sums(s);
    if (s->failed || s->refuted) {
        return;
    }
    ganger_cp_settle(s);
    s->refuted =
        ganger_cp_clauses_create(s) && ganger_cp_branch_create(s) && !ganger_cp_build_modes(s, m);
}
