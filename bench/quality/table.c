#include "quality/table.h"

#include "quality/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void quality_table_init(struct quality_table *table, int columns)
{
    *table = (struct quality_table){.columns = columns};
}

void quality_table_clear(struct quality_table *table)
{
    for (int i = 0; i < table->cells; i++) {
        free(table->text[i]);
    }
    free(table->text);
    *table = (struct quality_table){0};
}

static void take_cell(struct quality_table *table, char *text)
{
    if (table->cells == table->room) {
        table->room = 2 * table->room + 64;
        table->text = quality_reallocate(table->text, (size_t)table->room, sizeof *table->text);
    }
    table->text[table->cells++] = text;
}

void quality_text_clean(char *text)
{
    for (char *c = text; *c != '\0'; c++) {
        if ((unsigned char)*c < ' ' || *c == 0x7f || *c == '|') {
            *c = '?';
        }
    }
}

void quality_table_text(struct quality_table *table, const char *text)
{
    char *copy = quality_copy(text);
    quality_text_clean(copy);
    take_cell(table, copy);
}

void quality_table_count(struct quality_table *table, long long count)
{
    take_cell(table, quality_format("%lld", count));
}

void quality_table_real(struct quality_table *table, double number, int decimals)
{
    if (fabs(number) < 0.5 * pow(10, -decimals)) {
        number = 0; /* not "-0.00" */
    }
    take_cell(table, isnan(number) ? quality_copy("-") : quality_format("%.*f", decimals, number));
}

static int column_width(const struct quality_table *table, int column)
{
    int width = 3; /* what a ruler of markdown needs */
    for (int i = column; i < table->cells; i += table->columns) {
        int length = (int)strlen(table->text[i]);
        width = length > width ? length : width;
    }
    return width;
}

static void print_ruler(const struct quality_table *table, const int *widths, FILE *stream)
{
    for (int c = 0; c < table->columns; c++) {
        fputs(c == 0 ? "| " : " | ", stream);
        for (int i = 0; i < widths[c] - (c > 0); i++) {
            fputc('-', stream);
        }
        if (c > 0) {
            fputc(':', stream);
        }
    }
    fputs(" |\n", stream);
}

static void print_row(const struct quality_table *table, const int *widths, char **row,
                      bool markdown, FILE *stream)
{
    for (int c = 0; c < table->columns; c++) {
        fputs(markdown ? (c == 0 ? "| " : " | ") : (c == 0 ? "" : "  "), stream);
        fprintf(stream, "%*s", c == 0 ? -widths[c] : widths[c], row[c]);
    }
    fputs(markdown ? " |\n" : "\n", stream);
}

void quality_table_print(const struct quality_table *table, bool markdown, FILE *stream)
{
    int *widths = quality_allocate((size_t)table->columns, sizeof *widths);
    for (int c = 0; c < table->columns; c++) {
        widths[c] = column_width(table, c);
    }
    for (int i = 0; i + table->columns <= table->cells; i += table->columns) {
        print_row(table, widths, table->text + i, markdown, stream);
        if (i == 0 && markdown) {
            print_ruler(table, widths, stream);
        }
    }
    free(widths);
}
