/*
 * CONV_2D and FULLY_CONNECTED on int8. Input [N,H,W,C], output [N,H,W,O]. Weights stand in blocks of four output channels,
 * [O / 4][H][W][C / groups][4], then those that are left, [O % 4][H][W][C / groups]; no block belongs to two groups.
 * The bias has the input's zero point folded in, so that values are multiplied as they are stored.
 */
#include <stdint.h>
#include <string.h>
#include "requantize.h"

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, output_c;
  int32_t filter_h, filter_w, groups;
  int32_t stride_h, stride_w, dilation_h, dilation_w, top, left;
  int32_t input_zero_point;
  wherry_requantization to;
} wherry_conv_2d;

/* Adds the products of `count` values with four channels of weights. */
static inline const int8_t *wherry_dot_four_s8(uint32_t *sums, const int8_t *values, const int8_t *weights, int32_t count) {
  uint32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
  const int8_t *const end = values + count;
  while (values != end) {
    const int32_t value = *values++;
    s0 += (uint32_t)(value * weights[0]);
    s1 += (uint32_t)(value * weights[1]);
    s2 += (uint32_t)(value * weights[2]);
    s3 += (uint32_t)(value * weights[3]);
    weights += 4;
  }
  sums[0] = s0;
  sums[1] = s1;
  sums[2] = s2;
  sums[3] = s3;
  return weights;
}

/* All channels of a group at one pixel; `rows` are filter_h runs of `run` values, `pitch` apart. */
static inline void wherry_conv_2d_pixel_s8(const int8_t *rows, int32_t pitch, int32_t run, int8_t *output,
                                           const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                                           const int8_t *shifts, int32_t channels, const wherry_conv_2d *s) {
  const int32_t in_blocks = channels - channels % 4;
  int32_t o, r;
  for (o = 0; o < in_blocks; o += 4) {
    uint32_t sums[4];
    for (r = 0; r < 4; ++r) sums[r] = (uint32_t)bias[o + r];
    for (r = 0; r < s->filter_h; ++r) weights = wherry_dot_four_s8(sums, rows + r * pitch, weights, run);
    for (r = 0; r < 4; ++r) output[o + r] = wherry_requantize(sums[r], multipliers[o + r], shifts[o + r], &s->to);
  }
  for (o = in_blocks; o < channels; ++o) {
    uint32_t sum = (uint32_t)bias[o];
    for (r = 0; r < s->filter_h; ++r) {
      const int8_t *values = rows + r * pitch;
      const int8_t *const end = values + run;
      while (values != end) sum += (uint32_t)(*values++ * *weights++);
    }
    output[o] = wherry_requantize(sum, multipliers[o], shifts[o], &s->to);
  }
}

/* The values under the filter side by side, with the zero point where it stands in the padding. */
static inline void wherry_gather_patch_s8(const int8_t *image, int32_t y, int32_t x, int32_t first, int32_t count,
                                          int8_t *patch, const wherry_conv_2d *s) {
  int32_t fy, fx;
  for (fy = 0; fy < s->filter_h; ++fy) {
    const int32_t iy = y + fy * s->dilation_h;
    for (fx = 0; fx < s->filter_w; ++fx) {
      const int32_t ix = x + fx * s->dilation_w;
      if (iy < 0 || iy >= s->input_h || ix < 0 || ix >= s->input_w)
        memset(patch, s->input_zero_point, (size_t)count);
      else
        memcpy(patch, image + (iy * s->input_w + ix) * s->input_c + first, (size_t)count);
      patch += count;
    }
  }
}

/* `patch` has room for filter_h * filter_w * input_c / groups values where a patch is not to be read in place. */
static inline void wherry_conv_2d_s8(const int8_t *input, int8_t *output, int8_t *patch, const int8_t *weights,
                                     const int32_t *bias, const int32_t *multipliers, const int8_t *shifts,
                                     const wherry_conv_2d *s) {
  const int32_t group_c = s->input_c / s->groups, channels = s->output_c / s->groups;
  const int32_t run = s->filter_w * group_c;
  const int32_t in_place = s->groups == 1 && (s->dilation_w == 1 || s->filter_w == 1);
  int32_t batch, y, x, g;
  for (batch = 0; batch < s->batches; ++batch) {
    for (y = -s->top; y < s->output_h * s->stride_h - s->top; y += s->stride_h) {
      const int32_t rows_inside = y >= 0 && y + (s->filter_h - 1) * s->dilation_h < s->input_h;
      for (x = -s->left; x < s->output_w * s->stride_w - s->left; x += s->stride_w) {
        const int32_t inside = rows_inside && x >= 0 && x + (s->filter_w - 1) * s->dilation_w < s->input_w;
        for (g = 0; g < s->groups; ++g) {
          const int8_t *rows = patch;
          int32_t pitch = run;
          if (in_place && inside) {
            rows = input + (y * s->input_w + x) * s->input_c;
            pitch = s->dilation_h * s->input_w * s->input_c;
          } else {
            wherry_gather_patch_s8(input, y, x, g * group_c, group_c, patch, s);
          }
          wherry_conv_2d_pixel_s8(rows, pitch, run, output + g * channels,
                                  weights + g * channels * s->filter_h * run, bias + g * channels,
                                  multipliers + g * channels, shifts + g * channels, channels, s);
        }
        output += s->output_c;
      }
    }
    input += s->input_h * s->input_w * s->input_c;
  }
}
