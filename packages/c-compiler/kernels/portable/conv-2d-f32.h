/*
 * CONV_2D and FULLY_CONNECTED on float32. Input [N,H,W,C], weights [O,H,W,C / groups], output [N,H,W,O]. What lies in the
 * padding is left out. Sums are float32, in the order of the weights.
 */
#include <stdint.h>
#include "activate-f32.h"
#include "filter-span.h"

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, output_c;
  int32_t filter_h, filter_w, groups;
  int32_t stride_h, stride_w, dilation_h, dilation_w, top, left;
  int32_t activation;
} wherry_conv_2d_f32_settings;

/* Adds the products of `count` values with up to four channels of weights, `pitch` apart. */
static inline void wherry_dot_f32(float *sums, const float *values, const float *weights, int32_t pitch, int32_t count,
                                  int32_t channels) {
  int32_t k, r;
  if (channels == 4) {
    float s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
    for (k = 0; k < count; ++k) {
      const float value = values[k];
      s0 += value * weights[k];
      s1 += value * weights[k + pitch];
      s2 += value * weights[k + 2 * pitch];
      s3 += value * weights[k + 3 * pitch];
    }
    sums[0] = s0;
    sums[1] = s1;
    sums[2] = s2;
    sums[3] = s3;
  } else {
    for (r = 0; r < channels; ++r)
      for (k = 0; k < count; ++k) sums[r] += values[k] * weights[k + r * pitch];
  }
}

/* All channels of group `g` at one pixel; (y, x): where the filter's first place lies. */
static inline void wherry_conv_2d_pixel_f32(const float *image, int32_t y, int32_t x, int32_t g,
                                            wherry_filter_span rows, wherry_filter_span columns, float *output,
                                            const float *weights, const float *bias, int32_t channels,
                                            const wherry_conv_2d_f32_settings *s) {
  const int32_t group_c = s->input_c / s->groups, pitch = s->filter_h * s->filter_w * group_c;
  /* Columns whose values lie in one run are taken at once. */
  const int32_t width = columns.end - columns.first;
  const int32_t step = s->groups == 1 && s->dilation_w == 1 && width > 0 ? width : 1;
  int32_t o, r, fy, fx;
  for (o = 0; o < channels; o += 4) {
    const int32_t count = channels - o < 4 ? channels - o : 4;
    float sums[4] = {0.0f, 0.0f, 0.0f, 0.0f};
    for (fy = rows.first; fy < rows.end; ++fy)
      for (fx = columns.first; fx < columns.end; fx += step)
        wherry_dot_f32(sums,
                       image + ((y + fy * s->dilation_h) * s->input_w + x + fx * s->dilation_w) * s->input_c +
                           g * group_c,
                       weights + o * pitch + (fy * s->filter_w + fx) * group_c, pitch, step * group_c, count);
    for (r = 0; r < count; ++r) output[o + r] = wherry_activated(sums[r] + bias[o + r], s->activation);
  }
}

static inline void wherry_conv_2d_f32(const float *input, float *output, const float *weights, const float *bias,
                                      const wherry_conv_2d_f32_settings *s) {
  const int32_t channels = s->output_c / s->groups;
  const int32_t filter = s->filter_h * s->filter_w * (s->input_c / s->groups);
  int32_t batch, y, x, g;
  for (batch = 0; batch < s->batches; ++batch) {
    for (y = -s->top; y < s->output_h * s->stride_h - s->top; y += s->stride_h) {
      const wherry_filter_span rows = wherry_span_inside(y, s->dilation_h, s->filter_h, s->input_h);
      for (x = -s->left; x < s->output_w * s->stride_w - s->left; x += s->stride_w) {
        const wherry_filter_span columns = wherry_span_inside(x, s->dilation_w, s->filter_w, s->input_w);
        for (g = 0; g < s->groups; ++g)
          wherry_conv_2d_pixel_f32(input, y, x, g, rows, columns, output + g * channels,
                                   weights + g * channels * filter, bias + g * channels, channels, s);
        output += s->output_c;
      }
    }
    input += s->input_h * s->input_w * s->input_c;
  }
}
