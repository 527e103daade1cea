/* CSV cells: what is written is what is read, and a failure is told once. */
#include "export/table.h"
#include "export/suites.h"
#include "instance/csv.h"
#include "support/scratch.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const headings[] = {"plain", "awkward, \"heading\"", "real", "none", NULL};
static const char *const awkward[] = {"a,b", "\"", "two\nlines", " spaces ", "", "Қазақ", "x\r\ny"};
static const double reals[] = {0.1, 1.0 / 3, 1e-300, 123456789.125, -0.0, 1e22, NAN};

enum { ROWS = sizeof awkward / sizeof *awkward };

static void read_back(void)
{
    char path[SCRATCH_PATH];
    struct ganger_export_table out;
    scratch_file(path);
    unlink(path);
    ganger_export_table_open(&out, path, headings);
    for (int i = 0; i < ROWS; i++) {
        ganger_export_put_integer(&out, -i);
        ganger_export_put_text(&out, awkward[i]);
        ganger_export_put_real(&out, reals[i]);
        ganger_export_put_nothing(&out, 1);
        ganger_export_end_row(&out);
    }
    CU_ASSERT_FATAL(ganger_export_table_close(&out));
    const bool required[] = {true, true, true, true};
    struct ganger_csv csv;
    struct ganger_csv_request request = {path, "t.csv", ',', 4, headings, required};
    CU_ASSERT_EQUAL_FATAL(ganger_csv_read(&csv, &request, NULL), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL_FATAL(csv.rows, ROWS);
    for (int i = 0; i < ROWS; i++) {
        const char **cell = csv.cells + 4 * (ptrdiff_t)i;
        CU_ASSERT_EQUAL(strtol(cell[0], NULL, 10), -i);
        CU_ASSERT_STRING_EQUAL(cell[1], awkward[i]);
        CU_ASSERT(isnan(reals[i]) ? cell[2][0] == '\0' : strtod(cell[2], NULL) == reals[i]);
        CU_ASSERT_STRING_EQUAL(cell[3], "");
    }
    ganger_csv_clear(&csv);
    unlink(path);
}

static void days_flags_sums(void)
{
    char path[SCRATCH_PATH], line[128];
    struct ganger_export_table out;
    scratch_file(path);
    unlink(path);
    ganger_export_table_open(&out, path, (const char *const[]){"a", "b", "c", "d", NULL});
    ganger_export_put_day(&out, 0);
    ganger_export_put_flag(&out, true);
    ganger_export_put_flag(&out, false);
    ganger_export_put_sum(&out, 0.1 + 0.2);
    ganger_export_end_row(&out);
    CU_ASSERT(ganger_export_table_close(&out));
    FILE *file = fopen(path, "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    CU_ASSERT_PTR_NOT_NULL(fgets(line, sizeof line, file));
    CU_ASSERT_STRING_EQUAL(line, "a,b,c,d\n");
    CU_ASSERT_PTR_NOT_NULL(fgets(line, sizeof line, file));
    CU_ASSERT_STRING_EQUAL(line, "1970-01-01,true,false,0.3\n");
    fclose(file);
    unlink(path);
}

static void failures(void)
{
    char path[SCRATCH_PATH];
    struct ganger_export_table out;
    scratch_file(path);
    ganger_export_table_open(&out, path, headings); /* never over a file that is there */
    ganger_export_put_text(&out, "x");
    ganger_export_end_row(&out);
    CU_ASSERT_FALSE(ganger_export_table_close(&out));
    CU_ASSERT_EQUAL(errno, EEXIST);
    unlink(path);
    /* A full disk shows when the last bytes are written. */
    out = (struct ganger_export_table){.file = fopen("/dev/full", "w")};
    ganger_export_put_text(&out, "x");
    CU_ASSERT_FALSE(ganger_export_table_close(&out));
    CU_ASSERT_EQUAL(errno, ENOSPC);
}

static const struct ganger_test tests[] = {{"read_back", read_back},
                                           {"days_flags_sums", days_flags_sums},
                                           {"failures", failures},
                                           {NULL, NULL}};
const struct ganger_suite table_suite = {"table", "unit", tests};
