#include <math.h>
#include "unary-f32.h"

/* exp(x) - 1 of x <= 0, which not every library has by itself: near 0 by its series, from within. */
static inline float wherry_exp_less_one(float x) {
  float sum = 1.0f;
  int32_t i;
  if (x < -0.5f) return expf(x) - 1.0f;
  for (i = 9; i > 1; --i) sum = 1.0f + x / (float)i * sum;
  return x * sum;
}

WHERRY_DEFINE_UNARY_F32(wherry_elu_f32, x < 0.0f ? wherry_exp_less_one(x) : x)
