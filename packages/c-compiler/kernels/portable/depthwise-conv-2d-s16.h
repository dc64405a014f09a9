/*
 * DEPTHWISE_CONV_2D on int16 with int8 weights. Input [N,H,W,C], weights [H,W,C * multiplier], output [N,H,W,C * multiplier].
 * The zero point is 0: what lies in the padding adds nothing and is left out.
 */
#include <stdint.h>
#include "filter-span.h"
#include "requantize-s16.h"

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, depth_multiplier;
  int32_t filter_h, filter_w;
  int32_t stride_h, stride_w, dilation_h, dilation_w, top, left;
  wherry_requantization_s16 to;
} wherry_depthwise_s16_settings;

/* Output channel `c` at one pixel, without its bias; (y, x): where the filter's first place lies. */
static inline uint64_t wherry_depthwise_sum_s16(const int16_t *image, int32_t y, int32_t x, wherry_filter_span rows,
                                               wherry_filter_span columns, const int8_t *weights, int32_t c,
                                               const wherry_depthwise_s16_settings *s) {
  const int32_t from = c / s->depth_multiplier, channels = s->input_c * s->depth_multiplier;
  uint64_t sum = 0;
  int32_t fy, fx;
  for (fy = rows.first; fy < rows.end; ++fy) {
    const int32_t row = (y + fy * s->dilation_h) * s->input_w + x;
    for (fx = columns.first; fx < columns.end; ++fx) {
      const int32_t value = image[(row + fx * s->dilation_w) * s->input_c + from];
      sum += (uint64_t)(value * weights[(fy * s->filter_w + fx) * channels + c]);
    }
  }
  return sum;
}

static inline void wherry_depthwise_conv_2d_s16(const int16_t *input, int16_t *output, const int8_t *weights,
                                                const int64_t *bias, const int32_t *multipliers,
                                                const int8_t *shifts, const wherry_depthwise_s16_settings *s) {
  const int32_t channels = s->input_c * s->depth_multiplier;
  int32_t batch, y, x, c;
  for (batch = 0; batch < s->batches; ++batch) {
    for (y = -s->top; y < s->output_h * s->stride_h - s->top; y += s->stride_h) {
      const wherry_filter_span rows = wherry_span_inside(y, s->dilation_h, s->filter_h, s->input_h);
      for (x = -s->left; x < s->output_w * s->stride_w - s->left; x += s->stride_w) {
        const wherry_filter_span columns = wherry_span_inside(x, s->dilation_w, s->filter_w, s->input_w);
        for (c = 0; c < channels; ++c) {
          const uint64_t sum = wherry_depthwise_sum_s16(input, y, x, rows, columns, weights, c, s);
          *output++ = wherry_requantize_s16((uint64_t)bias[c] + sum, multipliers[c], shifts[c], &s->to);
        }
      }
    }
    input += s->input_h * s->input_w * s->input_c;
  }
}
