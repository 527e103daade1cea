/* Volumes: the step profiles as few vectors over all demands, one for each stretch of equal volumes. */
#include "instance/csr.h"
#include "instance/seal.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

struct event {
    int32_t from, row;
};

static int compare(const void *left, const void *right)
{
    const struct event *a = left, *b = right;
    if (a->from != b->from) {
        return a->from < b->from ? -1 : 1;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

/* Rows in order of time: those before the start, in order, leave the latest of each demand standing at 0. */
static struct event *sort_rows(const struct ganger_demands *demands)
{
    struct event *events = ganger_seal_array(demands->profile_rows, sizeof *events);
    for (int32_t row = 0; events != NULL && row < demands->profile_rows; row++) {
        events[row] = (struct event){demands->profile_from[row], row};
    }
    if (events != NULL) {
        qsort(events, (size_t)demands->profile_rows, sizeof *events, compare);
    }
    return events;
}

/* The earlier vector equal to the newest, or the newest itself. */
static int32_t find_equal(const struct ganger_demands *demands, const uint64_t *hashes,
                          int32_t newest)
{
    size_t size = (size_t)demands->count * sizeof *demands->volume;
    const double *vector = demands->volume + (int64_t)newest * demands->count;
    for (int32_t step = 0; step < newest; step++) {
        if (hashes[step] == hashes[newest] &&
            memcmp(demands->volume + (int64_t)step * demands->count, vector, size) == 0) {
            return step;
        }
    }
    return newest;
}

static int32_t count_changes(const struct ganger_demands *demands, const struct event *events,
                             int32_t periods)
{
    int32_t changes = 1;
    for (int32_t i = 0; i < demands->profile_rows; i++) {
        bool inside = events[i].from > 0 && events[i].from <= periods;
        changes += inside && (i == 0 || events[i].from != events[i - 1].from) ? 1 : 0;
    }
    return changes;
}

/* Walks through the boundaries; `volume` has room for one vector a change. */
static void fill(struct ganger_demands *demands, const struct event *events, int32_t periods,
                 uint64_t *hashes, double *now)
{
    size_t size = (size_t)demands->count * sizeof *now;
    int32_t next = 0;
    for (int32_t t = 0; t <= periods; t++) {
        int32_t begin = next;
        while (next < demands->profile_rows && events[next].from <= t) {
            int32_t row = events[next++].row;
            now[demands->profile_demand[row]] = demands->profile_mtpa[row] + 0.0; /* no -0 */
        }
        if (t > 0 && next == begin) {
            demands->step_at[t] = demands->step_at[t - 1];
            continue;
        }
        if (size > 0) {
            memcpy(demands->volume + (int64_t)demands->steps * demands->count, now, size);
        }
        hashes[demands->steps] = XXH3_64bits(now, size);
        demands->step_at[t] = find_equal(demands, hashes, demands->steps);
        demands->steps += demands->step_at[t] == demands->steps ? 1 : 0;
    }
}

bool ganger_seal_demands(struct ganger_problem *p)
{
    struct ganger_demands *demands = &p->demands;
    bool done = false;
    struct event *events = sort_rows(demands);
    uint64_t *hashes = NULL;
    double *now = ganger_seal_array(demands->count, sizeof *now);
    demands->step_at = ganger_seal_array(p->time.periods + 1, sizeof *demands->step_at);
    if (events == NULL || now == NULL || demands->step_at == NULL) {
        goto out;
    }
    /* One more than the changes: the vector under test is written behind the last. */
    int32_t most = count_changes(demands, events, p->time.periods) + 1;
    hashes = ganger_seal_array(most, sizeof *hashes);
    demands->volume = ganger_seal_array((int64_t)most * demands->count, sizeof *demands->volume);
    if (hashes == NULL || demands->volume == NULL) {
        goto out;
    }
    fill(demands, events, p->time.periods, hashes, now);
    done = true;
out:
    free(events);
    free(hashes);
    free(now);
    return done;
}
