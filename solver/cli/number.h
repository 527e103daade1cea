/*
 * Numbers on the command line: strict reading, and their ranges in words.
 */
#ifndef GANGER_CLI_NUMBER_H
#define GANGER_CLI_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Integers and amounts, which are real: low <= v <= high. Reals: low < v <= high. */
struct ganger_cli_range {
    uint64_t low, high;
};

/* True if all of text is one decimal number in the range: no sign, space, 0x, inf or nan. */
bool ganger_cli_integer_read(const char *text, struct ganger_cli_range range, uint64_t *value);
bool ganger_cli_real_read(const char *text, struct ganger_cli_range range, double *value);
bool ganger_cli_amount_read(const char *text, struct ganger_cli_range range, double *value);

bool ganger_cli_integer_within(uint64_t value, struct ganger_cli_range range);
bool ganger_cli_real_within(double value, struct ganger_cli_range range);

/* "an integer in 1..1024", "a number > 0": what was expected. */
void ganger_cli_integer_expected(struct ganger_cli_range range, char *text, size_t size);
void ganger_cli_real_expected(struct ganger_cli_range range, char *text, size_t size);
void ganger_cli_amount_expected(struct ganger_cli_range range, char *text, size_t size);

#endif
