#include "rescale.h"

WHERRY_DEFINE_RESCALE(wherry_rescale_s8_s32, int8_t, int32_t)
