/* Memory of the solver: blocks of fixed size and growing arrays. */
#include "cp/engine.h"

#include <stdlib.h>

/* Before each block; as large as any alignment asks. */
union header {
    void *next;
    max_align_t align;
};

static bool must_fail(struct ganger_cp_solver *s)
{
    return s->fail_at > 0 && --s->fail_at == 0;
}

void *ganger_cp_take(struct ganger_cp_solver *s, int64_t count, size_t size)
{
    size_t bytes = sizeof(union header) + (size_t)(count < 1 ? 1 : count) * size;
    union header *block = must_fail(s) ? NULL : calloc(1, bytes);
    if (!block) {
        s->failed = true;
        return NULL;
    }
    block->next = s->blocks;
    s->blocks = block;
    return block + 1;
}

bool ganger_cp_grow(struct ganger_cp_solver *s, void **array, int32_t *room, int64_t need,
                    size_t size)
{
    if (need <= *room) {
        return true;
    }
    int64_t more = 2 * (int64_t)*room > need ? 2 * (int64_t)*room : need;
    more = more < 16 ? 16 : more;
    bool refused = more > INT32_MAX || must_fail(s);
    void *grown = !refused ? realloc(*array, (size_t)more * size) : NULL;
    if (!grown) {
        s->failed = true;
        return false;
    }
    *array = grown;
    *room = (int32_t)more;
    return true;
}

void ganger_cp_push(struct ganger_cp_solver *s, struct ganger_cp_buffer *buffer,
                    struct ganger_cp_literal literal)
{
    if (buffer->count == buffer->room && !ganger_cp_grow(s, (void **)&buffer->at, &buffer->room,
                                                         buffer->count + 1, sizeof *buffer->at)) {
        return;
    }
    buffer->at[buffer->count++] = literal;
}

void ganger_cp_destroy(struct ganger_cp_solver *s)
{
    if (!s) {
        return;
    }
    for (int32_t k = 0; k < s->watch_lists; k++) {
        free(s->watches[k].at);
    }
    for (union header *block = s->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    free(s->event);
    free(s->needed);
    free(s->mark);
    free(s->marked);
    free(s->level_first);
    free(s->level_popped);
    free(s->level_seen);
    free(s->words);
    free(s->clause);
    free(s->clause_rank);
    free(s->conflict.at);
    free(s->why.at);
    free(s->lesson.at);
    free(s);
}
