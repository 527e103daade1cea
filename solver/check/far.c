#include "check/far.h"

#include <stdlib.h>

/* Following rails back from a work. */
struct trail {
    struct ganger_far *far;
    const struct ganger_waits *waits;
    int32_t *row_of;  /* [works] its row of waits; GANGER_NONE if it builds no new line */
    int32_t *opener;  /* [works] 1 + its entry in the row at hand, 0: none */
    int32_t *reached; /* [rows of waits] 1 + its place on the trail, 0: it is not there */
    int32_t *row;     /* [count] the trail */
    int32_t count, width;
    int32_t **latest; /* [rows of waits] by finish, latest begin; -1: none; NULL: not known yet */
    int32_t *
        *label; /* [rows of waits] of the trail's places, by the waiter's begin: latest finish */
    bool short_of_memory;
};

static void *make(int64_t count, size_t size)
{
    return calloc((size_t)count + 1, size);
}

const char *ganger_far_bad(const struct ganger_facts *facts, const struct ganger_prices *prices,
                           int64_t *index, double *value)
{
    const struct ganger_problem *p = facts->problem;
    const struct ganger_waits *waits = &facts->waits;
    for (int32_t row = 0, i = 0; row < prices->fars; row++) {
        int32_t work = prices->far_work[row];
        while (i < waits->rows && waits->work[i] < work) {
            i++;
        }
        *index = row;
        *value = work;
        /* Rows rise by their works, all of which must wait for something. */
        if (i == waits->rows || waits->work[i] != work || waits->led[i]) {
            return "far_work";
        }
        for (int32_t k = prices->far_first_opener[row]; k < prices->far_first_opener[row + 1];
             k++) {
            int32_t opener = prices->far_opener[k];
            bool rises = k == prices->far_first_opener[row] || opener > prices->far_opener[k - 1];
            *index = k;
            *value = opener;
            if (opener < 0 || opener >= p->works.count || opener == work || !rises) {
                return "far_opener";
            }
        }
    }
    return NULL;
}

static bool open_trail(struct trail *y, struct ganger_far *far)
{
    const struct ganger_waits *waits = &far->facts->waits;
    int32_t works = far->facts->problem->works.count;
    *y = (struct trail){.far = far, .waits = waits, .width = far->facts->periods + 1};
    y->row_of = make(works, sizeof *y->row_of);
    y->opener = make(works, sizeof *y->opener);
    y->reached = make(waits->rows, sizeof *y->reached);
    y->row = make(waits->rows, sizeof *y->row);
    y->latest = make(waits->rows, sizeof *y->latest);
    y->label = make(waits->rows, sizeof *y->label);
    bool ready = y->row_of && y->opener && y->reached && y->row && y->latest && y->label;
    for (int32_t w = 0; ready && w < works; w++) {
        y->row_of[w] = GANGER_NONE;
    }
    for (int32_t i = 0; ready && i < waits->rows; i++) {
        y->row_of[waits->work[i]] = i;
    }
    return ready;
}

static void close_trail(struct trail *y)
{
    for (int32_t i = 0; y->latest && y->label && i < y->waits->rows; i++) {
        free(y->latest[i]);
        free(y->label[i]);
    }
    free(y->row_of);
    free(y->opener);
    free(y->reached);
    free(y->row);
    free(y->latest);
    free(y->label);
}

static bool takes_time(const struct ganger_problem *p, int32_t work)
{
    bool takes = true;
    for (int32_t m = p->works.first_mode[work]; m < p->works.first_mode[work + 1]; m++) {
        takes = takes && p->modes.duration[m] > 0;
    }
    return takes;
}

static void reach(struct trail *y, int32_t row)
{
    if (y->reached[row] == 0) {
        y->row[y->count++] = row;
        y->reached[row] = y->count;
    }
}

/* All works past which rails may come to the row's without one of its openers; bypassed if they may come from the first, or
 * if a work that takes no time may be built in the moment in which another one opens the way. */
static void follow_back(struct trail *y, int32_t work)
{
    const struct ganger_waits *w = y->waits;
    y->count = 0;
    reach(y, y->row_of[work]);
    for (int32_t at = 0; at < y->count; at++) {
        int32_t row = y->row[at];
        bool past = w->led[row] || (at > 0 && !takes_time(y->far->facts->problem, w->work[row]));
        y->far->bypassed = y->far->bypassed || past;
        for (int32_t k = w->first[row]; k < w->first[row + 1]; k++) {
            if (y->opener[w->opener[k]] == 0) {
                reach(y, y->row_of[w->opener[k]]);
            }
        }
    }
}

/* Latest begins of the work of a row of waits. */
static const int32_t *know(struct trail *y, int32_t row)
{
    const struct ganger_facts *f = y->far->facts;
    const struct ganger_problem *p = f->problem;
    int32_t w = y->waits->work[row], *latest = y->latest[row];
    if (latest) {
        return latest;
    }
    latest = y->latest[row] = make(y->width, sizeof *latest);
    for (int32_t t = 0; latest && t < y->width; t++) {
        latest[t] = -1;
    }
    for (int32_t m = p->works.first_mode[w]; latest && m < p->works.first_mode[w + 1]; m++) {
        for (int32_t s = 0; s < f->periods; s++) {
            int32_t finish = ganger_facts_finish(f, w, p->modes.duration[m], s);
            if (finish >= 0 && finish <= f->periods && s > latest[finish]) {
                latest[finish] = s;
            }
        }
    }
    for (int32_t t = 1; latest && t < y->width; t++) {
        latest[t] = latest[t] > latest[t - 1] ? latest[t] : latest[t - 1];
    }
    y->short_of_memory = y->short_of_memory || !latest;
    return latest;
}

/* Fresh labels for the trail: the waiter's own begin, which is when its openers are to be finished. */
static bool begin_labels(struct trail *y)
{
    for (int32_t at = 0; at < y->count; at++) {
        int32_t **label = &y->label[y->row[at]];
        *label = *label ? *label : make(y->width, sizeof **label);
        if (!*label || !know(y, y->row[at])) {
            y->short_of_memory = true;
            return false;
        }
        for (int32_t t = 0; t < y->width; t++) {
            (*label)[t] = at == 0 ? t : -1;
        }
    }
    return true;
}

/* When openers of the trail's at-th work must be finished if the waiter begins at t; -1: never. */
static int32_t due_at(const struct trail *y, int32_t at, int32_t t)
{
    int32_t row = y->row[at], finish = y->label[row][t];
    return at == 0 || finish < 0 ? finish : y->latest[row][finish];
}

/* Works on the trail, until none may be finished later than is known. */
static void label_trail(struct trail *y)
{
    const struct ganger_waits *w = y->waits;
    for (bool raised = true; raised;) {
        raised = false;
        for (int32_t at = 0; at < y->count; at++) {
            for (int32_t k = w->first[y->row[at]]; k < w->first[y->row[at] + 1]; k++) {
                int32_t row = y->row_of[w->opener[k]];
                bool on = y->opener[w->opener[k]] == 0 && y->reached[row] > 1;
                for (int32_t t = 0; on && t < y->width; t++) {
                    int32_t due = due_at(y, at, t);
                    raised = raised || due > y->label[row][t];
                    y->label[row][t] = due > y->label[row][t] ? due : y->label[row][t];
                }
            }
        }
    }
}

/* opens[f] of an opener: the first t by which it would have to be finished at f or later. */
static void open_by(struct trail *y, int32_t opener, int32_t *opens)
{
    const struct ganger_waits *w = y->waits;
    int32_t periods = y->far->facts->periods;
    for (int32_t f = 0; f <= periods; f++) {
        opens[f] = periods;
    }
    for (int32_t at = 0; at < y->count; at++) {
        bool leads = false;
        for (int32_t k = w->first[y->row[at]]; k < w->first[y->row[at] + 1]; k++) {
            leads = leads || w->opener[k] == opener;
        }
        for (int32_t t = periods - 1; leads && t >= 0; t--) {
            int32_t due = due_at(y, at, t);
            if (due >= 0 && t < opens[due]) {
                opens[due] = t;
            }
        }
    }
    for (int32_t f = periods - 1; f >= 0; f--) { /* what is finished sooner opens no later */
        opens[f] = opens[f] < opens[f + 1] ? opens[f] : opens[f + 1];
    }
}

static void read_row(struct trail *y, int32_t row)
{
    const struct ganger_prices *prices = y->far->prices;
    int32_t first = prices->far_first_opener[row], last = prices->far_first_opener[row + 1];
    for (int32_t k = first; k < last; k++) {
        y->opener[prices->far_opener[k]] = k + 1;
    }
    follow_back(y, prices->far_work[row]);
    if (begin_labels(y)) {
        label_trail(y);
        for (int32_t k = first; k < last; k++) {
            open_by(y, prices->far_opener[k], y->far->opens + (int64_t)k * y->width);
        }
    }
    for (int32_t k = first; k < last; k++) {
        y->opener[prices->far_opener[k]] = 0;
    }
    for (int32_t at = 0; at < y->count; at++) {
        y->reached[y->row[at]] = 0;
    }
}

bool ganger_far_open(struct ganger_far *far, const struct ganger_facts *facts,
                     const struct ganger_prices *prices)
{
    *far = (struct ganger_far){.facts = facts, .prices = prices};
    int64_t openers = prices->fars > 0 ? prices->far_first_opener[prices->fars] : 0;
    far->opens = make(openers * (facts->periods + 1), sizeof *far->opens);
    struct trail trail;
    bool ready = open_trail(&trail, far) && far->opens;
    for (int32_t row = 0; ready && row < prices->fars && !trail.short_of_memory; row++) {
        read_row(&trail, row);
    }
    ready = ready && !trail.short_of_memory;
    close_trail(&trail);
    return ready;
}

void ganger_far_close(struct ganger_far *far)
{
    free(far->opens);
    far->opens = NULL;
}
