/* DEQUANTIZE from int8 to float32. */
#include <stdint.h>

static inline void wherry_dequantize_s8_f32(const int8_t *input, float *output, int32_t count, float scale,
                                            int32_t zero_point) {
  int32_t i;
  for (i = 0; i < count; ++i) output[i] = scale * (float)(input[i] - zero_point);
}
