/*
 * CONV_2D and FULLY_CONNECTED on int8 with weights of 4 bits. A word of a block of four output channels has one of each,
 * [O / 4][H][W][C / groups]; the channels that are left stand in words of their own behind them, [O % 4][H][W][C / groups]; no
 * word belongs to two groups.
 */
#include <stdint.h>
#include "conv-2d.h"
#include "nibbles.h"

/* Adds the products of `count` values with four channels of weights. */
static inline const uint16_t *wherry_dot_four_s4(uint32_t *sums, const int8_t *values, const uint16_t *weights,
                                                 int32_t count) {
  uint32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
  const int8_t *const end = values + count;
  while (values != end) {
    const int32_t value = *values++;
    const uint16_t word = *weights++;
    s0 += (uint32_t)(value * wherry_nibble_of(word, 0));
    s1 += (uint32_t)(value * wherry_nibble_of(word, 4));
    s2 += (uint32_t)(value * wherry_nibble_of(word, 8));
    s3 += (uint32_t)(value * wherry_nibble_of(word, 12));
  }
  sums[0] = s0;
  sums[1] = s1;
  sums[2] = s2;
  sums[3] = s3;
  return weights;
}

/* All channels of a group at one pixel; `rows` are filter_h runs of `run` values, `pitch` apart. */
static inline void wherry_conv_2d_pixel_s4(const int8_t *rows, int32_t pitch, int32_t run, int8_t *output,
                                           const uint16_t *weights, const int32_t *bias, const int32_t *multipliers,
                                           const int8_t *shifts, int32_t channels, const wherry_conv_2d *s) {
  const int32_t in_blocks = channels - channels % 4;
  int32_t o, r, k, at = 0;
  for (o = 0; o < in_blocks; o += 4) {
    uint32_t sums[4];
    for (r = 0; r < 4; ++r) sums[r] = (uint32_t)bias[o + r];
    for (r = 0; r < s->filter_h; ++r) weights = wherry_dot_four_s4(sums, rows + r * pitch, weights, run);
    for (r = 0; r < 4; ++r) output[o + r] = wherry_requantize(sums[r], multipliers[o + r], shifts[o + r], &s->to);
  }
  for (o = in_blocks; o < channels; ++o) {
    uint32_t sum = (uint32_t)bias[o];
    for (r = 0; r < s->filter_h; ++r)
      for (k = 0; k < run; ++k) sum += (uint32_t)((int32_t)rows[r * pitch + k] * wherry_nibble(weights, at++));
    output[o] = wherry_requantize(sum, multipliers[o], shifts[o], &s->to);
  }
}

static inline int32_t wherry_words_s4(int32_t channels, int32_t rows, int32_t run) {
  const int32_t length = rows * run;
  return channels / 4 * length + (channels % 4 * length + 3) / 4;
}

WHERRY_DEFINE_CONV_2D(wherry_conv_2d_s4, uint16_t, wherry_conv_2d_pixel_s4, wherry_words_s4)
