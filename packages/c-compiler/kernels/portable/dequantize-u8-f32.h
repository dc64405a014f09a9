#include "dequantize.h"

WHERRY_DEFINE_DEQUANTIZE(wherry_dequantize_u8_f32, uint8_t)
