#include "unary-f32.h"

WHERRY_DEFINE_UNARY_F32(wherry_relu_f32, x < 0.0f ? 0.0f : x)
