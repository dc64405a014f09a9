/* Two matrices by their steps, so that either may stand transposed, and how sums become the output's integers. */
#include <stdint.h>

typedef struct {
  int32_t rows, columns, depth;
  /* Elements from one row, and one column, of each matrix to the next. */
  int32_t first_down, first_across, second_down, second_across;
} wherry_matrices;

typedef struct {
  wherry_matrices of;
  int32_t first_zero_point, second_zero_point;
  int32_t multiplier, shift, zero_point;
} wherry_batch_matmul;
