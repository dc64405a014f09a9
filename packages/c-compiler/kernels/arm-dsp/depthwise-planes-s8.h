/*
 * DEPTHWISE_CONV_2D on int8 for the DSP extension, channel by channel: a channel's image is widened into a plane with the
 * zero point around it, and nobody reads the channel's bytes again. Input [N,H,W,C], weights [C * multiplier][H][W], output
 * [N,H,W,C * multiplier].
 */
#include <stdint.h>
#include <string.h>
#include "requantize-small.h"

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, depth_multiplier;
  int32_t filter_h, filter_w, stride_h, stride_w, dilation_h, top, left;
  int32_t input_zero_point;
  /* Of the plane; its width is even. */
  int32_t plane_h, plane_w;
  int32_t low, high;
  /* 1: an activation leaves less than int8 has. */
  int32_t narrow;
} wherry_depthwise_planes;

static inline uint32_t wherry_join(int32_t lower, int32_t upper) {
  return ((uint32_t)lower & 0xffffu) | (uint32_t)upper << 16;
}

typedef struct {
  const uint32_t *first, *second, *third;
} wherry_three_rows;

/*
 * Sums of two pixels that lie side by side under a filter of 3x3, of which weights 0 and 1 of a row stand in a word, 1 and 2
 * in the next. The rows move on by two values.
 */
static inline void wherry_two_of_3x3(uint32_t *sums, wherry_three_rows *rows, const uint32_t *weights) {
  uint32_t x = sums[0], y = sums[1];
  const uint32_t *first = rows->first, *second = rows->second, *third = rows->third;
#ifdef WHERRY_DSP
  uint32_t a, b, p, q;
#define WHERRY_ROW_OF_TWO(row, at) \
  "ldrd %[a], %[b], [%[" row "]], #4\n\t" \
  "ldrd %[p], %[q], [%[weights], #" at "]\n\t" \
  "smlad %[x], %[a], %[p], %[x]\n\t" \
  "smlatb %[y], %[a], %[p], %[y]\n\t" \
  "smlabt %[x], %[b], %[q], %[x]\n\t" \
  "smlad %[y], %[b], %[q], %[y]\n\t"
  __asm__ volatile(WHERRY_ROW_OF_TWO("first", "0") WHERRY_ROW_OF_TWO("second", "8") WHERRY_ROW_OF_TWO("third", "16")
                   : [a] "=&r"(a), [b] "=&r"(b), [p] "=&r"(p), [q] "=&r"(q), [x] "+r"(x), [y] "+r"(y),
                     [first] "+r"(first), [second] "+r"(second), [third] "+r"(third)
                   : [weights] "r"(weights)
                   : "memory");
#else
  int32_t i;
  for (i = 0; i < 3; ++i, weights += 2) {
    const uint32_t *const row = i == 0 ? first : i == 1 ? second : third;
    x = wherry_add_lower_upper(wherry_add_products(x, row[0], weights[0]), row[1], weights[1]);
    y = wherry_add_products(wherry_add_upper_lower(y, row[0], weights[0]), row[1], weights[1]);
  }
  ++first;
  ++second;
  ++third;
#endif
  sums[0] = x;
  sums[1] = y;
  rows->first = first;
  rows->second = second;
  rows->third = third;
}

/* A filter of 3x3 at a stride of 1 or 2 across. `step`: from one pixel of the output to the next. */
static inline void wherry_depthwise_3x3_s8(const uint32_t *plane, int8_t *output, int32_t step, const int8_t *w,
                                           const wherry_channel *channel, const wherry_depthwise_planes *s) {
  const int32_t pitch = s->plane_w / 2, apart = s->dilation_h * pitch, down = s->stride_h * pitch;
  const int32_t single = s->stride_w == 2, columns = s->output_w, shift = channel->shift;
  const int32_t bias = channel->bias, multiplier = channel->multiplier, offset = channel->offset;
  uint32_t weights[6];
  int32_t i, y_left, x_left;
  for (i = 0; i < 6; i += 2, w += 3) {
    weights[i] = wherry_join(w[0], w[1]);
    weights[i + 1] = wherry_join(w[1], w[2]);
  }
  for (y_left = s->output_h; y_left > 0; --y_left, plane += down) {
    wherry_three_rows rows;
    rows.first = plane;
    rows.second = plane + apart;
    rows.third = rows.second + apart;
    for (x_left = columns; x_left > 0; --x_left) {
      uint32_t sums[2];
      sums[0] = sums[1] = (uint32_t)bias;
      wherry_two_of_3x3(sums, &rows, weights);
      *output = (int8_t)wherry_requantize_small(sums[0], multiplier, offset, shift);
      output += step;
      if (single) continue;
      if (--x_left == 0) break;
      *output = (int8_t)wherry_requantize_small(sums[1], multiplier, offset, shift);
      output += step;
    }
  }
}

/* Any filter. `words` has room for its weights, two and two in each row. */
static inline void wherry_depthwise_any_s8(const int8_t *plane, int8_t *output, int32_t step, const int8_t *w,
                                           uint32_t *words, const wherry_channel *channel,
                                           const wherry_depthwise_planes *s) {
  const int32_t pairs = (s->filter_w + 1) / 2;
  int32_t y, x, fy, i;
  for (i = 0; i < s->filter_h * pairs; ++i) {
    const int32_t fx = i % pairs * 2;
    const int8_t *const from = w + i / pairs * s->filter_w + fx;
    words[i] = wherry_join(from[0], fx + 1 < s->filter_w ? from[1] : 0);
  }
  for (y = 0; y < s->output_h; ++y) {
    for (x = 0; x < s->output_w; ++x) {
      const int8_t *row = plane + 2 * (y * s->stride_h * s->plane_w + x * s->stride_w);
      const uint32_t *word = words;
      uint32_t sum = (uint32_t)channel->bias;
      for (fy = 0; fy < s->filter_h; ++fy, row += 2 * s->dilation_h * s->plane_w)
        for (i = 0; i < pairs; ++i) sum = wherry_add_products(sum, wherry_load_word(row + 4 * i), *word++);
      *output = (int8_t)wherry_requantize_channel(sum, channel);
      output += step;
    }
  }
}

/* One channel into the plane, as far as filters reach. */
static inline void wherry_fill_plane_s8(const int8_t *input, int8_t *plane, const wherry_depthwise_planes *s) {
  const int32_t rows = s->input_h < s->plane_h - s->top ? s->input_h : s->plane_h - s->top;
  const int32_t columns = s->input_w < s->plane_w - s->left ? s->input_w : s->plane_w - s->left;
  const int32_t step = s->input_c, pitch = 2 * s->plane_w, down = s->input_w * step;
  int32_t y, x;
  plane += 2 * (s->top * s->plane_w + s->left);
  for (y = rows; y > 0; --y, plane += pitch, input += down) {
    const int8_t *from = input;
    int8_t *to = plane;
    for (x = columns; x > 0; --x, to += 2, from += step) {
      const int16_t value = *from;
      memcpy(to, &value, 2);
    }
  }
}

/* `plane` has room for plane_h * plane_w values of 16 bits and, behind them, the weights of a channel, two in each word. */
static inline void wherry_depthwise_planes_s8(const int8_t *input, int8_t *output, int8_t *plane, const int8_t *weights,
                                              const wherry_channel *channels, const wherry_depthwise_planes *s) {
  uint32_t *const values = (uint32_t *)(void *)plane, *const words = values + s->plane_h * s->plane_w / 2;
  const int32_t step = s->input_c * s->depth_multiplier, pixels = s->output_h * s->output_w;
  const int32_t taps = s->filter_h * s->filter_w;
  const int32_t is_3x3 = s->filter_h == 3 && s->filter_w == 3 && s->stride_w < 3;
  int32_t batch, c, m, i;
  for (i = 0; i < s->plane_h * s->plane_w / 2; ++i) values[i] = wherry_join(s->input_zero_point, s->input_zero_point);
  for (batch = 0; batch < s->batches; ++batch) {
    const wherry_channel *channel = channels;
    const int8_t *filter = weights;
    for (c = 0; c < s->input_c; ++c) {
      wherry_fill_plane_s8(input + c, plane, s);
      for (m = 0; m < s->depth_multiplier; ++m, ++channel, filter += taps) {
        int8_t *const to = output + c * s->depth_multiplier + m;
        if (is_3x3)
          wherry_depthwise_3x3_s8(values, to, step, filter, channel, s);
        else
          wherry_depthwise_any_s8(plane, to, step, filter, words, channel, s);
      }
    }
    if (s->narrow) wherry_clamp_run_s8(output, output + pixels * step, s->low, s->high);
    input += s->input_h * s->input_w * s->input_c;
    output += pixels * step;
  }
}
