/* Any function of one 8-bit value: its 256 answers, those of negative values first. */
#include <stdint.h>

static inline void wherry_look_up_s8(const int8_t *input, int8_t *output, const int8_t *table, int32_t count) {
  for (int32_t i = 0; i < count; ++i) output[i] = table[input[i] + 128];
}
