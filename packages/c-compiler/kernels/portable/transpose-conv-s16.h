/*
 * TRANSPOSE_CONV on int16 with int8 weights. Input [N,H,W,C], weights [O,H,W,C], output [N,H,W,O]. Each output pixel collects
 * what the input's pixels spread to it.
 */
#include <stdint.h>
#include "requantize-s16.h"

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, output_c;
  int32_t filter_h, filter_w, stride_h, stride_w, top, left;
  wherry_requantization_s16 to;
} wherry_transpose_conv_s16_settings;

/* The sum of one output channel at (y, x), counted from the corner of the padding. */
static inline uint64_t wherry_collect_s16(const int16_t *image, const int8_t *weights, int32_t y, int32_t x,
                                         const wherry_transpose_conv_s16_settings *s) {
  uint64_t sum = 0;
  int32_t fy, fx, c;
  for (fy = 0; fy < s->filter_h && fy <= y; ++fy) {
    const int32_t iy = (y - fy) / s->stride_h;
    if ((y - fy) % s->stride_h != 0 || iy >= s->input_h) continue;
    for (fx = 0; fx < s->filter_w && fx <= x; ++fx) {
      const int32_t ix = (x - fx) / s->stride_w;
      const int8_t *const filter = weights + (fy * s->filter_w + fx) * s->input_c;
      if ((x - fx) % s->stride_w != 0 || ix >= s->input_w) continue;
      for (c = 0; c < s->input_c; ++c)
        sum += (uint64_t)((int32_t)image[(iy * s->input_w + ix) * s->input_c + c] * filter[c]);
    }
  }
  return sum;
}

static inline void wherry_transpose_conv_s16(const int16_t *input, int16_t *output, const int8_t *weights,
                                             const int64_t *bias, const int32_t *multipliers, const int8_t *shifts,
                                             const wherry_transpose_conv_s16_settings *s) {
  const int32_t filter = s->filter_h * s->filter_w * s->input_c;
  int32_t batch, y, x, o;
  for (batch = 0; batch < s->batches; ++batch, input += s->input_h * s->input_w * s->input_c)
    for (y = 0; y < s->output_h; ++y)
      for (x = 0; x < s->output_w; ++x)
        for (o = 0; o < s->output_c; ++o) {
          const uint64_t sum = wherry_collect_s16(input, weights + o * filter, y + s->top, x + s->left, s);
          *output++ = wherry_requantize_s16((uint64_t)bias[o] + sum, multipliers[o], shifts[o], &s->to);
        }
}
