/*
 * ADD on int8 for the DSP extension, element by element. The operand of the greater scale only moves up by 19 bits; the other
 * one is scaled, and then the sum.
 */
#include <stdint.h>
#include "requantize-small.h"

typedef struct {
  int32_t count;
  /* Zero points, moved up by 19 and by 20 bits, to be added. */
  int32_t greater_offset, other_offset;
  /* As in wherry_small_scale; 0: both scales are the same. `half`: a half, moved up by the shift. */
  int32_t other_multiplier, other_shift, half;
  int32_t multiplier, shift, offset;
  int32_t low, high;
  /* 1: an activation leaves less than int8 has. */
  int32_t narrow;
} wherry_small_addition;

static inline void wherry_add_small_s8(const int8_t *greater, const int8_t *other, int8_t *output,
                                       const wherry_small_addition *s) {
  const int32_t multiplier = s->multiplier, offset = s->offset, shift = s->shift, half = s->half;
  const int32_t other_multiplier = s->other_multiplier, other_shift = s->other_shift;
  const int32_t both_offsets = s->greater_offset + s->other_offset / 2;
  const int32_t greater_offset = s->greater_offset, other_offset = s->other_offset;
  int8_t *const first = output, *const end = output + s->count;
  if (other_multiplier == 0) {
    while (output != end) {
      const int32_t sum = (*greater++ + *other++) * 524288 + both_offsets;
      *output++ = (int8_t)wherry_requantize_small((uint32_t)sum, multiplier, offset, shift);
    }
  } else {
    while (output != end) {
      const int32_t x = wherry_add_high_word(*other++ * 1048576 + other_offset, other_multiplier);
      const int32_t sum = *greater++ * 524288 + greater_offset + ((x + (x >> 31) + half) >> other_shift);
      *output++ = (int8_t)wherry_requantize_small((uint32_t)sum, multiplier, offset, shift);
    }
  }
  if (s->narrow) wherry_clamp_run_s8(first, output, s->low, s->high);
}
