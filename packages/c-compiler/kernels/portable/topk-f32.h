#include "topk.h"

WHERRY_DEFINE_TOPK(wherry_topk_f32, float)
