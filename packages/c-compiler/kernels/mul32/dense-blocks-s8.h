/*
 * CONV_2D and FULLY_CONNECTED on int8 of one output pixel, whose window is the whole input, four channels at once. Weights as in
 * conv-2d-s8.h.
 */
#include <stdint.h>
#include "../portable/requantize-channel.h"

typedef struct {
  int32_t depth, output_c;
  int32_t low, high;
} wherry_dense_blocks;

/* The products of a value with four channels' weights. */
static inline void wherry_add_four(uint32_t *sums, int32_t value, const int8_t *weights) {
  sums[0] += (uint32_t)(value * weights[0]);
  sums[1] += (uint32_t)(value * weights[1]);
  sums[2] += (uint32_t)(value * weights[2]);
  sums[3] += (uint32_t)(value * weights[3]);
}

static inline void wherry_dense_blocks_s8(const int8_t *input, int8_t *output, const int8_t *weights,
                                          const wherry_channel *channels, const wherry_dense_blocks *s) {
  const int8_t *const end = input + s->depth, *const in_fours = end - s->depth % 4;
  const wherry_channel *const in_blocks = channels + s->output_c / 4 * 4, *const last = channels + s->output_c;
  for (; channels != in_blocks; channels += 4) {
    const int8_t *values = input;
    uint32_t sums[4];
    int32_t r;
    for (r = 0; r < 4; ++r) sums[r] = (uint32_t)channels[r].bias;
    for (; values != in_fours; values += 4, weights += 16) {
      wherry_add_four(sums, values[0], weights);
      wherry_add_four(sums, values[1], weights + 4);
      wherry_add_four(sums, values[2], weights + 8);
      wherry_add_four(sums, values[3], weights + 12);
    }
    for (; values != end; ++values, weights += 4) wherry_add_four(sums, *values, weights);
    for (r = 0; r < 4; ++r) *output++ = wherry_channel_to_s8(sums[r], channels + r, s->low, s->high);
  }
  for (; channels != last; ++channels) {
    const int8_t *values = input;
    uint32_t sum = (uint32_t)channels->bias;
    for (; values != end; ++values, ++weights) sum += (uint32_t)(*values * *weights);
    *output++ = wherry_channel_to_s8(sum, channels, s->low, s->high);
  }
}
