#include "quality/memory.h"

#include "cli/message.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void quality_out_of_memory(void)
{
    ganger_cli_error("out of memory");
    exit(GANGER_CLI_EXIT_INTERNAL);
}

void *quality_allocate(size_t count, size_t size)
{
    void *memory = calloc(count > 0 ? count : 1, size);
    if (memory == NULL) {
        quality_out_of_memory();
    }
    return memory;
}

void *quality_reallocate(void *memory, size_t count, size_t size)
{
    void *moved = reallocarray(memory, count > 0 ? count : 1, size);
    if (moved == NULL) {
        quality_out_of_memory();
    }
    return moved;
}

char *quality_copy(const char *text)
{
    char *copy = strdup(text);
    if (copy == NULL) {
        quality_out_of_memory();
    }
    return copy;
}

char *quality_format(const char *format, ...)
{
    char *text = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0) {
        quality_out_of_memory();
    }
    return text;
}
