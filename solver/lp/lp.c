#include "lp/lp.h"

#include <glpk.h>
#include <stdlib.h>

struct ganger_lp {
    glp_prob *problem;
    int32_t rows, columns;
    bool primal_ready; /* the basis is primal feasible (only columns were added since) */
    int *index;        /* scratch of add_column, from 1 */
    double *value;
    int32_t scratch;
};

struct ganger_lp *ganger_lp_create(void)
{
    struct ganger_lp *lp = calloc(1, sizeof *lp);
    if (!lp) {
        return NULL;
    }
    glp_term_out(GLP_OFF); /* per thread, so here and not once */
    lp->problem = glp_create_prob();
    glp_set_obj_dir(lp->problem, GLP_MAX);
    lp->primal_ready = true;
    return lp;
}

void ganger_lp_destroy(struct ganger_lp *lp)
{
    if (!lp) {
        return;
    }
    glp_delete_prob(lp->problem);
    free(lp->index);
    free(lp->value);
    free(lp);
}

int32_t ganger_lp_add_row(struct ganger_lp *lp, double upper)
{
    int row = glp_add_rows(lp->problem, 1);
    glp_set_row_bnds(lp->problem, row, GLP_UP, 0.0, upper);
    lp->rows++;
    lp->primal_ready = false;
    return row - 1;
}

static bool reserve(struct ganger_lp *lp, int32_t count)
{
    if (count <= lp->scratch) {
        return true;
    }
    int32_t size = 2 * count + 16;
    int *index = realloc(lp->index, ((size_t)size + 1) * sizeof *index);
    if (index) {
        lp->index = index;
    }
    double *value = realloc(lp->value, ((size_t)size + 1) * sizeof *value);
    if (value) {
        lp->value = value;
    }
    if (!index || !value) {
        return false;
    }
    lp->scratch = size;
    return true;
}

int32_t ganger_lp_add_column(struct ganger_lp *lp, double objective, const int32_t *rows,
                             int32_t count)
{
    return ganger_lp_add_column_of(lp, objective, rows, NULL, count);
}

int32_t ganger_lp_add_column_of(struct ganger_lp *lp, double objective, const int32_t *rows,
                                const double *values, int32_t count)
{
    int column = glp_add_cols(lp->problem, 1);
    glp_set_col_bnds(lp->problem, column, GLP_LO, 0.0, 0.0);
    glp_set_obj_coef(lp->problem, column, objective);
    lp->columns++;
    if (reserve(lp, count)) {
        for (int32_t i = 0; i < count; i++) {
            lp->index[i + 1] = rows[i] + 1;
            lp->value[i + 1] = values ? values[i] : 1.0;
        }
        glp_set_mat_col(lp->problem, column, count, lp->index, lp->value);
    } else {
        glp_set_col_bnds(lp->problem, column, GLP_FX, 0.0, 0.0); /* a path that cannot be used */
    }
    return column - 1;
}

void ganger_lp_set_upper(struct ganger_lp *lp, int32_t row, double upper)
{
    glp_set_row_bnds(lp->problem, row + 1, GLP_UP, 0.0, upper);
    lp->primal_ready = false;
}

static bool simplex(struct ganger_lp *lp, int method)
{
    glp_smcp options;
    glp_init_smcp(&options);
    options.msg_lev = GLP_MSG_OFF;
    options.meth = method;
    return glp_simplex(lp->problem, &options) == 0 && glp_get_status(lp->problem) == GLP_OPT;
}

bool ganger_lp_solve(struct ganger_lp *lp)
{
    /* Right-hand sides change most, and leave the basis dual feasible. */
    bool solved = simplex(lp, lp->primal_ready ? GLP_PRIMAL : GLP_DUALP);
    if (!solved) {
        solved = simplex(lp, GLP_PRIMAL);
    }
    if (!solved) {
        glp_std_basis(lp->problem);
        solved = simplex(lp, GLP_PRIMAL);
    }
    if (!solved) {
        glp_adv_basis(lp->problem, 0);
        solved = simplex(lp, GLP_DUALP);
    }
    lp->primal_ready = solved;
    return solved;
}

double ganger_lp_value(const struct ganger_lp *lp)
{
    return glp_get_obj_val(lp->problem);
}

double ganger_lp_price(const struct ganger_lp *lp, int32_t row)
{
    double price = glp_get_row_dual(lp->problem, row + 1);
    return price > 0 ? price : 0;
}

double ganger_lp_level(const struct ganger_lp *lp, int32_t column)
{
    double level = glp_get_col_prim(lp->problem, column + 1);
    return level > 0 ? level : 0;
}

int64_t ganger_lp_iterations(const struct ganger_lp *lp)
{
    return glp_get_it_cnt(lp->problem);
}

bool ganger_lp_is_basic(uint8_t status)
{
    return status == GLP_BS;
}

void ganger_lp_get_basis(const struct ganger_lp *lp, uint8_t *rows, uint8_t *columns)
{
    for (int32_t i = 0; i < lp->rows; i++) {
        rows[i] = (uint8_t)glp_get_row_stat(lp->problem, i + 1);
    }
    for (int32_t j = 0; j < lp->columns; j++) {
        columns[j] = (uint8_t)glp_get_col_stat(lp->problem, j + 1);
    }
}

void ganger_lp_set_basis(struct ganger_lp *lp, const uint8_t *rows, int32_t row_count,
                         const uint8_t *columns, int32_t column_count)
{
    for (int32_t i = 0; i < row_count; i++) {
        glp_set_row_stat(lp->problem, i + 1, rows[i]);
    }
    for (int32_t j = 0; j < column_count; j++) {
        glp_set_col_stat(lp->problem, j + 1, columns[j]);
    }
    lp->primal_ready = false;
}

void ganger_lp_release_thread(void)
{
    glp_free_env();
}
