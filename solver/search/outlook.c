#include "search/outlook.h"

#include "freight/traffic.h"
#include "parallel/parallel.h"

#include <math.h>
#include <stdlib.h>

/* Moments within the programme; the boundary at its end is one more. */
enum { moments = 8 };

static bool allocate(struct ganger_outlook *o)
{
    size_t cells = (size_t)o->samples * (size_t)o->links + 1;
    o->first = calloc((size_t)o->samples + 1, sizeof *o->first);
    o->usual = calloc(cells, sizeof(double));
    o->price = calloc(cells, sizeof(double));
    o->lost = calloc(cells, sizeof(double));
    o->first_price = calloc(cells, sizeof(double));
    o->chord = calloc(cells, sizeof(double));
    o->top = calloc(cells, sizeof(double));
    return o->first && o->usual && o->price && o->lost && o->first_price && o->chord && o->top;
}

void ganger_outlook_clear(struct ganger_outlook *outlook)
{
    free(outlook->first);
    free(outlook->usual);
    free(outlook->price);
    free(outlook->lost);
    free(outlook->first_price);
    free(outlook->chord);
    free(outlook->top);
    *outlook = (struct ganger_outlook){0};
}

/* Capacity of the link when all its works are done; 0 if it has none, so that nothing will change. */
static double strongest(const struct ganger_problem *p, int32_t link)
{
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
    const double *capacity;
    const struct ganger_path_pool *paths;
    bool failed[moments + 1];
    int64_t ticks[moments + 1];
};

/* One sample's network. */
struct bench {
    struct ganger_path_pool paths;
    struct ganger_traffic_solver solver;
    struct ganger_traffic traffic;
    double *capacity; /* [links] */
    const double *volume;
    bool open;
};

static bool bench_open(struct bench *b, const struct job *job, int32_t t)
{
    const struct ganger_problem *p = job->model->problem;
    size_t links = (size_t)p->links.count + 1;
    b->capacity = malloc(links * sizeof *b->capacity);
    b->traffic.flow = malloc(2 * links * sizeof(double));
    b->traffic.price = malloc(2 * links * sizeof(double));
    b->volume = p->demands.volume + (int64_t)p->demands.step_at[t] * p->demands.count;
    bool ready = b->capacity && b->traffic.flow && b->traffic.price &&
                 ganger_path_pool_init(&b->paths, job->model->graph) &&
                 ganger_path_pool_copy(&b->paths, job->paths);
    b->open = ready && ganger_traffic_open(&b->solver, job->model->graph, &b->paths);
    for (int32_t l = 0; b->open && l < p->links.count; l++) {
        b->capacity[l] = job->capacity[(int64_t)l * job->model->boundaries + t];
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

static double price_of(const struct bench *b, int32_t link)
{
    return b->traffic.price[2 * link] + b->traffic.price[2 * link + 1];
}

static bool measure(struct ganger_outlook *o, struct bench *b, const struct ganger_problem *p,
                    int32_t sample)
{
    if (!solve_with(b, 0, b->capacity[0])) {
        return false;
    }
    double value = b->traffic.value;
    int64_t row = (int64_t)sample * o->links;
    for (int32_t l = 0; l < o->links; l++) {
        o->usual[row + l] = b->capacity[l];
        o->price[row + l] = price_of(b, l);
    }
    for (int32_t l = 0; l < o->links; l++) {
        double most = strongest(p, l);
        if (most > 0 && b->capacity[l] > 0) {
            if (!solve_with(b, l, 0)) {
                return false;
            }
            o->lost[row + l] = fmax(0, value - b->traffic.value);
            o->first_price[row + l] = price_of(b, l);
            o->chord[row + l] = o->lost[row + l] / b->capacity[l];
        }
        if (most > b->capacity[l]) {
            if (!solve_with(b, l, most)) {
                return false;
            }
            o->top[row + l] = fmax(0, b->traffic.value - value);
        }
    }
    return true;
}

static void run_sample(int32_t sample, void *context)
{
    struct job *job = context;
    struct bench bench = {0};
    const int32_t *first = job->outlook->first;
    int32_t t = (first[sample] + first[sample + 1] - 1) / 2;
    job->failed[sample] =
        !bench_open(&bench, job, t) || !measure(job->outlook, &bench, job->model->problem, sample);
    job->ticks[sample] = bench.open ? bench.solver.ticks : 0;
    bench_close(&bench);
}

bool ganger_outlook_init(struct ganger_outlook *outlook, const struct ganger_search_model *model,
                         const double *capacity, const struct ganger_path_pool *paths, int threads,
                         int64_t *ticks)
{
    struct ganger_outlook *o = outlook;
    int32_t periods = model->problem->time.periods;
    int32_t inner = periods < moments ? periods : moments;
    *o = (struct ganger_outlook){.samples = inner + 1, .links = model->problem->links.count};
    bool ready = allocate(o);
    if (ready && o->links > 0) {
        for (int32_t s = 0; s < inner; s++) {
            o->first[s] = (int32_t)((int64_t)periods * s / inner);
        }
        o->first[inner] = periods;
        o->first[inner + 1] = periods + 1;
        struct job job = {o, model, capacity, paths, {false}, {0}};
        ganger_parallel_for(threads, o->samples, run_sample, &job);
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

void ganger_outlook_changes(const struct ganger_outlook *outlook, const struct ganger_time *time,
                            int32_t link, int32_t from, int32_t to, const double *capacity,
                            double *change)
{
    const struct ganger_outlook *o = outlook;
    for (int32_t s = 0; s < o->samples; s++) {
        int64_t i = (int64_t)s * o->links + link;
        double usual = o->usual[i], price = o->price[i], top = o->top[i], lost = o->lost[i];
        double first_price = o->first_price[i], chord = o->chord[i];
        int32_t first = o->first[s] > from ? o->first[s] : from;
        int32_t last = o->first[s + 1] < to ? o->first[s + 1] : to;
        for (int32_t t = first; t < last; t++) { /* without branches, for vectors */
            double over = capacity[t] - usual, tangent = price * over;
            double closed = first_price * capacity[t] - lost;
            double above = tangent < top ? tangent : top;
            double below = 0.5 * ((tangent < closed ? tangent : closed) + chord * over);
            change[t] = time->weight[t] * (over >= 0 ? above : below);
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
