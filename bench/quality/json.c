#include "quality/json.h"

#include "cli/message.h"
#include "quality/memory.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* Fills the new file; returns 0 or an errno. */
static int fill(int fd, const json_t *document)
{
    FILE *file = fdopen(fd, "w");
    if (file == NULL) {
        int error = errno;
        close(fd);
        return error;
    }
    bool good = json_dumpf(document, file, JSON_INDENT(1) | JSON_REAL_PRECISION(15)) == 0 &&
                fputc('\n', file) != EOF && fflush(file) == 0 && fsync(fd) == 0;
    int error = good ? 0 : errno;
    if (fclose(file) != 0 && error == 0) {
        error = errno;
    }
    return error;
}

/* mkstemp makes files that only their owner may read. */
static mode_t usual_mode(void)
{
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

bool quality_json_write(const json_t *document, const char *path)
{
    char *aside = quality_format("%s.XXXXXX", path);
    int fd = mkstemp(aside), error = fd < 0 ? errno : 0;
    if (fd >= 0) {
        fchmod(fd, usual_mode());
        error = fill(fd, document);
        if (error == 0 && rename(aside, path) != 0) {
            error = errno;
        }
        if (error != 0) {
            unlink(aside);
        }
    }
    if (error != 0) {
        ganger_cli_error("%s: could not be written: %s", path, strerror(error));
    }
    free(aside);
    return error == 0;
}
