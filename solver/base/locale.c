#include "base/locale.h"

bool ganger_locale_enter(struct ganger_locale *locale)
{
    locale->own = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (locale->own == (locale_t)0) {
        return false;
    }
    locale->caller = uselocale(locale->own);
    return true;
}

void ganger_locale_leave(struct ganger_locale *locale)
{
    uselocale(locale->caller);
    freelocale(locale->own);
}
