#include "relax/orders.h"

#include "relax/rails.h"
#include "relax/roundabout.h"
#include "schedule/schedule.h"

#include <stdlib.h>

/* A list that grows; `failed` once memory gave out. */
struct list {
    int32_t *cells;
    int32_t count, room;
    bool failed;
};

static void add(struct list *list, int32_t value)
{
    if (list->count == list->room) {
        int32_t room = 2 * list->room + 64;
        int32_t *cells = realloc(list->cells, (size_t)room * sizeof *cells);
        if (!cells) {
            list->failed = true;
            return;
        }
        list->cells = cells;
        list->room = room;
    }
    list->cells[list->count++] = value;
}

/* Rows under construction. */
struct draft {
    const struct ganger_problem *problem;
    const struct ganger_schedule_frame *frame;
    struct list waiter, first, opener;
};

static void begin_row(struct draft *d, int32_t work)
{
    add(&d->waiter, work);
    add(&d->first, d->opener.count);
}

/* Adds the works that build a segment to the last row, each once. */
static void add_builders(struct draft *d, int32_t segment)
{
    const struct ganger_problem *p = d->problem;
    for (int32_t i = p->segments.first_work[segment]; i < p->segments.first_work[segment + 1];
         i++) {
        int32_t w = p->segments.work_list[i];
        bool listed = p->works.kind[w] != GANGER_WORK_BUILD;
        for (int32_t k = d->first.cells[d->first.count - 1]; !listed && k < d->opener.count; k++) {
            listed = d->opener.cells[k] == w;
        }
        if (!listed) {
            add(&d->opener, w);
        }
    }
}

/* Of a link not built yet, the unbuilt segment nearest to a node. */
static int32_t nearest_unbuilt(const struct draft *d, int32_t link, int32_t node)
{
    const struct ganger_links *links = &d->problem->links;
    int32_t first = links->first_segment[link], last = links->first_segment[link + 1] - 1;
    for (int32_t i = 0; i <= last - first; i++) {
        int32_t q = links->segment_list[links->from[link] == node ? first + i : last - i];
        if (d->frame->unbuilt_index[q] != GANGER_NONE) {
            return q;
        }
    }
    return GANGER_NONE;
}

/* The works that bring rails to a node that has none. */
static void add_node(struct draft *d, int32_t node, int32_t link)
{
    const struct ganger_schedule_frame *f = d->frame;
    for (int32_t i = f->node_first[node]; i < f->node_first[node + 1]; i++) {
        int32_t other = f->unbuilt_link[f->node_links[i]];
        if (other != link) {
            add_builders(d, nearest_unbuilt(d, other, node));
        }
    }
}

/* The row of a work to which no rails lead yet; none if some do. */
static void add_rails(struct draft *d, int32_t work)
{
    const struct ganger_problem *p = d->problem;
    const struct ganger_schedule_frame *f = d->frame;
    int32_t q = p->works.segment[work];
    if (!p->railhead || p->works.kind[work] != GANGER_WORK_BUILD || q == GANGER_NONE ||
        f->unbuilt_index[q] == GANGER_NONE) {
        return;
    }
    int32_t link = p->segments.link[q];
    int32_t at = p->links.first_segment[link] + p->segments.position[q];
    const int32_t side[2] = {at - 1, at + 1}, node[2] = {p->links.from[link], p->links.to[link]};
    bool inside[2] = {at > p->links.first_segment[link], at + 1 < p->links.first_segment[link + 1]};
    for (int i = 0; i < 2; i++) {
        if (inside[i] ? f->unbuilt_index[p->links.segment_list[side[i]]] == GANGER_NONE
                      : f->node_open[node[i]]) {
            return;
        }
    }
    begin_row(d, work);
    for (int i = 0; i < 2; i++) {
        if (inside[i]) {
            add_builders(d, p->links.segment_list[side[i]]);
        } else {
            add_node(d, node[i], link);
        }
    }
}

/* list[first[key]..] the indices of each key, in order; `first` has keys + 2 zeroed cells. */
static void index_by(const int32_t *key, int32_t count, int32_t keys, int32_t *first, int32_t *list)
{
    for (int32_t i = 0; i < count; i++) {
        first[key[i] + 2]++;
    }
    for (int32_t k = 0; k < keys; k++) {
        first[k + 2] += first[k + 1];
    }
    for (int32_t i = 0; i < count; i++) {
        list[first[key[i] + 1]++] = i;
    }
}

static bool index_rows(struct ganger_orders *o)
{
    size_t rows = (size_t)o->count + 1, works = (size_t)o->problem->works.count + 2;
    size_t entries = (size_t)o->first[o->count] + 1;
    o->row_of = calloc(entries, sizeof *o->row_of);
    o->first_in = calloc(works, sizeof *o->first_in);
    o->first_out = calloc(works, sizeof *o->first_out);
    o->in = calloc(rows, sizeof *o->in);
    o->out = calloc(entries, sizeof *o->out);
    if (!o->row_of || !o->first_in || !o->first_out || !o->in || !o->out) {
        return false;
    }
    for (int32_t row = 0; row < o->count; row++) {
        for (int32_t k = o->first[row]; k < o->first[row + 1]; k++) {
            o->row_of[k] = row;
        }
    }
    index_by(o->waiter, o->count, o->problem->works.count, o->first_in, o->in);
    index_by(o->opener, o->first[o->count], o->problem->works.count, o->first_out, o->out);
    return true;
}

static void clear_index(struct ganger_orders *o)
{
    free(o->row_of);
    free(o->first_in);
    free(o->in);
    free(o->first_out);
    free(o->out);
    o->row_of = o->first_in = o->in = o->first_out = o->out = NULL;
}

/* Strikes openers out that come about only by way of the waiter itself. */
static bool strike_roundabout(struct ganger_orders *o)
{
    int32_t entries = o->first[o->count], kept = 0;
    bool *keep = calloc((size_t)entries + 1, sizeof *keep);
    if (!keep || !ganger_orders_mark_ways(o, keep)) {
        free(keep);
        return false;
    }
    for (int32_t row = 0, k = 0; row < o->count; row++) {
        int32_t end = o->first[row + 1];
        for (; k < end; k++) {
            o->opener[kept] = o->opener[k];
            kept += keep[k];
        }
        o->first[row + 1] = kept;
    }
    free(keep);
    if (kept == entries) {
        return true;
    }
    clear_index(o);
    return index_rows(o);
}

/* Rows from afar, of what the others have left. */
static bool add_far(struct ganger_orders *o)
{
    clear_index(o);
    return ganger_orders_add_far(o) && index_rows(o);
}

bool ganger_orders_init(struct ganger_orders *orders, const struct ganger_problem *problem)
{
    struct ganger_orders *o = orders;
    *o = (struct ganger_orders){.problem = problem, .precedences = problem->precedences.count};
    struct ganger_schedule_frame *frame = ganger_schedule_frame_create(problem);
    struct draft d = {.problem = problem, .frame = frame, .waiter.failed = !frame};
    for (int32_t i = 0; frame && i < problem->precedences.count; i++) {
        begin_row(&d, problem->precedences.successor[i]);
        add(&d.opener, problem->precedences.predecessor[i]);
    }
    for (int32_t w = 0; frame && w < problem->works.count; w++) {
        add_rails(&d, w);
    }
    add(&d.first, d.opener.count);
    ganger_schedule_frame_destroy(frame);
    o->count = d.waiter.count;
    o->waiter = d.waiter.cells;
    o->first = d.first.cells;
    o->opener = d.opener.cells;
    if (d.waiter.failed || d.first.failed || d.opener.failed || !index_rows(o) ||
        !strike_roundabout(o) || !add_far(o)) {
        ganger_orders_clear(o);
        return false;
    }
    return true;
}

void ganger_orders_clear(struct ganger_orders *orders)
{
    free(orders->waiter);
    free(orders->first);
    free(orders->opener);
    free(orders->opens);
    clear_index(orders);
    *orders = (struct ganger_orders){0};
}
