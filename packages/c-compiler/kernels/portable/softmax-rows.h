/*
 * SOFTMAX on int8 along the last dimension. The exponentials of all differences to a row's greatest value are in a table. A kernel
 * for outputs of each type.
 */
#include <stdint.h>
#include "divide-by-power-of-two.h"
#include "high-multiply.h"

/* 1 / (1 + a) for 0 <= a < 1, both with 31 fraction bits: Newton's method on (1 + a) / 2, from 48/17 - 32/17 of it. */
static inline int32_t wherry_reciprocal(int32_t a) {
  const int32_t half = (int32_t)(((int64_t)a + 2147483648) >> 1);
  int32_t step, x = 1515870810 + wherry_high_multiply(half, -1010580540);
  for (step = 0; step < 3; ++step) x += 4 * wherry_high_multiply(x, 536870912 - wherry_high_multiply(half, x));
  return x > 1073741823 ? 2147483647 : 2 * x;
}

/* Rows of `depth` values. Table: 256 exponentials with 31 fraction bits, of differences from 0 down to -255. */
#define WHERRY_DEFINE_SOFTMAX(name, type, bits, least, greatest)                                                    \
  static inline void name(const int8_t *input, type *output, const int32_t *table, int32_t rows, int32_t depth) {   \
    int32_t c;                                                                                                      \
    for (; rows > 0; --rows, input += depth, output += depth) {                                                     \
      int32_t most = -128, headroom = 0, reciprocal, exponent;                                                      \
      uint32_t sum = 0;                                                                                             \
      for (c = 0; c < depth; ++c)                                                                                   \
        if (input[c] > most) most = input[c];                                                                       \
      for (c = 0; c < depth; ++c) sum += (uint32_t)wherry_divide_by_power_of_two(table[most - input[c]], 12);       \
      while ((sum << headroom & 0x80000000u) == 0) ++headroom;                                                      \
      reciprocal = wherry_reciprocal((int32_t)((sum << headroom) & 0x7fffffffu));                                   \
      /* Of 31 fraction bits those of the output stay, and the sum has up to 12 in front of the point. */           \
      exponent = 43 - bits - headroom;                                                                              \
      for (c = 0; c < depth; ++c) {                                                                                 \
        const int32_t share = wherry_high_multiply(reciprocal, table[most - input[c]]);                             \
        const int32_t rounded = exponent > 31 ? 0 : wherry_divide_by_power_of_two(share, exponent);                 \
        output[c] = (type)(rounded > (int32_t)greatest - least ? greatest : rounded + least);                       \
      }                                                                                                             \
    }                                                                                                               \
  }
