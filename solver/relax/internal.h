/* The relaxation's state, shared by the files of this folder. */
#ifndef GANGER_RELAX_INTERNAL_H
#define GANGER_RELAX_INTERNAL_H

#include "relax/relaxation.h"

/* Fixed numbers of jobs, so that nothing depends on threads. */
enum { GANGER_RELAX_TIME_BLOCKS = 16, GANGER_RELAX_WORK_BLOCKS = 32 };

/* Multipliers of the rows that the volume steps move. */
struct ganger_multipliers {
    double *renewable; /* [renewables * periods] */
    double *window;    /* [windows] */
    double *target;    /* [targets] */
};

/* What a plan (or an average of plans) uses. */
struct ganger_usage {
    double *renewable; /* [renewables * periods] */
    double *window;    /* [windows] */
    double *target;    /* [targets] km in time */
    double *capacity;  /* [segments * boundaries] linear capacity, see price_works.c */
};

/* Best way to do each work at the current prices. */
struct ganger_choice {
    int32_t *mode, *start; /* [works] GANGER_NONE: left out */
    double *profit;        /* [works] */
};

struct ganger_relaxation {
    const struct ganger_problem *problem;
    const struct ganger_graph *graph;
    int32_t boundaries;
    struct ganger_multipliers now, centre, best;
    double *segment_price; /* [boundaries * segments * 2] current average */
    double *best_segment_price;
    double *constant;   /* [boundaries] sum_k d_k max(0, value_k - dist_k), from above */
    double *worth;      /* [segments * boundaries] w_t * price of both directions */
    double *discounted; /* [(calendars+1) * boundaries] sum of productivity * disc */
    struct ganger_usage usage, average;
    struct ganger_choice choice;
    double bound_now, bound_centre, bound_best;
    double step_size;
    int32_t nulls, stage;
    bool centre_known;
    struct ganger_path_pool pools[GANGER_RELAX_TIME_BLOCKS];
    bool failed;
    int64_t block_ticks[GANGER_RELAX_TIME_BLOCKS];
    bool block_failed[GANGER_RELAX_TIME_BLOCKS];
    bool (*interrupted)(void *context);
    void *interrupt_context;
    double blend; /* share of the new segment prices in the average */
};

/* True if the step is to be broken off. */
static inline bool ganger_relax_interrupted(const struct ganger_relaxation *relaxation)
{
    return relaxation->interrupted && relaxation->interrupted(relaxation->interrupt_context);
}

/* price_works.c: fills choice at multipliers `now`; returns ticks. */
int64_t ganger_relax_price_works(struct ganger_relaxation *relaxation, int threads);
/* usage.c: what the choice uses; and average = (1 - share) * average + share * usage. */
void ganger_relax_add_up_usage(struct ganger_relaxation *relaxation);
void ganger_relax_blend_average(struct ganger_relaxation *relaxation, double share);
/* Capacity of an unrenewed, undisturbed segment. */
double ganger_relax_worn(const struct ganger_problem *problem, int32_t segment, int32_t t);
/* price_traffic.c: the period LPs at the average capacity; blends their prices in. */
bool ganger_relax_price_traffic(struct ganger_relaxation *relaxation, int threads, int64_t *ticks);

#endif
