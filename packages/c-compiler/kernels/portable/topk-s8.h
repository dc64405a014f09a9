#include "topk.h"

WHERRY_DEFINE_TOPK(wherry_topk_s8, int8_t)
