#include "export/outline.h"

#include "explain/words.h"

#include <stdlib.h>
#include <string.h>

/* What a work is sorted by: projects by name, then links in their order, then the rest. */
struct entry {
    const char *project;
    int32_t link, start, work;
};

static int compare_groups(const struct entry *a, const struct entry *b)
{
    bool named = a->project[0] != '\0';
    if (named != (b->project[0] != '\0')) {
        return named ? -1 : 1;
    }
    if (named) {
        return strcmp(a->project, b->project);
    }
    /* Unsigned, so that none comes last. */
    uint32_t x = (uint32_t)a->link, y = (uint32_t)b->link;
    return x < y ? -1 : x > y;
}

static int compare(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = compare_groups(x, y);
    if (order == 0) {
        order = x->start < y->start ? -1 : x->start > y->start;
    }
    return order != 0 ? order : x->work < y->work ? -1 : x->work > y->work;
}

static int32_t gather(const struct ganger_exporting *x, struct entry *entries)
{
    const struct ganger_problem *p = x->problem;
    int32_t count = 0;
    for (int32_t w = 0; w < p->works.count; w++) {
        int32_t q = p->works.segment[w];
        if (x->plan->start[w] >= 0) {
            entries[count++] = (struct entry){p->works.project[w],
                                              q == GANGER_NONE ? GANGER_NONE : p->segments.link[q],
                                              x->plan->start[w], w};
        }
    }
    return count;
}

bool ganger_outline_init(struct ganger_outline *outline, const struct ganger_exporting *x)
{
    size_t room = (size_t)x->problem->works.count + 1;
    struct entry *entries = malloc(room * sizeof *entries);
    *outline = (struct ganger_outline){.first = malloc(room * sizeof *outline->first),
                                       .work = malloc(room * sizeof *outline->work)};
    bool ready = entries && outline->first && outline->work;
    if (ready) {
        outline->works = gather(x, entries);
        qsort(entries, (size_t)outline->works, sizeof *entries, compare);
        for (int32_t i = 0; i < outline->works; i++) {
            if (i == 0 || compare_groups(&entries[i - 1], &entries[i]) != 0) {
                outline->first[outline->groups++] = i;
            }
            outline->work[i] = entries[i].work;
        }
        outline->first[outline->groups] = outline->works;
    }
    free(entries);
    return ready;
}

void ganger_outline_clear(struct ganger_outline *outline)
{
    free(outline->first);
    free(outline->work);
    *outline = (struct ganger_outline){0};
}

const char *ganger_outline_name(const struct ganger_outline *outline,
                                const struct ganger_exporting *x, int32_t group)
{
    const struct ganger_problem *p = x->problem;
    int32_t w = outline->work[outline->first[group]], q = p->works.segment[w];
    if (p->works.project[w][0] != '\0') {
        return p->works.project[w];
    }
    return q == GANGER_NONE ? "Other works" : ganger_words_link(p, p->segments.link[q]);
}
