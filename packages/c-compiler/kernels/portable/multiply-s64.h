#include "binary-whole.h"

WHERRY_DEFINE_BINARY_WHOLE(wherry_multiply_s64, int64_t, uint64_t, x * y)
