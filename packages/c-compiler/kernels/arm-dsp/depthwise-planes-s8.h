/*
 * DEPTHWISE_CONV_2D on int8 for the DSP extension, channel by channel and band by band: what the filter sees of the channel is
 * widened into a plane with the zero point around it, and nobody reads those bytes again. Input [N,H,W,C], weights [C * multiplier][H][W], output
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
  /* Rows of the output that are computed from the plane at once, and rows under the filter. */
  int32_t band, reach_h;
  /* Of the plane, even. */
  int32_t plane_w;
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
static inline void wherry_depthwise_3x3_s8(const uint32_t *plane, int32_t band, int8_t *output, int32_t step,
                                           const int8_t *w, const wherry_channel *channel,
                                           const wherry_depthwise_planes *s) {
  const int32_t pitch = s->plane_w / 2, apart = s->dilation_h * pitch, down = s->stride_h * pitch;
  const int32_t single = s->stride_w == 2, columns = s->output_w, shift = channel->shift;
  const int32_t bias = channel->bias, multiplier = channel->multiplier, offset = channel->offset;
  uint32_t weights[6];
  int32_t i, x_left;
  for (i = 0; i < 6; i += 2, w += 3) {
    weights[i] = wherry_join(w[0], w[1]);
    weights[i + 1] = wherry_join(w[1], w[2]);
  }
  for (; band > 0; --band, plane += down) {
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
static inline void wherry_depthwise_any_s8(const int8_t *plane, int32_t band, int8_t *output, int32_t step,
                                           const int8_t *w, uint32_t *words, const wherry_channel *channel,
                                           const wherry_depthwise_planes *s) {
  const int32_t pairs = (s->filter_w + 1) / 2;
  int32_t y, x, fy, i;
  for (i = 0; i < s->filter_h * pairs; ++i) {
    const int32_t fx = i % pairs * 2;
    const int8_t *const from = w + i / pairs * s->filter_w + fx;
    words[i] = wherry_join(from[0], fx + 1 < s->filter_w ? from[1] : 0);
  }
  for (y = 0; y < band; ++y) {
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

/* `count` rows of a channel from row `y` on; the zero point stands in those that are none of the image. */
static inline void wherry_fill_rows_s8(const int8_t *channel, int32_t y, int32_t count, int8_t *plane,
                                       const wherry_depthwise_planes *s) {
  const int32_t columns = s->input_w < s->plane_w - s->left ? s->input_w : s->plane_w - s->left;
  const int32_t step = s->input_c, pitch = 2 * s->plane_w, height = s->input_h, down = s->input_w * step;
  const int16_t zero_point = (int16_t)s->input_zero_point;
  plane += 2 * s->left;
  for (; count > 0; --count, ++y, plane += pitch) {
    const int8_t *from = channel + y * down;
    int8_t *to = plane, *const end = plane + 2 * columns;
    if (y < 0 || y >= height) {
      for (; to != end; to += 2) memcpy(to, &zero_point, 2);
    } else {
      for (; to != end; to += 2, from += step) {
        const int16_t value = *from;
        memcpy(to, &value, 2);
      }
    }
  }
}

/* `plane` has room for the rows of a band and, behind them, the weights of a channel, two in each word. */
static inline void wherry_depthwise_planes_s8(const int8_t *input, int8_t *output, int8_t *plane, const int8_t *weights,
                                              const wherry_channel *channels, const wherry_depthwise_planes *s) {
  const int32_t rows = (s->band - 1) * s->stride_h + s->reach_h, pitch = s->plane_w / 2;
  const int32_t kept = s->reach_h > s->stride_h ? s->reach_h - s->stride_h : 0;
  uint32_t *const values = (uint32_t *)(void *)plane, *const words = values + rows * pitch;
  const int32_t step = s->input_c * s->depth_multiplier, taps = s->filter_h * s->filter_w;
  const int32_t is_3x3 = s->filter_h == 3 && s->filter_w == 3 && s->stride_w < 3;
  int32_t batch, c, m, i, y;
  for (i = 0; i < rows * pitch; ++i) values[i] = wherry_join(s->input_zero_point, s->input_zero_point);
  for (batch = 0; batch < s->batches; ++batch) {
    for (c = 0; c < s->input_c; ++c) {
      for (y = 0; y < s->output_h; y += s->band) {
        const int32_t band = s->output_h - y < s->band ? s->output_h - y : s->band;
        const int32_t filled = y == 0 ? 0 : kept;
        if (filled > 0) memmove(values, values + s->band * s->stride_h * pitch, (size_t)(4 * kept * pitch));
        wherry_fill_rows_s8(input + c, y * s->stride_h - s->top + filled,
                            (band - 1) * s->stride_h + s->reach_h - filled, plane + 4 * filled * pitch, s);
        for (m = c * s->depth_multiplier; m < (c + 1) * s->depth_multiplier; ++m) {
          int8_t *const to = output + y * s->output_w * step + m;
          if (is_3x3)
            wherry_depthwise_3x3_s8(values, band, to, step, weights + m * taps, channels + m, s);
          else
            wherry_depthwise_any_s8(plane, band, to, step, weights + m * taps, words, channels + m, s);
        }
      }
    }
    input += s->input_h * s->input_w * s->input_c;
    if (s->narrow) wherry_clamp_run_s8(output, output + s->output_h * s->output_w * step, s->low, s->high);
    output += s->output_h * s->output_w * step;
  }
}
