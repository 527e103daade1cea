/* Topological order of the works: Kahn's algorithm, the ready work of least index first. */
#include "instance/seal.h"

#include <stdlib.h>

/* A binary heap of works, least at the root. */
struct heap {
    int32_t *items;
    int32_t count;
};

static void push(struct heap *heap, int32_t item)
{
    int32_t at = heap->count++;
    while (at > 0 && heap->items[(at - 1) / 2] > item) {
        heap->items[at] = heap->items[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap->items[at] = item;
}

static int32_t pop(struct heap *heap)
{
    int32_t least = heap->items[0];
    int32_t item = heap->items[--heap->count];
    int32_t at = 0;
    for (;;) {
        int32_t child = 2 * at + 1;
        if (child >= heap->count) {
            break;
        }
        if (child + 1 < heap->count && heap->items[child + 1] < heap->items[child]) {
            child++;
        }
        if (heap->items[child] >= item) {
            break;
        }
        heap->items[at] = heap->items[child];
        at = child;
    }
    heap->items[at] = item;
    return least;
}

ganger_status ganger_seal_order(struct ganger_problem *p, struct ganger_findings *findings)
{
    struct ganger_precedences *rows = &p->precedences;
    int32_t works = p->works.count, done = 0;
    ganger_status status = GANGER_STATUS_OK;
    struct heap ready = {ganger_seal_array(works, sizeof *ready.items), 0};
    int32_t *waits = ganger_seal_array(works, sizeof *waits);
    rows->topological = ganger_seal_array(works, sizeof *rows->topological);
    if (ready.items == NULL || waits == NULL || rows->topological == NULL) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    for (int32_t work = 0; work < works; work++) {
        waits[work] = rows->first_in[work + 1] - rows->first_in[work];
        if (waits[work] == 0) {
            push(&ready, work);
        }
    }
    while (ready.count > 0) {
        int32_t work = pop(&ready);
        rows->topological[done++] = work;
        for (int32_t i = rows->first_out[work]; i < rows->first_out[work + 1]; i++) {
            int32_t successor = rows->successor[rows->out_list[i]];
            if (--waits[successor] == 0) {
                push(&ready, successor);
            }
        }
    }
    if (done < works) {
        status = ganger_findings_add(findings, GANGER_STATUS_INPUT_INVALID, "precedence.csv", 0,
                                     NULL, "the precedences go round in a circle");
    }
out:
    free(ready.items);
    free(waits);
    return status;
}
