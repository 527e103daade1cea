#include "kernels/kernel.h"
#include "quality/memory.h"

enum { ALU_STEPS = 1 << 16, ALU_CHAINS = 4, MEMORY_CELLS = 1 << 16, MEMORY_STEPS = 1 << 16 };

void *kernel_alu_create(const struct kernel_yard *yard)
{
    (void)yard;
    return quality_allocate(ALU_CHAINS, sizeof(uint64_t));
}

/* xorshift64: a chain of additions and shifts, several side by side. */
bool kernel_alu_run(void *state, struct kernel_tally *tally)
{
    (void)state;
    uint64_t x[ALU_CHAINS] = {1, 2, 3, 4};
    for (int i = 0; i < ALU_STEPS; i++) {
        for (int c = 0; c < ALU_CHAINS; c++) {
            x[c] ^= x[c] << 13;
            x[c] ^= x[c] >> 7;
            x[c] ^= x[c] << 17;
        }
    }
    tally->items = ALU_STEPS;
    kernel_digest(tally, x, sizeof x);
    return true;
}

/* One cycle through all cells (Sattolo's algorithm), so that each step waits for the one before. */
void *kernel_memory_create(const struct kernel_yard *yard)
{
    (void)yard;
    uint32_t *next = quality_allocate(MEMORY_CELLS, sizeof *next);
    struct ganger_rng rng;
    ganger_rng_init(&rng, KERNEL_SEED, 1, 0);
    for (uint32_t i = 0; i < MEMORY_CELLS; i++) {
        next[i] = i;
    }
    for (int32_t i = MEMORY_CELLS - 1; i > 0; i--) {
        int32_t j = ganger_rng_below(&rng, i);
        uint32_t kept = next[i];
        next[i] = next[j];
        next[j] = kept;
    }
    return next;
}

bool kernel_memory_run(void *state, struct kernel_tally *tally)
{
    const uint32_t *next = state;
    uint32_t at = 0;
    for (int i = 0; i < MEMORY_STEPS; i++) {
        at = next[at];
    }
    tally->items = MEMORY_STEPS;
    kernel_digest(tally, &at, sizeof at);
    return true;
}
