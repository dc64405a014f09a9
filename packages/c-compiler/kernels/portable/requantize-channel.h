/* From the sums of a channel to int8. */
#include <stdint.h>
#include "channel.h"

/*
 * The doubling high multiply and the shift of high-multiply.h and divide-by-power-of-two.h. Of the product, the high word and
 * what it is rounded by are asked for one by one, which many cores have an instruction for.
 */
static inline int8_t wherry_channel_to_s8(uint32_t sum, const wherry_small_scale *scale, int32_t low, int32_t high) {
  const int64_t product = (int64_t)(int32_t)sum * (uint32_t)scale->multiplier;
  int32_t x = (int32_t)(product >> 32) + (int32_t)((uint32_t)product >> 31);
  x = (x + (x >> 31) + scale->offset) >> scale->shift;
  /* One after the other: two branches that are mostly not taken. */
  if (x < low) x = low;
  if (x > high) x = high;
  return (int8_t)x;
}
