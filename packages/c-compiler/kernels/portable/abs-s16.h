/* ABS on int16: magnitudes, scaled. */
#include <stdint.h>
#include "clamp.h"
#include "scale.h"

static inline void wherry_abs_s16(const int16_t *input, int16_t *output, int32_t count, int32_t multiplier,
                                  int32_t shift, int32_t zero_point) {
  const int32_t low = -32768 - zero_point, high = 32767 - zero_point;
  for (int32_t i = 0; i < count; ++i) {
    const int32_t value = input[i] < 0 ? -(int32_t)input[i] : input[i];
    output[i] = (int16_t)(wherry_clamp(wherry_scale(value, multiplier, shift), low, high) + zero_point);
  }
}
