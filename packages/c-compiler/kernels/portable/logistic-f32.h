#include <math.h>
#include "unary-f32.h"

WHERRY_DEFINE_UNARY_F32(wherry_logistic_f32, 1.0f / (1.0f + expf(-x)))
