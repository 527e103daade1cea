/*
 * The line of a link on the map, and the stretch of it that a segment takes.
 *
 * A link's own geometry is a WKT LINESTRING in degrees (EPSG:4326), from its from-node to its to-node; without one it is the
 * straight line between its nodes. Kilometres of the link are laid along it in proportion to length on the sphere, and
 * between two points in proportion to degrees: a straight line on the map.
 */
#ifndef GANGER_EXPORT_GEOMETRY_H
#define GANGER_EXPORT_GEOMETRY_H

#include "base/status.h"
#include "instance/problem.h"

struct ganger_geometry {
    int count; /* points, at least two */
    double *lon, *lat;
    double *along; /* [count] length from the first point, in radians on the sphere */
};

/* GANGER_STATUS_INPUT_INVALID, with a finding, where the link's geometry is not a line in degrees. Cleared by the caller
 * in any case. */
ganger_status ganger_geometry_of_link(const struct ganger_problem *problem, int32_t link,
                                      struct ganger_geometry *line,
                                      struct ganger_findings *findings);
void ganger_geometry_clear(struct ganger_geometry *line);

/* The stretch between two shares of the length, 0 <= from < to <= 1, as a new line. False if memory is short. */
bool ganger_geometry_cut(const struct ganger_geometry *line, double from, double to,
                         struct ganger_geometry *piece);

#endif
