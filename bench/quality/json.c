#include "quality/json.h"

#include "quality/memory.h"

#include <math.h>
#include <stdlib.h>

void quality_json_set(json_t *object, const char *name, json_t *value)
{
    if (json_object_set_new(object, name, value) != 0) {
        quality_out_of_memory();
    }
}

void quality_json_append(json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0) {
        quality_out_of_memory();
    }
}

void quality_json_real(json_t *object, const char *name, double number)
{
    if (isfinite(number)) {
        quality_json_set(object, name, json_real(number));
    }
}

void quality_json_integer(json_t *object, const char *name, int64_t number)
{
    quality_json_set(object, name, json_integer(number));
}

json_t *quality_json_text(const char *text)
{
    json_t *value = json_string(text);
    if (value == NULL) {
        char *copy = quality_copy(text);
        for (char *c = copy; *c != '\0'; c++) {
            *c = (unsigned char)*c < 0x80 ? *c : '?';
        }
        value = json_string(copy);
        free(copy);
    }
    return value;
}
