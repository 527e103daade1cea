/* One mode a task, and what follows for its duration and for what it takes of each resource. */
#include "cp/engine.h"

/* The variable that takes the value column[mode * stride] of the mode chosen. */
struct link {
    int32_t task, variable;
    const int32_t *column;
    int32_t stride;
};

static bool choose_one(struct ganger_cp_solver *s, int32_t first, int32_t end)
{
    s->why.count = 0;
    for (int32_t k = first; k < end; k++) {
        ganger_cp_push(s, &s->why, (struct ganger_cp_literal){2 * s->mode_var[k], 1});
        for (int32_t other = first; other < k; other++) {
            struct ganger_cp_literal pair[2] = {{2 * s->mode_var[k] + 1, 0},
                                                {2 * s->mode_var[other] + 1, 0}};
            if (!ganger_cp_clause_root(s, pair, 2)) {
                return false;
            }
        }
    }
    return ganger_cp_clause_root(s, s->why.at, s->why.count);
}

/* One side of a link: if no mode of a lesser value is left, the side is at least `value`. */
static bool link_rest(struct ganger_cp_solver *s, const struct link *l, int32_t sign, int32_t value)
{
    s->why.count = 0;
    ganger_cp_push(s, &s->why, (struct ganger_cp_literal){2 * l->variable + (sign < 0), value});
    for (int32_t k = s->mode_first[l->task]; k < s->mode_first[l->task + 1]; k++) {
        if (sign * l->column[(int64_t)k * l->stride] < value) {
            ganger_cp_push(s, &s->why, (struct ganger_cp_literal){2 * s->mode_var[k], 1});
        }
    }
    return ganger_cp_clause_root(s, s->why.at, s->why.count);
}

static bool link_modes(struct ganger_cp_solver *s, const struct link *l)
{
    int32_t side = 2 * l->variable;
    for (int32_t k = s->mode_first[l->task]; k < s->mode_first[l->task + 1]; k++) {
        int32_t value = l->column[(int64_t)k * l->stride];
        struct ganger_cp_literal not_mode = {2 * s->mode_var[k] + 1, 0};
        struct ganger_cp_literal up[2] = {not_mode, {side, value}};
        struct ganger_cp_literal down[2] = {not_mode, {side + 1, -value}};
        if (!ganger_cp_clause_root(s, up, 2) || !ganger_cp_clause_root(s, down, 2) ||
            !link_rest(s, l, 1, value) || !link_rest(s, l, -1, -value)) {
            return false;
        }
    }
    return true;
}

static bool link_task(struct ganger_cp_solver *s, const struct ganger_cp_model *m, int32_t task)
{
    struct link duration = {task, m->tasks + task, m->duration, 1};
    return m->mode_first[task + 1] - m->mode_first[task] == 1 ||
           (choose_one(s, m->mode_first[task], m->mode_first[task + 1]) &&
            link_modes(s, &duration));
}

/* A shorter makespan leaves less of a renewable. */
static bool link_supply(struct ganger_cp_solver *s, const struct ganger_cp_table *t)
{
    int32_t makespan = 2 * 2 * s->tasks, last = -s->bound[makespan + 1];
    for (int32_t v = s->bound[makespan]; v < last && t->supply != GANGER_CP_NONE; v++) {
        int64_t supply = ganger_cp_capacity_between(t, t->first, v);
        struct ganger_cp_literal either[2] = {{makespan, v + 1},
                                              {2 * t->supply + 1, (int32_t)-supply}};
        if (!ganger_cp_clause_root(s, either, 2)) {
            return false;
        }
    }
    return true;
}

static bool link_tables(struct ganger_cp_solver *s, const struct ganger_cp_model *m)
{
    for (int32_t k = 0; k < s->tables; k++) {
        const struct ganger_cp_table *t = &s->table[k];
        if (!link_supply(s, t)) {
            return false;
        }
        for (int32_t at = 0; at < t->count; at++) {
            struct link use = {t->task[at], t->demand[at], m->demand + t->renewable, m->renewables};
            if (s->mode_var[m->mode_first[use.task]] != GANGER_CP_NONE && !link_modes(s, &use)) {
                return false;
            }
            struct link energy = {t->task[at], t->energy[at], s->mode_energy + t->renewable,
                                  m->renewables};
            if (t->energy[at] != GANGER_CP_NONE && !link_modes(s, &energy)) {
                return false;
            }
        }
    }
    return true;
}

static bool link_consumables(struct ganger_cp_solver *s, const struct ganger_cp_model *m)
{
    int32_t variable = s->first_need;
    for (int32_t c = 0; c < m->consumables; c++) {
        for (int32_t i = 0; i < m->tasks; i++, variable++) {
            struct link need = {i, variable, m->need + c, m->consumables};
            if (s->mode_var[m->mode_first[i]] != GANGER_CP_NONE && !link_modes(s, &need)) {
                return false;
            }
        }
    }
    return true;
}

bool ganger_cp_build_modes(struct ganger_cp_solver *s, const struct ganger_cp_model *m)
{
    for (int32_t i = 0; i < m->tasks; i++) {
        if (!link_task(s, m, i)) {
            return false;
        }
    }
    return link_tables(s, m) && link_consumables(s, m);
}
