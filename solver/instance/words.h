/*
 * A text cut into words: what stands between blanks and line ends, each with its line and column.
 *
 * The text stays with its owner and must outlive the words. Blanks are space, tab, CR, VT and FF, so that
 * line ends may be LF or CR LF. A scanner may be copied: the copy goes on alone from the same place.
 */
#ifndef GANGER_INSTANCE_WORDS_H
#define GANGER_INSTANCE_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ganger_words {
    const char *at, *end;   /* what is not read yet */
    const char *line_start; /* of the line of `at` */
    int32_t line;           /* from 1 */
};

struct ganger_word {
    const char *text; /* not NUL-terminated */
    int32_t length;
    int32_t line, column; /* from 1; the column counts bytes */
};

/* A byte order mark at the beginning and a Ctrl-Z at the end are left out. */
void ganger_words_init(struct ganger_words *words, const char *text, size_t size);

/* The next word, in this line or a later one; false at the end. */
bool ganger_words_next(struct ganger_words *words, struct ganger_word *word);

/* Cuts off the next line that is not blank, as a scanner of its own; false at the end. */
bool ganger_words_next_line(struct ganger_words *words, struct ganger_words *line);

/* Number of words left. */
int32_t ganger_words_count(struct ganger_words words);

#endif
