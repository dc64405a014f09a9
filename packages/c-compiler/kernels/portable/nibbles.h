/* Weights of 4 bits, four to a word, the first in its lowest bits. */
#include <stdint.h>

/* The weight in bits `shift` to `shift` + 3. */
static inline int16_t wherry_nibble_of(uint16_t word, int32_t shift) {
  return (int16_t)((int16_t)(uint16_t)(word << (12 - shift)) >> 12);
}

static inline int16_t wherry_nibble(const uint16_t *words, int32_t at) {
  return wherry_nibble_of(words[at >> 2], 4 * (at & 3));
}
