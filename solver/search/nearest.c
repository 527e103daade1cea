#include "search/nearest.h"

#include "base/status.h"

static struct ganger_island *nearest(const struct ganger_archipelago *a)
{
    struct ganger_island *best = NULL;
    double least = 0;
    for (int i = 0; i < a->model->islands; i++) {
        struct ganger_island *island = a->island[i];
        double penalty = ganger_island_value(island, island->traffic).penalty;
        if (island->schedule->placed > 0 && (best == NULL || penalty < least)) {
            best = island;
            least = penalty;
        }
    }
    return best;
}

void ganger_search_note_nearest(const struct ganger_archipelago *archipelago,
                                struct ganger_findings *findings)
{
    const struct ganger_problem *p = archipelago->model->problem;
    struct ganger_island *island = nearest(archipelago);
    if (island == NULL) {
        return;
    }
    ganger_island_value(island, island->traffic); /* measures target_km */
    for (int32_t w = 0; w < p->works.count; w++) {
        if (p->works.mandatory[w] && island->schedule->start[w] == GANGER_NONE) {
            ganger_findings_add(findings, GANGER_STATUS_OK, "work.csv", 0, "mandatory",
                                "%s found no place in the best attempt", p->works.id[w]);
        }
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        double missing = p->targets.km[g] - island->target_km[g];
        if (p->targets.hard[g] && missing > 1e-9 * p->targets.km[g]) {
            ganger_findings_add(findings, GANGER_STATUS_OK, "target.csv", 0, "hard",
                                "%s is missed by %.1f km in the best attempt", p->targets.id[g],
                                missing);
        }
    }
}
