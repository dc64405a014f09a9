/*
 * CONV_2D and FULLY_CONNECTED on int8: a kernel for each form that weights are stored in. Input [N,H,W,C], output [N,H,W,O]. The
 * bias has the input's zero point folded in, so that values are multiplied as they are stored.
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

/*
 * `patch` has room for filter_h * filter_w * input_c / groups values where a patch is not to be read in place. pixel: computes all
 * channels of a group at one pixel; words(channels, rows, run): elements of the weights of a group.
 */
#define WHERRY_DEFINE_CONV_2D(name, type, pixel, words)                                                             \
  static inline void name(const int8_t *input, int8_t *output, int8_t *patch, const type *weights,                  \
                          const int32_t *bias, const int32_t *multipliers, const int8_t *shifts,                    \
                          const wherry_conv_2d *s) {                                                                \
    const int32_t group_c = s->input_c / s->groups, channels = s->output_c / s->groups;                             \
    const int32_t run = s->filter_w * group_c;                                                                      \
    const int32_t in_place = s->groups == 1 && (s->dilation_w == 1 || s->filter_w == 1);                            \
    int32_t batch, y, x, g;                                                                                         \
    for (batch = 0; batch < s->batches; ++batch) {                                                                  \
      for (y = -s->top; y < s->output_h * s->stride_h - s->top; y += s->stride_h) {                                 \
        const int32_t rows_inside = y >= 0 && y + (s->filter_h - 1) * s->dilation_h < s->input_h;                   \
        for (x = -s->left; x < s->output_w * s->stride_w - s->left; x += s->stride_w) {                             \
          const int32_t inside = rows_inside && x >= 0 && x + (s->filter_w - 1) * s->dilation_w < s->input_w;       \
          for (g = 0; g < s->groups; ++g) {                                                                         \
            const int8_t *rows = patch;                                                                             \
            int32_t pitch = run;                                                                                    \
            if (in_place && inside) {                                                                               \
              rows = input + (y * s->input_w + x) * s->input_c;                                                     \
              pitch = s->dilation_h * s->input_w * s->input_c;                                                      \
            } else {                                                                                                \
              wherry_gather_patch_s8(input, y, x, g * group_c, group_c, patch, s);                                  \
            }                                                                                                       \
            pixel(rows, pitch, run, output + g * channels,                                                          \
                                    weights + g * words(channels, s->filter_h, run), bias + g * channels,           \
                                    multipliers + g * channels, shifts + g * channels, channels, s);                \
          }                                                                                                         \
          output += s->output_c;                                                                                    \
        }                                                                                                           \
      }                                                                                                             \
      input += s->input_h * s->input_w * s->input_c;                                                                \
    }                                                                                                               \
  }
