/* The page keeps to itself: nothing that an instance says becomes markup, and only its own scripts may run. */
#include "report/page.h"

#include "report/suites.h"

#include <nettle/base64.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>

static char *page_of(const char *title, const char *data)
{
    char *page = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&page, &size);
    CU_ASSERT(ganger_page_write(file, title, data));
    fclose(file);
    CU_ASSERT_EQUAL(strlen(page), size);
    return page;
}

static void hostile_text(void)
{
    static const char title[] = "</title><script>alert(1)</script>&\"'\x01\xe2\x80\xae";
    static const char json[] =
        "{\"a\":\"</script><script>alert(2)</script><!--\",\"b\":\"{{script}}\"}";
    char *page = page_of(title, json);
    CU_ASSERT_PTR_NULL(strstr(page, "alert(1)</script>"));
    CU_ASSERT_PTR_NOT_NULL(strstr(page, "<title>&lt;/title&gt;&lt;script&gt;alert(1)"));
    CU_ASSERT_PTR_NULL(strchr(page, '\x01'));
    json_t *data = report_data(page);
    CU_ASSERT_STRING_EQUAL(tree_text(data, "a"), "</script><script>alert(2)</script><!--");
    CU_ASSERT_STRING_EQUAL(tree_text(data, "b"), "{{script}}");
    json_decref(data);
    free(page);
}

/* The hash of an element's text as the policy has it. */
static void expect_allowed(const char *policy, const char *kind, const char *text)
{
    struct sha256_ctx sha256;
    uint8_t digest[SHA256_DIGEST_SIZE];
    char hash[BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE) + 1] = "", source[128];
    sha256_init(&sha256);
    sha256_update(&sha256, strlen(text), (const uint8_t *)text);
    sha256_digest(&sha256, sizeof digest, digest);
    base64_encode_raw(hash, sizeof digest, digest);
    snprintf(source, sizeof source, "'sha256-%s'", hash);
    const char *rule = strstr(policy, kind), *end = rule ? strchr(rule, ';') : NULL;
    const char *found = rule ? strstr(rule, source) : NULL;
    CU_ASSERT(found && end && found < end);
}

static void policy(void)
{
    char *page = page_of("t", "{}"), *text;
    const char *at = page;
    char *rules = report_between(&at, "Content-Security-Policy\" content=\"", "\"");
    CU_ASSERT_PTR_NOT_NULL_FATAL(rules);
    CU_ASSERT_PTR_EQUAL(strstr(rules, "default-src 'none'; "), rules);
    CU_ASSERT_PTR_NULL(strstr(rules, "unsafe"));
    int styles = 0, scripts = 0;
    while ((text = report_between(&at, "<style>", "</style>")) != NULL) {
        expect_allowed(rules, "style-src", text);
        styles++;
        free(text);
    }
    at = page;
    while ((text = report_between(&at, "<script>", "</script>")) != NULL) {
        expect_allowed(rules, "script-src", text);
        scripts++;
        free(text);
    }
    CU_ASSERT_EQUAL(styles, 1);
    CU_ASSERT_EQUAL(scripts, 2);
    free(rules);
    free(page);
}

/* All places of the template are filled, and it asks for no other file. */
static void whole(void)
{
    char *page = page_of("t", "{}");
    const char *at = page;
    char *licences = report_between(&at, "<pre>", "</pre>");
    CU_ASSERT_PTR_NOT_NULL_FATAL(licences);
    CU_ASSERT_PTR_NOT_NULL(strstr(licences, "Redistribution and use"));
    CU_ASSERT_PTR_NULL(strstr(page, "{{"));
    CU_ASSERT_PTR_NULL(strstr(page, " src="));
    CU_ASSERT_PTR_NULL(strstr(page, "<link"));
    CU_ASSERT_PTR_NULL(strstr(page, "@import"));
    free(licences);
    free(page);
}

static const struct ganger_test tests[] = {
    {"hostile text", hostile_text}, {"policy", policy}, {"whole", whole}, {NULL, NULL}};
const struct ganger_suite page_suite = {"page", "unit", tests};
