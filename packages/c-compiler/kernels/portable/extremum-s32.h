#include "extremum.h"

WHERRY_DEFINE_EXTREMUM(wherry_extremum_s32, int32_t)
