/*
 * Rows grouped by a key, in two arrays: the rows of key k are list[first[k] .. first[k+1]), in row order.
 */
#ifndef GANGER_INSTANCE_CSR_H
#define GANGER_INSTANCE_CSR_H

#include <stdbool.h>
#include <stdint.h>

/* Groups `rows` rows with keys in 0 .. groups-1; a negative key leaves its row out. *list may be NULL when
 * only `first` is wanted. Both are allocated and belong to the caller; false if memory is short. */
bool ganger_csr_build(const int32_t *keys, int32_t rows, int32_t groups, int32_t **first,
                      int32_t **list);

#endif
