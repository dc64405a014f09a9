/* DEQUANTIZE of halves to float32, exactly. */
#include <stdint.h>
#include "half.h"

static inline void wherry_dequantize_f16_f32(const uint16_t *input, float *output, int32_t count) {
  for (int32_t i = 0; i < count; ++i) output[i] = wherry_widen_half(input[i]);
}
