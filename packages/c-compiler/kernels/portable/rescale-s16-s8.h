#include "rescale.h"

WHERRY_DEFINE_RESCALE(wherry_rescale_s16_s8, int16_t, int8_t)
