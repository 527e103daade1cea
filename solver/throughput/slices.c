#include "throughput/slices.h"

#include "parallel/parallel.h"

#include <stdlib.h>
#include <string.h>

/* A slice is at least so many times as long as the longest work, so that most works stand within one. */
enum { lengths_a_slice = 4 };

struct ganger_slices *ganger_slices_create(const struct ganger_line_up *line_up, uint64_t seed,
                                           int threads)
{
    struct ganger_slices *slices = calloc(1, sizeof *slices);
    if (!slices) {
        return NULL;
    }
    int32_t most = line_up->periods / (lengths_a_slice * (line_up->longest + 1));
    slices->count = most < 1 ? 1 : most < GANGER_SLICES ? most : GANGER_SLICES;
    slices->sweeps = 1;
    slices->seed = seed;
    slices->threads = threads;
    slices->state = ganger_flow_state_create(line_up);
    slices->left = calloc((size_t)line_up->works + 1, sizeof *slices->left);
    bool ready = slices->state && slices->left;
    for (int i = 0; ready && i <= GANGER_SLICES; i++) {
        slices->sampler[i] = ganger_sampler_create(line_up);
        ready = slices->sampler[i] != NULL;
    }
    if (!ready) {
        ganger_slices_destroy(slices);
        return NULL;
    }
    return slices;
}

void ganger_slices_destroy(struct ganger_slices *slices)
{
    if (slices) {
        ganger_flow_state_destroy(slices->state);
        for (int i = 0; i <= GANGER_SLICES; i++) {
            ganger_sampler_destroy(slices->sampler[i]);
        }
        free(slices->left);
        free(slices);
    }
}

static bool interrupted(struct ganger_slices *slices, int32_t index)
{
    slices->broken_off[index] =
        slices->interrupted && slices->interrupted(slices->interrupt_context);
    return slices->broken_off[index];
}

static bool collect(struct ganger_slices *slices, int64_t *ticks)
{
    bool whole = true;
    int64_t spent = 0;
    for (int i = 0; i <= GANGER_SLICES; i++) {
        whole = whole && !slices->broken_off[i];
        spent += slices->sampler[i]->flow.ticks;
        slices->sampler[i]->flow.ticks = 0;
    }
    *ticks += whole ? spent : 0;
    return whole;
}

static void solve_block(int32_t index, void *context)
{
    struct ganger_slices *slices = context;
    int64_t periods = slices->state->line_up->model->boundaries;
    int32_t to = (int32_t)(periods * (index + 1) / GANGER_SLICES);
    for (int32_t t = (int32_t)(periods * index / GANGER_SLICES);
         t < to && !interrupted(slices, index); t++) {
        ganger_flow_state_solve(slices->state, &slices->sampler[index]->flow, t);
    }
}

static bool solve_all(struct ganger_slices *slices, int64_t *ticks)
{
    ganger_flow_state_join(slices->state);
    ganger_parallel_for(slices->threads, GANGER_SLICES, solve_block, slices);
    return collect(slices, ticks);
}

static void put_first(struct ganger_flow_state *state, int32_t w)
{
    const struct ganger_line_up *u = state->line_up;
    const struct ganger_problem *p = u->problem;
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        for (int32_t s = u->from[w]; u->cell[m] >= 0 && s < u->periods; s++) {
            if (ganger_line_up_finish(u->problem, m, s) != GANGER_NONE) {
                state->start[w] = s;
                state->mode[w] = m;
                return;
            }
        }
    }
}

bool ganger_slices_begin(struct ganger_slices *slices, int64_t *ticks)
{
    for (int32_t w = 0; w < slices->state->line_up->works; w++) {
        put_first(slices->state, w);
    }
    return solve_all(slices, ticks);
}

bool ganger_slices_load(struct ganger_slices *slices, const int32_t *start, const int32_t *mode,
                        int64_t *ticks)
{
    size_t bytes = (size_t)slices->state->line_up->works * sizeof *start;
    memcpy(slices->state->start, start, bytes);
    memcpy(slices->state->mode, mode, bytes);
    return solve_all(slices, ticks);
}

static int32_t list_works(const struct ganger_slices *slices, int32_t index, int32_t *list)
{
    const struct ganger_flow_state *state = slices->state;
    int32_t count = 0;
    for (int32_t w = 0; w < state->line_up->works; w++) {
        if (state->span[w] == index && !slices->left[w]) {
            list[count++] = w;
        }
    }
    return count;
}

static void shuffle(struct ganger_rng *rng, int32_t *list, int32_t count)
{
    for (int32_t i = count - 1; i > 0; i--) {
        int32_t j = ganger_rng_below(rng, i + 1), kept = list[i];
        list[i] = list[j];
        list[j] = kept;
    }
}

/* Where slices are cut this round: after `first`, then at equal distances. */
static int32_t cut(const struct ganger_slices *slices, int32_t index)
{
    int32_t periods = slices->state->line_up->periods, length = periods / slices->count;
    struct ganger_rng rng;
    if (index <= 0) {
        return 0;
    }
    ganger_rng_init(&rng, slices->seed, GANGER_SLICES + 1, (uint64_t)slices->round);
    int32_t first = slices->count > 1 ? ganger_rng_below(&rng, length) : 0;
    return index > slices->count ? periods : first + (index - 1) * length;
}

/* Which works stand within which slice this round. */
static void part(struct ganger_slices *slices)
{
    struct ganger_flow_state *state = slices->state;
    const struct ganger_line_up *u = state->line_up;
    ganger_flow_state_join(state);
    for (int32_t index = 0; index <= slices->count; index++) {
        for (int32_t t = cut(slices, index); t < cut(slices, index + 1); t++) {
            state->span_at[t] = index;
        }
    }
    for (int32_t w = 0; w < u->works; w++) {
        int32_t start = state->start[w];
        int32_t index = start == GANGER_NONE ? GANGER_NONE : state->span_at[start];
        if (index != GANGER_NONE &&
            ganger_problem_finish(u->problem, state->mode[w], start) <= cut(slices, index + 1)) {
            state->span[w] = index;
        }
    }
}

static void draw_slice(int32_t index, void *context)
{
    struct ganger_slices *slices = context;
    if (slices->beside && index-- == 0) {
        slices->beside(slices->beside_context);
        return;
    }
    struct ganger_sampler *sampler = slices->sampler[index];
    int32_t from = cut(slices, index), to = cut(slices, index + 1);
    ganger_rng_init(&sampler->rng, slices->seed, (uint32_t)index, (uint64_t)slices->round);
    int32_t count = list_works(slices, index, sampler->order);
    for (int32_t sweep = 0; sweep < slices->sweeps; sweep++) {
        shuffle(&sampler->rng, sampler->order, count);
        for (int32_t i = 0; i < count; i++) {
            if (interrupted(slices, index)) {
                return;
            }
            ganger_sampler_draw(sampler, slices->state, sampler->order[i], from, to, &slices->bath);
        }
    }
}

bool ganger_slices_round(struct ganger_slices *slices, int64_t *ticks)
{
    memset(slices->broken_off, 0, sizeof slices->broken_off);
    part(slices);
    int32_t jobs = slices->count + 1 + (slices->beside ? 1 : 0);
    ganger_parallel_for(slices->threads, jobs, draw_slice, slices);
    slices->round++;
    return collect(slices, ticks);
}

double ganger_slices_spread(const struct ganger_slices *slices)
{
    double sum = 0, squares = 0;
    for (int i = 0; i <= GANGER_SLICES; i++) {
        sum += slices->sampler[i]->spread;
        squares += slices->sampler[i]->squares;
    }
    return sum > 0 ? squares / sum : 0;
}
