/*
 * How many periods a problem of classic form gets.
 *
 * All works one after the other always fit. Where that is more than a problem may have, a schedule shows
 * that the most is enough: works start one after another in the order of their earliest starts, none before
 * the last one that started. Each counts as long and as demanding as any of its modes, so that every choice
 * of modes fits into its place.
 */
#include "instance/classic.h"

#include "instance/csr.h"
#include <stdlib.h>

enum { MOST = GANGER_CLASSIC_PERIODS_MOST };

/* Cells of the arrays that have a row of periods for each duration and renewable: 1 GiB in all. */
static const int64_t most_cells = (int64_t)1 << 28;

static int32_t longest_of(const struct ganger_classic *c, int32_t job)
{
    int32_t longest = 0;
    const struct ganger_classic_job *j = &c->jobs[job];
    for (int32_t m = j->first_mode; m < j->first_mode + j->modes; m++) {
        longest = c->modes[m].duration > longest ? c->modes[m].duration : longest;
    }
    return longest;
}

/* The largest demand of a job for a renewable; modes that need more than there is are never chosen. */
static int32_t demand_of(const struct ganger_classic *c, int32_t job, int32_t renewable)
{
    int32_t most = 0;
    const struct ganger_classic_job *j = &c->jobs[job];
    for (int32_t m = j->first_mode; m < j->first_mode + j->modes; m++) {
        int64_t at = (int64_t)m * (c->renewables + c->consumables) + renewable;
        int32_t demand = c->demands[at].value;
        bool chosen = demand > most && demand <= c->limits[renewable].value;
        most = chosen ? demand : most;
    }
    return most;
}

/* Everything by job; buckets hold the running jobs by the boundary at which they finish. */
struct sweep {
    const struct ganger_classic *c;
    int32_t *first_out, *out; /* arcs by job */
    int32_t *order, *ready, *waits, *next;
    int32_t *bucket; /* [MOST + 1] first running job that finishes then */
    int32_t *free;   /* [renewables] */
    int32_t now;
};

static bool init(struct sweep *s, const struct ganger_classic *c)
{
    size_t jobs = (size_t)c->job_count + 1;
    int32_t *from = calloc((size_t)c->arc_count + 1, sizeof *from);
    s->c = c;
    s->order = calloc(jobs, sizeof *s->order);
    s->ready = calloc(jobs, sizeof *s->ready);
    s->waits = calloc(jobs, sizeof *s->waits);
    s->next = calloc(jobs, sizeof *s->next);
    s->bucket = malloc((MOST + 1) * sizeof *s->bucket);
    s->free = calloc((size_t)c->renewables + 1, sizeof *s->free);
    bool done = from != NULL && s->order != NULL && s->ready != NULL && s->waits != NULL &&
                s->next != NULL && s->bucket != NULL && s->free != NULL;
    for (int32_t i = 0; done && i < c->arc_count; i++) {
        from[i] = c->arcs[i].job;
    }
    done = done && ganger_csr_build(from, c->arc_count, c->job_count, &s->first_out, &s->out);
    for (int32_t t = 0; done && t <= MOST; t++) {
        s->bucket[t] = GANGER_NONE;
    }
    for (int32_t r = 0; done && r < c->renewables; r++) {
        s->free[r] = c->limits[r].value;
    }
    free(from);
    return done;
}

static void clear(struct sweep *s)
{
    free(s->first_out);
    free(s->out);
    free(s->order);
    free(s->ready);
    free(s->waits);
    free(s->next);
    free(s->bucket);
    free(s->free);
}

static void delay_successors(struct sweep *s, int32_t job, int32_t finish)
{
    for (int32_t i = s->first_out[job]; i < s->first_out[job + 1]; i++) {
        int32_t successor = s->c->arcs[s->out[i]].successor;
        s->ready[successor] = finish > s->ready[successor] ? finish : s->ready[successor];
    }
}

struct entry {
    int32_t earliest, place, job;
};

static int compare(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    if (a->earliest != b->earliest) {
        return a->earliest < b->earliest ? -1 : 1;
    }
    return a->place < b->place ? -1 : a->place > b->place;
}

static int32_t at_most(int64_t boundary)
{
    return boundary > MOST ? MOST + 1 : (int32_t)boundary;
}

/* Jobs by earliest start without resources, predecessors first; false if some wait for each other. Leaves
 * the release dates in ready[]. */
static bool sort_jobs(struct sweep *s, struct entry *entries)
{
    const struct ganger_classic *c = s->c;
    int32_t tail = 0;
    for (int32_t i = 0; i < c->arc_count; i++) {
        s->waits[c->arcs[i].successor]++;
    }
    for (int32_t job = 0; job < c->job_count; job++) {
        s->ready[job] = c->projects[c->jobs[job].project].release;
        if (s->waits[job] == 0) {
            s->order[tail++] = job;
        }
    }
    for (int32_t head = 0; head < tail; head++) {
        int32_t job = s->order[head];
        entries[head] = (struct entry){s->ready[job], head, job};
        delay_successors(s, job, at_most((int64_t)s->ready[job] + longest_of(c, job)));
        for (int32_t i = s->first_out[job]; i < s->first_out[job + 1]; i++) {
            int32_t successor = c->arcs[s->out[i]].successor;
            if (--s->waits[successor] == 0) {
                s->order[tail++] = successor;
            }
        }
    }
    qsort(entries, (size_t)tail, sizeof *entries, compare);
    for (int32_t i = 0; i < tail; i++) {
        s->order[i] = entries[i].job;
        s->ready[entries[i].job] = c->projects[c->jobs[entries[i].job].project].release;
    }
    return tail == c->job_count;
}

static bool fits(const struct sweep *s, int32_t job)
{
    for (int32_t r = 0; r < s->c->renewables; r++) {
        if (demand_of(s->c, job, r) > s->free[r]) {
            return false;
        }
    }
    return true;
}

static void change_free(struct sweep *s, int32_t job, int32_t sign)
{
    for (int32_t r = 0; r < s->c->renewables; r++) {
        s->free[r] += sign * demand_of(s->c, job, r);
    }
}

/* Goes on by one period and frees what the jobs that finish then have held. */
static void step(struct sweep *s)
{
    s->now++;
    for (int32_t job = s->bucket[s->now]; job != GANGER_NONE; job = s->next[job]) {
        change_free(s, job, 1);
    }
}

/* False if the schedule would be longer than MOST - 1: the boundary at the end is no start for a job without
 * duration. */
static bool schedule(struct sweep *s)
{
    for (int32_t i = 0; i < s->c->job_count; i++) {
        int32_t job = s->order[i], duration = longest_of(s->c, job);
        if (s->ready[job] >= MOST) {
            return false;
        }
        while (s->now < s->ready[job] || (duration > 0 && !fits(s, job))) {
            step(s);
        }
        int32_t finish = at_most((int64_t)s->now + duration);
        if (finish >= MOST) {
            return false;
        }
        delay_successors(s, job, finish);
        if (duration > 0) {
            change_free(s, job, -1);
            s->next[job] = s->bucket[finish];
            s->bucket[finish] = job;
        }
    }
    return true;
}

/* Works that wait for each other are left to the validation. */
static bool check_length(struct ganger_classic *c)
{
    struct sweep sweep = {0};
    struct entry *entries = calloc((size_t)c->job_count + 1, sizeof *entries);
    bool done = entries != NULL && init(&sweep, c);
    if (done && sort_jobs(&sweep, entries) && !schedule(&sweep)) {
        ganger_classic_refuse(c, 0, 0,
                              "the jobs take more than %d periods, the most that a problem may "
                              "have: give durations in a longer unit of time",
                              MOST);
    }
    free(entries);
    clear(&sweep);
    return done;
}

static bool check_size(struct ganger_classic *c, int32_t periods)
{
    int64_t durations = 0;
    if (((int64_t)c->mode_count + c->renewables) * periods <= most_cells) {
        return true;
    }
    bool *seen = calloc(GANGER_CLASSIC_DURATION_MOST + 1, sizeof *seen);
    if (seen == NULL) {
        return false;
    }
    for (int32_t m = 0; m < c->mode_count; m++) {
        durations += seen[c->modes[m].duration] ? 0 : 1;
        seen[c->modes[m].duration] = true;
    }
    free(seen);
    if ((durations + c->renewables) * periods > most_cells) {
        ganger_classic_refuse(c, 0, 0,
                              "%d durations of different length and %d renewables over %d periods "
                              "take too much memory: give durations in a longer unit of time",
                              (int32_t)durations, c->renewables, periods);
    }
    return true;
}

bool ganger_classic_horizon(struct ganger_classic *c, int32_t *periods)
{
    int64_t sum = 1; /* a job without duration may start when all others are done */
    int32_t release = 0;
    for (int32_t i = 0; i < c->project_count; i++) {
        release = c->projects[i].release > release ? c->projects[i].release : release;
    }
    for (int32_t job = 0; job < c->job_count; job++) {
        sum += longest_of(c, job);
    }
    sum += release;
    *periods = sum < MOST ? (int32_t)sum : MOST;
    return (sum <= MOST || check_length(c)) && check_size(c, *periods);
}
