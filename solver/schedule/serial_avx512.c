/* Serial generation for processors with AVX-512 (F, BW, VL) and BMI2: sixteen periods an instruction. */
#include "schedule/serial_isa.h"

#ifdef GANGER_SERIAL_X86
#include <immintrin.h>

#define GANGER_KERNEL(name) ganger_##name##_avx512
#define SPAN 64

/* Sixteen cells: bit k set where cells[k] has no room. */
static inline __mmask16 full(const uint32_t *cells, __m512i more, __m512i tops)
{
    return _mm512_test_epi32_mask(_mm512_add_epi32(_mm512_loadu_si512(cells), more), tops);
}

static inline uint64_t crowded(const uint32_t *cells, uint32_t demand, uint32_t guard)
{
    __m512i more = _mm512_set1_epi32((int)demand);
    __m512i tops = _mm512_set1_epi32((int)guard);
    uint64_t low = _mm512_kunpackw(full(cells + 16, more, tops), full(cells, more, tops));
    uint64_t high = _mm512_kunpackw(full(cells + 48, more, tops), full(cells + 32, more, tops));
    return low | high << 32;
}

/* The whole vector is stored, since what is stored under a mask is read back late. */
static inline void occupy_near(uint32_t *cells, uint32_t demand, uint16_t bits)
{
    __m512i have = _mm512_loadu_si512(cells), more = _mm512_set1_epi32((int)demand);
    _mm512_storeu_si512(cells, _mm512_mask_add_epi32(have, bits, have, more));
}

static inline void occupy(uint32_t *cells, uint32_t demand, int32_t periods)
{
    __m512i more = _mm512_set1_epi32((int)demand);
    for (; periods > 16; periods -= 16, cells += 16) {
        _mm512_storeu_si512(cells, _mm512_add_epi32(_mm512_loadu_si512(cells), more));
    }
    __mmask16 some = (__mmask16)((1U << periods) - 1);
    __m512i sum = _mm512_add_epi32(_mm512_loadu_si512(cells), more);
    _mm512_mask_storeu_epi32(cells, some, sum);
}

#include "schedule/serial_kernel.inc"
#endif
