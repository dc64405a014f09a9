#include "binary-f32.h"

WHERRY_DEFINE_BINARY_F32(wherry_squared_difference_f32, (x - y) * (x - y))
