#include "squared-difference.h"

WHERRY_DEFINE_SQUARED_DIFFERENCE(wherry_squared_difference_s8, int8_t, 128)
