#include "base/lookup.h"

#include "base/suites.h"
#include <CUnit/CUnit.h>
#include <stdio.h>

enum { ROWS = 5000 };

static void finds_every_row_and_no_other(void)
{
    static char texts[ROWS][12];
    static char *ids[ROWS + 1];
    struct ganger_lookup lookup;
    CU_ASSERT_TRUE_FATAL(ganger_lookup_init(&lookup, ROWS + 1));
    for (int i = 0; i < ROWS; i++) {
        snprintf(texts[i], sizeof texts[i], "w%d", 7 * i);
        ids[i] = texts[i];
        CU_ASSERT_EQUAL(ganger_lookup_add(&lookup, ids, i), -1);
    }
    char again[] = "w700";
    ids[ROWS] = again;
    CU_ASSERT_EQUAL(ganger_lookup_add(&lookup, ids, ROWS), 100);
    for (int i = 0; i < 7 * ROWS; i++) {
        char id[16];
        snprintf(id, sizeof id, "w%d", i);
        CU_ASSERT_EQUAL(ganger_lookup_find(&lookup, ids, id), i % 7 == 0 ? i / 7 : -1);
    }
    CU_ASSERT_EQUAL(ganger_lookup_find(&lookup, ids, ""), -1);
    ganger_lookup_clear(&lookup);
    CU_ASSERT_EQUAL(ganger_lookup_find(&lookup, ids, "w0"), -1);
}

static const struct ganger_test tests[] = {
    {"finds every row and no other", finds_every_row_and_no_other},
    {NULL, NULL},
};
const struct ganger_suite lookup_suite = {"lookup", "unit", tests};
