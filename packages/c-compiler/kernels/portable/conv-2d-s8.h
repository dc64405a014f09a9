/*
 * CONV_2D and FULLY_CONNECTED on int8 with weights of a byte. They stand in blocks of four output channels,
 * [O / 4][H][W][C / groups][4], then those that are left, [O % 4][H][W][C / groups]; no block belongs to two groups.
 */
#include <stdint.h>
#include "conv-2d.h"

/* Adds the products of `count` values with four channels of weights. */
static inline const int8_t *wherry_dot_four_s8(uint32_t *sums, const int8_t *values, const int8_t *weights, int32_t count) {
  uint32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
  const int8_t *const end = values + count;
  while (values != end) {
    const int32_t value = *values++;
    s0 += (uint32_t)(value * weights[0]);
    s1 += (uint32_t)(value * weights[1]);
    s2 += (uint32_t)(value * weights[2]);
    s3 += (uint32_t)(value * weights[3]);
    weights += 4;
  }
  sums[0] = s0;
  sums[1] = s1;
  sums[2] = s2;
  sums[3] = s3;
  return weights;
}

/* All channels of a group at one pixel; `rows` are filter_h runs of `run` values, `pitch` apart. */
static inline void wherry_conv_2d_pixel_s8(const int8_t *rows, int32_t pitch, int32_t run, int8_t *output,
                                           const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                                           const int8_t *shifts, int32_t channels, const wherry_conv_2d *s) {
  const int32_t in_blocks = channels - channels % 4;
  int32_t o, r;
  for (o = 0; o < in_blocks; o += 4) {
    uint32_t sums[4];
    for (r = 0; r < 4; ++r) sums[r] = (uint32_t)bias[o + r];
    for (r = 0; r < s->filter_h; ++r) weights = wherry_dot_four_s8(sums, rows + r * pitch, weights, run);
    for (r = 0; r < 4; ++r) output[o + r] = wherry_requantize(sums[r], multipliers[o + r], shifts[o + r], &s->to);
  }
  for (o = in_blocks; o < channels; ++o) {
    uint32_t sum = (uint32_t)bias[o];
    for (r = 0; r < s->filter_h; ++r) {
      const int8_t *values = rows + r * pitch;
      const int8_t *const end = values + run;
      while (values != end) sum += (uint32_t)(*values++ * *weights++);
    }
    output[o] = wherry_requantize(sum, multipliers[o], shifts[o], &s->to);
  }
}

static inline int32_t wherry_weights_s8(int32_t channels, int32_t rows, int32_t run) {
  return channels * rows * run;
}

WHERRY_DEFINE_CONV_2D(wherry_conv_2d_s8, int8_t, wherry_conv_2d_pixel_s8, wherry_weights_s8)
