/*
 * DEPTHWISE_CONV_2D on int8 for the vector unit of Armv8.1-M, one output channel for each of the input. Input [N,H,W,C],
 * weights [H,W,C], output [N,H,W,C]. The bias has the input's zero point folded in.
 */
#include <stdint.h>
#include "depthwise-taps.h"
#include "requantize-four.h"

#ifdef WHERRY_MVE
/* Sixteen channels: their sums over all taps. */
static inline void wherry_sixteen_lanes(int32x4_t *sums, const int8_t *const *taps, int32_t first, const int8_t *weights,
                                        int32_t step, int32_t count) {
  int32x4_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
  do {
    const int8_t *const values = *taps++ + first;
    s0 = vaddq_s32(s0, vmulq_s32(vldrbq_s32(values), vldrbq_s32(weights)));
    s1 = vaddq_s32(s1, vmulq_s32(vldrbq_s32(values + 4), vldrbq_s32(weights + 4)));
    s2 = vaddq_s32(s2, vmulq_s32(vldrbq_s32(values + 8), vldrbq_s32(weights + 8)));
    s3 = vaddq_s32(s3, vmulq_s32(vldrbq_s32(values + 12), vldrbq_s32(weights + 12)));
    weights += step;
  } while (--count > 0);
  sums[0] = s0;
  sums[1] = s1;
  sums[2] = s2;
  sums[3] = s3;
}
#endif

/* Channels of one pixel in blocks of vectors, as far as they go. Returns how many. */
static inline int32_t wherry_depthwise_blocks(const int8_t *const *taps, int32_t count, int8_t *output,
                                              const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                                              const int8_t *shifts, const wherry_depthwise_conv_2d *s) {
  int32_t c = 0;
#ifdef WHERRY_MVE
  const int32_t channels = s->input_c;
  int32_t i, t;
  for (; c + 16 <= channels; c += 16) {
    int32x4_t sums[4];
    for (i = 0; i < 4; ++i) sums[i] = vldrwq_s32(bias + c + 4 * i);
    wherry_sixteen_lanes(sums, taps, c, weights + c, channels, count);
    for (i = 0; i < 4; ++i) {
      const int32_t at = c + 4 * i;
      wherry_requantize_vector(sums[i], output + at, multipliers + at, shifts + at, &s->to);
    }
  }
  for (; c + 4 <= channels; c += 4) {
    int32x4_t sum = vldrwq_s32(bias + c);
    for (t = 0; t < count; ++t)
      sum = vaddq_s32(sum, vmulq_s32(vldrbq_s32(taps[t] + c), vldrbq_s32(weights + t * channels + c)));
    wherry_requantize_vector(sum, output + c, multipliers + c, shifts + c, &s->to);
  }
#else
  (void)taps, (void)count, (void)output, (void)weights, (void)bias, (void)multipliers, (void)shifts, (void)s;
#endif
  return c;
}

/* `taps` has room for filter_h * filter_w pointers; `padding` are input_c zero points. */
static inline void wherry_depthwise_lanes_s8(const int8_t *input, int8_t *output, const int8_t **taps,
                                             const int8_t *padding, const int8_t *weights, const int32_t *bias,
                                             const int32_t *multipliers, const int8_t *shifts,
                                             const wherry_depthwise_conv_2d *s) {
  const int32_t channels = s->input_c, count = s->filter_h * s->filter_w;
  int32_t batch, y, x, c, t;
  for (batch = 0; batch < s->batches; ++batch) {
    for (y = -s->top; y < s->output_h * s->stride_h - s->top; y += s->stride_h) {
      for (x = -s->left; x < s->output_w * s->stride_w - s->left; x += s->stride_w) {
        wherry_depthwise_taps_s8(input, y, x, taps, padding, s);
        c = wherry_depthwise_blocks(taps, count, output, weights, bias, multipliers, shifts, s);
        for (; c < channels; ++c) {
          uint32_t sum = (uint32_t)bias[c];
          for (t = 0; t < count; ++t) sum += (uint32_t)(taps[t][c] * weights[t * channels + c]);
          output[c] = wherry_requantize(sum, multipliers[c], shifts[c], &s->to);
        }
        output += channels;
      }
    }
    input += s->input_h * s->input_w * channels;
  }
}
