/*
 * CONV_2D on int8 for the DSP extension. Input [N,H,W,C], output [N,H,W,O]. Two pixels and two channels are computed at once:
 * weights are [O / 2][rows][run / 2] words as in dot-pairs.h. No sum of a second channel's products reaches 2^23 in a row.
 */
#include <stdint.h>
#include "dot-pairs.h"
#include "requantize-pair.h"
#include "widen.h"

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, output_c;
  int32_t filter_h, filter_w, stride_h, stride_w, dilation_h, top, left;
  int32_t input_zero_point;
  /* How the values of a window are cut: `run`, a multiple of four, in each row, zeros behind the last. */
  int32_t rows, run;
  int32_t zero_point, low, high;
  /* 1: an activation leaves less than int8 has. */
  int32_t narrow;
} wherry_conv_2d_pairs;

/* All channels of two pixels; `second`: where the other one's go, the same as the first's where there is none. */
static inline void wherry_conv_2d_pixels_s8(const uint32_t *window, int8_t *output, int8_t *second,
                                            const int32_t *weights, const wherry_channel_pair *channels,
                                            const wherry_conv_2d_pairs *s) {
  const int32_t words = s->run / 2, rows = s->rows, zero_point = s->zero_point;
  int8_t *const end = output + s->output_c;
  for (;; ++channels) {
    const uint32_t *values = window;
    uint32_t other[2];
    int32_t results[4], row = rows;
    wherry_pair_sums sums;
    sums.both[0] = sums.both[1] = sums.first[0] = sums.first[1] = (uint32_t)channels->bias[0];
    other[0] = other[1] = (uint32_t)channels->bias[1];
    for (;;) {
      values = wherry_dot_pairs(&sums, values, weights, weights + words);
      weights += words;
      other[0] += (uint32_t)((int32_t)(sums.both[0] - sums.first[0]) >> 8);
      other[1] += (uint32_t)((int32_t)(sums.both[1] - sums.first[1]) >> 8);
      if (--row == 0) break;
      sums.both[0] = sums.first[0];
      sums.both[1] = sums.first[1];
    }
    results[0] = wherry_requantize_small(sums.first[0], channels, 0, zero_point);
    results[1] = wherry_requantize_small(sums.first[1], channels, 0, zero_point);
    results[2] = wherry_requantize_small(other[0], channels, 1, zero_point);
    results[3] = wherry_requantize_small(other[1], channels, 1, zero_point);
    /* Behind the last read of `channels`, which bytes might overlap for all that a compiler knows. */
    *second++ = (int8_t)results[1];
    *output++ = (int8_t)results[0];
    if (output == end) break;
    *second++ = (int8_t)results[3];
    *output++ = (int8_t)results[2];
    if (output == end) break;
  }
}

/* The zero point stands in the padding. */
static inline void wherry_widen_window_s8(const int8_t *image, int32_t y, int32_t x, int8_t *window,
                                          const wherry_conv_2d_pairs *s) {
  const int32_t first = x >= 0 ? 0 : -x < s->filter_w ? -x : s->filter_w;
  const int32_t last = s->input_w - x < first ? first : s->input_w - x < s->filter_w ? s->input_w - x : s->filter_w;
  const int32_t run = s->filter_w * s->input_c;
  int32_t fy, at = 0;
  for (fy = 0; fy < s->filter_h; ++fy, at += run) {
    const int32_t iy = y + fy * s->dilation_h;
    if (iy < 0 || iy >= s->input_h) {
      wherry_widen_same(s->input_zero_point, run, window, at);
    } else {
      wherry_widen_same(s->input_zero_point, first * s->input_c, window, at);
      wherry_widen(image + (iy * s->input_w + x + first) * s->input_c, (last - first) * s->input_c, window,
                   at + first * s->input_c);
      wherry_widen_same(s->input_zero_point, (s->filter_w - last) * s->input_c, window, at + last * s->input_c);
    }
  }
}

/* `window` has room for the values of two pixels, widened. */
static inline void wherry_conv_2d_pairs_s8(const int8_t *input, int8_t *output, int8_t *window, const int32_t *weights,
                                           const wherry_channel_pair *channels, const wherry_conv_2d_pairs *s) {
  const uint32_t *const values = (const uint32_t *)(const void *)window;
  int32_t batch, y, x, i;
  for (batch = 0; batch < s->batches; ++batch) {
    int8_t *const image = output;
    for (y = x = 0; y < s->output_h;) {
      int8_t *second = output;
      for (i = 0; i < 2 && y < s->output_h; ++i) {
        wherry_widen_window_s8(input, y * s->stride_h - s->top, x * s->stride_w - s->left, window + 8 * i, s);
        second = output + i * s->output_c;
        if (++x == s->output_w) {
          x = 0;
          ++y;
        }
      }
      wherry_conv_2d_pixels_s8(values, output, second, weights, channels, s);
      output = second + s->output_c;
    }
    if (s->narrow) wherry_clamp_run_s8(image, output, s->low, s->high);
    input += s->input_h * s->input_w * s->input_c;
  }
}
