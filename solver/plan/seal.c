#include "plan/seal.h"

#include <nettle/sha2.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const char mark[] = "\nganger sha256 ";

static void finish(struct sha256_ctx *context, char hex[GANGER_DIGEST_SIZE])
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(context, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    }
}

void ganger_seal_write(const void *bytes, size_t size, char seal[GANGER_SEAL_SIZE + 1])
{
    struct sha256_ctx context;
    char digest[GANGER_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, size, bytes);
    finish(&context, digest);
    strcpy(seal, mark);
    strcat(seal, digest);
    strcat(seal, "\n");
}

void ganger_seal_digest(const void *array, size_t count, size_t width,
                        char digest[GANGER_DIGEST_SIZE])
{
    struct sha256_ctx context;
    const uint16_t one = 1;
    sha256_init(&context);
    if (*(const uint8_t *)&one == 1) {
        sha256_update(&context, count * width, array);
    } else {
        for (size_t i = 0; i < count * width; i++) {
            size_t mirrored = i - i % width + (width - 1 - i % width);
            sha256_update(&context, 1, (const uint8_t *)array + mirrored);
        }
    }
    finish(&context, digest);
}

bool ganger_seal_holds(const void *bytes, size_t size)
{
    char seal[GANGER_SEAL_SIZE + 1];
    if (size < GANGER_SEAL_SIZE) {
        return true;
    }
    const char *found = (const char *)bytes + (size - GANGER_SEAL_SIZE);
    if (memcmp(found, mark, strlen(mark)) != 0) {
        return true;
    }
    ganger_seal_write(bytes, size - GANGER_SEAL_SIZE, seal);
    return memcmp(found, seal, GANGER_SEAL_SIZE) == 0;
}
