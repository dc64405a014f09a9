/*
 * CONV_2D on int8 where a multiplication of 32 bits costs no more than one of 8. Input [N,H,W,C], output [N,H,W,O]. Values of
 * two pixels are joined in a word, so that one product with a weight is both of theirs. Weights stand in blocks of four output
 * channels, [O / 4][steps][4][2], then those that are left, [O % 4][steps][2], two values of the window to a step.
 */
#include <stdint.h>
#include "../portable/requantize-channel.h"

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, output_c;
  int32_t filter_h, filter_w, stride_h, stride_w, dilation_h, dilation_w, top, left;
  int32_t input_zero_point;
  int32_t steps;
  int32_t low, high;
} wherry_conv_2d_joined;

/*
 * Sums of two pixels, of which the second one's products are 2^16 times as much: of both together, modulo 2^32, and of the
 * second by itself.
 */
typedef struct {
  uint32_t both;
  uint32_t second;
} wherry_joined_sums;

static inline wherry_joined_sums wherry_no_sums(int32_t bias, int32_t steps) {
  wherry_joined_sums sums;
  sums.second = (uint32_t)bias;
  /* Each step adds 2^15 beside its products. */
  sums.both = (uint32_t)bias + ((uint32_t)bias << 16) - ((uint32_t)steps << 15);
  return sums;
}

/*
 * Two values of each pixel. The first one's two products are an integer of 16 bits: with 2^15 added to them, what is behind
 * the 16 bits is the second one's.
 */
static inline void wherry_add_joined(wherry_joined_sums *sums, uint32_t x, uint32_t y, const int8_t *weights) {
  const int32_t a = weights[0], b = weights[1];
  const uint32_t products = x * (uint32_t)a + y * (uint32_t)b + 32768;
  sums->both += products;
  sums->second += (uint32_t)((int32_t)products >> 16);
}

typedef struct {
  int8_t *first, *second;
} wherry_two_outputs;

static inline void wherry_write_joined(wherry_joined_sums sums, const wherry_channel *channel, wherry_two_outputs to,
                                       int32_t at, const wherry_conv_2d_joined *s) {
  /* The second first: both are one where there is one pixel. */
  to.second[at] = wherry_channel_to_s8(sums.second, &channel->scale, s->low, s->high);
  to.first[at] = wherry_channel_to_s8(sums.both - (sums.second << 16), &channel->scale, s->low, s->high);
}

/* All channels of two pixels. */
static inline void wherry_conv_2d_two_s8(const uint32_t *window, wherry_two_outputs to, const int8_t *weights,
                                         const wherry_channel *channels, const wherry_conv_2d_joined *s) {
  const uint32_t *const end = window + 2 * s->steps;
  int32_t o = 0;
  for (; o + 4 <= s->output_c; o += 4) {
    wherry_joined_sums s0 = wherry_no_sums(channels[o].bias, s->steps);
    wherry_joined_sums s1 = wherry_no_sums(channels[o + 1].bias, s->steps);
    wherry_joined_sums s2 = wherry_no_sums(channels[o + 2].bias, s->steps);
    wherry_joined_sums s3 = wherry_no_sums(channels[o + 3].bias, s->steps);
    const uint32_t *words = window;
    do {
      const uint32_t x = words[0], y = words[1];
      wherry_add_joined(&s0, x, y, weights);
      wherry_add_joined(&s1, x, y, weights + 2);
      wherry_add_joined(&s2, x, y, weights + 4);
      wherry_add_joined(&s3, x, y, weights + 6);
      words += 2;
      weights += 8;
    } while (words != end);
    wherry_write_joined(s0, channels + o, to, o, s);
    wherry_write_joined(s1, channels + o + 1, to, o + 1, s);
    wherry_write_joined(s2, channels + o + 2, to, o + 2, s);
    wherry_write_joined(s3, channels + o + 3, to, o + 3, s);
  }
  for (; o < s->output_c; ++o) {
    wherry_joined_sums sums = wherry_no_sums(channels[o].bias, s->steps);
    const uint32_t *words = window;
    for (; words != end; words += 2, weights += 2) wherry_add_joined(&sums, words[0], words[1], weights);
    wherry_write_joined(sums, channels + o, to, o, s);
  }
}

/* A pixel's window: where it begins, which may be outside the image. */
typedef struct {
  int32_t y, x;
} wherry_corner;

static inline int32_t wherry_is_inside(wherry_corner at, const wherry_conv_2d_joined *s) {
  return at.y >= 0 && at.y + (s->filter_h - 1) * s->dilation_h < s->input_h && at.x >= 0 &&
         at.x + (s->filter_w - 1) * s->dilation_w < s->input_w;
}

/* Windows that lie in the image. */
static inline void wherry_join_windows_s8(const int8_t *first, const int8_t *second, uint32_t *words,
                                          const wherry_conv_2d_joined *s) {
  const int32_t is_run = s->dilation_w == 1, run = (is_run ? s->filter_w : 1) * s->input_c;
  const int32_t runs = is_run ? 1 : s->filter_w, across = s->dilation_w * s->input_c;
  const int32_t down = s->dilation_h * s->input_w * s->input_c - (is_run ? 0 : runs * across);
  int32_t fy, fx;
  for (fy = 0; fy < s->filter_h; ++fy, first += down, second += down) {
    for (fx = 0; fx < runs; ++fx) {
      const int8_t *a = first, *b = second, *const end = first + run;
      if (run % 2 != 0) *words++ = (uint32_t)*a++ + ((uint32_t)*b++ << 16);
      for (; a != end; a += 2, b += 2, words += 2) {
        words[0] = (uint32_t)a[0] + ((uint32_t)b[0] << 16);
        words[1] = (uint32_t)a[1] + ((uint32_t)b[1] << 16);
      }
      if (is_run) break;
      first += across;
      second += across;
    }
  }
}

/* Adds a pixel's values, 2^`shift` times as much, with the zero point where they stand in the padding. */
static inline void wherry_add_window_s8(const int8_t *image, wherry_corner at, uint32_t *words, int32_t shift,
                                        const wherry_conv_2d_joined *s) {
  int32_t fy, fx, c;
  for (fy = 0; fy < s->filter_h; ++fy) {
    const int32_t y = at.y + fy * s->dilation_h;
    for (fx = 0; fx < s->filter_w; ++fx) {
      const int32_t x = at.x + fx * s->dilation_w;
      if (y < 0 || y >= s->input_h || x < 0 || x >= s->input_w) {
        for (c = 0; c < s->input_c; ++c) *words++ += (uint32_t)s->input_zero_point << shift;
      } else {
        const int8_t *const values = image + (y * s->input_w + x) * s->input_c;
        for (c = 0; c < s->input_c; ++c) *words++ += (uint32_t)values[c] << shift;
      }
    }
  }
}

/* `window` has room for two words for each step. */
static inline void wherry_conv_2d_joined_s8(const int8_t *input, int8_t *output, int8_t *window, const int8_t *weights,
                                            const wherry_channel *channels, const wherry_conv_2d_joined *s) {
  uint32_t *const words = (uint32_t *)(void *)window;
  int32_t batch, i, left_over;
  /* Where the window ends in the middle of a step, its weight is zero. */
  words[2 * s->steps - 1] = 0;
  for (batch = 0; batch < s->batches; ++batch) {
    wherry_corner next;
    next.y = -s->top;
    next.x = -s->left;
    for (left_over = s->output_h * s->output_w; left_over > 0; left_over -= 2) {
      wherry_corner at[2];
      wherry_two_outputs to;
      for (i = 0; i < 2; ++i) {
        at[i] = next;
        if (i == 1 && left_over == 1) at[1] = at[0];
        next.x += s->stride_w;
        if (next.x == s->output_w * s->stride_w - s->left) {
          next.x = -s->left;
          next.y += s->stride_h;
        }
      }
      if (wherry_is_inside(at[0], s) && wherry_is_inside(at[1], s)) {
        wherry_join_windows_s8(input + (at[0].y * s->input_w + at[0].x) * s->input_c,
                               input + (at[1].y * s->input_w + at[1].x) * s->input_c, words, s);
      } else {
        for (i = 0; i < 2 * s->steps; ++i) words[i] = 0;
        wherry_add_window_s8(input, at[0], words, 0, s);
        wherry_add_window_s8(input, at[1], words, 16, s);
      }
      to.first = output;
      to.second = left_over == 1 ? output : output + s->output_c;
      wherry_conv_2d_two_s8(words, to, weights, channels, s);
      output = to.second + s->output_c;
    }
    input += s->input_h * s->input_w * s->input_c;
  }
}
