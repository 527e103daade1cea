#include "throughput/focus.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Much is lacking where it is more than this share of the most. */
static const double much = 0.2;
/* Periods before and after it that are near, by turns: what is far may have to give way first. */
static const int32_t margins[] = {8, 20, 50};

bool ganger_focus_init(struct ganger_focus *focus, const struct ganger_line_up *line_up)
{
    size_t periods = (size_t)line_up->periods + 1;
    focus->flow = calloc(periods, sizeof *focus->flow);
    focus->lack = calloc(periods, sizeof *focus->lack);
    focus->near = calloc(periods, sizeof *focus->near);
    return focus->flow && focus->lack && focus->near;
}

void ganger_focus_clear(struct ganger_focus *focus)
{
    free(focus->flow);
    free(focus->lack);
    free(focus->near);
}

/* Counts the periods that are near. */
static void count_near(struct ganger_focus *focus, int32_t periods, int32_t margin)
{
    double most = 0;
    int32_t ends = 0; /* of the stretch around the last period where much is lacking */
    for (int32_t t = 0; t < periods; t++) {
        most = fmax(most, focus->lack[t]);
    }
    memset(focus->near, 0, ((size_t)periods + 1) * sizeof *focus->near);
    for (int32_t t = 0; t < periods; t++) {
        if (focus->lack[t] > much * most) {
            int32_t begins = t - margin > ends ? t - margin : ends;
            ends = t + margin + 1 < periods ? t + margin + 1 : periods;
            for (int32_t s = begins; s < ends; s++) {
                focus->near[s + 1] = 1;
            }
        }
    }
    for (int32_t t = 0; t < periods; t++) {
        focus->near[t + 1] += focus->near[t];
    }
}

void ganger_focus_set(struct ganger_focus *focus, struct ganger_hull *hull,
                      struct ganger_slices *slices, int64_t cycle)
{
    const struct ganger_flow_state *state = slices->state;
    const struct ganger_line_up *u = state->line_up;
    for (int32_t t = 0; t < u->periods; t++) {
        focus->flow[t] = state->flow[t].value;
    }
    ganger_hull_lack(hull, state->start, state->mode, focus->flow, focus->lack);
    count_near(focus, u->periods, margins[cycle % (int64_t)(sizeof margins / sizeof *margins)]);
    for (int32_t w = 0; w < u->works; w++) {
        slices->left[w] = focus->near[u->to[w]] == focus->near[u->from[w]];
    }
}
