#include "rescale.h"

WHERRY_DEFINE_RESCALE(wherry_rescale_s32_s16, int32_t, int16_t)
