#include "search/anchor.h"

#include "search/trial.h"

#include <stdlib.h>
#include <string.h>

struct ganger_anchor *ganger_anchor_create(const struct ganger_search_model *model)
{
    struct ganger_anchor *anchor = calloc(1, sizeof *anchor);
    if (!anchor) {
        return NULL;
    }
    size_t boundaries = (size_t)model->boundaries;
    size_t links = model->large ? 0 : (size_t)model->problem->links.count + 1;
    anchor->schedule = ganger_schedule_create(model->frame);
    anchor->kept = calloc(boundaries, 1);
    anchor->traffic = malloc(boundaries * sizeof(double));
    anchor->flow = malloc((2 * links * boundaries + 1) * sizeof(double));
    anchor->price = malloc((links * boundaries + 1) * sizeof(double));
    if (!anchor->schedule || !anchor->kept || !anchor->traffic || !anchor->flow || !anchor->price) {
        ganger_anchor_destroy(anchor);
        return NULL;
    }
    return anchor;
}

void ganger_anchor_destroy(struct ganger_anchor *anchor)
{
    if (anchor) {
        ganger_schedule_destroy(anchor->schedule);
        free(anchor->kept);
        free(anchor->traffic);
        free(anchor->flow);
        free(anchor->price);
        free(anchor);
    }
}

void ganger_anchor_drop(struct ganger_island *island)
{
    struct ganger_anchor *anchor = island->anchor;
    ganger_schedule_copy(anchor->schedule, island->schedule);
    anchor->value = island->value;
    memset(anchor->kept, 0, (size_t)island->model->boundaries);
}

static void copy_row(double *to, const double *from, int32_t t, int64_t width)
{
    memcpy(to + t * width, from + t * width, (size_t)width * sizeof(double));
}

void ganger_anchor_keep(struct ganger_island *island, int32_t t)
{
    struct ganger_anchor *anchor = island->anchor;
    int64_t links = island->model->problem->links.count;
    if (anchor->kept[t]) {
        return;
    }
    anchor->kept[t] = 1;
    anchor->traffic[t] = island->traffic[t];
    copy_row(anchor->flow, island->flow, t, 2 * links);
    copy_row(anchor->price, island->price, t, links);
}

static void fall_back(struct ganger_island *island)
{
    struct ganger_anchor *anchor = island->anchor;
    int64_t links = island->model->problem->links.count;
    ganger_schedule_copy(island->schedule, anchor->schedule);
    for (int32_t t = 0; t < island->model->boundaries; t++) {
        if (anchor->kept[t]) {
            island->traffic[t] = anchor->traffic[t];
            copy_row(island->flow, anchor->flow, t, 2 * links);
            copy_row(island->price, anchor->price, t, links);
        }
    }
    ganger_island_measure_capacity(island);
    ganger_island_add_up(island);
    island->stale = true;
}

bool ganger_anchor_solve(struct ganger_island *island, int32_t t)
{
    if (!island->guessed[t]) {
        return true;
    }
    island->guessed[t] = 0;
    island->guesses--;
    return ganger_island_solve_range(island, t, t + 1);
}

void ganger_anchor_decide(struct ganger_island *island, double loss)
{
    ganger_island_add_up(island);
    if (island->value.total < island->anchor->value.total - loss) {
        fall_back(island);
        island->anchor->fallen++;
    } else {
        island->anchor->held++;
    }
}
