/*
 * Moves: which works to take out together, and how to put works back. One try of a move is a whole trial:
 * choose, take out, put back by the estimate, judge exactly, commit or roll back.
 */
#ifndef GANGER_SEARCH_MOVES_H
#define GANGER_SEARCH_MOVES_H

#include "search/island.h"

/* One table makes the enum, the names and the statistics. Share: how often the move is tried. */
#define GANGER_MOVES(X)                                                                            \
    X(INSERT, "insert", 4) /* an undone work where it pays most */                                 \
    X(LINE, "line", 20)    /* an undone line or project, or a work and all that it waits for */    \
    X(EXCHANGE, "exchange", 15) /* a line gives way to another */                                  \
    X(DROP, "drop", 3)          /* a work left out */                                              \
    X(REINSERT, "reinsert", 12) /* one work where it pays most */                                  \
    X(SHIFT, "shift", 10)       /* one work a few periods earlier or later */                      \
    X(MODE, "mode", 10)         /* one work in another mode */                                     \
    X(SWAP, "swap", 10)         /* two works that share a gang change places */                    \
    X(CORRIDOR, "corridor", 15) /* works along one line or project together */                     \
    X(REGION, "region", 15)     /* works that share a gang and lie close in time */                \
    X(SEASON, "season", 6)      /* works active in one stretch of time */                          \
    X(SCATTER, "scatter", 8)    /* any works */                                                    \
    X(SLIDE, "slide", 10)       /* a line or project earlier or later as a whole */                \
    X(IMITATE, "imitate", 15)   /* works go where another island has them */

enum ganger_move {
#define GANGER_MOVE_ENUM(name, text, share) GANGER_MOVE_##name,
    GANGER_MOVES(GANGER_MOVE_ENUM)
#undef GANGER_MOVE_ENUM
        GANGER_MOVE_COUNT
};

struct ganger_move_statistics {
    int64_t tried, judged, accepted, ticks;
    double gain; /* of accepted moves that were better */
};

/* On sketches and exactly. */
enum { GANGER_MOVE_STAGES = 2 };

/* Scratch of one island's moves. */
struct ganger_moves {
    int32_t *chosen;     /* [works + the largest choice]: a work may be drawn twice */
    int32_t *candidates; /* [works] to put back, in order */
    double *key;         /* [works] sort keys */
    uint8_t *listed;     /* [works] */
    struct ganger_move_statistics statistics[GANGER_MOVE_STAGES][GANGER_MOVE_COUNT];
};

struct ganger_moves *ganger_moves_create(const struct ganger_search_model *model);
void ganger_moves_destroy(struct ganger_moves *moves);
const char *ganger_move_name(enum ganger_move move);

/* Tries one move, chosen by share. A plan worse by up to about `temperature` may be accepted. */
void ganger_moves_try(struct ganger_moves *moves, struct ganger_island *island, double temperature);

#endif
