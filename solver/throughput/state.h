/*
 * A plan with the greatest flow of every period, and what is known of each work's closing.
 *
 * Periods do not touch each other: workers that own disjoint spans of time may change one state side by side, each the
 * works that stand within its span.
 */
#ifndef GANGER_THROUGHPUT_STATE_H
#define GANGER_THROUGHPUT_STATE_H

#include "throughput/line_up.h"

struct ganger_flow_state {
    const struct ganger_line_up *line_up;
    int32_t *start, *mode; /* [works] mode: index into modes */
    /* While workers change it side by side: the span of time that a work stands within, or GANGER_NONE - then nobody moves
     * it -, and that of each boundary. A worker looks at no work of another span: it is not under way in its own. */
    int32_t *span, *span_at;  /* [works], [boundaries] */
    struct ganger_flow *flow; /* [boundaries] greatest flow */
    uint32_t *version;        /* [boundaries] changes when the flow does */
    /* What a period costs M USD when the work is under way in it, as of a version of the period; by cell. */
    double *loss;
    uint32_t *known;
    double *left, *capacity; /* behind the flows */
    uint8_t *side;
};

struct ganger_flow_state *ganger_flow_state_create(const struct ganger_line_up *line_up);
void ganger_flow_state_destroy(struct ganger_flow_state *state);

/* Forgets the spans: every work may be looked at. */
void ganger_flow_state_join(struct ganger_flow_state *state);
/* Solves period t anew for the works as they stand; t may be the boundary at the end. */
void ganger_flow_state_solve(struct ganger_flow_state *state, struct ganger_flow_scratch *scratch,
                             int32_t t);
/* Loss of each period of [from, to) to the work's mode, into the cells; other works as they stand. */
void ganger_flow_state_learn(struct ganger_flow_state *state, struct ganger_flow_scratch *scratch,
                             int32_t mode, int32_t from, int32_t to);
/* Moves a work, and repairs the flows. */
void ganger_flow_state_move(struct ganger_flow_state *state, struct ganger_flow_scratch *scratch,
                            int32_t work, int32_t mode, int32_t start);
/* Mean of the losses known so far that are losses; 0 if none is. */
double ganger_flow_state_usual_loss(const struct ganger_flow_state *state);

#endif
