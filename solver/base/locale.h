/*
 * The thread's locale, put aside while files are written: numbers have a point in them.
 */
#ifndef GANGER_BASE_LOCALE_H
#define GANGER_BASE_LOCALE_H

#include <locale.h>
#include <stdbool.h>

struct ganger_locale {
    locale_t own, caller;
};

/* Switches this thread to the locale "C". False, with nothing switched, if memory is short. */
bool ganger_locale_enter(struct ganger_locale *locale);
void ganger_locale_leave(struct ganger_locale *locale);

#endif
