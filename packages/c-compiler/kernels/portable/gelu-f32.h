#include <math.h>
#include "unary-f32.h"

/*
 * The part of a normal distribution that is above z >= 0; not every library has an error function. Its density times z + z^3 / 3 +
 * z^5 / 15 + ... is what lies between 0 and z; divided by z + 1 / (z + 2 / (z + 3 / ...)) it is the tail. Both from within.
 */
static inline float wherry_normal_above(float z) {
  const float density = 0.39894228f * expf(-0.5f * z * z);
  float sum = 1.0f;
  int32_t i;
  if (z < 1.25f) {
    for (i = 27; i > 1; i -= 2) sum = 1.0f + z * z / (float)i * sum;
    return 0.5f - density * z * sum;
  }
  sum = z;
  for (i = 48; i > 0; --i) sum = z + (float)i / sum;
  return density / sum;
}

WHERRY_DEFINE_UNARY_F32(wherry_gelu_f32, x * (x < 0.0f ? wherry_normal_above(-x) : 1.0f - wherry_normal_above(x)))
