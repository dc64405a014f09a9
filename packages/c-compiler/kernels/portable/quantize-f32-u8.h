#include "quantize.h"

WHERRY_DEFINE_QUANTIZE(wherry_quantize_f32_u8, uint8_t, 0, 255)
