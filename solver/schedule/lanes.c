#include "schedule/lanes.h"

#include <stdlib.h>
#include <string.h>

static int32_t largest(const int32_t *values, int32_t count)
{
    int32_t most = 0;
    for (int32_t i = 0; i < count; i++) {
        most = values[i] > most ? values[i] : most;
    }
    return most;
}

static int32_t width_for(int32_t capacity)
{
    return capacity <= INT8_MAX ? 8 : capacity <= INT16_MAX ? 16 : 32;
}

/* The most that a lane holds: its top bit is the guard. */
static uint32_t full(int32_t width)
{
    return UINT32_MAX >> (33 - width);
}

/* Narrow lanes first, so that lanes of one width share planes and none straddles two. */
static void assign(struct ganger_lanes *l, int32_t renewables)
{
    int32_t used = 32; /* bits taken of the last plane */
    for (int32_t width = 8; width <= 32; width *= 2) {
        used = used % width != 0 ? used + width - used % width : used;
        for (int32_t r = 0; r < renewables; r++) {
            if (l->width[r] != width) {
                continue;
            }
            if (used + width > 32) {
                l->planes++;
                used = 0;
            }
            l->plane[r] = l->planes - 1;
            l->shift[r] = used;
            used += width;
        }
    }
}

static void fill_empty(struct ganger_lanes *l, const struct ganger_resources *resources)
{
    for (int32_t r = 0; r < resources->renewables; r++) {
        uint32_t *cells = l->empty + (int64_t)l->plane[r] * l->stride;
        const int32_t *capacity = resources->capacity + (int64_t)r * l->periods;
        l->guard[l->plane[r]] |= (full(l->width[r]) + 1) << l->shift[r];
        for (int32_t t = 0; t < l->stride; t++) {
            uint32_t free_units = t < l->periods ? (uint32_t)capacity[t] : 0;
            cells[t] |= (full(l->width[r]) - free_units) << l->shift[r];
        }
    }
}

/* `most`: [renewables] the largest capacity of each. */
static void fill_demands(struct ganger_lanes *l, const struct ganger_problem *p,
                         const int32_t *most)
{
    for (int32_t m = 0; m < p->modes.count; m++) {
        for (int32_t i = p->modes.first_use[m]; i < p->modes.first_use[m + 1]; i++) {
            int32_t r = p->resources.renewable_index[p->modes.use_resource[i]];
            if (r == GANGER_NONE) {
                continue;
            }
            uint32_t amount = (uint32_t)p->modes.use_amount[i];
            if (amount > (uint32_t)most[r]) {
                l->hopeless[m] = true;
                amount = full(l->width[r]) + 1; /* alone it sets the guard, and spills nowhere */
            }
            l->demand[(int64_t)m * l->planes + l->plane[r]] += amount << l->shift[r];
        }
    }
}

struct ganger_lanes *ganger_lanes_create(const struct ganger_problem *problem)
{
    int32_t renewables = problem->resources.renewables;
    int32_t periods = problem->time.periods;
    size_t rows = (size_t)renewables + 1, modes = (size_t)problem->modes.count + 1;
    struct ganger_lanes *l = calloc(1, sizeof *l);
    if (!l) {
        return NULL;
    }
    l->periods = periods;
    l->stride = periods + GANGER_LANES_PADDING;
    l->plane = calloc(rows, sizeof *l->plane);
    l->shift = calloc(rows, sizeof *l->shift);
    l->width = calloc(rows, sizeof *l->width);
    l->hopeless = calloc(modes, sizeof *l->hopeless);
    int32_t *most = calloc(rows, sizeof *most);
    bool ready = l->plane && l->shift && l->width && l->hopeless && most;
    for (int32_t r = 0; ready && r < renewables; r++) {
        most[r] = largest(problem->resources.capacity + (int64_t)r * periods, periods);
        l->width[r] = width_for(most[r]);
    }
    if (ready) {
        assign(l, renewables);
        l->planes = l->planes > 0 ? l->planes : 1; /* nothing scarce: one plane of zeros */
        l->guard = calloc((size_t)l->planes, sizeof *l->guard);
        l->empty = calloc((size_t)l->planes * (size_t)l->stride, sizeof *l->empty);
        l->demand = calloc((size_t)l->planes * modes, sizeof *l->demand);
    }
    if (!ready || !l->guard || !l->empty || !l->demand) {
        ganger_lanes_destroy(l);
        free(most);
        return NULL;
    }
    fill_empty(l, &problem->resources);
    fill_demands(l, problem, most);
    free(most);
    return l;
}

void ganger_lanes_destroy(struct ganger_lanes *lanes)
{
    if (lanes) {
        free(lanes->plane);
        free(lanes->shift);
        free(lanes->width);
        free(lanes->guard);
        free(lanes->empty);
        free(lanes->demand);
        free(lanes->hopeless);
        free(lanes);
    }
}

int32_t ganger_lanes_use(const struct ganger_lanes *lanes, const uint32_t *cells, int32_t renewable,
                         int32_t t)
{
    int64_t at = (int64_t)lanes->plane[renewable] * lanes->stride + t;
    uint32_t used = (cells[at] - lanes->empty[at]) >> lanes->shift[renewable];
    return (int32_t)(used & full(lanes->width[renewable]));
}
