#include "cli/signals.h"

#include "cli/exit.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

/* Lock-free, so the handler may touch it; atomic, because worker threads poll it. */
static atomic_int asked;
_Static_assert(ATOMIC_INT_LOCK_FREE == 2, "a signal handler needs a lock-free flag");

static void handle(int number)
{
    if (atomic_exchange(&asked, 1) != 0 && number == SIGINT) {
        _exit(GANGER_CLI_EXIT_KILLED);
    }
}

void ganger_cli_signals_catch(void)
{
    struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

bool ganger_cli_signals_stop(void *context)
{
    (void)context;
    return atomic_load_explicit(&asked, memory_order_relaxed) != 0;
}
