/* Serial generation in portable C: one period at a time, all renewables of a plane at once. */
#include "schedule/serial_isa.h"

#define GANGER_KERNEL(name) ganger_##name##_portable
#define SPAN 16

static inline uint64_t crowded(const uint32_t *cells, uint32_t demand, uint32_t guard)
{
    uint64_t bad = 0;
    for (int k = 0; k < SPAN; k++) {
        bad |= (uint64_t)(((cells[k] + demand) & guard) != 0) << k;
    }
    return bad;
}

static inline void occupy(uint32_t *cells, uint32_t demand, int32_t periods)
{
    for (int32_t t = 0; t < periods; t++) {
        cells[t] += demand;
    }
}

static inline void occupy_near(uint32_t *cells, uint32_t demand, uint16_t bits)
{
    for (; bits != 0; bits >>= 1) {
        *cells++ += demand;
    }
}

#include "schedule/serial_kernel.inc"
