#include "rescale.h"

WHERRY_DEFINE_RESCALE(wherry_rescale_s8_s16, int8_t, int16_t)
