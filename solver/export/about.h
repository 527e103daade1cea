/* about.csv: rows of an item and its value. */
#ifndef GANGER_EXPORT_ABOUT_H
#define GANGER_EXPORT_ABOUT_H

#include "export/parts.h"
#include "export/table.h"

void ganger_export_about(const struct ganger_exporting *x, struct ganger_export_table *out);

#endif
