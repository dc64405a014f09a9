/*
 * DEPTHWISE_CONV_2D on int8, a kernel for each form that weights are stored in: channel by channel and band by band. What the filter sees of the channel is copied into a plane
 * with the zero point around it, and nobody reads those bytes again. Input [N,H,W,C],
 * weights [C * multiplier][H][W], output [N,H,W,C * multiplier]. The bias has the input's zero point folded in, so that values are multiplied as they are stored.
 */
#include <stdint.h>
#include <string.h>
#include "apart.h"
#include "requantize.h"
#include "requantize-channel.h"

/* Rows of the plane of a filter of 3x3: with this, one pointer and constants are where all of its values lie. */
#define WHERRY_PLANE_H 16

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, depth_multiplier;
  int32_t filter_h, filter_w, stride_h, stride_w, dilation_h, dilation_w, top, left;
  int32_t input_zero_point;
  /* Rows of the output that are computed from the plane at once, and rows under the filter. */
  int32_t band, reach_h;
  /* Of the plane, whose columns stand behind each other. */
  int32_t plane_w, plane_h;
  /* 1: a filter of 3x3 without places apart, and scales as wherry_small_scale has them. */
  int32_t is_3x3;
  wherry_requantization to;
} wherry_depthwise_channels;

/* What a channel's results come of, and where they go. */
typedef struct {
  const int8_t *plane;
  int32_t rows;
  int8_t *output;
  const int8_t *weights;
  int32_t bias, multiplier, shift;
} wherry_depthwise_band;

/* Three weights in a column. Products of 16 bits: an int may have no more. */
typedef struct {
  int16_t a, b, c;
} wherry_three_weights;

static inline wherry_three_weights wherry_column_of_three(const int8_t *weights) {
  wherry_three_weights column;
  column.a = weights[0];
  column.b = weights[3];
  column.c = weights[6];
  return column;
}

static inline int32_t wherry_times_three(const int8_t *values, const wherry_three_weights *w) {
  return (int32_t)(values[0] * w->a) + (int32_t)(values[1] * w->b) + (int32_t)(values[2] * w->c);
}

/* Column after column, as the plane has them. */
WHERRY_APART void wherry_depthwise_3x3(const wherry_depthwise_band *of, const wherry_depthwise_channels *s) {
  const wherry_three_weights w0 = wherry_column_of_three(of->weights), w1 = wherry_column_of_three(of->weights + 1);
  const wherry_three_weights w2 = wherry_column_of_three(of->weights + 2);
  const int32_t step = s->input_c * s->depth_multiplier, down = s->output_w * step, stride = s->stride_h;
  const int32_t low = s->to.low + s->to.zero_point, high = s->to.high + s->to.zero_point;
  const int8_t *plane = of->plane;
  int8_t *top = of->output, *const behind = top + down;
  const int32_t bias = of->bias;
  wherry_small_scale scale;
  scale.multiplier = (int32_t)((uint32_t)of->multiplier << 1);
  scale.shift = -of->shift;
  scale.offset = (2 * s->to.zero_point + 1) * ((int32_t)1 << (scale.shift - 1));
  for (; top != behind; top += step, plane += s->stride_w * WHERRY_PLANE_H) {
    const int8_t *values = plane, *const end = plane + of->rows * stride;
    int8_t *output = top;
    do {
      int32_t sum = bias + wherry_times_three(values, &w0) + wherry_times_three(values + WHERRY_PLANE_H, &w1);
      WHERRY_READ_NOW;
      sum += wherry_times_three(values + 2 * WHERRY_PLANE_H, &w2);
      values += stride;
      *output = wherry_channel_to_s8((uint32_t)sum, &scale, low, high);
      output += down;
    } while (values != end);
  }
}

/* Any filter. */
static inline void wherry_depthwise_any(const wherry_depthwise_band *of, const wherry_depthwise_channels *s) {
  const int32_t step = s->input_c * s->depth_multiplier, across = s->dilation_w * s->plane_h;
  int8_t *output = of->output;
  int32_t y, x, fy, fx;
  for (y = 0; y < of->rows; ++y) {
    for (x = 0; x < s->output_w; ++x) {
      const int8_t *row = of->plane + x * s->stride_w * s->plane_h + y * s->stride_h, *weights = of->weights;
      uint32_t sum = (uint32_t)of->bias;
      for (fy = 0; fy < s->filter_h; ++fy, row += s->dilation_h) {
        const int8_t *value = row;
        for (fx = 0; fx < s->filter_w; ++fx, value += across) sum += (uint32_t)(*value * *weights++);
      }
      *output = wherry_requantize(sum, of->multiplier, of->shift, &s->to);
      output += step;
    }
  }
}

/* Rows of the plane, from above to below: those of the last band that are needed again, `down` below, then new ones. */
typedef struct {
  int32_t kept, down, above, inside, below;
} wherry_plane_rows;

/* `from`: the first new value in the image; the zero point stands in rows that are none of it. */
static inline void wherry_fill_plane_s8(const int8_t *from, int8_t *plane, const wherry_plane_rows *rows,
                                        const wherry_depthwise_channels *s) {
  const int32_t columns = s->input_w < s->plane_w - s->left ? s->input_w : s->plane_w - s->left;
  const int32_t pitch = s->input_w * s->input_c;
  int32_t x, y;
  plane += s->left * s->plane_h;
  for (x = 0; x < columns; ++x, plane += s->plane_h, from += s->input_c) {
    const int8_t *value = from;
    int8_t *to = plane, *end;
    for (y = 0; y < rows->kept; ++y, ++to) *to = to[rows->down];
    for (y = 0; y < rows->above; ++y) *to++ = (int8_t)s->input_zero_point;
    for (end = to + rows->inside / 2 * 2; to != end; to += 2, value += 2 * pitch) {
      to[0] = value[0];
      to[1] = value[pitch];
    }
    if (rows->inside % 2 != 0) *to++ = *value;
    for (y = 0; y < rows->below; ++y) *to++ = (int8_t)s->input_zero_point;
  }
}

/* What the band of `count` rows of results from row `y` on needs; `at`: the first new row, which may be outside the image. */
static inline wherry_plane_rows wherry_rows_of_band(int32_t y, int32_t count, int32_t *at,
                                                    const wherry_depthwise_channels *s) {
  const int32_t end = (y + count - 1) * s->stride_h - s->top + s->reach_h;
  wherry_plane_rows rows;
  rows.down = s->band * s->stride_h;
  rows.kept = y == 0 || s->reach_h < s->stride_h ? 0 : s->reach_h - s->stride_h;
  *at = y * s->stride_h - s->top + rows.kept;
  rows.above = *at < 0 ? (end < 0 ? end : 0) - *at : 0;
  rows.below = end > s->input_h ? end - (*at > s->input_h ? *at : s->input_h) : 0;
  rows.inside = end - *at - rows.above - rows.below;
  return rows;
}

/*
 * `plane` has room for plane_w columns of plane_h rows, and behind them for what weights_of(weights, first, taps, room) writes: the
 * weights of a channel as bytes.
 */
#define WHERRY_DEFINE_DEPTHWISE_CHANNELS(name, type, weights_of)                                                        \
  static inline void name(const int8_t *input, int8_t *output, int8_t *plane, const type *weights, const int32_t *bias, \
                          const int32_t *multipliers, const int8_t *shifts, const wherry_depthwise_channels *s) {       \
    const int32_t step = s->input_c * s->depth_multiplier, taps = s->filter_h * s->filter_w;                            \
    int32_t batch, c, m, y;                                                                                             \
    memset(plane, s->input_zero_point, (size_t)(s->plane_w * s->plane_h));                                              \
    for (batch = 0; batch < s->batches; ++batch) {                                                                      \
      for (c = 0; c < s->input_c; ++c) {                                                                                \
        for (y = 0; y < s->output_h; y += s->band) {                                                                    \
          const int32_t count = s->output_h - y < s->band ? s->output_h - y : s->band;                                  \
          int32_t at;                                                                                                   \
          const wherry_plane_rows rows = wherry_rows_of_band(y, count, &at, s);                                         \
          wherry_depthwise_band of;                                                                                     \
          of.plane = plane;                                                                                             \
          of.rows = count;                                                                                              \
          wherry_fill_plane_s8(input + c + (at + rows.above) * s->input_w * s->input_c, plane, &rows, s);               \
          for (m = c * s->depth_multiplier; m < (c + 1) * s->depth_multiplier; ++m) {                                   \
            of.output = output + y * s->output_w * step + m;                                                            \
            of.weights = weights_of(weights, m * taps, taps, plane + s->plane_w * s->plane_h);                          \
            of.bias = bias[m];                                                                                          \
            of.multiplier = multipliers[m];                                                                             \
            of.shift = shifts[m];                                                                                       \
            if (s->is_3x3)                                                                                              \
              wherry_depthwise_3x3(&of, s);                                                                             \
            else                                                                                                        \
              wherry_depthwise_any(&of, s);                                                                             \
          }                                                                                                             \
        }                                                                                                               \
      }                                                                                                                 \
      input += s->input_h * s->input_w * s->input_c;                                                                    \
      output += s->output_h * s->output_w * step;                                                                       \
    }                                                                                                                   \
  }
