/* Each table and column has a help, and no help is of a column that is no more; the template is an instance. */
#include "instance/table_schema.h"

#include "instance/suites.h"
#include "support/scratch.h"

#include <ganger/ganger.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static json_t *schema(void)
{
    char *text = NULL;
    CU_ASSERT_EQUAL_FATAL(ganger_schema_describe(&text), GANGER_STATUS_OK);
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(root);
    free(text);
    return root;
}

static void every_column_has_a_help(void)
{
    for (int i = 0; i < GANGER_TABLES; i++) {
        enum ganger_table_index table = (enum ganger_table_index)i;
        if (i == GANGER_TABLE_CALENDAR_NAME) {
            continue;
        }
        CU_ASSERT_PTR_NOT_NULL(ganger_table_help(table));
        for (int c = 0; c < ganger_tables[i].column_count; c++) {
            const struct ganger_column *column = &ganger_tables[i].columns[c];
            const char *help = ganger_column_help(table, column);
            CU_ASSERT_PTR_NOT_NULL(help);
            if (!help || help[strlen(help) - 1] == '.') {
                fprintf(stderr, "%s.%s: no help, or one that ends with a full stop\n",
                        ganger_tables[i].name, column->name);
                CU_FAIL("help");
            }
        }
    }
}

static void schema_is_of_the_tables(void)
{
    json_t *root = schema();
    const json_t *resources = json_object_get(root, "resources");
    size_t r = 0;
    for (int i = 0; i < GANGER_TABLES; i++) {
        if (i == GANGER_TABLE_CALENDAR_NAME) {
            continue;
        }
        const json_t *resource = json_array_get(resources, r++);
        const json_t *fields = json_object_get(json_object_get(resource, "schema"), "fields");
        CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(resource, "name")),
                               ganger_tables[i].name);
        CU_ASSERT_EQUAL_FATAL(json_array_size(fields), (size_t)ganger_tables[i].column_count);
        for (int c = 0; c < ganger_tables[i].column_count; c++) {
            const struct ganger_column *column = &ganger_tables[i].columns[c];
            const json_t *field = json_array_get(fields, (size_t)c);
            const json_t *constraints = json_object_get(field, "constraints");
            bool required = (column->flags & GANGER_COLUMN_REQUIRED) != 0;
            CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(field, "name")), column->name);
            CU_ASSERT_EQUAL(json_is_true(json_object_get(constraints, "required")), required);
            if (column->type == GANGER_COLUMN_REAL) {
                CU_ASSERT_DOUBLE_EQUAL(json_number_value(json_object_get(constraints, "minimum")),
                                       column->least, 0);
                CU_ASSERT_DOUBLE_EQUAL(json_number_value(json_object_get(constraints, "maximum")),
                                       column->most, 0);
            }
        }
    }
    CU_ASSERT_EQUAL(json_array_size(resources), r);
    json_decref(root);
}

static void template_is_an_instance(void)
{
    char folder[SCRATCH_PATH], inside[SCRATCH_INSIDE];
    struct ganger_findings findings;
    struct ganger_problem *problem = NULL;
    scratch_folder(folder);
    ganger_findings_init(&findings);
    CU_ASSERT_EQUAL_FATAL(ganger_template_write(folder, &findings), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL(ganger_problem_read(folder, &problem, &findings), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL(findings.count, 0);
    CU_ASSERT_EQUAL(ganger_template_write(folder, &findings), GANGER_STATUS_OUTPUT_FAILED);
    CU_ASSERT_EQUAL(findings.count, 1);
    ganger_findings_clear(&findings);
    ganger_problem_destroy(problem);
    for (int i = 0; i < GANGER_TABLES; i++) {
        snprintf(inside, sizeof inside, "%s/%s.csv", folder, ganger_tables[i].name);
        /* Every table is there. */
        CU_ASSERT_EQUAL(unlink(inside) == 0, i != GANGER_TABLE_CALENDAR_NAME);
    }
    for (const char *const *name = (const char *const[]){"README.md", "datapackage.json", NULL};
         *name; name++) {
        snprintf(inside, sizeof inside, "%s/%s", folder, *name);
        CU_ASSERT_EQUAL(unlink(inside), 0);
    }
    CU_ASSERT_EQUAL(rmdir(folder), 0);
}

static const struct ganger_test tests[] = {{"every column has a help", every_column_has_a_help},
                                           {"schema is of the tables", schema_is_of_the_tables},
                                           {"template is an instance", template_is_an_instance},
                                           {NULL, NULL}};
const struct ganger_suite table_schema_suite = {"table_schema", "unit", tests};
