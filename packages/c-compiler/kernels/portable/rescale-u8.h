#include "rescale.h"

WHERRY_DEFINE_RESCALE(wherry_rescale_u8, uint8_t, uint8_t)
