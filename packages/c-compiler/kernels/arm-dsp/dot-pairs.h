/*
 * Sums of products for two pixels and two channels at once. A word of weights is two values, each of 16 bits, of weight
 * 256 * b + a of channels a and b: their products add up to 256 times the sum of b and once that of a, which is computed by
 * itself from the lower bytes. Values are widened as in widen.h.
 */
#include <stdint.h>
#include "instructions.h"
#include "requantize-small.h"

/* Sums of both channels, and those of the first, for two pixels. */
typedef struct {
  uint32_t both[2], first[2];
} wherry_pair_sums;

/* A multiple of eight values. Returns what lies behind the last; the weights are the words up to `end`. */
static inline const uint32_t *wherry_dot_pairs(wherry_pair_sums *sums, const uint32_t *values, const int32_t *weights,
                                               const int32_t *end) {
  uint32_t x_both = sums->both[0], y_both = sums->both[1], x_first = sums->first[0], y_first = sums->first[1];
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
  sums->both[0] = x_both;
  sums->both[1] = y_both;
  sums->first[0] = x_first;
  sums->first[1] = y_first;
  return values;
}

/* What remains to be done at two pixels: `pairs` of channels, whose weights take `bytes` each. */
typedef struct {
  const uint32_t *values;
  int32_t bytes;
  const wherry_channel *channels;
  int32_t pairs;
  int8_t *output, *second;
  const int32_t *weights;
} wherry_two_pixels;

#ifdef WHERRY_DSP
/* Of one row of values: sums, scales and writes pairs until none is left. */
WHERRY_ASSEMBLY void wherry_finish_pairs(wherry_two_pixels *work WHERRY_UNNAMED) {
  __asm__ volatile(
      "push {r0, r4, r5, r6, r7, r8, r10, r11, lr}\n\t"
      "ldr r1, [r0, #24]\n"
      "2:\n\t"
      "ldr r2, [sp]\n\t"
      "ldr r0, [r2]\n\t"
      "ldrd r4, r5, [r2, #4]\n\t"
      "ldr lr, [r5, #12]\n\t"
      "add r2, r1, r4\n\t"
      "mov r3, lr\n\t"
      "mov r12, lr\n\t"
      "mov r11, lr\n"
      "1:\n\t"
      "ldmia r0!, {r4, r5, r6, r7}\n\t"
      "ldrd r8, r10, [r1], #8\n\t"
      "smlad r3, r4, r8, r3\n\t"
      "smlad r12, r6, r8, r12\n\t"
      "sxtb16 r8, r8\n\t"
      "smlad r3, r5, r10, r3\n\t"
      "smlad r12, r7, r10, r12\n\t"
      "sxtb16 r10, r10\n\t"
      "smlad lr, r4, r8, lr\n\t"
      "smlad r11, r6, r8, r11\n\t"
      "smlad lr, r5, r10, lr\n\t"
      "smlad r11, r7, r10, r11\n\t"
      "ldmia r0!, {r4, r5, r6, r7}\n\t"
      "ldrd r8, r10, [r1], #8\n\t"
      "smlad r3, r4, r8, r3\n\t"
      "smlad r12, r6, r8, r12\n\t"
      "sxtb16 r8, r8\n\t"
      "smlad r3, r5, r10, r3\n\t"
      "smlad r12, r7, r10, r12\n\t"
      "sxtb16 r10, r10\n\t"
      "smlad lr, r4, r8, lr\n\t"
      "smlad r11, r6, r8, r11\n\t"
      "smlad lr, r5, r10, lr\n\t"
      "smlad r11, r7, r10, r11\n\t"
      "cmp r1, r2\n\t"
      "bne 1b\n\t"
      "ldr r0, [sp]\n\t"
      "ldr r2, [r0, #8]\n\t"
      "sub r3, r3, lr\n\t"
      "sub r12, r12, r11\n\t"
      "ldmia r2!, {r4, r5, r6, r7}\n\t"
      "smmlar lr, lr, r4, lr\n\t"
      "smmlar r11, r11, r4, r11\n\t"
      "add lr, lr, lr, asr #31\n\t"
      "add r11, r11, r11, asr #31\n\t"
      "add lr, lr, r5\n\t"
      "add r11, r11, r5\n\t"
      "asr lr, lr, r6\n\t"
      "asr r11, r11, r6\n\t"
      "ssat lr, #8, lr\n\t"
      "ssat r11, #8, r11\n\t"
      "ldmia r2!, {r4, r5, r6, r7}\n\t"
      "str r2, [r0, #8]\n\t"
      "add r3, r7, r3, asr #8\n\t"
      "add r12, r7, r12, asr #8\n\t"
      "smmlar r3, r3, r4, r3\n\t"
      "smmlar r12, r12, r4, r12\n\t"
      "add r3, r3, r3, asr #31\n\t"
      "add r12, r12, r12, asr #31\n\t"
      "add r3, r3, r5\n\t"
      "add r12, r12, r5\n\t"
      "asr r3, r3, r6\n\t"
      "asr r12, r12, r6\n\t"
      "ssat r3, #8, r3\n\t"
      "ssat r12, #8, r12\n\t"
      "ldrd r4, r5, [r0, #16]\n\t"
      "strb r11, [r5], #1\n\t"
      "strb r12, [r5], #1\n\t"
      "strb lr, [r4], #1\n\t"
      "strb r3, [r4], #1\n\t"
      "strd r4, r5, [r0, #16]\n\t"
      "ldr r6, [r0, #12]\n\t"
      "subs r6, r6, #1\n\t"
      "str r6, [r0, #12]\n\t"
      "bne 2b\n\t"
      "str r1, [r0, #24]\n\t"
      "pop {r0, r4, r5, r6, r7, r8, r10, r11, pc}");
}
#endif
