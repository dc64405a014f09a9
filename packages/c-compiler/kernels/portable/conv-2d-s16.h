/*
 * CONV_2D and FULLY_CONNECTED on int16 with int8 weights. Input [N,H,W,C], weights [O,H,W,C / groups], output [N,H,W,O]. The
 * zero point is 0: what lies in the padding adds nothing and is left out.
 */
#include <stdint.h>
#include "filter-span.h"
#include "requantize-s16.h"

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, output_c;
  int32_t filter_h, filter_w, groups;
  int32_t stride_h, stride_w, dilation_h, dilation_w, top, left;
  wherry_requantization_s16 to;
} wherry_conv_2d_s16_settings;

/* Products have 22 bits and a sign: so many add up to less than 2^31. */
#define WHERRY_PRODUCTS_S16 511

/* Adds the products of `count` values with four channels of weights, `pitch` apart. */
static inline void wherry_dot_four_s16(uint64_t *sums, const int16_t *values, const int8_t *weights, int32_t pitch,
                                       int32_t count) {
  while (count > 0) {
    const int16_t *const end = values + (count < WHERRY_PRODUCTS_S16 ? count : WHERRY_PRODUCTS_S16);
    int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    count -= WHERRY_PRODUCTS_S16;
    for (; values != end; ++values, ++weights) {
      const int32_t value = *values;
      s0 += value * weights[0];
      s1 += value * weights[pitch];
      s2 += value * weights[2 * pitch];
      s3 += value * weights[3 * pitch];
    }
    sums[0] += (uint64_t)s0;
    sums[1] += (uint64_t)s1;
    sums[2] += (uint64_t)s2;
    sums[3] += (uint64_t)s3;
  }
}

static inline uint64_t wherry_dot_s16(const int16_t *values, const int8_t *weights, int32_t count) {
  uint64_t total = 0;
  while (count > 0) {
    const int16_t *const end = values + (count < WHERRY_PRODUCTS_S16 ? count : WHERRY_PRODUCTS_S16);
    int32_t sum = 0;
    count -= WHERRY_PRODUCTS_S16;
    while (values != end) sum += (int32_t)*values++ * *weights++;
    total += (uint64_t)sum;
  }
  return total;
}

/* All channels of group `g` at one pixel; (y, x): where the filter's first place lies. */
static inline void wherry_conv_2d_pixel_s16(const int16_t *image, int32_t y, int32_t x, int32_t g,
                                            wherry_filter_span rows, wherry_filter_span columns,
                                            int16_t *output, const int8_t *weights, const int64_t *bias,
                                            const int32_t *multipliers, const int8_t *shifts, int32_t channels,
                                            const wherry_conv_2d_s16_settings *s) {
  const int32_t group_c = s->input_c / s->groups, pitch = s->filter_h * s->filter_w * group_c;
  /* Columns whose values lie in one run are taken at once. */
  const int32_t width = columns.end - columns.first;
  const int32_t step = s->groups == 1 && s->dilation_w == 1 && width > 0 ? width : 1;
  int32_t o, r, fy, fx;
  for (o = 0; o < channels; o += r) {
    const int8_t *const filter = weights + o * pitch;
    uint64_t sums[4];
    for (r = 0; r < 4 && o + r < channels; ++r) sums[r] = (uint64_t)bias[o + r];
    for (fy = rows.first; fy < rows.end; ++fy) {
      for (fx = columns.first; fx < columns.end; fx += step) {
        const int16_t *const values =
            image + ((y + fy * s->dilation_h) * s->input_w + x + fx * s->dilation_w) * s->input_c + g * group_c;
        const int8_t *const first = filter + (fy * s->filter_w + fx) * group_c;
        if (o + 4 <= channels) {
          wherry_dot_four_s16(sums, values, first, pitch, step * group_c);
        } else {
          for (r = 0; o + r < channels; ++r) sums[r] += wherry_dot_s16(values, first + r * pitch, step * group_c);
        }
      }
    }
    for (r = 0; r < 4 && o + r < channels; ++r)
      output[o + r] = wherry_requantize_s16(sums[r], multipliers[o + r], shifts[o + r], &s->to);
  }
}

static inline void wherry_conv_2d_s16(const int16_t *input, int16_t *output, const int8_t *weights,
                                      const int64_t *bias, const int32_t *multipliers, const int8_t *shifts,
                                      const wherry_conv_2d_s16_settings *s) {
  const int32_t group_c = s->input_c / s->groups, channels = s->output_c / s->groups;
  const int32_t filter = s->filter_h * s->filter_w * group_c;
  int32_t batch, y, x, g;
  for (batch = 0; batch < s->batches; ++batch) {
    for (y = -s->top; y < s->output_h * s->stride_h - s->top; y += s->stride_h) {
      const wherry_filter_span rows = wherry_span_inside(y, s->dilation_h, s->filter_h, s->input_h);
      for (x = -s->left; x < s->output_w * s->stride_w - s->left; x += s->stride_w) {
        const wherry_filter_span columns = wherry_span_inside(x, s->dilation_w, s->filter_w, s->input_w);
        for (g = 0; g < s->groups; ++g)
          wherry_conv_2d_pixel_s16(input, y, x, g, rows, columns,
                                   output + g * channels, weights + g * channels * filter, bias + g * channels,
                                   multipliers + g * channels, shifts + g * channels, channels, s);
        output += s->output_c;
      }
    }
    input += s->input_h * s->input_w * s->input_c;
  }
}
