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

/* Segments next to a node of all links there that are not built yet. */
static void visit_node(const struct ganger_schedule *schedule, int32_t node,
                       struct ganger_railhead_visit visit)
{
    const struct ganger_schedule_frame *frame = schedule->frame;
    const struct ganger_links *links = &schedule->problem->links;
    for (int32_t i = frame->node_first[node]; i < frame->node_first[node + 1]; i++) {
        int32_t link = frame->unbuilt_link[frame->node_links[i]];
        int32_t first = links->first_segment[link], last = links->first_segment[link + 1] - 1;
        visit.segment(links->segment_list[links->from[link] == node ? first : last], visit.context);
    }
}

void ganger_railhead_visit_next(const struct ganger_schedule *schedule, int32_t segment,
                                struct ganger_railhead_visit visit)
{
    const struct ganger_problem *p = schedule->problem;
    if (!p->railhead || segment == GANGER_NONE ||
        schedule->frame->unbuilt_index[segment] == GANGER_NONE) {
        return;
    }
    int32_t link = p->segments.link[segment];
    int32_t at = p->links.first_segment[link] + p->segments.position[segment];
    if (at > p->links.first_segment[link]) {
        visit.segment(p->links.segment_list[at - 1], visit.context);
    }
    if (at + 1 < p->links.first_segment[link + 1]) {
        visit.segment(p->links.segment_list[at + 1], visit.context);
    }
    visit_node(schedule, p->links.from[link], visit);
    visit_node(schedule, p->links.to[link], visit);
}

struct need {
    const struct ganger_schedule *schedule;
    int32_t by;
};

static void need_rails(int32_t segment, void *context)
{
    struct need *need = context;
    const struct ganger_schedule *s = need->schedule;
    const struct ganger_problem *p = s->problem;
    int32_t rails = GANGER_NONE;
    if (s->frame->unbuilt_index[segment] == GANGER_NONE) {
        return;
    }
    for (int32_t k = p->segments.first_work[segment]; k < p->segments.first_work[segment + 1];
         k++) {
        int32_t w = p->segments.work_list[k];
        if (p->works.kind[w] != GANGER_WORK_BUILD || s->start[w] == GANGER_NONE) {
            continue;
        }
        rails = rails == GANGER_NONE ? ganger_schedule_rails_at(s, segment) : rails;
        if (rails > s->start[w]) {
            need->by = earlier(need->by, s->start[w]);
        }
    }
}

int32_t ganger_railhead_needed_by(const struct ganger_schedule *schedule, int32_t segment)
{
    /* Whoever starts before rails reach it now was reached through the removed work. */
    struct need need = {schedule, GANGER_NEVER};
    ganger_railhead_visit_next(schedule, segment,
                               (struct ganger_railhead_visit){need_rails, &need});
    return need.by;
}
