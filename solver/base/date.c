#include "base/date.h"

#include <stdio.h>
#include <string.h>

enum { DAYS_PER_ERA = 146097, DAYS_TO_1970 = 719468 };

/* Years are counted from March, so that the leap day is a year's last; an era is 400 years. */
static int64_t day_of(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool ganger_date_parse(const char *text, int64_t *day)
{
    static const char shape[] = "dddd-dd-dd";
    int digits[3] = {0, 0, 0};
    int field = 0;
    if (strlen(text) != strlen(shape)) {
        return false;
    }
    for (int i = 0; shape[i] != '\0'; i++) {
        if (shape[i] == '-') {
            if (text[i] != '-') {
                return false;
            }
            field++;
        } else if (text[i] >= '0' && text[i] <= '9') {
            digits[field] = 10 * digits[field] + (text[i] - '0');
        } else {
            return false;
        }
    }
    if (digits[0] < 1 || digits[1] < 1 || digits[1] > 12 || digits[2] < 1 ||
        digits[2] > days_in_month(digits[0], digits[1])) {
        return false;
    }
    *day = day_of(digits[0], digits[1], digits[2]);
    return true;
}

const char *ganger_date_format(int64_t day, char text[GANGER_DATE_SIZE])
{
    int64_t z = day + DAYS_TO_1970;
    int64_t era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
    int64_t day_of_era = z - era * DAYS_PER_ERA;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_from_march = (int)((5 * day_of_year + 2) / 153);
    int day_of_month = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    int64_t year = year_of_era + era * 400 + (month <= 2);
    snprintf(text, GANGER_DATE_SIZE, "%04d-%02d-%02d", (int)year, month, day_of_month);
    return text;
}
