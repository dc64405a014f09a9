#include "topk.h"

WHERRY_DEFINE_TOPK(wherry_topk_s16, int16_t)
