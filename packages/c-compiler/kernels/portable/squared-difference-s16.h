#include "squared-difference.h"

WHERRY_DEFINE_SQUARED_DIFFERENCE(wherry_squared_difference_s16, int16_t, 1)
