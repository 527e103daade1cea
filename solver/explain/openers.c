#include "explain/openers.h"

#include <stdlib.h>

/* The openers of one work under construction; work NULL: only their number. */
struct listing {
    const struct ganger_schedule_frame *frame;
    const struct ganger_problem *problem;
    int32_t own; /* the work itself */
    int32_t *work;
    int32_t count;
    bool open; /* something next to it is open from the start */
};

/* Build works on a segment next to it; a segment with base capacity is open. */
static void add_segment(struct listing *l, int32_t q)
{
    const struct ganger_problem *p = l->problem;
    l->open = l->open || l->frame->unbuilt_index[q] == GANGER_NONE;
    for (int32_t i = p->segments.first_work[q]; i < p->segments.first_work[q + 1]; i++) {
        int32_t w = p->segments.work_list[i];
        if (p->works.kind[w] == GANGER_WORK_BUILD && w != l->own) {
            if (l->work) {
                l->work[l->count] = w;
            }
            l->count++;
        }
    }
}

/* At a node a whole link opens it, so at least the link's segment at that node. */
static void add_node(struct listing *l, int32_t node)
{
    const struct ganger_problem *p = l->problem;
    l->open = l->open || l->frame->node_open[node];
    for (int32_t i = l->frame->node_first[node]; i < l->frame->node_first[node + 1]; i++) {
        int32_t link = l->frame->unbuilt_link[l->frame->node_links[i]];
        int32_t first = p->links.first_segment[link], last = p->links.first_segment[link + 1] - 1;
        int32_t q = p->links.segment_list[p->links.from[link] == node ? first : last];
        if (l->frame->unbuilt_index[q] != GANGER_NONE) {
            add_segment(l, q);
            continue;
        }
        /* Line stands at the node but not further on: any segment that is missing will do. */
        for (int32_t k = first; k <= last; k++) {
            if (l->frame->unbuilt_index[p->links.segment_list[k]] != GANGER_NONE) {
                add_segment(l, p->links.segment_list[k]);
            }
        }
    }
}

static void list_openers(struct listing *l, int32_t w)
{
    const struct ganger_problem *p = l->problem;
    int32_t q = p->works.segment[w];
    l->own = w;
    l->open = p->works.kind[w] != GANGER_WORK_BUILD || q == GANGER_NONE;
    if (l->open) {
        return;
    }
    int32_t link = p->segments.link[q];
    int32_t first = p->links.first_segment[link], last = p->links.first_segment[link + 1] - 1;
    int32_t at = first + p->segments.position[q];
    if (at == first) {
        add_node(l, p->links.from[link]);
    } else {
        add_segment(l, p->links.segment_list[at - 1]);
    }
    if (at == last) {
        add_node(l, p->links.to[link]);
    } else {
        add_segment(l, p->links.segment_list[at + 1]);
    }
}

bool ganger_openers_init(struct ganger_openers *openers, const struct ganger_schedule_frame *frame)
{
    const struct ganger_problem *p = frame->problem;
    size_t works = (size_t)p->works.count + 1;
    struct listing l = {.frame = frame, .problem = p};
    *openers = (struct ganger_openers){.first = malloc((works + 1) * sizeof(int32_t)),
                                       .closed = calloc(works, sizeof(bool))};
    for (int32_t w = 0; w < p->works.count; w++) {
        list_openers(&l, w);
    }
    openers->work = malloc(((size_t)l.count + 1) * sizeof(int32_t));
    if (!openers->first || !openers->work || !openers->closed) {
        return false;
    }
    l.work = openers->work;
    l.count = 0;
    for (int32_t w = 0; w < p->works.count; w++) {
        openers->first[w] = l.count;
        list_openers(&l, w);
        openers->closed[w] = !l.open;
    }
    openers->first[p->works.count] = l.count;
    return true;
}

void ganger_openers_clear(struct ganger_openers *openers)
{
    free(openers->first);
    free(openers->work);
    free(openers->closed);
    *openers = (struct ganger_openers){0};
}
