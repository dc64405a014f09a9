/*
 * TRANSPOSE_CONV on float32. Input [N,H,W,C], weights [O,H,W,C], output [N,H,W,O]. Each output pixel collects what the input's
 * pixels spread to it.
 */
#include <stdint.h>
#include "activate-f32.h"

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, output_c;
  int32_t filter_h, filter_w, stride_h, stride_w, top, left;
  int32_t activation;
} wherry_transpose_conv_f32_settings;

/* The sum of one output channel at (y, x), counted from the corner of the padding. */
static inline float wherry_collect_f32(const float *image, const float *weights, int32_t y, int32_t x,
                                       const wherry_transpose_conv_f32_settings *s) {
  float sum = 0.0f;
  int32_t fy, fx, c;
  for (fy = 0; fy < s->filter_h && fy <= y; ++fy) {
    const int32_t iy = (y - fy) / s->stride_h;
    if ((y - fy) % s->stride_h != 0 || iy >= s->input_h) continue;
    for (fx = 0; fx < s->filter_w && fx <= x; ++fx) {
      const int32_t ix = (x - fx) / s->stride_w;
      const float *values = image, *factors = weights + (fy * s->filter_w + fx) * s->input_c;
      if ((x - fx) % s->stride_w != 0 || ix >= s->input_w) continue;
      values += (iy * s->input_w + ix) * s->input_c;
      for (c = 0; c < s->input_c; ++c) sum += values[c] * factors[c];
    }
  }
  return sum;
}

static inline void wherry_transpose_conv_f32(const float *input, float *output, const float *weights,
                                             const float *bias, const wherry_transpose_conv_f32_settings *s) {
  const int32_t filter = s->filter_h * s->filter_w * s->input_c;
  int32_t batch, y, x, o;
  for (batch = 0; batch < s->batches; ++batch, input += s->input_h * s->input_w * s->input_c)
    for (y = 0; y < s->output_h; ++y)
      for (x = 0; x < s->output_w; ++x)
        for (o = 0; o < s->output_c; ++o)
          *output++ = wherry_activated(
              wherry_collect_f32(input, weights + o * filter, y + s->top, x + s->left, s) + bias[o], s->activation);
}
