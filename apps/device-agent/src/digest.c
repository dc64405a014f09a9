/* SHA-256 (FIPS 180-4). */
#include "digest.h"

#include <string.h>

/* The first bits of the fractions of the cube roots of the first primes, and of their square roots. */
static const uint32_t constants[64] = {
    0x428a2f98u, 0x71374491u, 0xb5c0fbcfu, 0xe9b5dba5u, 0x3956c25bu, 0x59f111f1u, 0x923f82a4u, 0xab1c5ed5u,
    0xd807aa98u, 0x12835b01u, 0x243185beu, 0x550c7dc3u, 0x72be5d74u, 0x80deb1feu, 0x9bdc06a7u, 0xc19bf174u,
    0xe49b69c1u, 0xefbe4786u, 0x0fc19dc6u, 0x240ca1ccu, 0x2de92c6fu, 0x4a7484aau, 0x5cb0a9dcu, 0x76f988dau,
    0x983e5152u, 0xa831c66du, 0xb00327c8u, 0xbf597fc7u, 0xc6e00bf3u, 0xd5a79147u, 0x06ca6351u, 0x14292967u,
    0x27b70a85u, 0x2e1b2138u, 0x4d2c6dfcu, 0x53380d13u, 0x650a7354u, 0x766a0abbu, 0x81c2c92eu, 0x92722c85u,
    0xa2bfe8a1u, 0xa81a664bu, 0xc24b8b70u, 0xc76c51a3u, 0xd192e819u, 0xd6990624u, 0xf40e3585u, 0x106aa070u,
    0x19a4c116u, 0x1e376c08u, 0x2748774cu, 0x34b0bcb5u, 0x391c0cb3u, 0x4ed8aa4au, 0x5b9cca4fu, 0x682e6ff3u,
    0x748f82eeu, 0x78a5636fu, 0x84c87814u, 0x8cc70208u, 0x90befffau, 0xa4506cebu, 0xbef9a3f7u, 0xc67178f2u,
};
static const uint32_t first[8] = {
    0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u, 0xa54ff53au, 0x510e527fu, 0x9b05688cu, 0x1f83d9abu, 0x5be0cd19u,
};

static uint32_t turned(uint32_t value, unsigned bits) { return value >> bits | value << (32u - bits); }

static uint32_t word(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | (uint32_t)bytes[3];
}

static void take_block(struct wherry_digest *digest) {
  uint32_t words[16];
  uint32_t s[8];
  unsigned round;
  unsigned i;
  for (i = 0; i < 16u; ++i) words[i] = word(digest->block + 4u * i);
  memcpy(s, digest->state, sizeof s);
  for (round = 0; round < 64u; ++round) {
    uint32_t one;
    uint32_t two;
    if (round >= 16u) {
      const uint32_t early = words[(round + 1u) & 15u];
      const uint32_t late = words[(round + 14u) & 15u];
      words[round & 15u] += (turned(early, 7) ^ turned(early, 18) ^ early >> 3) + words[(round + 9u) & 15u] +
                            (turned(late, 17) ^ turned(late, 19) ^ late >> 10);
    }
    one = s[7] + (turned(s[4], 6) ^ turned(s[4], 11) ^ turned(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) +
          constants[round] + words[round & 15u];
    two = (turned(s[0], 2) ^ turned(s[0], 13) ^ turned(s[0], 22)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
    for (i = 7; i > 0; --i) s[i] = s[i - 1u];
    s[4] += one;
    s[0] = one + two;
  }
  for (i = 0; i < 8u; ++i) digest->state[i] += s[i];
}

void wherry_digest_begin(struct wherry_digest *digest) {
  memcpy(digest->state, first, sizeof first);
  digest->length = 0;
}

void wherry_digest_add(struct wherry_digest *digest, const uint8_t *bytes, size_t length) {
  while (length > 0) {
    const size_t held = (size_t)(digest->length & 63u);
    const size_t taken = length < 64u - held ? length : 64u - held;
    memcpy(digest->block + held, bytes, taken);
    digest->length += taken;
    bytes += taken;
    length -= taken;
    if (held + taken == 64u) take_block(digest);
  }
}

void wherry_digest_end(struct wherry_digest *digest, uint8_t result[WHERRY_DIGEST_BYTES]) {
  static const uint8_t padding[64] = {0x80};
  const uint64_t bits = 8u * digest->length;
  const size_t held = (size_t)(digest->length & 63u);
  uint8_t tail[8];
  unsigned i;
  for (i = 0; i < 8u; ++i) tail[i] = (uint8_t)(bits >> (56u - 8u * i) & 0xffu);
  wherry_digest_add(digest, padding, held < 56u ? 56u - held : 120u - held);
  wherry_digest_add(digest, tail, 8);
  for (i = 0; i < 32u; ++i) result[i] = (uint8_t)(digest->state[i / 4u] >> (24u - 8u * (i % 4u)) & 0xffu);
}
