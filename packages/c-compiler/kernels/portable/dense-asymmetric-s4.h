#include "dense-asymmetric.h"
#include "nibbles.h"

WHERRY_DEFINE_DENSE_ASYMMETRIC(wherry_dense_asymmetric_s4, uint16_t, wherry_nibble)
