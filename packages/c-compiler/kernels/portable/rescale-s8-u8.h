#include "rescale.h"

WHERRY_DEFINE_RESCALE(wherry_rescale_s8_u8, int8_t, uint8_t)
