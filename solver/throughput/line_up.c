#include "throughput/line_up.h"

#include "freight/capacity.h"

#include <math.h>
#include <stdlib.h>

/* The work leaves its line as it was. */
static bool only_closes(const struct ganger_problem *p, int32_t w)
{
    int32_t q = p->works.segment[w];
    return p->works.mandatory[w] && q != GANGER_NONE && p->works.gain[w] == 0 &&
           !(p->works.renews[w] && p->segments.decay[q] > 0) &&
           !(p->railhead && p->segments.capacity[q] == 0) &&
           p->segments.first_work[q + 1] - p->segments.first_work[q] == 1;
}

int32_t ganger_line_up_finish(const struct ganger_problem *problem, int32_t mode, int32_t start)
{
    const struct ganger_problem *p = problem;
    int32_t w = p->modes.work[mode];
    int32_t finish = ganger_problem_finish(p, mode, start);
    bool fits = start >= p->works.earliest[w] && finish <= p->works.deadline[w] &&
                finish <= p->time.periods &&
                (p->works.fixed_start[w] == GANGER_NONE || p->works.fixed_start[w] == start);
    return fits ? finish : GANGER_NONE;
}

static bool may_use(const struct ganger_problem *p, int32_t mode)
{
    int32_t w = p->modes.work[mode], fixed = p->works.fixed_mode[w];
    return fixed == GANGER_NONE || fixed == mode - p->works.first_mode[w];
}

static bool has_start(const struct ganger_problem *p, int32_t w)
{
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        for (int32_t s = 0; may_use(p, m) && s < p->time.periods; s++) {
            if (ganger_line_up_finish(p, m, s) != GANGER_NONE) {
                return true;
            }
        }
    }
    return false;
}

bool ganger_line_up_applies(const struct ganger_problem *problem)
{
    const struct ganger_problem *p = problem;
    bool applies = p->objective == GANGER_OBJECTIVE_NPV && p->works.count > 0 &&
                   !p->works.kept_start && p->modes.uses == 0 && p->resources.windows == 0 &&
                   p->precedences.count == 0 && p->targets.count == 0 && ganger_flow_applies(p);
    for (int32_t w = 0; applies && w < p->works.count; w++) {
        applies = only_closes(p, w) && has_start(p, w);
    }
    return applies;
}

double ganger_line_up_closed(const struct ganger_line_up *line_up, int32_t mode, int32_t t)
{
    const struct ganger_problem *p = line_up->problem;
    int32_t q = p->works.segment[p->modes.work[mode]];
    return p->segments.capacity[q] * ganger_capacity_worn_health(p, q, t) * p->modes.factor[mode];
}

static void measure_standing(struct ganger_line_up *line_up)
{
    const struct ganger_problem *p = line_up->problem;
    int64_t boundaries = line_up->model->boundaries;
    for (int64_t i = 0; i < p->links.count * boundaries; i++) {
        line_up->standing[i] = INFINITY;
    }
    for (int32_t q = 0; q < p->segments.count; q++) {
        double *row = line_up->standing + p->segments.link[q] * boundaries;
        for (int32_t t = 0; t < boundaries; t++) {
            row[t] = fmin(row[t], p->segments.capacity[q] * ganger_capacity_worn_health(p, q, t));
        }
    }
    double *volume = line_up->standing + p->links.count * boundaries;
    for (int32_t t = 0; t < boundaries; t++) {
        volume[t] = 0;
        for (int32_t k = 0; k < p->demands.count; k++) {
            volume[t] += ganger_problem_volume(p, k, t);
        }
    }
}

/* Periods from the earliest start to the latest finish over the modes that may be used. */
static void find_range_of(struct ganger_line_up *line_up, int32_t w)
{
    const struct ganger_problem *p = line_up->problem;
    line_up->link[w] = p->segments.link[p->works.segment[w]];
    line_up->from[w] = INT32_MAX;
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        line_up->cell[m] = -1;
        for (int32_t s = 0; may_use(p, m) && s < p->time.periods; s++) {
            int32_t finish = ganger_line_up_finish(p, m, s);
            if (finish != GANGER_NONE) {
                line_up->cell[m] = 0;
                line_up->from[w] = s < line_up->from[w] ? s : line_up->from[w];
                line_up->to[w] = finish > line_up->to[w] ? finish : line_up->to[w];
                line_up->longest = finish - s > line_up->longest ? finish - s : line_up->longest;
            }
        }
    }
}

static void lay_out(struct ganger_line_up *line_up)
{
    const struct ganger_problem *p = line_up->problem;
    for (int32_t m = 0; m < p->modes.count; m++) {
        int32_t w = p->modes.work[m];
        if (line_up->cell[m] >= 0) {
            line_up->cell[m] = line_up->cells;
            line_up->cells += line_up->to[w] - line_up->from[w];
        }
    }
    for (int32_t w = 0; w < p->works.count; w++) {
        int32_t l = line_up->link[w];
        line_up->alone[w] = true;
        for (int32_t i = p->links.first_segment[l]; i < p->links.first_segment[l + 1]; i++) {
            int32_t q = p->links.segment_list[i];
            for (int32_t j = p->segments.first_work[q]; j < p->segments.first_work[q + 1]; j++) {
                int32_t other = p->segments.work_list[j];
                bool apart = line_up->to[other] <= line_up->from[w] ||
                             line_up->to[w] <= line_up->from[other];
                line_up->alone[w] = line_up->alone[w] && (other == w || apart);
            }
        }
    }
}

struct ganger_line_up *ganger_line_up_create(const struct ganger_search_model *model)
{
    struct ganger_line_up *line_up = calloc(1, sizeof *line_up);
    if (!line_up) {
        return NULL;
    }
    const struct ganger_problem *p = model->problem;
    size_t works = (size_t)p->works.count + 1;
    *line_up = (struct ganger_line_up){.model = model,
                                       .problem = p,
                                       .works = p->works.count,
                                       .periods = p->time.periods,
                                       .value = p->demands.value[0]};
    line_up->link = malloc(works * sizeof(int32_t));
    line_up->alone = malloc(works * sizeof(bool));
    line_up->from = malloc(works * sizeof(int32_t));
    line_up->to = calloc(works, sizeof(int32_t));
    line_up->cell = malloc(((size_t)p->modes.count + 1) * sizeof(int64_t));
    line_up->standing =
        malloc(((size_t)p->links.count + 1) * (size_t)model->boundaries * sizeof(double));
    if (!line_up->link || !line_up->alone || !line_up->from || !line_up->to || !line_up->cell ||
        !line_up->standing || !ganger_flow_network_init(&line_up->network, p)) {
        ganger_line_up_destroy(line_up);
        return NULL;
    }
    for (int32_t w = 0; w < p->works.count; w++) {
        find_range_of(line_up, w);
    }
    lay_out(line_up);
    measure_standing(line_up);
    return line_up;
}

void ganger_line_up_destroy(struct ganger_line_up *line_up)
{
    if (line_up) {
        ganger_flow_network_clear(&line_up->network);
        free(line_up->link);
        free(line_up->alone);
        free(line_up->from);
        free(line_up->to);
        free(line_up->cell);
        free(line_up->standing);
        free(line_up);
    }
}
