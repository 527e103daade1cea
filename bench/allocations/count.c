/*
 * Counts allocations of a program, the libraries' too: loaded before the C library by LD_PRELOAD.
 *
 * Every malloc, calloc, realloc and aligned allocation is one, freeing is none. At the end the count is written to the file
 * that the environment variable GANGER_ALLOCATIONS names; a program may ask in between.
 */
#include <inttypes.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

/* glibc's own names, so that no symbol need be looked up by code that itself allocates. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

int64_t ganger_bench_allocations(void);

static atomic_int_fast64_t allocations;

static void count_one(void)
{
    atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
}

int64_t ganger_bench_allocations(void)
{
    return atomic_load_explicit(&allocations, memory_order_relaxed);
}

void *malloc(size_t size)
{
    count_one();
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    count_one();
    return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    count_one();
    return __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size)
{
    count_one();
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    count_one();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
    enum { NO_MEMORY = 12 };
    count_one();
    void *made = __libc_memalign(alignment, size);
    if (made == NULL) {
        return NO_MEMORY;
    }
    *memory = made;
    return 0;
}

__attribute__((destructor)) static void report(void)
{
    int64_t count = ganger_bench_allocations();
    const char *path = getenv("GANGER_ALLOCATIONS");
    FILE *file = path != NULL ? fopen(path, "w") : NULL;
    if (file != NULL) {
        fprintf(file, "%" PRId64 "\n", count);
        fclose(file);
    }
}
