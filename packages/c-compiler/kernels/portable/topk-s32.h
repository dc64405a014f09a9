#include "topk.h"

WHERRY_DEFINE_TOPK(wherry_topk_s32, int32_t)
