/* Files of the classic formats that are cut or changed: findings or a sound problem, never a crash. */
#include "base/rng.h"
#include "instance/classic_text.h"
#include "instance/fixture.h"
#include "instance/suites.h"

#include <stdlib.h>
#include <string.h>

static const char *const texts[] = {patterson_text, mplib_text, psplib_text, mmlib_text};
enum { TEXTS = sizeof texts / sizeof *texts };

/* Reads a damaged text; the problem if it passes all the same. */
static struct ganger_problem *read_damaged(const char *data, size_t size)
{
    struct ganger_problem *problem = NULL;
    char *text = NULL;
    ganger_status status = fixture_read_file("same.txt", data, size, &problem, &text);
    CU_ASSERT_EQUAL(status == GANGER_STATUS_OK, problem != NULL);
    CU_ASSERT_EQUAL(status == GANGER_STATUS_OK, *text == '\0');
    CU_ASSERT_TRUE(status == GANGER_STATUS_OK || status == GANGER_STATUS_INPUT_INVALID);
    free(text);
    return problem;
}

/* Only blanks and lines of stars can be lost unnoticed. */
static void cut_at_every_byte(void)
{
    for (int i = 0; i < TEXTS; i++) {
        size_t whole = strlen(texts[i]);
        struct ganger_problem *right = read_damaged(texts[i], whole);
        for (size_t size = 0; size < whole; size++) {
            struct ganger_problem *problem = read_damaged(texts[i], size);
            bool lost = strspn(texts[i] + size, "* \t\n") < whole - size;
            CU_ASSERT_FALSE(lost && problem != NULL);
            CU_ASSERT_TRUE(problem == NULL || ganger_problem_equal(problem, right));
            ganger_problem_destroy(problem);
        }
        ganger_problem_destroy(right);
    }
}

/* Where the words of a text begin; the number of them. */
static int find_words(const char *text, const char **words)
{
    int count = 0;
    for (const char *at = text; *at != '\0';) {
        at += strspn(at, " \t\r\n");
        if (*at != '\0') {
            words[count++] = at;
        }
        at += strcspn(at, " \t\r\n");
    }
    return count;
}

/* A copy of the text with one word replaced, and its size. */
static char *with_word(const char *text, const char *word, const char *replace, size_t *size)
{
    size_t before = (size_t)(word - text), length = strcspn(word, " \t\r\n");
    char *copy = malloc(strlen(text) + strlen(replace) + 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(copy);
    memcpy(copy, text, before);
    strcpy(stpcpy(copy + before, replace), word + length);
    *size = strlen(copy);
    return copy;
}

static void any_word_replaced(void)
{
    static const char *const others[] = {
        "",
        "0",
        "1",
        "2",
        "5",
        "-1",
        "99999",
        "100000",
        "2147483647",
        "4294967296",
        "9223372036854775808",
        "1e3",
        "x",
        ":",
        "1:1",
        "9:9",
        "1:2147483647",
        "***",
        "PRECEDENCE RELATIONS",
        "\nREQUESTS/DURATIONS\n",
        "\n",
        "\x1a",
        "\xff\xfe",
        "R",
    };
    for (int i = 0; i < TEXTS; i++) {
        const char *words[400];
        int count = find_words(texts[i], words);
        for (int w = 0; w < count; w++) {
            for (size_t o = 0; o < sizeof others / sizeof *others; o++) {
                size_t size = 0;
                char *copy = with_word(texts[i], words[w], others[o], &size);
                ganger_problem_destroy(read_damaged(copy, size));
                free(copy);
            }
        }
    }
}

static void any_bytes_changed(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 5, 0, 0);
    for (int i = 0; i < 4000; i++) {
        char *copy = strdup(texts[i % TEXTS]);
        size_t size = strlen(copy);
        for (int32_t change = ganger_rng_below(&rng, 4); change >= 0; change--) {
            copy[ganger_rng_below(&rng, (int32_t)size)] = (char)ganger_rng_word(&rng);
        }
        ganger_problem_destroy(read_damaged(copy, size));
        free(copy);
    }
}

static const struct ganger_test tests[] = {
    {"cut at every byte", cut_at_every_byte},
    {"any word replaced", any_word_replaced},
    {"any bytes changed", any_bytes_changed},
    {NULL, NULL},
};
const struct ganger_suite classic_damage_suite = {"classic_damage", "fuzz-replay", tests};
