#include "relax/rails.h"

#include <stdlib.h>
#include <string.h>

/* Sets for one work; works of a set, and between it and the waiter; works of all sets together. */
enum { sets_most = 48, members_most = 6, passed_most = 24, entries_most = 20000 };

/* Works that part a waiter from all rails, and those between, the waiter first: positions among the rows of neighbours. */
struct set {
    int32_t members, passes;
    int32_t member[members_most]; /* works, rising */
    int32_t passed[passed_most];  /* rows */
};

struct rails {
    struct ganger_orders *orders;
    int32_t rows, width; /* rows of neighbours; boundaries and one more */
    int32_t *row_of; /* [works] row of neighbours; GANGER_NONE: rails lead to it from the first */
    int32_t
        *latest; /* [rows * width] latest begin of what is to be finished by a boundary; -1: none */
    bool *takes_time; /* [rows] in all modes */
    int32_t *seen;    /* [rows] last search that came there */
    int32_t *queue;   /* [rows] */
    int32_t searches;
    struct set *set; /* [sets_most] */
    int32_t sets;
    int32_t *
        label; /* [(passed_most + members_most) * width] latest finish of what a set passed, and of its works */
    int32_t rows_room, entries_room;
};

static bool open_rails(struct rails *r, struct ganger_orders *o)
{
    int32_t neighbours = o->count - o->precedences;
    size_t rows = (size_t)neighbours + 1, works = (size_t)o->problem->works.count + 1;
    *r = (struct rails){.orders = o, .rows = neighbours, .width = o->problem->time.periods + 2};
    size_t width = (size_t)r->width;
    r->row_of = malloc(works * sizeof *r->row_of);
    r->latest = malloc(rows * width * sizeof *r->latest);
    r->takes_time = malloc(rows * sizeof *r->takes_time);
    r->seen = calloc(rows, sizeof *r->seen);
    r->queue = malloc(rows * sizeof *r->queue);
    r->set = malloc(sets_most * sizeof *r->set);
    r->label = malloc((passed_most + members_most) * width * sizeof *r->label);
    return r->row_of && r->latest && r->takes_time && r->seen && r->queue && r->set && r->label;
}

static void close_rails(struct rails *r)
{
    free(r->row_of);
    free(r->latest);
    free(r->takes_time);
    free(r->seen);
    free(r->queue);
    free(r->set);
    free(r->label);
}

/* Openers of a row: cells first .. last-1. */
static int32_t first_opener(const struct rails *r, int32_t row)
{
    return r->orders->first[r->orders->precedences + row];
}

static int32_t last_opener(const struct rails *r, int32_t row)
{
    return r->orders->first[r->orders->precedences + row + 1];
}

static void know_row(struct rails *r, int32_t row)
{
    const struct ganger_problem *p = r->orders->problem;
    int32_t w = r->orders->waiter[r->orders->precedences + row], periods = p->time.periods;
    int32_t *latest = r->latest + (int64_t)row * r->width;
    r->row_of[w] = row;
    r->takes_time[row] = true;
    for (int32_t f = 0; f < r->width; f++) {
        latest[f] = -1;
    }
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        r->takes_time[row] = r->takes_time[row] && p->modes.duration[m] > 0;
        for (int32_t s = 0; s < periods; s++) {
            int32_t f = ganger_problem_finish(p, m, s);
            latest[f] = f <= periods && s > latest[f] ? s : latest[f];
        }
    }
    for (int32_t f = 1; f < r->width; f++) {
        latest[f] = latest[f] > latest[f - 1] ? latest[f] : latest[f - 1];
    }
}

static bool is_passed(const struct set *set, int32_t row)
{
    bool passed = false;
    for (int32_t i = 0; i < set->passes; i++) {
        passed = passed || set->passed[i] == row;
    }
    return passed;
}

/* Can a work be built though none that the set passed is? What takes no time may be built in the moment in which another one
 * opens the way. */
static bool can_be_built(struct rails *r, const struct set *set, int32_t work)
{
    int32_t tail = 0, row = r->row_of[work], mark = ++r->searches;
    if (row == GANGER_NONE) {
        return true;
    }
    r->seen[row] = mark;
    r->queue[tail++] = row;
    for (int32_t head = 0; head < tail; head++) {
        row = r->queue[head];
        bool led = !r->takes_time[row];
        for (int32_t k = first_opener(r, row); k < last_opener(r, row) && !led; k++) {
            int32_t next = r->row_of[r->orders->opener[k]];
            led = next == GANGER_NONE;
            if (!led && r->seen[next] != mark && !is_passed(set, next)) {
                r->seen[next] = mark;
                r->queue[tail++] = next;
            }
        }
        if (led) {
            return true;
        }
    }
    return false;
}

/* Puts a work into the set, in its place; false if there is no room. */
static bool put_in(struct set *set, int32_t work)
{
    int32_t at = set->members;
    for (int32_t i = 0; i < set->members; i++) {
        if (set->member[i] == work) {
            return true;
        }
    }
    if (at == members_most) {
        return false;
    }
    for (; at > 0 && set->member[at - 1] > work; at--) {
        set->member[at] = set->member[at - 1];
    }
    set->member[at] = work;
    set->members++;
    return true;
}

/* Passes a row: its openers come into the set in its stead, and what can only be built by way of it leaves. False if there is
 * no room. */
static bool pass(struct rails *r, struct set *set, int32_t row)
{
    if (set->passes == passed_most) {
        return false;
    }
    set->passed[set->passes++] = row;
    bool fits = true;
    for (int32_t k = first_opener(r, row); k < last_opener(r, row) && fits; k++) {
        int32_t w = r->orders->opener[k];
        bool behind = r->row_of[w] != GANGER_NONE && is_passed(set, r->row_of[w]);
        fits = behind || put_in(set, w);
    }
    int32_t kept = 0;
    for (int32_t i = 0; i < set->members; i++) {
        set->member[kept] = set->member[i];
        int32_t own = r->row_of[set->member[i]];
        bool gone =
            (own != GANGER_NONE && is_passed(set, own)) || !can_be_built(r, set, set->member[i]);
        kept += !gone;
    }
    set->members = kept;
    return fits;
}

static bool is_known(const struct rails *r, const struct set *set)
{
    bool known = false;
    for (int32_t i = 0; i < r->sets; i++) {
        known = known || (r->set[i].members == set->members &&
                          memcmp(r->set[i].member, set->member,
                                 (size_t)set->members * sizeof *set->member) == 0);
    }
    return known;
}

/* All sets that come about when a work of one gives way to its openers, nearest first; the first is the neighbours'. */
static void find_sets(struct rails *r, int32_t row)
{
    struct set first = {0};
    r->sets = 0;
    if (pass(r, &first, row)) {
        r->set[r->sets++] = first;
    }
    for (int32_t at = 0; at < r->sets; at++) {
        for (int32_t i = 0; i < r->set[at].members && r->sets < sets_most; i++) {
            struct set next = r->set[at];
            int32_t through = r->row_of[next.member[i]];
            if (through != GANGER_NONE && r->takes_time[through] && pass(r, &next, through) &&
                !is_known(r, &next)) {
                r->set[r->sets++] = next;
            }
        }
    }
}

static int32_t *label_of(const struct rails *r, const struct set *set, int32_t work)
{
    for (int32_t i = 0; i < set->members; i++) {
        if (set->member[i] == work) {
            return r->label + (int64_t)(passed_most + i) * r->width;
        }
    }
    for (int32_t i = 1; i < set->passes; i++) {
        if (r->row_of[work] == set->passed[i]) {
            return r->label + (int64_t)i * r->width;
        }
    }
    return NULL;
}

/* Labels of the openers of what a set passed i-th; true if any is later than it was. */
static bool raise_labels(struct rails *r, const struct set *set, int32_t i)
{
    int32_t row = set->passed[i];
    const int32_t *mine = r->label + (int64_t)i * r->width;
    const int32_t *latest = r->latest + (int64_t)row * r->width;
    bool raised = false;
    for (int32_t k = first_opener(r, row); k < last_opener(r, row); k++) {
        int32_t *label = label_of(r, set, r->orders->opener[k]);
        for (int32_t t = 0; label && t < r->width; t++) {
            int32_t by = i == 0 ? t : mine[t] < 0 ? -1 : latest[mine[t]];
            raised = raised || by > label[t];
            label[t] = by > label[t] ? by : label[t];
        }
    }
    return raised;
}

/* When a work of the set is finished at the latest if rails come from it and the waiter begins at t. */
static void find_labels(struct rails *r, const struct set *set)
{
    for (int32_t i = 0; i < (passed_most + members_most) * r->width; i++) {
        r->label[i] = -1;
    }
    for (bool raised = true; raised;) {
        raised = false;
        for (int32_t i = 0; i < set->passes; i++) {
            raised |= raise_labels(r, set, i);
        }
    }
}

static bool make_room(struct rails *r)
{
    struct ganger_orders *o = r->orders;
    int32_t entries = o->first[o->count] + members_most + 1;
    if (o->count + 2 > r->rows_room) {
        int32_t room = o->count + o->count / 2 + 64;
        int32_t *waiter = realloc(o->waiter, (size_t)room * sizeof *waiter);
        o->waiter = waiter ? waiter : o->waiter;
        int32_t *first = realloc(o->first, (size_t)room * sizeof *first);
        o->first = first ? first : o->first;
        if (!waiter || !first) {
            return false;
        }
        r->rows_room = room;
    }
    if (entries > r->entries_room) {
        int32_t room = entries + entries / 2;
        int32_t *opener = realloc(o->opener, (size_t)room * sizeof *opener);
        o->opener = opener ? opener : o->opener;
        size_t far = (size_t)(room - o->far_entry) * (size_t)r->width;
        int32_t *opens = realloc(o->opens, far * sizeof *opens);
        o->opens = opens ? opens : o->opens;
        if (!opener || !opens) {
            return false;
        }
        r->entries_room = room;
    }
    return true;
}

static bool add_row(struct rails *r, const struct set *set, int32_t row)
{
    struct ganger_orders *o = r->orders;
    if (!make_room(r)) {
        return false;
    }
    find_labels(r, set);
    int32_t end = o->first[o->count];
    for (int32_t i = 0; i < set->members; i++, end++) {
        const int32_t *label = r->label + (int64_t)(passed_most + i) * r->width;
        int32_t *opens = o->opens + (int64_t)(end - o->far_entry) * r->width;
        o->opener[end] = set->member[i];
        for (int32_t f = 0, t = 0; f < r->width; f++) {
            while (t < r->width && label[t] < f) {
                t++;
            }
            opens[f] = t;
        }
    }
    o->waiter[o->count] = o->waiter[o->precedences + row];
    o->first[++o->count] = end;
    return true;
}

bool ganger_orders_add_far(struct ganger_orders *orders)
{
    struct rails r;
    orders->far = orders->count;
    orders->far_entry = orders->first[orders->count];
    bool ready = open_rails(&r, orders);
    for (int32_t w = 0; ready && w < orders->problem->works.count; w++) {
        r.row_of[w] = GANGER_NONE;
    }
    for (int32_t row = 0; ready && row < r.rows; row++) {
        know_row(&r, row);
    }
    for (int32_t row = 0; ready && row < r.rows; row++) {
        find_sets(&r, row);
        for (int32_t i = 1; ready && i < r.sets; i++) {
            bool more = orders->first[orders->count] - orders->far_entry < entries_most;
            /* What waits for a single work does so by the rows of neighbours too. */
            ready = !more || r.set[i].members < 2 || add_row(&r, &r.set[i], row);
        }
    }
    close_rails(&r);
    return ready;
}
