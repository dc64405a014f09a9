#include "gather.h"

WHERRY_DEFINE_GATHER(wherry_gather_s32, int32_t)
