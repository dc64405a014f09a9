#include <math.h>
#include "unary-f32.h"

WHERRY_DEFINE_UNARY_F32(wherry_rsqrt_f32, 1.0f / sqrtf(x))
