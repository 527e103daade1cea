/* The primal-dual method's state, shared by its files. */
#ifndef GANGER_RELAX_PRIMAL_DUAL_PARTS_H
#define GANGER_RELAX_PRIMAL_DUAL_PARTS_H

#include "relax/primal_dual.h"

/* Jobs of the dual phase. */
enum { GANGER_PD_ROW_JOBS = 8 };

/* A pair of solutions and what the primal one uses. */
struct ganger_pd_point {
    double *x;    /* [columns] */
    double *flow; /* [path room * width] */
    struct ganger_row_prices y;
    double *capacity; /* [segments * width] against untouched segments */
    double *carried;  /* [arcs * width] */
    double *renewable, *window, *target;
    struct ganger_order_use order;
    double *crossing; /* [crossings * width] */
    double *entry;    /* [entries of gates * width] shares of the block */
    double *term;     /* [terms of gates * width] likewise */
    double *beyond;   /* [rows of closure * width] freight beyond the limit, Mt/yr */
    double *credit;   /* [accounts * width] gang-periods done by the beginning of each block */
    double *need;     /* [rows of energy * width] what is to be done by then */
    double *lacking;  /* [rows of energy * width] the difference */
};

/* Sums of a job, added in the order of jobs. */
struct ganger_pd_sums {
    double moved_x, moved_y,
        interplay; /* squared lengths, and the change of y times that of the use */
    double earned, hoped;
};

/* How many rows of closure there are, and what belongs to them. */
struct ganger_pd_rows {
    int32_t rows, crossings, gates, entries, terms, changes;
};

struct ganger_pd_error {
    double primal, dual, violation, size;
};

struct ganger_primal_dual {
    const struct ganger_problem *problem;
    const struct ganger_graph *graph;
    const struct ganger_path_pool *paths;
    const struct ganger_orders *orders;
    const struct ganger_closures *closures; /* NULL: there are none */
    struct ganger_pd_rows rows;             /* of them, as far as arrays go */
    const struct ganger_energies *energies;
    bool awaits; /* rows of energy hold */
    struct ganger_blocks blocks;
    struct ganger_columns stock;   /* all columns */
    struct ganger_columns columns; /* those at hand: all, or some that were picked */
    struct ganger_columns picked;
    int32_t *at;      /* [stock] where it is among those at hand, GANGER_NONE */
    int32_t *list;    /* [stock] scratch */
    double *paid;     /* [stock] what they earned when they were looked through last */
    bool looked_over; /* they were */
    struct ganger_flows flows;
    struct ganger_column_sums column_sums;
    struct ganger_column_use use[GANGER_COLUMNS_JOBS];
    struct ganger_pd_point now, next, sum,
        start; /* sum: of steps since the restart, weighted; start: there */
    int32_t path_room;
    /* Step lengths, and what is there of each row. */
    double *work_length, *demand_length; /* [works] by place, [demands] */
    double *segment_length, *renewable_length, *window_length, *target_length;
    double *order_length;             /* [orders * width]; 0 where there is no row */
    double *closure_length;           /* [rows of closure * width]; 0 where there is no volume */
    double *closure_volume;           /* [rows of closure * width] of all demands of the row */
    double *closure_limit;            /* [rows of closure * width] with nothing done, Mt/yr */
    int32_t *first_change;            /* [rows of closure + 1] */
    double *closure_change;           /* [changes * width] of a row for each term of its gate */
    int32_t *first_of_gate, *of_gate; /* CSR [gates+1]: rows of closure of each gate */
    int32_t *first_of_crossing,
        *of_crossing;        /* CSR [crossings+1]: rows of closure that it is part of */
    double *gate_share;      /* [gates * width], see struct ganger_column_gates */
    double *term_price;      /* [terms * width], likewise */
    double *crossing_price;  /* [crossings * width] */
    double *energy_length;   /* [rows of energy * width]; 0 in the last block */
    double *account_price;   /* [accounts * width] */
    double *segment_inverse; /* [segments * width] 1 by the length */
    double *worn;            /* [segments * width] */
    double *supply;          /* [renewables * width] */
    double *profit;          /* [columns] scratch */
    double *scratch[GANGER_COLUMNS_JOBS]; /* of a work's job */
    double *flow_scratch;                 /* of all vectors */
    int32_t vectors;
    struct ganger_pd_sums *sums; /* [jobs], the last of the rows outside the dual jobs */
    double step, weight, total;  /* step length, primal weight, weight of the sum */
    int64_t iterations, since_restart;
    struct ganger_pd_error last_restart, last_look, view;
    const struct ganger_pd_point *shown;  /* the better of the last point and the average */
    const struct ganger_pd_point *priced; /* the one of them whose prices prove more */
    /* of the phase under way */
    struct ganger_pd_point *from, *to;
    double primal_step, dual_step;
};

/* primal_dual_points.c: zeroed arrays and points; false if memory is short. */
bool ganger_pd_make(double **array, size_t count);
/* Room for `to` cells instead of `from`, the new ones 0; false if memory is short. */
bool ganger_pd_widen(double **array, size_t from, size_t to);
/* Rows of `width` cells get new numbers, none of them greater; what is behind the last one becomes 0. */
void ganger_pd_renumber(double *rows, size_t width, const int32_t *number, int32_t count);
bool ganger_pd_point_init(struct ganger_pd_point *z, const struct ganger_primal_dual *s);
void ganger_pd_point_clear(struct ganger_pd_point *z);
/* to = scale * from, but for what is used. */
void ganger_pd_point_scale(const struct ganger_primal_dual *s, struct ganger_pd_point *to,
                           const struct ganger_pd_point *from, double scale);
/* Adds the next point to the sum with the step's length as its weight; then `now` goes there, and on by a share of that way.
 * What is used goes along, as it is linear, but for crossings, entries and terms, of which `beyond` has what matters. */
void ganger_pd_take_step(struct ganger_primal_dual *s, double length, double beyond, int threads);

/* primal_dual_pick.c: takes columns to hand that may come into use before the next look, and leaves the others. False if memory
 * is short. */
bool ganger_pd_pick_init(struct ganger_primal_dual *s);
void ganger_pd_pick_clear(struct ganger_primal_dual *s);
bool ganger_pd_pick(struct ganger_primal_dual *s, int threads);

/* primal_dual_lengths.c: what there is of each row; step lengths; the weight to begin with. */
void ganger_pd_measure_supply(struct ganger_primal_dual *s);
bool ganger_pd_choose_lengths(struct ganger_primal_dual *s);
double ganger_pd_first_weight(const struct ganger_primal_dual *s);

/* primal_dual_phases.c: works and flows move from one point to another - or, if it is the same, only what they use is
 * measured; then prices move along what is used. */
void ganger_pd_primal_phase(struct ganger_primal_dual *s, struct ganger_pd_point *from,
                            struct ganger_pd_point *to, int threads);
void ganger_pd_dual_phase(struct ganger_primal_dual *s, int threads);
/* Fills profit with what columns of the work at a place earn at the point that the phase under way begins from, once rents, gates
 * and energies have their prices there. */
void ganger_pd_price_work(struct ganger_primal_dual *s, const struct ganger_columns *columns,
                          int32_t place, int32_t job);
/* Of the last phases. */
struct ganger_pd_sums ganger_pd_add_sums(const struct ganger_primal_dual *s);
/* Where a point stands; measures what it uses. */
struct ganger_pd_error ganger_pd_measure(struct ganger_primal_dual *s, struct ganger_pd_point *z,
                                         int threads);

/* What of a row of order is begun too early at a point, in cell i = row * width + block. */
double ganger_pd_early(const struct ganger_primal_dual *s, const struct ganger_pd_point *z,
                       int64_t i);

/* primal_dual_closures.c: rows of closure. Arrays for those that there are now; the numbers of what is new are 0. False if
 * memory is short. */
bool ganger_pd_widen_closures(struct ganger_primal_dual *s);
/* Shares and lengths; called by ganger_pd_choose_lengths(). False if memory is short, as the next. */
bool ganger_pd_choose_closure_lengths(struct ganger_primal_dual *s);
/* What flows on each crossing weigh in rows, in natural units: [crossings], to be freed. */
bool ganger_pd_weigh_crossings(const struct ganger_primal_dual *s, double **weight);
/* Before a primal phase: what works and flows pay at a point. After it: shares of terms. */
void ganger_pd_price_gates(struct ganger_primal_dual *s, struct ganger_pd_point *from, int threads);
void ganger_pd_sum_terms(const struct ganger_primal_dual *s, struct ganger_pd_point *to);
struct ganger_column_gates ganger_pd_gates(const struct ganger_primal_dual *s);
/* How far a row is broken at a point: fills beyond. */
void ganger_pd_look_beyond(const struct ganger_primal_dual *s, struct ganger_pd_point *z,
                           int64_t row);
/* The dual phase of rows from .. to-1; `beyond` is filled where prices come from, and is now where they go. */
void ganger_pd_move_closures(const struct ganger_primal_dual *s, int32_t from, int32_t to,
                             struct ganger_pd_sums *sums);
void ganger_pd_inherit_closures(struct ganger_primal_dual *s, const struct ganger_primal_dual *from,
                                int32_t b, int32_t a);
void ganger_pd_clear_closures(struct ganger_primal_dual *s);

/* primal_dual_energies.c: rows of energy. False if memory is short. */
bool ganger_pd_make_energies(struct ganger_primal_dual *s);
/* Step lengths; adds to work[works] what they weigh in rows, in natural units. */
void ganger_pd_weigh_energies(const struct ganger_primal_dual *s, double *work);
/* Before a primal phase: what works get at a point. */
void ganger_pd_price_energies(struct ganger_primal_dual *s, const struct ganger_pd_point *from);
/* How far a row is broken at a point: fills lacking. */
void ganger_pd_look_lacking(const struct ganger_primal_dual *s, struct ganger_pd_point *z,
                            int32_t row);
/* The dual phase of rows from .. to-1. */
void ganger_pd_move_energies(const struct ganger_primal_dual *s, int32_t from, int32_t to,
                             struct ganger_pd_sums *sums);
/* `first`: block b is the first one that goes on from block a. */
void ganger_pd_inherit_energies(struct ganger_primal_dual *s, const struct ganger_primal_dual *from,
                                int32_t b, int32_t a, bool first);

static inline size_t ganger_pd_width(const struct ganger_primal_dual *s)
{
    return (size_t)s->blocks.width;
}

#endif
