#include <math.h>
#include "unary-f32.h"

WHERRY_DEFINE_UNARY_F32(wherry_log_f32, logf(x))
