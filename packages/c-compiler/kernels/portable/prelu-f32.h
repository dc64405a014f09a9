#include "binary-f32.h"

WHERRY_DEFINE_BINARY_F32(wherry_prelu_f32, x >= 0.0f ? x : x * y)
