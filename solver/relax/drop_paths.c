/*
 * Dropping paths: the method tries more than it uses, or spreads freight over many that are about as good, and a step costs
 * a pass over all of them. Those that pay after all are found again.
 */
#include "relax/internal.h"
#include "relax/primal_dual_parts.h"

#include <math.h>
#include <stdlib.h>

/* Paths that carry less than this share of their demand in all blocks are dropped: of large networks, and of others before
 * time gets finer. */
static const double least_share = 0.02, idle_share = 1e-3;

static void mark(const struct ganger_relaxation *r, double least, uint8_t *keep)
{
    const struct ganger_primal_dual *s = r->solver;
    int64_t width = s->blocks.width;
    double mean = s->total > 0 ? 1 / s->total : 0;
    for (int32_t path = 0; path < r->paths.count; path++) {
        bool used = path >= r->tried;
        for (int32_t b = 0; !used && b < s->blocks.count; b++) {
            double flow = fmax(s->now.flow[path * width + b], mean * s->sum.flow[path * width + b]);
            used = flow > least * s->blocks.demand[r->paths.demand[path] * width + b];
        }
        keep[path] = keep[path] || used;
    }
}

void ganger_relaxation_hold_paths(struct ganger_relaxation *relaxation)
{
    relaxation->held = true;
}

void ganger_relaxation_mark_paths(const struct ganger_relaxation *relaxation, uint8_t *keep)
{
    mark(relaxation, least_share, keep);
}

bool ganger_relaxation_drop_paths(struct ganger_relaxation *relaxation, const uint8_t *keep,
                                  int32_t *number)
{
    struct ganger_relaxation *r = relaxation;
    struct ganger_primal_dual *s = r->solver;
    int32_t before = r->paths.count;
    ganger_path_pool_keep(&r->paths, keep, number);
    r->tried = r->paths.count;
    if (r->paths.count == before) {
        return true;
    }
    double *flows[] = {s->now.flow, s->next.flow, s->sum.flow, s->start.flow};
    for (size_t i = 0; i < sizeof flows / sizeof *flows; i++) {
        ganger_pd_renumber(flows[i], (size_t)s->blocks.width, number, before);
    }
    if (!ganger_primal_dual_extend(s)) {
        r->failed = true;
        return false;
    }
    ganger_pd_measure(s, &s->now, 1); /* the method goes on from what is carried */
    return true;
}

bool ganger_relax_drop_idle_paths(struct ganger_relaxation *relaxation)
{
    size_t paths = (size_t)relaxation->paths.count + 1;
    uint8_t *keep = calloc(paths, sizeof *keep);
    int32_t *number = calloc(paths, sizeof *number);
    bool ready = keep && number;
    if (ready) {
        mark(relaxation, idle_share, keep);
        ready = ganger_relaxation_drop_paths(relaxation, keep, number);
    }
    free(keep);
    free(number);
    return ready;
}
