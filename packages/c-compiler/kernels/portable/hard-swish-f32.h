#include "unary-f32.h"

WHERRY_DEFINE_UNARY_F32(wherry_hard_swish_f32, x >= 3.0f ? x : x <= -3.0f ? 0.0f * x : x * (x + 3.0f) / 6.0f)
