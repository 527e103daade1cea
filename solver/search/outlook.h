/*
 * The outlook: what the capacity of each link is worth by itself, near a given use of the network.
 *
 * For some moments the network is solved as it is expected to be, and again with one link closed, with some shares of
 * its capacity, and as strong as its works can make it. V is concave in the capacity of one link, so between those
 * points it is the least of the lines through neighbours, or a little more. Summed over links this is a guess of V that
 * needs no LP: good enough to find out which works fit together, never used to value a plan.
 */
#ifndef GANGER_SEARCH_OUTLOOK_H
#define GANGER_SEARCH_OUTLOOK_H

#include "freight/paths.h"
#include "search/model.h"

/* Most curves have no more than the usual number: links whose capacity is not short have none for more of it. */
enum { GANGER_OUTLOOK_LINES = 8, GANGER_OUTLOOK_USUAL_LINES = 5 };

/* Change of V, M USD per year: the least of level[k] + slope[k] * u; all from the last of `lines` on are the same. */
struct ganger_outlook_curve {
    double level[GANGER_OUTLOOK_LINES], slope[GANGER_OUTLOOK_LINES];
    int32_t lines;
};

struct ganger_outlook {
    int32_t samples, links;
    int32_t *first;                     /* [samples+1] boundaries that a sample stands for */
    struct ganger_outlook_curve *curve; /* [samples * links] */
};

/* What to look at, and how. */
struct ganger_outlook_request {
    const double *capacity; /* [links * boundaries] expected */
    const struct ganger_path_pool *paths;
    int threads;
    /* Asked between links, from any thread: true breaks off, and what was found is of no use. NULL: never. */
    bool (*interrupted)(void *context);
    void *context;
};

/* False if memory or an LP gave out. */
bool ganger_outlook_init(struct ganger_outlook *outlook, const struct ganger_search_model *model,
                         struct ganger_outlook_request request, int64_t *ticks);
void ganger_outlook_clear(struct ganger_outlook *outlook);

/* For those who fill an outlook. Zeroed arrays for the samples and links that are set; false if memory is short. */
bool ganger_outlook_allocate(struct ganger_outlook *outlook);
/* Capacity of the link when all its works are done; 0 if it has none, so that nothing will change. */
double ganger_outlook_strongest(const struct ganger_problem *problem, int32_t link);
/* Lines through neighbouring points, and a level one beyond the last; the others repeat that. */
struct ganger_outlook_point {
    double capacity, value;
};
void ganger_outlook_draw(const struct ganger_outlook_point *point, int32_t count, double expected,
                         struct ganger_outlook_curve *curve);

/* Guessed weighted changes of V for capacities of a link, M USD: change[t] for boundaries from .. to-1. */
void ganger_outlook_changes(const struct ganger_outlook *outlook, const struct ganger_time *time,
                            int32_t link, int32_t from, int32_t to, const double *capacity,
                            double *change);
/* Their sum over all boundaries; `scratch` [boundaries]. */
double ganger_outlook_worth(const struct ganger_outlook *outlook, const struct ganger_time *time,
                            int32_t link, const double *capacity, double *scratch);

#endif
