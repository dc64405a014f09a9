#include <math.h>
#include "unary-f32.h"

WHERRY_DEFINE_UNARY_F32(wherry_elu_f32, x < 0.0f ? expm1f(x) : x)
