/*
 * Rule 4 of MODEL section 5: a build work starts only where rails lead to it.
 *
 * Only segments of base capacity 0 can be closed to the railhead, so only those, their links and nodes
 * carry a state: open(q) = first finish of a build work on q, open(l) = latest of its segments.
 */
#include "schedule/railhead.h"

static int32_t earlier(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

void ganger_railhead_refresh(struct ganger_schedule *schedule, int32_t segment)
{
    const struct ganger_problem *p = schedule->problem;
    int32_t index = schedule->frame->unbuilt_index[segment];
    if (index == GANGER_NONE) {
        return;
    }
    int32_t open = GANGER_NEVER;
    for (int32_t i = p->segments.first_work[segment]; i < p->segments.first_work[segment + 1];
         i++) {
        int32_t w = p->segments.work_list[i];
        if (p->works.kind[w] == GANGER_WORK_BUILD && schedule->start[w] != GANGER_NONE) {
            open = earlier(open, schedule->finish[w]);
        }
    }
    schedule->open_unbuilt[index] = open;
    int32_t link = p->segments.link[segment];
    int32_t latest = 0;
    for (int32_t i = p->links.first_segment[link]; i < p->links.first_segment[link + 1]; i++) {
        int32_t unbuilt = schedule->frame->unbuilt_index[p->links.segment_list[i]];
        if (unbuilt != GANGER_NONE && schedule->open_unbuilt[unbuilt] > latest) {
            latest = schedule->open_unbuilt[unbuilt];
        }
    }
    schedule->open_link[schedule->frame->unbuilt_link_index[link]] = latest;
}

static int32_t segment_open(const struct ganger_schedule *schedule, int32_t segment)
{
    int32_t index = schedule->frame->unbuilt_index[segment];
    return index == GANGER_NONE ? 0 : schedule->open_unbuilt[index];
}

static int32_t node_open(const struct ganger_schedule *schedule, int32_t node)
{
    const struct ganger_schedule_frame *frame = schedule->frame;
    if (frame->node_open[node]) {
        return 0;
    }
    int32_t open = GANGER_NEVER;
    for (int32_t i = frame->node_first[node]; i < frame->node_first[node + 1]; i++) {
        open = earlier(open, schedule->open_link[frame->node_links[i]]);
    }
    return open;
}

int32_t ganger_schedule_rails_at(const struct ganger_schedule *schedule, int32_t segment)
{
    const struct ganger_problem *p = schedule->problem;
    if (!p->railhead || segment == GANGER_NONE) {
        return 0;
    }
    int32_t link = p->segments.link[segment];
    int32_t at = p->links.first_segment[link] + p->segments.position[segment];
    bool first = at == p->links.first_segment[link];
    bool last = at + 1 == p->links.first_segment[link + 1];
    int32_t before = first ? node_open(schedule, p->links.from[link])
                           : segment_open(schedule, p->links.segment_list[at - 1]);
    int32_t after = last ? node_open(schedule, p->links.to[link])
                         : segment_open(schedule, p->links.segment_list[at + 1]);
    return earlier(before, after);
}

int32_t ganger_railhead_needed_by(const struct ganger_schedule *schedule, int32_t segment)
{
    const struct ganger_problem *p = schedule->problem;
    const struct ganger_schedule_frame *frame = schedule->frame;
    int32_t needed = GANGER_NEVER;
    if (!p->railhead || segment == GANGER_NONE || frame->unbuilt_index[segment] == GANGER_NONE) {
        return needed;
    }
    /* Whoever starts before rails reach it now was reached through the removed work. */
    for (int32_t i = 0; i < frame->unbuilt_count; i++) {
        int32_t q = frame->unbuilt[i];
        int32_t rails = GANGER_NONE;
        for (int32_t k = p->segments.first_work[q]; k < p->segments.first_work[q + 1]; k++) {
            int32_t w = p->segments.work_list[k];
            if (p->works.kind[w] != GANGER_WORK_BUILD || schedule->start[w] == GANGER_NONE) {
                continue;
            }
            rails = rails == GANGER_NONE ? ganger_schedule_rails_at(schedule, q) : rails;
            if (rails > schedule->start[w]) {
                needed = earlier(needed, schedule->start[w]);
            }
        }
    }
    return needed;
}
