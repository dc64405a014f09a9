#include "softmax-rows.h"

WHERRY_DEFINE_SOFTMAX(wherry_softmax_s8_s16, int16_t, 16, -32768, 32767)
