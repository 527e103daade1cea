#include "support/tree.h"

#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const json_t *tree_at(const json_t *tree, const char *path)
{
    char copy[128], *rest = NULL;
    snprintf(copy, sizeof copy, "%s", path);
    for (char *key = strtok_r(copy, "/", &rest); key; key = strtok_r(NULL, "/", &rest)) {
        tree = json_is_array(tree) ? json_array_get(tree, (size_t)strtol(key, NULL, 10))
                                   : json_object_get(tree, key);
    }
    CU_ASSERT_PTR_NOT_NULL(tree);
    if (!tree) {
        fprintf(stderr, "%s is missing\n", path);
    }
    return tree;
}

double tree_real(const json_t *tree, const char *path)
{
    return json_number_value(tree_at(tree, path));
}

const char *tree_text(const json_t *tree, const char *path)
{
    const char *text = json_string_value(tree_at(tree, path));
    return text ? text : "";
}
