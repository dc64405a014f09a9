#include "quantize.h"

WHERRY_DEFINE_QUANTIZE(wherry_quantize_f32_s8, int8_t, -128, 127)
