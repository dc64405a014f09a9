#include "rescale.h"

WHERRY_DEFINE_RESCALE(wherry_rescale_s16_s32, int16_t, int32_t)
