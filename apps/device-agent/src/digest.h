/* SHA-256 (FIPS 180-4). */
#ifndef WHERRY_DIGEST_H
#define WHERRY_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define WHERRY_DIGEST_BYTES 32u

struct wherry_digest {
  uint32_t state[8];
  uint8_t block[64];
  uint64_t length;
};

void wherry_digest_begin(struct wherry_digest *digest);
void wherry_digest_add(struct wherry_digest *digest, const uint8_t *bytes, size_t length);
void wherry_digest_end(struct wherry_digest *digest, uint8_t result[WHERRY_DIGEST_BYTES]);

#ifdef __cplusplus
}
#endif

#endif
