#include "topk.h"

WHERRY_DEFINE_TOPK(wherry_topk_u8, uint8_t)
