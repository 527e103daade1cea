/* Columns and runs as the page reads them. */
#include "report/column.h"

#include "report/suites.h"

#include <math.h>
#include <stdlib.h>

static void check(struct ganger_sheet *sheet, const char *expected)
{
    char *text = json_dumps(sheet->root, JSON_COMPACT | JSON_REAL_PRECISION(9));
    CU_ASSERT_STRING_EQUAL(text, expected);
    CU_ASSERT_FALSE(sheet->failed);
    free(text);
    ganger_sheet_clear(sheet);
}

static void numbers(void)
{
    static const double reals[] = {1, -0.004, 2.345678, NAN, 1e300, 120};
    struct ganger_sheet sheet;
    ganger_sheet_open(&sheet);
    ganger_column_reals(&sheet, sheet.root, "a", reals, 6, 2);
    check(&sheet, "{\"a\":[1,0,2.35,null,1e300,120]}");
}

static void runs(void)
{
    static const double values[] = {1, 9, 1, 9, 1.001, 9, 3, 9, NAN, 9, NAN, 9};
    struct ganger_sheet sheet;
    ganger_sheet_open(&sheet);
    ganger_column_runs(&sheet, sheet.root, "odd", (struct ganger_series){values, 6, 2}, 2);
    json_t *list = ganger_sheet_array(&sheet, sheet.root, "list");
    ganger_column_add_runs(&sheet, list, (struct ganger_series){values + 1, 6, 2}, 2);
    ganger_column_add_runs(&sheet, list, (struct ganger_series){values, 0, 1}, 2);
    check(&sheet, "{\"odd\":[1,3,3,1,null,1,null,1],\"list\":[[9,6],[]]}");
}

static const struct ganger_test tests[] = {{"numbers", numbers}, {"runs", runs}, {NULL, NULL}};
const struct ganger_suite column_suite = {"column", "unit", tests};
