#include "relax/roundabout.h"

#include <stdlib.h>

/* Works that rails connect, and what is known of them while one of them waits. */
struct region {
    const struct ganger_orders *orders;
    int32_t *home;       /* [works] region that it is part of */
    int32_t *first, *at; /* CSR [works+1] by region: its works */
    int32_t *unmet;      /* [works] rows that do not let it begin yet */
    bool *led;           /* [works] its row of rails lets it begin */
    int32_t *queue;      /* [works] */
};

static bool region_init(struct region *r, const struct ganger_orders *orders)
{
    size_t works = (size_t)orders->problem->works.count + 2;
    *r = (struct region){.orders = orders};
    r->home = calloc(works, sizeof *r->home);
    r->first = calloc(works, sizeof *r->first);
    r->at = calloc(works, sizeof *r->at);
    r->unmet = calloc(works, sizeof *r->unmet);
    r->led = calloc(works, sizeof *r->led);
    r->queue = calloc(works, sizeof *r->queue);
    return r->home && r->first && r->at && r->unmet && r->led && r->queue;
}

static void region_clear(struct region *r)
{
    free(r->home);
    free(r->first);
    free(r->at);
    free(r->unmet);
    free(r->led);
    free(r->queue);
}

static int32_t home_of(struct region *r, int32_t work)
{
    while (r->home[work] != work) {
        r->home[work] = r->home[r->home[work]];
        work = r->home[work];
    }
    return work;
}

/* Works joined by rows of rails, of each region side by side. */
static void gather(struct region *r)
{
    const struct ganger_orders *o = r->orders;
    int32_t works = o->problem->works.count;
    for (int32_t w = 0; w < works; w++) {
        r->home[w] = w;
    }
    for (int32_t row = o->precedences; row < o->count; row++) {
        for (int32_t k = o->first[row]; k < o->first[row + 1]; k++) {
            r->home[home_of(r, o->opener[k])] = home_of(r, o->waiter[row]);
        }
    }
    for (int32_t w = 0; w < works; w++) {
        r->home[w] = home_of(r, w);
        r->first[r->home[w] + 2]++;
    }
    for (int32_t w = 0; w < works; w++) {
        r->first[w + 2] += r->first[w + 1];
    }
    for (int32_t w = 0; w < works; w++) {
        r->at[r->first[r->home[w] + 1]++] = w;
    }
}

/* The row lets its waiter begin, if it is one of this region and was not let yet. */
static void meet(struct region *r, int32_t row, int32_t home, int32_t *tail)
{
    int32_t waiter = r->orders->waiter[row];
    bool rails = row >= r->orders->precedences;
    if (r->home[waiter] != home || (rails && r->led[waiter])) {
        return;
    }
    r->led[waiter] = r->led[waiter] || rails;
    if (r->unmet[waiter] > 0 && --r->unmet[waiter] == 0) {
        r->queue[(*tail)++] = waiter;
    }
}

/* Works without duration may lead rails to each other in one moment. */
static bool takes_time(const struct ganger_problem *p, int32_t work)
{
    bool takes = true;
    for (int32_t m = p->works.first_mode[work]; m < p->works.first_mode[work + 1]; m++) {
        takes = takes && p->modes.duration[m] > 0;
    }
    return takes;
}

/* How many rows hold it up, with nothing of the region done. */
static int32_t rows_unmet(const struct region *r, int32_t work)
{
    const struct ganger_orders *o = r->orders;
    int32_t unmet = 0;
    for (int32_t k = o->first_in[work]; k < o->first_in[work + 1]; k++) {
        int32_t row = o->in[k];
        unmet += row >= o->precedences || r->home[o->opener[o->first[row]]] == r->home[work];
    }
    return takes_time(o->problem, work) ? unmet : 0;
}

/* Afterwards unmet is 0 for those works of the region that need not wait for `waiter`. What lies outside of the region is
 * taken for done. */
static void flood_without(struct region *r, int32_t waiter)
{
    const struct ganger_orders *o = r->orders;
    int32_t home = r->home[waiter], tail = 0;
    for (int32_t i = r->first[home]; i < r->first[home + 1]; i++) {
        int32_t w = r->at[i];
        r->led[w] = false;
        r->unmet[w] = rows_unmet(r, w) + (w == waiter);
        if (r->unmet[w] == 0) {
            r->queue[tail++] = w;
        }
    }
    for (int32_t head = 0; head < tail; head++) {
        int32_t w = r->queue[head];
        for (int32_t k = o->first_out[w]; k < o->first_out[w + 1]; k++) {
            meet(r, o->row_of[o->out[k]], home, &tail);
        }
    }
}

static void mark_row(struct region *r, int32_t row, bool *keep)
{
    const struct ganger_orders *o = r->orders;
    int32_t kept = 0;
    flood_without(r, o->waiter[row]);
    for (int32_t k = o->first[row]; k < o->first[row + 1]; k++) {
        keep[k] = r->unmet[o->opener[k]] == 0;
        kept += keep[k];
    }
    for (int32_t k = o->first[row]; kept == 0 && k < o->first[row + 1]; k++) {
        keep[k] = true;
    }
}

bool ganger_orders_mark_ways(const struct ganger_orders *orders, bool *keep)
{
    struct region region;
    bool ready = region_init(&region, orders);
    if (ready) {
        gather(&region);
    }
    for (int32_t k = 0; ready && k < orders->first[orders->precedences]; k++) {
        keep[k] = true;
    }
    for (int32_t row = orders->precedences; ready && row < orders->count; row++) {
        mark_row(&region, row, keep);
    }
    region_clear(&region);
    return ready;
}
