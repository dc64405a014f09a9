/* What MEAN and SUM sum up, and how a sum becomes the output's integer. */
#include <stdint.h>

typedef struct {
  /* Dimensions that stay, and those that go, with the steps between their elements; those not needed count 1. */
  int32_t kept[4], kept_steps[4];
  int32_t reduced[4], reduced_steps[4];
  /* The input's zero point as often as values are summed. */
  int32_t offset;
  int32_t multiplier, shift, zero_point;
} wherry_reduction;
