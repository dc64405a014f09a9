#include "dequantize.h"

WHERRY_DEFINE_DEQUANTIZE(wherry_dequantize_s8_f32, int8_t)
