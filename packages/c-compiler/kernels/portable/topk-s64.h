#include "topk.h"

WHERRY_DEFINE_TOPK(wherry_topk_s64, int64_t)
