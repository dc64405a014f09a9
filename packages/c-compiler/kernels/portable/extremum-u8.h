#include "extremum.h"

WHERRY_DEFINE_EXTREMUM(wherry_extremum_u8, uint8_t)
