/*
 * Building JSON. Values are taken; a failure can only be lack of memory, which ends the program.
 */
#ifndef GANGER_BENCH_QUALITY_JSON_H
#define GANGER_BENCH_QUALITY_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

void quality_json_set(json_t *object, const char *name, json_t *value);
void quality_json_append(json_t *array, json_t *value);
/* Left out if NaN or infinite, which JSON does not know. */
void quality_json_real(json_t *object, const char *name, double number);
void quality_json_integer(json_t *object, const char *name, int64_t number);
/* Bytes that are not UTF-8 become '?'. */
json_t *quality_json_text(const char *text);
/* Aside, synced, renamed. False, with a message, if that fails. */
bool quality_json_write(const json_t *document, const char *path);

#endif
