/* Railheads: building starts where rails lead to the segment, from before or after it on its link, or from a node. */
#include "mip/programme.h"

/* What a segment is reached from: a neighbour on its link, or, at an end of the link, a node. */
struct side {
    int32_t segment, node; /* one of the two, the other GANGER_NONE */
};

static struct side side_of(const struct ganger_problem *p, int32_t q, int32_t step)
{
    int32_t l = p->segments.link[q];
    int32_t at = p->links.first_segment[l] + p->segments.position[q] + step;
    if (at < p->links.first_segment[l]) {
        return (struct side){GANGER_NONE, p->links.from[l]};
    }
    if (at == p->links.first_segment[l + 1]) {
        return (struct side){GANGER_NONE, p->links.to[l]};
    }
    return (struct side){p->links.segment_list[at], GANGER_NONE};
}

static bool is_laid(const struct ganger_problem *p, int32_t q)
{
    return p->segments.capacity[q] > 0;
}

static bool link_is_laid(const struct ganger_problem *p, int32_t l)
{
    bool laid = true;
    for (int32_t i = p->links.first_segment[l]; i < p->links.first_segment[l + 1]; i++) {
        laid = laid && is_laid(p, p->links.segment_list[i]);
    }
    return laid;
}

static bool touches(const struct ganger_problem *p, int32_t l, int32_t node)
{
    return p->links.from[l] == node || p->links.to[l] == node;
}

/* Open from the start. */
static bool is_open(const struct ganger_problem *p, struct side side)
{
    if (side.node == GANGER_NONE) {
        return is_laid(p, side.segment);
    }
    bool open = p->nodes.railhead[side.node];
    for (int32_t l = 0; !open && l < p->links.count; l++) {
        open = touches(p, l, side.node) && link_is_laid(p, l);
    }
    return open;
}

static void add_built(struct ganger_mip_programme *x, int32_t row, int32_t q, int32_t t)
{
    const struct ganger_problem *p = x->problem;
    for (int32_t i = p->segments.first_work[q]; i < p->segments.first_work[q + 1]; i++) {
        int32_t w = p->segments.work_list[i];
        if (p->works.kind[w] == GANGER_WORK_BUILD) {
            ganger_mip_add_work_done(x, row, w, t, -1);
        }
    }
}

/* A column that can be 1 only if the whole link is laid by t; made once for each t. */
static int32_t laid_column(struct ganger_mip_programme *x, int32_t l, int32_t t)
{
    const struct ganger_problem *p = x->problem;
    if (x->link_column[l] != GANGER_NONE) {
        return x->link_column[l];
    }
    x->link_column[l] = ganger_mip_add_column(
        &x->mip, (struct ganger_mip_column){.name = {"laid", {l, t, GANGER_NONE}}, .upper = 1});
    for (int32_t i = p->links.first_segment[l]; i < p->links.first_segment[l + 1]; i++) {
        int32_t q = p->links.segment_list[i];
        if (!is_laid(p, q)) {
            int32_t row = ganger_mip_add_row(
                &x->mip, (struct ganger_mip_row){.name = {"laid", {q, t, GANGER_NONE}}});
            ganger_mip_add(&x->mip, row, x->link_column[l], 1);
            add_built(x, row, q, t);
        }
    }
    return x->link_column[l];
}

static void add_side(struct ganger_mip_programme *x, int32_t row, struct side side, int32_t t)
{
    if (side.node == GANGER_NONE) {
        add_built(x, row, side.segment, t);
        return;
    }
    for (int32_t l = 0; l < x->problem->links.count; l++) {
        if (touches(x->problem, l, side.node)) {
            ganger_mip_add(&x->mip, row, laid_column(x, l, t), -1);
        }
    }
}

/* The work has begun by t only if one of its sides was open by t. */
static void add_work(struct ganger_mip_programme *x, int32_t w, int32_t t)
{
    struct side before = side_of(x->problem, x->problem->works.segment[w], -1);
    struct side after = side_of(x->problem, x->problem->works.segment[w], 1);
    if (is_open(x->problem, before) || is_open(x->problem, after)) {
        return;
    }
    int64_t entries = x->mip.entries;
    int32_t row = ganger_mip_add_row(
        &x->mip, (struct ganger_mip_row){.name = {"rails", {w, t, GANGER_NONE}}});
    ganger_mip_add_work_begun(x, row, w, t, 1);
    if (x->mip.entries == entries) {
        ganger_mip_drop_empty(&x->mip, entries);
        return;
    }
    add_side(x, row, before, t);
    add_side(x, row, after, t);
}

void ganger_mip_rails(struct ganger_mip_programme *x)
{
    const struct ganger_problem *p = x->problem;
    for (int32_t t = 0; p->railhead && t < p->time.periods; t++) {
        for (int32_t l = 0; l < p->links.count; l++) {
            x->link_column[l] = GANGER_NONE;
        }
        for (int32_t w = 0; w < p->works.count; w++) {
            if (p->works.kind[w] == GANGER_WORK_BUILD && p->works.segment[w] != GANGER_NONE) {
                add_work(x, w, t);
            }
        }
    }
}
