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

#define NEAR 32

/* Near by, eight at a time: most loads of sixteen would cross a cache line, and wait for what was just stored
 * under another alignment. */
static inline __mmask8 full_near(const uint32_t *cells, __m256i more, __m256i tops)
{
    __m256i have = _mm256_loadu_si256((const __m256i *)(const void *)cells);
    return _mm256_test_epi32_mask(_mm256_add_epi32(have, more), tops);
}

static inline uint64_t crowded_near(const uint32_t *cells, uint32_t demand, uint32_t guard)
{
    __m256i more = _mm256_set1_epi32((int)demand);
    __m256i tops = _mm256_set1_epi32((int)guard);
    __mmask16 low = _mm512_kunpackb(full_near(cells + 8, more, tops), full_near(cells, more, tops));
    __mmask16 high =
        _mm512_kunpackb(full_near(cells + 24, more, tops), full_near(cells + 16, more, tops));
    return _mm512_kunpackw(high, low);
}

/* Whole vectors are stored, since what is stored under a mask is read back late. */
static inline void occupy_near(uint32_t *cells, uint32_t demand, uint16_t bits)
{
    for (int k = 0; k < 16; k += 8, bits = (uint16_t)(bits >> 8)) {
        __m256i *at = (__m256i *)(void *)(cells + k);
        __m256i more = _mm256_maskz_set1_epi32((__mmask8)bits, (int)demand);
        _mm256_storeu_si256(at, _mm256_add_epi32(_mm256_loadu_si256(at), more));
    }
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
