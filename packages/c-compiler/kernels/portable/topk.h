/* TOPK_V2: the greatest values of each row, greatest first, with their places; of equal ones the first. A kernel for each type. */
#include <stdint.h>

#define WHERRY_DEFINE_TOPK(name, type)                                                                              \
  static inline void name(const type *input, type *values, int32_t *places, int32_t rows, int32_t length,           \
                          int32_t count) {                                                                          \
    for (; rows > 0; --rows, input += length, values += count, places += count) {                                   \
      for (int32_t i = 0; i < length; ++i) {                                                                        \
        int32_t at = i < count ? i : count;                                                                         \
        for (; at > 0 && input[i] > values[at - 1]; --at) {                                                         \
          if (at == count) continue;                                                                                \
          values[at] = values[at - 1];                                                                              \
          places[at] = places[at - 1];                                                                              \
        }                                                                                                           \
        if (at == count) continue;                                                                                  \
        values[at] = input[i];                                                                                      \
        places[at] = i;                                                                                             \
      }                                                                                                             \
    }                                                                                                               \
  }
