#include "rescale.h"

WHERRY_DEFINE_RESCALE(wherry_rescale_s32_s8, int32_t, int8_t)
