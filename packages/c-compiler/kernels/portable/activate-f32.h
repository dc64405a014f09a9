/* Fused activations of float32 by their numbers: 0 none, 1 RELU, 2 RELU_N1_TO_1, 3 RELU6. What is no number stays. */
#include <stdint.h>

static inline float wherry_activated(float value, int32_t activation) {
  if (activation == 0) return value;
  if (activation == 2) return value < -1.0f ? -1.0f : value > 1.0f ? 1.0f : value;
  if (value < 0.0f) return 0.0f;
  return activation == 3 && value > 6.0f ? 6.0f : value;
}
