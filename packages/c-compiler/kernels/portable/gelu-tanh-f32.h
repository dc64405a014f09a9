#include <math.h>
#include "unary-f32.h"

/* (1 + tanh(u)) / 2 as 1 / (1 + exp(-2 u)), which is exact where it is small. */
WHERRY_DEFINE_UNARY_F32(wherry_gelu_tanh_f32, x / (1.0f + expf(-1.59576912f * (x + 0.044715f * x * x * x))))
