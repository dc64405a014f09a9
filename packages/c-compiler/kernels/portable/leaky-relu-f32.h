/* LEAKY_RELU on float32. */
#include <stdint.h>

static inline void wherry_leaky_relu_f32(const float *input, float *output, int32_t count, float alpha) {
  for (int32_t i = 0; i < count; ++i) output[i] = input[i] > 0.0f ? input[i] : input[i] * alpha;
}
