/* QUANTIZE from float32 to int8: the quotient is rounded half away from zero; what is no number becomes the zero point. */
#include <stdint.h>

static inline void wherry_quantize_f32_s8(const float *input, int8_t *output, int32_t count, float scale,
                                          int32_t zero_point) {
  int32_t i;
  for (i = 0; i < count; ++i) {
    const float scaled = input[i] / scale;
    int32_t rounded = zero_point;
    if (scaled >= 1024.0f)
      rounded = 127;
    else if (scaled <= -1024.0f)
      rounded = -128;
    else if (scaled == scaled) {
      const int32_t whole = (int32_t)scaled;
      const float rest = scaled - (float)whole;
      rounded = whole + (rest >= 0.5f) - (rest <= -0.5f) + zero_point;
    }
    output[i] = (int8_t)(rounded > 127 ? 127 : rounded < -128 ? -128 : rounded);
  }
}
