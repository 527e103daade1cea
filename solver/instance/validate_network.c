/* Links, the segments that tile them, demands and their profiles. */
#include "instance/csr.h"
#include "instance/validate.h"

#include <math.h>
#include <stdlib.h>

/* Ends that differ by less are one place: a millimetre. */
static const double same_place_km = 1e-6;

struct piece {
    double start, end;
    int32_t segment;
};

static int compare(const void *left, const void *right)
{
    const struct piece *a = left, *b = right;
    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    return a->segment < b->segment ? -1 : a->segment > b->segment;
}

static void check_piece(const struct ganger_validation *v, const struct piece *piece, double begin,
                        int32_t before)
{
    const struct ganger_segments *segments = &v->problem->segments;
    char link[GANGER_TEXT_QUOTED], other[GANGER_TEXT_QUOTED];
    ganger_text_quote(v->problem->links.id[segments->link[piece->segment]], link);
    if (before < 0) {
        ganger_validation_refuse(v, "segment.csv", piece->segment, "start_lr",
                                 "expected 0, where link %s begins, found %.10g", link,
                                 piece->start);
    } else {
        ganger_text_quote(segments->id[before], other);
        ganger_validation_refuse(
            v, "segment.csv", piece->segment, "start_lr",
            "%s on link %s: expected %.10g, where segment %s ends, found %.10g",
            piece->start > begin ? "gap" : "overlap", link, begin, other, piece->start);
    }
}

static void check_tiling(const struct ganger_validation *v, const struct piece *pieces,
                         int32_t count)
{
    double begin = 0;
    int32_t before = GANGER_NONE;
    for (int32_t i = 0; i < count; i++) {
        if (pieces[i].end <= pieces[i].start) {
            ganger_validation_refuse(v, "segment.csv", pieces[i].segment, "end_lr",
                                     "expected more than start_lr, %.10g, found %.10g",
                                     pieces[i].start, pieces[i].end);
            return;
        }
        if (fabs(pieces[i].start - begin) > same_place_km) {
            check_piece(v, &pieces[i], begin, before);
        }
        begin = pieces[i].end;
        before = pieces[i].segment;
    }
}

static bool check_links(const struct ganger_validation *v)
{
    const struct ganger_problem *p = v->problem;
    int32_t *first = NULL, *list = NULL;
    struct piece *pieces = calloc((size_t)p->segments.count + 1, sizeof *pieces);
    if (pieces == NULL ||
        !ganger_csr_build(p->segments.link, p->segments.count, p->links.count, &first, &list)) {
        free(pieces);
        return false;
    }
    for (int32_t link = 0; link < p->links.count; link++) {
        int32_t count = 0;
        for (int32_t i = first[link]; i < first[link + 1]; i++) {
            pieces[count++] =
                (struct piece){p->segments.start_km[list[i]], p->segments.end_km[list[i]], list[i]};
        }
        if (p->links.from[link] == p->links.to[link]) {
            ganger_validation_refuse(v, "link.csv", link, "to_node_id",
                                     "expected another node than from_node_id");
        }
        if (count == 0) {
            char quoted[GANGER_TEXT_QUOTED];
            ganger_validation_refuse(v, "link.csv", link, "link_id",
                                     "link %s has no segment in segment.csv",
                                     ganger_text_quote(p->links.id[link], quoted));
        }
        qsort(pieces, (size_t)count, sizeof *pieces, compare);
        check_tiling(v, pieces, count);
    }
    free(pieces);
    free(first);
    free(list);
    return true;
}

bool ganger_validate_network(const struct ganger_validation *v)
{
    const struct ganger_demands *demands = &v->problem->demands;
    if (!check_links(v)) {
        return false;
    }
    for (int32_t k = 0; k < demands->count; k++) {
        if (demands->origin[k] == demands->destination[k]) {
            ganger_validation_refuse(v, "demand.csv", k, "destination",
                                     "expected another node than origin");
        }
    }
    const struct ganger_keyed_rows rows = {
        .table = "demand_profile.csv",
        .column = "from",
        .rows = demands->profile_rows,
        .keys = {demands->profile_demand, demands->profile_from}};
    return ganger_validate_unique(v, &rows, "the demand already has a volume from this period, in");
}
