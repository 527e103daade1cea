/* Serial generation for processors with AVX2 and BMI2: eight periods an instruction. */
#include "schedule/serial_isa.h"

#ifdef GANGER_SERIAL_X86
#include <immintrin.h>

#define GANGER_KERNEL(name) ganger_##name##_avx2
#define SPAN 32

/* The top bits of eight cells whose guards were tested, as a mask of clear ones. */
static inline uint64_t roomy(const uint32_t *cells, __m256i more, __m256i tops)
{
    __m256i sum = _mm256_add_epi32(_mm256_loadu_si256((const __m256i *)(const void *)cells), more);
    __m256i fits = _mm256_cmpeq_epi32(_mm256_and_si256(sum, tops), _mm256_setzero_si256());
    return (uint64_t)(uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(fits));
}

static inline uint64_t crowded(const uint32_t *cells, uint32_t demand, uint32_t guard)
{
    __m256i more = _mm256_set1_epi32((int)demand);
    __m256i tops = _mm256_set1_epi32((int)guard);
    uint64_t room = roomy(cells, more, tops) | roomy(cells + 8, more, tops) << 8 |
                    roomy(cells + 16, more, tops) << 16 | roomy(cells + 24, more, tops) << 24;
    return ~room & UINT32_MAX;
}

static inline void occupy_near(uint32_t *cells, uint32_t demand, uint16_t bits)
{
    const __m256i place = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
    for (int k = 0; k < 16; k += 8, bits = (uint16_t)(bits >> 8)) {
        __m256i *at = (__m256i *)(void *)(cells + k);
        __m256i set = _mm256_and_si256(_mm256_set1_epi32(bits), place);
        __m256i more =
            _mm256_and_si256(_mm256_cmpeq_epi32(set, place), _mm256_set1_epi32((int)demand));
        _mm256_storeu_si256(at, _mm256_add_epi32(_mm256_loadu_si256(at), more));
    }
}

static inline void occupy(uint32_t *cells, uint32_t demand, int32_t periods)
{
    for (int32_t t = 0; t < periods; t++) {
        cells[t] += demand;
    }
}

#include "schedule/serial_kernel.inc"
#endif
