/*
 * One sample: the works of the plan, one after another by their planned starts, each at the earliest start that what
 * is placed leaves (the serial generation scheme), in the modes of the plan and never before its planned start - gangs,
 * possessions and deliveries are ordered for that day. Precedence, one work at a time on a segment, rails, calendars
 * and gangs are respected.
 */
#ifndef GANGER_RISK_REPLAY_H
#define GANGER_RISK_REPLAY_H

#include "risk/world.h"

enum ganger_risk_reason {
    GANGER_RISK_PLANNED, /* its planned start, or a gang that is not there yet */
    GANGER_RISK_FINISH,  /* the finish of another work */
    GANGER_RISK_START,   /* the start of another work */
    GANGER_RISK_GANG     /* a gang that others held */
};

/* Why a work starts when it does. */
struct ganger_risk_cause {
    enum ganger_risk_reason reason;
    int32_t what;   /* the other work, or the renewable */
    int32_t period; /* in which the gang was held */
};

/* Belongs to one worker. */
struct ganger_risk_replay {
    const struct ganger_risk_world *world;
    struct ganger_schedule *schedule; /* only its starts, finishes and rails; GANGER_NEVER: not
                                         within the world's horizon */
    uint8_t *productivity;            /* [(calendars + 1) * horizon] */
    int32_t *used;                    /* [renewables * horizon] */
    int32_t *duration;                /* [works] */
    struct ganger_risk_cause *cause;  /* [works] */
};

/* NULL if memory is short. */
struct ganger_risk_replay *ganger_risk_replay_create(const struct ganger_risk_world *world);
void ganger_risk_replay_destroy(struct ganger_risk_replay *replay);

void ganger_risk_replay_run(struct ganger_risk_replay *replay, int32_t sample);

/* The work whose end decided when this one starts, or GANGER_NONE. */
int32_t ganger_risk_decider(const struct ganger_risk_replay *replay, int32_t work);

#endif
