#include "base/exclusive.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void ganger_exclusive_begin(void)
{
    pthread_mutex_lock(&lock);
}

void ganger_exclusive_end(void)
{
    pthread_mutex_unlock(&lock);
}
