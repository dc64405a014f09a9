#include "dense-asymmetric.h"

static inline int8_t wherry_weight_s8(const int8_t *weights, int32_t at) { return weights[at]; }

WHERRY_DEFINE_DENSE_ASYMMETRIC(wherry_dense_asymmetric_s8, int8_t, wherry_weight_s8)
