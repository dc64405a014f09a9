/* How the product of two operands becomes the output's integer. */
#include <stdint.h>

typedef struct {
  int32_t first_zero_point, second_zero_point;
  int32_t multiplier, shift, zero_point;
  /* Least and greatest value of the output, less its zero point. */
  int32_t low, high;
} wherry_multiplication;
