/* The works that are done, under headings: their project, else their link. */
#ifndef GANGER_EXPORT_OUTLINE_H
#define GANGER_EXPORT_OUTLINE_H

#include "export/parts.h"

struct ganger_outline {
    int32_t groups, works;
    int32_t *first; /* CSR [groups + 1] into work */
    int32_t *work;  /* in the order of their starts */
};

/* False if memory is short; cleared in any case. */
bool ganger_outline_init(struct ganger_outline *outline, const struct ganger_exporting *x);
void ganger_outline_clear(struct ganger_outline *outline);
/* Project, name of the link, or "Other works". */
const char *ganger_outline_name(const struct ganger_outline *outline,
                                const struct ganger_exporting *x, int32_t group);

#endif
