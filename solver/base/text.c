#include "base/text.h"

#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void ganger_text_init(struct ganger_text *text)
{
    memset(text, 0, sizeof *text);
}

void ganger_text_clear(struct ganger_text *text)
{
    free(text->data);
    ganger_text_init(text);
}

/* Makes room for `more` bytes and the terminator. */
static bool reserve(struct ganger_text *text, size_t more)
{
    if (text->failed) {
        return false;
    }
    if (text->capacity - text->length > more) {
        return true;
    }
    size_t capacity = 2 * text->capacity + more + 64;
    char *data = realloc(text->data, capacity);
    if (data == NULL) {
        text->failed = true;
        return false;
    }
    text->data = data;
    text->capacity = capacity;
    return true;
}

void ganger_text_add(struct ganger_text *text, const char *piece)
{
    size_t length = strlen(piece);
    if (reserve(text, length)) {
        memcpy(text->data + text->length, piece, length + 1);
        text->length += length;
    }
}

void ganger_text_format(struct ganger_text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length >= 0 && reserve(text, (size_t)length)) {
        vsnprintf(text->data + text->length, (size_t)length + 1, format, again);
        text->length += (size_t)length;
    } else {
        text->failed = true;
    }
    va_end(again);
}

static bool starts_character(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

int ganger_text_width(const char *piece)
{
    int width = 0;
    for (const char *c = piece; *c; c++) {
        width += starts_character(*c);
    }
    return width;
}

void ganger_text_pad(struct ganger_text *text, const char *piece, int width)
{
    enum { MARK = 3 }; /* what shows that a piece is cut, where there is room for it */
    bool cut = ganger_text_width(piece) > width;
    int mark = cut && width > 2 * MARK ? MARK : 0, shown = 0;
    const char *end = piece;
    for (; *end && (shown < width - mark || !starts_character(*end)); end++) {
        shown += starts_character(*end);
    }
    ganger_text_format(text, "%.*s%.*s%*s", (int)(end - piece), piece, mark, "...",
                       width - shown - mark, "");
}

char *ganger_text_take(struct ganger_text *text)
{
    ganger_text_add(text, "");
    char *data = text->failed ? NULL : text->data;
    if (data == NULL) {
        free(text->data);
    }
    ganger_text_init(text);
    return data;
}

/* Bytes of the control character at `bytes`, 0 if there is none: of ASCII, or U+0080 to U+009F. */
static size_t control_length(const unsigned char *bytes)
{
    if (bytes[0] == 0xc2 && bytes[1] >= 0x80 && bytes[1] <= 0x9f) {
        return 2;
    }
    return bytes[0] < 0x20 || bytes[0] == 0x7f ? 1 : 0;
}

char *ganger_text_take_shown(struct ganger_text *text)
{
    struct ganger_text shown;
    char *data = ganger_text_take(text);
    if (data == NULL) {
        return NULL;
    }
    ganger_text_init(&shown);
    for (char *c = data; *c != '\0';) {
        const unsigned char *bytes = (const unsigned char *)c;
        size_t length = *c != '\n' ? control_length(bytes) : 0;
        if (length > 0) {
            ganger_text_format(&shown, "\\u%04x", bytes[length - 1]);
        } else {
            length = 1;
            while (c[length] != '\0' &&
                   (c[length] == '\n' || control_length(bytes + length) == 0)) {
                length++;
            }
            ganger_text_format(&shown, "%.*s", (int)length, c);
        }
        c += length;
    }
    free(data);
    return ganger_text_take(&shown);
}

/* Length of the well-formed character at `bytes`, 0 if there is none. Unicode 15, table 3-7. */
static size_t character_length(const unsigned char *bytes, size_t left)
{
    unsigned char lead = bytes[0];
    if (lead < 0x80) {
        return lead != 0 ? 1 : 0;
    }
    size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || left < length) {
        return 0;
    }
    unsigned char least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    unsigned char most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (bytes[1] < least || bytes[1] > most) {
        return 0;
    }
    for (size_t i = 2; i < length; i++) {
        if ((bytes[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    return length;
}

bool ganger_text_is_utf8(const char *bytes, size_t length, size_t *where)
{
    size_t at = 0;
    while (at < length) {
        size_t step = character_length((const unsigned char *)bytes + at, length - at);
        if (step == 0) {
            if (where != NULL) {
                *where = at;
            }
            return false;
        }
        at += step;
    }
    return true;
}

char *ganger_text_cut(char *text)
{
    size_t length = strlen(text), where = length;
    ganger_text_is_utf8(text, length, &where);
    text[where] = '\0';
    return text;
}

const char *ganger_text_quote(const char *value, char quoted[GANGER_TEXT_QUOTED])
{
    const size_t most = 80;
    size_t to = 0;
    quoted[to++] = '"';
    for (size_t at = 0; value[at] != '\0';) {
        const unsigned char *bytes = (const unsigned char *)value + at;
        size_t length = character_length(bytes, strlen(value + at));
        if (to > most) {
            to += (size_t)sprintf(quoted + to, "...");
            break;
        }
        if (length == 0 || bytes[0] < 0x20 || bytes[0] == 0x7f) {
            const char *format = bytes[0] == '\n' ? "\\n" : bytes[0] == '\t' ? "\\t" : NULL;
            to += format != NULL ? (size_t)sprintf(quoted + to, "%s", format)
                                 : (size_t)sprintf(quoted + to, "\\x%02x", bytes[0]);
            length = 1;
        } else if (control_length(bytes) == 2) {
            to += (size_t)sprintf(quoted + to, "\\u%04x", bytes[1]);
        } else {
            memcpy(quoted + to, bytes, length);
            to += length;
        }
        at += length;
    }
    quoted[to++] = '"';
    quoted[to] = '\0';
    return quoted;
}

enum { NEAR_LENGTH = 64 };

/* The optimal string alignment distance, by dynamic programming over three rows. */
int ganger_text_edits(const char *a, const char *b)
{
    int rows[3][NEAR_LENGTH + 1];
    if (strlen(a) > NEAR_LENGTH || strlen(b) > NEAR_LENGTH) {
        return INT_MAX;
    }
    int a_length = (int)strlen(a), b_length = (int)strlen(b);
    for (int j = 0; j <= b_length; j++) {
        rows[0][j] = j;
    }
    for (int i = 1; i <= a_length; i++) {
        int *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (int j = 1; j <= b_length; j++) {
            int best = above[j - 1] + (a[i - 1] != b[j - 1]);
            best = above[j] + 1 < best ? above[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                two_above[j - 2] + 1 < best) {
                best = two_above[j - 2] + 1;
            }
            row[j] = best;
        }
    }
    return rows[a_length % 3][b_length];
}

const char *ganger_text_nearest(const char *name, const char *const *names, int count)
{
    size_t length = strlen(name);
    if (length == 0) {
        return NULL;
    }
    /* One slip in a short name, two in a longer one: more would suggest anything for anything. */
    int least = (length <= 3 ? 1 : 2) + 1;
    const char *nearest = NULL;
    for (int i = 0; i < count; i++) {
        size_t other = strlen(names[i]);
        if (other + 2 < length || length + 2 < other) {
            continue;
        }
        int distance = ganger_text_edits(name, names[i]);
        if (distance < least) {
            least = distance;
            nearest = names[i];
        }
    }
    return nearest;
}
