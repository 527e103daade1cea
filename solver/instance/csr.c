#include "instance/csr.h"

#include <stdlib.h>

bool ganger_csr_build(const int32_t *keys, int32_t rows, int32_t groups, int32_t **first,
                      int32_t **list)
{
    int32_t *begin = calloc((size_t)groups + 2, sizeof *begin);
    int32_t *order = list != NULL ? calloc((size_t)rows + 1, sizeof *order) : NULL;
    if (begin == NULL || (list != NULL && order == NULL)) {
        free(begin);
        free(order);
        return false;
    }
    /* Counted one place further on, so that filling the list leaves the beginnings behind. */
    for (int32_t row = 0; row < rows; row++) {
        if (keys[row] >= 0) {
            begin[keys[row] + 2]++;
        }
    }
    for (int32_t group = 0; group < groups; group++) {
        begin[group + 2] += begin[group + 1];
    }
    for (int32_t row = 0; row < rows; row++) {
        if (keys[row] >= 0) {
            int32_t at = begin[keys[row] + 1]++;
            if (order != NULL) {
                order[at] = row;
            }
        }
    }
    *first = begin;
    if (list != NULL) {
        *list = order;
    }
    return true;
}
