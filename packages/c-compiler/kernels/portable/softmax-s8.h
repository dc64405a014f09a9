#include "softmax-rows.h"

WHERRY_DEFINE_SOFTMAX(wherry_softmax_s8, int8_t, 8, -128, 127)
