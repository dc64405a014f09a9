/*
 * DEPTHWISE_CONV_2D on int8. Input [N,H,W,C], weights [H,W,C * multiplier], output [N,H,W,C * multiplier]. The bias has the
 * input's zero point folded in, so that values are multiplied as they are stored.
 */
#include <stdint.h>
#include "depthwise-taps.h"

/* `taps` has room for filter_h * filter_w pointers; `padding` are input_c zero points. */
static inline void wherry_depthwise_conv_2d_s8(const int8_t *input, int8_t *output, const int8_t **taps,
                                               const int8_t *padding, const int8_t *weights, const int32_t *bias,
                                               const int32_t *multipliers, const int8_t *shifts,
                                               const wherry_depthwise_conv_2d *s) {
  const int32_t channels = s->input_c * s->depth_multiplier, count = s->filter_h * s->filter_w;
  const int32_t in_blocks = s->depth_multiplier == 1 ? channels - channels % 4 : 0;
  int32_t batch, y, x, c, t;
  for (batch = 0; batch < s->batches; ++batch) {
    for (y = -s->top; y < s->output_h * s->stride_h - s->top; y += s->stride_h) {
      for (x = -s->left; x < s->output_w * s->stride_w - s->left; x += s->stride_w) {
        wherry_depthwise_taps_s8(input, y, x, taps, padding, s);
        for (c = 0; c < in_blocks; c += 4) {
          const int8_t *w = weights + c;
          uint32_t s0 = (uint32_t)bias[c], s1 = (uint32_t)bias[c + 1];
          uint32_t s2 = (uint32_t)bias[c + 2], s3 = (uint32_t)bias[c + 3];
          for (t = 0; t < count; ++t, w += channels) {
            const int8_t *const values = taps[t] + c;
            s0 += (uint32_t)(values[0] * w[0]);
            s1 += (uint32_t)(values[1] * w[1]);
            s2 += (uint32_t)(values[2] * w[2]);
            s3 += (uint32_t)(values[3] * w[3]);
          }
          output[c] = wherry_requantize(s0, multipliers[c], shifts[c], &s->to);
          output[c + 1] = wherry_requantize(s1, multipliers[c + 1], shifts[c + 1], &s->to);
          output[c + 2] = wherry_requantize(s2, multipliers[c + 2], shifts[c + 2], &s->to);
          output[c + 3] = wherry_requantize(s3, multipliers[c + 3], shifts[c + 3], &s->to);
        }
        for (c = in_blocks; c < channels; ++c) {
          uint32_t sum = (uint32_t)bias[c];
          for (t = 0; t < count; ++t) sum += (uint32_t)(taps[t][c / s->depth_multiplier] * weights[t * channels + c]);
          output[c] = wherry_requantize(sum, multipliers[c], shifts[c], &s->to);
        }
        output += channels;
      }
    }
    input += s->input_h * s->input_w * s->input_c;
  }
}
