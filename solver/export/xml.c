#include "export/xml.h"

#include "instance/cell_text.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

enum { TEXT_MAX = 512, CHARACTER_MAX = 4 };

static void keep(struct ganger_xml *xml, bool done)
{
    xml->failed |= !done;
}

void ganger_xml_open(struct ganger_xml *xml, const char *path, const char *root, const char *space)
{
    *xml = (struct ganger_xml){.file = fopen(path, "wbxe")};
    xmlOutputBufferPtr buffer = xml->file ? xmlOutputBufferCreateFile(xml->file, NULL) : NULL;
    xml->writer = buffer ? xmlNewTextWriter(buffer) : NULL;
    if (!xml->writer) {
        int problem = errno;
        xmlOutputBufferClose(buffer);
        errno = problem;
        xml->failed = true;
        return;
    }
    keep(xml, xmlTextWriterSetIndent(xml->writer, 1) >= 0);
    keep(xml, xmlTextWriterStartDocument(xml->writer, "1.0", "UTF-8", NULL) >= 0);
    ganger_xml_begin(xml, root);
    keep(xml, xmlTextWriterWriteAttribute(xml->writer, BAD_CAST "xmlns", BAD_CAST space) >= 0);
}

bool ganger_xml_close(struct ganger_xml *xml)
{
    int problem = errno;
    if (xml->writer) {
        keep(xml, xmlTextWriterEndDocument(xml->writer) >= 0);
        xmlFreeTextWriter(xml->writer); /* flushes into the file */
    }
    if (xml->file) {
        keep(xml, ferror(xml->file) == 0);
        problem = xml->failed ? problem : 0;
        errno = 0;
        keep(xml, fclose(xml->file) == 0);
        problem = errno != 0 ? errno : problem;
    }
    xml->writer = NULL;
    xml->file = NULL;
    errno = problem != 0 ? problem : EIO;
    return !xml->failed;
}

void ganger_xml_begin(struct ganger_xml *xml, const char *name)
{
    if (!xml->failed) {
        keep(xml, xmlTextWriterStartElement(xml->writer, BAD_CAST name) >= 0);
    }
}

void ganger_xml_end(struct ganger_xml *xml)
{
    if (!xml->failed) {
        keep(xml, xmlTextWriterEndElement(xml->writer) >= 0);
    }
}

static bool begins_character(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

/* XML 1.0 has no place for U+FFFE and U+FFFF, even escaped. */
static bool is_no_character(const char *text)
{
    return strncmp(text, "\xEF\xBF\xBE", 3) == 0 || strncmp(text, "\xEF\xBF\xBF", 3) == 0;
}

static void clean(const char *text, char out[TEXT_MAX * CHARACTER_MAX + 1])
{
    int characters = 0;
    for (; *text; text++) {
        characters += begins_character(*text);
        if (characters > TEXT_MAX) {
            break;
        }
        if (is_no_character(text)) {
            *out++ = ' ';
            text += 2;
        } else {
            *out++ = (unsigned char)*text < ' ' || *text == 0x7f ? ' ' : *text;
        }
    }
    *out = '\0';
}

void ganger_xml_text(struct ganger_xml *xml, const char *name, const char *text)
{
    char out[TEXT_MAX * CHARACTER_MAX + 1];
    if (!xml->failed) {
        clean(text, out);
        keep(xml, xmlTextWriterWriteElement(xml->writer, BAD_CAST name, BAD_CAST out) >= 0);
    }
}

void ganger_xml_integer(struct ganger_xml *xml, const char *name, int64_t value)
{
    char text[GANGER_CELL_TEXT];
    snprintf(text, sizeof text, "%" PRId64, value);
    ganger_xml_text(xml, name, text);
}

void ganger_xml_real(struct ganger_xml *xml, const char *name, double value)
{
    char text[GANGER_CELL_TEXT];
    ganger_xml_text(xml, name, ganger_real_text(value, text));
}
