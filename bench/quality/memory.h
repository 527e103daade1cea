/*
 * Memory of the harness. It is a program that holds little, so running out of memory ends it.
 */
#ifndef GANGER_BENCH_QUALITY_MEMORY_H
#define GANGER_BENCH_QUALITY_MEMORY_H

#include <stddef.h>

/* Ends the program with a message. */
_Noreturn void quality_out_of_memory(void);

/* Zeroed; never NULL. Free with free(). */
void *quality_allocate(size_t count, size_t size);
void *quality_reallocate(void *memory, size_t count, size_t size);
char *quality_copy(const char *text);
char *quality_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
