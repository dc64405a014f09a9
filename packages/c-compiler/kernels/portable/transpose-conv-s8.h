/*
 * TRANSPOSE_CONV on int8. Input [N,H,W,C], weights [O,H,W,C], output [N,H,W,O]. Each output pixel collects what the input's
 * pixels spread to it.
 */
#include <stdint.h>
#include "requantize.h"

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, output_c;
  int32_t filter_h, filter_w, stride_h, stride_w, top, left;
  int32_t input_zero_point;
  wherry_requantization to;
} wherry_transpose_conv;

static inline uint32_t wherry_dot_s8(const int8_t *values, const int8_t *weights, int32_t count, int32_t zero_point) {
  uint32_t sum = 0;
  int32_t i;
  for (i = 0; i < count; ++i) sum += (uint32_t)((values[i] - zero_point) * weights[i]);
  return sum;
}

/* The sum of output channel `o` at (y, x), counted from the corner of the padding. */
static inline uint32_t wherry_collect_s8(const int8_t *image, const int8_t *weights, int32_t y, int32_t x,
                                         const wherry_transpose_conv *s) {
  uint32_t sum = 0;
  int32_t fy, fx;
  for (fy = 0; fy < s->filter_h && fy <= y; ++fy) {
    const int32_t iy = (y - fy) / s->stride_h;
    if ((y - fy) % s->stride_h != 0 || iy >= s->input_h) continue;
    for (fx = 0; fx < s->filter_w && fx <= x; ++fx) {
      const int32_t ix = (x - fx) / s->stride_w;
      if ((x - fx) % s->stride_w != 0 || ix >= s->input_w) continue;
      sum += wherry_dot_s8(image + (iy * s->input_w + ix) * s->input_c,
                           weights + (fy * s->filter_w + fx) * s->input_c, s->input_c, s->input_zero_point);
    }
  }
  return sum;
}

static inline void wherry_transpose_conv_s8(const int8_t *input, int8_t *output, const int8_t *weights,
                                            const int32_t *bias, const int32_t *multipliers, const int8_t *shifts,
                                            const wherry_transpose_conv *s) {
  const int32_t filter = s->filter_h * s->filter_w * s->input_c;
  int32_t batch, y, x, o;
  for (batch = 0; batch < s->batches; ++batch, input += s->input_h * s->input_w * s->input_c)
    for (y = 0; y < s->output_h; ++y)
      for (x = 0; x < s->output_w; ++x)
        for (o = 0; o < s->output_c; ++o) {
          const uint32_t sum = wherry_collect_s8(input, weights + o * filter, y + s->top, x + s->left, s);
          *output++ = wherry_requantize((uint32_t)bias[o] + sum, multipliers[o], shifts[o], &s->to);
        }
}
