/* What the files of moves share. */
#ifndef GANGER_SEARCH_MOVE_PARTS_H
#define GANGER_SEARCH_MOVE_PARTS_H

#include "search/moves.h"

/* Chance of overlooking a start when works are put back. */
#define GANGER_USUAL_BLINK 0.05

/* How many works moves choose among, and those. */
static inline int32_t ganger_moves_own_count(const struct ganger_island *island)
{
    return island->own ? island->own_count : island->model->problem->works.count;
}
static inline int32_t ganger_moves_own(const struct ganger_island *island, int32_t i)
{
    return island->own ? island->own[i] : i;
}

/* Works that a move looks through: its own, or those of a group, which has none that are of no interest to it. */
struct ganger_group ganger_moves_all(const struct ganger_island *island);
struct ganger_group ganger_moves_beside(const struct ganger_island *island, int32_t link);
/* Those that may use a resource; all if it is none. */
struct ganger_group ganger_moves_users(const struct ganger_island *island, int32_t resource);
struct ganger_group ganger_moves_of_project(const struct ganger_island *island, int32_t project);
static inline int32_t ganger_moves_at(struct ganger_group group, int32_t i)
{
    return group.works ? group.works[i] : i;
}

/* A random work that is placed (or not), or GANGER_NONE after some tries. */
int32_t ganger_moves_draw_work(struct ganger_island *island, bool placed);
void ganger_moves_shuffle(struct ganger_rng *rng, int32_t *list, int32_t count);
/* The first renewable that a mode uses, GANGER_NONE if none. */
int32_t ganger_moves_first_renewable(const struct ganger_problem *problem, int32_t mode);
/* True if some mode of the work uses the resource. */
bool ganger_moves_may_use(const struct ganger_problem *problem, int32_t work, int32_t resource);
/* Where a move is counted. */
static inline struct ganger_move_statistics *ganger_moves_count(struct ganger_moves *moves,
                                                                const struct ganger_island *island,
                                                                enum ganger_move move)
{
    return &moves->statistics[island->outlook == NULL][move];
}
/* Ends a trial: judges what it has become, commits or rolls back. */
void ganger_moves_finish(struct ganger_moves *moves, struct ganger_island *island,
                         enum ganger_move move, double temperature);

/* Of the works listed in chosen[0..count), those with the least keys come first; returns how many, `size` at most. */
int32_t ganger_moves_keep_least(struct ganger_moves *moves, int32_t count, int32_t size);

/* lines.c. Works that belong together: of one kind on a link, or of a project. */
struct ganger_line {
    int32_t project; /* GANGER_NONE: by link */
    int32_t link;
    uint8_t kind;
};
/* One that a work on a segment is part of. */
struct ganger_line ganger_moves_line_of(struct ganger_island *island, int32_t work);
/* Lists those works of the line that are placed, or that are not. */
int32_t ganger_moves_list_line(const struct ganger_island *island, struct ganger_line line,
                               bool placed, int32_t *list);
void ganger_moves_try_line(struct ganger_moves *moves, struct ganger_island *island,
                           double temperature);
void ganger_moves_try_exchange(struct ganger_moves *moves, struct ganger_island *island,
                               double temperature);

/* slide.c */
void ganger_moves_try_slide(struct ganger_moves *moves, struct ganger_island *island,
                            double temperature);

/* imitate.c */
void ganger_moves_try_imitate(struct ganger_moves *moves, struct ganger_island *island,
                              double temperature);

#endif
