#include "rescale.h"

WHERRY_DEFINE_RESCALE(wherry_rescale_s16, int16_t, int16_t)
