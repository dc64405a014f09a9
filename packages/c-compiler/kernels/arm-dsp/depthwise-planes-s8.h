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

/* A channel's results of a band of rows, in the order in which they are written. */
typedef struct {
  wherry_channel channel;
  /* Of each row of the filter, weights 0 and 1 in a word, 1 and 2 in the next. */
  uint32_t weights[6];
  /* Where the filter begins to read, and in words: to its next row, and behind a row of results to the next one. */
  const uint32_t *values;
  int32_t apart, skip;
  int8_t *output;
  /* From one result to the next. */
  int32_t step;
  /* Results in a row, two for each word of values; where each word is one, 2 less their number. */
  int32_t columns;
  int32_t rows;
} wherry_band_of_3x3;

#ifdef WHERRY_DSP
WHERRY_ASSEMBLY void wherry_finish_band(wherry_band_of_3x3 *band WHERRY_UNNAMED) {
#define WHERRY_ROW_OF_TWO(row, at) \
  "ldrd r7, r8, [" row "], #4\n\t" \
  "ldrd r10, r11, [r0, #" at "]\n\t" \
  "smlad r12, r7, r10, r12\n\t" \
  "smlatb lr, r7, r10, lr\n\t" \
  "smlabt r12, r8, r11, r12\n\t" \
  "smlad lr, r8, r11, lr\n\t"
#define WHERRY_ROW_OF_ONE(row, at) \
  "ldrd r7, r8, [" row "], #4\n\t" \
  "ldrd r10, r11, [r0, #" at "]\n\t" \
  "smlad r12, r7, r10, r12\n\t" \
  "smlabt r12, r8, r11, r12\n\t"
  __asm__ volatile(
      "push {r4, r5, r6, r7, r8, r10, r11, lr}\n\t"
      "ldrd r1, r2, [r0, #40]\n\t"
      "ldrd r4, r5, [r0, #52]\n\t"
      "add r3, r1, r2, lsl #3\n\t"
      "add r2, r1, r2, lsl #2\n"
      "2:\n\t"
      "ldr r6, [r0, #60]\n"
      "1:\n\t"
      "subs r6, r6, #2\n\t"
      "blt 3f\n\t"
      "ldr r12, [r0, #12]\n\t"
      "mov lr, r12\n\t"
      WHERRY_ROW_OF_TWO("r1", "16") WHERRY_ROW_OF_TWO("r2", "24") WHERRY_ROW_OF_TWO("r3", "32")
      "ldmia r0, {r7, r8, r10}\n\t"
      "smmlar r12, r12, r7, r12\n\t"
      "smmlar lr, lr, r7, lr\n\t"
      "add r12, r12, r12, asr #31\n\t"
      "add lr, lr, lr, asr #31\n\t"
      "add r12, r12, r8\n\t"
      "add lr, lr, r8\n\t"
      "asr r12, r12, r10\n\t"
      "asr lr, lr, r10\n\t"
      "ssat r12, #8, r12\n\t"
      "ssat lr, #8, lr\n\t"
      "strb r12, [r4]\n\t"
      "strb lr, [r4, r5]\n\t"
      "add r4, r4, r5, lsl #1\n\t"
      "bgt 1b\n\t"
      "b 4f\n"
      "3:\n\t"
      "ldr r12, [r0, #12]\n\t"
      WHERRY_ROW_OF_ONE("r1", "16") WHERRY_ROW_OF_ONE("r2", "24") WHERRY_ROW_OF_ONE("r3", "32")
      "ldmia r0, {r7, r8, r10}\n\t"
      "smmlar r12, r12, r7, r12\n\t"
      "add r12, r12, r12, asr #31\n\t"
      "add r12, r12, r8\n\t"
      "asr r12, r12, r10\n\t"
      "ssat r12, #8, r12\n\t"
      "strb r12, [r4]\n\t"
      "add r4, r4, r5\n\t"
      "adds r6, r6, #1\n\t"
      "blt 3b\n"
      "4:\n\t"
      "ldr r7, [r0, #48]\n\t"
      "ldr r8, [r0, #64]\n\t"
      "add r1, r1, r7, lsl #2\n\t"
      "add r2, r2, r7, lsl #2\n\t"
      "add r3, r3, r7, lsl #2\n\t"
      "subs r8, r8, #1\n\t"
      "str r8, [r0, #64]\n\t"
      "bne 2b\n\t"
      "pop {r4, r5, r6, r7, r8, r10, r11, pc}");
}
#else
static inline void wherry_finish_band(wherry_band_of_3x3 *band) {
  const wherry_channel *const channel = &band->channel;
  const uint32_t *values = band->values;
  int8_t *output = band->output;
  for (; band->rows > 0; --band->rows, values += band->skip) {
    const int32_t single = band->columns <= 1;
    int32_t left = single ? 2 - band->columns : band->columns;
    while (left > 0) {
      uint32_t x = (uint32_t)channel->bias, y = x;
      int32_t i;
      for (i = 0; i < 3; ++i) {
        const uint32_t *const row = values + i * band->apart, *const w = band->weights + 2 * i;
        x = wherry_add_lower_upper(wherry_add_products(x, row[0], w[0]), row[1], w[1]);
        y = wherry_add_products(wherry_add_upper_lower(y, row[0], w[0]), row[1], w[1]);
      }
      ++values;
      *output = (int8_t)wherry_requantize_channel(x, &channel->scale);
      output += band->step;
      if (--left == 0 || single) continue;
      *output = (int8_t)wherry_requantize_channel(y, &channel->scale);
      output += band->step;
      --left;
    }
  }
}
#endif

/* A filter of 3x3 at a stride of 1 or 2 across. `step`: from one pixel of the output to the next. */
static inline void wherry_depthwise_3x3_s8(const uint32_t *plane, int32_t rows, int8_t *output, int32_t step,
                                           const int8_t *w, const wherry_channel *channel,
                                           const wherry_depthwise_planes *s) {
  const int32_t pitch = s->plane_w / 2, columns = s->output_w, single = s->stride_w == 2;
  wherry_band_of_3x3 band;
  int32_t i;
  band.channel = *channel;
  for (i = 0; i < 6; i += 2, w += 3) {
    band.weights[i] = wherry_join(w[0], w[1]);
    band.weights[i + 1] = wherry_join(w[1], w[2]);
  }
  band.values = plane;
  band.apart = s->dilation_h * pitch;
  band.skip = s->stride_h * pitch - (single ? columns : (columns + 1) / 2);
  band.output = output;
  band.step = step;
  band.columns = single ? 2 - columns : columns;
  band.rows = rows;
  wherry_finish_band(&band);
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
      *output = (int8_t)wherry_requantize_channel(sum, &channel->scale);
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
