#include "kernels/allocations.h"

#include <dlfcn.h>
#include <string.h>

int64_t kernel_allocations(void)
{
    void *symbol = dlsym(RTLD_DEFAULT, "ganger_bench_allocations");
    int64_t (*count)(void);
    if (symbol == NULL) {
        return -1;
    }
    memcpy(&count, &symbol, sizeof count); /* a pointer to data is none to a function in ISO C */
    return count();
}
