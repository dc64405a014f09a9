#include "unary-f32.h"

WHERRY_DEFINE_UNARY_F32(wherry_relu6_f32, x > 6.0f ? 6.0f : x < 0.0f ? 0.0f : x)
