/* SOFTMAX on float32 along the last dimension. */
#include <math.h>
#include <stdint.h>

static inline void wherry_softmax_f32(const float *input, float *output, int32_t rows, int32_t depth, float beta) {
  int32_t c;
  for (; rows > 0; --rows, input += depth, output += depth) {
    float most = input[0], sum = 0.0f;
    for (c = 1; c < depth; ++c)
      if (input[c] > most) most = input[c];
    for (c = 0; c < depth; ++c) sum += output[c] = expf((input[c] - most) * beta);
    for (c = 0; c < depth; ++c) output[c] /= sum;
  }
}
