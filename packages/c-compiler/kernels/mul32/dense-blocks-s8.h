/*
 * CONV_2D and FULLY_CONNECTED on int8 of one output pixel, whose window is the whole input, four channels at once. Weights as in
 * conv-2d-s8.h.
 */
#include <stdint.h>
#include "../portable/requantize-channel.h"

typedef struct {
  int32_t depth, output_c;
  int32_t low, high;
  /* From the scale of a channel to that of the next: 0 where one is that of all. */
  int32_t scales_apart;
} wherry_dense_blocks;

/* The products of a value with four channels' weights. */
static inline void wherry_add_four(uint32_t *sums, int32_t value, const int8_t *weights) {
  sums[0] += (uint32_t)(value * weights[0]);
  sums[1] += (uint32_t)(value * weights[1]);
  sums[2] += (uint32_t)(value * weights[2]);
  sums[3] += (uint32_t)(value * weights[3]);
}

static inline void wherry_dense_blocks_s8(const int8_t *input, int8_t *output, const int8_t *weights,
                                          const int32_t *bias, const wherry_small_scale *scale,
                                          const wherry_dense_blocks *s) {
  const int8_t *const end = input + s->depth, *const in_fours = end - s->depth % 4;
  const int32_t *const in_blocks = bias + s->output_c / 4 * 4, *const last = bias + s->output_c;
  const int32_t apart = s->scales_apart, low = s->low, high = s->high;
  for (; bias != in_blocks; bias += 4) {
    const int8_t *values = input;
    uint32_t sums[4];
    int32_t r;
    for (r = 0; r < 4; ++r) sums[r] = (uint32_t)bias[r];
    for (; values != in_fours; values += 4, weights += 16) {
      wherry_add_four(sums, values[0], weights);
      wherry_add_four(sums, values[1], weights + 4);
      wherry_add_four(sums, values[2], weights + 8);
      wherry_add_four(sums, values[3], weights + 12);
    }
    for (; values != end; ++values, weights += 4) wherry_add_four(sums, *values, weights);
    for (r = 0; r < 4; ++r, scale += apart) *output++ = wherry_channel_to_s8(sums[r], scale, low, high);
  }
  for (; bias != last; ++bias, scale += apart) {
    const int8_t *values = input;
    uint32_t sum = (uint32_t)*bias;
    for (; values != end; ++values, ++weights) sum += (uint32_t)(*values * *weights);
    *output++ = wherry_channel_to_s8(sum, scale, low, high);
  }
}
