#include "quality/pool.h"

#include "quality/memory.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* One place for a process. */
struct slot {
    int task; /* -1: free */
    pid_t process;
    int fd;
    double deadline_s;
    bool hung;
    size_t received;
    struct quality_answer answer;
};

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* The life of a task's process. It leaves by _exit, so that nothing buffered by the parent is printed a
 * second time. */
static _Noreturn void child_run(const struct quality_pool *pool, int task, int fd, pid_t parent)
{
    struct quality_answer answer;
    struct rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) { /* it died before the line above */
        _exit(1);
    }
    quality_answer_init(&answer);
    pool->work(task, &answer, pool->work_context);
    const char *next = (const char *)&answer;
    for (size_t left = sizeof answer; left > 0;) {
        ssize_t sent = write(fd, next, left);
        if (sent < 0 && errno != EINTR) {
            _exit(1);
        }
        left -= sent > 0 ? (size_t)sent : 0;
        next += sent > 0 ? sent : 0;
    }
    _exit(0);
}

static void slot_fail(struct slot *slot, const char *what, const char *detail)
{
    quality_answer_init(&slot->answer);
    snprintf(slot->answer.message, sizeof slot->answer.message, "%s%s", what, detail);
}

static void slot_start(const struct quality_pool *pool, struct slot *slot, int task)
{
    int ends[2];
    *slot = (struct slot){.task = task, .process = -1, .fd = -1};
    if (pipe(ends) != 0) {
        slot_fail(slot, "no pipe: ", strerror(errno));
        return;
    }
    pid_t parent = getpid();
    slot->process = fork();
    if (slot->process == 0) {
        close(ends[0]);
        child_run(pool, task, ends[1], parent);
    }
    int error = errno;
    close(ends[1]);
    slot->fd = ends[0];
    slot->deadline_s = now_s() + pool->watchdog_s;
    if (slot->process < 0) {
        close(slot->fd);
        slot_fail(slot, "no process: ", strerror(error));
    }
}

/* Takes what has come; true at the end of the pipe, which is the end of the process. */
static bool slot_receive(struct slot *slot)
{
    char overflow;
    bool full = slot->received == sizeof slot->answer;
    void *where = full ? &overflow : (char *)&slot->answer + slot->received;
    ssize_t got = read(slot->fd, where, full ? 1 : sizeof slot->answer - slot->received);
    if (got > 0 && !full) {
        slot->received += (size_t)got;
    }
    return got == 0 || (got < 0 && errno != EINTR);
}

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + 1e-6 * (double)time.tv_usec;
}

/* Waits for the ended process and judges how it ended. */
static void slot_reap(const struct quality_pool *pool, struct slot *slot)
{
    struct rusage usage;
    int how = 0;
    char text[96];
    close(slot->fd);
    while (wait4(slot->process, &how, 0, &usage) < 0 && errno == EINTR) {
    }
    if (slot->hung) {
        snprintf(text, sizeof text, "%g s", pool->watchdog_s);
        slot_fail(slot, "hung: killed by the watchdog after ", text);
    } else if (WIFSIGNALED(how)) {
        snprintf(text, sizeof text, "%d (%s)", WTERMSIG(how), strsignal(WTERMSIG(how)));
        slot_fail(slot, "killed by signal ", text);
    } else if (WEXITSTATUS(how) != 0 || slot->received != sizeof slot->answer) {
        snprintf(text, sizeof text, "%d", WEXITSTATUS(how));
        slot_fail(slot, "ended without an answer, exit code ", text);
    }
    slot->answer.cpu_s = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    slot->answer.peak_rss_kb = (double)usage.ru_maxrss;
}

/* Frees the slot and hands its answer out. */
static void slot_finish(const struct quality_pool *pool, struct slot *slot)
{
    pool->on_done(slot->task, &slot->answer, pool->done_context);
    slot->task = -1;
}

/* Milliseconds until the first deadline. */
static int patience_ms(const struct quality_pool *pool, const struct slot *slots)
{
    double first_s = INFINITY;
    for (int i = 0; i < pool->jobs; i++) {
        if (slots[i].task >= 0 && !slots[i].hung) {
            first_s = fmin(first_s, slots[i].deadline_s);
        }
    }
    double wait_ms = ceil(1000 * fmax(0.0, first_s - now_s()));
    return wait_ms < 60000 ? (int)wait_ms : 60000;
}

static void pool_wait(const struct quality_pool *pool, struct slot *slots, struct pollfd *polls)
{
    for (int i = 0; i < pool->jobs; i++) {
        polls[i] = (struct pollfd){.fd = slots[i].task >= 0 ? slots[i].fd : -1, .events = POLLIN};
    }
    if (poll(polls, (nfds_t)pool->jobs, patience_ms(pool, slots)) < 0) {
        return; /* interrupted: the caller comes back */
    }
    for (int i = 0; i < pool->jobs; i++) {
        struct slot *slot = &slots[i];
        if (polls[i].fd < 0) {
            continue;
        }
        if (polls[i].revents != 0 && slot_receive(slot)) {
            slot_reap(pool, slot);
            slot_finish(pool, slot);
        } else if (!slot->hung && now_s() >= slot->deadline_s) {
            slot->hung = true; /* the end of its pipe follows */
            kill(slot->process, SIGKILL);
        }
    }
}

void quality_pool_run(const struct quality_pool *pool)
{
    struct slot *slots = quality_allocate((size_t)pool->jobs, sizeof *slots);
    struct pollfd *polls = quality_allocate((size_t)pool->jobs, sizeof *polls);
    int next = 0, busy;
    for (int i = 0; i < pool->jobs; i++) {
        slots[i].task = -1;
    }
    do {
        busy = 0;
        for (int i = 0; i < pool->jobs; i++) {
            while (slots[i].task < 0 && next < pool->tasks) {
                slot_start(pool, &slots[i], next++);
                if (slots[i].process < 0) {
                    slot_finish(pool, &slots[i]);
                }
            }
            busy += slots[i].task >= 0;
        }
        if (busy > 0) {
            pool_wait(pool, slots, polls);
        }
    } while (busy > 0);
    free(slots);
    free(polls);
}
