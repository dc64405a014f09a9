#include "dequantize.h"

WHERRY_DEFINE_DEQUANTIZE(wherry_dequantize_s16_f32, int16_t)
