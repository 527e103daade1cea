#include "cli/number.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool ganger_cli_integer_within(uint64_t value, struct ganger_cli_range range)
{
    return range.low <= value && value <= range.high;
}

bool ganger_cli_real_within(double value, struct ganger_cli_range range)
{
    return (double)range.low < value && value <= (double)range.high;
}

bool ganger_cli_integer_read(const char *text, struct ganger_cli_range range, uint64_t *value)
{
    if (text[0] == '\0' || text[strspn(text, "0123456789")] != '\0') {
        return false; /* strtoull would take "-1" for 2^64-1 */
    }
    errno = 0;
    *value = strtoull(text, NULL, 10);
    return errno == 0 && ganger_cli_integer_within(*value, range);
}

static bool read_real(const char *text, double *value)
{
    if (text[0] == '\0' || text[strspn(text, "0123456789.eE+-")] != '\0') {
        return false; /* strtod would take "inf", "nan" and "0x1p3" */
    }
    char *end;
    *value = strtod(text, &end);
    return end != text && *end == '\0';
}

bool ganger_cli_real_read(const char *text, struct ganger_cli_range range, double *value)
{
    return read_real(text, value) && ganger_cli_real_within(*value, range);
}

bool ganger_cli_amount_read(const char *text, struct ganger_cli_range range, double *value)
{
    return read_real(text, value) &&
           (*value == (double)range.low || ganger_cli_real_within(*value, range));
}

void ganger_cli_integer_expected(struct ganger_cli_range range, char *text, size_t size)
{
    if (range.high == INT64_MAX) { /* the widest that fits: no limit that anybody meets */
        snprintf(text, size, "an integer >= %" PRIu64, range.low);
    } else {
        snprintf(text, size, "an integer in %" PRIu64 "..%" PRIu64, range.low, range.high);
    }
}

void ganger_cli_real_expected(struct ganger_cli_range range, char *text, size_t size)
{
    snprintf(text, size, "a number > %" PRIu64 " and <= %" PRIu64, range.low, range.high);
}

void ganger_cli_amount_expected(struct ganger_cli_range range, char *text, size_t size)
{
    snprintf(text, size, "a number from %" PRIu64 " to %" PRIu64, range.low, range.high);
}
