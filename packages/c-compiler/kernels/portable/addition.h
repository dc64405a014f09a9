/* How ADD and SUB bring two operands to one scale, and their sum to the output's. */
#include <stdint.h>

typedef struct {
  int32_t first_zero_point, first_multiplier, first_shift;
  int32_t second_zero_point, second_multiplier, second_shift;
  int32_t multiplier, shift, zero_point;
  /* Least and greatest value of the output, less its zero point. */
  int32_t low, high;
  /* 1: the second operand is taken away. */
  int32_t subtracts;
} wherry_addition;
