/*
 * Partial schedules of a beam: of those that reach the same moment the best few are kept.
 *
 * Moments lie in a ring, as far as the longest mode reaches; memory is reused from attempt to attempt.
 */
#ifndef GANGER_MAKESPAN_FILL_BEAM_H
#define GANGER_MAKESPAN_FILL_BEAM_H

#include "makespan/model.h"

/* A partial schedule. */
struct ganger_fill_row {
    int32_t *start, *mode; /* [works] start GANGER_NONE: not started */
    int32_t *waste, *need; /* [renewables], [consumables] if the rest takes the least */
    int32_t started;
    int64_t loss; /* by prices */
    uint64_t hash;
    double score; /* the less the better */
};

/* Those that reach one moment: a heap whose first is the worst. */
struct ganger_fill_moment {
    int32_t count;
    struct ganger_fill_row **row;
};

struct ganger_fill_beam {
    int32_t works, cells; /* cells: of a row */
    int32_t width, ring;
    struct ganger_fill_moment *moment; /* [ring] */
    struct ganger_fill_row *rows, **places;
    struct ganger_fill_row hand, child; /* scratch */
    void *block;
    size_t room; /* rows */
};

/* Empties a beam, zeroed at first, of so many rows a moment and so long modes at most. False if memory is short. */
bool ganger_fill_beam_reset(struct ganger_fill_beam *beam,
                            const struct ganger_makespan_model *model, int32_t width,
                            int32_t longest);
void ganger_fill_beam_clear(struct ganger_fill_beam *beam);
struct ganger_fill_moment *ganger_fill_beam_at(const struct ganger_fill_beam *beam, int32_t time);
void ganger_fill_beam_copy(const struct ganger_fill_beam *beam, struct ganger_fill_row *to,
                           const struct ganger_fill_row *from);
/* A copy of the row joins a moment, if it is among the best. False if one with its hash is there already. */
bool ganger_fill_beam_keep(struct ganger_fill_beam *beam, int32_t time,
                           const struct ganger_fill_row *row);

#endif
