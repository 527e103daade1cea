/* What a solve never changes: lanes, working periods, and for rule 4 (railhead) unbuilt segments, their links
 * and open nodes. */
#include "schedule/schedule.h"

#include <stdlib.h>

static void collect_unbuilt(struct ganger_schedule_frame *frame)
{
    const struct ganger_problem *p = frame->problem;
    for (int32_t l = 0; l < p->links.count; l++) {
        frame->unbuilt_link_index[l] = GANGER_NONE;
    }
    for (int32_t q = 0; q < p->segments.count; q++) {
        frame->unbuilt_index[q] = GANGER_NONE;
        if (p->segments.capacity[q] > 0) {
            continue;
        }
        frame->unbuilt_index[q] = frame->unbuilt_count;
        frame->unbuilt[frame->unbuilt_count++] = q;
        int32_t link = p->segments.link[q];
        if (frame->unbuilt_link_index[link] == GANGER_NONE) {
            frame->unbuilt_link_index[link] = frame->unbuilt_links;
            frame->unbuilt_link[frame->unbuilt_links++] = link;
        }
    }
}

static void collect_nodes(struct ganger_schedule_frame *frame)
{
    const struct ganger_problem *p = frame->problem;
    for (int32_t v = 0; v < p->nodes.count; v++) {
        frame->node_open[v] = p->nodes.railhead[v];
    }
    for (int32_t l = 0; l < p->links.count; l++) {
        if (frame->unbuilt_link_index[l] == GANGER_NONE) {
            frame->node_open[p->links.from[l]] = true;
            frame->node_open[p->links.to[l]] = true;
        }
    }
    for (int32_t i = 0; i < frame->unbuilt_links; i++) {
        frame->node_first[p->links.from[frame->unbuilt_link[i]] + 1]++;
        frame->node_first[p->links.to[frame->unbuilt_link[i]] + 1]++;
    }
    for (int32_t v = 0; v < p->nodes.count; v++) {
        frame->node_first[v + 1] += frame->node_first[v];
    }
    /* Filled from the back, so that first[] ends up where it began. */
    int32_t *next = frame->node_first + 1;
    for (int32_t i = frame->unbuilt_links - 1; i >= 0; i--) {
        frame->node_links[--next[p->links.to[frame->unbuilt_link[i]]]] = i;
        frame->node_links[--next[p->links.from[frame->unbuilt_link[i]]]] = i;
    }
    /* next[v] is now first of v: shift back so that node_first[v] is the first of v again. */
    for (int32_t v = 0; v < p->nodes.count; v++) {
        frame->node_first[v] = next[v];
    }
    frame->node_first[p->nodes.count] = 2 * frame->unbuilt_links;
}

static void collect_working(struct ganger_schedule_frame *frame)
{
    const struct ganger_problem *p = frame->problem;
    for (int64_t row = 0; row <= p->calendars.count; row++) {
        const uint8_t *works = p->calendars.productivity + row * p->time.periods;
        uint64_t *bits = frame->working + row * frame->words;
        for (int32_t t = 0; t < p->time.periods; t++) {
            bits[t / 64] |= (uint64_t)(works[t] > 0) << t % 64;
        }
    }
}

static void collect_starts(struct ganger_schedule_frame *frame)
{
    const struct ganger_problem *p = frame->problem;
    int32_t periods = p->time.periods;
    for (int64_t span = 0; span < p->spans.count; span++) {
        const int32_t *finish = p->spans.finish + span * periods;
        uint64_t *bits = frame->startable + span * frame->words;
        int32_t *latest = frame->latest + span * (periods + 1);
        frame->shortest[span] = periods;
        for (int32_t f = 0; f <= periods; f++) {
            latest[f] = GANGER_NONE;
        }
        for (int32_t s = 0; s < periods; s++) {
            if (finish[s] <= periods) {
                bits[s / 64] |= UINT64_C(1) << s % 64;
                latest[finish[s]] = s;
                int32_t length = finish[s] - s;
                frame->shortest[span] =
                    length < frame->shortest[span] ? length : frame->shortest[span];
            }
        }
        for (int32_t f = 1; f <= periods; f++) {
            latest[f] = latest[f] > latest[f - 1] ? latest[f] : latest[f - 1];
        }
    }
}

struct ganger_schedule_frame *ganger_schedule_frame_create(const struct ganger_problem *problem)
{
    struct ganger_schedule_frame *frame = calloc(1, sizeof *frame);
    if (!frame) {
        return NULL;
    }
    size_t segments = (size_t)problem->segments.count + 1;
    size_t links = (size_t)problem->links.count + 1;
    size_t nodes = (size_t)problem->nodes.count + 2;
    frame->problem = problem;
    frame->words = problem->time.periods / 64 + 1;
    frame->lanes = ganger_lanes_create(problem);
    frame->working = calloc((size_t)(problem->calendars.count + 1) * (size_t)frame->words,
                            sizeof *frame->working);
    size_t spans = (size_t)problem->spans.count + 1;
    frame->startable = calloc(spans * (size_t)frame->words, sizeof *frame->startable);
    frame->latest = calloc(spans * ((size_t)problem->time.periods + 1), sizeof *frame->latest);
    frame->shortest = calloc(spans, sizeof *frame->shortest);
    frame->unbuilt = calloc(segments, sizeof *frame->unbuilt);
    frame->unbuilt_index = calloc(segments, sizeof *frame->unbuilt_index);
    frame->unbuilt_link = calloc(links, sizeof *frame->unbuilt_link);
    frame->unbuilt_link_index = calloc(links, sizeof *frame->unbuilt_link_index);
    frame->node_open = calloc(nodes, sizeof *frame->node_open);
    frame->node_first = calloc(nodes, sizeof *frame->node_first);
    frame->node_links = calloc(2 * links, sizeof *frame->node_links);
    if (!frame->lanes || !frame->working || !frame->startable || !frame->latest ||
        !frame->shortest || !frame->unbuilt || !frame->unbuilt_index || !frame->unbuilt_link ||
        !frame->unbuilt_link_index || !frame->node_open || !frame->node_first ||
        !frame->node_links) {
        ganger_schedule_frame_destroy(frame);
        return NULL;
    }
    collect_working(frame);
    collect_starts(frame);
    collect_unbuilt(frame);
    collect_nodes(frame);
    return frame;
}

void ganger_schedule_frame_destroy(struct ganger_schedule_frame *frame)
{
    if (!frame) {
        return;
    }
    ganger_lanes_destroy(frame->lanes);
    free(frame->working);
    free(frame->startable);
    free(frame->latest);
    free(frame->shortest);
    free(frame->unbuilt);
    free(frame->unbuilt_index);
    free(frame->unbuilt_link);
    free(frame->unbuilt_link_index);
    free(frame->node_open);
    free(frame->node_first);
    free(frame->node_links);
    free(frame);
}
