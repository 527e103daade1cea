/*
 * An XML file while it is written, by libxml2. The first failure is remembered, and told by close.
 */
#ifndef GANGER_EXPORT_XML_H
#define GANGER_EXPORT_XML_H

#include <libxml/xmlwriter.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct ganger_xml {
    FILE *file;
    xmlTextWriterPtr writer;
    bool failed;
};

/* Makes the file, which must not be there, and begins its root element. */
void ganger_xml_open(struct ganger_xml *xml, const char *path, const char *root, const char *space);
/* Ends what was begun. False, with errno, if anything was not written. */
bool ganger_xml_close(struct ganger_xml *xml);

void ganger_xml_begin(struct ganger_xml *xml, const char *name);
void ganger_xml_end(struct ganger_xml *xml);
/* An element with text. Text is cut at 512 characters, the most that names may have; what XML cannot hold, and
 * line breaks, become spaces. */
void ganger_xml_text(struct ganger_xml *xml, const char *name, const char *text);
void ganger_xml_integer(struct ganger_xml *xml, const char *name, int64_t value);
void ganger_xml_real(struct ganger_xml *xml, const char *name, double value);

#endif
