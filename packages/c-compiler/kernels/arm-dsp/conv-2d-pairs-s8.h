/*
 * CONV_2D on int8 for the DSP extension. Input [N,H,W,C], output [N,H,W,O]. Two pixels and two channels are computed at once:
 * weights are [O / 2][rows][run / 2] words as in dot-pairs.h. No sum of a second channel's products reaches 2^23 in a row.
 */
#include <stdint.h>
#include "dot-pairs.h"
#include "requantize-small.h"
#include "widen.h"

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, output_c;
  int32_t filter_h, filter_w, stride_h, stride_w, dilation_h, top, left;
  int32_t input_zero_point;
  /* How the values of a window are cut: `run`, a multiple of eight, in each row, zeros behind the last. */
  int32_t rows, run;
  /* 1: rows under the filter are no multiples of four; they are put behind each other before they are widened. */
  int32_t gathers;
  int32_t low, high;
  /* 1: an activation leaves less than int8 has. */
  int32_t narrow;
} wherry_conv_2d_pairs;

/* The next pair of channels, or the last channel; those of the other pixel first, as both are one where there is one pixel. */
static inline void wherry_conv_2d_pair_s8(wherry_two_pixels *work, const wherry_conv_2d_pairs *s, int32_t is_pair) {
  const wherry_channel *const channels = work->channels;
  const uint32_t *const last = work->values + s->rows * s->run, *values = work->values;
  int32_t other[2], r;
  wherry_pair_sums sums;
  sums.both[0] = sums.both[1] = sums.first[0] = sums.first[1] = (uint32_t)channels[0].bias;
  other[0] = other[1] = channels[1].bias;
  while (values != last) {
    values = wherry_dot_pairs(&sums, values, work->weights, work->weights + s->run / 2);
    work->weights += s->run / 2;
    for (r = 0; r < 2; ++r) {
      other[r] += (int32_t)(sums.both[r] - sums.first[r]) >> 8;
      sums.both[r] = sums.first[r];
    }
  }
  for (r = 1; r >= 0; --r) {
    int8_t *const to = r == 1 ? work->second : work->output;
    to[0] = (int8_t)wherry_requantize_channel(sums.first[r], &channels[0].scale);
    if (is_pair) to[1] = (int8_t)wherry_requantize_channel((uint32_t)other[r], &channels[1].scale);
  }
  work->output += 2;
  work->second += 2;
  work->channels += 2;
}

/* All channels of two pixels; `second`: where the other one's go, the same as the first's where there is none. */
static inline void wherry_conv_2d_pixels_s8(const uint32_t *window, int8_t *output, int8_t *second,
                                            const int32_t *weights, const wherry_channel *channels,
                                            const wherry_conv_2d_pairs *s) {
  wherry_two_pixels work;
  work.values = window;
  work.bytes = 2 * s->run;
  work.channels = channels;
  work.pairs = s->output_c / 2;
  work.output = output;
  work.second = second;
  work.weights = weights;
#ifdef WHERRY_DSP
  if (s->rows == 1 && work.pairs > 0) wherry_finish_pairs(&work);
#endif
  for (; work.pairs > 0; --work.pairs) wherry_conv_2d_pair_s8(&work, s, 1);
  if (s->output_c % 2 == 1) wherry_conv_2d_pair_s8(&work, s, 0);
}

/*
 * The values under the filter at (y, x), with the zero point in the padding: widened into `window`, or as they are into
 * `patch`.
 */
static inline void wherry_window_s8(const int8_t *image, int32_t y, int32_t x, int8_t *window, int8_t *patch,
                                    const wherry_conv_2d_pairs *s) {
  const int32_t first = x >= 0 ? 0 : -x < s->filter_w ? -x : s->filter_w;
  const int32_t last = s->input_w - x < first ? first : s->input_w - x < s->filter_w ? s->input_w - x : s->filter_w;
  const int32_t before = first * s->input_c, inside = (last - first) * s->input_c;
  const int32_t behind = (s->filter_w - last) * s->input_c, run = before + inside + behind;
  int32_t fy;
  for (fy = 0; fy < s->filter_h; ++fy) {
    const int32_t iy = y + fy * s->dilation_h;
    const int32_t in_image = iy >= 0 && iy < s->input_h;
    const int8_t *const from = image + (iy * s->input_w + x + first) * s->input_c;
    if (s->gathers) {
      if (in_image) {
        patch = wherry_put_same(patch, s->input_zero_point, before);
        patch = wherry_put(patch, from, inside);
        patch = wherry_put_same(patch, s->input_zero_point, behind);
      } else {
        patch = wherry_put_same(patch, s->input_zero_point, run);
      }
    } else if (in_image) {
      window = wherry_widen_same(window, s->input_zero_point, before);
      window = wherry_widen(window, from, inside);
      window = wherry_widen_same(window, s->input_zero_point, behind);
    } else {
      window = wherry_widen_same(window, s->input_zero_point, run);
    }
  }
}

/* `window` has room for the values of two pixels, widened, and for those of one as they are where it gathers. */
static inline void wherry_conv_2d_pairs_s8(const int8_t *input, int8_t *output, int8_t *window, const int32_t *weights,
                                           const wherry_channel *channels, const wherry_conv_2d_pairs *s) {
  const uint32_t *const values = (const uint32_t *)(const void *)window;
  int8_t *const patch = window + 4 * s->rows * s->run;
  int32_t batch, y, x, i;
  for (batch = 0; batch < s->batches; ++batch) {
    int8_t *const image = output;
    for (y = x = 0; y < s->output_h;) {
      int8_t *second = output;
      for (i = 0; i < 2 && y < s->output_h; ++i) {
        wherry_window_s8(input, y * s->stride_h - s->top, x * s->stride_w - s->left, window + 8 * i, patch, s);
        if (s->gathers) wherry_widen(window + 8 * i, patch, s->rows * s->run);
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
