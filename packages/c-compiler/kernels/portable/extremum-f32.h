#include "extremum.h"

WHERRY_DEFINE_EXTREMUM(wherry_extremum_f32, float)
