/* Precedences: no row twice, and no circle of works that wait for each other. */
#include "instance/csr.h"
#include "instance/validate.h"

#include <stdlib.h>

/* Takes away, as long as there are any, works with no predecessor left; what remains in waits[] > 0 lies on
 * a circle or behind one. */
static void peel(const struct ganger_problem *p, const int32_t *first_out, const int32_t *out,
                 int32_t *waits, int32_t *queue)
{
    int32_t head = 0, tail = 0;
    for (int32_t row = 0; row < p->precedences.count; row++) {
        waits[p->precedences.successor[row]]++;
    }
    for (int32_t work = 0; work < p->works.count; work++) {
        if (waits[work] == 0) {
            queue[tail++] = work;
        }
    }
    while (head < tail) {
        int32_t work = queue[head++];
        for (int32_t i = first_out[work]; i < first_out[work + 1]; i++) {
            int32_t successor = p->precedences.successor[out[i]];
            if (--waits[successor] == 0) {
                queue[tail++] = successor;
            }
        }
    }
}

static void report(const struct ganger_validation *v, const int32_t *rows, int32_t count)
{
    enum { NAMES = 8 };
    const struct ganger_problem *p = v->problem;
    struct ganger_text text;
    char quoted[GANGER_TEXT_QUOTED];
    ganger_text_init(&text);
    int32_t last = rows[0];
    /* The walk went against the arrows, so the list is read from its end. */
    for (int32_t i = count - 1; i >= 0; i--) {
        last = rows[i] > last ? rows[i] : last;
        if (count - i <= NAMES) {
            ganger_text_add(
                &text, ganger_text_quote(p->works.id[p->precedences.predecessor[rows[i]]], quoted));
            ganger_text_add(&text, " -> ");
        }
    }
    if (count > NAMES) {
        ganger_text_format(&text, "... (%d works) -> ", count);
    }
    ganger_text_add(
        &text, ganger_text_quote(p->works.id[p->precedences.predecessor[rows[count - 1]]], quoted));
    char *circle = ganger_text_take(&text);
    ganger_validation_refuse(v, "precedence.csv", last, "successor",
                             "the works wait for each other: %s", circle != NULL ? circle : "");
    free(circle);
}

/* From each work left, backwards along rows whose predecessor is left too, until a work comes again. */
static bool find_circles(const struct ganger_validation *v, const int32_t *waits,
                         const int32_t *first_in, const int32_t *in)
{
    const struct ganger_problem *p = v->problem;
    int32_t *seen = calloc((size_t)p->works.count + 1, sizeof *seen); /* walk number */
    int32_t *place = calloc((size_t)p->works.count + 1, sizeof *place);
    int32_t *rows = calloc((size_t)p->works.count + 1, sizeof *rows);
    bool done = seen != NULL && place != NULL && rows != NULL;
    for (int32_t start = 0; done && start < p->works.count; start++) {
        int32_t work = start, steps = 0;
        while (waits[work] > 0 && seen[work] == 0) {
            seen[work] = start + 1;
            place[work] = steps;
            int32_t i = first_in[work];
            while (waits[p->precedences.predecessor[in[i]]] == 0) {
                i++;
            }
            rows[steps++] = in[i];
            work = p->precedences.predecessor[in[i]];
        }
        if (waits[work] > 0 && seen[work] == start + 1) {
            report(v, rows + place[work], steps - place[work]);
        }
    }
    free(seen);
    free(place);
    free(rows);
    return done;
}

bool ganger_validate_precedences(const struct ganger_validation *v)
{
    const struct ganger_problem *p = v->problem;
    const struct ganger_precedences *rows = &p->precedences;
    int32_t *first_out = NULL, *out = NULL, *first_in = NULL, *in = NULL;
    int32_t *waits = calloc((size_t)p->works.count + 1, sizeof *waits);
    int32_t *queue = calloc((size_t)p->works.count + 1, sizeof *queue);
    int32_t *type = calloc((size_t)rows->count + 1, sizeof *type);
    bool done =
        waits != NULL && queue != NULL && type != NULL &&
        ganger_csr_build(rows->predecessor, rows->count, p->works.count, &first_out, &out) &&
        ganger_csr_build(rows->successor, rows->count, p->works.count, &first_in, &in);
    if (done) {
        for (int32_t row = 0; row < rows->count; row++) {
            type[row] = rows->type[row];
        }
        const struct ganger_keyed_rows keyed = {.table = "precedence.csv",
                                                .column = "successor",
                                                .rows = rows->count,
                                                .keys = {rows->predecessor, rows->successor, type}};
        peel(p, first_out, out, waits, queue);
        done = ganger_validate_unique(v, &keyed, "the same precedence already stands in") &&
               find_circles(v, waits, first_in, in);
    }
    free(first_out);
    free(out);
    free(first_in);
    free(in);
    free(waits);
    free(queue);
    free(type);
    return done;
}
