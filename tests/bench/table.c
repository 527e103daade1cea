#include "quality/table.h"

#include "bench/suites.h"
#include <CUnit/CUnit.h>
#include <math.h>
#include <stdlib.h>

static char *printed(bool markdown)
{
    struct quality_table table;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    quality_table_init(&table, 3);
    quality_table_text(&table, "set");
    quality_table_text(&table, "n");
    quality_table_text(&table, "gap%");
    quality_table_text(&table, "j\n|0");
    quality_table_count(&table, 12345);
    quality_table_real(&table, -0.0004, 2);
    quality_table_text(&table, "none");
    quality_table_count(&table, 0);
    quality_table_real(&table, NAN, 2);
    quality_table_print(&table, markdown, stream);
    quality_table_clear(&table);
    fclose(stream);
    return text;
}

static void aligns_text(void)
{
    char *text = printed(false);
    CU_ASSERT_STRING_EQUAL(text, "set       n  gap%\n"
                                 "j??0  12345  0.00\n"
                                 "none      0     -\n");
    free(text);
}

static void writes_markdown(void)
{
    char *text = printed(true);
    CU_ASSERT_STRING_EQUAL(text, "| set  |     n | gap% |\n"
                                 "| ---- | ----: | ---: |\n"
                                 "| j??0 | 12345 | 0.00 |\n"
                                 "| none |     0 |    - |\n");
    free(text);
}

static const struct ganger_test tests[] = {
    {"aligns text", aligns_text},
    {"writes markdown", writes_markdown},
    {NULL, NULL},
};
const struct ganger_suite table_suite = {"table", "unit", tests};
