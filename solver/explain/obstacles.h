/* Which rules of MODEL section 5 keep a work from a mode and start, each by name. */
#ifndef GANGER_EXPLAIN_OBSTACLES_H
#define GANGER_EXPLAIN_OBSTACLES_H

#include "explain/sheet.h"
#include "schedule/schedule.h"

enum ganger_obstacle_kind {
    GANGER_OBSTACLE_FIXED_MODE,
    GANGER_OBSTACLE_FIXED_START,
    GANGER_OBSTACLE_EARLIEST,
    GANGER_OBSTACLE_WAITS, /* for work `other`, which is finished (or started) later */
    GANGER_OBSTACLE_LACKS, /* work `other`, which is left out */
    GANGER_OBSTACLE_RAILS, /* reach it later */
    GANGER_OBSTACLE_NO_RAILS,
    GANGER_OBSTACLE_REST, /* of its calendar */
    GANGER_OBSTACLE_HORIZON,
    GANGER_OBSTACLE_DEADLINE,
    GANGER_OBSTACLE_BEFORE,   /* work `other`, which waits for it, starts sooner */
    GANGER_OBSTACLE_CUTS_OFF, /* work `other`, to which rails would come too late */
    GANGER_OBSTACLE_SEGMENT,  /* work `other` is on the segment */
    GANGER_OBSTACLE_GANG,     /* resource `other`, a renewable */
    GANGER_OBSTACLE_WINDOW,   /* `other` */
    GANGER_OBSTACLE_TARGET,   /* hard target `other` would be missed */
    GANGER_OBSTACLE_KINDS
};

struct ganger_obstacle {
    enum ganger_obstacle_kind kind;
    int32_t other;    /* what it is about, GANGER_NONE if nothing else than the work */
    int32_t from, to; /* periods in which it is short or taken; a date has from = to */
    double short_by;  /* units, of gangs and windows */
};

enum { GANGER_OBSTACLES_MAX = 64 };

/* Lists what keeps the work of `mode`, which must not be placed, from `start`; the first GANGER_OBSTACLES_MAX of it.
 * Returns their number: 0 exactly where ganger_schedule_starts() allows the start. The schedule is changed and put back
 * on the way. O(works + duration * uses). */
int32_t ganger_obstacles_find(struct ganger_schedule *schedule, int32_t mode, int32_t start,
                              struct ganger_obstacle *list);

/* In a sentence, without a full stop: "waits for X, finished 2026-04-01"; returns `text`. */
enum { GANGER_OBSTACLE_SIZE = 384 };
const char *ganger_obstacle_say(const struct ganger_problem *problem, int32_t work,
                                struct ganger_obstacle obstacle, char text[GANGER_OBSTACLE_SIZE]);
/* The same without dates and amounts, for what stands in the way again and again. */
const char *ganger_obstacle_name(const struct ganger_problem *problem, int32_t work,
                                 struct ganger_obstacle obstacle, char text[GANGER_OBSTACLE_SIZE]);
/* Adds it to an array of the tree: rule, id, dates, short_by, text. */
void ganger_obstacle_put(struct ganger_sheet *sheet, json_t *array,
                         const struct ganger_problem *problem, int32_t work,
                         struct ganger_obstacle obstacle);

#endif
