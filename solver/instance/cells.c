#include "instance/cells.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool ganger_cell_integer(const char *text, int64_t *value)
{
    const char *digits = text + (*text == '-');
    size_t length = strspn(digits, "0123456789");
    if (length == 0 || length > 18 || digits[length] != '\0') {
        return false;
    }
    *value = strtoll(text, NULL, 10);
    return true;
}

bool ganger_cell_real(const char *text, locale_t c_locale, double *value)
{
    /* strtod() would also take blanks, 0x1p3, nan and inf. */
    if (*text == '\0' || strspn(text, "+-.0123456789eE") != strlen(text)) {
        return false;
    }
    char *end = NULL;
    *value = strtod_l(text, &end, c_locale);
    return *end == '\0' && isfinite(*value);
}

bool ganger_cell_bool(const char *text, bool *value)
{
    static const char *const names[] = {"false", "true",  "0",    "1", "False",
                                        "True",  "FALSE", "TRUE", NULL};
    int choice = ganger_cell_choice(text, names);
    *value = choice % 2 != 0;
    return choice >= 0;
}

int ganger_cell_choice(const char *text, const char *const *names)
{
    for (int i = 0; names[i] != NULL; i++) {
        if (strcmp(text, names[i]) == 0) {
            return i;
        }
    }
    return -1;
}

uint32_t ganger_cell_choices(const char *text, const char *const *names)
{
    uint32_t bits = 0;
    for (;;) {
        char name[32];
        size_t length = strcspn(text, "|");
        if (length >= sizeof name) {
            return 0;
        }
        memcpy(name, text, length);
        name[length] = '\0';
        int choice = ganger_cell_choice(name, names);
        if (choice < 0) {
            return 0;
        }
        bits |= (uint32_t)1 << choice;
        if (text[length] == '\0') {
            return bits;
        }
        text += length + 1;
    }
}

static void expected_range(const struct ganger_column *column, char *text)
{
    const char *what = column->type == GANGER_COLUMN_REAL ? "a number" : "an integer";
    if (column->most <= 1000) {
        snprintf(text, GANGER_CELL_EXPECTED, "%s from %.15g to %.15g", what, column->least,
                 column->most);
    } else {
        snprintf(text, GANGER_CELL_EXPECTED, "%s >= %.15g", what, column->least);
    }
}

static void expected_choice(const struct ganger_column *column, char *text)
{
    size_t length = 0;
    for (int i = 0; column->choices[i] != NULL; i++) {
        const char *join = i == 0 ? "" : column->choices[i + 1] == NULL ? " or " : ", ";
        length += (size_t)snprintf(text + length, GANGER_CELL_EXPECTED - length, "%s%s", join,
                                   column->choices[i]);
    }
    if (column->type == GANGER_COLUMN_CHOICES) {
        snprintf(text + length, GANGER_CELL_EXPECTED - length, ", or several joined by |");
    }
}

const char *ganger_cell_expected(const struct ganger_column *column,
                                 char expected[GANGER_CELL_EXPECTED])
{
    const char *fixed = NULL;
    switch (column->type) {
    case GANGER_COLUMN_ID:
    case GANGER_COLUMN_REFERENCE:
        fixed = "an id";
        break;
    case GANGER_COLUMN_TEXT:
        fixed = "a text";
        break;
    case GANGER_COLUMN_BOOL:
        fixed = "true or false";
        break;
    case GANGER_COLUMN_TIME:
        fixed = "a date like 2026-03-01 or a period number";
        break;
    case GANGER_COLUMN_REAL:
    case GANGER_COLUMN_INTEGER:
        expected_range(column, expected);
        return expected;
    case GANGER_COLUMN_CHOICE:
    case GANGER_COLUMN_CHOICES:
        expected_choice(column, expected);
        return expected;
    }
    snprintf(expected, GANGER_CELL_EXPECTED, "%s", fixed);
    return expected;
}
