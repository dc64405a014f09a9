/*
 * FULLY_CONNECTED of one vector on int8 for the DSP extension. Four channels are computed at once, as two pairs: weights are
 * [O / 4][rows][run / 4][pair][2] words as in dot-pairs.h. No sum of a second channel's products reaches 2^23 in a row.
 */
#include <stdint.h>
#include "requantize-small.h"

typedef struct {
  int32_t depth, output_c;
  /* How a vector is cut: `run`, a multiple of four, in each row, fewer in the last. */
  int32_t rows, run;
  int32_t low, high;
  /* 1: an activation leaves less than int8 has. */
  int32_t narrow;
} wherry_dense_pairs;

/* Sums of both channels of each pair, and those of its first. */
typedef struct {
  uint32_t both[2], first[2];
} wherry_dense_sums;

/* The products of four values in a word with the weights of four channels. */
static inline void wherry_dense_four(wherry_dense_sums *sums, uint32_t word, const int32_t *weights) {
  const uint32_t even = wherry_widen_even(word), odd = wherry_widen_odd(word);
  int32_t i;
  for (i = 0; i < 2; ++i, weights += 2) {
    const uint32_t w0 = (uint32_t)weights[0], w1 = (uint32_t)weights[1];
    sums->both[i] = wherry_add_products(wherry_add_products(sums->both[i], even, w0), odd, w1);
    sums->first[i] = wherry_add_products(sums->first[i], even, wherry_widen_even(w0));
    sums->first[i] = wherry_add_products(sums->first[i], odd, wherry_widen_even(w1));
  }
}

/* `count` values, a multiple of eight. */
static inline void wherry_dense_eights(wherry_dense_sums *sums, const int8_t *values, int32_t count,
                                      const int32_t *weights) {
  const int8_t *const end = values + count;
  if (count == 0) return;
#ifdef WHERRY_DSP
  {
    uint32_t a_both = sums->both[0], b_both = sums->both[1], a_first = sums->first[0], b_first = sums->first[1];
    uint32_t even, odd;
    __asm__ volatile(
        "1:\n\t"
        "ldr %[odd], [%[values]], #4\n\t"
        "ldmia %[weights]!, {r4, r5, r6, r8}\n\t"
        "sxtb16 %[even], %[odd]\n\t"
        "sxtb16 %[odd], %[odd], ror #8\n\t"
        "smlad %[a_both], %[even], r4, %[a_both]\n\t"
        "smlad %[b_both], %[even], r6, %[b_both]\n\t"
        "sxtb16 r4, r4\n\t"
        "sxtb16 r6, r6\n\t"
        "smlad %[a_both], %[odd], r5, %[a_both]\n\t"
        "smlad %[b_both], %[odd], r8, %[b_both]\n\t"
        "sxtb16 r5, r5\n\t"
        "sxtb16 r8, r8\n\t"
        "smlad %[a_first], %[even], r4, %[a_first]\n\t"
        "smlad %[b_first], %[even], r6, %[b_first]\n\t"
        "smlad %[a_first], %[odd], r5, %[a_first]\n\t"
        "smlad %[b_first], %[odd], r8, %[b_first]\n\t"
        "ldr %[odd], [%[values]], #4\n\t"
        "ldmia %[weights]!, {r4, r5, r6, r8}\n\t"
        "sxtb16 %[even], %[odd]\n\t"
        "sxtb16 %[odd], %[odd], ror #8\n\t"
        "smlad %[a_both], %[even], r4, %[a_both]\n\t"
        "smlad %[b_both], %[even], r6, %[b_both]\n\t"
        "sxtb16 r4, r4\n\t"
        "sxtb16 r6, r6\n\t"
        "smlad %[a_both], %[odd], r5, %[a_both]\n\t"
        "smlad %[b_both], %[odd], r8, %[b_both]\n\t"
        "sxtb16 r5, r5\n\t"
        "sxtb16 r8, r8\n\t"
        "smlad %[a_first], %[even], r4, %[a_first]\n\t"
        "smlad %[b_first], %[even], r6, %[b_first]\n\t"
        "smlad %[a_first], %[odd], r5, %[a_first]\n\t"
        "smlad %[b_first], %[odd], r8, %[b_first]\n\t"
        "cmp %[values], %[end]\n\t"
        "bne 1b"
        : [values] "+r"(values), [weights] "+r"(weights), [even] "=&r"(even), [odd] "=&r"(odd), [a_both] "+r"(a_both),
          [b_both] "+r"(b_both), [a_first] "+r"(a_first), [b_first] "+r"(b_first)
        : [end] "r"(end)
        : "r4", "r5", "r6", "r8", "cc", "memory");
    sums->both[0] = a_both;
    sums->both[1] = b_both;
    sums->first[0] = a_first;
    sums->first[1] = b_first;
  }
#else
  for (; values != end; values += 4, weights += 4) wherry_dense_four(sums, wherry_load_word(values), weights);
#endif
}

/* A row, of `count` values; those behind the last four are fewer. */
static inline void wherry_dense_row(wherry_dense_sums *sums, const int8_t *values, int32_t count,
                                    const int32_t *weights) {
  const int32_t in_eights = count - count % 8;
  wherry_dense_eights(sums, values, in_eights, weights);
  for (values += in_eights, weights += in_eights, count -= in_eights; count > 0; count -= 4, values += 4, weights += 4) {
    uint32_t word = 0;
    memcpy(&word, values, count < 4 ? (size_t)count : 4);
    wherry_dense_four(sums, word, weights);
  }
}

/* `channels` are a multiple of four. */
static inline void wherry_dense_pairs_s8(const int8_t *input, int8_t *output, const int32_t *weights,
                                         const wherry_channel *channels, const wherry_dense_pairs *s) {
  const int32_t depth = s->depth, run = s->run;
  int8_t *const first = output, *const end = output + s->output_c;
  for (;; channels += 4) {
    int32_t results[4], at, other[2];
    wherry_dense_sums sums;
    sums.both[0] = sums.first[0] = (uint32_t)channels[0].bias;
    sums.both[1] = sums.first[1] = (uint32_t)channels[2].bias;
    other[0] = channels[1].bias;
    other[1] = channels[3].bias;
    for (at = 0; at < depth; at += run, weights += run) {
      wherry_dense_row(&sums, input + at, depth - at < run ? depth - at : run, weights);
      other[0] += (int32_t)(sums.both[0] - sums.first[0]) >> 8;
      other[1] += (int32_t)(sums.both[1] - sums.first[1]) >> 8;
      sums.both[0] = sums.first[0];
      sums.both[1] = sums.first[1];
    }
    results[0] = wherry_requantize_channel(sums.first[0], channels);
    results[1] = wherry_requantize_channel((uint32_t)other[0], channels + 1);
    results[2] = wherry_requantize_channel(sums.first[1], channels + 2);
    results[3] = wherry_requantize_channel((uint32_t)other[1], channels + 3);
    *output++ = (int8_t)results[0];
    if (output == end) break;
    *output++ = (int8_t)results[1];
    if (output == end) break;
    *output++ = (int8_t)results[2];
    if (output == end) break;
    *output++ = (int8_t)results[3];
    if (output == end) break;
  }
  if (s->narrow) wherry_clamp_run_s8(first, end, s->low, s->high);
}
