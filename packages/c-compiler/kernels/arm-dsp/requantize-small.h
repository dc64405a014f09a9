/* From sums to int8, where no sum reaches 2^30 and every shift is negative. */
#include <stdint.h>
#include "../portable/clamp.h"
#include "instructions.h"

/* The doubling high multiply and the shift of high-multiply.h and divide-by-power-of-two.h; see wherry_channel. */
static inline int32_t wherry_requantize_small(uint32_t sum, int32_t multiplier, int32_t offset, int32_t shift) {
  const int32_t x = wherry_add_high_word((int32_t)sum, multiplier);
  return wherry_saturate_s8((x + (x >> 31) + offset) >> shift);
}

/*
 * What a channel has of its own. Multiplier: twice that of the scale, less 2^32. The shift counts down, to 22 at most. Offset:
 * the zero point and a half, shifted up by as much.
 */
typedef struct {
  int32_t multiplier, offset, shift, bias;
} wherry_channel;

static inline int32_t wherry_requantize_channel(uint32_t sum, const wherry_channel *channel) {
  return wherry_requantize_small(sum, channel->multiplier, channel->offset, channel->shift);
}

/* Both sums, of one channel; returns the next one. */
static inline const wherry_channel *wherry_requantize_two(int32_t *x, int32_t *y, const wherry_channel *channel) {
#ifdef WHERRY_DSP
  __asm__ volatile(
      "ldmia %[channel]!, {r4, r5, r6, r8}\n\t"
      "smmlar %[x], %[x], r4, %[x]\n\t"
      "smmlar %[y], %[y], r4, %[y]\n\t"
      "add %[x], %[x], %[x], asr #31\n\t"
      "add %[y], %[y], %[y], asr #31\n\t"
      "add %[x], %[x], r5\n\t"
      "add %[y], %[y], r5\n\t"
      "asr %[x], %[x], r6\n\t"
      "asr %[y], %[y], r6\n\t"
      "ssat %[x], #8, %[x]\n\t"
      "ssat %[y], #8, %[y]"
      : [channel] "+r"(channel), [x] "+r"(*x), [y] "+r"(*y)
      :
      : "r4", "r5", "r6", "r8", "memory");
  return channel;
#else
  *x = wherry_requantize_channel((uint32_t)*x, channel);
  *y = wherry_requantize_channel((uint32_t)*y, channel);
  return channel + 1;
#endif
}

/* Where an activation leaves less than int8 has. */
static inline void wherry_clamp_run_s8(int8_t *from, const int8_t *end, int32_t low, int32_t high) {
  for (; from != end; ++from) *from = (int8_t)wherry_clamp(*from, low, high);
}
