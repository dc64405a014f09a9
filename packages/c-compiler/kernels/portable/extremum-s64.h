#include "extremum.h"

WHERRY_DEFINE_EXTREMUM(wherry_extremum_s64, int64_t)
