/*
 * DEPTHWISE_CONV_2D on float32. Input [N,H,W,C], weights [H,W,C * multiplier], output [N,H,W,C * multiplier]. What lies in the
 * padding is left out.
 */
#include <stdint.h>
#include "activate-f32.h"
#include "filter-span.h"

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, depth_multiplier;
  int32_t filter_h, filter_w;
  int32_t stride_h, stride_w, dilation_h, dilation_w, top, left;
  int32_t activation;
} wherry_depthwise_f32_settings;

/* Output channel `c` at one pixel, without its bias; (y, x): where the filter's first place lies. */
static inline float wherry_depthwise_sum_f32(const float *image, int32_t y, int32_t x, wherry_filter_span rows,
                                             wherry_filter_span columns, const float *weights, int32_t c,
                                             const wherry_depthwise_f32_settings *s) {
  const int32_t from = c / s->depth_multiplier, channels = s->input_c * s->depth_multiplier;
  float sum = 0.0f;
  int32_t fy, fx;
  for (fy = rows.first; fy < rows.end; ++fy) {
    const int32_t row = (y + fy * s->dilation_h) * s->input_w + x;
    for (fx = columns.first; fx < columns.end; ++fx)
      sum += image[(row + fx * s->dilation_w) * s->input_c + from] * weights[(fy * s->filter_w + fx) * channels + c];
  }
  return sum;
}

static inline void wherry_depthwise_conv_2d_f32(const float *input, float *output, const float *weights,
                                                const float *bias, const wherry_depthwise_f32_settings *s) {
  const int32_t channels = s->input_c * s->depth_multiplier;
  int32_t batch, y, x, c;
  for (batch = 0; batch < s->batches; ++batch) {
    for (y = -s->top; y < s->output_h * s->stride_h - s->top; y += s->stride_h) {
      const wherry_filter_span rows = wherry_span_inside(y, s->dilation_h, s->filter_h, s->input_h);
      for (x = -s->left; x < s->output_w * s->stride_w - s->left; x += s->stride_w) {
        const wherry_filter_span columns = wherry_span_inside(x, s->dilation_w, s->filter_w, s->input_w);
        for (c = 0; c < channels; ++c) {
          const float sum = wherry_depthwise_sum_f32(input, y, x, rows, columns, weights, c, s);
          *output++ = wherry_activated(sum + bias[c], s->activation);
        }
      }
    }
    input += s->input_h * s->input_w * s->input_c;
  }
}
