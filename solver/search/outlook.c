#include "search/outlook.h"

#include "base/wide.h"
#include "freight/traffic.h"
#include "parallel/parallel.h"

#include <math.h>
#include <stdlib.h>

/* Moments within the programme; the boundary at its end is one more. */
enum { moments = 7 };

bool ganger_outlook_allocate(struct ganger_outlook *outlook)
{
    struct ganger_outlook *o = outlook;
    o->first = calloc((size_t)o->samples + 1, sizeof *o->first);
    o->curve = calloc((size_t)o->samples * (size_t)o->links + 1, sizeof *o->curve);
    return o->first && o->curve;
}

void ganger_outlook_clear(struct ganger_outlook *outlook)
{
    free(outlook->first);
    free(outlook->curve);
    *outlook = (struct ganger_outlook){0};
}

double ganger_outlook_strongest(const struct ganger_problem *problem, int32_t link)
{
    const struct ganger_problem *p = problem;
    double least = INFINITY;
    bool any = false;
    for (int32_t i = p->links.first_segment[link]; i < p->links.first_segment[link + 1]; i++) {
        int32_t q = p->links.segment_list[i];
        double capacity = p->segments.capacity[q];
        for (int32_t k = p->segments.first_work[q]; k < p->segments.first_work[q + 1]; k++) {
            capacity += p->works.gain[p->segments.work_list[k]];
            any = true;
        }
        least = fmin(least, capacity);
    }
    return any ? least : 0;
}

struct job {
    struct ganger_outlook *outlook;
    const struct ganger_search_model *model;
    struct ganger_outlook_request request;
    bool failed[moments + 1];
    int64_t ticks[moments + 1];
};

/* One sample's network. */
struct bench {
    struct ganger_path_pool paths;
    struct ganger_traffic_solver solver;
    struct ganger_traffic traffic;
    double *capacity; /* [links] */
    double *carried;  /* [links] in the busier direction, as expected */
    bool *priced;     /* [links] more capacity would be worth something */
    const double *volume;
    bool open;
};

static bool bench_open(struct bench *b, const struct job *job, int32_t t)
{
    const struct ganger_problem *p = job->model->problem;
    size_t links = (size_t)p->links.count + 1;
    b->capacity = malloc(links * sizeof *b->capacity);
    b->carried = malloc(links * sizeof *b->carried);
    b->priced = malloc(links * sizeof *b->priced);
    b->traffic.flow = malloc(2 * links * sizeof(double));
    b->traffic.price = malloc(2 * links * sizeof(double));
    b->volume = p->demands.volume + (int64_t)p->demands.step_at[t] * p->demands.count;
    bool ready = b->capacity && b->carried && b->priced && b->traffic.flow && b->traffic.price &&
                 ganger_path_pool_init(&b->paths, job->model->graph) &&
                 ganger_path_pool_copy(&b->paths, job->request.paths);
    b->open = ready && ganger_traffic_open(&b->solver, job->model->graph, &b->paths);
    for (int32_t l = 0; b->open && l < p->links.count; l++) {
        b->capacity[l] = job->request.capacity[(int64_t)l * job->model->boundaries + t];
    }
    return b->open;
}

static void bench_close(struct bench *b)
{
    if (b->open) {
        ganger_traffic_close(&b->solver);
    }
    ganger_path_pool_clear(&b->paths);
    free(b->capacity);
    free(b->carried);
    free(b->priced);
    free(b->traffic.flow);
    free(b->traffic.price);
}

/* The network with one link of another capacity. */
static bool solve_with(struct bench *b, int32_t link, double capacity)
{
    double usual = b->capacity[link];
    b->capacity[link] = capacity;
    bool solved = ganger_traffic_solve(&b->solver, b->volume, b->capacity, &b->traffic);
    b->capacity[link] = usual;
    return solved;
}

/* Where a link is looked at: shares of what it carries - V is the same from there to what is expected - and, if more
 * would be worth something, between that and the most. */
static const double shares[] = {0, 0.4, 0.7, 0.9};
enum { below = sizeof shares / sizeof *shares, points = below + 4 };

static bool look_below(struct bench *b, int32_t link, double carried,
                       struct ganger_outlook_point *point, int32_t *count)
{
    for (int32_t k = below - 1; carried > 1e-9 && k >= 0; k--) {
        double capacity = shares[k] * carried;
        if (!solve_with(b, link, capacity)) {
            return false;
        }
        point[k] = (struct ganger_outlook_point){capacity, b->traffic.value};
        *count = below;
    }
    return true;
}

static bool look_above(struct bench *b, int32_t link, double most,
                       struct ganger_outlook_point *point, int32_t *count)
{
    double usual = b->capacity[link];
    for (int k = 1; most > usual * (1 + 1e-9) && k <= 2; k++) {
        double capacity = usual + 0.5 * k * (most - usual);
        if (!solve_with(b, link, capacity)) {
            return false;
        }
        point[(*count)++] = (struct ganger_outlook_point){capacity, b->traffic.value};
    }
    return true;
}

static bool same_line(const struct ganger_outlook_curve *curve, int32_t k, int32_t l)
{
    return curve->level[k] == curve->level[l] && curve->slope[k] == curve->slope[l];
}

void ganger_outlook_draw(const struct ganger_outlook_point *point, int32_t count, double expected,
                         struct ganger_outlook_curve *curve)
{
    for (int32_t k = 0; k < GANGER_OUTLOOK_LINES; k++) {
        bool inside = k + 1 < count && point[k + 1].capacity > point[k].capacity;
        double slope = inside ? (point[k + 1].value - point[k].value) /
                                    (point[k + 1].capacity - point[k].capacity)
                              : 0;
        curve->slope[k] = slope > 0 ? slope : 0;
        curve->level[k] = inside ? point[k].value - expected - curve->slope[k] * point[k].capacity
                                 : point[count - 1].value - expected;
    }
    curve->lines = GANGER_OUTLOOK_LINES;
    for (int32_t k = GANGER_OUTLOOK_LINES - 1; k > 0 && same_line(curve, k, k - 1); k--) {
        curve->lines = k;
    }
}

static bool interrupted(const struct job *job)
{
    return job->request.interrupted && job->request.interrupted(job->request.context);
}

static bool measure(const struct job *job, struct bench *b, int32_t sample)
{
    struct ganger_outlook *o = job->outlook;
    const struct ganger_problem *p = job->model->problem;
    if (!solve_with(b, 0, b->capacity[0])) {
        return false;
    }
    double expected = b->traffic.value;
    for (int32_t l = 0; l < o->links; l++) {
        b->carried[l] = fmax(b->traffic.flow[2 * l], b->traffic.flow[2 * l + 1]);
        b->priced[l] = b->traffic.price[2 * l] + b->traffic.price[2 * l + 1] > 0;
    }
    for (int32_t l = 0; l < o->links && !interrupted(job); l++) {
        struct ganger_outlook_point point[points];
        double most = ganger_outlook_strongest(p, l), carried = fmin(b->carried[l], b->capacity[l]);
        int32_t count = 0;
        if (most <= 0) {
            continue;
        }
        if (!look_below(b, l, carried, point, &count)) {
            return false;
        }
        point[count++] = (struct ganger_outlook_point){carried, expected};
        point[count++] = (struct ganger_outlook_point){b->capacity[l], expected};
        if (b->priced[l] && !look_above(b, l, most, point, &count)) {
            return false;
        }
        ganger_outlook_draw(point, count, expected, &o->curve[(int64_t)sample * o->links + l]);
    }
    return true;
}

static void run_sample(int32_t sample, void *context)
{
    struct job *job = context;
    struct bench bench = {0};
    const int32_t *first = job->outlook->first;
    int32_t t = (first[sample] + first[sample + 1] - 1) / 2;
    job->failed[sample] = !bench_open(&bench, job, t) || !measure(job, &bench, sample);
    job->ticks[sample] = bench.open ? bench.solver.ticks : 0;
    bench_close(&bench);
}

bool ganger_outlook_init(struct ganger_outlook *outlook, const struct ganger_search_model *model,
                         struct ganger_outlook_request request, int64_t *ticks)
{
    struct ganger_outlook *o = outlook;
    int32_t periods = model->problem->time.periods;
    int32_t inner = periods < moments ? periods : moments;
    *o = (struct ganger_outlook){.samples = inner + 1, .links = model->problem->links.count};
    bool ready = ganger_outlook_allocate(o);
    if (ready && o->links > 0) {
        for (int32_t s = 0; s < inner; s++) {
            o->first[s] = (int32_t)((int64_t)periods * s / inner);
        }
        o->first[inner] = periods;
        o->first[inner + 1] = periods + 1;
        struct job job = {o, model, request, {false}, {0}};
        ganger_parallel_for(request.threads, o->samples, run_sample, &job);
        for (int32_t s = 0; s < o->samples; s++) {
            ready = ready && !job.failed[s];
            *ticks += job.ticks[s];
        }
    }
    if (!ready) {
        ganger_outlook_clear(o);
    }
    return ready;
}

/* What vectors take at a time. */
enum { block = 8 };

/* Boundaries side by side: their weights and capacities. */
struct stretch {
    const double *weight, *capacity;
    int32_t count;
};

/* Without branches; `count` in whole blocks. */
static inline __attribute__((always_inline)) void
weigh_least(const struct ganger_outlook_curve *curve, int lines, const struct stretch *part,
            double *restrict change)
{
    const double *restrict weight = part->weight, *restrict capacity = part->capacity;
    uint32_t count = (uint32_t)part->count / block * block;
    for (uint32_t t = 0; t < count; t++) {
        double least = curve->level[0] + curve->slope[0] * capacity[t];
        for (int k = 1; k < lines; k++) {
            double line = curve->level[k] + curve->slope[k] * capacity[t];
            least = line < least ? line : least;
        }
        change[t] = weight[t] * least;
    }
}

GANGER_WIDE static void weigh_some(const struct ganger_outlook_curve *curve,
                                   const struct stretch *part, double *restrict change)
{
    weigh_least(curve, GANGER_OUTLOOK_USUAL_LINES, part, change);
}

GANGER_WIDE static void weigh_all(const struct ganger_outlook_curve *curve,
                                  const struct stretch *part, double *restrict change)
{
    weigh_least(curve, GANGER_OUTLOOK_LINES, part, change);
}

static void weigh(const struct ganger_outlook_curve *curve, const struct stretch *part,
                  double *change)
{
    if (curve->lines <= GANGER_OUTLOOK_USUAL_LINES) {
        weigh_some(curve, part, change);
    } else {
        weigh_all(curve, part, change);
    }
}

/* Less than a block. */
static void weigh_few(const struct ganger_outlook_curve *curve, const double *weight,
                      const double *capacity, int32_t count, double *change)
{
    double some_weight[block] = {0}, some_capacity[block] = {0}, some_change[block];
    for (int32_t t = 0; t < count; t++) {
        some_weight[t] = weight[t];
        some_capacity[t] = capacity[t];
    }
    weigh(curve, &(struct stretch){some_weight, some_capacity, block}, some_change);
    for (int32_t t = 0; t < count; t++) {
        change[t] = some_change[t];
    }
}

void ganger_outlook_changes(const struct ganger_outlook *outlook, const struct ganger_time *time,
                            int32_t link, int32_t from, int32_t to, const double *capacity,
                            double *change)
{
    const struct ganger_outlook *o = outlook;
    for (int32_t s = 0; s < o->samples && o->first[s] < to; s++) {
        const struct ganger_outlook_curve *curve = &o->curve[(int64_t)s * o->links + link];
        int32_t first = o->first[s] > from ? o->first[s] : from;
        int32_t last = o->first[s + 1] < to ? o->first[s + 1] : to;
        if (first >= last) {
            continue;
        }
        /* A last block may reach into the next sample's part, which comes after it. */
        int32_t whole = (last - first + block - 1) / block * block;
        whole -= first + whole > to ? block : 0;
        weigh(curve, &(struct stretch){time->weight + first, capacity + first, whole},
              change + first);
        if (first + whole < last) {
            int32_t rest = first + whole;
            weigh_few(curve, time->weight + rest, capacity + rest, last - rest, change + rest);
        }
    }
}

double ganger_outlook_worth(const struct ganger_outlook *outlook, const struct ganger_time *time,
                            int32_t link, const double *capacity, double *scratch)
{
    int32_t boundaries = time->periods + 1;
    double sum = 0;
    ganger_outlook_changes(outlook, time, link, 0, boundaries, capacity, scratch);
    for (int32_t t = 0; t < boundaries; t++) {
        sum += scratch[t];
    }
    return sum;
}
