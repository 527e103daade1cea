#include "plan/seal.h"

#include <nettle/sha2.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const char mark[] = "\nganger sha256 ";

void ganger_seal_write(const void *bytes, size_t size, char seal[GANGER_SEAL_SIZE + 1])
{
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, size, bytes);
    sha256_digest(&context, sizeof digest, digest);
    strcpy(seal, mark);
    for (size_t i = 0; i < sizeof digest; i++) {
        snprintf(seal + strlen(mark) + 2 * i, 3, "%02x", digest[i]);
    }
    strcat(seal, "\n");
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
