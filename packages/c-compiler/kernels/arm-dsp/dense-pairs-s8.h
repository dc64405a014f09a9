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

#ifdef WHERRY_DSP
/* A multiple of eight values up to `end`, more than none. */
WHERRY_ASSEMBLY void wherry_dense_eights(const int8_t *values WHERRY_UNNAMED, const int8_t *end WHERRY_UNNAMED,
                                         const int32_t *weights WHERRY_UNNAMED, wherry_dense_sums *sums WHERRY_UNNAMED) {
  __asm__ volatile(
      "push {r1, r3, r4, r5, r6, r7, r8, r10, r11, lr}\n\t"
      "ldmia r3, {r10, r11, r12, lr}\n\t"
      "mov r3, r1\n"
      "1:\n\t"
      "ldr r1, [r0], #4\n\t"
      "ldmia r2!, {r4, r5, r6, r7}\n\t"
      "sxtb16 r8, r1\n\t"
      "sxtb16 r1, r1, ror #8\n\t"
      "smlad r10, r8, r4, r10\n\t"
      "smlad r11, r8, r6, r11\n\t"
      "sxtb16 r4, r4\n\t"
      "sxtb16 r6, r6\n\t"
      "smlad r10, r1, r5, r10\n\t"
      "smlad r11, r1, r7, r11\n\t"
      "sxtb16 r5, r5\n\t"
      "sxtb16 r7, r7\n\t"
      "smlad r12, r8, r4, r12\n\t"
      "smlad lr, r8, r6, lr\n\t"
      "smlad r12, r1, r5, r12\n\t"
      "smlad lr, r1, r7, lr\n\t"
      "ldr r1, [r0], #4\n\t"
      "ldmia r2!, {r4, r5, r6, r7}\n\t"
      "sxtb16 r8, r1\n\t"
      "sxtb16 r1, r1, ror #8\n\t"
      "smlad r10, r8, r4, r10\n\t"
      "smlad r11, r8, r6, r11\n\t"
      "sxtb16 r4, r4\n\t"
      "sxtb16 r6, r6\n\t"
      "smlad r10, r1, r5, r10\n\t"
      "smlad r11, r1, r7, r11\n\t"
      "sxtb16 r5, r5\n\t"
      "sxtb16 r7, r7\n\t"
      "smlad r12, r8, r4, r12\n\t"
      "smlad lr, r8, r6, lr\n\t"
      "smlad r12, r1, r5, r12\n\t"
      "smlad lr, r1, r7, lr\n\t"
      "cmp r0, r3\n\t"
      "bne 1b\n\t"
      "ldr r3, [sp, #4]\n\t"
      "stmia r3, {r10, r11, r12, lr}\n\t"
      "pop {r1, r3, r4, r5, r6, r7, r8, r10, r11, pc}");
}
#else
static inline void wherry_dense_eights(const int8_t *values, const int8_t *end, const int32_t *weights,
                                       wherry_dense_sums *sums) {
  for (; values != end; values += 4, weights += 4) wherry_dense_four(sums, wherry_load_word(values), weights);
}
#endif

/* A row, of `count` values; those behind the last four are fewer. */
static inline void wherry_dense_row(wherry_dense_sums *sums, const int8_t *values, int32_t count,
                                    const int32_t *weights) {
  const int32_t in_eights = count - count % 8;
  if (in_eights > 0) wherry_dense_eights(values, values + in_eights, weights, sums);
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
