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
  /* From the scale of a channel to that of the next: 0 where one is that of all. */
  int32_t scales_apart;
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

/* The results of four channels, by one scale or by four. */
static inline void wherry_scale_four(int32_t *results, const uint32_t *sums, const wherry_small_scale *scale,
                                     int32_t apart) {
  if (apart) {
    results[0] = wherry_requantize_channel(sums[0], scale);
    results[1] = wherry_requantize_channel(sums[1], scale + 1);
    results[2] = wherry_requantize_channel(sums[2], scale + 2);
    results[3] = wherry_requantize_channel(sums[3], scale + 3);
  } else {
    results[0] = wherry_requantize_channel(sums[0], scale);
    results[1] = wherry_requantize_channel(sums[1], scale);
    results[2] = wherry_requantize_channel(sums[2], scale);
    results[3] = wherry_requantize_channel(sums[3], scale);
  }
}

/* Biases, and scales that are apart, are a multiple of four. */
static inline void wherry_dense_pairs_s8(const int8_t *input, int8_t *output, const int32_t *weights,
                                         const int32_t *bias, const wherry_small_scale *scale,
                                         const wherry_dense_pairs *s) {
  const int32_t depth = s->depth, run = s->run, apart = s->scales_apart;
  int32_t left = s->output_c;
  int8_t *const first = output, *const end = output + left;
  for (;; output += 4, bias += 4, scale += 4 * apart) {
    int32_t results[4], at;
    uint32_t totals[4];
    wherry_dense_sums sums;
    sums.both[0] = sums.first[0] = (uint32_t)bias[0];
    sums.both[1] = sums.first[1] = (uint32_t)bias[2];
    totals[1] = (uint32_t)bias[1];
    totals[3] = (uint32_t)bias[3];
    for (at = 0; at < depth; at += run, weights += run) {
      wherry_dense_row(&sums, input + at, depth - at < run ? depth - at : run, weights);
      totals[1] += (uint32_t)((int32_t)(sums.both[0] - sums.first[0]) >> 8);
      totals[3] += (uint32_t)((int32_t)(sums.both[1] - sums.first[1]) >> 8);
      sums.both[0] = sums.first[0];
      sums.both[1] = sums.first[1];
    }
    totals[0] = sums.first[0];
    totals[2] = sums.first[1];
    wherry_scale_four(results, totals, scale, apart);
    left -= 4;
    output[0] = (int8_t)results[0];
    if (left > -3) output[1] = (int8_t)results[1];
    if (left > -2) output[2] = (int8_t)results[2];
    if (left > -1) output[3] = (int8_t)results[3];
    if (left <= 0) break;
  }
  if (s->narrow) wherry_clamp_run_s8(first, end, s->low, s->high);
}
