/* A binary heap of nodes by key, the least first; ties by number, so that the order never depends on history. */
#ifndef GANGER_FREIGHT_NODE_HEAP_H
#define GANGER_FREIGHT_NODE_HEAP_H

#include <stdbool.h>
#include <stdint.h>

struct ganger_node_heap {
    const double *key; /* [nodes], the user's: falls only just before a lift */
    int32_t *node;     /* [nodes] */
    int32_t *at;       /* [nodes] place of a node that is in the heap */
    int32_t size;
};

static inline bool ganger_node_heap_before(const struct ganger_node_heap *heap, int32_t a,
                                           int32_t b)
{
    return heap->key[a] < heap->key[b] || (heap->key[a] <= heap->key[b] && a < b);
}

/* Restores the order after the key of a node in the heap has fallen. */
static inline void ganger_node_heap_lift(struct ganger_node_heap *heap, int32_t node)
{
    int32_t place = heap->at[node];
    while (place > 0 && ganger_node_heap_before(heap, node, heap->node[(place - 1) / 2])) {
        heap->node[place] = heap->node[(place - 1) / 2];
        heap->at[heap->node[place]] = place;
        place = (place - 1) / 2;
    }
    heap->node[place] = node;
    heap->at[node] = place;
}

static inline void ganger_node_heap_push(struct ganger_node_heap *heap, int32_t node)
{
    heap->at[node] = heap->size;
    heap->node[heap->size++] = node;
    ganger_node_heap_lift(heap, node);
}

static inline int32_t ganger_node_heap_pop(struct ganger_node_heap *heap)
{
    int32_t top = heap->node[0];
    int32_t node = heap->node[--heap->size];
    int32_t place = 0;
    for (;;) {
        int32_t child = 2 * place + 1;
        if (child >= heap->size) {
            break;
        }
        if (child + 1 < heap->size &&
            ganger_node_heap_before(heap, heap->node[child + 1], heap->node[child])) {
            child++;
        }
        if (!ganger_node_heap_before(heap, heap->node[child], node)) {
            break;
        }
        heap->node[place] = heap->node[child];
        heap->at[heap->node[place]] = place;
        place = child;
    }
    heap->node[place] = node;
    heap->at[node] = place;
    return top;
}

#endif
