/* The rules about one work, or about two: MODEL section 4, and 1, 3, 4 and 5 of section 5. */
#include "check/bench.h"

#include <stdlib.h>

static bool undone_is_consistent(struct ganger_bench *b, int32_t w)
{
    const struct ganger_plan *plan = b->plan;
    if (plan->finish[w] != GANGER_NONE || plan->mode[w] != GANGER_NONE) {
        ganger_bench_breach(b, plan->mode[w] != GANGER_NONE ? "mode" : "finish",
                            "work %s has no start, but a finish or a mode",
                            b->problem->works.id[w]);
        return false;
    }
    if (b->problem->works.mandatory[w]) {
        ganger_bench_breach(b, "start", "work %s is mandatory and not done",
                            b->problem->works.id[w]);
    }
    return true;
}

/* False if the work's figures cannot even be looked up. */
static bool placed_sensibly(struct ganger_bench *b, int32_t w)
{
    const struct ganger_works *works = &b->problem->works;
    int32_t start = b->plan->start[w], mode = b->plan->mode[w];
    int32_t modes = works->first_mode[w + 1] - works->first_mode[w];
    if (start < 0 || start >= b->facts->periods) {
        ganger_bench_breach(b, "start", "work %s starts in period %d, not within 0 to %d",
                            works->id[w], start, b->facts->periods - 1);
        return false;
    }
    if (mode < 0 || mode >= modes) {
        ganger_bench_breach(b, "mode", "work %s has mode %d, not within 0 to %d", works->id[w],
                            mode, modes - 1);
        return false;
    }
    return true;
}

static bool check_finish(struct ganger_bench *b, int32_t w)
{
    const char *id = b->problem->works.id[w];
    int32_t start = b->plan->start[w];
    int32_t duration = b->problem->modes.duration[b->mode[w]];
    int32_t finish = ganger_facts_finish(b->facts, w, duration, start);
    int64_t row = ganger_facts_calendar(b->facts, w);
    if (duration > 0 && b->facts->productivity[row * b->facts->periods + start] == 0) {
        ganger_bench_breach(b, "start", "work %s starts in period %d, in which it cannot be worked",
                            id, start);
        return false;
    }
    if (finish > b->facts->periods) {
        ganger_bench_breach(b, "finish", "work %s, started in %d, is not finished by the horizon",
                            id, start);
        return false;
    }
    if (finish != b->plan->finish[w]) {
        ganger_bench_breach(b, "finish", "work %s finishes at %d, not at %d", id, finish,
                            b->plan->finish[w]);
    }
    b->finish[w] = finish;
    return true;
}

static void check_dates(struct ganger_bench *b, int32_t w)
{
    const struct ganger_works *works = &b->problem->works;
    int32_t start = b->plan->start[w];
    if (start < works->earliest[w]) {
        ganger_bench_breach(b, "start", "work %s starts in %d, before its earliest %d",
                            works->id[w], start, works->earliest[w]);
    }
    if (b->finish[w] > works->deadline[w]) {
        ganger_bench_breach(b, "finish", "work %s finishes at %d, after its deadline %d",
                            works->id[w], b->finish[w], works->deadline[w]);
    }
    if (works->fixed_start[w] != GANGER_NONE && start != works->fixed_start[w]) {
        ganger_bench_breach(b, "start", "work %s starts in %d, but is fixed to %d", works->id[w],
                            start, works->fixed_start[w]);
    }
    if (works->fixed_mode[w] != GANGER_NONE && b->plan->mode[w] != works->fixed_mode[w]) {
        ganger_bench_breach(b, "mode", "work %s has mode %d, but is fixed to %d", works->id[w],
                            b->plan->mode[w], works->fixed_mode[w]);
    }
}

bool ganger_bench_works(struct ganger_bench *bench)
{
    const struct ganger_works *works = &bench->problem->works;
    bool sound = true;
    for (int32_t w = 0; w < works->count; w++) {
        bench->mode[w] = bench->finish[w] = GANGER_NONE;
        bench->at = w;
        if (bench->plan->start[w] == GANGER_NONE) {
            sound &= undone_is_consistent(bench, w);
            continue;
        }
        if (!placed_sensibly(bench, w)) {
            sound = false;
            continue;
        }
        bench->mode[w] = works->first_mode[w] + bench->plan->mode[w];
        bench->works_done++;
        if (check_finish(bench, w)) {
            check_dates(bench, w);
        } else {
            sound = false;
        }
    }
    bench->at = GANGER_NONE;
    return sound;
}

static void check_precedence(struct ganger_bench *b)
{
    const struct ganger_precedences *rows = &b->problem->precedences;
    char *const *id = b->problem->works.id;
    for (int32_t i = 0; i < rows->count; i++) {
        int32_t first = rows->predecessor[i], then = rows->successor[i];
        bool fs = rows->type[i] == GANGER_PRECEDENCE_FS;
        if (b->mode[then] == GANGER_NONE) {
            continue;
        }
        b->at = then;
        if (b->mode[first] == GANGER_NONE) {
            ganger_bench_breach(b, "start", "work %s is done, but not %s that must come first",
                                id[then], id[first]);
            continue;
        }
        int64_t from = (int64_t)(fs ? b->finish[first] : b->plan->start[first]) + rows->lag[i];
        if (b->plan->start[then] < from) {
            ganger_bench_breach(b, "start", "work %s starts in %d; after %s it may from %lld on",
                                id[then], b->plan->start[then], id[first], (long long)from);
        }
    }
}

static void check_disjoint(struct ganger_bench *b)
{
    const struct ganger_facts *f = b->facts;
    const int32_t *start = b->plan->start;
    for (int32_t q = 0; q < b->problem->segments.count; q++) {
        for (int32_t i = f->first_on[q]; i < f->first_on[q + 1]; i++) {
            for (int32_t j = i + 1; j < f->first_on[q + 1]; j++) {
                int32_t v = f->work_on[i], w = f->work_on[j];
                if (b->mode[v] == GANGER_NONE || b->mode[w] == GANGER_NONE) {
                    continue;
                }
                int32_t from = start[v] > start[w] ? start[v] : start[w];
                int32_t to = b->finish[v] < b->finish[w] ? b->finish[v] : b->finish[w];
                b->at = start[v] > start[w] ? v : w;
                if (from < to) {
                    ganger_bench_breach(b, "start", "works %s and %s overlap on segment %s",
                                        b->problem->works.id[v], b->problem->works.id[w],
                                        b->problem->segments.id[q]);
                }
            }
        }
    }
}

/* First boundary from which rails lie on the segment, on the whole link and at the node. */
struct rails {
    int32_t *segment, *link, *node;
};

static void lay_rails(const struct ganger_bench *b, struct rails *rails)
{
    const struct ganger_problem *p = b->problem;
    for (int32_t l = 0; l < p->links.count; l++) {
        rails->link[l] = 0;
    }
    for (int32_t v = 0; v < p->nodes.count; v++) {
        rails->node[v] = p->nodes.railhead[v] ? 0 : INT32_MAX;
    }
    for (int32_t q = 0; q < p->segments.count; q++) {
        int32_t open = p->segments.capacity[q] > 0 ? 0 : INT32_MAX;
        for (int32_t i = b->facts->first_on[q]; i < b->facts->first_on[q + 1]; i++) {
            int32_t w = b->facts->work_on[i];
            bool builds = p->works.kind[w] == GANGER_WORK_BUILD && b->mode[w] != GANGER_NONE;
            open = builds && b->finish[w] < open ? b->finish[w] : open;
        }
        rails->segment[q] = open;
        int32_t *link = &rails->link[p->segments.link[q]];
        *link = open > *link ? open : *link;
    }
    for (int32_t l = 0; l < p->links.count; l++) {
        int32_t ends[] = {p->links.from[l], p->links.to[l]};
        for (int i = 0; i < 2; i++) {
            int32_t *node = &rails->node[ends[i]];
            *node = rails->link[l] < *node ? rails->link[l] : *node;
        }
    }
}

static int32_t rails_at(const struct ganger_problem *p, const struct rails *rails, int32_t q)
{
    int32_t l = p->segments.link[q];
    const int32_t *list = p->links.segment_list;
    int32_t first = p->links.first_segment[l], last = p->links.first_segment[l + 1] - 1;
    int32_t at = first;
    while (at < last && list[at] != q) {
        at++;
    }
    int32_t before = at == first ? rails->node[p->links.from[l]] : rails->segment[list[at - 1]];
    int32_t after = at == last ? rails->node[p->links.to[l]] : rails->segment[list[at + 1]];
    return before < after ? before : after;
}

static void check_railhead(struct ganger_bench *b)
{
    const struct ganger_problem *p = b->problem;
    struct rails rails = {calloc((size_t)p->segments.count + 1, sizeof(int32_t)),
                          calloc((size_t)p->links.count + 1, sizeof(int32_t)),
                          calloc((size_t)p->nodes.count + 1, sizeof(int32_t))};
    if (!rails.segment || !rails.link || !rails.node) {
        b->short_of_memory = true;
        goto out;
    }
    lay_rails(b, &rails);
    for (int32_t w = 0; w < p->works.count; w++) {
        if (b->mode[w] == GANGER_NONE || p->works.kind[w] != GANGER_WORK_BUILD ||
            p->works.segment[w] == GANGER_NONE) {
            continue;
        }
        int32_t from = rails_at(p, &rails, p->works.segment[w]);
        b->at = w;
        if (b->plan->start[w] < from) {
            ganger_bench_breach(b, "start", "work %s starts in %d, before rails reach it (%s)",
                                p->works.id[w], b->plan->start[w],
                                from == INT32_MAX ? "they never do" : "they come later");
        }
    }
out:
    free(rails.segment);
    free(rails.link);
    free(rails.node);
}

void ganger_bench_order(struct ganger_bench *bench)
{
    check_precedence(bench);
    check_disjoint(bench);
    if (bench->problem->railhead) {
        check_railhead(bench);
    }
    bench->at = GANGER_NONE;
}
