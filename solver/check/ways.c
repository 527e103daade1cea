#include "check/ways.h"

#include <stdlib.h>

struct ways {
    const struct ganger_problem *problem;
    struct ganger_waits *waits;
    int32_t *row;            /* [works] its row, GANGER_NONE if it builds no new line */
    int32_t *region;         /* [rows] rows that openers connect have the same */
    int32_t *first, *member; /* CSR [rows+1] by region: its rows */
    int32_t *first_before,
        *before;  /* CSR [rows+1]: rows whose works must come before, within the region */
    bool *built;  /* [rows] can be built while the row at hand is not */
    bool *struck; /* [openers] */
};

static void *make(int64_t count, size_t size)
{
    return calloc((size_t)count + 2, size);
}

static bool open_ways(struct ways *y, const struct ganger_problem *p, struct ganger_waits *w)
{
    *y = (struct ways){.problem = p, .waits = w};
    y->row = make(p->works.count, sizeof *y->row);
    y->region = make(w->rows, sizeof *y->region);
    y->first = make(w->rows, sizeof *y->first);
    y->member = make(w->rows, sizeof *y->member);
    y->first_before = make(w->rows, sizeof *y->first_before);
    y->before = make(p->precedences.count, sizeof *y->before);
    y->built = make(w->rows, sizeof *y->built);
    y->struck = make(w->first[w->rows], sizeof *y->struck);
    return y->row && y->region && y->first && y->member && y->first_before && y->before &&
           y->built && y->struck;
}

static void close_ways(struct ways *y)
{
    free(y->row);
    free(y->region);
    free(y->first);
    free(y->member);
    free(y->first_before);
    free(y->before);
    free(y->built);
    free(y->struck);
}

/* Each row takes the least region of those that it shares openers with, until all agree. */
static void join_regions(struct ways *y)
{
    const struct ganger_waits *w = y->waits;
    for (int32_t i = 0; i < w->rows; i++) {
        y->region[i] = i;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (int32_t step = 0; step < 2 * w->rows; step++) { /* there and back */
            int32_t i = step < w->rows ? step : 2 * w->rows - 1 - step;
            for (int32_t k = w->first[i]; k < w->first[i + 1]; k++) {
                int32_t *a = &y->region[i], *b = &y->region[y->row[w->opener[k]]];
                changed = changed || *a != *b;
                *a = *b = *a < *b ? *a : *b;
            }
        }
    }
}

/* list[first[r]..] what has the key r, in order. */
static void list_by(const int32_t *key, int32_t count, int32_t rows, int32_t *first, int32_t *list)
{
    for (int32_t i = 0; i < count; i++) {
        first[key[i] + 1] += key[i] < rows;
    }
    for (int32_t r = 0; r < rows; r++) {
        first[r + 1] += first[r];
    }
    for (int32_t i = count - 1; i >= 0; i--) { /* each first[r + 1] counts down to where r begins */
        if (key[i] < rows) {
            list[--first[key[i] + 1]] = i;
        }
    }
    for (int32_t r = 0; r < rows; r++) {
        first[r] = first[r + 1];
    }
}

/* By their later row, precedences between rows of one region. */
static bool list_before(struct ways *y)
{
    const struct ganger_precedences *p = &y->problem->precedences;
    int32_t rows = y->waits->rows, within = 0;
    int32_t *later = make(p->count, sizeof *later);
    for (int32_t k = 0; later && k < p->count; k++) {
        int32_t from = y->row[p->predecessor[k]], to = y->row[p->successor[k]];
        bool one = from != GANGER_NONE && to != GANGER_NONE && y->region[from] == y->region[to];
        later[k] = one ? to : rows;
        within += one;
    }
    if (later) {
        list_by(later, p->count, rows, y->first_before, y->before);
        y->first_before[rows] = within;
    }
    free(later);
    return later != NULL;
}

static bool takes_time(const struct ganger_problem *p, int32_t work)
{
    bool takes = true;
    for (int32_t m = p->works.first_mode[work]; m < p->works.first_mode[work + 1]; m++) {
        takes = takes && p->modes.duration[m] > 0;
    }
    return takes;
}

/* As far as is known by now. What takes no time may be built in the moment in which another one opens the way. */
static bool can_be_built(const struct ways *y, int32_t row)
{
    const struct ganger_waits *w = y->waits;
    bool led = w->led[row], all = true;
    for (int32_t k = w->first[row]; k < w->first[row + 1] && !led; k++) {
        led = y->built[y->row[w->opener[k]]];
    }
    for (int32_t k = y->first_before[row]; k < y->first_before[row + 1]; k++) {
        all = all && y->built[y->row[y->problem->precedences.predecessor[y->before[k]]]];
    }
    return (led && all) || !takes_time(y->problem, w->work[row]);
}

static void build_without(struct ways *y, int32_t row)
{
    int32_t first = y->first[y->region[row]], count = y->first[y->region[row] + 1] - first;
    for (int32_t i = 0; i < count; i++) {
        y->built[y->member[first + i]] = false;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (int32_t step = 0; step < 2 * count; step++) { /* there and back */
            int32_t i = y->member[first + (step < count ? step : 2 * count - 1 - step)];
            if (i != row && !y->built[i] && can_be_built(y, i)) {
                y->built[i] = changed = true;
            }
        }
    }
}

static void judge_row(struct ways *y, int32_t row)
{
    const struct ganger_waits *w = y->waits;
    int32_t left = 0;
    build_without(y, row);
    for (int32_t k = w->first[row]; k < w->first[row + 1]; k++) {
        y->struck[k] = !y->built[y->row[w->opener[k]]];
        left += !y->struck[k];
    }
    for (int32_t k = w->first[row]; left == 0 && k < w->first[row + 1]; k++) {
        y->struck[k] = false;
    }
}

static void strike(struct ways *y)
{
    struct ganger_waits *w = y->waits;
    int32_t left = 0;
    for (int32_t row = 0, k = 0; row < w->rows; row++) {
        for (int32_t end = w->first[row + 1]; k < end; k++) {
            w->opener[left] = w->opener[k];
            left += !y->struck[k];
        }
        w->first[row + 1] = left;
    }
}

bool ganger_waits_strike(struct ganger_waits *waits, const struct ganger_problem *problem)
{
    struct ways ways;
    bool ready = open_ways(&ways, problem, waits);
    for (int32_t w = 0; ready && w < problem->works.count; w++) {
        ways.row[w] = GANGER_NONE;
    }
    for (int32_t i = 0; ready && i < waits->rows; i++) {
        ways.row[waits->work[i]] = i;
    }
    if (ready) {
        join_regions(&ways);
        list_by(ways.region, waits->rows, waits->rows, ways.first, ways.member);
        ways.first[waits->rows] = waits->rows;
        ready = list_before(&ways);
    }
    for (int32_t i = 0; ready && i < waits->rows; i++) {
        judge_row(&ways, i);
    }
    if (ready) {
        strike(&ways);
    }
    close_ways(&ways);
    return ready;
}
