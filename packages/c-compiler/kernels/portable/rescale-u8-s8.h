#include "rescale.h"

WHERRY_DEFINE_RESCALE(wherry_rescale_u8_s8, uint8_t, int8_t)
