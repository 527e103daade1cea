/*
 * Text: a growing string, UTF-8, and the text of values in messages.
 *
 * A struct ganger_text remembers a failed allocation, so that a long run of additions is checked once, by
 * ganger_text_take(). All of it is independent of the locale except where printf formats are.
 */
#ifndef GANGER_BASE_TEXT_H
#define GANGER_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct ganger_text {
    char *data; /* NUL-terminated once anything was added */
    size_t length, capacity;
    bool failed;
};

void ganger_text_init(struct ganger_text *text);
void ganger_text_clear(struct ganger_text *text);
void ganger_text_add(struct ganger_text *text, const char *piece);
void ganger_text_format(struct ganger_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Characters of a well-formed UTF-8 text, of which bytes are no measure. */
int ganger_text_width(const char *piece);
/* Adds a piece in exactly `width` characters, cut - with "..." where there is room for it - or padded with spaces. */
void ganger_text_pad(struct ganger_text *text, const char *piece, int width);
/* The string, which the caller frees; NULL if memory ran out on the way. Leaves `text` empty. */
char *ganger_text_take(struct ganger_text *text);

/* The same for a terminal, which obeys control characters: those but line breaks become \u001b and the like, as in JSON,
 * so that JSON stays JSON. For every text that has names in it. */
char *ganger_text_take_shown(struct ganger_text *text);

/* True if the bytes are well-formed UTF-8 without NUL; else *where is the offset of the first bad one. */
bool ganger_text_is_utf8(const char *bytes, size_t length, size_t *where);

/* Cuts a text before the first byte that belongs to no whole character: for what was cut by bytes. Returns it. */
char *ganger_text_cut(char *text);

/* Room for a quoted value in a message. */
#define GANGER_TEXT_QUOTED 128

/* Writes `value` in double quotes to `quoted`, cut after some 80 bytes (never inside a character), with
 * control characters as \n, \x1b or \u009b; returns `quoted`. */
const char *ganger_text_quote(const char *value, char quoted[GANGER_TEXT_QUOTED]);

/* Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`; INT_MAX if either is
 * too long for a name. */
int ganger_text_edits(const char *a, const char *b);

/* The closest of `count` names to `name` if it is close enough for a slip of the pen, else NULL. Ties go to
 * the first. O(count * length^2). */
const char *ganger_text_nearest(const char *name, const char *const *names, int count);

#endif
