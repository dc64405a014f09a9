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

/* `count` values, a multiple of four. */
static inline void wherry_dense_fours(wherry_dense_sums *sums, const int8_t *values, int32_t count,
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
  const int32_t in_fours = count - count % 4;
  uint32_t word = 0;
  wherry_dense_fours(sums, values, in_fours, weights);
  if (in_fours == count) return;
  memcpy(&word, values + in_fours, (size_t)(count - in_fours));
  wherry_dense_four(sums, word, weights + in_fours);
}

/* `channels` are a multiple of four. */
static inline void wherry_dense_pairs_s8(const int8_t *input, int8_t *output, const int32_t *weights,
                                         const wherry_channel *channels, const wherry_dense_pairs *s) {
  int8_t *const first = output;
  int32_t o, i, at;
  for (o = 0; o < s->output_c; o += 4, channels += 4) {
    wherry_dense_sums sums;
    int32_t results[4];
    uint32_t other[2];
    for (i = 0; i < 2; ++i) {
      sums.both[i] = sums.first[i] = (uint32_t)channels[2 * i].bias;
      other[i] = (uint32_t)channels[2 * i + 1].bias;
    }
    for (at = 0; at < s->depth; at += s->run, weights += s->run) {
      wherry_dense_row(&sums, input + at, s->depth - at < s->run ? s->depth - at : s->run, weights);
      for (i = 0; i < 2; ++i) {
        other[i] += (uint32_t)((int32_t)(sums.both[i] - sums.first[i]) >> 8);
        sums.both[i] = sums.first[i];
      }
    }
    for (i = 0; i < 4; ++i)
      results[i] = wherry_requantize_channel(i % 2 == 0 ? sums.first[i / 2] : other[i / 2], channels + i);
    for (i = 0; i < 4 && o + i < s->output_c; ++i) *output++ = (int8_t)results[i];
  }
  if (s->narrow) wherry_clamp_run_s8(first, output, s->low, s->high);
}
