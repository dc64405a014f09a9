#include "extremum.h"

WHERRY_DEFINE_EXTREMUM(wherry_extremum_s8, int8_t)
