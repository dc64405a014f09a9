#include "extremum.h"

WHERRY_DEFINE_EXTREMUM(wherry_extremum_s16, int16_t)
