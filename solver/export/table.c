#include "export/table.h"

#include "base/date.h"
#include "instance/cell_text.h"
#include "instance/csv_cell.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>

static void keep(struct ganger_export_table *table, bool done)
{
    if (!done && table->error == 0) {
        table->error = errno != 0 ? errno : EIO;
    }
}

static void open_file(struct ganger_export_table *table, const char *path)
{
    errno = 0;
    *table = (struct ganger_export_table){.file = fopen(path, "wbxe")};
    keep(table, table->file != NULL);
}

static void put_headings(struct ganger_export_table *table, const char *const *columns)
{
    for (; *columns; columns++) {
        ganger_export_put_text(table, *columns);
    }
    ganger_export_end_row(table);
}

void ganger_export_table_open(struct ganger_export_table *table, const char *path,
                              const char *const *columns)
{
    open_file(table, path);
    put_headings(table, columns);
}

void ganger_export_table_open_marked(struct ganger_export_table *table, const char *path,
                                     const char *const *columns)
{
    open_file(table, path);
    if (table->error == 0) {
        errno = 0;
        keep(table, fputs("\xef\xbb\xbf", table->file) != EOF);
    }
    put_headings(table, columns);
}

bool ganger_export_table_close(struct ganger_export_table *table)
{
    errno = 0;
    if (table->file) {
        keep(table, fclose(table->file) == 0);
    }
    table->file = NULL;
    errno = table->error;
    return table->error == 0;
}

void ganger_export_put_text(struct ganger_export_table *table, const char *text)
{
    if (table->error == 0) {
        errno = 0;
        keep(table, (!table->begun || fputc(',', table->file) != EOF) &&
                        ganger_csv_put_cell(table->file, text));
        table->begun = true;
    }
}

void ganger_export_put_real(struct ganger_export_table *table, double value)
{
    char text[GANGER_CELL_TEXT];
    ganger_export_put_text(table, isfinite(value) ? ganger_real_text(value, text) : "");
}

void ganger_export_put_sum(struct ganger_export_table *table, double value)
{
    ganger_export_put_real(table, fabs(value) < 1e9 ? round(value * 1e6) / 1e6 : value);
}

void ganger_export_put_integer(struct ganger_export_table *table, int64_t value)
{
    char text[GANGER_CELL_TEXT];
    snprintf(text, sizeof text, "%" PRId64, value);
    ganger_export_put_text(table, text);
}

void ganger_export_put_flag(struct ganger_export_table *table, bool value)
{
    ganger_export_put_text(table, value ? "true" : "false");
}

void ganger_export_put_day(struct ganger_export_table *table, int64_t day)
{
    char text[GANGER_DATE_SIZE];
    ganger_export_put_text(table, ganger_date_format(day, text));
}

void ganger_export_put_nothing(struct ganger_export_table *table, int cells)
{
    for (int i = 0; i < cells; i++) {
        ganger_export_put_text(table, "");
    }
}

void ganger_export_end_row(struct ganger_export_table *table)
{
    if (table->error == 0) {
        errno = 0;
        keep(table, fputc('\n', table->file) != EOF);
        table->begun = false;
    }
}
