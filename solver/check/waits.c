#include "check/waits.h"

#include "check/ways.h"

#include <stdlib.h>

struct reader {
    const struct ganger_problem *problem;
    const int32_t *first_on, *work_on;
    struct ganger_waits *waits;
    int32_t row;
    bool short_of_memory;
};

static bool is_new(const struct ganger_problem *p, int32_t segment)
{
    return !(p->segments.capacity[segment] > 0);
}

static bool link_is_new(const struct ganger_problem *p, int32_t link)
{
    bool any = false;
    for (int32_t i = p->links.first_segment[link]; i < p->links.first_segment[link + 1]; i++) {
        any = any || is_new(p, p->links.segment_list[i]);
    }
    return any;
}

static bool node_is_open(const struct ganger_problem *p, int32_t node)
{
    bool open = p->nodes.railhead[node];
    for (int32_t l = 0; l < p->links.count && !open; l++) {
        open = (p->links.from[l] == node || p->links.to[l] == node) && !link_is_new(p, l);
    }
    return open;
}

static void list_opener(struct reader *r, int32_t work)
{
    struct ganger_waits *w = r->waits;
    int32_t count = w->first[r->row + 1];
    for (int32_t i = w->first[r->row]; i < count; i++) {
        if (w->opener[i] == work) {
            return;
        }
    }
    if (count == w->room) {
        int32_t room = 2 * w->room + 64;
        int32_t *opener = realloc(w->opener, (size_t)room * sizeof *opener);
        if (!opener) {
            r->short_of_memory = true;
            return;
        }
        w->opener = opener;
        w->room = room;
    }
    w->opener[count] = work;
    w->first[r->row + 1]++;
}

static void list_builders(struct reader *r, int32_t segment)
{
    for (int32_t i = r->first_on[segment]; i < r->first_on[segment + 1]; i++) {
        if (r->problem->works.kind[r->work_on[i]] == GANGER_WORK_BUILD) {
            list_opener(r, r->work_on[i]);
        }
    }
}

/* One way along the row's link: towards the end at `node` the neighbour is at `beside`, if that lies on the link. */
static void look_along(struct reader *r, int32_t link, int32_t beside, int32_t node)
{
    const struct ganger_problem *p = r->problem;
    const struct ganger_links *links = &p->links;
    bool *led = &r->waits->led[r->row];
    if (beside >= links->first_segment[link] && beside < links->first_segment[link + 1]) {
        int32_t segment = links->segment_list[beside];
        *led = *led || !is_new(p, segment);
        list_builders(r, segment);
        return;
    }
    *led = *led || node_is_open(p, node);
    for (int32_t l = 0; l < links->count && !*led; l++) {
        if (l == link || (links->from[l] != node && links->to[l] != node) || !link_is_new(p, l)) {
            continue;
        }
        bool onward = links->from[l] == node;
        int32_t at = onward ? links->first_segment[l] : links->first_segment[l + 1] - 1;
        while (!is_new(p, links->segment_list[at])) {
            at += onward ? 1 : -1;
        }
        list_builders(r, links->segment_list[at]);
    }
}

static void read_row(struct reader *r, int32_t work)
{
    const struct ganger_problem *p = r->problem;
    int32_t q = p->works.segment[work], link = p->segments.link[q];
    int32_t at = p->links.first_segment[link];
    while (p->links.segment_list[at] != q) {
        at++;
    }
    r->waits->work[r->row] = work;
    r->waits->led[r->row] = !p->railhead;
    r->waits->first[r->row + 1] = r->waits->first[r->row];
    look_along(r, link, at - 1, p->links.from[link]);
    look_along(r, link, at + 1, p->links.to[link]);
    if (r->waits->led[r->row]) {
        r->waits->first[r->row + 1] = r->waits->first[r->row];
    }
    r->row++;
}

bool ganger_waits_init(struct ganger_waits *waits, const struct ganger_problem *problem,
                       const int32_t *first_on, const int32_t *work_on)
{
    *waits = (struct ganger_waits){.rows = ganger_problem_new_line_works(problem)};
    size_t rows = (size_t)waits->rows + 1;
    waits->work = calloc(rows, sizeof *waits->work);
    waits->led = calloc(rows, sizeof *waits->led);
    waits->first = calloc(rows + 1, sizeof *waits->first);
    if (!waits->work || !waits->led || !waits->first) {
        return false;
    }
    struct reader reader = {problem, first_on, work_on, waits, 0, false};
    for (int32_t w = 0; w < problem->works.count && !reader.short_of_memory; w++) {
        if (ganger_problem_builds_new_line(problem, w)) {
            read_row(&reader, w);
        }
    }
    return !reader.short_of_memory && ganger_waits_strike(waits, problem);
}

void ganger_waits_clear(struct ganger_waits *waits)
{
    free(waits->work);
    free(waits->led);
    free(waits->first);
    free(waits->opener);
    *waits = (struct ganger_waits){0};
}
