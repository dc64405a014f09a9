/* SOFTMAX on int16 along the last dimension: exponentials and reciprocals from places with straight lines between them. */
#include <stdint.h>
#include "clamp.h"
#include "scale.h"

typedef struct {
  /* Rows of `depth` values. */
  int32_t rows, depth;
  /* From differences to steps of 10 / 65535. */
  int32_t multiplier, shift;
} wherry_softmax;

/* What 513 places say of any int16. */
static inline int32_t wherry_interpolated(const int16_t *places, int32_t value) {
  const int32_t place = 256 + (value >> 7);
  const int32_t slope = (int16_t)((int32_t)places[place + 1] - places[place]);
  return places[place] + ((slope * (value & 127) + 64) >> 7);
}

static inline void wherry_softmax_s16(const int16_t *input, int16_t *output, const int16_t *exponentials,
                                      const int16_t *reciprocals, const wherry_softmax *s) {
  int32_t row, c;
  for (row = 0; row < s->rows; ++row, input += s->depth, output += s->depth) {
    int32_t most = -32768, headroom = 0, share, bits;
    uint32_t sum = 0;
    for (c = 0; c < s->depth; ++c)
      if (input[c] > most) most = input[c];
    for (c = 0; c < s->depth; ++c) {
      const int32_t difference = wherry_scale(input[c] - most, s->multiplier, s->shift);
      const int32_t power = wherry_interpolated(exponentials, wherry_clamp(difference, -65535, 0) + 32767);
      sum += (uint32_t)power;
      output[c] = (int16_t)power;
    }
    while ((sum << headroom & 0x80000000u) == 0) ++headroom;
    /* One integer bit and 16 fraction bits, of which the one is left away. */
    share = (int32_t)(((sum << (headroom - 1)) + 8192) >> 14) - 98304;
    share = wherry_interpolated(reciprocals, share > 32767 ? 32767 : share);
    bits = 31 - headroom;
    for (c = 0; c < s->depth; ++c)
      output[c] = (int16_t)wherry_clamp((output[c] * share + ((int32_t)1 << (bits - 1))) >> bits, 0, 32767);
  }
}
