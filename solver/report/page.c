#include "report/page.h"

#include "base/text.h"

#include <errno.h>
#include <nettle/base64.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>

enum { HASH_SIZE = BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE) + 1 };

static void write_bytes(FILE *file, const void *bytes, size_t size)
{
    fwrite(bytes, 1, size, file);
}

/* Text that may hold anything, for an element or an attribute. */
static void write_escaped(FILE *file, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        switch (text[i]) {
        case '&':
            fputs("&amp;", file);
            break;
        case '<':
            fputs("&lt;", file);
            break;
        case '>':
            fputs("&gt;", file);
            break;
        case '"':
            fputs("&quot;", file);
            break;
        default:
            /* Control characters are not allowed in HTML, not even as references. */
            fputc((unsigned char)text[i] < ' ' && text[i] != '\n' ? ' ' : text[i], file);
        }
    }
}

/* In JSON a '<' is always inside of a string, where it may be written as its number: so no data ends the element. */
static void write_json(FILE *file, const char *data)
{
    while (*data) {
        size_t plain = strcspn(data, "<");
        write_bytes(file, data, plain);
        data += plain;
        if (*data == '<') {
            fputs("\\u003c", file);
            data++;
        }
    }
}

static const char *hash_of(const struct ganger_page_part *part, char text[HASH_SIZE])
{
    struct sha256_ctx sha256;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&sha256);
    sha256_update(&sha256, part->size, part->text);
    sha256_digest(&sha256, sizeof digest, digest);
    base64_encode_raw(text, sizeof digest, digest);
    text[HASH_SIZE - 1] = '\0';
    return text;
}

static void write_policy(FILE *file)
{
    char style[HASH_SIZE], library[HASH_SIZE], script[HASH_SIZE];
    fprintf(file,
            "default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s' 'sha256-%s'; "
            "base-uri 'none'; form-action 'none'",
            hash_of(&ganger_page_style, style), hash_of(&ganger_page_library, library),
            hash_of(&ganger_page_script, script));
}

/* What the template calls `name`; nothing if it is none of ours, which the tests see. */
static void write_named(FILE *file, const char *name, size_t length, const char *const *given)
{
    const struct {
        const char *name;
        const struct ganger_page_part *part;
    } parts[] = {{"style", &ganger_page_style},
                 {"library", &ganger_page_library},
                 {"script", &ganger_page_script}};
    if (length == 5 && memcmp(name, "title", 5) == 0) {
        write_escaped(file, given[0], strlen(given[0]));
    } else if (length == 4 && memcmp(name, "data", 4) == 0) {
        write_json(file, given[1]);
    } else if (length == 6 && memcmp(name, "policy", 6) == 0) {
        write_policy(file);
    } else if (length == 8 && memcmp(name, "licences", 8) == 0) {
        write_escaped(file, (const char *)ganger_page_licences.text, ganger_page_licences.size);
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strlen(parts[i].name) == length && memcmp(parts[i].name, name, length) == 0) {
            write_bytes(file, parts[i].part->text, parts[i].part->size);
        }
    }
}

bool ganger_page_write(FILE *file, const char *title, const char *data)
{
    const char *given[] = {title, data};
    const char *at = (const char *)ganger_page_template.text;
    const char *end = at + ganger_page_template.size;
    while (at < end) {
        const char *open = memmem(at, (size_t)(end - at), "{{", 2);
        const char *close = open ? memmem(open, (size_t)(end - open), "}}", 2) : NULL;
        if (!close) {
            break;
        }
        write_bytes(file, at, (size_t)(open - at));
        write_named(file, open + 2, (size_t)(close - open - 2), given);
        at = close + 2;
    }
    write_bytes(file, at, (size_t)(end - at));
    return !ferror(file);
}
