#include "quantize.h"

WHERRY_DEFINE_QUANTIZE(wherry_quantize_f32_s16, int16_t, -32768, 32767)
