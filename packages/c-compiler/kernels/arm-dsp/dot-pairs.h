/*
 * Sums of products for two pixels and two channels at once. A word of weights is two values, each of 16 bits, of weight
 * 256 * b + a of channels a and b: their products add up to 256 times the sum of b and once that of a, which is computed by
 * itself from the lower bytes. Values are widened as in widen.h.
 */
#include <stdint.h>
#include "instructions.h"

/* Sums of both channels, and those of the first, for two pixels. */
typedef struct {
  uint32_t both[2], first[2];
} wherry_pair_sums;

/* A multiple of eight values. Returns what lies behind the last; the weights are the words up to `end`. */
static inline const uint32_t *wherry_dot_pairs(wherry_pair_sums *sums, const uint32_t *values, const int32_t *weights,
                                               const int32_t *end) {
  uint32_t x_both = sums->both[0], y_both = sums->both[1], x_first = sums->first[0], y_first = sums->first[1];
#ifdef WHERRY_DSP
  /* As few instructions as there are; compilers do not find the registers for it. */
  uint32_t w0, w1;
  __asm__ volatile(
      "1:\n\t"
      "ldmia %[values]!, {r4, r5, r6, r8}\n\t"
      "ldrd %[w0], %[w1], [%[weights]], #8\n\t"
      "smlad %[x_both], r4, %[w0], %[x_both]\n\t"
      "smlad %[y_both], r6, %[w0], %[y_both]\n\t"
      "sxtb16 %[w0], %[w0]\n\t"
      "smlad %[x_both], r5, %[w1], %[x_both]\n\t"
      "smlad %[y_both], r8, %[w1], %[y_both]\n\t"
      "sxtb16 %[w1], %[w1]\n\t"
      "smlad %[x_first], r4, %[w0], %[x_first]\n\t"
      "smlad %[y_first], r6, %[w0], %[y_first]\n\t"
      "smlad %[x_first], r5, %[w1], %[x_first]\n\t"
      "smlad %[y_first], r8, %[w1], %[y_first]\n\t"
      "ldmia %[values]!, {r4, r5, r6, r8}\n\t"
      "ldrd %[w0], %[w1], [%[weights]], #8\n\t"
      "smlad %[x_both], r4, %[w0], %[x_both]\n\t"
      "smlad %[y_both], r6, %[w0], %[y_both]\n\t"
      "sxtb16 %[w0], %[w0]\n\t"
      "smlad %[x_both], r5, %[w1], %[x_both]\n\t"
      "smlad %[y_both], r8, %[w1], %[y_both]\n\t"
      "sxtb16 %[w1], %[w1]\n\t"
      "smlad %[x_first], r4, %[w0], %[x_first]\n\t"
      "smlad %[y_first], r6, %[w0], %[y_first]\n\t"
      "smlad %[x_first], r5, %[w1], %[x_first]\n\t"
      "smlad %[y_first], r8, %[w1], %[y_first]\n\t"
      "cmp %[weights], %[end]\n\t"
      "bne 1b"
      : [values] "+r"(values), [weights] "+r"(weights), [w0] "=&r"(w0), [w1] "=&r"(w1), [x_both] "+r"(x_both),
        [y_both] "+r"(y_both), [x_first] "+r"(x_first), [y_first] "+r"(y_first)
      : [end] "r"(end)
      : "r4", "r5", "r6", "r8", "cc", "memory");
#else
  do {
    const uint32_t w0 = (uint32_t)weights[0], w1 = (uint32_t)weights[1];
    x_both = wherry_add_products(wherry_add_products(x_both, values[0], w0), values[1], w1);
    y_both = wherry_add_products(wherry_add_products(y_both, values[2], w0), values[3], w1);
    x_first = wherry_add_products(x_first, values[0], wherry_widen_even(w0));
    x_first = wherry_add_products(x_first, values[1], wherry_widen_even(w1));
    y_first = wherry_add_products(y_first, values[2], wherry_widen_even(w0));
    y_first = wherry_add_products(y_first, values[3], wherry_widen_even(w1));
    values += 4;
    weights += 2;
  } while (weights != end);
#endif
  sums->both[0] = x_both;
  sums->both[1] = y_both;
  sums->first[0] = x_first;
  sums->first[1] = y_first;
  return values;
}
