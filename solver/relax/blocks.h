/*
 * Time in blocks: the relaxation prices a block of neighbouring boundaries as one. The last block is the
 * boundary at the end alone, which stands for the traffic of the years after it.
 */
#ifndef GANGER_RELAX_BLOCKS_H
#define GANGER_RELAX_BLOCKS_H

#include "instance/problem.h"

struct ganger_blocks {
    int32_t count;  /* with the last one */
    int32_t width;  /* count, rounded up to whole vectors of GANGER_BLOCKS_LANES */
    int32_t *first; /* [count+1] boundaries first[b] .. first[b+1]-1 */
    int32_t *of;    /* [boundaries] */
    int32_t
        *next; /* [boundaries+1] the first block that begins at or after it, at most the last one */
    double *weight; /* [width] sum of MODEL section 7's w_t; 1 where there is no block */
    double *share;  /* [boundaries] w_t by the weight of its block */
    double *on;     /* [(calendars+1) * width] periods with work */
    double *demand; /* [demands * width] mean volume, Mt/yr */
};

enum { GANGER_BLOCKS_LANES = 8 };

/* At most `most` >= 2 blocks, of about equal length but for the last. False if memory is short. */
bool ganger_blocks_init(struct ganger_blocks *blocks, const struct ganger_problem *problem,
                        int32_t most);
/* Mean capacity of a renewable over the periods of a block that have any; 0 if none has. */
double ganger_blocks_capacity(const struct ganger_blocks *blocks,
                              const struct ganger_problem *problem, int32_t renewable, int32_t b);
void ganger_blocks_clear(struct ganger_blocks *blocks);

#endif
