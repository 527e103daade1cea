/*
 * A linear programme   max c x,  rows <= upper,  x >= 0,   solved by GLPK's simplex.
 *
 * GLPK keeps its environment per thread: create, use and destroy an LP on one thread. An LP solved after
 * the same calls gives the same bits on any thread. Row and column numbers start at 0.
 */
#ifndef GANGER_LP_LP_H
#define GANGER_LP_LP_H

#include <stdbool.h>
#include <stdint.h>

struct ganger_lp;

/* An empty LP; NULL if memory is short. */
struct ganger_lp *ganger_lp_create(void);
void ganger_lp_destroy(struct ganger_lp *lp);

/* Return the number of the new row or column. New rows begin basic, new columns at 0, so a basis stays one. */
int32_t ganger_lp_add_row(struct ganger_lp *lp, double upper);
int32_t ganger_lp_add_column(struct ganger_lp *lp, double objective, const int32_t *rows,
                             int32_t count);
/* The same with a coefficient for each row; add_column has 1 everywhere. */
int32_t ganger_lp_add_column_of(struct ganger_lp *lp, double objective, const int32_t *rows,
                                const double *values, int32_t count);
void ganger_lp_set_upper(struct ganger_lp *lp, int32_t row, double upper);

/* Solves from the last basis. False if GLPK could not, after trying other methods and a fresh basis. */
bool ganger_lp_solve(struct ganger_lp *lp);

double ganger_lp_value(const struct ganger_lp *lp);
/* Price of a row, >= 0. */
double ganger_lp_price(const struct ganger_lp *lp, int32_t row);
double ganger_lp_level(const struct ganger_lp *lp, int32_t column);
/* Simplex iterations since create. */
int64_t ganger_lp_iterations(const struct ganger_lp *lp);

/* A basis as one byte a row, and one a column. Leaving out a basic row or a column that is not basic leaves
 * a basis of the smaller LP. */
bool ganger_lp_is_basic(uint8_t status);
void ganger_lp_get_basis(const struct ganger_lp *lp, uint8_t *rows, uint8_t *columns);
/* Sets the first counts; the rest stay as added. */
void ganger_lp_set_basis(struct ganger_lp *lp, const uint8_t *rows, int32_t row_count,
                         const uint8_t *columns, int32_t column_count);

/* Frees what GLPK keeps for the calling thread; no LP of this thread may be alive. */
void ganger_lp_release_thread(void);

#endif
