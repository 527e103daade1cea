/* The main of every test executable; exits with 0 only if tests ran and none failed. */
#include "support/test.h"

#include <CUnit/Basic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] = "usage: %s [--list | --suite NAME... | --expect LABEL:SUITE...]\n"
                            "  --list    print each suite as LABEL:SUITE\n"
                            "  --suite   run only the suites named\n"
                            "  --expect  fail unless exactly these suites exist, in any order\n";

static int list_suites(void)
{
    for (const struct ganger_suite *const *suite = ganger_suites; *suite != NULL; suite++) {
        printf("%s:%s\n", (*suite)->label, (*suite)->name);
    }
    return EXIT_SUCCESS;
}

static bool listed(const char *label, const char *name, int count, char **entries)
{
    size_t label_length = strlen(label);
    for (int i = 0; i < count; i++) {
        if (strncmp(entries[i], label, label_length) == 0 && entries[i][label_length] == ':' &&
            strcmp(entries[i] + label_length + 1, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Compares suites.c with the list that CTest was given. */
static int expect_suites(int count, char **entries)
{
    int result = EXIT_SUCCESS;
    int suites = 0;
    for (const struct ganger_suite *const *suite = ganger_suites; *suite != NULL; suite++) {
        suites++;
        if (!listed((*suite)->label, (*suite)->name, count, entries)) {
            fprintf(stderr, "%s:%s is missing from suites.cmake\n", (*suite)->label,
                    (*suite)->name);
            result = EXIT_FAILURE;
        }
    }
    if (suites != count) {
        fprintf(stderr, "suites.c has %d suites, suites.cmake %d\n", suites, count);
        result = EXIT_FAILURE;
    }
    return result;
}

static bool selected(const char *name, int count, char **names)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return count == 0;
}

static bool add_suite(const struct ganger_suite *suite)
{
    CU_pSuite added = CU_add_suite(suite->name, NULL, NULL);
    for (const struct ganger_test *test = suite->tests; added != NULL && test->name != NULL;
         test++) {
        if (CU_add_test(added, test->name, test->run) == NULL) {
            return false;
        }
    }
    return added != NULL;
}

static int run_suites(int count, char **names)
{
    if (CU_initialize_registry() != CUE_SUCCESS) {
        return EXIT_FAILURE;
    }
    int added = 0;
    bool ok = true;
    for (const struct ganger_suite *const *suite = ganger_suites; ok && *suite != NULL; suite++) {
        if (selected((*suite)->name, count, names)) {
            ok = add_suite(*suite);
            added++;
        }
    }
    if (!ok) {
        fprintf(stderr, "cannot register the tests: %s\n", CU_get_error_msg());
    } else if (count > 0 && added != count) {
        fprintf(stderr, "%d of the %d suites named exist\n", added, count);
        ok = false;
    } else {
        CU_basic_set_mode(CU_BRM_VERBOSE);
        /* CUnit reports failed assertions in its counters only, not in what it returns. */
        ok = CU_basic_run_tests() == CUE_SUCCESS && CU_get_number_of_failures() == 0 &&
             CU_get_number_of_tests_failed() == 0 && CU_get_number_of_suites_failed() == 0 &&
             CU_get_number_of_tests_run() > 0;
    }
    CU_cleanup_registry();
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    if (argc == 1) {
        return run_suites(0, NULL);
    }
    if (strcmp(argv[1], "--list") == 0 && argc == 2) {
        return list_suites();
    }
    if (strcmp(argv[1], "--suite") == 0 && argc > 2) {
        return run_suites(argc - 2, argv + 2);
    }
    if (strcmp(argv[1], "--expect") == 0) {
        return expect_suites(argc - 2, argv + 2);
    }
    fprintf(stderr, usage, argv[0]);
    return EXIT_FAILURE;
}
