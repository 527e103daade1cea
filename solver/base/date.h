/*
 * Dates of the proleptic Gregorian calendar as days from 1970-01-01, for years 1 to 9999.
 */
#ifndef GANGER_BASE_DATE_H
#define GANGER_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#define GANGER_DATE_SIZE 40

/* Reads exactly "YYYY-MM-DD"; false if the text is anything else or no such day exists. */
bool ganger_date_parse(const char *text, int64_t *day);

/* Writes "YYYY-MM-DD" and returns `text`. */
const char *ganger_date_format(int64_t day, char text[GANGER_DATE_SIZE]);

#endif
