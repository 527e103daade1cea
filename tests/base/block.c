#include "base/block.h"

#include "base/suites.h"
#include <CUnit/CUnit.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 64 };

static bool all_zero(const unsigned char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}

/* Pieces of many sizes, one of nothing: each begins a line, and no line holds bytes of two. */
static void pieces_share_no_line(void)
{
    static const size_t bytes[] = {1, 0, 63, 64, 65, 4000, 128};
    enum { COUNT = sizeof bytes / sizeof *bytes };
    unsigned char *piece[COUNT] = {NULL};
    struct ganger_block_piece pieces[COUNT];
    for (int i = 0; i < COUNT; i++) {
        pieces[i] = (struct ganger_block_piece){&piece[i], bytes[i]};
    }
    unsigned char *block = ganger_block_create(pieces, COUNT);
    CU_ASSERT_PTR_NOT_NULL_FATAL(block);
    CU_ASSERT_PTR_EQUAL(piece[0], block);
    for (int i = 0; i < COUNT; i++) {
        CU_ASSERT_EQUAL((uintptr_t)piece[i] % LINE, 0);
        CU_ASSERT_TRUE(all_zero(piece[i], bytes[i]));
        CU_ASSERT_TRUE(ganger_block_room(bytes[i]) >= bytes[i]);
        for (int k = 0; k < i; k++) {
            CU_ASSERT_TRUE(piece[k] + (bytes[k] + LINE - 1) / LINE * LINE <= piece[i]);
        }
    }
    memset(block, 1, (size_t)(piece[COUNT - 1] - block) + bytes[COUNT - 1]);
    free(block);
}

static void too_much_is_refused(void)
{
    char *first = NULL, *second = NULL;
    struct ganger_block_piece pieces[] = {{&first, SIZE_MAX - 8}, {&second, 16}};
    CU_ASSERT_PTR_NULL(ganger_block_create(pieces, 2));
    pieces[0].bytes = 16;
    pieces[1].bytes = SIZE_MAX / 2;
    CU_ASSERT_PTR_NULL(ganger_block_create(pieces, 2));
    CU_ASSERT_PTR_NULL(first);
    CU_ASSERT_PTR_NULL(second);
}

static const struct ganger_test tests[] = {
    {"pieces share no line", pieces_share_no_line},
    {"too much is refused", too_much_is_refused},
    {NULL, NULL},
};
const struct ganger_suite block_suite = {"block", "unit", tests};
