/* QUANTIZE from float32: the quotient is rounded half away from zero; what is no number becomes the zero point. */
#include <stdint.h>

/* An integer of at most 16 bits, not less than `low` and not more than `high`. */
static inline int32_t wherry_quantized(float value, float scale, int32_t zero_point, int32_t low, int32_t high) {
  const float scaled = value / scale;
  int32_t whole, rounded;
  float rest;
  if (scaled >= 131072.0f) return high;
  if (scaled <= -131072.0f) return low;
  if (scaled != scaled) return zero_point;
  whole = (int32_t)scaled;
  rest = scaled - (float)whole;
  rounded = whole + (rest >= 0.5f) - (rest <= -0.5f) + zero_point;
  return rounded > high ? high : rounded < low ? low : rounded;
}

#define WHERRY_DEFINE_QUANTIZE(name, type, low, high)                                                               \
  static inline void name(const float *input, type *output, int32_t count, float scale, int32_t zero_point) {       \
    for (int32_t i = 0; i < count; ++i) output[i] = (type)wherry_quantized(input[i], scale, zero_point, low, high); \
  }
