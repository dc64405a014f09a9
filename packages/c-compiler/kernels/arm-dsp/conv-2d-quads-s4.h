/*
 * CONV_2D and FULLY_CONNECTED on int8 with weights of 4 bits, for the DSP extension. Four channels are computed at once: half a
 * word of weights has one of each, a + 8 in its lowest bits, then b + 8 and c + 8, and d in two's complement, so that it is
 * 4096 * d + 256 * (c + 8) + 16 * (b + 8) + a + 8. Products with all of it, and with its lowest three nibbles, two and one, add
 * up to sums of which each next one is less by that of one channel. Weights are [O / 4][H][run / 4][2] words, of values 0 and 2,
 * then 1 and 3, with zeros behind the last of a run.
 */
#include <stdint.h>
#include <string.h>
#include "../portable/conv-2d.h"
#include "instructions.h"

/* Beyond it 4096 times a sum of products of 7 and 3 bits may not fit. A multiple of four. */
#define WHERRY_QUAD_VALUES 508

typedef struct {
  uint32_t four, three, two, one;
} wherry_quad_sums;

/* The products of four values in a word with the weights of four channels. */
static inline void wherry_quad_products(wherry_quad_sums *sums, uint32_t word, const int32_t *weights) {
  const uint32_t even = wherry_widen_even(word), odd = wherry_widen_odd(word);
  const uint32_t w0 = (uint32_t)weights[0], w1 = (uint32_t)weights[1];
  sums->four = wherry_add_products(wherry_add_products(sums->four, even, w0), odd, w1);
  sums->three = wherry_add_products(sums->three, even, w0 & 0x0fff0fffu);
  sums->three = wherry_add_products(sums->three, odd, w1 & 0x0fff0fffu);
  sums->two = wherry_add_products(sums->two, even, w0 & 0x00ff00ffu);
  sums->two = wherry_add_products(sums->two, odd, w1 & 0x00ff00ffu);
  sums->one = wherry_add_products(sums->one, even, w0 & 0x000f000fu);
  sums->one = wherry_add_products(sums->one, odd, w1 & 0x000f000fu);
}

/* Values of which there are fewer than four, zeros behind them. */
static inline uint32_t wherry_load_few(const int8_t *from, int32_t count) {
  uint32_t word = 0;
  memcpy(&word, from, (size_t)count);
  return word;
}

/* Adds the products of `count` values with four channels of weights. */
static inline const int32_t *wherry_dot_quads(uint32_t *sums, const int8_t *values, const int32_t *weights,
                                              int32_t count) {
  while (count > 0) {
    const int32_t part = count < WHERRY_QUAD_VALUES ? count : WHERRY_QUAD_VALUES;
    const int8_t *const end = values + (part - part % 4);
    wherry_quad_sums part_sums = {0, 0, 0, 0};
    for (; values != end; values += 4, weights += 2)
      wherry_quad_products(&part_sums, wherry_load_word(values), weights);
    if (part % 4 > 0) {
      wherry_quad_products(&part_sums, wherry_load_few(values, part % 4), weights);
      weights += 2;
    }
    sums[0] += part_sums.one;
    sums[1] += (uint32_t)((int32_t)(part_sums.two - part_sums.one) >> 4);
    sums[2] += (uint32_t)((int32_t)(part_sums.three - part_sums.two) >> 8);
    sums[3] += (uint32_t)((int32_t)(part_sums.four - part_sums.three) >> 12);
    count -= part;
  }
  return weights;
}

static inline uint32_t wherry_sum_values(uint32_t sum, const int8_t *values, int32_t count) {
  for (; count > 0; count -= 4, values += 4) {
    const uint32_t word = count < 4 ? wherry_load_few(values, count) : wherry_load_word(values);
    sum = wherry_add_products(sum, wherry_widen_even(word), 0x00010001u);
    sum = wherry_add_products(sum, wherry_widen_odd(word), 0x00010001u);
  }
  return sum;
}

/* As wherry_conv_2d_pixel_s4. */
static inline void wherry_conv_2d_pixel_quads_s4(const int8_t *rows, int32_t pitch, int32_t run, int8_t *output,
                                                 const int32_t *weights, const int32_t *bias,
                                                 const int32_t *multipliers, const int8_t *shifts, int32_t channels,
                                                 const wherry_conv_2d *s) {
  uint32_t all = 0;
  int32_t o, r;
  for (r = 0; r < s->filter_h; ++r) all = wherry_sum_values(all, rows + r * pitch, run);
  for (o = 0; o < channels; o += 4) {
    const int32_t count = channels - o < 4 ? channels - o : 4;
    uint32_t sums[4];
    sums[0] = sums[1] = sums[2] = 0u - 8u * all;
    sums[3] = 0;
    for (r = 0; r < s->filter_h; ++r) weights = wherry_dot_quads(sums, rows + r * pitch, weights, run);
    for (r = 0; r < count; ++r)
      output[o + r] =
          wherry_requantize((uint32_t)bias[o + r] + sums[r], multipliers[o + r], shifts[o + r], &s->to);
  }
}

static inline int32_t wherry_words_quads_s4(int32_t channels, int32_t rows, int32_t run) {
  return (channels + 3) / 4 * rows * ((run + 3) / 4) * 2;
}

WHERRY_DEFINE_CONV_2D(wherry_conv_2d_quads_s4, int32_t, wherry_conv_2d_pixel_quads_s4, wherry_words_quads_s4)
