#include "freight/network.h"

#include "support/test.h"

#include <glpk.h>

/* Columns: delivered of each demand, then demand by demand the flow on each arc (2 a link). */
static int column_of(const struct ganger_problem *p, int32_t demand, int32_t arc)
{
    return 1 + p->demands.count + demand * 2 * p->links.count + arc;
}

static int conservation_row(const struct ganger_problem *p, int32_t demand, int32_t node)
{
    return 1 + 2 * p->links.count + demand * p->nodes.count + node;
}

static void add_delivery(glp_prob *lp, const struct ganger_problem *p, int32_t k, int32_t t)
{
    double volume = ganger_problem_volume(p, k, t);
    glp_set_obj_coef(lp, k + 1, p->demands.value[k]);
    glp_set_col_bnds(lp, k + 1, volume > 0 ? GLP_DB : GLP_FX, 0, volume);
    int rows[] = {0, conservation_row(p, k, p->demands.origin[k]),
                  conservation_row(p, k, p->demands.destination[k])};
    double in_and_out[] = {0, 1, -1};
    glp_set_mat_col(lp, k + 1, 2, rows, in_and_out);
}

static void add_arc(glp_prob *lp, const struct ganger_problem *p, int32_t k, int32_t arc)
{
    int32_t link = arc / 2;
    int32_t from = arc % 2 ? p->links.to[link] : p->links.from[link];
    int32_t to = arc % 2 ? p->links.from[link] : p->links.to[link];
    int column = column_of(p, k, arc);
    double length = 0;
    for (int32_t q = 0; q < p->segments.count; q++) {
        length += p->segments.link[q] == link ? p->segments.end_km[q] - p->segments.start_km[q] : 0;
    }
    glp_set_obj_coef(lp, column, -p->links.cost_per_tkm[link] * length);
    glp_set_col_bnds(lp, column, arc % 2 && p->links.directed[link] ? GLP_FX : GLP_LO, 0, 0);
    int rows[] = {0, 1 + arc, conservation_row(p, k, from), conservation_row(p, k, to)};
    double terms[] = {0, 1, -1, 1};
    glp_set_mat_col(lp, column, 3, rows, terms);
}

double arc_flow_value(const struct ganger_problem *p, int32_t t, const double *capacity)
{
    int32_t arcs = 2 * p->links.count;
    glp_prob *lp = glp_create_prob();
    glp_set_obj_dir(lp, GLP_MAX);
    glp_add_rows(lp, arcs + p->demands.count * p->nodes.count);
    glp_add_cols(lp, p->demands.count * (1 + arcs));
    for (int32_t arc = 0; arc < arcs; arc++) {
        glp_set_row_bnds(lp, 1 + arc, GLP_UP, 0, capacity[arc / 2]);
    }
    for (int32_t k = 0; k < p->demands.count; k++) {
        for (int32_t v = 0; v < p->nodes.count; v++) {
            glp_set_row_bnds(lp, conservation_row(p, k, v), GLP_FX, 0, 0);
        }
        add_delivery(lp, p, k, t);
        for (int32_t arc = 0; arc < arcs; arc++) {
            add_arc(lp, p, k, arc);
        }
    }
    glp_smcp options;
    glp_init_smcp(&options);
    options.msg_lev = GLP_MSG_OFF;
    CU_ASSERT_EQUAL_FATAL(glp_simplex(lp, &options), 0);
    CU_ASSERT_EQUAL_FATAL(glp_get_status(lp), GLP_OPT);
    double value = glp_get_obj_val(lp);
    glp_delete_prob(lp);
    return value;
}
