#include "quality/reference.h"

#include "bench/suites.h"
#include <CUnit/CUnit.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Reads the text as a reference. */
static bool read_text(struct quality_reference *reference, const char *text)
{
    char path[] = "reference_test_XXXXXX";
    int fd = mkstemp(path);
    CU_ASSERT_TRUE_FATAL(fd >= 0);
    CU_ASSERT_EQUAL(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    bool good = quality_reference_read(reference, path);
    unlink(path);
    return good;
}

static bool apply(const struct quality_reference *reference, const char *set, const char *instance,
                  struct quality_record *record)
{
    char set_copy[32], instance_copy[32];
    snprintf(set_copy, sizeof set_copy, "%s", set);
    snprintf(instance_copy, sizeof instance_copy, "%s", instance);
    *record = (struct quality_record){.set = set_copy, .instance = instance_copy};
    bool found = quality_reference_apply(reference, record);
    record->set = record->instance = NULL;
    return found;
}

static void finds_what_the_table_says(void)
{
    struct quality_reference reference;
    struct quality_record record;
    CU_ASSERT_TRUE_FATAL(
        read_text(&reference, "instance,set,cp,best_known,cp_lower_bound,cp_time_s,\"other\"\r\n"
                              "b.txt,s,44,43,40.5,900,\r\n"
                              "a,s,,12,,,13\r\n"
                              "a,r,inf,,,,"));
    CU_ASSERT_EQUAL(reference.rows, 3);
    CU_ASSERT_EQUAL_FATAL(reference.rivals, 2);
    CU_ASSERT_STRING_EQUAL(reference.rival_names[0], "cp");
    CU_ASSERT_STRING_EQUAL(reference.rival_names[1], "other");
    CU_ASSERT_TRUE(apply(&reference, "s", "b.txt", &record));
    CU_ASSERT_DOUBLE_EQUAL(record.best_known, 43, 0);
    CU_ASSERT_DOUBLE_EQUAL(record.lower_bound, 40.5, 0);
    CU_ASSERT_DOUBLE_EQUAL(record.rivals[0], 44, 0);
    CU_ASSERT_TRUE(isnan(record.rivals[1]));
    CU_ASSERT_TRUE(apply(&reference, "s", "a.rcp", &record)); /* named without its ending */
    CU_ASSERT_DOUBLE_EQUAL(record.best_known, 12, 0);
    CU_ASSERT_TRUE(apply(&reference, "r", "a", &record));
    CU_ASSERT_TRUE(isnan(record.best_known));
    CU_ASSERT_FALSE(apply(&reference, "s", "b", &record));
    CU_ASSERT_FALSE(apply(&reference, "q", "a", &record));
    CU_ASSERT_TRUE(isnan(record.best_known) && isnan(record.rivals[0]));
    quality_reference_clear(&reference);
}

static void refuses_wrong_tables(void)
{
    static const char *const wrong[] = {
        "",
        "set,instance\ns,a\n",
        "set,set,instance,best_known\ns,s,a,1\n",
        "set,instance,best_known,a,b,c,d,e\n",
        "set,instance,best_known\ns,a\n",
        "set,instance,best_known\ns,a,1,2\n",
        "set,instance,best_known\ns,a,many\n",
        "set,instance,best_known\ns,a,-1\n",
        "set,instance,best_known\ns,a,nan\n",
        "set,instance,best_known\ns,a,1\ns,b,1\ns,a,2\n",
        "set,instance,best_known\ns,\"a,1\n",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct quality_reference reference;
        CU_ASSERT_FALSE(read_text(&reference, wrong[i]));
        quality_reference_clear(&reference);
    }
}

static const struct ganger_test tests[] = {
    {"finds what the table says", finds_what_the_table_says},
    {"refuses wrong tables", refuses_wrong_tables},
    {NULL, NULL},
};
const struct ganger_suite reference_suite = {"reference", "unit", tests};
