/*
 * CONV_2D and FULLY_CONNECTED on int8 for the vector unit of Armv8.1-M, where every shift is negative. Input [N,H,W,C],
 * weights [O / 4][H * W * C / 16][4][16], then those that are left, [O % 4][H * W * C], output [N,H,W,O]. The bias has the input's zero point folded in, so that values are multiplied as
 * they are stored.
 */
#include <stdint.h>
#include "requantize-four.h"
#include "runs.h"

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, output_c;
  int32_t filter_h, filter_w, stride_h, stride_w, dilation_h, top, left;
  int32_t input_zero_point;
  /* 1: the filter covers one pixel, whose values are read where they lie. */
  int32_t in_place;
  wherry_requantization to;
} wherry_conv_2d_rows;

/* Four channels, whose weights stand in pieces of sixteen side by side; the last ones are filled up. */
static inline void wherry_conv_2d_four_s8(const int8_t *values, int32_t count, int8_t *output, const int8_t *weights,
                                          const int32_t *bias, const int32_t *multipliers, const int8_t *shifts,
                                          const wherry_requantization *to) {
  uint32_t s0 = (uint32_t)bias[0], s1 = (uint32_t)bias[1], s2 = (uint32_t)bias[2], s3 = (uint32_t)bias[3];
#ifdef WHERRY_MVE
  __asm__ volatile(
      "wlstp.8 lr, %[count], 2f\n"
      "1:\n\t"
      "vldrb.8 q0, [%[values]], #16\n\t"
      "vldrb.8 q1, [%[weights]], #16\n\t"
      "vmladava.s8 %[s0], q0, q1\n\t"
      "vldrb.8 q2, [%[weights]], #16\n\t"
      "vmladava.s8 %[s1], q0, q2\n\t"
      "vldrb.8 q3, [%[weights]], #16\n\t"
      "vmladava.s8 %[s2], q0, q3\n\t"
      "vldrb.8 q1, [%[weights]], #16\n\t"
      "vmladava.s8 %[s3], q0, q1\n\t"
      "letp lr, 1b\n"
      "2:"
      : [values] "+r"(values), [weights] "+r"(weights), [s0] "+Te"(s0), [s1] "+Te"(s1), [s2] "+Te"(s2), [s3] "+Te"(s3)
      : [count] "r"(count)
      : "q0", "q1", "q2", "q3", "lr", "memory");
  wherry_requantize_vector(wherry_vector_of(s0, s1, s2, s3), output, multipliers, shifts, to);
#else
  int32_t i;
  for (i = 0; i < count; ++i) {
    const int8_t *const four = weights + i / 16 * 64 + i % 16;
    const int32_t value = values[i];
    s0 += (uint32_t)(value * four[0]);
    s1 += (uint32_t)(value * four[16]);
    s2 += (uint32_t)(value * four[32]);
    s3 += (uint32_t)(value * four[48]);
  }
  output[0] = wherry_requantize(s0, multipliers[0], shifts[0], to);
  output[1] = wherry_requantize(s1, multipliers[1], shifts[1], to);
  output[2] = wherry_requantize(s2, multipliers[2], shifts[2], to);
  output[3] = wherry_requantize(s3, multipliers[3], shifts[3], to);
#endif
}

/* All channels of one pixel. */
static inline void wherry_conv_2d_pixel_of_rows_s8(const int8_t *values, int32_t count, int8_t *output,
                                                   const int8_t *weights, const int32_t *bias,
                                                   const int32_t *multipliers, const int8_t *shifts, int32_t channels,
                                                   const wherry_requantization to) {
  int8_t *const end = output + channels, *const in_fours = output + channels / 4 * 4;
  const int32_t step = (count + 15) / 16 * 64;
  int32_t i;
  for (; output != in_fours; output += 4, bias += 4, multipliers += 4, shifts += 4, weights += step)
    wherry_conv_2d_four_s8(values, count, output, weights, bias, multipliers, shifts, &to);
  for (; output != end; weights += count) {
    uint32_t sum = (uint32_t)*bias++;
    for (i = 0; i < count; ++i) sum += (uint32_t)(values[i] * weights[i]);
    *output++ = wherry_requantize(sum, *multipliers++, *shifts++, &to);
  }
}

/* The values under the filter side by side, with the zero point where it stands in the padding. */
static inline void wherry_rows_of_window_s8(const int8_t *image, int32_t y, int32_t x, int8_t *patch,
                                            const wherry_conv_2d_rows *s) {
  const int32_t first = x >= 0 ? 0 : -x < s->filter_w ? -x : s->filter_w;
  const int32_t last = s->input_w - x < first ? first : s->input_w - x < s->filter_w ? s->input_w - x : s->filter_w;
  const int32_t before = first * s->input_c, inside = (last - first) * s->input_c;
  const int32_t behind = (s->filter_w - last) * s->input_c, run = before + inside + behind;
  int32_t fy;
  for (fy = 0; fy < s->filter_h; ++fy, patch += run) {
    const int32_t iy = y + fy * s->dilation_h;
    if (iy < 0 || iy >= s->input_h) {
      wherry_fill_run(patch, s->input_zero_point, run);
    } else {
      if (before > 0) wherry_fill_run(patch, s->input_zero_point, before);
      wherry_copy_run(patch + before, image + (iy * s->input_w + x + first) * s->input_c, inside);
      if (behind > 0) wherry_fill_run(patch + before + inside, s->input_zero_point, behind);
    }
  }
}

/* `patch` has room for filter_h * filter_w * input_c values where they are not read in place. */
static inline void wherry_conv_2d_rows_s8(const int8_t *input, int8_t *output, int8_t *patch, const int8_t *weights,
                                          const int32_t *bias, const int32_t *multipliers, const int8_t *shifts,
                                          const wherry_conv_2d_rows *s) {
  const int32_t count = s->filter_h * s->filter_w * s->input_c;
  int32_t batch, y, x;
  for (batch = 0; batch < s->batches; ++batch) {
    for (y = -s->top; y < s->output_h * s->stride_h - s->top; y += s->stride_h) {
      for (x = -s->left; x < s->output_w * s->stride_w - s->left; x += s->stride_w) {
        const int8_t *values = patch;
        if (s->in_place)
          values = input + (y * s->input_w + x) * s->input_c;
        else
          wherry_rows_of_window_s8(input, y, x, patch, s);
        wherry_conv_2d_pixel_of_rows_s8(values, count, output, weights, bias, multipliers, shifts, s->output_c, s->to);
        output += s->output_c;
      }
    }
    input += s->input_h * s->input_w * s->input_c;
  }
}
