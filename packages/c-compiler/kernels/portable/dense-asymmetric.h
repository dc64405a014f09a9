/*
 * FULLY_CONNECTED on int8 with weights that have a zero point: a kernel for each form that they are stored in. Input
 * [vectors, depth], weights [units, depth].
 */
#include <stdint.h>
#include "requantize.h"

typedef struct {
  int32_t vectors, units, depth;
  int32_t input_zero_point, weight_zero_point;
  wherry_requantization to;
} wherry_dense_asymmetric;

#define WHERRY_DEFINE_DENSE_ASYMMETRIC(name, type, weight_at)                                                       \
  static inline void name(const int8_t *input, int8_t *output, const type *weights, const int32_t *bias,            \
                          const int32_t *multipliers, const int8_t *shifts, const wherry_dense_asymmetric *s) {     \
    int32_t v, o, k;                                                                                                \
    for (v = 0; v < s->vectors; ++v, input += s->depth, output += s->units)                                         \
      for (o = 0; o < s->units; ++o) {                                                                              \
        uint32_t sum = (uint32_t)bias[o];                                                                           \
        for (k = 0; k < s->depth; ++k)                                                                              \
          sum += (uint32_t)((input[k] - s->input_zero_point) *                                                      \
                            (weight_at(weights, o * s->depth + k) - s->weight_zero_point));                         \
        output[o] = wherry_requantize(sum, multipliers[o], shifts[o], &s->to);                                      \
      }                                                                                                             \
  }
