/*
 * Links in series: which links the freight of a demand needs besides the one that it takes.
 *
 * A link needs another one, for a demand, if no path that pays - value above cost - takes the first and not the second.
 * Only links that a work may close matter. Shortest paths around each of them tell.
 */
#ifndef GANGER_RELAX_SERIES_H
#define GANGER_RELAX_SERIES_H

#include "freight/graph.h"

struct ganger_series {
    int32_t count;   /* links that a work may close */
    int32_t *link;   /* [count] */
    int32_t *place;  /* [links of the problem] among them, GANGER_NONE */
    int32_t links;   /* of the problem */
    size_t words;    /* of `needs`, for each of them */
    uint64_t *needs; /* [count * words] bit demand * links + link: needs it */
};

/* True if a mode closes its line while it is at work. */
static inline bool ganger_series_closes(const struct ganger_problem *problem, int32_t mode)
{
    return problem->modes.factor[mode] <= 0 && problem->modes.duration[mode] > 0 &&
           problem->works.segment[problem->modes.work[mode]] != GANGER_NONE;
}

/* False if memory is short. Adds ticks. O(count * (origins + destinations) * links log nodes). */
bool ganger_series_init(struct ganger_series *series, const struct ganger_graph *graph, int threads,
                        int64_t *ticks);
void ganger_series_clear(struct ganger_series *series);

/* Does freight of the demand on `link` need the link at a place of the series? */
static inline bool ganger_series_needs(const struct ganger_series *series, int32_t place,
                                       int32_t demand, int32_t link)
{
    int64_t bit = (int64_t)demand * series->links + link;
    return series->needs[(size_t)place * series->words + (size_t)bit / 64] >> (bit % 64) & 1U;
}

#endif
