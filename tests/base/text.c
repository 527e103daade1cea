#include "base/text.h"

#include "base/suites.h"
#include <CUnit/CUnit.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void grows_piece_by_piece(void)
{
    struct ganger_text text;
    char expected[5 * 400 + 1] = "";
    ganger_text_init(&text);
    for (int i = 0; i < 400; i++) {
        ganger_text_format(&text, "%03d", i);
        ganger_text_add(&text, ", ");
        sprintf(expected + 5 * i, "%03d, ", i);
    }
    char *taken = ganger_text_take(&text);
    CU_ASSERT_PTR_NOT_NULL_FATAL(taken);
    CU_ASSERT_STRING_EQUAL(taken, expected);
    CU_ASSERT_PTR_NULL(text.data);
    free(taken);
    taken = ganger_text_take(&text);
    CU_ASSERT_STRING_EQUAL(taken, "");
    free(taken);
}

static void knows_utf8(void)
{
    static const struct {
        const char *bytes;
        int bad; /* offset of the first bad byte, -1: none */
    } cases[] = {
        {"plain", -1},         {"Қазақ", -1},           {"\xf0\x9f\x9a\x82", -1},
        {"a\x80", 1},          {"\xc0\xaf", 0},         {"\xe0\x80\xaf", 0},
        {"ab\xed\xa0\x80", 2}, {"\xf4\x90\x80\x80", 0}, {"\xf5\x80\x80\x80", 0},
        {"\xe2\x82", 0},       {"x\xf0\x9f\x9a", 1},    {"\xc3(", 0},
        {"\xef\xbf\xbd", -1},  {"\xed\x9f\xbf", -1},    {"\xf4\x8f\xbf\xbf", -1},
        {"\xff", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t where = 99;
        bool good = ganger_text_is_utf8(cases[i].bytes, strlen(cases[i].bytes), &where);
        CU_ASSERT_EQUAL(good, cases[i].bad < 0);
        CU_ASSERT_TRUE(good || where == (size_t)cases[i].bad);
    }
    CU_ASSERT_FALSE(ganger_text_is_utf8("a\0b", 3, NULL));
    CU_ASSERT_TRUE(ganger_text_is_utf8("", 0, NULL));
}

static void quotes_what_a_terminal_can_show(void)
{
    char quoted[GANGER_TEXT_QUOTED];
    CU_ASSERT_STRING_EQUAL(ganger_text_quote("3 wk", quoted), "\"3 wk\"");
    CU_ASSERT_STRING_EQUAL(ganger_text_quote("a\nb\tc\x1b[31m", quoted), "\"a\\nb\\tc\\x1b[31m\"");
    CU_ASSERT_STRING_EQUAL(ganger_text_quote("\xff", quoted), "\"\\xff\"");
    CU_ASSERT_STRING_EQUAL(ganger_text_quote("\xc2\x9b"
                                             "2J",
                                             quoted),
                           "\"\\u009b2J\"");
    CU_ASSERT_STRING_EQUAL(ganger_text_quote("", quoted), "\"\"");
    /* Cut between characters, and never longer than there is room. */
    char longest[1000];
    for (int lead = 0; lead < 4; lead++) {
        memset(longest, 'x', (size_t)lead);
        for (size_t at = (size_t)lead; at + 2 < sizeof longest; at += 2) {
            memcpy(longest + at, "\xd2\x9a", 3);
        }
        ganger_text_quote(longest, quoted);
        CU_ASSERT_TRUE(strlen(quoted) < GANGER_TEXT_QUOTED);
        CU_ASSERT_TRUE(ganger_text_is_utf8(quoted, strlen(quoted), NULL));
        CU_ASSERT_STRING_EQUAL(quoted + strlen(quoted) - 4, "...\"");
    }
    memset(longest, 1, sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    CU_ASSERT_TRUE(strlen(ganger_text_quote(longest, quoted)) < GANGER_TEXT_QUOTED);
}

static void counts_edits(void)
{
    CU_ASSERT_EQUAL(ganger_text_edits("repair", "repair"), 0);
    CU_ASSERT_EQUAL(ganger_text_edits("repiar", "repair"), 1);
    CU_ASSERT_EQUAL(ganger_text_edits("repar", "repair"), 1);
    CU_ASSERT_EQUAL(ganger_text_edits("repaiir", "repair"), 1);
    CU_ASSERT_EQUAL(ganger_text_edits("kitten", "sitting"), 3);
    CU_ASSERT_EQUAL(ganger_text_edits("", "abc"), 3);
    char longest[100];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    CU_ASSERT_EQUAL(ganger_text_edits(longest, "abc"), INT_MAX);
}

static void suggests_only_near_names(void)
{
    static const char *const names[] = {"repair", "build", "upgrade", "S1", "S2"};
    CU_ASSERT_STRING_EQUAL(ganger_text_nearest("repiar", names, 5), "repair");
    CU_ASSERT_STRING_EQUAL(ganger_text_nearest("bild", names, 5), "build");
    CU_ASSERT_STRING_EQUAL(ganger_text_nearest("S3", names, 5), "S1");
    CU_ASSERT_PTR_NULL(ganger_text_nearest("tamping", names, 5));
    CU_ASSERT_PTR_NULL(ganger_text_nearest("X9", names, 5));
    CU_ASSERT_PTR_NULL(ganger_text_nearest("", names, 5));
    CU_ASSERT_PTR_NULL(ganger_text_nearest("repair", names, 0));
}

static void pads_by_characters(void)
{
    struct ganger_text text;
    ganger_text_init(&text);
    CU_ASSERT_EQUAL(ganger_text_width(""), 0);
    CU_ASSERT_EQUAL(ganger_text_width("Қостанай"), 8);
    ganger_text_pad(&text, "Қостанай", 10);
    ganger_text_add(&text, "|");
    ganger_text_pad(&text, "Қостанай-Астана", 10);
    ganger_text_add(&text, "|");
    ganger_text_pad(&text, "Қостанай", 3);
    ganger_text_add(&text, "|");
    ganger_text_pad(&text, "", 2);
    char *taken = ganger_text_take(&text);
    CU_ASSERT_STRING_EQUAL(taken, "Қостанай  |Қостана...|Қос|  ");
    free(taken);
    char whole[] = "Қос", broken[] = "Қос";
    broken[5] = '\0';
    CU_ASSERT_STRING_EQUAL(ganger_text_cut(whole), "Қос");
    CU_ASSERT_STRING_EQUAL(ganger_text_cut(broken), "Қо");
}

static void shows_no_control_characters(void)
{
    struct ganger_text text;
    ganger_text_init(&text);
    ganger_text_add(&text, "\x1b]0;title\a\n\xc2\x9b"
                           "2J\x7f\t\xc2\xa0 \xd0\x9f\xd1\x83\n\nend");
    char *shown = ganger_text_take_shown(&text);
    CU_ASSERT_STRING_EQUAL_FATAL(
        shown, "\\u001b]0;title\\u0007\n\\u009b2J\\u007f\\u0009\xc2\xa0 \xd0\x9f\xd1\x83\n\nend");
    free(shown);
    shown = ganger_text_take_shown(&text);
    CU_ASSERT_STRING_EQUAL(shown, "");
    free(shown);
}

static const struct ganger_test tests[] = {
    {"grows piece by piece", grows_piece_by_piece},
    {"pads by characters", pads_by_characters},
    {"knows UTF-8", knows_utf8},
    {"quotes what a terminal can show", quotes_what_a_terminal_can_show},
    {"shows no control characters", shows_no_control_characters},
    {"counts edits", counts_edits},
    {"suggests only near names", suggests_only_near_names},
    {NULL, NULL},
};
const struct ganger_suite text_suite = {"text", "unit", tests};
