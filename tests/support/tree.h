/* Trees of JSON in tests. */
#ifndef GANGER_TESTS_SUPPORT_TREE_H
#define GANGER_TESTS_SUPPORT_TREE_H

#include <jansson.h>

/* A member of an object, or of a row of an array, that must be there: "works/0/moves/1/change". */
const json_t *tree_at(const json_t *tree, const char *path);
double tree_real(const json_t *tree, const char *path);
/* "" where it is no text. */
const char *tree_text(const json_t *tree, const char *path);

#endif
