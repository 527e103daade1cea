/*
 * State of one reading of a data package; private to the files of the package reader.
 *
 * package.c finds the files (datapackage.json), tables.c turns their cells into the problem's columns, and
 * package.c then has the whole validated and sealed.
 */
#ifndef GANGER_INSTANCE_PACKAGE_H
#define GANGER_INSTANCE_PACKAGE_H

#include "base/lookup.h"
#include "instance/csv.h"
#include "instance/read.h"
#include "instance/schema.h"
#include <locale.h>

struct ganger_package_table {
    char *
        shown; /* path inside the package, as findings name it; NULL if the package lacks the table */
    char *path;
    char delimiter;
    bool broken;           /* could not be read: what refers to it is not looked up */
    struct ganger_csv csv; /* its lines follow the problem's rows to the end, for the validation */
    struct ganger_lookup ids;
};

struct ganger_package {
    const char *folder;
    struct ganger_problem *problem;
    struct ganger_findings *findings;
    locale_t c_locale;
    struct ganger_package_table tables[GANGER_TABLES];
};

/* datapackage.json: name, title, the object "ganger", and where each table is. package_json.c */
ganger_status ganger_package_read_json(struct ganger_package *package, const char *path);

/* All tables into package->problem. tables.c */
ganger_status ganger_package_read_tables(struct ganger_package *package);

#endif
