/* Loops over several dimensions, with a step for each of two operands; dimensions that are not needed count 1. */
#include <stdint.h>

typedef struct {
  int32_t counts[5];
  /* Elements from one place to the next. */
  int32_t first[5];
  int32_t second[5];
} wherry_nest;

/* Runs what follows for each row along the last dimension, with `first_at` and `second_at` as its first elements. */
#define WHERRY_FOR_EACH_ROW(nest, first_at, second_at)                                                              \
  for (int32_t i0_ = 0; i0_ < (nest)->counts[0]; ++i0_)                                                             \
    for (int32_t i1_ = 0; i1_ < (nest)->counts[1]; ++i1_)                                                           \
      for (int32_t i2_ = 0; i2_ < (nest)->counts[2]; ++i2_)                                                         \
        for (int32_t i3_ = 0, first_at = i0_ * (nest)->first[0] + i1_ * (nest)->first[1] + i2_ * (nest)->first[2],  \
                     second_at = i0_ * (nest)->second[0] + i1_ * (nest)->second[1] + i2_ * (nest)->second[2];       \
             i3_ < (nest)->counts[3]; ++i3_, first_at += (nest)->first[3], second_at += (nest)->second[3])
