/*
 * The state of a schedule: which works are placed, in which mode and when, and what they use.
 *
 * Invariant between public calls: every placed work obeys all rules of MODEL section 5 against the other
 * placed works, except that ganger_schedule_remove() may leave a successor or a line without rails beyond
 * the railhead until the removed work is placed again; ganger_schedule_remove_all() leaves none.
 *
 * One state belongs to one worker. Nothing is allocated after create.
 */
#ifndef GANGER_SCHEDULE_SCHEDULE_H
#define GANGER_SCHEDULE_SCHEDULE_H

#include "instance/problem.h"
#include "schedule/lanes.h"

/* Shares of consumables are kept in fixed point so that adding and removing a work cancels exactly. */
#define GANGER_SHARE_SCALE 1048576.0

enum { GANGER_NEVER = INT32_MAX };

/* Where one work stands. */
struct ganger_placement {
    int32_t work, mode, start; /* mode: index into problem->modes */
};

/* What does not change during a solve, worked out once and shared: the renewables' lanes, working periods and
 * possible starts as bits, and unbuilt line for the railhead rule. */
struct ganger_schedule_frame {
    const struct ganger_problem *problem;
    struct ganger_lanes *lanes;
    int32_t words;          /* of a set of periods */
    uint64_t *working;      /* [(calendars + 1) * words] bit t: productivity > 0 */
    uint64_t *startable;    /* [spans * words] bit t: started in t it ends within the horizon */
    int32_t *latest;        /* [spans * (periods + 1)] last start that ends by a boundary, or -1 */
    int32_t *shortest;      /* [spans] periods from start to finish, at the least */
    int32_t unbuilt_count;  /* segments of base capacity 0 */
    int32_t *unbuilt;       /* [unbuilt_count] segments */
    int32_t *unbuilt_index; /* [segments] position in unbuilt or GANGER_NONE */
    int32_t unbuilt_links;  /* links with at least one such segment */
    int32_t *unbuilt_link;
    int32_t *unbuilt_link_index;      /* [links] */
    bool *node_open;                  /* [nodes] open from the start */
    int32_t *node_first, *node_links; /* CSR [nodes+1]: unbuilt links (by position) at each node */
};

/* A window that a mode could overfill. */
struct ganger_tight_window {
    int32_t window;
    double amount;
};

struct ganger_schedule {
    const struct ganger_problem *problem;
    const struct ganger_schedule_frame *frame;
    int32_t *start, *finish,
        *mode;             /* [works], GANGER_NONE: not placed; mode is an index into modes */
    uint32_t *cells;       /* [planes * stride] of the lanes: what the renewables are used */
    int64_t *consumed;     /* [windows] in 1/GANGER_SHARE_SCALE units */
    int64_t *limit;        /* [windows] likewise */
    int32_t *open_unbuilt; /* [unbuilt_count] open(q), GANGER_NEVER if unbuilt */
    int32_t *open_link;    /* [unbuilt_links] */
    int32_t placed;
    /* Scratch of the feasible-start scan: `crowded` has what is crowded, and then where there is room. */
    uint64_t *crowded, *free;          /* [frame->words] */
    struct ganger_tight_window *tight; /* [windows] */
};

struct ganger_schedule_frame *ganger_schedule_frame_create(const struct ganger_problem *problem);
void ganger_schedule_frame_destroy(struct ganger_schedule_frame *frame);

/* An empty schedule; NULL if memory is short. */
struct ganger_schedule *ganger_schedule_create(const struct ganger_schedule_frame *frame);
void ganger_schedule_destroy(struct ganger_schedule *schedule);
/* Same frame required. */
void ganger_schedule_copy(struct ganger_schedule *to, const struct ganger_schedule *from);

/* Places an unplaced work; the start must be one that ganger_schedule_starts() allows. O(finish - start). */
void ganger_schedule_place(struct ganger_schedule *schedule, struct ganger_placement placement);
void ganger_schedule_remove(struct ganger_schedule *schedule, int32_t work);

/* Writes to allowed[0 .. periods-1] whether `mode` of its (unplaced) work may start there, given what is
 * placed. Returns the number of allowed starts. O(periods * planes used / 16 + windows * finish - start). */
int32_t ganger_schedule_starts(struct ganger_schedule *schedule, int32_t mode, uint8_t *allowed);
/* The same for the starts first .. last alone, as bits (base/bits.h): of the words that they lie in the other bits are
 * cleared, and other words stay as they are. */
int32_t ganger_schedule_starts_between(struct ganger_schedule *schedule, int32_t mode,
                                       int32_t first, int32_t last, uint64_t *starts);
/* Whether an unplaced work may stand there. */
bool ganger_schedule_allows(struct ganger_schedule *schedule, struct ganger_placement placement);

/* Removes the placed ones of `works` and every placed work that cannot stand without them (done implies
 * done, rails). What was removed is written to `removed` (room for all works) so that placing it in reverse
 * order restores the schedule. Returns the number removed. */
int32_t ganger_schedule_remove_all(struct ganger_schedule *schedule, const int32_t *works,
                                   int32_t count, struct ganger_placement *removed);

/* Rule 4: the first boundary at which rails lead to the segment; 0 when the rule is off. */
int32_t ganger_schedule_rails_at(const struct ganger_schedule *schedule, int32_t segment);

/* What `amount`, spread over the working periods of mode `mode` started in `start`, puts into window
 * [from, to), in fixed point, rounded up. */
int64_t ganger_schedule_share(const struct ganger_problem *problem, int32_t mode, int32_t start,
                              double amount, int32_t from, int32_t to);

/* Checks every rule and every sum from scratch; NULL if all is well, else a static text naming the first
 * thing that is wrong. For tests and debug builds. */
const char *ganger_schedule_diagnose(const struct ganger_schedule *schedule);

#endif
