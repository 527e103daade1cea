#include "search/sketches.h"

#include <math.h>
#include <stdlib.h>

/* Sketches: the first is so many times as long as one of the others. What the others' outlooks may take of what is left
 * after the first one's, and how many there may be; up to the fewest of them, outlooks may take more. The least number of
 * ticks of an island. */
static const struct {
    double first, outlooks;
    int most;
    double outlooks_of_few;
    int few;
    double least;
} sketches = {0.8, 0.15, 4, 0.6, 2, 1e5};
/* Their temperatures at the start, as shares of the programme's cost. */
static const struct {
    double first, next, last;
} heats = {4e-3, 1e-3, 2e-4};
/* Sketches go on until little of the pace is left, and, the more there is beyond so many ticks a work, the more remains for
 * exact moves. */
static const struct {
    double least, share, each_work;
} exact = {0.05, 0.2, 8e6};
/* Ticks of the whole solve, for each work and island that anneals: with fewer, one island that anneals for longer does more
 * than several. At least two islands anneal. */
static const int64_t line_ticks = 4000000;
enum { least_lines = 2 };
/* About the share of the time that islands anneal. */
static const double sketching = 0.5;

/* How many islands anneal, for a pace: all, if it was asked for so many. */
static int lines_of(const struct ganger_run *run, int64_t pace)
{
    double lines = (double)pace / ((double)line_ticks * (run->problem->works.count + 1));
    int most = run->result->model->islands;
    if (run->options->islands > 0) {
        return most;
    }
    return (int)fmin(fmax(lines, least_lines), most);
}

int64_t ganger_sketches_pace(const struct ganger_run *run)
{
    const struct ganger_search_result *result = run->result;
    int64_t full = ganger_run_pace(run), pace = full;
    int islands = result->model->islands;
    double threads = result->threads < islands ? result->threads : islands;
    int lines = lines_of(run, pace), before = islands + 1;
    if (run->options->pace > 0 || run->time_limit_s <= 0) {
        return full;
    }
    for (; lines < before && lines < threads; lines = lines_of(run, pace)) {
        double slower = 1 - sketching + sketching * threads / lines;
        pace = result->ticks + (int64_t)((double)(full - result->ticks) / slower);
        before = lines;
    }
    return pace;
}

/* Where the sketches are. */
struct series {
    double *capacity;    /* [links * boundaries] expected */
    int done;            /* sketches before this one */
    int more;            /* and after it, known from the first outlook on */
    int64_t outlook;     /* ticks that an outlook takes */
    double heat, colder; /* of the next one, and of one after another */
};

/* Ticks until the sketches end that do not go to the relaxation. */
static double ticks_left(const struct ganger_run *run)
{
    double pace = (double)run->result->pace,
           beyond = pace - exact.each_work * run->problem->works.count;
    double end = pace - fmax(exact.least * pace, exact.share * beyond);
    return fmax(0, (1 - run->share) * (end - (double)run->result->ticks));
}

/* How many sketches follow the first one, whose outlook is drawn; and how hot they are. */
static void plan_series(const struct ganger_run *run, struct series *series)
{
    double affordable = ticks_left(run) / fmax((double)series->outlook, 1);
    int many = (int)fmin(sketches.outlooks * affordable, sketches.most);
    int few = (int)fmin(sketches.outlooks_of_few * affordable, sketches.few);
    series->more = many > few ? many : few;
    series->heat = heats.first;
    series->colder = series->more > 1 ? pow(heats.last / heats.next, 1.0 / (series->more - 1)) : 1;
}

/* Ticks of an island in this sketch, whose outlook is drawn. */
static int64_t length_of(const struct ganger_run *run, const struct series *series)
{
    double left = ticks_left(run) - (double)(series->more * series->outlook);
    double share = series->done == 0 ? sketches.first : 1;
    double each = share * fmax(left, 0) / (share + series->more);
    return (int64_t)fmax(each / lines_of(run, run->result->pace), sketches.least);
}

/* The outlook at the expected capacities, and a sketch on it. */
static enum ganger_round_end sketch_next(struct ganger_run *run, struct series *series)
{
    struct ganger_search_result *result = run->result;
    struct ganger_outlook outlook = {0};
    struct ganger_outlook_request request = {series->capacity,
                                             ganger_relaxation_paths(result->relaxation),
                                             result->threads, ganger_run_interrupted, run};
    int64_t spent = 0;
    if (!ganger_outlook_init(&outlook, result->model, request, &spent)) {
        return GANGER_ROUND_FAILED;
    }
    bool broken_off = ganger_run_interrupted(run); /* then it counts for nothing */
    result->ticks += broken_off ? 0 : spent;
    if (broken_off || ganger_run_over(run)) {
        ganger_outlook_clear(&outlook);
        return GANGER_ROUND_INTERRUPTED;
    }
    series->outlook = spent;
    if (series->done == 0) {
        plan_series(run, series);
    }
    struct ganger_sketch_style style = {.outlook = &outlook,
                                        .ticks = length_of(run, series),
                                        .hot = series->heat,
                                        .lines = lines_of(run, result->pace)};
    enum ganger_round_end end = ganger_run_sketch(run, style);
    series->heat = series->done == 0 ? heats.next : series->heat * series->colder;
    series->done++;
    ganger_outlook_clear(&outlook);
    return end;
}

enum ganger_round_end ganger_sketches_run(struct ganger_run *run)
{
    struct ganger_archipelago *a = run->archipelago;
    struct ganger_search_result *result = run->result;
    size_t cells = (size_t)run->problem->links.count * (size_t)result->model->boundaries + 1;
    struct series series = {.capacity = malloc(cells * sizeof *series.capacity)};
    if (!series.capacity) {
        return GANGER_ROUND_FAILED;
    }
    ganger_relaxation_capacity(result->relaxation, series.capacity);
    ganger_relaxation_hints(result->relaxation, run->hint);
    enum ganger_round_end end = sketch_next(run, &series);
    while (series.more > 0 && end == GANGER_ROUND_DONE && !ganger_run_over(run)) {
        ganger_run_relax_share(run);
        ganger_archipelago_gather(a);
        ganger_island_measure_standing(a->island[0], series.capacity);
        series.more--;
        end = ganger_run_over(run) ? GANGER_ROUND_INTERRUPTED : sketch_next(run, &series);
    }
    free(series.capacity);
    return end;
}
