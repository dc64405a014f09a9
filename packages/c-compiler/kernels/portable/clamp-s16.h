/* RELU6 on int16: stored values, held within bounds. */
#include <stdint.h>
#include "clamp.h"

static inline void wherry_clamp_s16(const int16_t *input, int16_t *output, int32_t count, int32_t low, int32_t high) {
  for (int32_t i = 0; i < count; ++i) output[i] = (int16_t)wherry_clamp(input[i], low, high);
}
