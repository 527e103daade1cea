/* Projection onto the points whose parts are >= 0 and add up to 1. */
#ifndef GANGER_THROUGHPUT_SIMPLEX_H
#define GANGER_THROUGHPUT_SIMPLEX_H

#include <stdint.h>

/* x[count] becomes the nearest such point (Michelot, 1986); scratch[count]. */
void ganger_simplex_project(double *x, int32_t count, double *scratch);

#endif
