#include "binary-whole.h"

WHERRY_DEFINE_BINARY_WHOLE(wherry_subtract_s32, int32_t, uint32_t, x - y)
