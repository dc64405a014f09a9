#include <math.h>
#include "unary-f32.h"

WHERRY_DEFINE_UNARY_F32(wherry_gelu_f32, 0.5f * x * erfcf(x * -0.70710678f))
