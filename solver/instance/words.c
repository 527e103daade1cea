#include "instance/words.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

void ganger_words_init(struct ganger_words *words, const char *text, size_t size)
{
    static const char mark[] = "\xef\xbb\xbf";
    size_t skip = size >= 3 && memcmp(text, mark, 3) == 0 ? 3 : 0;
    size_t cut = size > skip && text[size - 1] == '\x1a' ? 1 : 0;
    *words = (struct ganger_words){text + skip, text + size - cut, text + skip, 1};
}

bool ganger_words_next(struct ganger_words *words, struct ganger_word *word)
{
    while (words->at < words->end && (is_blank(*words->at) || *words->at == '\n')) {
        if (*words->at++ == '\n') {
            words->line++;
            words->line_start = words->at;
        }
    }
    const char *start = words->at;
    while (words->at < words->end && !is_blank(*words->at) && *words->at != '\n') {
        words->at++;
    }
    *word = (struct ganger_word){start, (int32_t)(words->at - start), words->line,
                                 (int32_t)(start - words->line_start) + 1};
    return words->at > start;
}

bool ganger_words_next_line(struct ganger_words *words, struct ganger_words *line)
{
    struct ganger_word first;
    if (!ganger_words_next(words, &first)) {
        return false;
    }
    const char *end = memchr(words->at, '\n', (size_t)(words->end - words->at));
    *line = *words;
    line->at = first.text;
    line->end = end != NULL ? end : words->end;
    words->at = line->end;
    return true;
}

int32_t ganger_words_count(struct ganger_words words)
{
    struct ganger_word word;
    int32_t count = 0;
    while (ganger_words_next(&words, &word)) {
        count++;
    }
    return count;
}
