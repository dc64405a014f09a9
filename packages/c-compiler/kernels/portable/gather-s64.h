#include "gather.h"

WHERRY_DEFINE_GATHER(wherry_gather_s64, int64_t)
