/*
 * Jobs that use threads themselves, side by side. They run on threads of POSIX, since a parallel region inside another
 * would get one thread only; every such thread has its own team in OpenMP.
 */
#include "parallel/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct queue {
    _Atomic int32_t next;
    int32_t jobs;
    void (*job)(int32_t index, void *context);
    void *context;
};

static void *work(void *argument)
{
    struct queue *queue = argument;
    for (int32_t i = atomic_fetch_add(&queue->next, 1); i < queue->jobs;
         i = atomic_fetch_add(&queue->next, 1)) {
        queue->job(i, queue->context);
    }
    return NULL;
}

void ganger_parallel_abreast(int abreast, int32_t jobs, void (*job)(int32_t index, void *context),
                             void *context)
{
    struct queue queue = {.jobs = jobs, .job = job, .context = context};
    int count = abreast < jobs ? abreast : jobs;
    pthread_t *threads = count > 1 ? malloc((size_t)count * sizeof *threads) : NULL;
    int started = 0;
    atomic_init(&queue.next, 0);
    while (threads && started < count &&
           pthread_create(&threads[started], NULL, work, &queue) == 0) {
        started++;
    }
    if (started == 0) {
        work(&queue);
    }
    for (int i = 0; i < started; i++) {
        pthread_join(threads[i], NULL);
    }
    free(threads);
}
