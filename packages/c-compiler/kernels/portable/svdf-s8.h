#include "kept.h"
#include "svdf.h"

WHERRY_DEFINE_SVDF(wherry_svdf_s8, int8_t, -128, 127, wherry_kept_s8)
