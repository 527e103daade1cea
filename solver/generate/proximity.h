/*
 * The Gabriel graph of places and, within it, the relative neighbourhood graph (Gabriel and Sokal, Systematic Zoology
 * 1969; Toussaint, Pattern Recognition 1980). Both are planar; the second is connected and looks like a railway.
 */
#ifndef GANGER_GENERATE_PROXIMITY_H
#define GANGER_GENERATE_PROXIMITY_H

#include "generate/country.h"

struct ganger_edge {
    int32_t a, b; /* places, a < b */
    int64_t length2;
    bool neighbour; /* of the relative neighbourhood graph */
    bool tree;      /* of the least spanning tree */
    int64_t rank;   /* for the caller */
};

/* All edges, shortest first, in an array that the caller frees; NULL if memory is short. */
struct ganger_edge *ganger_proximity_edges(const struct ganger_country *country, int32_t *count);

#endif
