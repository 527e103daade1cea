#include "throughput/simplex.h"

void ganger_simplex_project(double *x, int32_t count, double *scratch)
{
    int32_t active = count, kept = 0;
    double sum = 0, level;
    for (int32_t i = 0; i < count; i++) {
        scratch[i] = x[i];
        sum += x[i];
    }
    for (level = (sum - 1) / count;; level = (sum - 1) / active) {
        kept = 0;
        sum = 0;
        for (int32_t i = 0; i < active; i++) {
            if (scratch[i] > level) {
                sum += scratch[i];
                scratch[kept++] = scratch[i];
            }
        }
        if (kept == active || kept == 0) {
            break;
        }
        active = kept;
    }
    for (int32_t i = 0; i < count; i++) {
        x[i] = x[i] > level ? x[i] - level : 0;
    }
}
